"""The dated meetings, from the week's plan, the rotations and the school calendar."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.leading import put_takers
from clubs.models import Club, ClubSlot, Meeting, Membership, Rotation
from school.models import SchoolDay, Term


@transaction.atomic
def make_meetings(*, term: Term, first: dt.date, last: dt.date) -> int:
    """Dates the weekly slots from the school calendar; make-up days follow the weekday the office named.

    Run again, it adds what is missing. Returns how many were added.
    """
    days = list(SchoolDay.objects.of_term(term).teaching().filter(day__range=(first, last)))
    slots = ClubSlot.objects.filter(term=term, club__status=Club.Status.PUBLISHED)
    return _add(term, (first, last), [*meetings_of_slots(slots, days), *meetings_of_rotations(term, days)])


def date_what_was(clubs: Iterable[int]) -> None:
    """Before the week's plan of clubs changes: their days that have been, from the first child on, are dated by it.

    On a day on which nobody looked, no meeting was made, and the new plan would not tell what was held then.
    """
    today = timezone.localdate()
    begun = (
        Membership.objects.filter(club__in=clubs, starts_on__lte=today).values_list("club").annotate(Min("starts_on"))
    )
    for club, first in begun.order_by():
        slots = list(ClubSlot.objects.filter(club=club, club__status=Club.Status.PUBLISHED).select_related("term"))
        if slots:
            term = slots[0].term
            days = list(SchoolDay.objects.of_term(term).teaching().filter(day__range=(first, today)))
            _add(term, (first, today), list(meetings_of_slots(slots, days)))


def _add(term: Term, days: tuple[dt.date, dt.date], planned: list[Meeting]) -> int:
    existing = set(Meeting.objects.filter(day__range=days).values_list("club", "day", "period"))
    planned = put_takers(term, planned)
    meetings = [m for m in planned if (m.club_id, m.day, m.period_id) not in existing]
    Meeting.objects.bulk_create(meetings, ignore_conflicts=True)
    return len(meetings)


Plan = dict[tuple[int, int, int], ClubSlot]
"""(club pk, weekday, period pk) → its time in the week's plan."""


def plan_of(clubs: Iterable[int]) -> Plan:
    return {(slot.club_id, slot.weekday, slot.period_id): slot for slot in ClubSlot.objects.filter(club__in=clubs)}


def follow_plan(term: Term, clubs: Iterable[int], before: Plan) -> int:
    """Meetings that are dated already, from tomorrow on, take what changed in the week's plan of these clubs; returns how many.

    `before`: the plan as it was. A room or an adult that a meeting has for that day only stays, and so does a meeting at a time
    that was not the plan's.
    """
    today, now = timezone.localdate(), plan_of(clubs)
    days = dict(SchoolDay.objects.of_term(term).teaching().filter(day__gt=today).values_list("day", "follows_weekday"))
    changed, gone = [], []
    for meeting in Meeting.objects.filter(club__in=clubs, day__gt=today, cancelled=False, group=None):
        key = (meeting.club_id, days.get(meeting.day) or 0, meeting.period_id)
        old, new = before.get(key), now.get(key)
        if old is not None and new is None:
            meeting.note = _("The timetable has changed.")
            gone.append(meeting)
        elif old is not None and new is not None and take_over(meeting, old, new):
            changed.append(meeting)
    # All leave their rooms, then those that stay take theirs: two that swap are never in one room.
    for meeting in [*changed, *gone]:
        meeting.cancelled = True
    Meeting.objects.bulk_update([*changed, *gone], ["cancelled", "note"])
    for meeting in changed:
        meeting.cancelled = False
    Meeting.objects.bulk_update(changed, ["cancelled", "room", "instructor", "assistant"])
    return len(changed) + len(gone)


@transaction.atomic
def follow_day(day: SchoolDay) -> None:
    """A day without lessons has no meetings, unless a roll was called; one that has lessons after all gets them back."""
    note = str(_("No lessons on this day."))
    meetings = Meeting.objects.filter(day=day.day)
    if day.follows_weekday is None:
        meetings.filter(cancelled=False, session__roll_calls=None).update(cancelled=True, note=note)
        return
    for meeting in meetings.filter(cancelled=True, note=note):
        meeting.cancelled, meeting.note = False, ""
        # Its room or its adult may have been given away since; the office sees the meeting as called off then.
        with suppress(IntegrityError), transaction.atomic():
            meeting.save()


def take_over(meeting: Meeting, old: ClubSlot, new: ClubSlot) -> bool:
    """Gives the meeting what the plan says now where it had what the plan said before; whether that changes it."""
    changed = False
    for name in ("room_id", "instructor_id", "assistant_id"):
        was, now = getattr(old, name), getattr(new, name)
        if getattr(meeting, name) == was != now:
            setattr(meeting, name, now)
            changed = True
    return changed


def meetings_of_slots(slots: Iterable[ClubSlot], days: list[SchoolDay]) -> Iterator[Meeting]:
    weekly: dict[int, list[ClubSlot]] = {}
    for slot in slots:
        weekly.setdefault(slot.weekday, []).append(slot)
    for day in days:
        for slot in weekly.get(day.follows_weekday or 0, []):
            yield Meeting(
                club_id=slot.club_id,
                day=day.day,
                period_id=slot.period_id,
                room_id=slot.room_id,
                instructor_id=slot.instructor_id,
                assistant_id=slot.assistant_id,
            )


def meetings_of_rotations(term: Term, days: list[SchoolDay]) -> Iterator[Meeting]:
    """One meeting a group: a whole care group at the club whose turn it is."""
    for rotation in Rotation.objects.filter(term=term).prefetch_related("stops__club", "groups"):
        for day in days:
            if day.follows_weekday != rotation.weekday or not rotation.starts_on <= day.day <= rotation.ends_on:
                continue
            for stop, place in rotation.places_on(day.day):
                yield Meeting(
                    club_id=stop.club_id,
                    day=day.day,
                    period_id=rotation.period_id,
                    room_id=stop.club.room_id,
                    instructor_id=stop.club.instructor_id,
                    assistant_id=stop.club.assistant_id,
                    group_id=place.group_id,
                )
