"""Which children people of institutions may fetch on a day."""

import datetime as dt

from enrollment.models import Collector, Enrolment, Institution, InstitutionPerson
from enrollment.services.collecting import refusals_on
from school.models import SchoolDay, Student

GateRows = list[tuple[Institution, list[tuple[InstitutionPerson, list[Student]]]]]


def gate_rows(day: dt.date) -> GateRows:
    """Only children who take part on the day; nobody who is barred or held back. The queries do not grow with the rows."""
    school_day = SchoolDay.objects.of(day)
    weekday = (school_day.follows_weekday if school_day else None) or day.isoweekday()
    there = Enrolment.objects.taking_part_on(day, weekday).values("student")
    rows = list(
        Collector.objects.allowed(day)
        .filter(kind=Collector.Kind.OUTSIDE, student__in=there)
        .select_related("person__institution")
        .order_by("person__institution__name", "person__name", "student__name_key")
    )
    students = {s.pk: s for s in Student.objects.filter(pk__in=[c.student_id for c in rows]).with_class(day)}
    refusals = refusals_on(day, students)
    found: dict[Institution, dict[InstitutionPerson, list[Student]]] = {}
    for collector in rows:
        student = students[collector.student_id]
        if refusals.bars(student.pk, collector) or refusals.holds(student.pk, collector.name):
            continue
        person: InstitutionPerson = collector.person  # type: ignore[assignment]  # the constraint holds it
        found.setdefault(person.institution, {}).setdefault(person, []).append(student)
    return [(institution, list(people.items())) for institution, people in found.items()]
