"""A bank's Excel file: read with its own headings, matched to children, booked once."""

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.models import BankFile, BankLine, Entry
from fees.money import fen
from fees.pay_codes import codes_in
from fees.repeats import equal_payments
from fees.services.ledger import record_payment
from school.importing.containers import WorkbookRefused, tables_of
from school.importing.shapes import fold_heading
from school.importing.workbook import HEADER_WITHIN
from school.models import Guardianship, Student, Term, User
from web.cleaning import clean_date, clean_phone, clean_text

# What banks call their columns; of several that are there the first is read.
HEADINGS = {
    "day": ("交易日期", "入账日期", "记账日期", "日期", "交易时间"),
    "income": ("收入金额", "贷方金额", "贷方发生额", "收入", "贷方", "存入金额", "转入金额"),
    "signed": ("收入/支出金额", "收支金额"),
    "amount": ("交易金额", "金额", "发生额"),
    "direction": ("借贷标志", "借贷方向", "借/贷", "收/支", "收支", "收支标志", "收支类型", "收支方向", "方向"),
    "payer": ("对方户名", "付款人", "付款户名", "户名", "姓名"),
    "reference": ("附言", "摘要", "备注", "用途"),
    "phone": ("手机号", "手机号码", "电话"),
    "serial": ("流水号", "交易流水号", "凭证号", "交易序号"),
}
NEEDED = ("day", "payer")
AMOUNTS = ("income", "signed", "amount")
UNIT = re.compile(r"\((元|人民币|单位:元|cny|rmb)\)$")
# How a bank marks money that came in, and money that went out or does not count, in a column of directions.
CAME_IN = {"贷", "贷方", "收", "收入", "入", "转入", "存入", "入账", "来账", "C", "CR", "+"}
WENT_OUT = {"借", "借方", "支", "支出", "出", "转出", "支取", "出账", "往账", "D", "DR", "-", "/", "不计收支"}
NUMBER = re.compile(r"[GJL]\d{17}[\dX]", re.IGNORECASE)


@dataclass(frozen=True)
class Payment:
    number: int
    day: dt.date
    amount: Decimal
    payer: str
    reference: str
    phone: str
    serial: str


def read_bank_file(data: bytes) -> list[Payment]:
    """The file's incoming payments. Raises WorkbookRefused with a sentence for what cannot be read."""
    tables = tables_of(data)
    lines = list(enumerate(tables[0].rows, start=1)) if tables else []
    at, columns = _header(lines)
    _check_direction(lines, at, columns)
    payments = [one for number, cells in lines if number > at and (one := _payment(number, cells, columns))]
    if not payments:
        raise WorkbookRefused(_("The file has no incoming payments."))
    return payments


def _header(lines: list[tuple[int, list[Any]]]) -> tuple[int, dict[str, int]]:
    for number, cells in lines[:HEADER_WITHIN]:
        texts = [UNIT.sub("", fold_heading(value)) if isinstance(value, str) else "" for value in cells]
        columns = {
            field: texts.index(fold_heading(heading))
            for field, headings in HEADINGS.items()
            for heading in reversed(headings)
            if fold_heading(heading) in texts
        }
        if all(field in columns for field in NEEDED) and any(field in columns for field in AMOUNTS):
            return number, columns
    wanted = "、".join(HEADINGS[field][0] for field in ("day", "income", "payer"))
    raise WorkbookRefused(_("No row has the headings of a bank's file: %s.") % wanted)


def _check_direction(lines: list[tuple[int, list[Any]]], at: int, columns: dict[str, int]) -> None:
    """An amount without a sign says nothing of its direction: it needs a column for that, or amounts below zero beside it."""
    if columns.keys() & {"income", "signed", "direction"}:
        return
    column = columns["amount"]
    amounts = (_amount(cells[column]) for number, cells in lines if number > at and column < len(cells))
    if not any(amount is not None and amount < 0 for amount in amounts):
        raise WorkbookRefused(
            _(
                "The amounts do not say whether money came in or went out. "
                "Export the file with a column «收入金额» or «借贷标志»."
            )
        )


