"""Accounts, reversals, waivers, refunds, the bank's file, the account by purpose."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from documents.uploads import DocumentField
from enrollment.models import Enrolment
from fees.about import fees_of
from fees.balances import (
    account_balance,
    account_of,
    accounts_with_sums,
    balance_of,
    family_accounts,
    fee_income,
)
from fees.explaining import explain
from fees.models import BankFile, BankLine, Entry, FeeSettings, Refund, RefundRule, Waiver
from fees.pay_codes import check_letter, codes_in, pay_code
from fees.services import (
    ask_refund,
    ask_waiver,
    assign_line,
    book_bank_file,
    decide_refund,
    decide_waiver,
    end_waiver,
    make_charges,
    pay_refund,
    propose_refunds,
    propose_waivers,
    record_line,
    record_payment,
    record_step,
    reverse_entry,
    reverse_line,
    save_plan,
    set_receipt,
    upload_bank_file,
)
from fees.services.bank import read_bank_file
from fees.tables.accounts import RefundTable
from school.importing.containers import WorkbookRefused
from school.models import SchoolDay, SpecialGroup, SpecialGroupMembership
from tests.clubs.test_services import race
from tests.conftest import TODAY, make_student
from tests.fees.conftest import OCTOBER, charge, price
from tests.papers import picture
from tests.property import examples
from web.asking import Asked

pytestmark = pytest.mark.django_db


def paper():
    """A certificate as it comes from the form."""
    return DocumentField().clean(SimpleUploadedFile("证明.png", picture()))


def pay(cast, amount="100", **more):
    """A payment, whatever looks like it."""
    facts = {"student": cast.child, "term": cast.term, "day": TODAY, "method": "cash", "another": True}
    return record_payment(**facts | more, amount=Decimal(amount), by=cast.office.user)


def test_a_payment_and_its_reversal_leave_what_was(october):
    entry = pay(october, "88.88", receipt_number="票 0012")
    assert balance_of(october.child) == Decimal("-88.88")
    reverse_entry(entry=entry, reason="记错学生", by=october.office.user)
    assert balance_of(october.child) == 0
    with pytest.raises(ValidationError, match="这笔账已经冲销"):
        reverse_entry(entry=entry, reason="再次", by=october.office.user)
    pay(october, "88.88", receipt_number="票 0012")
    assert fee_income(october.term) == Decimal("88.88")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"amount": "0"}, "大于"), ({"amount": "-5"}, "大于"), ({"receipt_number": "票 1"}, "票 1")],
)
def test_payments_that_are_refused(october, change, sentence):
    pay(october, receipt_number="票 1")
    with pytest.raises(ValidationError, match=sentence):
        pay(october, **({"amount": "10"} | change))


def test_entries_are_written_once(october):
    entry = pay(october)
    for attempt in (
        lambda: Entry.objects.filter(pk=entry.pk).update(amount=-1),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    set_receipt(entry=entry, number="票 7", by=october.office.user)
    with pytest.raises(ValidationError, match="票 7"):
        set_receipt(entry=entry, number="票 8", by=october.office.user)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(receipt_number="票 9")


def test_a_charge_is_corrected_by_its_facts_not_reversed(october):
    price(october, "month", "100")
    charge(october)
    with pytest.raises(ValidationError, match="这笔账由事实计算得出；请更正点名、参加记录或减免"):
        reverse_entry(entry=Entry.objects.first(), reason="错", by=october.office.user)


@examples(15, 300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.decimals(min_value="0.01", max_value=999, places=2), st.booleans()), max_size=6))
def test_the_balance_is_the_sum_of_what_was_not_taken_back(october, payments):
    with transaction.atomic():
        kept = Decimal(0)
        for amount, taken_back in payments:
            entry = pay(october, amount)
            if taken_back:
                reverse_entry(entry=entry, reason="更正", by=october.office.user)
            else:
                kept += amount
        assert balance_of(october.child) == -kept
        assert fee_income(october.term) == kept
        transaction.set_rollback(True)


def test_an_equal_payment_of_the_day_is_asked_about(october):
    first = pay(october, "30")
    with pytest.raises(Asked, match=r"30\.00 元"):
        pay(october, "30", another=False)
    pay(october, "30.01", another=False)
    pay(october, "30", another=False, day=TODAY - dt.timedelta(days=1))
    pay(october, "30", another=False, student=october.other_child)
    reverse_entry(entry=first, reason="错", by=october.office.user)
    pay(october, "30", another=False)
    pay(october, "30")
    assert balance_of(october.child) == Decimal("-120.01")


def test_a_receipt_of_another_child_is_asked_about(october):
    pay(october, "30", receipt_number="票 1")
    with pytest.raises(Asked, match="韩小雨"):
        pay(october, "30", receipt_number="票 1", student=october.sibling, another=False)
    entry = pay(october, "30", student=october.sibling)
    with pytest.raises(Asked, match="韩小雨"):
        set_receipt(entry=entry, number=" 票 1 ", by=october.office.user)
    assert set_receipt(entry=entry, number="票 1", by=october.office.user, another=True).receipt_number == "票 1"


def test_a_voucher_or_an_equal_line_is_asked_about(october):
    spend(october, "grant", "20", "凭 1")
    with pytest.raises(Asked, match="凭 1"):
        spend(october, "grant", "21", "凭 1", another=False)
    with pytest.raises(Asked, match=r"20\.00 元"):
        spend(october, "grant", "20", "凭 2", another=False)
    spend(october, "labour", "20", "凭 2", another=False)
    pay(october, "30")
    refund = ask_refund(student=october.child, term=october.term, by=october.office.user)
    refund = decide_refund(refund=refund, approve=True, opinion="", by=october.office.user)
    paid = {"refund": refund, "method": "cash", "day": TODAY, "by": october.office.user}
    with pytest.raises(Asked, match="凭 2"):
        pay_refund(**paid, voucher="凭 2")
    pay_refund(**paid, voucher="凭 3")
    with pytest.raises(Asked, match="凭 3"):
        spend(october, "grant", "22", "凭 3", another=False)


def test_a_bank_line_asks_where_an_equal_payment_is_noted_by_hand(october):
    day = dt.date(2026, 11, 2)
    pay(october, "100", day=day)
    code = pay_code(october.child)
    rows = [(f"{day}", 100, "某某", code, "", "1"), (f"{day}", 99, "某某", code, "", "2")]
    file = upload(october, book(*rows))
    assert list(file.lines.values_list("state", "student", "candidates")) == [
        ("noted", None, [october.child.pk]),
        ("matched", october.child.pk, []),
    ]
    assign_line(line=file.lines.get(amount=100), student=october.child, by=october.office.user)
    assert book_bank_file(file=file, term=october.term, by=october.office.user) == 2
    assert balance_of(october.child) == -299


@pytest.mark.parametrize("serials", [("", ""), ("1", "2")])
def test_the_second_of_two_equal_lines_of_a_file_is_asked_about(october, serials):
    code = pay_code(october.child)
    file = upload(october, book(*[("2026-11-02", 100, "某某", code, "", serial) for serial in serials]))
    assert list(file.lines.values_list("state", "candidates")) == [("matched", []), ("noted", [october.child.pk])]
    assign_line(line=file.lines.get(state="noted"), student=october.child, by=october.office.user)
    assert book_bank_file(file=file, term=october.term, by=october.office.user) == 2
    assert balance_of(october.child) == -200


# --- waivers ------------------------------------------------------------------------------------------------------


def test_waivers_are_proposed_from_the_aid_list_once(october):
    group = SpecialGroup.objects.get(name="家庭经济困难")
    FeeSettings.load().aid_groups.add(group)
    for student in (october.child, october.sibling):  # the sibling takes no part
        SpecialGroupMembership.objects.create(student=student, group=group)
    assert [propose_waivers(term=october.term, by=october.office.user) for _twice in range(2)] == [1, 0]
    waiver = Waiver.objects.get()
    decide_waiver(waiver=waiver, grant=True, by=october.office.user)
    price(october, "month", "100")
    month = make_charges(first=OCTOBER, by=october.office.user)
    assert month.charges.get(student=october.child).due == 0
    assert "减免：不收费" in explain(month.charges.get(student=october.child))
    with pytest.raises(ValidationError, match="这份减免已经决定"):
        decide_waiver(waiver=waiver, grant=False, opinion="不符", by=october.office.user)


def test_a_waiver_by_amount_or_half_and_its_end(october):
    price(october, "month", "99.99")
    waiver = ask(october)
    with pytest.raises(ValidationError, match="请填写减多少元；其他减免方式留空"):
        decide_waiver(waiver=waiver, grant=True, share="amount", by=october.office.user)
    decide_waiver(waiver=waiver, grant=True, share="half", starts_on=OCTOBER, by=october.office.user)
    assert make_charges(first=OCTOBER, by=october.office.user).charges.get(student=october.child).due == Decimal(
        "49.99"
    )
    with pytest.raises(ValidationError, match="结束日期早于开始日期"):
        end_waiver(waiver=waiver, last_day=OCTOBER - dt.timedelta(days=1), by=october.office.user)
    end_waiver(waiver=waiver, last_day=TODAY, by=october.office.user)
    with pytest.raises(ValidationError, match="减免更早结束，在"):
        end_waiver(waiver=waiver, last_day=october.term.ends_on, by=october.office.user)


def ask(cast, evidence=None, by=None):
    return ask_waiver(
        student=cast.child,
        term=cast.term,
        ground="low_income",
        explanation="父亲住院",
        evidence=evidence,
        by=by or cast.mother.user,
    )


def test_waivers_that_are_refused(october):
    waiver = ask(october, paper())
    with pytest.raises(ValidationError, match="该学生已有一份减免申请等待办公室决定"):
        ask(october, by=october.father.user)
    with pytest.raises(ValidationError, match="不同意时，请写明家长看得懂的原因"):
        decide_waiver(waiver=waiver, grant=False, by=october.office.user)
    with pytest.raises(DatabaseError), transaction.atomic():
        waiver.delete()


# --- refunds ------------------------------------------------------------------------------------------------------


@pytest.fixture
def left_early(october):
    """A paid term, and a child that left within the three months."""
    price(october, "term", "300")
    Enrolment.objects.update(starts_on=OCTOBER)
    charge(october)
    pay(october, "300")
    rule = {"term": october.term, "kind": "left_within", "within": 3, "unit": "months"}
    RefundRule.objects.create(**rule, percent=50, document="校务会〔2026〕3号")
    Enrolment.objects.filter(student=october.child).update(ends_on=dt.date(2026, 11, 10))
    return october


def test_half_back_within_three_months(left_early):
    cast, office = left_early, left_early.office.user
    assert [propose_refunds(term=cast.term, by=office) for _twice in range(2)] == [1, 0]
    refund = Refund.objects.get()
    assert (refund.kind, refund.credit, refund.student) == ("left", 150, cast.child)
    with pytest.raises(ValidationError, match="请先同意退费；已支付的不再支付"):
        pay_refund(refund=refund, method="cash", day=TODAY, voucher="付 1", by=office)
    decide_refund(refund=refund, approve=True, opinion="", by=office)
    with pytest.raises(ValidationError, match="这笔退费已经决定"):
        decide_refund(refund=refund, approve=False, opinion="晚了", by=office)
    assert balance_of(cast.child) == -150
    entry = pay_refund(refund=refund, method="transfer", day=TODAY, voucher="付 1", by=office)
    assert (entry.amount, balance_of(cast.child)) == (150, 0)
    with pytest.raises(ValidationError, match="请先同意退费；已支付的不再支付"):
        pay_refund(refund=refund, method="cash", day=TODAY, voucher="付 2", by=office)
    reverse_entry(entry=entry, reason="退回", by=office)
    refund.refresh_from_db()
    assert (refund.status, balance_of(cast.child)) == ("approved", -150)


def test_a_refund_is_set_off_against_what_is_owed(left_early):
    payment = Entry.objects.get(kind="payment")
    reverse_entry(entry=payment, reason="退票", by=left_early.office.user)
    propose_refunds(term=left_early.term, by=left_early.office.user)
    refund = decide_refund(refund=Refund.objects.get(), approve=True, opinion="", by=left_early.office.user)
    # There is nothing to pay out, so no step is left.
    assert (refund.status, balance_of(left_early.child)) == ("paid", 150)
    with pytest.raises(ValidationError, match="已支付的不再支付"):
        pay_refund(refund=refund, method="cash", day=TODAY, voucher="付 1", by=left_early.office.user)


def test_outside_the_rules_time_nothing_is_given_back(left_early):
    RefundRule.objects.update(within=30, unit="days")
    assert propose_refunds(term=left_early.term, by=left_early.office.user) == 0


def test_days_that_the_school_held_no_service_go_back(october):
    price(october, "month", "100")
    SchoolDay.objects.filter(day=dt.date(2026, 10, 16)).update(kind="closure")
    charge(october)
    RefundRule.objects.create(term=october.term, kind="cancelled", percent=100)
    assert propose_refunds(term=october.term, by=october.office.user) == 3
    refund = Refund.objects.get(student=october.child)
    assert (refund.credit, refund.facts["days"]) == (20, ["2026-10-16"])
    with pytest.raises(ValidationError, match="不同意时，请写明家长看得懂的原因"):
        decide_refund(refund=refund, approve=False, opinion="", by=october.office.user)


@pytest.mark.parametrize(
    ("extra", "follows", "refunds"),
    [(dt.date(2026, 10, 17), 5, 0), (dt.date(2026, 10, 17), 4, 3), (dt.date(2026, 10, 10), 5, 3)],
    ids=["made up on Saturday", "another weekday's timetable", "a workday of the published calendar"],
)
def test_a_closure_that_was_made_up_is_not_given_back(october, extra, follows, refunds):
    """16 October, a Friday. 10 October 2026 makes up for the national holiday, not for the school's closure."""
    SchoolDay.objects.filter(day=dt.date(2026, 10, 16)).update(kind="closure")
    SchoolDay.objects.update_or_create(day=extra, defaults={"kind": "make_up", "follows_weekday": follows})
    price(october, "month", "100")
    charge(october)
    RefundRule.objects.create(term=october.term, kind="cancelled", percent=100)
    assert propose_refunds(term=october.term, by=october.office.user) == refunds


