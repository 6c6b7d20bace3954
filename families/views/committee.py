"""The parents' committee: its members, and the page on which it follows what the office does."""

from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Letter, ServiceOption
from families.forms import ListFilter, SeatEndForm, SeatForm, SettingsForm
from families.models import CommitteeMember, FamilySettings, Meeting, Opinion
from families.rows import OFFICE
from families.services import seat_member
from families.tables import MemberTable
from families.views.common import classes_for
from school.access import role_required
from school.models import Guardian, Term
from web.editing import edit_row
from web.tables import Link, list_page
from web.templatetags.components import CountTab


@role_required("committee")
def committee_home(request: HttpRequest) -> HttpResponse:
    """What the committee follows: meetings, opinions with answers, what is published. No child's data."""
    term = Term.objects.current(timezone.localdate())
    members = CommitteeMember.objects.on(timezone.localdate()).select_related("guardian", "school_class")
    context = {
        "term": term,
        "members": members,
        "meetings": Meeting.objects.visible_to(request.user).select_related("school_class")[:10],
        "opinions": Opinion.objects.public().order_by("-made_public_at")[:10],
        "letter": Letter.objects.filter(term=term, published_at__isnull=False).first(),
        "options": ServiceOption.objects.filter(term=term, fee_published_at__isnull=False),
    }
    return render(request, "families/committee_home.html", context)


@role_required(*OFFICE, "principal")
def member_list(request: HttpRequest) -> HttpResponse:
    """Who stands for which class, now and before."""
    today = timezone.localdate()
    form = ListFilter(classes_for(request.user), request.GET)
    rows = CommitteeMember.objects.select_related("guardian", "school_class")
    parts = {"": rows.on(today), "former": rows.filter(ends_on__lt=today)}
    tabs = [CountTab("", _("Members now"), parts[""].count()), CountTab("former", _("Former"), parts["former"].count())]
    office = request.user.has_role(*OFFICE)
    wanted = parts.get(request.GET.get("status", ""), parts[""]).annotate(may_end=Value(office))
    add = Link(_("Add a member"), reverse("families:member_add"), "plus", primary=True)
    return list_page(
        request,
        MemberTable(form.apply(wanted, Guardian.objects, "guardian")),
        form=form,
        tabs=tabs,
        links=[add] if office else [],
        back=reverse("families:meeting_list"),
    )


@role_required(*OFFICE)
def member_add(request: HttpRequest) -> HttpResponse:
    form = SeatForm(classes_for(request.user), request.POST or None)

    def save() -> None:
        data = dict(form.cleaned_data)
        guardian = Guardian.objects.filter(phone=data.pop("phone")).order_by("contact_only").first()
        seat_member(guardian=guardian, by=request.user, **data)  # clean_phone found one

    return edit_row(
        request,
        form,
        template="families/_edit.html",
        title=_("Add a member"),
        back=reverse("families:member_list"),
        save=save,
    )


@role_required(*OFFICE)
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(CommitteeMember.objects.select_related("guardian"), pk=pk)
    return edit_row(
        request,
        SeatEndForm(request.POST or None, instance=seat),
        template="families/_edit.html",
        title=_("%s leaves the committee") % seat.guardian.name,
        back=reverse("families:member_list"),
        note=_("From the day after, the person no longer sees the committee's pages. The seat stays in the register."),
    )


@role_required(*OFFICE)
def family_settings(request: HttpRequest) -> HttpResponse:
    """How long an answer may take, and how many members a class has."""
    return edit_row(
        request,
        SettingsForm(request.POST or None, instance=FamilySettings.load()),
        template="families/_edit.html",
        title=_("Settings of home and school"),
        back=reverse("families:opinion_list"),
    )
