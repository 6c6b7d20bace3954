"""Letters of responsibility (减负责任书, R097): published by the academic office, signed by all teachers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import LetterSignature, ResponsibilityLetter
from school.models import Staff, User
from web.cleaning import same_name


@transaction.atomic
def publish_responsibility(*, letter: ResponsibilityLetter, by: User) -> ResponsibilityLetter:
    letter.published_at = timezone.now()
    letter.full_clean()
    letter.save()
    return letter


@transaction.atomic
def sign_responsibility(*, letter: ResponsibilityLetter, staff: Staff, name: str) -> LetterSignature:
    """Signs a published letter under one's own name; a second time changes nothing."""
    if letter.published_at is None:
        raise ValidationError(_("This letter is not published yet."))
    if not same_name(name, staff.name):
        raise ValidationError(_("Sign with your own full name: %s.") % staff.name)
    signature, _made = LetterSignature.objects.get_or_create(
        letter=letter, staff=staff, defaults={"name": name.strip(), "digest": letter.digest}
    )
    return signature


def unsigned(letter: ResponsibilityLetter) -> "list[Staff]":
    """Teachers of the school who have not signed yet, newcomers among them."""
    staff = Staff.objects.active(timezone.localdate()).filter(kind=Staff.Kind.EMPLOYEE)
    return list(staff.exclude(pk__in=letter.signatures.values("staff")).order_by("name_key", "pk"))
