"""What looks like a second entry of the same: an equal payment of a day, the number of a document that stands elsewhere."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from fees.models import AccountLine, Entry
from school.models import Student, Term
from web.asking import Asked


def equal_payments(days: set[dt.date]) -> set[tuple[int | None, Decimal, dt.date]]:
    """(child, amount, day) of the payments of those days that were noted by hand and not reversed."""
    rows = Entry.objects.receipts().filter(day__in=days, bank_line=None)
    return {(student, -amount, day) for student, amount, day in rows.values_list("student", "amount", "day")}


def ask_payment(student: Student, amount: Decimal, day: dt.date) -> None:
    """Asks where the child has an equal payment of that day, by hand or from the bank."""
    if Entry.objects.receipts().filter(student=student, amount=-amount, day=day).exists():
        facts = {"child": student.name, "amount": amount, "day": day}
        raise Asked(
            _("A payment of %(amount)s yuan on %(day)s is noted for %(child)s already. Is this another one?") % facts
        )


def ask_receipt(student: Student, number: str) -> None:
    """Asks where the receipt stands on another child's account: one receipt may be for brothers and sisters."""
    other = Entry.objects.receipts().filter(receipt_number=number).exclude(student=student)
    if found := other.select_related("student").first():
        facts = {"number": number, "child": found.student.name}
        raise Asked(_("Receipt %(number)s stands on the account of %(child)s. Is it for this child as well?") % facts)


def ask_line(term: Term, purpose: str, amount: Decimal, day: dt.date) -> None:
    """Asks where the account has an equal line of that day."""
    lines = AccountLine.objects.filter(term=term, purpose=purpose, amount=amount, day=day)
    if lines.filter(reverses=None, reversed_by=None).exists():
        facts = {"purpose": AccountLine.Purpose(purpose).label, "amount": abs(amount), "day": day}
        raise Asked(_("%(purpose)s: %(amount)s yuan on %(day)s is entered already. Is this another one?") % facts)


def ask_voucher(number: str) -> None:
    """Asks where the voucher's number was used, by the account's lines or for a refund that was paid out."""
    line = AccountLine.objects.filter(document=number, reverses=None, reversed_by=None).first()
    paid = Entry.objects.filter(kind=Entry.Kind.REFUND, note=number, reversed_by=None).first()
    if used := line or paid:
        facts = {"number": number, "amount": abs(used.amount), "day": used.day}
        raise Asked(
            _("Voucher %(number)s is entered already: %(amount)s yuan on %(day)s. Is this another one on it?") % facts
        )
