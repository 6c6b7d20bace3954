"""The policy warnings, added up: the last figure, since it reads the others."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.figures.base import FIGURES, Part, Scope, Value, figure, once


@once
def counted(scope: Scope) -> dict[str, int]:
    """Figure → how often its rule was touched."""
    return {key: int(one.compute(scope).value or 0) for key, one in FIGURES.items() if one.rule}


@figure(
    "policy_warnings",
    "problems",
    _("Policy warnings"),
    _("The counted cases of all rules above."),
    pgettext_lazy("unit", "cases"),
)
def count_warnings(scope: Scope) -> Value:
    counts = counted(scope)
    parts = [Part(key, str(FIGURES[key].label), number) for key, number in counts.items() if number]
    return Value(sum(counts.values()), by={"rule": parts})
