"""Flexible hours (R139): from the timetable, duties and clubs, on which days somebody may come later or leave earlier."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from clubs.weekly import weekly_times
from enrollment.duty_table import duties_held
from school.models import Lesson, Period, PeriodTime, Staff, Teaching, Term
from school.models.dated import on_day

ARRIVE = dt.time(9)
LEAVE = dt.time(16, 30)
LEAST = 2
DAYS = range(1, 6)


@dataclass(frozen=True)
class Week:
    """Weekdays on which a member of staff may arrive at 9:00, and those on which they may leave at 16:30."""

    staff: Staff
    late: list[int]
    early: list[int]

    @property
    def enough(self) -> bool:
        return len(self.late) >= LEAST and len(self.early) >= LEAST


def weeks(people: Iterable[Staff], term: Term, day: dt.date) -> list[Week]:
    """One week per member of staff, in the order given; five queries."""
    staff = list(people)
    first, after = first_lessons(staff, day), services_after(staff, term, day)
    return [
        Week(
            person,
            [] if person.hours_fixed else [n for n in DAYS if n not in first[person.pk]],
            [] if person.hours_fixed else [n for n in DAYS if n not in after[person.pk]],
        )
        for person in staff
    ]


def first_lessons(staff: list[Staff], day: dt.date) -> dict[int, set[int]]:
    """Staff → weekdays on which they teach in the first lesson."""
    taught = Teaching.objects.filter(on_day(day), staff__in=staff)
    lessons = Lesson.objects.filter(number=1, school_class__teachings__in=taught)
    rows = lessons.filter(subject=F("school_class__teachings__subject"))
    found: dict[int, set[int]] = defaultdict(set)
    for person, weekday in rows.values_list("school_class__teachings__staff", "weekday"):
        found[person].add(weekday)
    return found


def services_after(staff: list[Staff], term: Term, day: dt.date) -> dict[int, set[int]]:
    """Staff → weekdays with a duty or a club that ends after 16:30 in this season."""
    season = term.season_on(day)
    late = PeriodTime.objects.on(day).filter(season=season, ends_at__gt=LEAVE).values("period")
    periods = list(Period.objects.filter(pk__in=late).values_list("pk", flat=True))
    found: dict[int, set[int]] = defaultdict(set)
    for duty in duties_held(term, term.nearest(day), staff__in=staff, period__in=periods):
        found[duty.staff_id].add(duty.weekday)
    for slot in weekly_times(term, term.nearest(day)):
        for adult in (slot.instructor, slot.assistant):
            if adult and slot.period_id in periods:
                found[adult.pk].add(slot.weekday)
    return found
