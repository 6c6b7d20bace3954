"""Money of the demonstration: prices with their notices, waivers, charged months, a bank's file, payments, refunds, the purse.

September is locked and paid; the last month that is over waits as a draft, so that everything from there on can be walked.
"""

import datetime as dt
import random
from decimal import Decimal

from django.db.models import Sum

from clubs.models import Club
from documents.workbooks import Column, Worksheet, write_workbook
from enrollment.models import Enrolment, ServiceOption
from fees.models import ChargeMonth, Entry, FeeSettings, Refund, RefundRule, Waiver
from fees.months import last_of, months_of
from fees.pay_codes import pay_code
from fees.services import (
    ask_refund,
    book_bank_file,
    compare_roster,
    decide_refund,
    decide_waiver,
    draft_notice,
    leave_out_days,
    lock_month,
    make_charges,
    open_days,
    pay_refund,
    plan_charges,
    propose_waivers,
    publish_notice,
    record_line,
    record_payment,
    settle_differences,
    upload_bank_file,
)
from school.models import SpecialGroup, SpecialGroupMembership, Student, Term, User
from web.playing import moment

WEEK = dt.timedelta(days=7)
PRICE = Decimal("6.00")
DOCUMENT = "示范发改〔2026〕8号"
AIDED, NOT_DECIDED = 12, 3
RECEIPTS_LEFT = 12
# Of a hundred families: this many pay by transfer, this many in cash, the others owe.
BY_BANK, IN_CASH = 90, 6


def price_care(option: ServiceOption, office: User) -> None:
    """The option costs by the day, with its published notice, before families sign."""
    option.fee_mode, option.fee_amount, option.half_under_half = ServiceOption.FeeMode.DAY, PRICE, False
    option.save()
    notice = draft_notice(option=option)
    notice.document_number = DOCUMENT
    publish_notice(notice=notice, by=office)


def collect_fees(term: Term, until: dt.date, office: User) -> None:
    """What the office did with money until a day: the months that were over by then, all but the last one locked and paid."""
    rng = random.Random("fees")  # noqa: S311  # the same school every time
    with moment(term.starts_on + WEEK, 10):
        for club in Club.objects.filter(term=term, materials_fee__gt=0).order_by("pk"):
            notice = draft_notice(club=club)
            notice.document_number = DOCUMENT
            publish_notice(notice=notice, by=office)
        RefundRule.objects.create(term=term, kind=RefundRule.Kind.CANCELLED, percent=100, document=DOCUMENT)
        waive(term, office, rng)
        record_line(
            term=term,
            purpose="grant",
            amount=Decimal(60000),
            day=term.starts_on,
            document="拨款〔2026〕12",
            note="",
            by=office,
        )
    over = [first for first in reversed(months_of(term, until)) if last_of(first) <= until]
    for first in over[:-1]:
        with moment(last_of(first) + dt.timedelta(days=3), 10):
            lock(charge(first, office), office)
        day = min(last_of(first) + dt.timedelta(days=12), max(until, last_of(first) + dt.timedelta(days=3)))
        with moment(day, 15):
            paid = pay(term, first, day, office, rng)
            if len(paid) > 1 and not Refund.objects.exists():
                give_back(term, paid[:2], day, office)
    if over:
        with moment(last_of(over[-1]) + dt.timedelta(days=1), 8):
            charge(over[-1], office)
    with moment(until, 11):  # these are on the list since this week, and wait to be decided
        add_to_list(SpecialGroup.objects.order_by("pk")[0], term, NOT_DECIDED, rng)
        propose_waivers(term=term, by=office)


def waive(term: Term, office: User, rng: random.Random) -> None:
    """Some children of the aid list pay nothing or half."""
    group = SpecialGroup.objects.order_by("pk")[0]
    FeeSettings.load().aid_groups.add(group)
    add_to_list(group, term, AIDED, rng)
    propose_waivers(term=term, by=office)
    for number, waiver in enumerate(Waiver.objects.filter(status=Waiver.Status.PROPOSED).order_by("pk")):
        share = Waiver.Share.HALF if number % 4 == 3 else Waiver.Share.FULL
        decide_waiver(waiver=waiver, grant=True, share=share, opinion="资助名单在册", by=office)


