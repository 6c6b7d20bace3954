"""Refunds: proposed by the school's published rules and F4, approved, paid out."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Enrolment
from fees.models import Charge, Entry, Refund, RefundRule
from fees.money import ZERO, share_of
from fees.months import add_months, last_of
from fees.prepaying import still_charged
from fees.repeats import ask_voucher
from fees.services.ledger import lock_account
from school.models import SchoolDay, Student, Term, User
from school.services import days_made_up

OPEN = (Refund.Status.PROPOSED, Refund.Status.APPROVED)


def refund_of(amount: Decimal, percent: int, part: int = 1, whole: int = 1) -> Decimal:
    """`percent` of `part`/`whole` of an amount; never more than the amount."""
    return min(amount, share_of(amount, part * percent, whole * 100))


@transaction.atomic
def propose_refunds(*, term: Term, by: User) -> int:
    """Adds what the rules of the term give back and nobody proposed yet; returns how many."""
    refunds = [*_left_early(term), *_not_held(term), *_overpaid(term)]
    before = Refund.objects.filter(term=term).count()
    Refund.objects.bulk_create(refunds, ignore_conflicts=True)
    return Refund.objects.filter(term=term).count() - before


def _rules(term: Term, kind: str, option: int | None) -> list[RefundRule]:
    """Rules for an option, its own before those for all, the largest share first."""
    rows = RefundRule.objects.filter(Q(option=option) | Q(option=None), term=term, kind=kind)
    return sorted(rows, key=lambda rule: (rule.option_id is None, -rule.percent))


def _left_early(term: Term) -> list[Refund]:
    """A child left for good within a rule's time from its first day: a share of the fee by the term."""
    places: dict[tuple[int, int | None], list[Enrolment]] = defaultdict(list)
    rows = Enrolment.objects.filter(option__term=term, option__fee_mode="term").select_related("option")
    for row in rows.order_by("starts_on"):
        places[row.student_id, row.option_id].append(row)
    charges = {
        (c.student_id, c.option_id): c
        for c in Charge.objects.filter(month__term=term, mode="term", due__gt=0, entry__isnull=False)
    }
    found = []
    for key, charge in charges.items():
        own = places.get(key, [])
        last = own[-1].ends_on if own else None
        if last is None or last >= min(own[-1].option.ends_on, timezone.localdate()):
            continue
        first = own[0].starts_on
        rule = next((r for r in _rules(term, RefundRule.Kind.LEFT_WITHIN, key[1]) if last <= limit(r, first)), None)
        if rule:
            due = charged_for(charge)
            facts = {"from": first.isoformat(), "to": last.isoformat(), "percent": rule.percent, "of": str(due)}
            found.append(_refund(charge, Refund.Kind.LEFT, rule, refund_of(due, rule.percent), facts, term))
    return [refund for refund in found if refund.credit > 0]


def charged_for(charge: Charge) -> Decimal:
    """What the family is charged for the same child, service and month now: the charge with its later corrections."""
    same = Charge.objects.filter(student=charge.student_id, option=charge.option_id, club=charge.club_id)
    posted = same.filter(for_month=charge.for_month, entry__isnull=False)
    return posted.aggregate(due=Sum("due"))["due"] or ZERO


def follow_corrections(refund: Refund) -> None:
    """A refund by rule is a share of what is charged on the day of its approval: a waiver may have come since.

    Raises ValidationError where nothing is left to give back.
    """
    if refund.charge is None or "of" not in refund.facts:
        return
    due = charged_for(refund.charge)
    if due == Decimal(refund.facts["of"]):
        return
    days = (len(refund.facts["days"]), refund.facts["of_days"]) if "days" in refund.facts else ()
    credit = refund_of(due, refund.facts["percent"], *days)
    if credit <= 0:
        raise ValidationError(
            _(
                "The charge behind it has been corrected to %s yuan since: nothing is left to give back. Refuse the refund."
            )
            % due
        )
    refund.credit, refund.facts = credit, refund.facts | {"of": str(due)}


def limit(rule: RefundRule, first: dt.date) -> dt.date:
    """The last day on which a child that began on `first` may leave and still come under the rule."""
    n = rule.within or 0
    if rule.unit == RefundRule.Unit.DAYS:
        return first + dt.timedelta(days=n - 1)
    return add_months(first, n) - dt.timedelta(days=1)


def _not_held(term: Term) -> list[Refund]:
    """Days of the school's own closure in a month that was charged by the month: their share goes back."""
    closures = SchoolDay.objects.of_term(term).filter(kind=SchoolDay.Kind.CLOSURE)
    made_up = days_made_up(term)
    days = [day for day in closures.values_list("day", flat=True) if day not in made_up]
    if not days or not RefundRule.objects.filter(term=term, kind=RefundRule.Kind.CANCELLED).exists():
        return []
    places: dict[tuple[int, int | None], list[Enrolment]] = defaultdict(list)
    for row in Enrolment.objects.filter(option__term=term):
        places[row.student_id, row.option_id].append(row)
    charges = Charge.objects.filter(month__term=term, mode="month", due__gt=0, entry__isnull=False)
    keys = ("student", "option", "for_month")
    posted = Charge.objects.filter(month__term=term, entry__isnull=False).order_by().values_list(*keys)
    corrected = {(student, option, month): due for student, option, month, due in posted.annotate(total=Sum("due"))}
    found = []
    for charge in charges.exclude(facts__has_key="correction"):
        in_month = [day for day in days if charge.for_month <= day <= last_of(charge.for_month)]
        missed = {
            day
            for day in in_month
            for row in places.get((charge.student_id, charge.option_id), [])
            if row.holds_on(day) and day.isoweekday() in row.weekdays
        }
        rules = _rules(term, RefundRule.Kind.CANCELLED, charge.option_id)
        if missed and rules:
            whole = len(missed) + int(charge.facts.get("own_days", 0))
            due = corrected.get((charge.student_id, charge.option_id, charge.for_month), charge.due)
            credit = refund_of(due, rules[0].percent, len(missed), whole)
            facts = {"days": sorted(day.isoformat() for day in missed), "of_days": whole, "percent": rules[0].percent}
            facts["of"] = str(due)
            found.append(_refund(charge, Refund.Kind.CANCELLED, rules[0], credit, facts, term))
    return [refund for refund in found if refund.credit > 0]


