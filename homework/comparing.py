"""Compares the sheets with what monitors and parents report. Reads only."""

import datetime as dt
import statistics
from collections import defaultdict
from dataclasses import dataclass

from homework.limits import counts, heaviest_path
from homework.models import (
    ClassSheet,
    HomeworkItem,
    HomeworkSettings,
    MonitorEntry,
    ParentReport,
)
from homework.rulebook import Rulebook
from school.models import SchoolClass, Subject


@dataclass(frozen=True)
class Comparison:
    """One class on one day: written minutes of the sheet, the monitor and the parents; None where there is no entry.

    Parents' minutes are the sum over the subjects of the median that they reported, `senders` how many there were.
    """

    school_class: SchoolClass
    day: dt.date
    sheet: ClassSheet | None
    cap: int
    monitor: int | None
    parents: int | None
    senders: int
    tolerance: int

    @property
    def label(self) -> str:
        return self.school_class.label(self.day)

    @property
    def said(self) -> int:
        return self.sheet.minutes if self.sheet else 0

    @property
    def most(self) -> int | None:
        return max((m for m in (self.monitor, self.parents) if m is not None), default=None)

    @property
    def differs(self) -> bool:
        """Whether a witness reports more than the sheet, beyond the tolerance."""
        return self.most is not None and self.most > self.said + self.tolerance

    @property
    def is_over(self) -> bool:
        """Whether a witness reports more than the cap plus the released minutes."""
        allowed = self.cap + (self.sheet.granted if self.sheet else 0)
        return self.most is not None and self.most > allowed


def compare(day: dt.date) -> list[Comparison]:
    """Every class with a witness's entry for that day, the largest difference first."""
    monitor: dict[int, int] = defaultdict(int)
    for entry in MonitorEntry.objects.filter(day=day):
        monitor[entry.school_class_id] += entry.minutes
    reports: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    senders: dict[int, set[str]] = defaultdict(set)
    for report in ParentReport.objects.counted().filter(day=day):
        reports[report.school_class_id][report.subject_id].append(report.minutes)
        senders[report.school_class_id].add(report.source)
    found = {*monitor, *reports}
    sheets = {sheet.school_class_id: sheet for sheet in ClassSheet.objects.on(day).filter(school_class__in=found)}
    rules, tolerance = Rulebook(day), HomeworkSettings.load().tolerance
    rows = [
        Comparison(
            school_class,
            day,
            sheets.get(school_class.pk),
            int(rules.cap(school_class.grade(day)).value),
            monitor.get(school_class.pk),
            sum(round(statistics.median(m)) for m in reports[school_class.pk].values())
            if school_class.pk in reports
            else None,
            len(senders[school_class.pk]),
            tolerance,
        )
        for school_class in SchoolClass.objects.filter(pk__in=found)
    ]
    return sorted(rows, key=lambda row: (-(row.most or 0) + row.said, row.school_class.pk))


@dataclass(frozen=True)
class SubjectLine:
    """One subject of a class's day, side by side."""

    subject: str
    sheet: int
    sheet_content: str
    monitor: int | None
    monitor_content: str
    parents: list[int]


def side_by_side(school_class: SchoolClass, day: dt.date) -> list[SubjectLine]:
    """One line per subject: the versions of teachers, monitor and parents. Parents' words are for the office only."""
    sheet = ClassSheet.objects.filter(school_class=school_class, day=day).first()
    items: dict[int, list[HomeworkItem]] = defaultdict(list)
    for item in sheet.items.all() if sheet else []:
        if sheet and counts(item, sheet.cap):
            items[item.subject_id].append(item)
    monitor = {entry.subject_id: entry for entry in MonitorEntry.objects.filter(school_class=school_class, day=day)}
    parents: dict[int, list[int]] = defaultdict(list)
    for report in ParentReport.objects.counted().filter(school_class=school_class, day=day).order_by("minutes"):
        parents[report.subject_id].append(report.minutes)
    subjects = Subject.objects.filter(pk__in={*items, *monitor, *parents})
    return [
        SubjectLine(
            subject.name,
            heaviest_path(items[subject.pk], sheet.cap) if sheet else 0,
            "；".join(i.content for i in items[subject.pk]),
            monitor[subject.pk].minutes if subject.pk in monitor else None,
            monitor[subject.pk].content if subject.pk in monitor else "",
            parents[subject.pk],
        )
        for subject in subjects
    ]
