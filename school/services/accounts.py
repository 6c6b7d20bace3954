"""One-time codes and the accounts that they activate."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from school.models import (
    ActivationCode,
    Guardian,
    Guardianship,
    Staff,
    Student,
    User,
)
from school.rows import homeroom_children


@transaction.atomic
def issue_codes(*, guardians: list[Guardian] | None = None, staff: list[Staff] | None = None, by: User) -> dict:
    """New one-time codes, {adult: code}; older open codes of the same adults stop working. Shown once, never stored."""
    adults: list[Guardian | Staff] = [*(guardians or []), *(staff or [])]
    now = timezone.now()
    open_codes = ActivationCode.objects.filter(used_at=None, expires_at__gt=now)
    open_codes.filter(guardian__in=guardians or []).update(expires_at=now)
    open_codes.filter(staff__in=staff or []).update(expires_at=now)
    codes = {adult: ActivationCode.new_code() for adult in adults}
    ActivationCode.objects.bulk_create(
        ActivationCode(
            guardian=adult if isinstance(adult, Guardian) else None,
            staff=adult if isinstance(adult, Staff) else None,
            digest=ActivationCode.digest_of(code),
            issued_by=by,
            expires_at=now + ActivationCode.lifetime(),
        )
        for adult, code in codes.items()
    )
    return codes


@transaction.atomic
def activate(*, code: str, password: str) -> User:
    """Turns a one-time code into a login, or sets a new password where the adult has one already.

    A teacher who is a parent has one login for both. Raises ValidationError for a code that is wrong, used or old.
    """
    activation = (
        ActivationCode.objects.select_for_update(of=["self"])
        .select_related("guardian__user", "staff__user")
        .filter(digest=ActivationCode.digest_of(code))
        .first()
    )
    adult = (activation.guardian or activation.staff) if activation else None
    if activation is None or adult is None or not activation.is_open:
        raise ValidationError(
            _("This code is wrong, used or too old. Ask the homeroom teacher or the office for a new one."), code="code"
        )
    user = adult.user or _user_of_same_adult(adult) or User(username=_username(adult), name=adult.name)
    user.phone = adult.phone or user.phone
    if isinstance(adult, Staff):
        user.username = adult.number
    user.set_password(password)
    user.save()
    if adult.user_id != user.pk:
        adult.user = user
        adult.save()
    activation.used_at = timezone.now()
    activation.save()
    return user


def _username(adult: Guardian | Staff) -> str:
    return adult.number if isinstance(adult, Staff) else adult.phone


def _user_of_same_adult(adult: Guardian | Staff) -> User | None:
    """The login that the same person (same phone, same name) has in the other capacity."""
    return User.objects.filter(phone=adult.phone, name=adult.name).first() if adult.phone else None


def codes_issuable_by(user: User) -> "dict[str, object]":
    """The adults for whom this person may issue codes: everybody for the office, her own children's guardians for a homeroom
    teacher.
    """
    if user.has_role("service_office", "academic_office"):
        return {"guardians": Guardian.objects.filter(contact_only=False), "staff": Staff.objects.all()}
    # Not all the children she sees: those of other classes whom she only looks after today are excluded.
    children = Student.objects.filter(homeroom_children(user))
    adults = Guardianship.objects.filter(student__in=children, barred=False).values("guardian")
    return {"guardians": Guardian.objects.filter(pk__in=adults, contact_only=False), "staff": Staff.objects.none()}
