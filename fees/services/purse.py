"""The account of the service by purpose (R031), and the recorded steps of the distribution plan (R035)."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.balances import account_balance
from fees.models import AccountLine, DistributionPlan, PlanStep
from fees.money import fen
from fees.repeats import ask_line, ask_voucher
from school.models import Term, User


@transaction.atomic
def record_line(
    *,
    term: Term,
    purpose: str,
    amount: Decimal,
    day: dt.date,
    document: str,
    note: str,
    by: User,
    another: bool = False,
) -> AccountLine:
    """Income or spending; `amount` is above zero. Spending more than the account holds is refused.

    Raises Asked for an equal line of that day and for a voucher entered already, unless it is `another` one.
    """
    amount, document = fen(amount), document.strip()
    if amount <= 0:
        raise ValidationError(_("An amount is more than zero."))
    if purpose not in AccountLine.Purpose.values:
        raise ValidationError(_("The money is for labour pay and service supplies only."))
    if not document:
        raise ValidationError(_("Enter the number of the voucher."))
    if day > timezone.localdate():
        raise ValidationError(_("The day of the payment is still to come."))
    Term.objects.select_for_update(of=["self"], no_key=True).get(pk=term.pk)
    spending = purpose in AccountLine.SPENDING
    if spending and amount > (held := account_balance(term)):
        raise ValidationError(
            _("The account holds %(held)s yuan, less than %(amount)s.") % {"held": held, "amount": amount}
        )
    signed = -amount if spending else amount
    if not another:
        ask_voucher(document)
        ask_line(term, purpose, signed, day)
    return AccountLine.objects.create(
        term=term,
        purpose=purpose,
        amount=signed,
        day=day,
        document=document,
        note=note.strip(),
        by=by,
    )


@transaction.atomic
def reverse_line(*, line: AccountLine, reason: str, by: User) -> AccountLine:
    # The term is locked, not the line: nobody may write to a line, and so lock it.
    Term.objects.select_for_update().get(pk=line.term_id)
    line = AccountLine.objects.select_related("term").get(pk=line.pk)
    if line.reverses_id or AccountLine.objects.filter(reverses=line).exists():
        raise ValidationError(_("This entry has been reversed already."))
    if not reason.strip():
        raise ValidationError(_("Say why the entry is reversed."))
    return AccountLine.objects.create(
        term=line.term,
        purpose=line.purpose,
        amount=-line.amount,
        day=timezone.localdate(),
        document=line.document,
        note=reason.strip(),
        reverses=line,
        by=by,
    )


@transaction.atomic
def save_plan(*, term: Term, text: str, by: User) -> DistributionPlan:
    """The plan's text may change until it is sent up."""
    plan, _made = DistributionPlan.objects.get_or_create(term=term, defaults={"text": text})
    if plan.text != text:
        if plan.steps.filter(kind__gte=PlanStep.Kind.SENT_UP).exists():
            raise ValidationError(_("The plan has been sent to the upper office and no longer changes."))
        plan.text = text
        plan.save()
    return plan


@transaction.atomic
def record_step(*, plan: DistributionPlan, kind: str, day: dt.date, note: str, by: User) -> PlanStep:
    """The steps are taken in their order; the two discussions may come in either."""
    plan = DistributionPlan.objects.select_for_update(of=["self"]).get(pk=plan.pk)
    done = set(plan.steps.values_list("kind", flat=True))
    if kind in done:
        raise ValidationError(_("This step has been recorded already."))
    before = [one for one in PlanStep.Kind.values if one < kind]
    if kind == PlanStep.Kind.COMMITTEE:
        before.remove(PlanStep.Kind.TEACHERS)
    if missing := next((one for one in before if one not in done), None):
        raise ValidationError(_("One step comes before: %s.") % PlanStep.Kind(missing).label)
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))
    return PlanStep.objects.create(plan=plan, kind=kind, day=day, note=note.strip(), by=by)
