"""What stands beside entering: the lessons of the day, what is planned, and what each class has left."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from homework.limits import heaviest_path, used_by
from homework.models import ClassSheet, HomeworkItem, WeekPlanItem
from homework.plans import planned_for
from homework.rulebook import Rulebook
from school.models import Lesson, PolicyRule, SchoolClass, SchoolDay, Staff, Teaching


@dataclass(frozen=True)
class Next:
    """A lesson of today's timetable that is this teacher's: the entry it leads to is half filled in."""

    lesson: Lesson
    done: bool
    """Something is entered for it already."""


def lessons_of(staff: Staff | None, day: dt.date) -> list[Next]:
    """The teacher's lessons of the day in order; none where the school keeps no timetable."""
    weekday = SchoolDay.objects.weekday_of(day)
    if staff is None or weekday is None:
        return []
    rows = Lesson.objects.on(weekday).taught_by(staff, day).select_related("school_class", "subject")
    entered = set(
        HomeworkItem.objects.filter(sheet__day=day, teacher=staff).values_list("sheet__school_class", "subject")
    )
    return [Next(row, (row.school_class_id, row.subject_id) in entered) for row in rows.order_by("number")]


def planned_mine(classes: Iterable[SchoolClass], staff: Staff, day: dt.date) -> list[tuple[SchoolClass, WeekPlanItem]]:
    """Planned entries of the subjects that this teacher teaches, class by class, that are not on the sheet yet."""
    taught = set(Teaching.objects.on(day).filter(staff=staff).values_list("school_class", "subject"))
    own = [one for one in classes if one.pk in {class_pk for class_pk, _subject in taught}]
    planned = planned_for(own, day)
    return [(one, item) for one in own for item in planned[one.pk] if (one.pk, item.plan.subject_id) in taught]


@dataclass(frozen=True)
class Bar:
    """A class's written minutes of the day, with what is being typed on top."""

    school_class: SchoolClass
    used: int
    more: int
    cap: int
    rule: PolicyRule
    who: str
    warns: bool

    @property
    def after(self) -> int:
        return self.used + self.more

    @property
    def left(self) -> int:
        return max(self.cap - self.after, 0)

    @property
    def over(self) -> int:
        return max(self.after - self.cap, 0)


def bars(classes: Iterable[SchoolClass], day: dt.date, typed: list[HomeworkItem]) -> list[Bar]:
    """What each class has used and has left; three queries, however many classes there are."""
    rules = Rulebook(day)
    sheets = ClassSheet.objects.on(day).filter(school_class__in=list(classes))
    by_class = {s.school_class_id: s for s in sheets.prefetch_related("items__subject", "items__teacher")}
    found = []
    for school_class in classes:
        rule, sheet = rules.cap(school_class.grade(day)), by_class.get(school_class.pk)
        cap, items = int(rule.value), list(sheet.items.all()) if sheet else []
        used, after = heaviest_path(items, cap), heaviest_path([*items, *typed], cap)
        allowed = cap + (sheet.granted if sheet else 0)
        warns = bool(rule.warn_percent and allowed and after * 100 >= allowed * rule.warn_percent)
        found.append(Bar(school_class, used, after - used, allowed, rule, used_by(items, cap), warns))
    return found
