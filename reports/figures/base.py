"""What a figure is: a named query with a definition, the value it gives, and the rows behind it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clubs.models import Membership
from clubs.placing import club_places
from enrollment.models import CareGroupMember, Enrolment, ServiceOption
from enrollment.models.offers import AFTER_SCHOOL
from enrollment.participation import goes_on, takes_part
from safety.models import DayClose
from school.models import ClassMembership, SchoolDay, SchoolSettings, Term
from school.models.dated import goes_on_after
from web.templatetags.formats import to_tenth

Number = int | float | None
Text = str | Promise
T = TypeVar("T")


SECTIONS: dict[str, Text] = {
    "basics": _("Pupils and participation"),
    "signup": _("Sign-up and agreements"),
    "homework": _("Homework"),
    "clubs": _("Clubs"),
    "safety": _("Attendance and safety"),
    "staff": _("Staff and care groups"),
    "problems": _("Counted policy warnings"),
}


PERCENT = "%"


def share(part: int | None, whole: int | None) -> float | None:
    """Per cent with one digit, rounded as the pages round it; None of nothing."""
    return float(to_tenth(100 * Decimal(part) / Decimal(whole))) if part is not None and whole else None


def mean(total: int | None, number: int | None) -> float | None:
    return float(to_tenth(Decimal(total) / Decimal(number))) if total is not None and number else None


@dataclass(frozen=True)
class Part:
    """One line of a figure's breakdown; `facts` are words and numbers that stand beside it in a table."""

    key: int | str
    label: str
    value: Number
    numerator: int | None = None
    denominator: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Value:
    """A count, a rate in per cent, or a mean; the last two with what they were made of. `by` breaks it down."""

    value: Number
    numerator: int | None = None
    denominator: int | None = None
    by: dict[str, list[Part]] = field(default_factory=dict)

    @classmethod
    def rate(cls, part: int, whole: int, by: dict[str, list[Part]] | None = None) -> "Value":
        return cls(share(part, whole), part, whole, by or {})

    @classmethod
    def mean(cls, total: int, number: int, by: dict[str, list[Part]] | None = None) -> "Value":
        return cls(mean(total, number), total, number, by or {})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Value":
        by = {name: [Part(**part) for part in parts] for name, parts in stored.get("by", {}).items()}
        return cls(stored["value"], stored["numerator"], stored["denominator"], by)


@dataclass(frozen=True)
class Column:
    """A column of the rows behind a figure: its head, and what it shows of a row."""

    label: Text
    show: Callable[[Any], Any]


@dataclass(frozen=True)
class Rows:
    """The rows that a figure counts; `link` leads from a row to its own page."""

    queryset: QuerySet[Any]
    columns: tuple[Column, ...]
    link: Callable[[Any], str] | None = None


class Scope:
    """The arguments of every figure: a term, up to and with a day, from its begin or a later day on.

    What several figures need of the database is asked once in a scope.
    """

    def __init__(self, term: Term, until: dt.date, *, first: dt.date | None = None) -> None:
        self.term = term
        self.first = max(first or term.starts_on, term.starts_on)
        self.until = max(min(until, term.ends_on), term.starts_on)
        # What belongs to a whole day (a sheet, a roll, closing) is looked for on days that are over: today once it is closed.
        today = timezone.localdate()
        is_over = self.until >= today and DayClose.objects.of(today) is not None
        self.over = min(self.until, today if is_over else today - dt.timedelta(days=1))
        self.answers: dict[str, Any] = {}

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first, self.until

    @property
    def days_over(self) -> tuple[dt.date, dt.date]:
        return self.first, self.over


def once(query: Callable[[Scope], T]) -> Callable[[Scope], T]:
    """A question to the database that several figures share: asked once in a scope."""

    @wraps(query)
    def ask(scope: Scope) -> T:
        name = f"{query.__module__}.{query.__qualname__}"
        if name not in scope.answers:
            scope.answers[name] = query(scope)
        answer: T = scope.answers[name]
        return answer

    return ask


@dataclass(frozen=True)
class Figure:
    """`compute` counts, `rows` shows what was counted. A figure with a `rule` is a counted policy warning: the
    policy's key, and `step` is what the school does next about it.
    """

    key: str
    section: str
    label: Text
    definition: Text
    unit: Text
    compute: Callable[[Scope], Value]
    rows: Callable[[Scope], Rows] | None = None
    rule: str = ""
    step: Text = ""

    @property
    def has_rows(self) -> bool:
        return self.rows is not None

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"


FIGURES: dict[str, Figure] = {}


def figure(key: str, section: str, label: Text, definition: Text, unit: Text, **more: Any) -> Callable[[Any], Any]:
    """Registers the function below as the figure's `compute`; figures are printed in the order of registration."""
    if section not in SECTIONS:
        raise ValueError(f"unknown section {section!r}")

    def register(compute: Callable[[Scope], Value]) -> Callable[[Scope], Value]:
        def ask(scope: Scope) -> Value:
            if key not in scope.answers:
                scope.answers[key] = compute(scope)
            answer: Value = scope.answers[key]
            return answer

        FIGURES[key] = Figure(key, section, label, definition, unit, ask, **more)
        return compute

    return register


# --- what «takes part» means, for all figures ------------------------------------------------------------------------


@once
def taking_part(scope: Scope) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(takes_part(scope.term, scope.until))


@once
def places(scope: Scope) -> QuerySet[CareGroupMember]:
    """Places in care groups of those who take part."""
    rows = CareGroupMember.objects.filter(group__term=scope.term)
    here = goes_on(rows, scope.until, "enrolment__option") & takes_part(scope.term, scope.until, "enrolment__")
    return rows.filter(here)


@once
def memberships(scope: Scope) -> QuerySet[Membership]:
    """Places in clubs of the catalogue, of those who take part."""
    return club_places(scope.term, scope.until)


@once
def on_roll(scope: Scope) -> QuerySet[ClassMembership]:
    """Children in a class, by the rule that says who takes part: whose last day is the period's no longer counts."""
    return ClassMembership.objects.filter(goes_on_after(ClassMembership.objects.all(), scope.until))


@once
def participants(scope: Scope) -> QuerySet[ClassMembership]:
    """Children on roll who take part: the numerator of every participation rate."""
    return on_roll(scope).filter(student__in=taking_part(scope).values("student"))


@once
def settings(scope: Scope) -> SchoolSettings:
    return SchoolSettings.load()


def service_days(first: dt.date, last: dt.date) -> QuerySet[SchoolDay]:
    """Teaching days on which after-school care is on offer: none before the service begins."""
    offered = ServiceOption.objects.filter(starts_on__lte=OuterRef("day"), ends_on__gte=OuterRef("day"))
    return teaching_days(first, last).filter(Exists(offered.filter(service__in=AFTER_SCHOOL)))


def teaching_days(first: dt.date, last: dt.date) -> QuerySet[SchoolDay]:
    return SchoolDay.objects.teaching().filter(day__range=(first, last))
