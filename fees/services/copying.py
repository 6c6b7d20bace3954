"""The refund rules of a term for a later one."""

from django.utils.translation import gettext as _

from enrollment.models import ServiceOption
from enrollment.services import Copied
from fees.models import RefundRule
from school.models import Term

FIELDS = ("kind", "within", "unit", "percent", "document")


def rules_to_copy(source: Term, target: Term) -> list[RefundRule]:
    """All rules of the source, where the target has none yet."""
    if RefundRule.objects.filter(term=target).exists():
        return []
    return list(RefundRule.objects.filter(term=source).select_related("option"))


def plan_rules(source: Term, target: Term) -> list[str]:
    rules = rules_to_copy(source, target)
    return [_("The refund rules: %s") % "、".join(map(str, rules))] if rules else []


def copy_rules(source: Term, target: Term) -> None:
    """A rule of one option is one of the option of that name, which was copied before."""
    options = {option.name: option for option in ServiceOption.objects.filter(term=target)}
    for rule in rules_to_copy(source, target):
        option = options[rule.option.name] if rule.option else None
        RefundRule.objects.create(term=target, option=option, **{name: getattr(rule, name) for name in FIELDS})


RULES = Copied(plan_rules, copy_rules)