@pytest.mark.parametrize(("share", "left"), [("full", None), ("half", 10)])
def test_what_a_waiver_took_off_since_is_not_given_back_again(october, share, left, monkeypatch):
    """20 of 100 were proposed; a waiver from the first day corrects the charge in the next month."""
    price(october, "month", "100")
    SchoolDay.objects.filter(day=dt.date(2026, 10, 16)).update(kind="closure")
    charge(october)
    RefundRule.objects.create(term=october.term, kind="cancelled", percent=100)
    propose_refunds(term=october.term, by=october.office.user)
    until = october.term.ends_on
    Waiver.objects.create(
        student=october.child,
        starts_on=OCTOBER,
        ends_on=until,
        share=share,
        status="granted",
        asked_by=october.office.user,
    )
    SchoolDay.objects.filter(day__month=11).delete()
    monkeypatch.setattr(timezone, "_shift", timezone._shift + dt.timedelta(days=13))
    charge(october, dt.date(2026, 11, 1))
    refund = Refund.objects.get(student=october.child)
    assert refund.credit == 20
    if left is None:
        with pytest.raises(ValidationError, match=r"已更正为 0\.00 元"):
            decide_refund(refund=refund, approve=True, opinion="", by=october.office.user)
        decide_refund(refund=refund, approve=False, opinion="已全额减免", by=october.office.user)
        assert balance_of(october.child) == 0
    else:
        approved = decide_refund(refund=refund, approve=True, opinion="", by=october.office.user)
        assert (approved.credit, approved.facts["of"]) == (left, "50.00")
    other = Refund.objects.exclude(student=october.child).first()
    assert decide_refund(refund=other, approve=True, opinion="", by=october.office.user).credit == 20


