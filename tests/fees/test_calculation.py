"""The arithmetic of fees, waivers and refunds: no database, many examples."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fees.calculation import Attendance, Scale, gross_fee
from fees.models import Waiver
from fees.money import ZERO, fen, share_of
from fees.services.refunds import refund_of
from tests.property import examples

quick = examples(50, 2000)
yuan = st.decimals(min_value=0, max_value=2000, places=2)


@st.composite
def attendances(draw):
    month_days = draw(st.integers(0, 23))
    own_days = draw(st.integers(0, month_days))
    called = draw(st.integers(0, own_days))
    there = draw(st.integers(0, called))
    return Attendance(month_days, own_days, called, there, there * draw(st.integers(1, 3)))


@st.composite
def scales(draw):
    mode = draw(st.sampled_from(["none", "month", "period", "day", "term", "once"]))
    return Scale(mode, draw(yuan), draw(st.booleans()), draw(st.booleans()))


@quick
@given(scales(), attendances())
def test_a_fee_is_exact_and_never_negative(scale, seen):
    fee = gross_fee(scale, seen)
    assert fee == fen(fee)
    assert fee >= 0
    if scale.mode in ("month", "term", "once"):
        assert fee <= scale.rate
    if scale.mode == "none" or not scale.rate:
        assert fee == 0


@quick
@given(yuan, attendances())
def test_days_and_periods_are_charged_one_by_one(rate, seen):
    assert gross_fee(Scale("day", rate), seen) == rate * seen.there
    assert gross_fee(Scale("period", rate), seen) == rate * seen.periods


@quick
@given(yuan, st.integers(1, 23))
def test_exactly_half_of_the_days_costs_the_whole_and_one_less_the_half(rate, half):
    whole = Attendance(2 * half, 2 * half, 2 * half, half, half)
    under = Attendance(2 * half, 2 * half, 2 * half, half - 1, half - 1)
    scale = Scale("month", rate, half_under_half=True)
    assert gross_fee(scale, whole) == rate
    assert gross_fee(scale, under) == fen(rate / 2)


def test_days_without_a_roll_call_count_for_nobody():
    scale = Scale("month", Decimal(100), half_under_half=True)
    assert gross_fee(scale, Attendance(20, 20, 10, 5, 5)) == 100
    assert gross_fee(scale, Attendance(20, 20, 11, 5, 5)) == 50
    assert gross_fee(scale, Attendance(20, 20, 0, 0, 0)) == 100


def test_a_month_begun_in_its_middle():
    assert gross_fee(Scale("month", Decimal(100)), Attendance(21, 7, 7, 7)) == Decimal("33.33")
    assert gross_fee(Scale("month", Decimal(100), by_days=False), Attendance(21, 7, 7, 7)) == 100
    assert gross_fee(Scale("term", Decimal(500)), Attendance(80, 40)) == 250


def test_a_month_begun_in_its_middle_and_half_under_half_attendance():
    """Both rules are published: the days since the child came are charged, and half of them where it came on fewer than half."""
    scale = Scale("month", Decimal(80), half_under_half=True)
    assert gross_fee(scale, Attendance(15, 12, 12, 12, 24)) == 64
    assert gross_fee(scale, Attendance(15, 7, 7, 7, 14)) == Decimal("37.33")
    assert gross_fee(scale, Attendance(15, 7, 7, 3, 6)) == Decimal("18.67")
    # Left early, present on all three days that were called; six days came after it.
    assert gross_fee(scale, Attendance(9, 3, 3, 3, 6)) == Decimal("26.67")
    # All its days were left out.
    assert gross_fee(scale, Attendance(20, 3, 0, 0, 0)) == 0
    assert gross_fee(Scale("month", Decimal(80), True, by_days=False), Attendance(16, 7, 7, 7, 14)) == 40


def test_half_a_fen_goes_up_in_one_place():
    assert fen(Decimal("0.005")) == Decimal("0.01")
    assert share_of(Decimal("0.05"), 1, 2) == Decimal("0.03")
    assert share_of(Decimal(5), 1, 0) == ZERO


@quick
@given(yuan, st.sampled_from(["full", "half", "amount"]), yuan)
def test_a_waiver_takes_off_between_nothing_and_all(gross, share, amount):
    waiver = Waiver(share=share, amount=amount if share == "amount" else None)
    off = waiver.taken_off(gross)
    assert 0 <= off <= gross
    assert off + (gross - off) == gross
    assert off == fen(off)
    if share == "full":
        assert off == gross


@quick
@given(yuan, st.integers(1, 100), st.integers(0, 23), st.integers(1, 23))
def test_a_refund_is_never_more_than_was_charged(due, percent, part, whole):
    back = refund_of(due, percent, min(part, whole), whole)
    assert 0 <= back <= due
    assert back == fen(back)


def test_half_of_a_part_is_rounded_once():
    """180.00 for 6 of 21 days is 51.4285…; half of it 25.7142…, not half of 51.43."""
    scale = Scale("month", Decimal("180.00"), half_under_half=True)
    seen = Attendance(month_days=21, own_days=6, called=6, there=2, periods=2)
    assert gross_fee(scale, seen) == Decimal("25.71")
