"""Homework load: minutes against the cap by class and day, and how good the estimates were. Reads only."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from homework.models import ClassSheet, FinishedAtSchool, HomeworkItem, ItemWarning, RecordLine, SheetAction
from homework.models.planning import monday_of
from school.models import PolicyRule, SchoolClass, SchoolDay
from school.models.calendar import school_year_of
from school.models.places import class_label


def shade(minutes: float, cap: float) -> int:
    """0 nothing, 1–4 by quarters of the cap, 5 over it."""
    if not minutes:
        return 0
    return 5 if minutes > cap else max(1, math.ceil(4 * minutes / cap))


@dataclass(frozen=True)
class Line:
    """One class with its written minutes and its cap of each day that has a published sheet."""

    class_pk: int
    entry_year: int
    number: int
    minutes: dict[dt.date, int]
    caps: dict[dt.date, int]

    def grade(self, day: dt.date) -> int:
        return school_year_of(day) - self.entry_year + 1

    def label(self, day: dt.date) -> str:
        return class_label(self.grade(day), self.number)

    @property
    def total(self) -> int:
        return sum(self.minutes.values())

    @property
    def mean(self) -> float | None:
        return round(self.total / len(self.minutes), 1) if self.minutes else None

    @property
    def days_over(self) -> int:
        return sum(minutes > self.caps[day] for day, minutes in self.minutes.items())


def heat(first: dt.date, last: dt.date) -> list[Line]:
    """The published sheets of those days, class by class in the order of the grades: the whole heat map in one query.

    Grouped by the class's key alone; grouping by what it is ordered by would sort each sheet by four values.
    """
    together = {name: ArrayAgg(f"sheets__{name}", order_by=["sheets__day"]) for name in ("day", "minutes", "cap")}
    classes = SchoolClass.objects.filter(
        sheets__status=ClassSheet.Status.PUBLISHED, sheets__day__range=(first, last)
    ).order_by()
    rows = classes.annotate(**together).values_list("pk", "entry_year", "number", *together)
    lines = [
        Line(pk, entry_year, number, dict(zip(days, minutes, strict=True)), dict(zip(days, caps, strict=True)))
        for pk, entry_year, number, days, minutes, caps in rows
    ]
    return sorted(lines, key=lambda line: (-line.entry_year, line.number))


def days_with_lessons(first: dt.date, last: dt.date) -> list[dt.date]:
    return list(SchoolDay.objects.teaching().filter(day__range=(first, last)).values_list("day", flat=True))


@dataclass(frozen=True)
class Week:
    monday: dt.date
    minutes: int
    sheets: int

    @property
    def mean(self) -> float:
        return round(self.minutes / self.sheets, 1)


def trend(lines: Iterable[Line]) -> list[Week]:
    """Mean written minutes a class and day, week by week."""
    weeks: dict[dt.date, list[int]] = defaultdict(list)
    for line in lines:
        for day, minutes in line.minutes.items():
            weeks[monday_of(day)].append(minutes)
    return [Week(monday, sum(minutes), len(minutes)) for monday, minutes in sorted(weeks.items())]


@dataclass(frozen=True)
class SubjectLoad:
    """One subject over all published sheets of the days: entries, written minutes, and its share of all written minutes."""

    subject: str
    entries: int
    minutes: int
    share: float


def by_subject(first: dt.date, last: dt.date, lines: Iterable[Line]) -> list[SubjectLoad]:
    """Of the classes of these lines; every tier and package counts here, not only the heaviest that a child can choose."""
    items = HomeworkItem.objects.published().between(first, last).exclude(place=HomeworkItem.Place.CLASS)
    items = items.filter(sheet__school_class__in=[line.class_pk for line in lines])
    written = Q(kind__in=HomeworkItem.WRITTEN_KINDS)
    counted = (
        items.order_by()
        .values_list("subject__name")
        .annotate(entries=Count("pk"), minutes=Sum("minutes", filter=written, default=0))
    )
    rows = sorted(counted, key=lambda row: -row[2])
    whole = sum(minutes for _name, _entries, minutes in rows) or 1
    return [SubjectLoad(name, entries, minutes, round(100 * minutes / whole, 1)) for name, entries, minutes in rows]


def no_homework_days(lines: Sequence[Line], days: Sequence[dt.date]) -> list[tuple[dt.date, int, int]]:
    """(day, classes that kept it, classes with a sheet) of each day on which H8 keeps written homework away."""
    rules = [rule for rule in PolicyRule.objects.filter(enabled=True, measure="no_homework_day") if rule.value]
    found = []
    for day in days:
        today = [rule for rule in rules if rule.holds_on(day) and rule.weekday in (None, day.isoweekday())]
        kept = [ln for ln in lines if day in ln.minutes and any(rule.covers(ln.grade(day)) for rule in today)]
        if kept:
            found.append((day, sum(ln.minutes[day] == 0 for ln in kept), len(kept)))
    return found


def warnings_that_stand(first: dt.date, last: dt.date) -> QuerySet[ItemWarning]:
    """What rules that warn or report said of entries of these days; an entry that was taken back counts no longer."""
    return ItemWarning.objects.filter(sheet__day__range=(first, last), item__isnull=False)


def entries_by_rule(warnings: QuerySet[ItemWarning]) -> list[tuple[str, int]]:
    """(rule, entries that broke it), the most frequent first; an entry that was written several times counts once."""
    counted = warnings.order_by().values_list("rule_key").annotate(entries=Count("item", distinct=True))
    return list(counted.order_by("-entries", "rule_key"))


def counted_breaches(first: dt.date, last: dt.date, classes: Iterable[int]) -> list[tuple[str, int]]:
    """Of these classes: (title of the rule, entries that broke it)."""
    titles = dict(PolicyRule.objects.values_list("key", "title"))
    found = entries_by_rule(warnings_that_stand(first, last).filter(sheet__school_class__in=list(classes)))
    return [(titles.get(rule, rule), times) for rule, times in found]


def returns(first: dt.date, last: dt.date, classes: Iterable[int]) -> list[tuple[str, int]]:
    """(ground, how often a sheet of these days was returned for it), the most frequent first."""
    rows = SheetAction.objects.filter(
        kind=SheetAction.Kind.RETURNED, sheet__day__range=(first, last), sheet__school_class__in=list(classes)
    )
    labels = dict(SheetAction.Ground.choices)
    counted = rows.order_by().values_list("ground").annotate(times=Count("pk")).order_by("-times", "ground")
    return [(str(labels[ground]), times) for ground, times in counted]


# --- estimated against actual ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Estimate:
    """Estimated and actual minutes: means over `records` lines."""

    name: str
    estimated: float
    actual: float
    records: int

    @property
    def factor(self) -> float:
        """1.2 means that pupils need a fifth more than was thought."""
        return round(self.actual / self.estimated, 2)


FEWEST = 5  # a mean of fewer children would reveal single children

GROUPS = {
    "subject": "item__subject__name",
    "teacher": "item__teacher",
    "class": "item__sheet__school_class",
}


def deviation(first: dt.date, last: dt.date, group: str, **only: object) -> list[Estimate]:
    """Estimated against actual minutes by subject, teacher or class; groups under five children stay hidden."""
    name = GROUPS[group]
    lines = RecordLine.objects.filter(item__sheet__day__range=(first, last), **only).order_by()
    counted = (
        lines.values_list(name)
        .annotate(
            estimated=Avg("item__minutes"),
            actual=Avg("minutes"),
            records=Count("pk"),
            children=Count("record__student", distinct=True),
        )
        .filter(children__gte=FEWEST)
    )
    rows = [Estimate(str(key), round(est, 1), round(act, 1), records) for key, est, act, records, _children in counted]
    return sorted(rows, key=lambda row: -abs(row.factor - 1))


def usual_factor(*, staff_pk: int, subject_pk: int, until: dt.date) -> Estimate | None:
    """How a teacher's estimates in a subject turned out over the last sixty days: shown beside the minutes."""
    first = until - dt.timedelta(days=60)
    rows = deviation(first, until, "subject", item__teacher=staff_pk, item__subject=subject_pk)
    return rows[0] if rows else None


def finished_share(first: dt.date, last: dt.date, classes: Iterable[int] | None = None) -> tuple[float | None, int]:
    """(mean share that finished at school in per cent, class days counted): H12. Of some classes, or of the school."""
    rows = FinishedAtSchool.objects.filter(day__range=(first, last))
    if classes is not None:
        rows = rows.filter(school_class__in=list(classes))
    counted = rows.aggregate(mean=Avg(F("percent") * 1.0), days=Count("pk"))
    return (round(counted["mean"], 1) if counted["mean"] is not None else None), counted["days"]
