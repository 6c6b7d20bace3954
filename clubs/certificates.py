"""Certificates of taking part: who was in a club for how long, given when its days are over. No grade, no score (T6)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from clubs.models import Meeting, Membership
from clubs.timetabling.dated import Calendar, dated_meetings
from school.models import Student

# Who stayed into the last two weeks of the term stayed to its end.
LAST_WEEKS = dt.timedelta(days=14)


@dataclass(frozen=True)
class Certificate:
    name: str
    school_class: str
    club: str
    term: str
    first: dt.date
    last: dt.date
    meetings: int


def last_day_of(row: Membership) -> dt.date:
    return min(day for day in (row.ends_on, row.enrolment.ends_on, row.club.term.ends_on) if day)


def issued_from(memberships: Iterable[Membership]) -> dict[int, dt.date]:
    """Membership → the day from which its certificate is given: the one after its last meeting in the plan, or today.

    Five queries for the memberships of one term.
    """
    rows, today = list(memberships), timezone.localdate()
    found = {row.pk: today for row in rows}
    going_on = [row for row in rows if last_day_of(row) >= today]
    for term in {row.club.term for row in going_on}:
        calendar = Calendar(term, today, max(last_day_of(row) for row in going_on))
        last: dict[int, list[dt.date]] = {}
        for one in dated_meetings(calendar, today, clubs={row.club_id for row in going_on}):
            if not one.cancelled and one.club is not None:
                last.setdefault(one.club, []).append(one.day)
        for row in going_on:
            days = [day for day in last.get(row.club_id, ()) if day <= last_day_of(row)]
            if days:
                found[row.pk] = max(days) + dt.timedelta(days=1)
    return found


def certificates_of(memberships: Iterable[Membership], *, issued: bool = True) -> list[Certificate]:
    """One a membership, with class and meetings held on days that are over; a bounded number of queries.

    Who has been there for no such day has none. `issued`: only those whose days are over; else, for a sample, all of them.
    """
    rows = list(memberships)
    today = timezone.localdate()
    if issued:
        from_days = issued_from(rows)
        rows = [row for row in rows if from_days[row.pk] <= today]
    yesterday = today - dt.timedelta(days=1)
    students = Student.objects.with_class(today).in_bulk([row.student_id for row in rows])
    clubs = {row.club_id for row in rows}
    held = list(Meeting.objects.filter(club__in=clubs, cancelled=False, group=None).values_list("club", "day"))
    found = []
    for row in rows:
        last = min(last_day_of(row), yesterday)
        student = students[row.student_id]
        first = max(row.starts_on, row.club.term.starts_on)
        if last < first:
            continue
        meetings = {day for club, day in held if club == row.club_id and first <= day <= last}
        words = (student.name, student.class_label, row.club.name, str(row.club.term))
        found.append(Certificate(*words, first, last, len(meetings)))
    return found
