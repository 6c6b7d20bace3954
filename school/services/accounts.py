"""One-time codes and the accounts that they activate."""

import logging

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from school.models import (
    ActivationCode,
    Guardian,
    Guardianship,
    Role,
    Staff,
    Student,
    User,
)
from school.rows import homeroom_children

logger = logging.getLogger(__name__)

# Who issues codes for everybody.
ISSUES_ALL = ("service_office", "academic_office")


@transaction.atomic
def issue_codes(*, guardians: list[Guardian] | None = None, staff: list[Staff] | None = None, by: User) -> dict:
    """New one-time codes, {adult: code}; those handed out before work until one of them is used. Shown once, never stored."""
    adults: list[Guardian | Staff] = [*(guardians or []), *(staff or [])]
    expires_at = timezone.now() + ActivationCode.lifetime()
    codes = {adult: ActivationCode.new_code() for adult in adults}
    ActivationCode.objects.bulk_create(
        ActivationCode(
            guardian=adult if isinstance(adult, Guardian) else None,
            staff=adult if isinstance(adult, Staff) else None,
            digest=ActivationCode.digest_of(code),
            issued_by=by,
            expires_at=expires_at,
        )
        for adult, code in codes.items()
    )
    return codes


@transaction.atomic
def activate(*, code: str, password: str) -> User | None:
    """Turns a one-time code into a login, or sets a new password where the adult has one already.

    A teacher who is a parent has one login for both. A family's letter does not open it: the children are added to it,
    its password stays, and the answer is None. Raises ValidationError by field for a code that is wrong, used or old, and
    for a password that is easy to guess.
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
            {"code": _("This code is wrong, used or too old. Ask the homeroom teacher or the office for a new one.")}
        )
    user = adult.user or _user_of_same_adult(adult) or User(username=_username(adult), name=adult.name)
    keeps_password = isinstance(adult, Guardian) and not may_reset(activation.issued_by, user)
    if not keeps_password:
        user.phone = adult.phone or user.phone
        if isinstance(adult, Staff):
            user.username = adult.number
        user.save()
    if adult.user_id != user.pk:
        adult.user = user
        adult.save()
    if not keeps_password:
        set_password(user, password)
    _use(activation)
    return None if keeps_password else user


def may_reset(issuer: User | None, login: User) -> bool:
    """Whether a code that a guardian got sets the password of this login, which may hold other roles as well.

    Never that of a colleague, who gets one as a colleague; that of a member of the committee only if the office issued it.
    """
    if is_colleague(login) or login.is_superuser:
        return False
    is_only_guardian = login.pk is None or login.role_codes <= {Role.Code.GUARDIAN}
    return is_only_guardian or (issuer is not None and issuer.has_role(*ISSUES_ALL))


def forget_second_factor(*, staff: Staff, by: User) -> None:
    """A colleague's phone is lost, and the recovery codes with it: the next sign-in sets the factor up again.

    The password stays what it was. Nobody does that for himself, and only a superuser for a superuser.
    """
    user = staff.user
    if user is None or user == by or (user.is_superuser and not by.is_superuser):
        raise ValidationError(_("Somebody else of the office does this for you."))
    Authenticator.objects.filter(user=user).delete()
    logger.warning("Second factor of user %s forgotten by user %s", user.pk, by.pk)


def set_password(user: User, password: str) -> None:
    """Raises ValidationError for one that is too short, common, or a fact of the adult's own."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    user.save()


def _use(activation: ActivationCode) -> None:
    """The code is used; the adult's other open codes stop working with it."""
    now = timezone.now()
    activation.used_at = now
    activation.save()
    others = ActivationCode.objects.filter(guardian=activation.guardian, staff=activation.staff, used_at=None)
    others.filter(expires_at__gt=now).update(expires_at=now)


def is_colleague(user: User | None) -> bool:
    """Whether this login is one of a member of staff who has not left."""
    staff = getattr(user, "staff", None)
    return staff is not None and not staff.has_left(timezone.localdate())


def _username(adult: Guardian | Staff) -> str:
    return adult.number if isinstance(adult, Staff) else adult.phone


def _user_of_same_adult(adult: Guardian | Staff) -> User | None:
    """The login that the same person (same phone, same name) has in the other capacity."""
    return User.objects.filter(phone=adult.phone, name=adult.name).first() if adult.phone else None


def codes_issuable_by(user: User) -> dict[str, QuerySet]:
    """The adults for whom this person may issue codes: everybody for the office, her own children's guardians for a homeroom
    teacher. A guardian who signs in as a colleague gets a code as a colleague only.
    """
    colleagues = Staff.objects.active(timezone.localdate()).exclude(user=None).values("user")
    guardians = Guardian.objects.filter(contact_only=False).exclude(user__in=colleagues)
    if user.has_role(*ISSUES_ALL):
        return {"guardians": guardians, "staff": Staff.objects.all()}
    # Not all the children she sees: those of other classes whom she only looks after today are excluded.
    children = Student.objects.filter(homeroom_children(user))
    adults = Guardianship.objects.filter(student__in=children, barred=False).values("guardian")
    return {"guardians": guardians.filter(pk__in=adults), "staff": Staff.objects.none()}
