"""Who is expected where: the roll of a session, derived from places, clubs and leave."""

import datetime as dt
from dataclasses import dataclass

from clubs.models import Meeting, Membership
from enrollment.models import CareGroupMember, Enrolment
from safety.models import Leave, RollCall, Session
from school.models import SchoolDay, Student
from school.models.dated import on_day


@dataclass(frozen=True)
class Place:
    """One child on a session's list, with what is known beforehand."""

    student: Student
    on_leave: bool
    status: str
    """RollCall.Status already called, or empty."""
    expected: bool = True


def weekday_of(day: dt.date) -> int:
    """The weekday whose timetable the day follows."""
    school_day = SchoolDay.objects.filter(day=day).first()
    return (school_day.follows_weekday if school_day else None) or day.isoweekday()


def expected_students(session: Session) -> "list[int]":
    """Pks of the children whose place at that period is this session, children on leave included.

    A child whose club meets in the period is expected there and not in the care group.
    """
    day = session.day
    taking_part = Enrolment.objects.taking_part_on(day, weekday_of(day)).values("student")
    members = Membership.objects.on(day).filter(student__in=taking_part)
    if session.meeting_id:
        return list(members.filter(club=session.meeting.club_id).values_list("student", flat=True))  # type: ignore[union-attr]
    clubs = Meeting.objects.on(day).filter(period=session.period_id, cancelled=False).values("club")
    at_clubs = members.filter(club__in=clubs).values("student")
    places = CareGroupMember.objects.filter(on_day(day), group=session.care_group_id, student__in=taking_part)
    return list(places.exclude(student__in=at_clubs).values_list("student", flat=True))


def roll_of(session: Session) -> list[Place]:
    """The list to call, in the order of names; children taken on without being expected stand at the end."""
    expected = set(expected_students(session))
    called = dict(RollCall.objects.filter(session=session).values_list("student", "status"))
    on_leave = set(Leave.objects.filter(day=session.day).values_list("student", flat=True))
    students = Student.objects.filter(pk__in=expected | called.keys()).with_class(session.day)
    places = [Place(s, s.pk in on_leave, called.get(s.pk, ""), s.pk in expected) for s in students]
    return sorted(places, key=lambda place: (not place.expected, place.student.name_key))
