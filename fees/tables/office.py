"""The bank's files, monthly rosters, the published scale, income and spending."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fees.models import AccountLine, BankFile, BankLine, FeeNotice, Roster, RosterDifference, RosterLine
from fees.tables.columns import MoneyColumn, MonthColumn
from fees.templatetags.money import roster_days
from web.columns import Badge
from web.tables import (
    ActionsColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    Empty,
    ListTable,
    NarrowColumn,
    NumberColumn,
    SelectColumn,
    StatusColumn,
    TitleColumn,
)
from web.templatetags.components import status_badge
from web.templatetags.formats import cn_date, cn_datetime, mask_phone, weekdays, yuan

FILE_KIND = {"previewed": "attention", "booked": "ok", "discarded": "attention"}
LINE_KIND = {
    "matched": "ok",
    "ambiguous": "attention",
    "unknown": "danger",
    "noted": "attention",
    "known": "neutral",
    "booked": "ok",
}


class BankFileTable(ListTable):
    title = _("Bank's files")
    empty = Empty(
        "building-bank",
        _("No file yet"),
        _("After uploading you see which payments were matched; nothing is booked before you say so."),
    )

    name = TitleColumn(_("File"), url="fees:bank_detail")
    uploaded_at = Column(_("Uploaded"))
    status = StatusColumn(_("Status"), kinds=FILE_KIND)
    n = NumberColumn(_("Lines"))
    done = NumberColumn(_("Booked"))

    def render_uploaded_at(self, value: dt.datetime, record: BankFile) -> str:
        return f"{cn_datetime(value)} {record.uploaded_by.name}"


class BankLineTable(ListTable):
    empty = Empty("list-check", _("No line here"))
    taken = ["name", "fees"]

    number = Column(_("Row"))
    paid_on = DateColumn(_("Day"))
    payer = TitleColumn(_("Paid by"))
    amount = MoneyColumn(_("Amount"), sums=True)
    state = Column(_("State"))
    child = Column(_("Child"), accessor="student__name")
    actions = ActionsColumn("fees/_line_actions.html")

    def render_payer(self, value: str, record: BankLine) -> SafeString:
        phone = mask_phone(record.phone)
        return format_html('{} <small class="text-quiet">{} {}</small>', value, record.reference, phone)

    def render_state(self, value: str, record: BankLine) -> SafeString:
        badge = status_badge(value, LINE_KIND[record.state])
        return format_html('{} <small class="text-quiet">{}</small>', badge, record.reason)

    def render_child(self, value: str, record: Any) -> SafeString:
        url = reverse("fees:account_detail", args=[record.student_id])
        return format_html('<a href="{}">{}</a> {}', url, value, record.student.class_label)


def differences_address(roster: Roster) -> str:
    return reverse("fees:roster_differences", args=[roster.pk])


class RosterTable(ListTable):
    title = _("Monthly rosters")
    empty = Empty(
        "calendar-user",
        _("No roster yet"),
        _(
            "On the first of each month the list of those who take part is frozen; compared with the roll calls it is the "
            "basis of the month's fee."
        ),
    )
    taken = ["none"]

    first = MonthColumn(_("Month"), url="fees:roster_detail")
    children = NumberColumn(_("Children"))
    made_at = DateTimeColumn(_("Made"))
    compared_at = DateTimeColumn(_("Compared"))
    unsettled = NumberColumn(_("To settle"), accessor="open")
    settled = NumberColumn(_("Settled"))

    def render_unsettled(self, value: int, record: Roster) -> SafeString:
        return format_html('<a href="{}">{}</a>', differences_address(record), value)

    def render_settled(self, value: int, record: Roster) -> SafeString:
        return format_html('<a href="{}?status=settled">{}</a>', differences_address(record), value)


class RosterLineTable(ListTable):
    empty = Empty(
        "users",
        _("Nobody here"),
        _("Nobody took part when the roster was made, or nobody fits what you are looking for."),
    )
    taken = ["name"]

    group = Column(_("Care group"))
    child = TitleColumn(_("Child"), accessor="student__name")
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    weekdays = Column(_("Weekdays"))
    starts_on = DateColumn(_("From"))
    ends_on = DateColumn(_("To"), accessor="last_day", orderable=False)

    def render_weekdays(self, record: RosterLine) -> str:
        return roster_days(record)


class DifferenceTable(ListTable):
    title = _("Differences")
    empty = Empty(
        "circle-check",
        _("No difference here"),
        _("Roster and roll calls agree, as far as they have been compared."),
    )
    taken = ["name"]

    select = SelectColumn(label="student__name")
    child = TitleColumn(_("Child"), accessor="student__name")
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    kind = Column(_("Difference"))
    facts = Column(_("Seen"), exclude_from_export=True)
    settlement = Column(_("Settled"))
    note = Column(_("Note"), visible=False)
    settled_by = Column(_("By"), accessor="settled_by__name", visible=False)

    def render_facts(self, value: dict[str, Any]) -> str:
        """Days as JSON keeps them: those on which it was seen, or the first or the last one."""
        days = value.get("days") or [value[name] for name in ("from", "to") if name in value]
        shown = "、".join(cn_date(dt.date.fromisoformat(day)) for day in days)
        if "weekdays" in value:
            return gettext("from %(day)s on: %(weekdays)s") % {"day": shown, "weekdays": weekdays(value["weekdays"])}
        return shown

    def render_settlement(self, value: str, record: RosterDifference) -> SafeString:
        who = record.settled_by.name if record.settled_by else ""
        when = cn_datetime(record.settled_at)
        return format_html('{} {} <small class="text-quiet">{} {}</small>', value, record.note, who, when)

    def value_settlement(self, value: str) -> str:
        return value


class NoticeTable(ListTable):
    """The lines of `fees.scale`."""

    title = _("Fee notices")
    empty = Empty(
        "receipt-yuan",
        _("No option in this term yet"),
        _("Options with their price are made under sign-up; their notices stand here."),
    )

    thing = TitleColumn(_("Service"))
    fee = Column(_("Fee"), accessor="kind")
    amount = MoneyColumn(_("Amount"))
    document = Column(_("Document"), accessor="notice__document_number")
    status = Column(_("Status"), accessor="notice", empty_values=())
    actions = ActionsColumn("fees/_notice_actions.html")

    def render_fee(self, value: str, record: Any) -> str:
        return gettext("materials, collected at cost") if value == "club" else record.thing.get_fee_mode_display()

    def render_status(self, value: FeeNotice | None, record: Any) -> SafeString:
        if value is None:
            missing = status_badge(_("not published"), "danger")
            return missing if record.amount else status_badge(_("free of charge"), "neutral")
        if value.published_at is None:
            return status_badge(_("draft"), "attention")
        shown = format_html("{} {}", status_badge(_("published"), "ok"), cn_datetime(value.published_at))
        if record.costs == record.amount:
            return shown
        differs = gettext("costs %s now; publish a new notice") % yuan(record.costs)
        return format_html("{}<br>{}", shown, status_badge(differs, "attention"))


def reversals(line: AccountLine) -> list[Badge]:
    if line.is_reversed:
        return [(_("reversed"), "neutral")]
    return [(_("reversal"), "neutral")] if line.reverses_id else []


class LineTable(ListTable):
    title = _("Income and spending")
    empty = Empty(
        "report-money",
        _("Nothing entered yet"),
        _("Families' payments are counted by themselves; grants and spending are entered here with their vouchers."),
    )
    taken = ["account_lines"]

    day = DateColumn(_("Day"))
    purpose = TitleColumn(_("Purpose"), badges=reversals)
    document = Column(_("Voucher"))
    note = Column(_("Note"), empty_values=())
    by = Column(_("By"), accessor="by__name", visible=False)
    amount = MoneyColumn(_("Amount"))
    actions = ActionsColumn("fees/_purse_actions.html")

    def render_note(self, value: str, record: AccountLine) -> SafeString:
        return format_html('{} <small class="text-quiet">{}</small>', value, record.by.name)

    def value_note(self, value: str) -> str:
        return value
