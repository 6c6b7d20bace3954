"""Where each child has its place on a day, with room and adult: substitutions and joined sessions included. Reads only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Value

from clubs.models import Meeting
from clubs.placing import places_on, weekday_of
from enrollment.models import CareDuty, CareGroup
from safety.models import Session
from school.models import Period, PeriodTime, SchoolDay, Student, Term
from web.caching import cached_between_changes


@dataclass(frozen=True)
class Place:
    """A club or care group, its room and the adult who answers for it then; empty words where nobody has settled it."""

    title: str = ""
    room: str = ""
    adult: str = ""
    grade: int | None = None
    """The grade whose times apply."""


class DayPlaces:
    """The places of one day, read once. Sessions that are not made yet are taken from clubs and duties."""

    def __init__(self, day: dt.date) -> None:
        self.day, self.weekday = day, weekday_of(day)
        sessions = Session.objects.filter(day=day).with_places().select_related("merged_into")
        by_pk = {session.pk: session for session in sessions}
        self.of_meetings: dict[int, Place] = {}
        self.of_groups: dict[tuple[int, int], Place] = {}
        for meeting in Meeting.objects.on(day).select_related("club", "room", "instructor"):
            self.of_meetings[meeting.pk] = Place(
                meeting.club.name, meeting.room.name, meeting.instructor.name, meeting.club.grade_from
            )
        duties = CareDuty.objects.on(day).filter(weekday=self.weekday).select_related("staff").order_by("-pk")
        adults = {(duty.group_id, duty.period_id): duty.staff.name for duty in duties}
        groups = CareGroup.objects.filter(term__starts_on__lte=day, term__ends_on__gte=day).with_rooms()
        self.plain = {one.pk: Place(one.name, str(one.room_on(day) or ""), "", one.grade) for one in groups}
        for (group, period), adult in adults.items():
            plain = self.plain[group]
            self.of_groups[group, period] = Place(plain.title, plain.room, adult, plain.grade)
        for session in by_pk.values():
            there = by_pk.get(session.merged_into_id, session) if session.merged_into_id else session
            place = Place(there.title, str(there.room or ""), there.adult, session.grade)
            if session.meeting_id:
                self.of_meetings[session.meeting_id] = place
            elif session.care_group_id:
                self.of_groups[session.care_group_id, session.period_id] = place

    def of(self, row: Any, period: int) -> Place | None:
        """The place of a row of clubs.placing.places_on(); None while nobody has given the child one."""
        if row.meeting_id:
            return self.of_meetings.get(row.meeting_id)
        return self.of_groups.get((row.group_id, period)) or self.plain.get(row.group_id)


@dataclass(frozen=True)
class PeriodPlace:
    """Where a child is in one period of the day."""

    period: Period
    times: PeriodTime | None
    place: Place


def places_of(children: list[Student], day: dt.date) -> dict[int, list[PeriodPlace]]:
    """Child → its places of the afternoon in order, until it leaves by agreement (R019). Without places it is absent.

    Nobody has any on a day without lessons.
    """
    if SchoolDay.objects.weekday_of(day) is None:
        return {}
    term = Term.objects.current(day)
    places = cached_between_changes(f"places:{day}", lambda: DayPlaces(day))
    periods = Period.objects.with_times()
    pks = [child.pk for child in children]
    rows: list[Any] = [
        places_on(day, period, weekday=places.weekday)
        .filter(student__in=pks)
        .annotate(number=Value(number))
        .values_list("number", "student_id", "meeting_id", "group_id", named=True)
        for number, period in enumerate(periods)
    ]
    found: dict[int, list[PeriodPlace]] = {}
    for row in rows[0].union(*rows[1:], all=True).order_by("number") if rows else ():
        period = periods[row.number]
        place = places.of(row, period.pk) or Place()
        times = period.times_on(day, term, grade=place.grade, weekday=places.weekday)
        found.setdefault(row.student_id, []).append(PeriodPlace(period, times, place))
    return found