def test_f4_what_was_paid_too_much_is_returned(october):
    with pytest.raises(ValidationError, match="韩小雨"):
        ask_refund(student=october.child, term=october.term, by=october.office.user)
    pay(october, "30")
    refund = ask_refund(student=october.child, term=october.term, by=october.office.user)
    with pytest.raises(ValidationError, match="该学生已有一笔退费正在办理"):
        ask_refund(student=october.child, term=october.term, by=october.office.user)
    decide_refund(refund=refund, approve=True, opinion="", by=october.office.user)
    assert pay_refund(refund=refund, method="cash", day=TODAY, voucher="付 3", by=october.office.user).amount == 30
    assert "退费 ¥30.00" in [line.text for line in fees_of(october.office.user, october.child).lines]
    Enrolment.objects.filter(student=october.child).update(ends_on=TODAY - dt.timedelta(days=1))
    pay(october, "5")
    assert propose_refunds(term=october.term, by=october.office.user) == 1


def test_a_refund_may_be_partial(october):
    pay(october, "30")
    ask = {"student": october.child, "term": october.term, "by": october.office.user}
    for amount in ("0", "30.01"):
        with pytest.raises(ValidationError, match=r"30\.00"):
            ask_refund(**ask, amount=Decimal(amount))
    refund = ask_refund(**ask, amount=Decimal(20))
    decide_refund(refund=refund, approve=True, opinion="", by=october.office.user)
    paid = {"refund": refund, "method": "cash", "day": TODAY, "by": october.office.user}
    with pytest.raises(ValidationError, match=r"20\.00"):
        pay_refund(**paid, voucher="付 1", amount=Decimal("20.01"))
    assert pay_refund(**paid, voucher="付 1", amount=Decimal(15)).amount == 15
    assert balance_of(october.child) == -15
    table = RefundTable(Refund.objects.all())
    table.prepare(list(table.data))
    assert table.render_credit(Refund.objects.get()) == "¥15.00（同意 ¥20.00）"
    assert ask_refund(**ask).amount is None


