"""Columns of amounts and months, as the pages about money write them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from fees.templatetags.money import money
from web.tables import NumberColumn, TitleColumn
from web.templatetags.formats import month_name


class MoneyColumn(NumberColumn):
    def render(self, value: Decimal) -> str:
        return money(value)

    def total(self, value: Decimal) -> str:
        return self.render(value)

    def value(self, value: Decimal) -> Decimal:
        return value


class PaidColumn(MoneyColumn):
    """What came in stands below zero on the account, and above it on the page."""

    def render(self, value: Decimal) -> str:
        return money(-value)

    def value(self, value: Decimal) -> Decimal:
        return -value


class OwedColumn(MoneyColumn):
    """What is still to pay; what was paid ahead says so instead of standing below zero."""

    def render(self, value: Decimal) -> str:
        return money(value) if value >= 0 else gettext("%s ahead") % money(-value)


class MonthColumn(TitleColumn):
    def render(self, value: dt.date, record: Any) -> str:
        return super().render(month_name(value), record)
