"""Rain: outdoor clubs move to their rain rooms, or their children stay in the care groups."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubChange, ClubSettings, Meeting, RainDay
from clubs.placing import service_over
from clubs.services.changing import (
    MeetingPlace,
    cancel_meeting,
    has_begun,
    in_room,
    locked_meeting,
    move_meeting,
    restore_meeting,
)
from clubs.services.meeting import make_meetings
from school.models import Room, SchoolDay, Term, User


@dataclass(frozen=True)
class RainMove:
    """The effect of rain on one meeting: moved to `room`, or into the care groups if it is None; `why` explains a deviation
    from the plan.
    """

    meeting: Meeting
    room: Room | None
    why: str = ""
    begun: bool = False


def outdoor_meetings(day: dt.date) -> list[Meeting]:
    term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if term is None:
        return []
    make_meetings(term=term, first=day, last=day)
    rows = Meeting.objects.on(day).filter(cancelled=False, room__kind=Room.Kind.OUTDOOR)
    return list(rows.select_related("club__rain_room", "room", "period", "instructor").order_by("period__number", "pk"))


@transaction.atomic
def rain_moves(day: dt.date) -> list[RainMove]:
    """What the button would do, meeting by meeting; a rain room that somebody has is named."""
    taken: set[tuple[int, int]] = set()
    return [_move_of(meeting, taken) for meeting in outdoor_meetings(day)]


def _move_of(meeting: Meeting, taken: set[tuple[int, int]]) -> RainMove:
    room = meeting.club.rain_room
    if has_begun(meeting):
        return RainMove(meeting, None, _("The roll has been called; this club stays as it is."), begun=True)
    if meeting.club.rain_stay or room is None:
        return RainMove(meeting, None)
    there = Meeting.objects.on(meeting.day).filter(period=meeting.period_id, cancelled=False).exclude(pk=meeting.pk)
    why = in_room(MeetingPlace(meeting.day, meeting.period, room), there.select_related("club"))
    if not why and (meeting.period_id, room.pk) in taken:
        why = _("%s goes to another club today.") % room
    if why:
        return RainMove(meeting, None, why)
    taken.add((meeting.period_id, room.pk))
    return RainMove(meeting, room)


def start_rain(*, day: dt.date, by: User) -> RainDay:
    """Moves or cancels every outdoor meeting of the day. A second call changes nothing."""
    if day != timezone.localdate():
        raise ValidationError(_("Rain is announced for today."))
    if SchoolDay.objects.weekday_of(day) is None or service_over(day, timezone.now()):
        raise ValidationError(_("There is no service today, or it is over: nobody needs to be told."))
    try:
        with transaction.atomic():
            # A second request waits here for the first, and then finds it done.
            rain = RainDay.objects.create(day=day, point=ClubSettings.load().rain_point, by=by)
            lock_day(day)
            for move in rain_moves(day):
                _carry_out(move, rain, by)
            return rain
    except IntegrityError:
        standing = RainDay.objects.standing(day)
        if standing is None:
            raise
        return standing


def lock_day(day: dt.date) -> None:
    """Locks all meetings of the day before any of their sessions: the order used everywhere."""
    list(Meeting.objects.select_for_update(of=["self"]).on(day).order_by("pk").values_list("pk", flat=True))


def _carry_out(move: RainMove, rain: RainDay, by: User) -> None:
    meeting, reason = move.meeting, _("Rain")
    if move.begun:
        return
    if move.room is not None:
        place = MeetingPlace(meeting.day, meeting.period, move.room)
        move_meeting(meeting=meeting, place=place, reason=reason, by=by, rain=rain)
    else:
        cancel_meeting(meeting=meeting, reason=f"{reason} · {move.why}" if move.why else reason, by=by, rain=rain)


@transaction.atomic
def stop_rain(*, rain: RainDay, by: User) -> RainDay:
    """Undoes the rain day. Refused once a roll rests on it; a second call changes nothing."""
    rain = RainDay.objects.select_for_update().get(pk=rain.pk)
    if rain.ended_at is not None:
        return rain
    lock_day(rain.day)
    changes = list(rain.changes.select_related("meeting__club", "room_before").order_by("pk"))
    begun = [change.meeting.club.name for change in changes if has_begun(locked_meeting(change.meeting))]
    if begun:
        raise ValidationError(_("Rolls have been called already: %s. It stays as it is.") % "、".join(begun[:5]))
    for change in changes:
        if change.kind == ClubChange.Kind.CANCELLED:
            restore_meeting(meeting=change.meeting, reason=_("No rain after all"), by=by, rain=rain)
        elif change.kind == ClubChange.Kind.ROOM and change.room_before:
            _move_back(change, rain, by)
    rain.ended_at, rain.ended_by = timezone.now(), by
    rain.save()
    return rain


def _move_back(change: ClubChange, rain: RainDay, by: User) -> None:
    meeting, room = locked_meeting(change.meeting), change.room_before
    if meeting.cancelled or room is None or meeting.room.kind == Room.Kind.OUTDOOR:
        return  # changed by hand since
    place = MeetingPlace(meeting.day, meeting.period, room)
    move_meeting(meeting=meeting, place=place, reason=_("No rain after all"), by=by, rain=rain)


def clubs_without_plan(term: Term) -> list[Club]:
    """Outdoor clubs in the catalogue that do not say what happens when it rains."""
    rows = Club.objects.published().filter(term=term, room__kind=Room.Kind.OUTDOOR, rain_room=None, rain_stay=False)
    return list(rows.order_by("name")[:25])
