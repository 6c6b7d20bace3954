"""The adults behind the clubs: who can what, who takes part, who may come later."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs.forms.people import DecisionForm, ExemptionForm, SkillForm, StaffSkillForm
from clubs.models import Club
from clubs.models.people import StaffSkill
from clubs.participation import idle_employees, participation
from clubs.services.taking_part import ask_exemption, decide_exemption, file_skill, propose_skill
from clubs.skills import supplies, unused_skills
from clubs.tables.people import ExemptionTable, HoursTable, SkillTable, VolunteerTable
from documents.uploads import upload_response
from enrollment.models import CareDuty
from school.access import role_required
from school.models import ExemptionRequest, Staff, Term, User
from web.editing import edit_row
from web.tables import Link, list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date

OFFICE = ("service_office", "academic_office")
READERS = (*OFFICE, "principal")
STAFF = (*READERS, "teacher", "homeroom_teacher", "grade_head", "duty_leader")


def own_staff(request: HttpRequest) -> Staff | None:
    return Staff.objects.of_user(request.user).first()


def term_now() -> Term:
    term = Term.objects.current(timezone.localdate())
    if term is None:
        raise Http404
    return term


# --- skills ------------------------------------------------------------------------------------------------------


def skills_by_state(user: User, category: str) -> dict[str, tuple[str, Any]]:
    """Tab → (label, the skills of it that the person sees)."""
    rows = StaffSkill.objects.select_related("skill", "staff")
    if not user.has_role(*READERS):
        rows = rows.filter(staff__in=Staff.objects.of_user(user))
    if category:
        rows = rows.filter(skill__category=category)
    return {"": (_("On file"), rows.filed()), "proposed": (_("Proposed"), rows.proposed())}


@role_required(*STAFF)
def skill_list(request: HttpRequest) -> HttpResponse:
    """Who can what; for the office also where more is asked for than the school can do, and what waits to be filed."""
    decides = request.user.has_role(*OFFICE)
    sees_all = request.user.has_role(*READERS)
    category = request.GET.get("category", "")
    parts = skills_by_state(request.user, category)
    term = Term.objects.current(timezone.localdate())
    enter = _("Enter a skill") if decides else _("What I can do")
    links = [Link(enter, reverse("clubs:staff_skill_add"), "plus", primary=True)]
    if decides:
        links.append(Link(_("Add a skill to the register"), reverse("clubs:skill_add")))
    rows = parts.get(request.GET.get("status", ""), parts[""])[1]
    table = SkillTable(rows, exclude=() if decides else ("actions",))
    table.subtitle = Club.Category(category).label if category in Club.Category.values else ""
    return list_page(
        request,
        table,
        template="clubs/skill_list.html",
        tabs=[CountTab(key, label, rows.count()) for key, (label, rows) in parts.items()],
        links=links,
        supplies=supplies(term) if term and sees_all else [],
        unused=unused_skills() if decides else [],
    )


@role_required(*OFFICE)
def skill_add(request: HttpRequest) -> HttpResponse:
    return edit_row(
        request,
        SkillForm(request.POST or None),
        template="clubs/people_edit.html",
        title=_("Add a skill to the register"),
        back=reverse("clubs:skill_list"),
    )


@role_required(*STAFF)
def staff_skill_add(request: HttpRequest) -> HttpResponse:
    """The office files a skill; a teacher proposes her own."""
    decides = request.user.has_role(*OFFICE)
    own = own_staff(request)
    held = StaffSkill(staff=own) if own else StaffSkill()
    if own is None and not decides:
        raise Http404
    form = StaffSkillForm(request.POST or None, instance=held, decides=decides)
    return edit_row(
        request,
        form,
        template="clubs/people_edit.html",
        title=_("Enter a skill") if decides else _("What I can do"),
        back=reverse("clubs:skill_list"),
        note="" if decides else _("The office reads it and takes it into the register."),
        save=lambda: propose_skill(held=form.instance, by=request.user),
    )


@role_required(*OFFICE)
@require_POST
def staff_skill_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal is taken into the register, or removed."""
    held = get_object_or_404(StaffSkill, pk=pk)
    if "remove" in request.POST:
        held.delete()
        messages.success(request, _("Removed."))
    else:
        file_skill(held=held, by=request.user)
        messages.success(request, _("On file."))
    return redirect("clubs:skill_list")