def _payment(number: int, cells: list[Any], columns: dict[str, int]) -> Payment | None:
    """None for an empty row, a sum below the table, or money that went out."""
    values = {field: cells[at] if at < len(cells) else None for field, at in columns.items()}
    day = clean_date(_day(values["day"]))
    if day is None and not clean_text(values["payer"]):
        return None
    kind = next(field for field in AMOUNTS if field in columns)
    if kind == "income" and not clean_text(values[kind]):
        return None
    amount = _amount(values[kind])
    if amount is None or day is None:
        raise WorkbookRefused(_("Row %d: day or amount cannot be read.") % number)
    if amount <= 0 or (kind == "amount" and "direction" in columns and not _came_in(number, values["direction"])):
        return None
    texts = {field: clean_text(values.get(field)) for field in ("payer", "reference", "serial")}
    return Payment(
        number,
        day,
        amount,
        texts["payer"][:60],
        texts["reference"][:200],
        clean_phone(values.get("phone")) or "",
        texts["serial"],
    )


def _came_in(number: int, value: Any) -> bool:
    direction = clean_text(value).upper()
    if direction not in CAME_IN | WENT_OUT:
        raise WorkbookRefused(
            _("Row %(row)d: «%(value)s» says neither in nor out.") % {"row": number, "value": direction}
        )
    return direction in CAME_IN


def _day(value: Any) -> Any:
    return value.split(" ")[0] if isinstance(value, str) else value


def _amount(value: Any) -> Decimal | None:
    text = clean_text(value).replace(",", "").removeprefix("¥").removeprefix("+").removesuffix("元")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return fen(amount) if amount.is_finite() and abs(amount) < 1_000_000 else None


def upload_bank_file(*, name: str, data: bytes, term: Term, by: User) -> BankFile:
    """Reads and matches the file; nothing is booked. The same file again gives the one uploaded first."""
    digest = hashlib.sha256(data).hexdigest()
    if known := BankFile.objects.filter(sha256=digest).first():
        return known
    payments = read_bank_file(data)
    lines = match(payments)
    try:
        with transaction.atomic():
            file = BankFile.objects.create(name=name[-200:], sha256=digest, uploaded_by=by)
            for line in lines:
                line.file = file
            BankLine.objects.bulk_create(lines)
    except IntegrityError:
        return BankFile.objects.get(sha256=digest)
    return file


def match(payments: list[Payment]) -> list[BankLine]:
    """A line for each payment with the child it is for, if exactly one fits: by code, number, name, phone; else the office
    is asked, as it is where an equal payment was noted by hand, or stands in an earlier line of the file.
    """
    people = _People()
    seen: Counter[str] = Counter()
    lines = []
    for payment in payments:
        print_ = _fingerprint(payment, seen)
        children, reason = people.who(payment)
        state = BankLine.State.UNKNOWN if not children else BankLine.State.AMBIGUOUS
        line = BankLine(
            number=payment.number,
            paid_on=payment.day,
            amount=payment.amount,
            payer=payment.payer,
            reference=payment.reference,
            phone=payment.phone,
            fingerprint=print_,
            state=BankLine.State.MATCHED if len(children) == 1 else state,
            reason=reason,
            student_id=children[0] if len(children) == 1 else None,
            candidates=children if len(children) > 1 else [],
        )
        lines.append(line)
    booked = set(
        BankLine.objects.filter(
            fingerprint__in=[line.fingerprint for line in lines], state=BankLine.State.BOOKED
        ).values_list("fingerprint", flat=True)
    )
    noted = equal_payments({line.paid_on for line in lines})
    for line in lines:
        if line.fingerprint in booked:
            line.state = BankLine.State.KNOWN
        elif (line.student_id, line.amount, line.paid_on) in noted:
            line.state, line.student_id, line.candidates = BankLine.State.NOTED, None, [line.student_id]
        elif line.student_id:
            noted.add((line.student_id, line.amount, line.paid_on))
    return lines


def _fingerprint(payment: Payment, seen: Counter[str]) -> str:
    """The same payment has the same one in every file; equal lines without a serial number are counted."""
    facts = payment.serial or f"{payment.payer}|{payment.reference}|{payment.phone}"
    text = f"{payment.day}|{payment.amount}|{facts}"
    seen[text] += 1
    return hashlib.sha256(f"{text}|{seen[text]}".encode()).hexdigest()


