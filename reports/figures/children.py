"""Children on roll, class by class and weekday by weekday: what several figures are counted from."""

import datetime as dt
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from enrollment.models import Collector, LeavesAlone
from enrollment.models.offers import AFTER_SCHOOL
from enrollment.services.collecting import collectors_on
from reports.figures.base import Scope, memberships, once, places
from school.models import Guardianship
from school.models.calendar import school_year_of
from school.models.places import class_label

# One pass over the children on roll. Written by hand: the ORM would say «takes part» five times over, and takes longer
# to say it than the database to count it. The same words in the ORM's are in enrollment.participation, for the rows.
TAKING_PART = """
WITH part AS MATERIALIZED (
    SELECT e.id, e.student_id, e.weekdays, o.ends_on AS regular_end
    FROM enrollment_enrolment e JOIN enrollment_serviceoption o ON o.id = e.option_id
    WHERE o.term_id = %(term)s AND o.service = ANY(%(services)s) AND e.starts_on <= %(until)s
      AND (e.ends_on IS NULL OR e.ends_on > %(until)s OR e.ends_on >= o.ends_on
           OR e.ends_on = %(until)s AND EXISTS (
               SELECT 1 FROM enrollment_enrolment n JOIN enrollment_serviceoption s ON s.id = n.option_id
               WHERE n.student_id = e.student_id AND n.starts_on = %(next)s AND s.service = ANY(%(services)s)))),
club AS MATERIALIZED (
    SELECT m.student_id, m.club_id FROM clubs_membership m JOIN part p ON p.id = m.enrolment_id
    JOIN clubs_club c ON c.id = m.club_id
    WHERE c.term_id = %(term)s AND c.status IN ('published', 'cancelled') AND m.starts_on <= %(until)s
      AND (m.ends_on IS NULL OR m.ends_on > %(until)s OR m.ends_on >= p.regular_end
           OR m.ends_on = %(until)s AND EXISTS (
               SELECT 1 FROM clubs_membership n JOIN clubs_club d ON d.id = n.club_id
               WHERE n.student_id = m.student_id AND n.starts_on = %(next)s
                 AND d.term_id = %(term)s AND d.status = 'published'))),
roll AS MATERIALIZED (
    SELECT m.student_id, m.school_class_id FROM school_classmembership m
    WHERE m.starts_on <= %(until)s AND (m.ends_on IS NULL OR m.ends_on > %(until)s
        OR m.ends_on = %(until)s AND EXISTS (
            SELECT 1 FROM school_classmembership n WHERE n.student_id = m.student_id AND n.starts_on = %(next)s)))
"""

CLASSES = """
, child AS (
    SELECT student_id, school_class_id, student_id IN (SELECT student_id FROM part) AS takes,
        student_id IN (SELECT student_id FROM club) AS in_club,
        student_id IN (
            SELECT m.student_id FROM enrollment_caregroupmember m JOIN part p ON p.id = m.enrolment_id
            JOIN enrollment_caregroup g ON g.id = m.group_id
            WHERE g.term_id = %(term)s AND m.starts_on <= %(until)s
              AND (m.ends_on IS NULL OR m.ends_on > %(until)s OR m.ends_on >= p.regular_end
                   OR m.ends_on = %(until)s AND EXISTS (
                       SELECT 1 FROM enrollment_caregroupmember n JOIN enrollment_caregroup d ON d.id = n.group_id
                       WHERE n.student_id = m.student_id AND n.starts_on = %(next)s
                         AND d.term_id = %(term)s))) AS in_group,
        student_id IN (
            SELECT m.student_id FROM school_specialgroupmembership m JOIN school_specialgroup g ON g.id = m.group_id
            WHERE g.has_priority) AS first
    FROM roll)
SELECT c.id, c.entry_year, c.number, count(*), count(*) FILTER (WHERE first), count(*) FILTER (WHERE takes),
    count(*) FILTER (WHERE takes AND first), count(*) FILTER (WHERE takes AND in_club),
    count(*) FILTER (WHERE takes AND NOT in_group), array_agg(student_id) FILTER (WHERE takes)
FROM child JOIN school_schoolclass c ON c.id = child.school_class_id
GROUP BY c.id ORDER BY c.entry_year DESC, c.number"""

