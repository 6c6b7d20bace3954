"""Which meetings are recorded, and what a record is suggested from. Reads only."""

import datetime as dt

from django.db.models import Q, QuerySet

from clubs.models import ClubWeek, Meeting
from school.models import Staff, Term, User


def week_number(term: Term, day: dt.date) -> int:
    """The week of the term, counted from 1, Monday to Sunday."""
    monday = term.starts_on - dt.timedelta(days=term.starts_on.weekday())
    return (day - monday).days // 7 + 1


def held_meetings(term: Term | None, day: dt.date) -> QuerySet[Meeting]:
    """Meetings held up to that day."""
    rows = Meeting.objects.filter(club__term=term, day__lte=day, cancelled=False)
    return rows.select_related("club", "period", "instructor", "record").order_by(
        "-day", "period__number", "club__name"
    )


def meetings_of(user: User) -> Q:
    """Those that the user leads, helps in, or stood in for."""
    own = Staff.objects.of_user(user)
    return Q(instructor__in=own) | Q(assistant__in=own) | Q(club__instructor__in=own)


def suggested_content(meeting: Meeting) -> str:
    """What the club has planned for that week of the term."""
    number = week_number(meeting.club.term, meeting.day)
    return ClubWeek.objects.filter(club=meeting.club_id, number=number).values_list("content", flat=True).first() or ""
