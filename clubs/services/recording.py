"""Records of meetings: one per meeting, corrections keep their history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ClubSettings, Meeting, MeetingRecord
from documents.uploads import Upload
from school.models import User


@transaction.atomic
def write_record(*, record: MeetingRecord, photo: Upload | None = None, by: User) -> MeetingRecord:
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
