"""Sums over accounts: a child's, a class's, a month's, a term's. Reads only."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.models import AccountLine, Charge, ChargeMonth, Entry, Refund, Waiver
from fees.money import ZERO
from fees.pay_codes import pay_code
from fees.prepaying import is_still_charged, still_charged
from school.models import Student, Term, User


def accounts_with_sums() -> Any:
    charged = Q(fee_entries__kind__in=["charge", "credit"])
    return (
        Student.objects.filter(fee_entries__isnull=False)
        .with_class(timezone.localdate())
        .annotate(
            owed=Sum("fee_entries__amount"),
            charged=Sum("fee_entries__amount", filter=charged, default=0),
            paid=Sum("fee_entries__amount", filter=~charged, default=0),
            still_charged=still_charged(),
        )
    )


def account_of(student: Student) -> dict[str, Any]:
    """What the office's page, the family's and the printed statement show of one child."""
    rows = student.fee_entries.select_related(
        "charge__option", "charge__club", "charge__month", "refund", "by", "reverses", "reversed_by"
    )
    entries: list[tuple[Entry, Decimal]] = []
    total = ZERO
    for entry in rows.order_by("day", "pk"):
        total += entry.amount
        entries.append((entry, total))
    drafts = Charge.objects.filter(student=student, month__locked_at=None).select_related("option", "club", "month")
    return {
        "student": student,
        "entries": entries[::-1],
        "balance": total,
        "is_prepaid": total < 0 and is_still_charged(student),
        "drafts": list(drafts),
        "pay_code": pay_code(student),
        "refunds": list(Refund.objects.filter(student=student).select_related("rule")),
    }


def family_accounts(children: list[Student], user: User) -> list[dict[str, Any]]:
    """Child by child: the balance, the charges, what was paid and given back, the waivers."""
    charges: dict[int, list[Charge]] = {child.pk: [] for child in children}
    rows = Charge.objects.filter(student__in=children).select_related("option", "club", "month")
    for charge in rows.order_by("-month__first", "pk"):
        charges[charge.student_id].append(charge)
    entries: dict[int, list[Entry]] = {child.pk: [] for child in children}
    for entry in Entry.objects.filter(student__in=children).select_related("reversed_by").order_by("-day", "-pk"):
        entries[entry.student_id].append(entry)
    waivers: dict[int, list[Waiver]] = {child.pk: [] for child in children}
    for waiver in Waiver.objects.visible_to(user).filter(student__in=children).order_by("-asked_at"):
        waivers[waiver.student_id].append(waiver)
    prepaying = set(
        Student.objects.filter(still_charged(), pk__in=[child.pk for child in children]).values_list("pk", flat=True)
    )
    return [
        {
            "child": child,
            "is_prepaid": child.pk in prepaying,
            "balance": sum((entry.amount for entry in entries[child.pk]), 0),
            "charges": charges[child.pk],
            "entries": [entry for entry in entries[child.pk] if entry.kind != Entry.Kind.CHARGE],
            "waivers": waivers[child.pk],
            "may_ask": not any(waiver.status in Waiver.OPEN for waiver in waivers[child.pk]),
            "pay_code": pay_code(child),
        }
        for child in children
    ]


def classes_with_sums(term: Term) -> list[dict[str, Any]]:
    charged = Q(fee_entries__kind__in=["charge", "credit"])
    of_term = Q(fee_entries__term=term)
    students = (
        Student.objects.filter(of_term)
        .with_class(timezone.localdate())
        .annotate(
            owed=Sum("fee_entries__amount", filter=of_term, default=ZERO),
            charged=Sum("fee_entries__amount", filter=of_term & charged, default=ZERO),
        )
        .order_by("-entry_year", "class_number")
    )
    rows: dict[str, dict[str, Any]] = {}
    for student in students:
        label = student.class_label or _("no class")
        row = rows.setdefault(
            label,
            {"label": label, "children": 0, "owing": 0, "charged": ZERO, "paid": ZERO, "owed": ZERO, "ahead": ZERO},
        )
        row["children"] += 1
        row["owing"] += student.owed > 0
        row["charged"] += student.charged
        row["owed"] += max(student.owed, ZERO)
        row["ahead"] += max(-student.owed, ZERO)
        row["paid"] += student.charged - student.owed
    return list(rows.values())


def month_rows(term: Term) -> Any:
    return (
        ChargeMonth.objects.filter(term=term)
        .annotate(
            n=Count("charges", distinct=True),
            due=Sum("charges__due", default=ZERO),
            waived=Sum("charges__waived", default=ZERO),
        )
        .order_by("-first")
    )


def term_sums(term: Term) -> dict[str, Any]:
    """Charged, received, owed (not set off against what others paid ahead), by how many, waived, and what the account holds."""
    entries = Entry.objects.filter(term=term)
    sums: dict[str, Any] = entries.aggregate(
        charged=Sum("amount", filter=Q(kind__in=["charge", "credit"]), default=ZERO)
    )
    balances = entries.order_by().values("student").annotate(t=Sum("amount"))
    sums |= balances.aggregate(owed=Sum("t", filter=Q(t__gt=0), default=ZERO))
    locked = Charge.objects.filter(month__term=term, month__locked_at__isnull=False)  # what is charged, not its draft
    waived = locked.aggregate(total=Sum("waived", default=ZERO), n=Count("student", filter=~Q(waived=0), distinct=True))
    return sums | {
        "received": (received := paid_in(term)),
        "given_back": received - fee_income(term),
        "owing": balances.filter(t__gt=0).count(),
        "waived": waived,
        "held": account_balance(term),
    }


def balance_of(student: Student) -> Decimal:
    """Positive: the family owes; negative: it has paid too much."""
    return student.fee_entries.balance()


MONEY = (Entry.Kind.PAYMENT, Entry.Kind.REFUND, Entry.Kind.REVERSAL)


def given_back(refunds: Sequence[Refund]) -> dict[int, Decimal | None]:
    """Key of a refund → what a rule gives back, what was paid out, or what there is to pay; None: all that is too much."""
    paid = Entry.objects.filter(refund__in=refunds, kind=Entry.Kind.REFUND).order_by()
    sums = dict(paid.values_list("refund").annotate(total=Sum("amount")))
    return {refund.pk: refund.credit or sums.get(refund.pk) or refund.amount for refund in refunds}


def paid_in(term: Term) -> Decimal:
    """What families paid in the term: the sum of the payments that were not reversed."""
    return -Entry.objects.receipts().filter(term=term).balance()


def fee_income(term: Term) -> Decimal:
    """What families paid in the term, less what was paid back and taken back."""
    total: Decimal | None = Entry.objects.filter(term=term, kind__in=MONEY).aggregate(t=Sum("amount"))["t"]
    return -(total or ZERO)


def by_purpose(term: Term) -> dict[str, Decimal]:
    """purpose → sum in yuan, spending below zero; every purpose is there."""
    sums = dict(AccountLine.objects.filter(term=term).order_by().values_list("purpose").annotate(total=Sum("amount")))
    return {purpose: sums.get(purpose, ZERO) for purpose in AccountLine.Purpose.values}


def account_balance(term: Term) -> Decimal:
    return fee_income(term) + sum(by_purpose(term).values(), ZERO)
