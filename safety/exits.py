"""How each child may leave today. Reads only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from enrollment.models import Collector, LeavesAlone
from enrollment.services.collecting import Refusals, refusals_on
from safety.models import Session
from safety.rolls import weekday_of
from school.models import Student


@dataclass(frozen=True)
class Exit:
    """How a child may leave today: with the usual collector, alone, or neither with the reason."""

    student: Student
    collector: Collector | None
    alone: bool
    exception: str
    """Empty when the child can go with the line; else why somebody has to look."""


def exits_of(session: Session) -> list[Exit]:
    """The children now in this session's care, and how each may leave. A constant number of queries."""
    day = session.day
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
        .filter(student__in=pks, weekdays__contains=[weekday_of(day)], agreement__in_force_at__isnull=False)
        .values_list("student", flat=True)
    )
    refusals = refusals_on(day, pks)
    return [_exit(student, collectors.get(student.pk, []), student.pk in alone, refusals) for student in students]


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
