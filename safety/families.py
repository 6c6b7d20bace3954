"""What a family reads about this afternoon: where each child is, with whom, who collects it, and what has changed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from clubs.changes import told_to_families
from clubs.placing import weekday_of
from enrollment.models import Collector, Enrolment
from enrollment.services.collecting import collectors_on
from safety.models import Leave
from safety.places import PeriodPlace, places_of
from safety.whereabouts import Whereabouts, whereabouts
from school.models import Student


@dataclass(frozen=True)
class ChildToday:
    """One child's afternoon. `places` are its periods with times, rooms and adults; `leaves` are those ahead."""

    child: Student
    now: Whereabouts
    alarmed: bool
    """The school cannot find the child, and the family is told so."""
    leaves_early: bool
    """The agreement lets it leave before the service ends (R019)."""
    places: list[PeriodPlace]
    leaves: list[Leave]
    collectors: list[Collector]
    changes: list[Any]
    comes: bool
    """It takes part on the day or later: leave and collectors concern it."""


def afternoons_of(children: list[Student], day: dt.date) -> list[ChildToday]:
    """The same number of queries for one child and for twelve."""
    now, early = timezone.now(), leaving_early(children, day)
    ahead = Leave.objects.filter(student__in=children, day__gte=day).select_related("by", "told_by")
    leaves = by_child(ahead.order_by("day"))
    collectors, places = collectors_on(day, [child.pk for child in children]), places_of(children, day)
    told = told_to_families(children, day)
    coming = set(Enrolment.objects.from_day(day).filter(student__in=children).values_list("student", flat=True))
    return [
        ChildToday(
            child,
            where,
            where.family_knows(now),
            child.pk in early,
            places.get(child.pk, []),
            leaves[child.pk][:5],
            collectors.get(child.pk, []),
            told.get(child.pk, []),
            child.pk in coming,
        )
        for child, where in zip(children, whereabouts(children, day), strict=True)
    ]


def by_child(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.student_id].append(row)
    return found


def leaving_early(children: list[Student], day: dt.date) -> set[int]:
    """Children who leave before the end of the service on that weekday (R019)."""
    weekday = weekday_of(day)
    rows = Enrolment.objects.taking_part_on(day, weekday).filter(student__in=children).leaving_early(weekday)
    return set(rows.values_list("student", flat=True))
