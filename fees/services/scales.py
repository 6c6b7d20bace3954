"""Publishes the scale of fees. Forbidden kinds are refused with their rule (S4, F1, F2, F3)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from enrollment.models import ServiceOption
from fees.models import FeeNotice
from school.models import PolicyRule, User

NOT_THE_SERVICE = (PolicyRule.Service.MORNING, PolicyRule.Service.NOON, PolicyRule.Service.EVENING)


def draft_notice(*, option: ServiceOption | None = None, club: Club | None = None) -> FeeNotice:
    """An unsaved notice with what the option (or the club's materials) says."""
    if option is not None:
        return FeeNotice(
            option=option,
            mode=option.fee_mode,
            amount=option.fee_amount,
            half_under_half=option.half_under_half,
            document_number=option.fee_document[:60],
            applies_from=option.starts_on,
        )
    if club is None:
        raise ValueError("a notice is for an option or for a club")
    return FeeNotice(
        kind=FeeNotice.Kind.COST,
        club=club,
        mode="term",
        amount=club.materials_fee,
        cost=club.materials_fee,
        applies_from=club.term.starts_on,
    )


def follow_option(notice: FeeNotice) -> FeeNotice:
    """A draft says what the option (or the club) costs now; unsaved."""
    if notice.option:
        option = notice.option
        notice.mode, notice.amount, notice.half_under_half = option.fee_mode, option.fee_amount, option.half_under_half
    elif notice.club:
        notice.amount = notice.club.materials_fee
    return notice


@transaction.atomic
def publish_notice(*, notice: FeeNotice, by: User) -> FeeNotice:
    """Posts the notice; from now on it may be charged, and never changes. Raises ValidationError with the rule broken."""
    if notice.published_at:
        raise ValidationError(_("This notice is published already."))
    check_notice(notice)
    notice.published_at, notice.published_by = timezone.now(), by
    notice.full_clean()
    notice.save()
    if notice.option:
        option = notice.option
        option.fee_published_at = notice.published_at
        option.fee_document = notice.document_number
        option.save(update_fields=["fee_published_at", "fee_document"])
    return notice


def check_notice(notice: FeeNotice) -> None:
    """S4: nothing but the service is charged as the service; F1: to the school only; F3: at cost."""
    option = notice.option
    if option and option.service in NOT_THE_SERVICE and notice.amount:
        _refuse(
            "S4", notice, _("Care before school, at noon or in the evening is not charged as after-school service.")
        )
    if notice.payee != FeeNotice.Payee.SCHOOL:
        _refuse(
            "F1",
            notice,
            _("Fees go to the school's account, not through the parents' committee or anybody else."),
        )
    if notice.kind == FeeNotice.Kind.COST and notice.cost != notice.amount:
        _refuse("F3", notice, _("What is collected for others is collected at cost: amount and cost are the same."))
    if option and not notice.says_price_of(option):
        raise ValidationError(_("Sign-up says another price. Make a new notice from the option."))
    if not notice.document_number.strip():
        raise ValidationError(_("Name the document that sets the fee."))
    _check_periods(notice)


def _check_periods(notice: FeeNotice) -> None:
    """Where the document prices by daily periods (R029), the price is that rate times the option's periods."""
    if notice.period_rate is None or notice.option is None:
        return
    n = notice.option.periods.count()
    if notice.period_rate * n != notice.amount:
        raise ValidationError(
            _("%(rate)s yuan × %(n)d periods are %(right)s yuan, not %(amount)s.")
            % {"rate": notice.period_rate, "n": n, "right": notice.period_rate * n, "amount": notice.amount}
        )


def _refuse(key: str, notice: FeeNotice, sentence: str) -> None:
    if rule := PolicyRule.objects.blocking(key, day=notice.applies_from):
        raise rule.refusal(sentence)
    if key == "F1":  # the database holds this one, whatever the school switches off
        raise ValidationError(sentence)