def add_to_list(group: SpecialGroup, term: Term, most: int, rng: random.Random) -> None:
    children = list(Enrolment.objects.filter(option__term=term).order_by("student").values_list("student", flat=True))
    for pk in rng.sample(children, min(most, len(children) // 20)):
        SpecialGroupMembership.objects.get_or_create(student_id=pk, group=group)


def charge(first: dt.date, office: User) -> ChargeMonth:
    """The draft of a month; days on which no roll was called count for nothing."""
    if days := list(open_days(plan_charges(first), first)):
        leave_out_days(days=days, reason="当日停课", by=office)
    return make_charges(first=first, by=office)


def lock(month: ChargeMonth, office: User) -> None:
    compare_roster(roster=month.roster)
    settle_differences(
        differences=list(month.roster.differences.filter(settled_at=None)),
        settlement="explained",
        note="已与班主任核对",
        by=office,
    )
    lock_month(month=month, by=office)


def pay(term: Term, first: dt.date, day: dt.date, office: User, rng: random.Random) -> list[Student]:
    """Most families transfer with the child's code, some bring cash, the others owe; gives the children paid for by transfer."""
    owed = Entry.objects.order_by().values_list("student").annotate(total=Sum("amount")).filter(total__gt=0)
    lines, cash = [], []
    for pk, amount in sorted(owed.values_list("student", "total")):
        lot = rng.randrange(100)
        if lot < BY_BANK:
            lines.append((pk, amount))
        elif lot < BY_BANK + IN_CASH:
            cash.append((pk, amount))
    children = Student.objects.in_bulk([pk for pk, _amount in lines + cash])
    book_bank_file(file=upload_statement(term, first, day, lines, children, office), term=term, by=office)
    for number, (pk, amount) in enumerate(cash, start=1):
        record_payment(
            student=children[pk],
            term=term,
            amount=amount,
            day=day,
            method=Entry.Method.CASH,
            receipt_number=f"SJ{first:%m}{number:04}",
            payer=f"{children[pk].name}家长",
            by=office,
        )
    write_receipts(first)
    spent = Decimal(1280)
    record_line(
        term=term,
        purpose="supplies",
        amount=spent,
        day=day,
        document=f"凭证{first:%Y%m}-01",
        note="活动耗材",
        by=office,
    )
    return [children[pk] for pk, _amount in lines]


def write_receipts(first: dt.date) -> None:
    """The numbers of the receipts for the month's transfers; the last ones are still to be written."""
    rows = list(Entry.objects.filter(kind=Entry.Kind.PAYMENT, receipt_number="").order_by("pk"))[:-RECEIPTS_LEFT]
    for number, entry in enumerate(rows, start=1001):
        entry.receipt_number = f"SJ{first:%m}{number:04}"
    Entry.objects.bulk_update(rows, ["receipt_number"], batch_size=500)


def upload_statement(term, first, day, lines, children, office):  # type: ignore[no-untyped-def]
    """The bank's workbook of a month: payments with the child's code, and one that nobody can be matched to."""
    heads = [Column("交易日期"), Column("收入金额"), Column("对方户名"), Column("附言"), Column("流水号")]
    rows = [
        (day, amount, f"{children[pk].name}家长", f"{pay_code(children[pk])} 课后服务费", f"{first:%Y%m}{number:06}")
        for number, (pk, amount) in enumerate(lines, start=1)
    ]
    rows.append((day, Decimal("120.00"), "无名氏", "托管费", f"{first:%Y%m}999999"))
    data = write_workbook([Worksheet("交易明细", heads, rows)])
    return upload_bank_file(name=f"对账单{first:%Y%m}.xlsx", data=data, term=term, by=office)


def pay_twice(term: Term, student: Student, day: dt.date, office: User) -> Refund:
    """A family pays more than it owes, and the office proposes to give it back."""
    record_payment(
        student=student,
        term=term,
        amount=Decimal("50.00"),
        day=day,
        method=Entry.Method.TRANSFER,
        payer=f"{student.name}家长",
        by=office,
    )
    return ask_refund(student=student, term=term, by=office)


def give_back(term: Term, students: list[Student], day: dt.date, office: User) -> None:
    """Of two families that paid twice one gets the second payment back; the other's refund waits."""
    refund, _waits = (pay_twice(term, student, day, office) for student in students)
    decide_refund(refund=refund, approve=True, opinion="重复缴费", by=office)
    voucher = f"TF{day:%Y%m%d}"
    pay_refund(refund=refund, method=Entry.Method.TRANSFER, day=day, voucher=voucher, by=office)
