"""A change of a rule holds from its day on; the days before keep the rule that held then."""

import copy
import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from school.models import PolicyRule, Subject

WHAT_HOLDS = ("value", "grade_from", "grade_to", "service", "weekday", "layer", "enabled")


@transaction.atomic
def change_rule(*, rule: PolicyRule, subjects: Iterable[Subject] | None = None) -> None:
    """Saves an edited rule. What held before today stays as a rule of its own, whose last day is yesterday.

    `subjects`: those of which the rule speaks; None leaves them. A first or last day that was written in the past is meant so:
    it corrects these days too.
    """
    today = timezone.localdate()
    before = PolicyRule.objects.select_for_update().get(pk=rule.pk)
    spoken_of = list(before.subjects.all())
    changed = any(getattr(rule, name) != getattr(before, name) for name in WHAT_HOLDS)
    changed = changed or (subjects is not None and set(subjects) != set(spoken_of))
    meant_so = rule.starts_on != before.starts_on or (rule.ends_on and rule.ends_on < today)
    if changed and not meant_so and before.starts_on < today:
        rule.starts_on = today
        if before.enabled:
            past = copy.copy(before)
            past.pk, past._state.adding, past.ends_on = None, True, today - dt.timedelta(days=1)
            past.save()
            past.subjects.set(spoken_of)
    rule.save()
    if subjects is not None:
        rule.subjects.set(subjects)
