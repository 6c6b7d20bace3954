"""Who is expected where: the roll of a session, derived from places, clubs and leave."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from clubs.placing import places_on, weekday_of
from enrollment.models import Enrolment
from safety.models import DayClose, Leave, Release, RollCall, Session
from school.models import Period, PeriodTime, SchoolDay, Student, Term

# A roll that is called longer before its session asks first whether that is meant.
EARLY = dt.timedelta(hours=1)


@dataclass(frozen=True)
class RollEntry:
    """One child on a session's list, with what is known beforehand."""

    student: Student
    on_leave: bool
    status: str
    """RollCall.Status already called, or empty."""
    expected: bool
    earlier: str
    """RollCall.Status at the latest roll of an earlier period, or empty."""
    gone: Release | None = None
    """It was handed over before this session was over, from an earlier one."""

    @property
    def by_default(self) -> str:
        """What «all others are here» marks: leave and a child that has left are known, one that was missing is looked at."""
        if self.gone:
            return RollCall.Status.LEFT
        if self.on_leave or self.earlier == RollCall.Status.LEAVE:
            return RollCall.Status.LEAVE
        if self.earlier == RollCall.Status.LEFT:
            return RollCall.Status.LEFT
        return "" if self.earlier == RollCall.Status.ABSENT else RollCall.Status.PRESENT


def expected_students(session: Session) -> "list[int]":
    """Pks of the children whose place at that period is this session, children on leave included.

    A child whose club meets in the period is expected there and not in the care group; one that leaves earlier
    on the weekday is expected in neither (R019). Those of sessions that joined this one are expected here.
    A closed day stays as it was when it was closed.
    """
    if (closed := DayClose.objects.of(session.day)) and closed.expected:
        return list(closed.expected["sessions"].get(str(session.pk), []))
    found = list(own_students(session))
    for joined in session.merged.select_related("period", "meeting"):
        found += [pk for pk in own_students(joined) if pk not in found]
    return found


def children_by_session(day: dt.date) -> dict[int, set[int]]:
    """Session pk → pks of its children, for all sessions of a day that have any; expected_students() says the same of one."""
    if (closed := DayClose.objects.of(day)) and closed.expected:
        return {int(pk): set(children) for pk, children in closed.expected["sessions"].items() if children}
    sessions = list(Session.objects.filter(day=day).select_related("period"))
    found: dict[int, set[int]] = {}
    for period in {session.period for session in sessions}:
        at = {
            (session.meeting_id, None if session.meeting_id else session.care_group_id): session.merged_into_id
            or session.pk
            for session in sessions
            if session.period_id == period.pk
        }
        for student, meeting, group in places_on(day, period).values_list("student", "meeting_id", "group_id"):
            if pk := at.get((meeting, None if meeting else group)):
                found.setdefault(pk, set()).add(student)
    return found


def rolls_to_call(first: dt.date, last: dt.date | None = None) -> "QuerySet[Session]":
    """Sessions of a day, or of the days from `first` to `last`, with children on their list whose roll is not called to the end.

    Some queries for each day that has such a session: there are few.
    """
    rows = Session.objects.held().filter(day__range=(first, last or first), roll_taken_at=None)
    with_children = [
        pk for day in set(rows.order_by().values_list("day", flat=True)) for pk in children_by_session(day)
    ]
    return rows.filter(pk__in=with_children)


def children_expected(day: dt.date) -> "QuerySet[Student]":
    """Children whose participation includes the day, those on leave among them; none on a day without lessons.

    A closed day stays as it was when it was closed.
    """
    if (closed := DayClose.objects.of(day)) and closed.expected:
        return Student.objects.filter(pk__in=closed.expected["children"])
    weekday = SchoolDay.objects.weekday_of(day)
    if weekday is None:
        return Student.objects.none()
    return Student.objects.filter(
        pk__in=Enrolment.objects.taking_part_on(day, weekday).after_school().values("student")
    )


def children_on_leave(day: dt.date) -> "QuerySet[Student]":
    """Of the children expected: who is on leave by its latest roll, or before any roll by what was told."""
    last = RollCall.objects.filter(session__day=day).last_of_each()
    told = Leave.objects.standing().filter(day=day).exclude(student__in=last.values("student"))
    said = last.filter(status=RollCall.Status.LEAVE)
    return children_expected(day).filter(Q(pk__in=said.values("student")) | Q(pk__in=told.values("student")))


def own_students(session: Session) -> "list[int]":
    """The same without the sessions that joined it."""
    places = places_on(session.day, session.period)
    if session.meeting_id:
        places = places.filter(meeting_id=session.meeting_id)
    else:
        places = places.filter(meeting_id=None, group_id=session.care_group_id)
    return list(places.values_list("student", flat=True))


def times_of(session: Session) -> PeriodTime | None:
    """The timetable's times of the session; None where its period is not held that day."""
    return times_of_sessions(session.day, [session])[session.pk]


def times_of_sessions(day: dt.date, sessions: Iterable[Session]) -> dict[int, PeriodTime | None]:
    """Session pk → the same, for sessions of one day; the queries do not grow with them."""
    term, weekday = Term.objects.current(day), weekday_of(day)
    periods = {period.pk: period for period in Period.objects.with_times()}
    return {
        session.pk: periods[session.period_id].times_on(day, term, grade=session.grade, weekday=weekday)
        for session in sessions
    }


def begins_at(session: Session) -> dt.datetime | None:
    times = times_of(session)
    return timezone.make_aware(dt.datetime.combine(session.day, times.starts_at)) if times else None


def ends_at(session: Session) -> dt.datetime | None:
    times = times_of(session)
    return timezone.make_aware(dt.datetime.combine(session.day, times.ends_at)) if times else None


def too_early(session: Session, now: dt.datetime) -> dt.datetime | None:
    """When the session begins, if that is more than an hour from now; else None."""
    begins = begins_at(session)
    return begins if begins and begins - now > EARLY else None


def gone_before(session: Session) -> "QuerySet[Release]":
    """Children handed over from an earlier session of the day, before this one was over: they were not at it."""
    rows = Release.objects.filter(day=session.day, custody__session__period__number__lt=session.period.number)
    ends = ends_at(session)
    return rows.filter(at__lt=ends) if ends else rows


def roll_of(session: Session) -> list[RollEntry]:
    """The list to call, in the order of names; children taken on without being expected stand at the end."""
    expected = set(expected_students(session))
    called = dict(RollCall.objects.filter(session=session).values_list("student", "status"))
    on_leave = set(Leave.objects.standing().filter(day=session.day).values_list("student", flat=True))
    students = Student.objects.filter(pk__in=expected | called.keys()).with_class(session.day)
    before = RollCall.objects.filter(session__day=session.day, session__period__number__lt=session.period.number)
    earlier = dict(before.last_of_each().values_list("student", "status"))
    gone = {release.student_id: release for release in gone_before(session)}
    places = [
        RollEntry(s, s.pk in on_leave, called.get(s.pk, ""), s.pk in expected, earlier.get(s.pk, ""), gone.get(s.pk))
        for s in students
    ]
    return sorted(places, key=lambda place: (not place.expected, place.student.name_key))