def test_a_prepaid_fee_is_not_paid_too_much(october):
    """The credit of days that are still to be charged stays; once all is charged, what is left is too much."""

    def is_prepaid():
        accounts = accounts_with_sums().get(pk=october.child.pk)
        family = family_accounts([october.child], october.mother.user)[0]
        said = account_of(october.child)["is_prepaid"], family["is_prepaid"], accounts.still_charged
        assert len(set(said)) == 1
        return said[0]

    price(october, "month", "100")
    pay(october, "100")
    assert is_prepaid()
    charge(october)
    pay(october, "60")
    assert is_prepaid()
    Enrolment.objects.filter(student=october.child).update(ends_on=dt.date(2026, 11, 10))
    assert is_prepaid()  # ten days of November are still to be charged
    assert propose_refunds(term=october.term, by=october.office.user) == 0
    Enrolment.objects.filter(student=october.child).update(ends_on=dt.date(2026, 10, 31))
    assert not is_prepaid()
    assert propose_refunds(term=october.term, by=october.office.user) == 1


@pytest.mark.parametrize(("locked", "prepaid"), [(False, True), (True, False)])
def test_a_fee_by_the_term_is_prepaid_until_it_is_charged(october, locked, prepaid):
    price(october, "term", "300")
    pay(october, "350")
    charge(october, dt.date(2026, 9, 1), lock=locked)
    assert account_of(october.child)["is_prepaid"] is prepaid


