"""Parents' lectures: offered by a family or the office, dated where the room is free, held or called off."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Lecture, Meeting
from clubs.placing import weekday_of
from school.models import Period, Room, Term, User


def who_has_room(room: Room, day: dt.date, period: Period, *, but: Lecture | None = None) -> str:
    """The name of the lecture or club that occupies the room then; empty if it is free."""
    lectures = Lecture.objects.taking_room().filter(room=room, day=day, period=period)
    if lecture := lectures.exclude(pk=but.pk if but else None).first():
        return lecture.topic
    meetings = Meeting.objects.filter(day=day, period=period, room=room, cancelled=False)
    if meeting := meetings.select_related("club").first():
        return meeting.club.name
    term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    slots = ClubSlot.objects.filter(term=term, weekday=weekday_of(day), period=period, room=room)
    # Where a club's meetings of the day are made, they alone count: it may have been moved or called off.
    slots = slots.exclude(club__status=Club.Status.CANCELLED).exclude(club__meetings__day=day)
    slot = slots.select_related("club").first()
    return slot.club.name if slot else ""


def locked_lecture(lecture: Lecture, *states: str) -> Lecture:
    """The lecture as it stands now, for this transaction alone; refused where somebody was quicker."""
    current: Lecture = Lecture.objects.select_for_update(of=["self"]).get(pk=lecture.pk)
    if current.state not in states:
        state = current.get_state_display()
        raise ValidationError(_("This lecture is now: %(state)s. Open it again.") % {"state": state})
    return current


@transaction.atomic
def date_lecture(*, lecture: Lecture, day: dt.date, period: Period, room: Room) -> Lecture:
    """Sets or changes day, period and room; refused with the name of whatever occupies the room."""
    Room.objects.select_for_update().get(pk=room.pk)
    current = locked_lecture(lecture, Lecture.State.OFFERED, Lecture.State.DATED)
    if other := who_has_room(room, day, period, but=current):
        facts = {"room": room.name, "other": other}
        raise ValidationError({"room": _("«%(other)s» is in %(room)s then. Choose another room or time.") % facts})
    current.day, current.period, current.room, current.state = day, period, room, Lecture.State.DATED
    current.save()
    return current


@transaction.atomic
def hold_lecture(*, lecture: Lecture) -> Lecture:
    current = locked_lecture(lecture, Lecture.State.DATED)
    if current.day and current.day > timezone.localdate():
        raise ValidationError(_("This lecture is still to come. Mark it held once it has taken place."))
    current.state = Lecture.State.HELD
    current.save()
    return current


@transaction.atomic
def call_off_lecture(*, lecture: Lecture, reason: str) -> Lecture:
    """Cancels a lecture with a reason for the person who offered it, and frees its room."""
    current = locked_lecture(lecture, Lecture.State.OFFERED, Lecture.State.DATED)
    current.state, current.reason = Lecture.State.CALLED_OFF, reason
    current.save()
    return current


def offer_of(user: User) -> Lecture:
    """An offer as a guardian begins it: the own contact stands there already."""
    guardian = user.guardian
    kinship = guardian.guardianships.filter(barred=False).order_by("order", "pk").first()
    return Lecture(
        offered_by=user, speaker=guardian.name, phone=guardian.phone, relation=kinship.relation if kinship else ""
    )
