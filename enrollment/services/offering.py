"""Opening a term's sign-up: the letter is published, the option gets its window."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import AgreementTemplate, Letter, ServiceOption
from school.models import PolicyRule, User
from school.models.calendar import Weekday


@transaction.atomic
def publish_letter(*, letter: Letter, by: User) -> Letter:
    """Refused while one of the eight facts is missing (R006)."""
    if missing := letter.missing_facts():
        raise ValidationError(_("The letter does not say: %s.") % "、".join(missing))
    letter.published_at = timezone.now()
    letter.save()
    return letter


@transaction.atomic
def open_sign_up(*, option: ServiceOption, opens_at: dt.datetime, closes_at: dt.datetime, by: User) -> ServiceOption:
    """Opens the option to families. Refused without a published letter and published agreement texts, or against S3, S4."""
    check_option(option)
    if option.letter is None or option.letter.published_at is None:
        raise ValidationError(_("Publish the letter to parents first: families are informed before they choose."))
    needed = {AgreementTemplate.Kind.SERVICE, AgreementTemplate.Kind.PICK_UP}
    there = set(AgreementTemplate.objects.filter(published_at__isnull=False).values_list("kind", flat=True))
    if missing := needed - there:
        names = "、".join(str(AgreementTemplate.Kind(kind).label) for kind in sorted(missing))
        raise ValidationError(_("Publish the text of this first: %s.") % names)
    option.opens_at, option.closes_at = opens_at, closes_at
    if option.fee_amount and option.fee_published_at is None:
        option.fee_published_at = timezone.now()  # the letter that is open now carries the fee (F2)
    option.full_clean()
    option.save()
    return option


def check_option(option: ServiceOption) -> None:
    """S3: only on teaching days; S4: other services are not charged as after-school care."""
    day = option.starts_on
    if set(option.weekdays) & {Weekday.SATURDAY, Weekday.SUNDAY}:
        rule = PolicyRule.objects.blocking("S3", day=day)
        if rule:
            raise rule.refusal(_("The service is held on teaching days only, Monday to Friday."))
    not_the_service = (PolicyRule.Service.MORNING, PolicyRule.Service.NOON, PolicyRule.Service.EVENING)
    if option.service in not_the_service and option.fee_amount:
        rule = PolicyRule.objects.blocking("S4", day=day)
        if rule:
            raise rule.refusal(
                _("Care before school, at noon or in the evening is not charged as after-school service.")
            )