# --- the bank's file ----------------------------------------------------------------------------------------------


def book(*rows, head=("交易日期", "收入金额", "对方户名", "附言", "手机号", "流水号")):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["账户明细"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def upload(cast, data):
    return upload_bank_file(name="11月.xlsx", data=data, term=cast.term, by=cast.office.user)


def test_lines_are_matched_by_code_number_name_and_phone(october):
    make_student("杨小帆", october.class_1, (october.mother, "母亲"))
    pay_into = [
        ("2026-11-02", 100, "某某", f"课后服务 {pay_code(october.child)}", "", "1"),
        ("2026/11/2", "¥1,00.50", "某某", october.child.number, "", "2"),
        ("20261103", 50, "杨柳", "杨小帆 11月", "", "3"),
        ("2026-11-03", 60, "吴某", "", "199 0000 0104", "4"),
        ("2026-11-03", 70, "沈月", "", "", "5"),
        ("2026-11-03", 80, "路人", "", "", "6"),
        ("2026-11-03", -10, "支出", "", "", "7"),
        ("合计", 360, "", "", "", ""),
    ]
    file = upload(october, book(*pay_into))
    states = [(x.state, x.student.name if x.student else len(x.candidates)) for x in file.lines.all()]
    assert states == [
        ("matched", "韩小雨"),
        ("matched", "韩小雨"),
        ("ambiguous", 2),
        ("matched", "杨小帆"),
        ("ambiguous", 3),
        ("unknown", 0),
    ]
    assign_line(line=file.lines.get(number=8), student=october.sibling, by=october.office.user)
    assert book_bank_file(file=file, term=october.term, by=october.office.user) == 4
    assert balance_of(october.child) == Decimal("-200.50")
    with pytest.raises(ValidationError, match="这笔款已经入账"):
        assign_line(line=file.lines.get(number=8), student=october.child, by=october.office.user)
    # A line that nobody fitted finds its child later.
    assign_line(line=file.lines.get(number=7), student=october.child, by=october.office.user)
    assert [book_bank_file(file=file, term=october.term, by=october.office.user) for _twice in range(2)] == [1, 0]
    assert balance_of(october.child) == Decimal("-270.50")


SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "workbooks"


@pytest.mark.parametrize(
    ("name", "amounts"),
    [
        ("f01-bank-income", ["300.00"]),
        ("f03-bank-direction", ["300.00"]),
        ("f06-bank-good", ["300.00"]),
        ("f07-bank", ["300.00"]),
        ("g01-bank-direction", ["100.00", *(f"{n}.00" for n in range(80, 87))]),
    ],
)
def test_a_banks_own_file_gives_what_came_in_and_nothing_else(name, amounts):
    payments = read_bank_file(next(SAMPLES.glob(f"{name}.*")).read_bytes())
    assert [str(payment.amount) for payment in payments] == amounts


@pytest.mark.parametrize(
    ("head", "row", "amount"),
    [
        (("贷方发生额(元)", "借方发生额(元)"), (12, None), "12.00"),
        (("贷方 发生额\n（元）", "借方发生额*"), (12, None), "12.00"),
        (("收入/支出金额",), ("+12.00",), "12.00"),
        (("收入/支出金额",), ("-12.00",), None),
        (("收/支", "金额"), ("收入", 12), "12.00"),
        (("收/支", "金额"), ("支出", 12), None),
        (("收/支", "金额"), ("/", 12), None),
    ],
)
def test_direction_and_headings_of_banks(head, row, amount):
    first = (
        "2026-11-01",
        "某家长",
        *("收入" if h == "收/支" else 1 if "支出" not in h or "/" in h else None for h in head),
    )
    data = book(first, ("2026-11-02", "某某", *row), head=("交易日期", "对方户名", *head))
    assert [str(p.amount) for p in read_bank_file(data)][1:] == ([amount] if amount else [])


@pytest.mark.parametrize(
    ("head", "row", "sentence"),
    [
        (("金额",), (12,), "收入金额"),
        (("借贷标志", "发生额"), ("其他", 12), "第 3 行"),
        (("借贷标志", "发生额"), ("", 12), "第 3 行"),
    ],
)
def test_an_amount_of_unknown_direction_is_no_payment(head, row, sentence):
    with pytest.raises(WorkbookRefused, match=sentence):
        read_bank_file(book(("2026-11-02", "某某", *row), head=("交易日期", "对方户名", *head)))


def test_amounts_with_signs_need_no_other_column():
    data = book(("2026-11-02", "某某", 12), ("2026-11-02", "某某", -5), head=("交易日期", "对方户名", "交易金额"))
    assert [str(payment.amount) for payment in read_bank_file(data)] == ["12.00"]


@pytest.mark.parametrize(
    ("remark", "codes"),
    [
        ("KF000001 9月", [1]),
        ("KF0000015月课后服务费", [1]),
        ("KF00000112月份", [1]),
        ("KF0000012026年秋", [1]),
        ("kf000001", [1]),
        ("KF1", []),
        ("KF000001和KF000003两个孩子", [1, 3]),
        (f"KF000001{check_letter('000001')}5月", [1]),
        (f"KF000001{check_letter('000002')}", []),
        (f"KF000001{check_letter('000001')}, KF000001", [1]),
    ],
)
def test_codes_in_a_remark(remark, codes):
    assert codes_in(remark) == codes


@given(st.integers(0, 999_999), st.integers(0, 5), st.integers(1, 9))
def test_the_letter_finds_a_wrong_digit_and_two_that_are_swapped(number, at, more):
    digits = f"{number:06d}"
    wrong = f"{digits[:at]}{(int(digits[at]) + more) % 10}{digits[at + 1 :]}"
    swapped = digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
    assert check_letter(wrong) != check_letter(digits)
    assert (check_letter(swapped) == check_letter(digits)) == (swapped == digits)


def test_two_codes_and_a_name_that_fits_two_children_ask(october):
    """One of the two owes exactly what was paid: that is a reason to guess, and no proof."""
    price(october, "month", "50")
    charge(october)
    make_student("杨小帆", october.class_1, (october.mother, "母亲"))
    codes = f"{pay_code(october.child)} {pay_code(october.other_child)}"
    rows = [("2026-11-02", 50, "某某", codes, "", "1"), ("2026-11-02", 50, "某某", "杨小帆", "", "2")]
    lines = upload(october, book(*rows)).lines.all()
    assert [(line.state, len(line.candidates)) for line in lines] == [("ambiguous", 2), ("ambiguous", 2)]


def test_the_same_file_twice_changes_nothing_and_an_overlapping_one_only_adds(october):
    rows = [("2026-11-02", 100, "某某", pay_code(october.child), "", "A1")]
    first = upload(october, book(*rows))
    assert book_bank_file(file=first, term=october.term, by=october.office.user) == 1
    assert (
        upload(october, book(*rows, head=("交易日期", "收入金额", "对方户名", "附言", "手机号", "流水号"))) is not None
    )
    again = upload(october, book(*rows, ("2026-11-03", 5, "某某", pay_code(october.child), "", "A2")))
    assert [line.state for line in again.lines.all()] == ["known", "matched"]
    assert book_bank_file(file=again, term=october.term, by=october.office.user) == 1
    assert [book_bank_file(file=one, term=october.term, by=october.office.user) for one in (first, again)] == [0, 0]
    assert balance_of(october.child) == -105


def test_the_very_same_file_is_the_one_uploaded_first(october):
    data = book(("2026-11-02", 100, "某某", pay_code(october.child), "", "A1"))
    assert upload(october, data) == upload(october, data)
    assert BankFile.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空"),
        (b"not a workbook", "xlsx"),
        (b"\xd0\xcf\x11\xe0old", "xls"),
        (book(("x",), head=("甲", "乙")), "交易日期"),
        (book(("去年", "许多", "某某", "", "", "")), "第 3 行"),
        (book(("2026-11-02", "=1+1", "某某", "", "", "")), "没有收款"),  # its result was never computed
        (book(), "没有"),
    ],
)
def test_malformed_files_are_refused_with_a_sentence(data, sentence):
    with pytest.raises(WorkbookRefused, match=sentence):
        read_bank_file(data)


