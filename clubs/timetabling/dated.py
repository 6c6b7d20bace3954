"""What is held on which day: dated meetings where they exist, the week's plan for later days."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from clubs.models import Club, ClubSlot, Meeting
from enrollment.models import CareDuty
from school.models import Period, PeriodTime, Room, SchoolDay, Staff, Term


@dataclass(frozen=True)
class Dated:
    """One meeting or care duty on one day. `changed`: it will be in another room or with another adult than the week's plan
    says. The plan is that of today: it says nothing of days that are over.
    """

    kind: str
    key: str
    day: dt.date
    period: Period
    times: PeriodTime | None
    title: str
    room: Room | None
    adults: tuple[Staff, ...]
    club: int | None = None
    group: int | None = None
    cancelled: bool = False
    changed: bool = False
    note: str = ""

    @property
    def adult_pks(self) -> set[int]:
        return {person.pk for person in self.adults}

    @property
    def order(self) -> tuple[dt.date, int, str]:
        return self.day, self.period.number, self.title


class Calendar:
    """The teaching days of a span with the weekday each follows, and the times of periods on them."""

    def __init__(self, term: Term, first: dt.date, last: dt.date) -> None:
        self.term = term
        rows = SchoolDay.objects.of_term(term).teaching().filter(day__range=(first, last))
        self.days: dict[dt.date, int] = {row.day: int(row.follows_weekday or 0) for row in rows}
        self.periods = {period.pk: period for period in Period.objects.with_times()}

    def times(self, day: dt.date, period: int, grade: int) -> PeriodTime | None:
        return self.periods[period].times_on(day, self.term, grade=grade, weekday=self.days.get(day))


def dated_meetings(
    calendar: Calendar, today: dt.date, *, clubs: Iterable[int] | None = None, staff: Staff | None = None
) -> list[Dated]:
    """All meetings of the span, or those of some clubs or of one adult; the same number of queries for any number of them."""
    slots = ClubSlot.objects.filter(term=calendar.term, club__status=Club.Status.PUBLISHED)
    meetings = Meeting.objects.filter(club__term=calendar.term, day__in=list(calendar.days))
    if clubs is not None:
        clubs = list(clubs)
        slots, meetings = slots.filter(club__in=clubs), meetings.filter(club__in=clubs)
    related = ("club", "room", "instructor", "assistant")
    plan = {(slot.club_id, slot.weekday, slot.period_id): slot for slot in slots.select_related(*related)}
    found, made = [], set()
    for meeting in meetings.select_related(*related):
        made.add((meeting.club_id, meeting.day, meeting.period_id))
        slot = plan.get((meeting.club_id, calendar.days[meeting.day], meeting.period_id))
        found.append(_dated(calendar, meeting, meeting.day, slot if meeting.day >= today else None))
    for day, weekday in calendar.days.items():
        for slot in plan.values() if day >= today else ():
            if slot.weekday == weekday and (slot.club_id, day, slot.period_id) not in made:
                found.append(_dated(calendar, slot, day, slot))
    if staff is not None:
        found = [one for one in found if staff.pk in one.adult_pks]
    return sorted(found, key=lambda one: one.order)


def _dated(calendar: Calendar, row: Meeting | ClubSlot, day: dt.date, slot: ClubSlot | None) -> Dated:
    meeting = row if isinstance(row, Meeting) else None
    here = (row.room_id, row.instructor_id, row.assistant_id)
    return Dated(
        "club",
        f"club-{row.club_id}-{day:%Y%m%d}-{row.period_id}",
        day,
        calendar.periods[row.period_id],
        calendar.times(day, row.period_id, row.club.grade_from),
        row.club.name,
        row.room,
        tuple(person for person in (row.instructor, row.assistant) if person),
        row.club_id,
        meeting.group_id if meeting else None,
        bool(meeting and meeting.cancelled),
        slot is not None and here != (slot.room_id, slot.instructor_id, slot.assistant_id),
        meeting.note if meeting else "",
    )


def dated_duties(calendar: Calendar, staff: Staff) -> list[Dated]:
    """The care duties of one adult on the days of the span."""
    duties = CareDuty.objects.filter(term=calendar.term, staff=staff).select_related("group", "staff")
    duties = duties.prefetch_related("group__rooms__room")
    return [
        Dated(
            "duty",
            f"duty-{duty.group_id}-{day:%Y%m%d}-{duty.period_id}",
            day,
            calendar.periods[duty.period_id],
            calendar.times(day, duty.period_id, duty.group.grade),
            duty.group.name,
            duty.group.room_on(day),
            (duty.staff,),
        )
        for duty in duties
        for day, weekday in calendar.days.items()
        if weekday == duty.weekday and duty.holds_on(day)
    ]
