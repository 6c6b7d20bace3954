"""Where a child is now: one status, the same on the pages of the family, the class, the gate, the teacher and the leaders.

Reads only; a constant number of queries, whatever the number of children.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from safety.models import Custody, DayClose, Leave, Release, RollCall
from safety.models.afternoon import LATEST
from safety.rolls import children_expected
from school.models import Student

# A family reads «missing» this long after the roll, or at once when the duty leader confirms: the school calls first.
FAMILY_WAITS = dt.timedelta(minutes=10)


class Status(models.TextChoices):
    EXPECTED = "expected", pgettext_lazy("of a child", "expected")
    HERE = "here", gettext_lazy("in care")
    LEFT = "left", pgettext_lazy("of a child", "left")
    MISSING = "missing", gettext_lazy("being looked for")
    LEAVE = "leave", gettext_lazy("on leave")
    ABSENT = "absent", gettext_lazy("did not come")
    NOT_TODAY = "not_today", gettext_lazy("not taking part today")


BADGES = {
    Status.EXPECTED: "wait",
    Status.HERE: "ok",
    Status.LEFT: "ok",
    Status.MISSING: "danger",
    Status.LEAVE: "neutral",
    Status.ABSENT: "neutral",
    Status.NOT_TODAY: "neutral",
}


@dataclass(frozen=True)
class Whereabouts:
    student: Student
    status: Status
    detail: str = ""
    """Place and adult, or when it left with whom, or the roll at which it was missing."""
    missing: RollCall | None = None

    @property
    def kind(self) -> str:
        """The badge's kind."""
        return BADGES[self.status]

    @property
    def text(self) -> str:
        return f"{self.status.label} · {self.detail}" if self.detail else str(self.status.label)

    def family_knows(self, now: dt.datetime) -> bool:
        """Whether the family reads that the child is missing: confirmed, or ten minutes after the roll."""
        return bool(self.missing and (self.missing.confirmed_at or now - self.missing.at >= FAMILY_WAITS))


def whereabouts(students: list[Student], day: dt.date) -> list[Whereabouts]:
    """One entry a child in the order given."""
    at = _facts(students, day)
    return [_place_of(student, at) for student in students]


@dataclass(frozen=True)
class _Facts:
    releases: dict[int, Release]
    custodies: dict[int, Custody]
    missing: dict[int, RollCall]
    called: dict[int, str]
    """RollCall.Status at the latest roll."""
    leaves: set[int]
    expected: set[int]
    closed: bool
    """The duty leader has closed the day, and said where the missing were."""


def _facts(students: list[Student], day: dt.date) -> _Facts:
    """Two queries; a third where somebody was marked missing."""
    pks = [student.pk for student in students]
    custodies = list(
        Custody.objects.filter(Q(until=None) | Q(release__isnull=False), day=day, student__in=pks).select_related(
            "release", "staff", "session__care_group", "session__meeting__club"
        )
    )
    calls = RollCall.objects.filter(session__day=day, student=OuterRef("pk"))
    said = list(
        Student.objects.filter(pk__in=pks).values_list(
            "pk",
            Subquery(calls.order_by(*LATEST).values("status")[:1]),
            Exists(calls.filter(status=RollCall.Status.ABSENT)),
            Exists(Leave.objects.standing().filter(day=day, student=OuterRef("pk"))),
            Exists(children_expected(day).filter(pk=OuterRef("pk"))),
        )
    )
    missed = [pk for pk, _called, absent, _leave, _expected in said if absent]
    missing = RollCall.objects.missing_children(day).filter(student__in=missed) if missed else RollCall.objects.none()
    return _Facts(
        releases={row.student_id: row.release for row in custodies if row.until is not None},
        custodies={row.student_id: row for row in custodies if row.until is None},
        missing={
            row.student_id: row for row in missing.select_related("session__care_group", "session__meeting__club")
        },
        called={pk: called for pk, called, *_rest in said if called},
        leaves={pk for pk, _called, _absent, leave, _expected in said if leave},
        expected={pk for pk, *_rest, expected in said if expected},
        closed=DayClose.objects.of(day) is not None,
    )


def _place_of(student: Student, at: _Facts) -> Whereabouts:
    pk = student.pk
    if gone := at.releases.get(pk):
        return Whereabouts(student, Status.LEFT, f"{timezone.localtime(gone.at):%H:%M} · {gone.to_name}")
    if call := at.missing.get(pk):
        facts = {"at": f"{timezone.localtime(call.at):%H:%M}", "place": call.session.title}
        words = _("missing at %(at)s, %(place)s") % facts
        if at.closed:
            return Whereabouts(student, Status.ABSENT, words)
        return Whereabouts(student, Status.MISSING, words, missing=call)
    if custody := at.custodies.get(pk):
        place = custody.session.title if custody.session else ""
        return Whereabouts(student, Status.HERE, " · ".join(filter(None, [place, custody.staff.name])))
    called = at.called.get(pk)
    if called == RollCall.Status.LEFT:
        return Whereabouts(student, Status.LEFT)
    if pk in at.leaves or called == RollCall.Status.LEAVE:
        return Whereabouts(student, Status.LEAVE)
    return Whereabouts(student, Status.EXPECTED if pk in at.expected else Status.NOT_TODAY)
