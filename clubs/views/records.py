"""Records of meetings: written on the phone, read by club, and where they are missing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Min, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.forms.activities import RecordFilter, RecordForm
from clubs.models import Club, ClubSettings, Meeting, MeetingRecord
from clubs.records import held_meetings, led_by, meetings_of, suggested_content
from clubs.services.recording import write_record
from clubs.tables.activities import MissingRecordTable, RecordTable
from clubs.views.common import OFFICE, STAFF, put_errors, this_term
from documents.uploads import upload_response
from school.access import role_required
from web.tables import Link, list_page
from web.templatetags.components import CountTab

READERS = (*STAFF, "homeroom_teacher", "grade_head")
WHOLE = (*OFFICE, "principal", "duty_leader")


@role_required(*READERS)
def record_list(request: HttpRequest) -> HttpResponse:
    """A teacher's own meetings, the school's for its offices; on top those without a record."""
    whole = request.user.has_role(*WHOLE)
    rows = held_meetings(this_term(), timezone.localdate())
    if not whole:
        rows = rows.filter(led_by(request.user))
    form = RecordFilter(request.GET or None)
    if form.is_valid() and form.cleaned_data["club"]:
        rows = rows.filter(club=form.cleaned_data["club"])
    parts = {
        "": (_("Without a record"), rows.filter(record=None)),
        "written": (_("Recorded"), rows.filter(record__isnull=False)),
        "all": (_("All"), rows),
    }
    tabs = [CountTab(key, label, part.count()) for key, (label, part) in parts.items()]
    chosen = parts.get(request.GET.get("status", ""), parts[""])[1]
    missing = Link(_("Missing records by club"), reverse("clubs:record_missing"))
    return list_page(
        request,
        RecordTable(chosen),
        form=form,
        tabs=tabs,
        links=[missing] if whole else [],
        back=reverse("clubs:activity_list"),
    )


@role_required(*WHOLE)
def record_missing(request: HttpRequest) -> HttpResponse:
    """Club by club how many meetings have no record, the most first."""
    held = held_meetings(this_term(), timezone.localdate()).order_by().values("pk")
    without = Q(meetings__in=held, meetings__record=None)
    rows = Club.objects.filter(term=this_term()).select_related("instructor")
    rows = rows.annotate(missing=Count("meetings", filter=without), oldest=Min("meetings__day", filter=without))
    rows = rows.filter(missing__gt=0).order_by("-missing", "oldest", "name")
    return list_page(request, MissingRecordTable(rows), back=reverse("clubs:record_list"))


@role_required(*READERS)
def record_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting's record: who was there writes it, the office may, others of the house read it."""
    rows = Meeting.objects.filter(club__in=Club.objects.visible_to(request.user))
    meeting = get_object_or_404(rows.select_related("club__term", "period", "instructor", "room"), pk=pk)
    record = MeetingRecord.objects.select_related("written_by").filter(meeting=meeting).first()
    may_write = request.user.has_role(*OFFICE) or Meeting.objects.filter(meetings_of(request.user), pk=pk).exists()
    if not may_write:
        # Those who see the whole list see there what is not recorded yet.
        if not record and not request.user.has_role(*WHOLE):
            raise Http404
        return render(request, "clubs/record_edit.html", {"meeting": meeting, "record": record})
    form = RecordForm(
        request.POST or None,
        request.FILES or None,
        instance=record or MeetingRecord(meeting=meeting, content=suggested_content(meeting)),
        photos=ClubSettings.load().photos,
    )
    if request.method == "POST" and form.is_valid() and written(request, form):
        return redirect("clubs:record_list")
    return render(request, "clubs/record_edit.html", {"meeting": meeting, "record": record, "form": form})


def written(request: HttpRequest, form: RecordForm) -> bool:
    try:
        write_record(record=form.instance, photo=form.cleaned_data.get("new_photo"), by=request.user)
    except ValidationError as error:
        put_errors(form, error)
        return False
    messages.success(request, _("Recorded. No homework, essay or report is set after an activity."))
    return True


@role_required(*READERS)
def record_photo(request: HttpRequest, pk: int) -> FileResponse:
    """For the house only, and only of clubs that one sees."""
    rows = MeetingRecord.objects.filter(meeting__club__in=Club.objects.visible_to(request.user)).exclude(photo="")
    return upload_response(get_object_or_404(rows, pk=pk).photo)
