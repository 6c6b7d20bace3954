"""How a figure is written: a rate always with its numerator and denominator."""

from django.utils.translation import gettext as _

from reports.figures import Figure, Part, Value
from web.templatetags.formats import DASH, count


def number(value: float | None) -> str:
    """1,075 or 86.9; a dash where nothing was counted."""
    if value is None:
        return DASH
    return count(value) if isinstance(value, int) else f"{value:,.1f}"


def fraction(value: Value | Part) -> str:
    """«1,075 / 1,237», empty for a plain count."""
    if value.denominator is None:
        return ""
    return f"{count(value.numerator)} / {count(value.denominator)}"


def share_of(value: Value | Part) -> str:
    """«112 / 120», or that there is no record."""
    return fraction(value) if value.denominator else _("no record")


def percent(value: Value | Part) -> str:
    """«1,075 / 1,237 = 86.9 %»; of nothing there is no record."""
    if not value.denominator:
        return _("no record") if value.denominator == 0 else DASH
    return f"{fraction(value)} = {number(value.value)} %"


def average(value: Value | Part) -> str:
    """«5,405 / 112 = 48.3»."""
    if not value.denominator:
        return _("no record") if value.denominator == 0 else DASH
    return f"{fraction(value)} = {number(value.value)}"


def result(figure: Figure, value: Value) -> str:
    """A figure as it is printed, without its unit."""
    if figure.is_rate:
        return percent(value)
    if value.denominator is None:
        return number(value.value)
    if value.denominator == 0:
        return _("no record")
    # A count among others («2 / 28»), or a mean.
    return fraction(value) if value.value == value.numerator else average(value)
