"""The demonstration's money: everything from the draft of a month to a refund can be walked."""

import datetime as dt
from decimal import Decimal

import pytest

from enrollment.models import ServiceOption
from fees.demo import collect_fees, price_care
from fees.models import BankLine, ChargeMonth, Entry, FeeNotice, Refund, Waiver
from tests.fees.conftest import attend

pytestmark = pytest.mark.django_db


def test_a_month_is_paid_and_the_next_one_waits(october, settings):
    ServiceOption.objects.filter(pk=october.option.pk).update(fee_mode="none", fee_amount=0)
    october.option.refresh_from_db()
    price_care(october.option, october.office.user)
    attend(october, {october.child: "present", october.other_child: "present"})
    collect_fees(october.term, dt.date(2026, 11, 30), october.office.user)
    september, month, waits = ChargeMonth.objects.order_by("first")
    assert None not in (september.locked_at, month.locked_at)
    assert waits.locked_at is None
    assert month.charges.exists()
    assert FeeNotice.objects.published().exists()
    assert set(Waiver.objects.values_list("status", flat=True)) <= {"granted", "proposed"}
    assert BankLine.objects.filter(state="unknown").exists()  # one that the office looks at
    assert all(entry.amount < 0 for entry in Entry.objects.filter(kind="payment"))
    assert Refund.objects.filter(status="paid").count() <= 1
    assert Entry.objects.filter(kind="charge").exists()
    assert october.option.fee_amount == Decimal("6.00")