def _refund(charge: Charge, kind: str, rule: RefundRule, credit: Decimal, facts: dict, term: Term) -> Refund:
    return Refund(
        student_id=charge.student_id, term=term, kind=kind, rule=rule, charge=charge, credit=credit, facts=facts
    )


def _overpaid(term: Term) -> list[Refund]:
    """F4: families that paid too much and whose child no longer takes part, nor has days that are still to be charged."""
    running = Enrolment.objects.filter(option__term=term).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    )
    prepaid = Student.objects.filter(still_charged())
    accounts = Entry.objects.filter(term=term).exclude(student__in=running.values("student")).order_by()
    under_way = set(Refund.objects.filter(status__in=OPEN).values_list("student", flat=True))
    owed = (
        accounts.exclude(student__in=prepaid.values("pk"))
        .values("student")
        .annotate(total=Sum("amount"))
        .filter(total__lt=0)
    )
    students = [row["student"] for row in owed if row["student"] not in under_way]
    return [Refund(student_id=pk, term=term, kind=Refund.Kind.OVERPAID) for pk in students]


@transaction.atomic
def ask_refund(*, student: Student, term: Term, by: User, amount: Decimal | None = None) -> Refund:
    """The office gives back at once what a family has paid too much (F4), or a part of it."""
    lock_account(student)
    credit = -student.fee_entries.balance()
    if credit <= 0:
        raise ValidationError(_("%s has not paid too much.") % student.name)
    if Refund.objects.filter(student=student, kind=Refund.Kind.OVERPAID, status__in=OPEN).exists():
        raise ValidationError(_("A refund for this child is under way already."))
    if amount is not None and not 0 < amount <= credit:
        raise ValidationError(
            _("%(child)s has %(credit)s yuan to give back.") % {"child": student.name, "credit": credit}
        )
    return Refund.objects.create(student=student, term=term, kind=Refund.Kind.OVERPAID, amount=amount)


@transaction.atomic
def decide_refund(*, refund: Refund, approve: bool, opinion: str, by: User) -> Refund:
    """Approving a refund by rule takes its amount off what the family owes; paying out is the next step."""
    refund = _locked_refund(refund)
    if refund.status != Refund.Status.PROPOSED:
        raise ValidationError(_("This refund has been decided already."))
    if not approve and not opinion.strip():
        raise ValidationError(_("A refusal needs a reason the family can understand."))
    if approve:
        follow_corrections(refund)
        if not refund.credit and not payable(refund):
            raise ValidationError(
                _("Nothing is left to give back: later charges have used what the family had paid too much.")
            )
    refund.status = Refund.Status.APPROVED if approve else Refund.Status.DECLINED
    refund.opinion, refund.decided_by, refund.decided_at = opinion.strip(), by, timezone.now()
    refund.save()
    if approve and refund.credit:
        Entry.objects.create(
            student=refund.student,
            term=refund.term,
            kind=Entry.Kind.CREDIT,
            amount=-refund.credit,
            day=timezone.localdate(),
            refund=refund,
            by=by,
        )
    if approve and not payable(refund):
        # All of it was set off against what the family owes.
        refund.status = Refund.Status.PAID
        refund.save(update_fields=["status"])
    return refund


def payable(refund: Refund) -> Decimal:
    """What can be paid out: at most what the family has paid too much; the rest is set off against what it owes."""
    too_much = max(ZERO, -refund.student.fee_entries.balance())
    return min(too_much, refund.credit or refund.amount or too_much)


@transaction.atomic
def pay_refund(
    *,
    refund: Refund,
    method: str,
    day: dt.date,
    voucher: str,
    by: User,
    amount: Decimal | None = None,
    another: bool = False,
) -> Entry | None:
    """The money went back, all of it or `amount`; the rest stays on the account. None where all was set off against what
    the family owes. Raises Asked for a voucher entered already, unless this is `another` one.
    """
    refund = _locked_refund(refund)
    if refund.status != Refund.Status.APPROVED:
        raise ValidationError(_("Approve the refund first; one that is paid out is not paid again."))
    if day > timezone.localdate():
        raise ValidationError(_("The day of the payment is still to come."))
    most, voucher = payable(refund), voucher.strip()
    amount = most if amount is None else amount
    if not 0 <= amount <= most:
        raise ValidationError(_("At most %s yuan can be paid out.") % most)
    if amount and not another:
        ask_voucher(voucher)
    refund.status = Refund.Status.PAID
    refund.save(update_fields=["status"])
    if not amount:
        return None
    return Entry.objects.create(
        student=refund.student,
        term=refund.term,
        kind=Entry.Kind.REFUND,
        amount=amount,
        day=day,
        method=method,
        note=voucher,
        refund=refund,
        by=by,
    )


def _locked_refund(refund: Refund) -> Refund:
    locked = Refund.objects.select_for_update(of=["self"]).select_related("student", "term").get(pk=refund.pk)
    lock_account(locked.student)
    return locked