@pytest.mark.django_db(transaction=True)
def test_two_offices_book_the_same_file_and_make_the_same_month_at_once(october):
    price(october, "month", "100")
    file = upload(october, book(("2026-11-02", 100, "某某", pay_code(october.child), "", "A1")))
    by = october.office.user
    booked = race([lambda: book_bank_file(file=file, term=october.term, by=by) for _two in range(2)])
    assert sorted(booked) == [0, 1]
    assert Entry.objects.filter(kind="payment").count() == 1
    months = race([lambda: make_charges(first=OCTOBER, by=by) for _two in range(2)])
    assert months[0] == months[1]
    assert months[0].charges.count() == 3
    assert months[0].roster.lines.count() == 3
    connection.close()


# --- the account by purpose ---------------------------------------------------------------------------------------


def spend(cast, purpose="labour", amount="50", document="凭 1", another=True):
    return record_line(
        another=another,
        term=cast.term,
        purpose=purpose,
        amount=Decimal(amount),
        day=TODAY,
        document=document,
        note="",
        by=cast.office.user,
    )


def test_money_is_spent_on_two_purposes_and_no_more_than_there_is(october):
    pay(october, "100")
    spend(october, "grant", "20")
    line = spend(october, "labour", "90")
    assert account_balance(october.term) == 30
    for change in ({"purpose": "banquet"}, {"amount": "30.01"}, {"amount": "0"}, {"document": " "}):
        with pytest.raises(
            ValidationError, match=r"专款专用：只能用于教师劳务报酬和学生服务用品|账上只有|金额必须大于零|请填写凭证号"
        ):
            spend(october, **change)
    reverse_line(line=line, reason="重复", by=october.office.user)
    assert account_balance(october.term) == 120
    with pytest.raises(ValidationError, match="这笔账已经冲销"):
        reverse_line(line=line, reason="重复", by=october.office.user)


