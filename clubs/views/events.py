"""Shows and their results; parents' lectures; the zones of labour day."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Value
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs import papers
from clubs.forms.catalogue import ReasonForm
from clubs.forms.events import LectureDateForm, LectureFilter, LectureForm, ShowFilter, ShowForm, ZoneForm
from clubs.models import CampusZone, Lecture, Show
from clubs.services.lecturing import call_off_lecture, date_lecture, hold_lecture, offer_of
from clubs.tables.activities import LectureTable, ShowTable, ZoneTable
from clubs.views.common import OFFICE, STAFF, put_errors, this_term
from documents.uploads import upload_response
from school.access import role_required
from school.views.papers import print_paper
from web.editing import edit_row, show_refusal
from web.tables import Link, list_page
from web.templatetags.components import CountTab

READERS = (*STAFF, "homeroom_teacher", "grade_head")
WRITERS = (*OFFICE, "teacher", "homeroom_teacher", "grade_head")


# --- shows -----------------------------------------------------------------------------------------------------------


@role_required(*READERS)
def show_list(request: HttpRequest) -> HttpResponse:
    form = ShowFilter(request.GET or None)
    term = (form.is_valid() and form.cleaned_data["term"]) or this_term()
    rows = Show.objects.visible_to(request.user).filter(term=term).select_related("club")
    add = Link(_("Add a show"), reverse("clubs:show_add"), "plus", primary=True)
    return list_page(
        request,
        ShowTable(rows),
        form=form,
        links=[add] if request.user.has_role(*WRITERS) else [],
        back=reverse("clubs:activity_list"),
    )


@role_required(*READERS)
def show_detail(request: HttpRequest, pk: int) -> HttpResponse:
    show = get_object_or_404(Show.objects.visible_to(request.user).select_related("club", "term", "entered_by"), pk=pk)
    may_write = Show.objects.writable_by(request.user).filter(pk=pk).exists()
    return render(request, "clubs/show_detail.html", {"show": show, "may_write": may_write})


def own_show(request: HttpRequest, pk: int) -> Show:
    """One that this person may change; 404 where it is not seen."""
    show = get_object_or_404(Show.objects.visible_to(request.user).select_related("term"), pk=pk)
    if not Show.objects.writable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return show


@role_required(*WRITERS)
def show_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The office enters any, an instructor those of the own clubs."""
    show = own_show(request, pk) if pk else Show(term=get_term(), entered_by=request.user)
    form = ShowForm(request.user, request.POST or None, request.FILES or None, instance=show)
    back = reverse("clubs:show_detail", args=[pk]) if pk else reverse("clubs:show_list")
    note = _("Families read it too.")
    return edit_row(request, form, template="school/_edit.html", title=_("Show and result"), back=back, note=note)


def get_term() -> Any:
    """Events belong to a term: without any there is nothing to enter."""
    term = this_term()
    if term is None:
        raise PermissionDenied(_("Enter the term first."))
    return term


@role_required(*READERS, "guardian")
def show_picture(request: HttpRequest, pk: int) -> FileResponse:
    rows = Show.objects.visible_to(request.user).exclude(picture="")
    return upload_response(get_object_or_404(rows, pk=pk).picture)


@role_required(*WRITERS)
@require_POST
def show_picture_remove(request: HttpRequest, pk: int) -> HttpResponse:
    show = own_show(request, pk)
    if show.picture:
        show.picture.delete()
    messages.success(request, _("Removed."))
    return redirect("clubs:show_detail", pk)


# --- parents' lectures -----------------------------------------------------------------------------------------------


@role_required(*READERS)
def lecture_list(request: HttpRequest) -> HttpResponse:
    form = LectureFilter(request.GET or None)
    rows = form.found(Lecture.objects.visible_to(request.user)).select_related("period", "room")
    tabs = [CountTab("", _("All"), rows.count())]
    tabs += [CountTab(state, label, rows.filter(state=state).count()) for state, label in Lecture.State.choices]
    if state := request.GET.get("status", ""):
        rows = rows.filter(state=state)
    add = Link(_("Add a lecture"), reverse("clubs:lecture_add"), "plus", primary=True)
    return list_page(
        request,
        LectureTable(rows),
        form=form,
        tabs=tabs,
        links=[add] if request.user.has_role(*OFFICE) else [],
        back=reverse("clubs:activity_list"),
    )


