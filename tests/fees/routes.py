"""The fees' rows of the table of routes (tests/test_routes.py): the office's and the principal's, families' own, no teacher's."""

import datetime as dt

from fees.models import AccountLine, BankFile, BankLine, Entry, FeeNotice, Refund, RefundRule, Waiver
from fees.services import make_charges, make_roster
from tests.conftest import TODAY

MONTH = TODAY.replace(day=1)
OFFICE, READERS = ["office"], ["office", "principal"]
NOT_READERS = ["mother", "homeroom", "academic"]
NOT_OFFICE = [*NOT_READERS, "principal"]


def add_rows(cast):
    """One of everything that a route names."""
    by = cast.office.user
    cast.charge_month = make_charges(first=MONTH, by=by)
    cast.charge = cast.charge_month.charges.get(student=cast.child)
    cast.other_charge = cast.charge_month.charges.get(student=cast.other_child)
    of_child = {"student": cast.child, "term": cast.term, "by": by}
    cast.fee_entry = Entry.objects.create(**of_child, kind="payment", amount=-5, day=TODAY, method="cash")
    cast.fee_refund = Refund.objects.create(student=cast.child, term=cast.term, kind="overpaid")
    cast.bank_file = BankFile.objects.create(name="a.xlsx", sha256="0" * 64, uploaded_by=by)
    cast.bank_line = BankLine.objects.create(
        file=cast.bank_file, number=2, paid_on=TODAY, amount=1, fingerprint="1", state="unknown"
    )
    cast.waiver = Waiver.objects.create(
        student=cast.child, starts_on=MONTH, ends_on=MONTH + dt.timedelta(days=30), asked_by=cast.mother.user
    )
    cast.waiver.evidence.save("1.png", _paper())
    cast.fee_notice = FeeNotice.objects.create(
        option=cast.option, mode="none", amount=0, applies_from=cast.term.starts_on
    )
    cast.refund_rule = RefundRule.objects.create(term=cast.term, kind="cancelled", percent=100)
    cast.account_line = AccountLine.objects.create(
        term=cast.term, purpose="grant", amount=9, day=TODAY, document="1", by=by
    )
    cast.roster = make_roster(first=MONTH, by=by)


def _paper():
    from django.core.files.base import ContentFile

    return ContentFile(b"\x89PNG\r\n\x1a\n")


TABLE = {
    "fees:charge_detail": (
        lambda c: [c.charge.pk],
        [*READERS, "mother", "father"],
        ["homeroom", "academic", "gate"],
    ),
    "fees:month_make": (lambda c: [f"{MONTH:%Y-%m}"], OFFICE, NOT_OFFICE),
    "fees:month_days": (lambda c: [f"{MONTH:%Y-%m}"], OFFICE, NOT_OFFICE),
    "fees:month_lock": (lambda c: [c.charge_month.pk], OFFICE, NOT_OFFICE),
    "fees:account_detail": (lambda c: [c.child.pk], READERS, NOT_READERS),
    "fees:payment_add": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "fees:refund_ask": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "fees:waiver_add": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "fees:entry_reverse": (lambda c: [c.fee_entry.pk], OFFICE, NOT_OFFICE),
    "fees:bank_detail": (lambda c: [c.bank_file.pk], OFFICE, NOT_OFFICE),
    "fees:bank_line": (lambda c: [c.bank_line.pk], OFFICE, NOT_OFFICE),
    "fees:waiver_detail": (lambda c: [c.waiver.pk], OFFICE, NOT_OFFICE),
    "fees:waiver_evidence": (lambda c: [c.waiver.pk], OFFICE, NOT_OFFICE),
    "fees:waiver_end": (lambda c: [c.waiver.pk], OFFICE, NOT_OFFICE),
    "fees:refund_detail": (lambda c: [c.fee_refund.pk], OFFICE, NOT_OFFICE),
    "fees:notice_add": (lambda c: ["option", c.option.pk], OFFICE, NOT_OFFICE),
    "fees:notice_edit": (lambda c: [c.fee_notice.pk], OFFICE, NOT_OFFICE),
    "fees:rule_edit": (lambda c: [c.refund_rule.pk], OFFICE, NOT_OFFICE),
    "fees:purse_reverse": (lambda c: [c.account_line.pk], OFFICE, NOT_OFFICE),
    "fees:roster_detail": (lambda c: [c.roster.pk], OFFICE, NOT_OFFICE),
    "fees:roster_compare": (lambda c: [c.roster.pk], OFFICE, NOT_OFFICE),
    "fees:roster_differences": (lambda c: [c.roster.pk], OFFICE, NOT_OFFICE),
    "fees:roster_sheet": (lambda c: [c.roster.pk, c.group.pk], OFFICE, NOT_OFFICE),
    "fees:family_statement": (lambda c: [c.child.pk], ["mother", "office"], ["homeroom", "academic", "gate"]),
    "fees:waiver_ask": (lambda c: [c.child.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
}

OTHERS = [
    ("fees:charge_detail", lambda c: [c.other_charge.pk], "mother"),
    ("fees:charge_detail", lambda c: [c.other_charge.pk], "teacher_parent"),
    ("fees:family_statement", lambda c: [c.child.pk], "other_mother"),
    ("fees:waiver_ask", lambda c: [c.child.pk], "other_mother"),
]

PAGES = [
    ("fees:overview", [], "office"),
    ("fees:charge_list", [], "office"),
    ("fees:account_list", [], "office"),
    ("fees:account_detail", ["child"], "office"),
    ("fees:payment_list", [], "office"),
    ("fees:bank_list", [], "office"),
    ("fees:waiver_list", [], "office"),
    ("fees:refund_list", [], "office"),
    ("fees:class_balance", [], "principal"),
    ("fees:purse", [], "office"),
    ("fees:notice_list", [], "office"),
    ("fees:roster_list", [], "office"),
    ("fees:family_fees", [], "mother"),
]


def more_rows(cast, child, n):
    """One more row in every list of the fees."""
    by = cast.office.user
    for student in (cast.child, child):
        of_child = {"student": student, "term": cast.term, "by": by, "day": TODAY}
        Entry.objects.create(**of_child, kind="payment", amount=-n, method="cash")
        Entry.objects.create(**of_child, kind="charge", amount=n)
    Refund.objects.create(student=child, term=cast.term, kind="overpaid")
    Waiver.objects.create(student=child, starts_on=MONTH, ends_on=MONTH + dt.timedelta(days=30), asked_by=by)
    AccountLine.objects.create(term=cast.term, purpose="grant", amount=9, day=TODAY, document="1", by=by)
    BankFile.objects.create(name=f"{n}.xlsx", sha256=f"{n}" * 64, uploaded_by=by)
    RefundRule.objects.create(term=cast.term, kind="cancelled", percent=n)
    make_charges(first=MONTH, by=by)
