"""What a family reads about this afternoon: where each child is, with whom, who collects it, and what has changed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from clubs.changes import told_to_families
from clubs.placing import weekday_of
from enrollment.models import Application, Collector, Enrolment, ServiceOption
from enrollment.services.collecting import proxies_on
from safety.models import Leave
from safety.places import PeriodPlace, places_of
from safety.whereabouts import Status, Whereabouts, whereabouts
from school.models import Student, User
from web.caching import cached_between_changes

MOST_CHILDREN = 12


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
    proxies: list[Collector]
    """Who fetches it on the day besides those who always may."""
    changes: list[Any]
    comes: bool
    """It takes part on the day or later: leave and collectors concern it."""
    option: ServiceOption | None
    """Of a child that does not take part: the sign-up that is open for its grade."""
    application: Application | None
    """Of a child that does not take part: what the family has applied for and is not decided."""

    @property
    def may_leave(self) -> bool:
        """Whether leave of the day can still be asked for."""
        return self.comes and self.now.status in (Status.EXPECTED, Status.HERE)


def children_today(user: User, day: dt.date) -> list[Any]:
    """The guardian's children, with `comes` and `early` of the day and their classes; one query."""
    weekday = weekday_of(day)
    rows = Enrolment.objects.filter(student=OuterRef("pk"))
    return list(
        Student.objects.of_guardian(user)
        .with_class_to_come(day)
        .annotate(
            comes=Exists(rows.from_day(day)), early=Exists(rows.taking_part_on(day, weekday).leaving_early(weekday))
        )[:MOST_CHILDREN]
    )


def afternoons_of(children: list[Any], day: dt.date) -> list[ChildToday]:
    """Of children from children_today(), those whom the school cannot find first: the same number of queries for one child and
    for twelve.
    """
    now = timezone.now()
    ahead = Leave.objects.filter(student__in=children, day__gte=day).select_related("by", "told_by")
    leaves = by_child(ahead.order_by("day"))
    places, told = places_of(children, day), told_to_families(children, day)
    proxies = proxies_on(day, [child.pk for child in children])
    others = [child for child in children if not child.comes]
    applied = applications_of(others)
    rows = [
        ChildToday(
            child,
            where,
            where.family_knows(now),
            child.early,
            places.get(child.pk, []),
            leaves[child.pk][:5],
            proxies.get(child.pk, []),
            told.get(child.pk, []),
            child.comes,
            option_for(child) if child in others and child.pk not in applied else None,
            applied.get(child.pk),
        )
        for child, where in zip(children, whereabouts(children, day), strict=True)
    ]
    return sorted(rows, key=lambda row: not row.alarmed)


def by_child(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.student_id].append(row)
    return found


def applications_of(children: list[Student]) -> dict[int, Application]:
    """Child → its application that is not decided; no query without children."""
    rows = Application.objects.open().filter(student__in=children) if children else Application.objects.none()
    return {row.student_id: row for row in rows.order_by("pk")}


def option_for(child: Student) -> ServiceOption | None:
    """The sign-up that is open now for the child's grade."""
    now = timezone.now()
    rows = ServiceOption.objects.after_school().open_at(now).select_related("letter")
    options = cached_between_changes("options open", lambda: list(rows))
    known = child.class_today()
    fitting = (one for one in options if known and one.is_open and one.grade_from <= known[0] <= one.grade_to)
    return next(fitting, None)
