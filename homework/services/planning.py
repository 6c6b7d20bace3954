"""Week plans: saved, handed in, confirmed or returned."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import WeekPlan, WeekPlanItem
from homework.plans import loads_of
from school.models import User
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
