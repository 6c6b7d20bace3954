"""Who is expected where: the roll of a session, derived from places, clubs and leave."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.placing import places_on, weekday_of
from enrollment.models import Enrolment
from safety.models import Custody, DayClose, Leave, Release, RollCall, Session
from school.models import SchoolDay, Student


@dataclass(frozen=True)
class RollEntry:
    """One child on a session's list, with what is known beforehand."""

    student: Student
    on_leave: bool
    status: str
    """RollCall.Status already called, or empty."""
    expected: bool = True


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


def own_students(session: Session) -> "list[int]":
    """The same without the sessions that joined it."""
    places = places_on(session.day, session.period)
    if session.meeting_id:
        places = places.filter(meeting_id=session.meeting_id)
    else:
        places = places.filter(meeting_id=None, group_id=session.care_group_id)
    return list(places.values_list("student", flat=True))


def roll_of(session: Session) -> list[RollEntry]:
    """The list to call, in the order of names; children taken on without being expected stand at the end."""
    expected = set(expected_students(session))
    called = dict(RollCall.objects.filter(session=session).values_list("student", "status"))
    on_leave = set(Leave.objects.standing().filter(day=session.day).values_list("student", flat=True))
    students = Student.objects.filter(pk__in=expected | called.keys()).with_class(session.day)
    places = [RollEntry(s, s.pk in on_leave, called.get(s.pk, ""), s.pk in expected) for s in students]
    return sorted(places, key=lambda place: (not place.expected, place.student.name_key))


@dataclass(frozen=True)
class Whereabouts:
    """Where a child is: the badge's kind (ok, attention, danger, neutral) and its words."""

    student: Student
    kind: str
    text: str


def whereabouts(students: list[Student], day: dt.date) -> list[Whereabouts]:
    """One entry a child in the order given; five queries whatever their number."""
    releases = {r.student_id: r for r in Release.objects.filter(day=day, student__in=students)}
    custodies = {
        c.student_id: c
        for c in Custody.objects.open()
        .filter(day=day, student__in=students)
        .select_related("staff", "session__care_group", "session__meeting__club")
    }
    missing = set(
        RollCall.objects.filter(session__day=day, student__in=students, status=RollCall.Status.ABSENT).values_list(
            "student", flat=True
        )
    )
    leaves = set(Leave.objects.standing().filter(day=day, student__in=students).values_list("student", flat=True))
    expected = set(
        Enrolment.objects.taking_part_on(day, weekday_of(day))
        .filter(student__in=students)
        .values_list("student", flat=True)
    )
    return [_place_of(s, releases, custodies, missing, leaves, expected) for s in students]


def _place_of(
    student: Student,
    releases: dict[int, Release],
    custodies: dict[int, Custody],
    missing: set[int],
    leaves: set[int],
    expected: set[int],
) -> Whereabouts:
    pk = student.pk
    if gone := releases.get(pk):
        facts = {"at": f"{timezone.localtime(gone.at):%H:%M}", "whom": gone.to_name}
        return Whereabouts(student, "ok", _("%(at)s handed to %(whom)s") % facts)
    if pk in missing:
        return Whereabouts(student, "danger", _("missing at the roll call"))
    if custody := custodies.get(pk):
        place = custody.session.title if custody.session else ""
        return Whereabouts(student, "ok", f"{place} · {custody.staff.name}")
    if pk in leaves:
        return Whereabouts(student, "neutral", _("on leave"))
    if pk in expected:
        return Whereabouts(student, "wait", _("roll not called yet"))
    return Whereabouts(student, "neutral", _("no after-school care today"))
