"""Payments and reversals: entries are written once, a mistake is answered by another entry."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.models import BankLine, Entry, Refund
from fees.money import fen
from fees.repeats import ask_payment, ask_receipt
from school.models import Student, Term, User


def lock_account(student: Student) -> None:
    """Whoever pays out from a child's balance waits for the one before."""
    Student.objects.select_for_update(of=["self"], no_key=True).get(pk=student.pk)


@transaction.atomic
def record_payment(
    *,
    student: Student,
    term: Term,
    amount: Decimal,
    day: dt.date,
    method: str,
    by: User,
    receipt_number: str = "",
    payer: str = "",
    note: str = "",
    bank_line: BankLine | None = None,
    another: bool = False,
) -> Entry:
    """Money of a family came in. Raises ValidationError for nothing, for a day to come, for a receipt entered already.

    Raises Asked for an equal payment of that day and for a receipt of another child, unless it is `another` one.
    """
    amount = fen(amount)
    if amount <= 0:
        raise ValidationError(_("An amount is more than zero."))
    if day > timezone.localdate():
        raise ValidationError(_("The day of the payment is still to come."))
    lock_account(student)
    receipt_number = receipt_number.strip()
    _check_receipt(student, receipt_number, another)
    if not another:
        ask_payment(student, amount, day)
    return Entry.objects.create(
        student=student,
        term=term,
        kind=Entry.Kind.PAYMENT,
        amount=-amount,
        day=day,
        method=method,
        receipt_number=receipt_number,
        payer=payer.strip(),
        note=note.strip(),
        bank_line=bank_line,
        by=by,
    )


def _check_receipt(student: Student, number: str, another: bool) -> None:
    """One official receipt is one payment of a child; siblings may share a receipt, which is asked about."""
    if number and Entry.objects.receipts().filter(student=student, receipt_number=number).exists():
        raise ValidationError(_("Receipt %s is entered for this child already.") % number)
    if number and not another:
        ask_receipt(student, number)


@transaction.atomic
def set_receipt(*, entry: Entry, number: str, by: User, another: bool = False) -> Entry:
    """The official receipt was written after the money came; its number is entered once."""
    entry = Entry.objects.select_for_update(of=["self"]).select_related("student").get(pk=entry.pk)
    number = number.strip()
    if entry.kind != Entry.Kind.PAYMENT or not number:
        raise ValidationError(_("Enter the number of the receipt."))
    if entry.receipt_number:
        raise ValidationError(_("The number of the receipt is entered already: %s.") % entry.receipt_number)
    _check_receipt(entry.student, number, another)
    entry.receipt_number = number
    entry.save(update_fields=["receipt_number"])
    return entry


@transaction.atomic
def reverse_entry(*, entry: Entry, reason: str, by: User) -> Entry:
    """Takes a payment or a paid refund back by an entry of the opposite amount, with the reason."""
    entry = Entry.objects.select_for_update(of=["self"]).select_related("student", "term").get(pk=entry.pk)
    if entry.kind in (Entry.Kind.CHARGE, Entry.Kind.REVERSAL, Entry.Kind.CREDIT):
        raise ValidationError(
            _("This entry follows from its facts; correct the roll call, the place or the waiver instead.")
        )
    if not reason.strip():
        raise ValidationError(_("Say why the entry is reversed."))
    lock_account(entry.student)
    if Entry.objects.filter(reverses=entry).exists():
        raise ValidationError(_("This entry has been reversed already."))
    if entry.refund_id:
        Refund.objects.filter(pk=entry.refund_id).update(status=Refund.Status.APPROVED)
    return Entry.objects.create(
        student=entry.student,
        term=entry.term,
        kind=Entry.Kind.REVERSAL,
        amount=-entry.amount,
        day=timezone.localdate(),
        note=reason.strip(),
        reverses=entry,
        by=by,
    )
