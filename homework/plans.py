"""What week plans add up to, and how the homework set differs from them. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from homework.limits import heaviest_path
from homework.models import HomeworkItem, WeekPlan, WeekPlanItem
from homework.models.planning import monday_of
from homework.rulebook import Rulebook
from school.models import SchoolClass, Subject
from school.models.places import grade_name


@dataclass(frozen=True)
class PlannedDay:
    """A grade's planned written minutes of a day, heaviest path, beside its cap."""

    grade: int
    day: dt.date
    minutes: int
    cap: int
    by_subject: dict[str, int]

    @property
    def grade_name(self) -> str:
        return grade_name(self.grade)


def loads_of(plans: Sequence[WeekPlan]) -> list[PlannedDay]:
    """The planned minutes of a week by grade and day, for the office to balance (R071)."""
    if not plans:
        return []
    by_plan = {plan.pk: plan for plan in plans}
    subjects = Subject.objects.in_bulk({plan.subject_id for plan in plans})
    days: dict[tuple[int, dt.date], list[HomeworkItem]] = defaultdict(list)
    for item in WeekPlanItem.objects.filter(plan__in=by_plan):
        plan = by_plan[item.plan_id]
        day = plan.week + dt.timedelta(days=item.weekday - 1)
        days[plan.grade, day].append(as_item(item, subjects[plan.subject_id]))
    books = {day: Rulebook(day) for _grade, day in days}
    found = []
    for (grade, day), items in sorted(days.items()):
        cap = int(books[day].cap(grade).value)
        by_subject = {
            name: heaviest_path([i for i in items if i.subject.name == name], cap)
            for name in dict.fromkeys(i.subject.name for i in items)
        }
        found.append(PlannedDay(grade, day, heaviest_path(items, cap), cap, by_subject))
    return found


def as_item(planned: WeekPlanItem, subject: Subject) -> HomeworkItem:
    """An unsaved sheet item from a planned one, without sheet and teacher."""
    return HomeworkItem(
        subject=subject,
        content=planned.content,
        kind=planned.kind,
        tier=planned.tier,
        minutes=planned.minutes,
        place=planned.place,
        plan_item=planned if planned.pk else None,
        bank_item_id=planned.bank_item_id,
    )


def planned_for(classes: Sequence[SchoolClass], day: dt.date) -> dict[int, list[WeekPlanItem]]:
    """Class → planned items of confirmed plans that its sheet of the day does not have yet. Two queries."""
    planned = WeekPlanItem.objects.filter(
        plan__state=WeekPlan.State.CONFIRMED,
        plan__grade__in={school_class.grade(day) for school_class in classes},
        plan__week=monday_of(day),
        weekday=day.isoweekday(),
    ).select_related("plan__subject")
    by_grade: dict[int, list[WeekPlanItem]] = defaultdict(list)
    for item in planned.order_by("plan__subject__order", "pk"):
        by_grade[item.plan.grade].append(item)
    done = set(
        HomeworkItem.objects.filter(
            sheet__school_class__in=classes, sheet__day=day, plan_item__isnull=False
        ).values_list("sheet__school_class", "plan_item")
    )
    return {one.pk: [item for item in by_grade[one.grade(day)] if (one.pk, item.pk) not in done] for one in classes}


@dataclass(frozen=True)
class Deviation:
    """One subject of a class in a week: planned and set written minutes, and how many planned entries were set."""

    school_class: SchoolClass
    week: dt.date
    subject: Subject
    planned: int
    set: int
    planned_entries: int
    kept_entries: int

    @property
    def label(self) -> str:
        return self.school_class.label(self.week)

    @property
    def difference(self) -> int:
        return self.set - self.planned


def deviations(week: dt.date, grade: int) -> list[Deviation]:
    """Compares the confirmed plans of a grade's week with the homework set, class by class (R071)."""
    last = week + dt.timedelta(days=6)
    classes = list(SchoolClass.objects.of_grade(grade, week).filter(graduated_on=None).order_by("number"))
    plans = list(
        WeekPlan.objects.filter(week=week, grade=grade, state=WeekPlan.State.CONFIRMED).select_related("subject")
    )
    planned: dict[int, list[WeekPlanItem]] = defaultdict(list)
    for item in WeekPlanItem.objects.filter(plan__in=plans):
        planned[item.plan_id].append(item)
    done = HomeworkItem.objects.between(week, last).filter(sheet__school_class__in=classes).select_related("sheet")
    by_cell: dict[tuple[int, int], list[HomeworkItem]] = defaultdict(list)
    for entry in done:
        by_cell[entry.sheet.school_class_id, entry.subject_id].append(entry)
    return [
        Deviation(
            school_class,
            week,
            plan.subject,
            sum(i.minutes for i in planned[plan.pk] if i.is_written),
            sum(i.minutes for i in by_cell[school_class.pk, plan.subject_id] if i.is_written),
            len(planned[plan.pk]),
            len({i.plan_item_id for i in by_cell[school_class.pk, plan.subject_id] if i.plan_item_id}),
        )
        for plan in plans
        for school_class in classes
    ]