def test_the_plan_goes_through_its_steps_in_order(october):
    plan = save_plan(term=october.term, text="劳务 80%", by=october.office.user)

    def step(kind):
        return record_step(plan=plan, kind=kind, day=TODAY, note="", by=october.office.user)

    with pytest.raises(ValidationError, match="前面还有一步"):
        step("4_sent_up")
    for kind in ("1_drafted", "3_committee", "2_teachers", "4_sent_up"):
        step(kind)
    with pytest.raises(ValidationError, match="这一步已经登记"):
        step("4_sent_up")
    with pytest.raises(ValidationError, match="方案已上报，不能再改"):
        save_plan(term=october.term, text="另一个", by=october.office.user)
    assert BankLine.objects.count() == 0


def test_a_refund_of_which_nothing_is_left_is_not_agreed_to(october):
    """A later charge used what was paid too much before the office decided."""
    pay(october, "20")
    refund = ask_refund(student=october.child, term=october.term, by=october.office.user)
    Entry.objects.create(
        student=october.child, term=october.term, kind="charge", amount=20, day=TODAY, by=october.office.user
    )
    with pytest.raises(ValidationError, match="没有可退的了"):
        decide_refund(refund=refund, approve=True, opinion="", by=october.office.user)
    refund.refresh_from_db()
    assert refund.status == "proposed"
    decide_refund(refund=refund, approve=False, opinion="已抵扣十月费用", by=october.office.user)
