"""The walking timetable (走班制, R117): who is where on any day and period. One queryset from which every roll derives."""

import datetime as dt

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from clubs.models import Club, Meeting, Membership
from enrollment.models import CareGroupMember, Enrolment
from enrollment.participation import goes_on, takes_part
from school.models import ClassMembership, Period, PeriodTime, SchoolDay, Student, Term
from school.models.calendar import season_on
from school.models.dated import goes_on_after, on_day
from school.models.people import StudentQuerySet


def weekday_of(day: dt.date) -> int:
    """The weekday (1–7) whose timetable the day follows; its own on a day without lessons."""
    return SchoolDay.objects.weekday_of(day) or day.isoweekday()


def service_over(day: dt.date, now: dt.datetime) -> bool:
    """Whether the last period of the day has ended by the timetable, for every grade."""
    term = Term.objects.current(day)
    rows = PeriodTime.objects.on(day).filter(Q(weekday=None) | Q(weekday=weekday_of(day)), season=season_on(day, term))
    last = rows.aggregate(last=Max("ends_at"))["last"]
    return last is not None and timezone.make_aware(dt.datetime.combine(day, last)) <= now


def places_on(day: dt.date, period: Period, *, weekday: int | None = None) -> QuerySet[Enrolment]:
    """Who takes part then, each with `meeting_id` (the club's meeting, its own or its group's) or else `group_id`.

    Without those that leave before the period or no longer take part (R019); a cancelled meeting counts for nobody, so its
    children are in their care groups. Where both are empty nobody has given the child a place: the office's task.
    """
    weekday = weekday or weekday_of(day)
    there = Enrolment.objects.taking_part_on(day, weekday).there_in_period(weekday, period.number)
    meetings = Meeting.objects.on(day).filter(period=period, cancelled=False).order_by("pk")
    member = on_day(day, "club__memberships__") & Q(club__memberships__student=OuterRef("student"))
    group = CareGroupMember.objects.filter(on_day(day), student=OuterRef("student"))
    placed = there.annotate(
        group_id=Subquery(group.values("group")[:1]),
        own_meeting=Subquery(meetings.filter(member, group=None).values("pk")[:1]),
    )
    by_rotation = Subquery(meetings.filter(group=OuterRef("group_id")).values("pk")[:1])
    return placed.annotate(meeting_id=Coalesce(F("own_meeting"), by_rotation))


def club_places(term: Term, day: dt.date) -> QuerySet[Membership]:
    """Places in clubs, of children who take part in after-school care. Of a club that was called off they end with it."""
    rows = Membership.objects.filter(club__term=term, club__status__in=(Club.Status.PUBLISHED, Club.Status.CANCELLED))
    return rows.filter(goes_on(rows, day, "enrolment__option") & takes_part(term, day, "enrolment__"))


def without_club(term: Term, day: dt.date) -> StudentQuerySet:
    """Children on roll who take part in after-school care and have no place in a club (R113)."""
    there = Enrolment.objects.filter(takes_part(term, day)).values("student")
    on_roll = ClassMembership.objects.filter(goes_on_after(ClassMembership.objects.all(), day)).values("student")
    students = Student.objects.filter(pk__in=there).filter(pk__in=on_roll)
    return students.exclude(pk__in=club_places(term, day).values("student"))