# --- taking part, and exemption ----------------------------------------------------------------------------------


@role_required(*STAFF)
def exemption_list(request: HttpRequest) -> HttpResponse:
    """The rate of participation and the requests of the term; a teacher sees her own."""
    term = term_now()
    sees_all = request.user.has_role(*READERS)
    rows = ExemptionRequest.objects.filter(term=term).select_related("staff", "decided_by")
    if not sees_all:
        rows = rows.filter(staff__in=Staff.objects.of_user(request.user))
    people = idle_employees(term) if sees_all else Staff.objects.none()
    decides = request.user.has_role(*OFFICE)
    table = ExemptionTable(rows.order_by("-asked_at"), exclude=() if decides else ("actions",))
    table.subtitle = str(term)
    own, links = own_staff(request), []
    if own is not None and own.kind == Staff.Kind.EMPLOYEE:
        links.append(Link(_("Ask to be exempt this term"), reverse("clubs:exemption_add"), "file-text"))
    if sees_all:
        links.append(Link(_("Volunteers"), reverse("clubs:volunteer_list"), "heart-handshake"))
    return list_page(
        request,
        table,
        template="clubs/exemption_list.html",
        links=links,
        rate=participation(term, term.nearest(timezone.localdate())) if sees_all else None,
        idle=people.order_by("name_key")[:50],
        idle_count=people.count() if sees_all else 0,
    )


@role_required(*STAFF)
def exemption_add(request: HttpRequest) -> HttpResponse:
    own, term = own_staff(request), term_now()
    if own is None:
        raise Http404
    asked = ExemptionRequest(staff=own, term=term)
    form = ExemptionForm(request.POST or None, request.FILES or None, instance=asked)
    return edit_row(
        request,
        form,
        template="clubs/people_edit.html",
        title=_("Ask to be exempt this term"),
        back=reverse("clubs:exemption_list"),
        note=_(
            "The working group studies it; the decision stands here. Only the offices and the principal see the ground."
        ),
        save=lambda: ask_exemption(request=form.instance, by=request.user),
    )


@role_required(*OFFICE)
def exemption_decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ExemptionRequest.objects.select_related("staff", "term", "decided_by"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_exemption(
                request=asked,
                grant="grant" in request.POST,
                opinion=form.cleaned_data["opinion"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Decided."))
            return redirect("clubs:exemption_list")
    duties = CareDuty.objects.filter(term=asked.term, staff=asked.staff).from_day(timezone.localdate())
    duties = duties.select_related("period", "group")
    clubs = Club.objects.filter(term=asked.term).filter(Q(instructor=asked.staff) | Q(assistant=asked.staff))
    context = {"asked": asked, "form": form, "duties": duties[:20], "clubs": clubs[:20]}
    return render(request, "clubs/exemption_decide.html", context)


@role_required(*STAFF)
def exemption_document(request: HttpRequest, pk: int) -> FileResponse:
    """The paper behind a request: for the offices and for whose it is."""
    rows = ExemptionRequest.objects.exclude(document="")
    if not request.user.has_role(*OFFICE):
        rows = rows.filter(staff__in=Staff.objects.of_user(request.user))
    return upload_response(get_object_or_404(rows, pk=pk).document)


@role_required(*READERS)
def volunteer_list(request: HttpRequest) -> HttpResponse:
    """Parents and others who help without pay (R136): where and when, how often so far, and whether their papers hold."""
    today, term = timezone.localdate(), term_now()
    people = Staff.objects.active(today).filter(kind=Staff.Kind.VOLUNTEER).order_by("name_key")
    table = VolunteerTable(people, term=term)
    table.subtitle = str(term)
    return list_page(request, table, back=reverse("clubs:exemption_list"))


# --- flexible hours ----------------------------------------------------------------------------------------------


@role_required(*STAFF)
def hours(request: HttpRequest) -> HttpResponse:
    """On which days somebody may arrive at 9:00 or leave at 16:30; a teacher sees herself."""
    today, term = timezone.localdate(), term_now()
    people = Staff.objects.active(today).filter(kind=Staff.Kind.EMPLOYEE)
    if not request.user.has_role(*READERS):
        people = people.filter(user=request.user)
    table = HoursTable(people.order_by("name_key"), term=term, day=today)
    table.subtitle = f"{term} · {cn_date(today, 'year')}"
    return list_page(request, table, template="clubs/hours.html")