@role_required(*READERS)
def lecture_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone stands there for the office alone."""
    rows = Lecture.objects.visible_to(request.user).select_related("period", "room", "offered_by")
    lecture = get_object_or_404(rows, pk=pk)
    day_has_come = lecture.day is not None and lecture.day <= timezone.localdate()
    context = {
        "lecture": lecture,
        "office": request.user.has_role(*OFFICE),
        "open": lecture.state in (Lecture.State.OFFERED, Lecture.State.DATED),
        "may_hold": lecture.state == Lecture.State.DATED and day_has_come,
    }
    return render(request, "clubs/lecture_detail.html", context)


@role_required(*OFFICE)
def lecture_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    lecture = get_object_or_404(Lecture, pk=pk) if pk else Lecture(offered_by=request.user)
    form = LectureForm(request.POST or None, instance=lecture)
    back = reverse("clubs:lecture_detail", args=[pk]) if pk else reverse("clubs:lecture_list")
    return edit_row(request, form, template="school/_edit.html", title=_("Parents' lecture"), back=back)


@role_required("guardian")
def lecture_offer(request: HttpRequest) -> HttpResponse:
    form = LectureForm(request.POST or None, instance=offer_of(request.user))
    return edit_row(
        request,
        form,
        template="school/_edit.html",
        title=_("Offer a lecture"),
        back=reverse("clubs:family_activities"),
        note=_("Tell children of your work or of what you can do. The office calls you to find a day."),
        done=_("Thank you. The office calls you to find a day."),
    )


@role_required(*OFFICE)
def lecture_date(request: HttpRequest, pk: int) -> HttpResponse:
    lecture = get_object_or_404(Lecture.objects.visible_to(request.user), pk=pk)
    facts = {"day": lecture.day, "period": lecture.period_id, "room": lecture.room_id}
    form = LectureDateForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        try:
            date_lecture(lecture=lecture, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Dated: the room is kept for it."))
            return redirect("clubs:lecture_detail", pk)
    return render(request, "clubs/lecture_date.html", {"lecture": lecture, "form": form})


@role_required(*OFFICE)
@require_POST
def lecture_held(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        hold_lecture(lecture=get_object_or_404(Lecture.objects.visible_to(request.user), pk=pk))
    except ValidationError as error:
        show_refusal(request, error)
    else:
        messages.success(request, _("Marked as held."))
    return redirect("clubs:lecture_detail", pk)


@role_required(*OFFICE)
def lecture_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    lecture = get_object_or_404(Lecture.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            call_off_lecture(lecture=lecture, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Called off. Whoever offered it reads the reason."))
            return redirect("clubs:lecture_detail", pk)
    return render(request, "clubs/lecture_call_off.html", {"lecture": lecture, "form": form})


# --- labour day ------------------------------------------------------------------------------------------------------


@role_required(*READERS)
def zone_list(request: HttpRequest) -> HttpResponse:
    office = request.user.has_role(*OFFICE)
    links = [Link(_("For the wall"), reverse("clubs:zone_paper"), "printer")]
    if office:
        links.insert(0, Link(_("Add a zone"), reverse("clubs:zone_add"), "plus", primary=True))
    table = ZoneTable(papers.zones_of(this_term()).annotate(may_edit=Value(office)))
    return list_page(request, table, links=links, back=reverse("clubs:activity_list"))


@role_required(*OFFICE)
def zone_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    zone = get_object_or_404(CampusZone, pk=pk) if pk else CampusZone(term=get_term())
    form = ZoneForm(request.POST or None, instance=zone)
    if request.method == "POST" and pk and "remove" in request.POST:
        zone.delete()
        messages.success(request, _("Removed."))
        return redirect("clubs:zone_list")
    back, title = reverse("clubs:zone_list"), _("Zone of labour day")
    return edit_row(request, form, template="clubs/zone_edit.html", title=title, back=back)


@role_required(*READERS)
def zone_paper(request: HttpRequest) -> HttpResponse:
    """For the wall, by weekday."""
    return print_paper(request, papers.ZONES, get_term())
