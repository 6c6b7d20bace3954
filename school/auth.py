"""Signing in by phone number or staff number, through django-allauth."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.core.signing import BadSignature
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from school.access import WHOLE_SCHOOL, View
from school.models import Role, User
from web.cleaning import clean_phone, clean_text

logger = logging.getLogger(__name__)

# A working day, in seconds.
OFFICE_SESSION = 12 * 60 * 60
DEVICE_COOKIE = "device"
# A tablet of the staff room has several people.
DEVICE_USERS = 20


def find_user(login: str) -> User | None:
    """The user of a staff number or phone number as typed (full-width digits, spaces, +86 do not matter)."""
    name = login.strip()
    names = {name, name.upper()}
    query = Q(username__in=names)
    if phone := clean_phone(name):
        query |= Q(phone=phone)
    return User.objects.filter(query).order_by("pk").first()


class LoginNameBackend(AuthenticationBackend):
    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        user = find_user(username or "")
        if user is None:
            User().set_password(password)  # takes as long as a wrong password, so that names cannot be probed
            return None
        return user if self._check_password(user, password) else None

    def get_user(self, user_id: Any) -> User | None:
        """Loads the member of staff as well: every request checks their last day."""
        user = User.objects.select_related("staff").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """allauth would keep a user whom user_can_authenticate() refused, and sign in anybody who is still active."""

    def user_can_authenticate(self, user: Any) -> bool:
        """A member of staff cannot sign in after their last day."""
        staff = getattr(user, "staff", None)
        if staff is not None and staff.has_left(timezone.localdate()):
            return hasattr(user, "guardian") and super().user_can_authenticate(user)
        return bool(super().user_can_authenticate(user))


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for the account however its login is written, whatever Host the request names.

        A device that has signed in to the account before has a count of its own: strangers do not lock its owner out.
        """
        login = str(credentials.get("username", ""))
        user = find_user(login)
        whom = f"user:{user.pk}" if user else f"login:{clean_phone(login) or clean_text(login).upper()[:64]}"
        device = device_of(request)
        return f"{whom}:{device.code}" if user and device and user.pk in device.users else whom

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        shown = [one["method"] for one in get_authentication_records(request, user)]
        logger.info("Signed in: user %s from %s by %s", user.pk, self.get_client_ip(request), "+".join(shown) or "code")

    def logout(self, request: HttpRequest) -> None:
        logger.info("Signed out: user %s", request.user.pk)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Logged with the account, never with what was typed: some people type their password there."""
        user = find_user(str(credentials.get("username", "")))
        logger.warning("Sign-in failed: user %s from %s", user.pk if user else "-", self.get_client_ip(request))

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Who has a second factor shows it again; a password alone, which may have been reset, does not do."""
        methods: list[dict] = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] == "mfa_reauthenticate"] or methods


@dataclass(frozen=True)
class Device:
    """A browser, and the accounts that have signed in with it."""

    code: str
    users: tuple[int, ...] = ()


def device_cookie() -> str:
    return f"{settings.COOKIE_PREFIX}{DEVICE_COOKIE}"


def device_of(request: HttpRequest) -> Device | None:
    try:
        code, *users = (request.get_signed_cookie(device_cookie(), salt=DEVICE_COOKIE) or "").split(".")
        return Device(code, tuple(int(pk) for pk in users)) if code else None
    except (KeyError, BadSignature, ValueError):
        return None


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """This browser has signed in to the account: it keeps that for a year, in a signed cookie that names nobody to others."""
    device = device_of(request) or Device(secrets.token_urlsafe(12))
    if request.user.pk not in device.users:
        users = (request.user.pk, *device.users)[:DEVICE_USERS]
        value = ".".join([device.code, *map(str, users)])
        response.set_signed_cookie(
            device_cookie(),
            value,
            salt=DEVICE_COOKIE,
            max_age=365 * 24 * 60 * 60,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def limit_session(request: HttpRequest, user: User) -> None:
    """Families stay signed in for a term; people who see the whole school, or administer, sign in again each day."""
    if (user.has_role(*WHOLE_SCHOOL) or user.is_superuser) and request.session.get_expiry_age() > OFFICE_SESSION:
        request.session.set_expiry(OFFICE_SESSION)


def needs_second_factor(user: User) -> bool:
    return user.is_superuser or Role.objects.filter(second_factor=True, code__in=user.role_codes).exists()


def asks_again(view: View) -> View:
    """Before a change by which others could be taken over: the second factor (else the password) is shown again.

    Not within the minutes of ACCOUNT_REAUTHENTICATION_TIMEOUT. What was sent is carried out afterwards.
    """
    asked: View = reauthentication_required(
        view, allow_get=True, app="school", enabled=lambda request: settings.SECOND_FACTOR_REQUIRED
    )
    return asked


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session, not only this account, has shown it."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


@receiver(authenticator_added)
def remember_second_factor(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """Setting it up asks for a code of it: the session has shown it with that."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, method="mfa", type=authenticator.type)
