"""{% load money %}: amounts of an account (¥0 is an amount here, not «free»), months, and how a charge was computed."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from fees.explaining import explain, explain_refund
from fees.models import Charge, Refund

register = template.Library()


@register.filter
def money(value: Decimal | int | None) -> str:
    """¥1,234.50, -¥20.00."""
    amount = value or 0
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}"


@register.filter
def turned(value: Decimal | None) -> Decimal:
    """The amount with its sign turned: what a family paid is shown above zero."""
    return -(value or Decimal(0))


@register.filter
def month_name(value: dt.date | None) -> str:
    """2026年11月 / November 2026."""
    if not value:
        return ""
    if (get_language() or "").startswith("zh"):
        return f"{value.year}年{value.month}月"
    return date_format(value, "F Y")


@register.filter
def explained(value: Charge | Refund) -> str:
    return explain(value) if isinstance(value, Charge) else explain_refund(value)
