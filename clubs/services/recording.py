"""Records of meetings: one per meeting, corrections keep their history."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ClubSettings, ClubWeek, Meeting, MeetingRecord
from school.models import Term, User


def week_number(term: Term, day: dt.date) -> int:
    """The week of the term, counted from 1, Monday to Sunday."""
    monday = term.starts_on - dt.timedelta(days=term.starts_on.weekday())
    return (day - monday).days // 7 + 1


def held_meetings(term: Term | None, day: dt.date) -> QuerySet[Meeting]:
    """Meetings held up to that day."""
    rows = Meeting.objects.filter(club__term=term, day__lte=day, cancelled=False)
    return rows.select_related("club", "period", "instructor", "record").order_by(
        "-day", "period__number", "club__name"
    )


def meetings_of(user: User) -> Q:
    """Those that the user leads, helps in, or stood in for."""
    return Q(instructor__user=user) | Q(assistant__user=user) | Q(club__instructor__user=user)


def suggested_content(meeting: Meeting) -> str:
    """What the club has planned for that week of the term."""
    number = week_number(meeting.club.term, meeting.day)
    return ClubWeek.objects.filter(club=meeting.club_id, number=number).values_list("content", flat=True).first() or ""


@transaction.atomic
def write_record(*, record: MeetingRecord, photo: ContentFile | None = None, by: User) -> MeetingRecord:
    """The first or a corrected record. Refused for a meeting that is still to come or was called off."""
    meeting = Meeting.objects.select_for_update(of=["self"]).get(pk=record.meeting_id)
    if meeting.cancelled:
        raise ValidationError(_("This meeting was called off: there is nothing to record."))
    if meeting.day > timezone.localdate():
        raise ValidationError(_("This meeting is still to come. Record it once it has taken place."))
    if record.pk is None and MeetingRecord.objects.filter(meeting=meeting).exists():
        raise ValidationError(_("A colleague has just recorded this meeting. Open it again to add to it."))
    if photo is not None:
        if not ClubSettings.fresh().photos:
            raise ValidationError(_("The school keeps no photos of meetings."))
        record.photo.save("photo.jpg", photo, save=False)
    if record.pk is None:
        record.written_by, record.written_at = by, timezone.now()
    record.save()
    return record
