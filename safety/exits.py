"""How each child may leave today. Reads only."""

from dataclasses import dataclass, replace

from django.db.models import Max
from django.utils.translation import gettext as _

from clubs.placing import places_on, weekday_of
from enrollment.models import Collector, Enrolment, LeavesAlone
from enrollment.services.collecting import Refusals, refusals_on
from safety.models import Session
from school.models import Period, Student


@dataclass(frozen=True)
class Exit:
    """How a child may leave today: with the usual collector, alone, or neither with the reason."""

    student: Student
    collector: Collector | None
    alone: bool
    exception: str
    """Empty when the child can go with the line; else why somebody has to look."""
    stays: bool = False
    """Expected at a later period of the day."""
    leaves_early: bool = False
    """Leaves after this period by agreement, while the service goes on (R019)."""


def exits_of(session: Session) -> list[Exit]:
    """The children now in this session's care, and how each may leave. A constant number of queries."""
    day, weekday = session.day, weekday_of(session.day)
    students = list(
        Student.objects.filter(custodies__day=day, custodies__until=None, custodies__staff=session.staff_id)
        .with_class(day)
        .order_by("name_key")
    )
    pks = [student.pk for student in students]
    collectors: dict[int, list[Collector]] = {}
    for collector in Collector.objects.allowed(day).filter(student__in=pks).order_by("pk"):
        collectors.setdefault(collector.student_id, []).append(collector)
    alone = set(
        LeavesAlone.objects.on(day)
        .filter(student__in=pks, weekdays__contains=[weekday], agreement__in_force_at__isnull=False)
        .values_list("student", flat=True)
    )
    refusals = refusals_on(day, pks)
    staying, early = staying_after(session, weekday), leaving_after(session, weekday)
    return [
        replace(
            _exit(student, collectors.get(student.pk, []), student.pk in alone, refusals),
            stays=student.pk in staying,
            leaves_early=student.pk in early,
        )
        for student in students
    ]


def staying_after(session: Session, weekday: int) -> set[int]:
    """Children who are expected somewhere after the session's period, or after the last one whose roll its adult has called."""
    called = Session.objects.filter(day=session.day, staff=session.staff_id, roll_calls__isnull=False)
    last = called.aggregate(last=Max("period__number"))["last"] or 0
    later = Period.objects.filter(number__gt=max(session.period.number, last))
    return {
        pk
        for period in later
        for pk in places_on(session.day, period, weekday=weekday).values_list("student", flat=True)
    }


def leaving_after(session: Session, weekday: int) -> set[int]:
    """Children who leave after the session's period while the service goes on (R019)."""
    enrolments = Enrolment.objects.taking_part_on(session.day, weekday).leaving_early(weekday, session.period.number)
    return set(enrolments.values_list("student", flat=True))


def _exit(student: Student, collectors: list[Collector], alone: bool, refusals: Refusals) -> Exit:
    pk = student.pk
    allowed = [c for c in collectors if not refusals.bars(pk, c) and not refusals.holds(pk, c.name)]
    by_kind = {kind: next((c for c in allowed if c.kind == kind), None) for kind in Collector.Kind}
    proxy, usual = by_kind[Collector.Kind.PROXY], by_kind[Collector.Kind.AUTHORISED]
    outside = by_kind[Collector.Kind.OUTSIDE]
    if pk in refusals.held:
        return Exit(student, proxy or usual or outside, alone and not refusals.holds(pk, ""), ask_leader())
    if alone:
        return Exit(student, None, True, _("goes home alone"))
    if proxy:
        return Exit(student, proxy, False, _("proxy today: %s") % proxy)
    if refusals.needs_leader(pk):
        return Exit(student, usual or outside, False, ask_leader())
    if outside:
        return Exit(student, outside, False, _("care institution: %s") % outside)
    return Exit(student, usual, False, "" if usual else _("nobody authorised yet"))


def ask_leader() -> str:
    """The sentence that teachers and the gate read about a bar or a concern, without the reason."""
    return _("Please call the duty leader")
