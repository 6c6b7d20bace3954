"""{% load money %}: amounts of an account (¥0 is an amount here, not «free»), months, and how a charge was computed."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from fees.explaining import explain, explain_refund
from fees.models import Charge, Refund, RosterLine
from web.templatetags.formats import cn_day, weekdays

register = template.Library()


@register.filter
def money(value: Decimal | int | None) -> str:
    """¥1,234.50, -¥20.00."""
    amount = value or 0
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}"


def sum_given(value: Decimal | None) -> str:
    """A refund's sum, see fees.balances.given_back."""
    return money(value) if value else _("all that is too much")


@register.filter
def turned(value: Decimal | None) -> Decimal:
    """The amount with its sign turned: what a family paid is shown above zero."""
    return -(value or Decimal(0))


@register.filter
def roster_days(line: RosterLine) -> str:
    """The weekdays of a child on a roster: 周一至周五; 周一、周三；11-16 起周二, where it changes them in the month."""
    first, *later = line.of_child
    parts = [weekdays(first.weekdays)]
    parts += [
        _("from %(day)s %(days)s") % {"day": cn_day(row.starts_on), "days": weekdays(row.weekdays)} for row in later
    ]
    return "；".join(parts)


@register.filter
def explained(value: Charge | Refund) -> str:
    return explain(value) if isinstance(value, Charge) else explain_refund(value)
