"""Which meetings are recorded, and what a record is suggested from. Reads only."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from clubs.models import ClubWeek, Meeting
from school.models import Period, Staff, Term, User


def week_number(term: Term, day: dt.date) -> int:
    """The week of the term, counted from 1, Monday to Sunday."""
    monday = term.starts_on - dt.timedelta(days=term.starts_on.weekday())
    return (day - monday).days // 7 + 1


def held_meetings(term: Term | None, day: dt.date) -> QuerySet[Meeting]:
    """Meetings with children up to that day that have begun. Of a day that is over those whose roll was called: of another
    it is not known that it was held.
    """
    now = timezone.localtime()
    begun = [
        period.pk
        for period in Period.objects.with_times()
        if (times := period.times_on(now.date(), term)) and times.starts_at <= now.time()
    ]
    with_children = Meeting.objects.with_children().filter(club__term=term, day__lte=day)
    over = Q(day__lt=now.date(), session__roll_taken_at__isnull=False)
    rows = Meeting.objects.filter(over | Q(day=now.date(), period__in=begun), pk__in=with_children)
    return rows.select_related("club", "period", "instructor", "record").order_by(
        "-day", "period__number", "club__name"
    )


def led_by(user: User) -> Q:
    """Meetings that the user led or helped in: of a club that changed hands not those of whoever led it before."""
    own = Staff.objects.of_user(user)
    return Q(instructor__in=own) | Q(assistant__in=own)


def meetings_of(user: User) -> Q:
    """Meetings of which the user may write the record: those led, and all of a club that is the user's now."""
    return led_by(user) | Q(club__instructor__in=Staff.objects.of_user(user))


def suggested_content(meeting: Meeting) -> str:
    """What the club has planned for that week of the term."""
    number = week_number(meeting.club.term, meeting.day)
    return ClubWeek.objects.filter(club=meeting.club_id, number=number).values_list("content", flat=True).first() or ""
