"""Parents' meetings and their minutes (R007, R036)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families import papers
from families.forms import MeetingFilter, MeetingForm, ReasonForm
from families.models import CommitteeMember, Meeting
from families.rows import OFFICE
from families.services import publish_minutes
from families.tables import MeetingTable
from families.views.common import classes_for
from school.access import role_required, signed_in
from school.models import ClassMembership, Guardian, Guardianship, Term, User
from school.services import log_export
from school.views.papers import print_paper
from web.tables import Link, list_page
from web.templatetags.components import CountTab

WRITERS = (*OFFICE, "homeroom_teacher", "grade_head")
READERS = (*WRITERS, "principal")


def may_edit(user: User, meeting: Meeting) -> bool:
    """The offices any; a teacher those of the classes led."""
    if user.has_role(*OFFICE):
        return True
    return user.has_role(*WRITERS) and classes_for(user).filter(pk=meeting.school_class_id).exists()


def guests_of(meeting: Meeting) -> Any:
    """Who can be ticked as present by name: the committee's members, or the guardians of the class; nobody of a whole school."""
    if meeting.kind == Meeting.Kind.COMMITTEE:
        return Guardian.objects.filter(pk__in=CommitteeMember.objects.on(meeting.day).values("guardian"))
    if meeting.school_class_id:
        children = ClassMembership.objects.on(meeting.day).filter(school_class=meeting.school_class_id)
        adults = Guardianship.objects.filter(student__in=children.values("student"), barred=False)
        return Guardian.objects.filter(pk__in=adults.values("guardian"))
    return Guardian.objects.none()


@role_required(*READERS)
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings by kind and term, the latest first."""
    form = MeetingFilter(request.GET)
    visible = form.apply(Meeting.objects.visible_to(request.user).select_related("school_class", "term"))
    tabs = [CountTab("", _("All"), visible.count())]
    tabs += [CountTab(kind, label, visible.filter(kind=kind).count()) for kind, label in Meeting.Kind.choices]
    kind = request.GET.get("status", "")
    rows = visible.filter(kind=kind) if kind else visible
    links = []
    if request.user.has_role(*WRITERS):
        links.append(Link(_("Record a meeting"), reverse("families:meeting_add"), "plus", primary=True))
    if request.user.has_role(*OFFICE, "principal"):
        links.append(Link(_("Members of the committee"), reverse("families:member_list"), "users"))
    return list_page(request, MeetingTable(rows), form=form, tabs=tabs, links=links)


@role_required(*WRITERS)
def meeting_add(request: HttpRequest) -> HttpResponse:
    term = get_object_or_404(Term, pk=getattr(Term.objects.current(timezone.localdate()), "pk", None))
    meeting = Meeting(term=term, recorded_by=request.user, day=timezone.localdate())
    return edit_meeting(request, meeting, _("Record a meeting"), reverse("families:meeting_list"))


@role_required(*WRITERS)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Minutes that families read already are taken back before they change."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    if not may_edit(request.user, meeting):
        raise PermissionDenied
    if meeting.published_at:
        messages.warning(request, _("Families read these minutes. Take them back before you change them."))
        return redirect(meeting)
    return edit_meeting(request, meeting, _("Edit the minutes"), meeting.get_absolute_url())


def edit_meeting(request: HttpRequest, meeting: Meeting, title: str, back: str) -> HttpResponse:
    form = MeetingForm(
        request.POST or None,
        instance=meeting,
        classes=classes_for(request.user),
        any_kind=request.user.has_role(*OFFICE),
        guests=guests_of(meeting),
    )
    if request.method == "POST" and form.is_valid():
        meeting = form.save()
        messages.success(request, _("Saved."))
        return redirect(meeting)
    return render(request, "families/_edit.html", {"form": form, "title": title, "back": back, "keep": "meeting"})


@signed_in
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes. Families read neither the list of names nor the opinions as they were said."""
    rows = Meeting.objects.visible_to(request.user).select_related("school_class", "term", "recorded_by")
    meeting = get_object_or_404(rows, pk=pk)
    works = request.user.has_role(*READERS)
    context = {
        "meeting": meeting,
        "works": works,
        "may_edit": may_edit(request.user, meeting),
        "enters": request.user.has_role(*OFFICE),
        "attendees": meeting.attendees.all() if works else [],
        "opinions": meeting.opinions.visible_to(request.user) if works else [],
        "back": reverse("families:meeting_list" if works else "families:family_contact"),
    }
    return render(request, "families/meeting_detail.html", context)


@role_required(*WRITERS)
@require_POST
def meeting_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the minutes to families, or takes them back."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    if not may_edit(request.user, meeting):
        raise PermissionDenied
    if meeting.published_at:
        meeting.published_at = None
        meeting.save()
        messages.success(request, _("Taken back. Families no longer see the minutes."))
        return redirect(meeting)
    try:
        publish_minutes(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Published: families read topics and decisions, without names."))
    return redirect(meeting)


@role_required(*READERS)
def meeting_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a paper with the names of those present; asks for the reason, which is logged."""
    rows = Meeting.objects.visible_to(request.user).select_related("school_class", "term", "recorded_by")
    meeting = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        log_export(
            user=request.user, fields=["name"], rows=meeting.attendees.count(), reason=form.cleaned_data["reason"]
        )
        return print_paper(request, papers.MINUTES, meeting, list(meeting.opinions.visible_to(request.user)))
    context = {
        "title": _("Print the minutes"),
        "text": _("The paper carries the names of those present. The reason is logged."),
        "submit": _("Print"),
        "cancel_url": meeting.get_absolute_url(),
        "form": form,
        "kind": "primary",
    }
    return render(request, "components/confirm_page.html", context)
