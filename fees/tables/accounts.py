"""Accounts, payments, charges, refunds and waivers."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fees.balances import given_back
from fees.explaining import explain, explain_refund
from fees.models import Charge, Entry, Refund, Waiver
from fees.tables.columns import MoneyColumn, OwedColumn, PaidColumn
from fees.templatetags.money import money, sum_given
from web.tables import (
    Column,
    DateColumn,
    Empty,
    ListTable,
    NarrowColumn,
    SelectColumn,
    StatusColumn,
    TitleColumn,
)
from web.templatetags.components import status_badge
from web.templatetags.formats import bracketed, month_name, yuan

REFUND_KIND = {"proposed": "wait", "approved": "attention", "declined": "neutral", "paid": "ok"}
WAIVER_KIND = {"proposed": "wait", "applied": "attention", "granted": "ok", "declined": "neutral"}


def account_address(row: Any) -> str:
    return reverse("fees:account_detail", args=[row.student_id])


class AccountTable(ListTable):
    title = _("Accounts")
    workbook_title = _("Accounts of the families")
    empty = Empty(
        "wallet",
        _("No account here"),
        _("A child has an account as soon as a month is locked or a payment is noted."),
    )
    taken = ["name", "fees"]

    name = TitleColumn(_("Child"), url="fees:account_detail")
    class_label = NarrowColumn(_("Class"))
    charged = MoneyColumn(_("Charged"), orderable=True)
    paid = PaidColumn(_("Paid"), orderable=True)
    owed = OwedColumn(_("Owed"), orderable=True)


class PaymentTable(ListTable):
    """`may_edit`: whether this person enters official receipts."""

    title = _("Payments")
    empty = Empty(
        "cash",
        _("No payment here"),
        _("Payments are noted on a child's account, or taken from a file of the bank."),
    )
    taken = ["name", "fees"]
    may_edit = False

    select = SelectColumn(label="student__name")
    child = TitleColumn(_("Child"), accessor="student__name", url=account_address)
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    day = DateColumn(_("Day"))
    method = Column(_("Way"))
    receipt_number = Column(_("Receipt"), empty_values=())
    amount = PaidColumn(_("Amount"))
    payer = Column(_("Paid by"), visible=False)
    is_reversed = Column(_("Reversed"), visible=False)

    def render_method(self, value: str, record: Entry) -> SafeString:
        way = format_html("{} {}", value, record.payer)
        return format_html("{} {}", way, status_badge(_("reversed"), "neutral")) if record.is_reversed else way

    def value_method(self, value: str) -> str:
        return value

    def render_receipt_number(self, value: str, record: Entry) -> str:
        if value or record.is_reversed or not self.may_edit:
            return value
        return format_html('<a href="{}?row={}">{}</a>', reverse("fees:receipt_enter"), record.pk, _("Enter"))

    def value_receipt_number(self, value: str) -> str:
        return value

    def value_is_reversed(self, value: bool) -> str:
        return gettext("yes") if value else ""


class ChargeTable(ListTable):
    title = _("Charges")
    taken = ["name", "fees"]

    child = TitleColumn(_("Child"), accessor="student__name", url=account_address)
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    thing = Column(_("Service"))
    for_month = Column(_("Month"), visible=False)
    computed = Column(_("Computed from"), accessor="pk")
    gross = MoneyColumn(_("Fee"), sums=True)
    waived = MoneyColumn(_("Waived"), sums=True)
    due = MoneyColumn(_("To pay"), sums=True)

    def render_thing(self, value: str, record: Charge) -> str:
        return f"{value} · {month_name(record.for_month)}" if record.is_correction else value

    def value_thing(self, value: str) -> str:
        return value

    def value_for_month(self, value: dt.date) -> str:
        return f"{value:%Y-%m}"

    def render_computed(self, record: Charge) -> SafeString:
        url = reverse("fees:charge_detail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, explain(record))

    def value_computed(self, record: Charge) -> str:
        return explain(record)


class RefundTable(ListTable):
    title = _("Refunds")
    empty = Empty(
        "receipt-refund",
        _("No refund here"),
        _(
            "Refunds are proposed when a child left within a rule's time, when the school held no service, and when a "
            "family has paid too much."
        ),
    )
    taken = ["name", "fees"]

    child = TitleColumn(_("Child"), accessor="student__name", url="fees:refund_detail")
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    kind = Column(_("Kind"))
    computed = Column(_("Computed from"), accessor="pk")
    credit = MoneyColumn(_("Given back"))
    status = StatusColumn(_("Status"), kinds=REFUND_KIND)

    def render_computed(self, record: Refund) -> str:
        return explain_refund(record)

    def prepare(self, records: Sequence[Any]) -> None:
        self.given = given_back(records)

    def render_credit(self, record: Refund) -> str:
        given = self.given[record.pk]
        agreed = record.credit or record.amount
        if record.status == Refund.Status.PAID and agreed and given is not None and given < agreed:
            return sum_given(given) + bracketed(gettext("agreed: %s") % money(agreed))
        return sum_given(given)

    def value_credit(self, record: Refund) -> Decimal | None:
        return self.given[record.pk]


class RefundReadTable(RefundTable):
    """For those who decide no refund: their rows lead nowhere."""

    child = TitleColumn(_("Child"), accessor="student__name")


class WaiverTable(ListTable):
    title = _("Waivers")
    empty = Empty(
        "discount",
        _("No waiver here"),
        _(
            "Waivers are proposed from the aid list, asked for by guardians on the phone, or entered on a child's account."
        ),
    )
    taken = ["name", "waiver"]

    select = SelectColumn(label="student__name")
    child = TitleColumn(_("Child"), accessor="student__name", url="fees:waiver_detail")
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    ground = Column(_("Ground"))
    share = Column(_("Reduction"))
    starts_on = DateColumn(_("From"))
    ends_on = DateColumn(_("To"))
    status = StatusColumn(_("Status"), kinds=WAIVER_KIND)

    def render_share(self, value: str, record: Waiver) -> str:
        return f"{value} {yuan(record.amount)}" if record.amount else value

    def value_share(self, value: str) -> str:
        return value
