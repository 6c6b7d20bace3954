"""Signing in by phone number or staff number, through django-allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from school.models import User
from web.cleaning import clean_phone


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