class _People:
    """Children and what they owe, read once a file."""

    def __init__(self) -> None:
        self.owed: dict[int, Decimal] = dict(
            Entry.objects.order_by()
            .values_list("student")
            .annotate(total=Sum("amount"))
            .values_list("student", "total")
        )
        self.by_number: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.known: set[int] = set()
        for pk, name, number in Student.objects.values_list("pk", "name", "number"):
            self.known.add(pk)
            self.by_name[name].append(pk)
            if number:
                self.by_number[number] = pk
        self.by_phone: dict[str, list[int]] = defaultdict(list)
        self.by_guardian: dict[str, list[int]] = defaultdict(list)
        for student, phone, name in Guardianship.objects.filter(barred=False).values_list(
            "student", "guardian__phone", "guardian__name"
        ):
            self.by_phone[phone].append(student)
            self.by_guardian[name].append(student)

    def who(self, payment: Payment) -> tuple[list[int], str]:
        """(children that fit, by what)."""
        text = f"{payment.reference} {payment.payer}"
        if codes := [code for code in codes_in(text) if code in self.known]:
            return codes, _("code of the child")
        if (number := NUMBER.search(text)) and number[0].upper() in self.by_number:
            return [self.by_number[number[0].upper()]], _("student number")
        words = set(re.split(r"[\s,，;；:：/_|()（）\-—+]+", text))
        named = sorted({pk for word in words for pk in self.by_name.get(word, [])})
        if named:
            return named, _("name of the child")
        if payment.phone and (children := self.by_phone.get(payment.phone)):
            return self._narrowed(sorted(set(children)), payment.amount), _("phone of a guardian")
        children = sorted(set(self.by_guardian.get(payment.payer, [])))
        return self._narrowed(children, payment.amount), _("name of a guardian") if children else ""

    def _narrowed(self, children: list[int], amount: Decimal) -> list[int]:
        """Several children: those that owe exactly this, if only one does."""
        if len(children) < 2:
            return children
        fitting = [pk for pk in children if self.owed.get(pk) == amount]
        return fitting if len(fitting) == 1 else children


@transaction.atomic
def assign_line(*, line: BankLine, student: Student | None, by: User) -> BankLine:
    """The office says whose payment it is, or that the line is not to be booked; after the others were booked as well."""
    file = BankFile.objects.select_for_update(of=["self"]).get(pk=line.file_id)
    line = BankLine.objects.get(pk=line.pk)
    if file.status == BankFile.Status.DISCARDED or line.state in BankLine.DONE:
        raise ValidationError(_("This payment has been booked already."))
    line.student = student
    line.state = BankLine.State.MATCHED if student else BankLine.State.UNKNOWN
    line.reason = _("chosen by %s") % by.name if student else ""
    line.save()
    return line


@transaction.atomic
def book_bank_file(*, file: BankFile, term: Term, by: User) -> int:
    """Books the matched lines; returns how many. Done twice, or by two at once, it books each once.

    A line whose child is found later is booked by doing it again.
    """
    file = BankFile.objects.select_for_update(of=["self"]).get(pk=file.pk)
    if file.status == BankFile.Status.DISCARDED:
        return 0
    booked = 0
    for line in file.lines.filter(state=BankLine.State.MATCHED).select_related("student"):
        if BankLine.objects.filter(fingerprint=line.fingerprint, state=BankLine.State.BOOKED).exists():
            line.state = BankLine.State.KNOWN
        elif line.student:
            record_payment(
                student=line.student,
                term=term,
                amount=line.amount,
                day=line.paid_on,
                method=Entry.Method.BANK,
                payer=line.payer,
                note=line.reference,
                bank_line=line,
                by=by,
                another=True,
            )
            line.state = BankLine.State.BOOKED
            booked += 1
        line.save(update_fields=["state"])
    file.status, file.booked_at = BankFile.Status.BOOKED, timezone.now()
    file.save()
    return booked
