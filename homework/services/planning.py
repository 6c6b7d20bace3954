"""Week plans: handing in, confirming, and the deviation of the homework set; and the bank."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.limits import heaviest_path
from homework.models import HomeworkItem, WeekPlan, WeekPlanItem
from homework.models.planning import monday_of
from homework.rulebook import Rulebook
from school.models import SchoolClass, Subject, User
from school.models.places import grade_name

State = WeekPlan.State


def due_day(week: dt.date) -> dt.date:
    """The last day for handing in a plan: the Friday of the week before (R071)."""
    return week - dt.timedelta(days=3)


@transaction.atomic
def save_plan(*, plan: WeekPlan, items: Sequence[WeekPlanItem], by: User) -> WeekPlan:
    """The plan with exactly these items. A confirmed plan is changed only by the academic office."""
    if plan.pk:
        plan = WeekPlan.objects.select_for_update(of=["self"]).get(pk=plan.pk)
        if plan.state == State.CONFIRMED and not by.has_role("academic_office"):
            raise ValidationError(_("This plan is confirmed. Ask the academic office to return it."))
    if plan.state == State.HANDED_IN:
        plan.state = State.DRAFT
    plan.full_clean()
    plan.save()
    kept = {item.pk for item in items if item.pk}
    plan.items.exclude(pk__in=kept).delete()
    for item in items:
        item.plan = plan
        item.full_clean()
        item.save()
    return plan


@transaction.atomic
def hand_in_plan(*, plan: WeekPlan, by: User) -> WeekPlan:
    """To the academic office; later than the Friday before is marked as late. No day may be over the grade's cap."""
    plan = WeekPlan.objects.select_for_update(of=["self"]).get(pk=plan.pk)
    if plan.state not in (State.DRAFT, State.RETURNED):
        raise ValidationError(_("This plan is already: %s.") % plan.get_state_display())
    if not plan.items.exists():
        raise ValidationError(_("The plan is empty."))
    for load in loads_of([plan]):
        if load.minutes > load.cap:
            raise ValidationError(
                _("%(day)s: %(minutes)d written minutes in this subject alone, and the cap of %(grade)s is %(cap)d.")
                % {
                    "day": load.day.isoformat(),
                    "minutes": load.minutes,
                    "grade": grade_name(plan.grade),
                    "cap": load.cap,
                }
            )
    plan.state, plan.handed_in_at = State.HANDED_IN, timezone.now()
    plan.late = timezone.localdate() > due_day(plan.week)
    plan.save()
    return plan


@transaction.atomic
def review_plan(*, plan: WeekPlan, confirm: bool, text: str, by: User) -> WeekPlan:
    """The academic office (or the head of the grade) confirms a plan, or returns it with what is to be changed."""
    plan = WeekPlan.objects.select_for_update(of=["self"]).get(pk=plan.pk)
    if plan.state not in ((State.HANDED_IN,) if confirm else (State.HANDED_IN, State.CONFIRMED)):
        raise ValidationError(_("This plan is already: %s.") % plan.get_state_display())
    if not confirm and not text.strip():
        raise ValidationError(_("Say what is to be changed."))
    plan.state = State.CONFIRMED if confirm else State.RETURNED
    plan.note, plan.reviewed_by, plan.reviewed_at = text.strip(), by, timezone.now()
    plan.save()
    return plan


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
        plan__state=State.CONFIRMED,
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
    plans = list(WeekPlan.objects.filter(week=week, grade=grade, state=State.CONFIRMED).select_related("subject"))
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