WEEKDAYS = """
SELECT days.weekday, count(DISTINCT days.student_id), count(DISTINCT there.student_id)
FROM (SELECT unnest(weekdays) AS weekday, student_id FROM part) days JOIN roll ON roll.student_id = days.student_id
LEFT JOIN (
    SELECT club.student_id, s.weekday FROM club JOIN clubs_clubslot s ON s.club_id = club.club_id
    UNION ALL
    -- A club that was called off since met at the times of its meetings, but for those that were moved for once.
    SELECT club.student_id, d.follows_weekday FROM club
    JOIN clubs_club c ON c.id = club.club_id AND c.status = 'cancelled'
    JOIN clubs_meeting m ON m.club_id = club.club_id AND NOT m.cancelled AND m.day <= %(until)s
    JOIN school_schoolday d ON d.day = m.day
    WHERE m.id NOT IN (SELECT became_id FROM clubs_clubchange WHERE became_id IS NOT NULL)) there
    ON there.student_id = days.student_id AND there.weekday = days.weekday
GROUP BY 1 ORDER BY 1"""


def ask(query: str, scope: Scope) -> list[tuple[Any, ...]]:
    """A query that reads from `part`, `club` and `roll`."""
    names: dict[str, Any] = {
        "term": scope.term.pk,
        "until": scope.until,
        "next": scope.until + dt.timedelta(days=1),
        "services": [str(service) for service in AFTER_SCHOOL],
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKING_PART + query, names)
        return list(cursor.fetchall())


class ClassCount(NamedTuple):
    """Children of one class on roll; the counts after `priority` are of those who take part."""

    pk: int
    grade: int
    label: str
    pupils: int
    priority: int
    taking: int
    priority_taking: int
    in_clubs: int
    without_group: int
    takers: list[int] | None
    """Pks of those who take part; None without any."""


@once
def class_counts(scope: Scope) -> list[ClassCount]:
    """Every class with the counts of its children, in the order of the school."""
    year = school_year_of(scope.until)
    return [
        ClassCount(pk, year - entry + 1, class_label(year - entry + 1, number), *numbers)
        for pk, entry, number, *numbers in ask(CLASSES, scope)
    ]


def in_club(scope: Scope) -> Q:
    return Q(student__in=memberships(scope).values("student"))


def in_group(scope: Scope) -> Q:
    return Q(student__in=places(scope).values("student"))


def collected(scope: Scope) -> set[int]:
    """Pks of children whom somebody may collect on the last day, or who go home alone."""
    day = scope.until
    allowed = set(Collector.objects.allowed(day).order_by().values_list("student", flat=True).distinct())
    bars = Collector.objects.on(day).filter(kind=Collector.Kind.BARRED).values_list("student", flat=True)
    barred = set(bars.union(Guardianship.objects.filter(barred=True).values_list("student", flat=True)))
    alone = LeavesAlone.objects.on(day).filter(agreement__in_force_at__isnull=False).values_list("student", flat=True)
    # Of a child with a bar it is asked who is left; of all others everybody counts.
    return (allowed - barred) | collectors_on(day, barred & allowed).keys() | set(alone)


def total(scope: Scope, name: str) -> int:
    return sum(getattr(row, name) for row in class_counts(scope))


@once
def weekday_counts(scope: Scope) -> dict[int, tuple[int, int]]:
    """Weekday → children on roll who take part on it, and those of them who are in a club on it."""
    return {weekday: (taking, in_clubs) for weekday, taking, in_clubs in ask(WEEKDAYS, scope)}
