"""A role that sees many children sets up a second factor before it sees any."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

OPEN_PATHS = ("/accounts/", "/static/", "/i18n/", "/healthz", "/board/")


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and self.is_missing(request):
            messages.warning(request, _("Your role sees many children: set up the second factor first."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def is_missing(self, request: HttpRequest) -> bool:
        from school.models import Role

        user = request.user
        if not user.is_authenticated or request.path.startswith(OPEN_PATHS):
            return False
        strict = Role.objects.filter(second_factor=True, code__in=user.role_codes).exists() or user.is_superuser
        return strict and not is_mfa_enabled(user, ["totp"])
