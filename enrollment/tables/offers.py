"""The options of a term, the checklist before it, and the return slips of its letter."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enrollment.models import Receipt, ServiceOption
from web.tables import (
    ActionsColumn,
    Column,
    Empty,
    ListTable,
    NumberColumn,
    SelectColumn,
    TitleColumn,
    WeekdaysColumn,
)
from web.templatetags.components import status_badge
from web.templatetags.formats import DASH, cn_datetime, yuan

SIGN_UP_KIND = {"not_yet": "wait", "open": "ok", "closed": "neutral"}


class OptionTable(ListTable):
    title = _("3. Options")

    name = TitleColumn(_("Option"), url="enrollment:option_edit")
    weekdays = WeekdaysColumn(_("Weekdays"))
    fee_amount = Column(_("Fee"))
    sign_up = Column(_("Sign-up"))
    applied = NumberColumn(_("Applications"))
    actions = ActionsColumn("enrollment/_option_actions.html")

    def render_fee_amount(self, value: Decimal, record: ServiceOption) -> str:
        return f"{yuan(value)} · {record.get_fee_mode_display()}" if value else yuan(value)

    def render_sign_up(self, value: ServiceOption.SignUp, record: ServiceOption) -> SafeString:
        badge = status_badge(value.label, SIGN_UP_KIND[value])
        if value == ServiceOption.SignUp.NOT_YET and record.opens_at:
            return format_html("{} {}", badge, gettext("from %(day)s") % {"day": cn_datetime(record.opens_at)})
        if record.closes_at is None:
            return badge
        return format_html("{} {}", badge, gettext("until %(until)s") % {"until": cn_datetime(record.closes_at)})


class ChecklistTable(ListTable):
    """The items of `enrollment.preparing`."""

    title = _("Term preparation")
    taken = ["items"]

    item = TitleColumn(_("Item"), accessor="title")
    done = Column(_("Status"))
    there = Column(_("What is there"))
    missing = Column(_("What is missing"))
    actions = ActionsColumn("enrollment/_checklist_actions.html")

    def render_done(self, value: bool) -> SafeString:
        return status_badge(_("in place"), "ok") if value else status_badge(_("not there yet"), "attention")

    def value_done(self, value: bool) -> str:
        return gettext("in place") if value else gettext("not there yet")

    def render_missing(self, value: list[str]) -> str:
        return "；".join(value) or DASH

    def value_missing(self, value: list[str]) -> str:
        return "；".join(value)


def slips_address(row: dict[str, Any]) -> str:
    return reverse("enrollment:letter_class", args=[row["letter"], row["pk"]])


class SlipsColumn(NumberColumn):
    """A count of slips, which leads to those of the class that it counts."""

    def __init__(self, verbose_name: Any, status: str) -> None:
        self.status = status
        super().__init__(verbose_name)

    def render(self, value: int, record: dict[str, Any]) -> SafeString:
        return format_html('<a href="{}?status={}">{}</a>', slips_address(record), self.status, value)

    def value(self, value: int) -> int:
        return value


class ClassSlipsTable(ListTable):
    """One row a class: how many of its families were reached and have answered."""

    workbook_title = _("Return slips")
    empty = Empty("users", _("No class here"))
    taken = ["return_slips"]

    label = TitleColumn(_("Class"), url=slips_address)
    children = NumberColumn(_("Children"), sums=True)
    login = NumberColumn(_("With login"), sums=True)
    read = NumberColumn(_("Read"), sums=True)
    join = SlipsColumn(_("Takes part"), "join")
    decline = SlipsColumn(_("Does not"), "decline")
    outstanding = SlipsColumn(_("Outstanding"), "outstanding")
    actions = ActionsColumn("enrollment/_letter_actions.html")


class SlipTable(ListTable):
    """The children of a class, each with the `receipt` of its family."""

    workbook_title = _("Return slips")
    empty = Empty("checks", _("Nobody here"), _("Every family of the class is under another tab."))
    taken = ["name"]

    select = SelectColumn(label="name")
    name = TitleColumn(_("Child"))
    answer = Column(_("Answer"), accessor="receipt", empty_values=())
    answered_at = Column(_("Answered"), accessor="receipt__answered_at", exclude_from_export=True)

    def render_answer(self, value: Receipt | None) -> SafeString:
        if value is None:
            return status_badge(_("not read"), "attention")
        if value.answer:
            badge = status_badge(value.get_answer_display(), "ok" if value.answer == "join" else "neutral")
        else:
            badge = status_badge(_("read, not answered"), "wait")
        if not value.on_paper:
            return badge
        return format_html('{} <span class="text-quiet">{}</span>', badge, _("on paper"))

    def value_answer(self, value: Receipt | None) -> str:
        return value.get_answer_display() if value else ""

    def render_answered_at(self, value: dt.datetime, record: Any) -> str:
        return f"{cn_datetime(value)} · {record.receipt.answered_by.name}"
