"""Certificates of taking part: who was in a club for how long. No grade, no score (T6)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from clubs.models import Meeting, Membership
from school.models import Student

FAMILIES_BEFORE_END = dt.timedelta(days=14)


@dataclass(frozen=True)
class Certificate:
    name: str
    school_class: str
    club: str
    term: str
    first: dt.date
    last: dt.date
    meetings: int


def certificates_of(memberships: Iterable[Membership]) -> list[Certificate]:
    """One a membership, with class and meetings held on days that are over: three queries for all of them.

    Who has been there for no such day has none.
    """
    rows = list(memberships)
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    students = Student.objects.with_class(today).in_bulk([row.student_id for row in rows])
    clubs = {row.club_id for row in rows}
    held = list(Meeting.objects.filter(club__in=clubs, cancelled=False, group=None).values_list("club", "day"))
    found = []
    for row in rows:
        last = min(day for day in (row.ends_on, row.enrolment.ends_on, row.club.term.ends_on, yesterday) if day)
        student = students[row.student_id]
        first = max(row.starts_on, row.club.term.starts_on)
        if last < first:
            continue
        meetings = {day for club, day in held if club == row.club_id and first <= day <= last}
        words = (student.name, student.class_label, row.club.name, str(row.club.term))
        found.append(Certificate(*words, first, last, len(meetings)))
    return found
