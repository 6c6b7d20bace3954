"""Requires a second factor of roles that see many children; shows a page for addresses that only accept POST."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from school.models import Role

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
        user = request.user
        if not user.is_authenticated or request.path.startswith(OPEN_PATHS):
            return False
        strict = Role.objects.filter(second_factor=True, code__in=user.role_codes).exists() or user.is_superuser
        return strict and not is_mfa_enabled(user, ["totp"])


class NotAllowedMiddleware:
    """Answers a GET of a POST-only address with a page that explains it, instead of an empty 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content and self.is_read(request):
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def is_read(self, request: HttpRequest) -> bool:
        """Whether a person in a browser reads the answer."""
        asks_page = "text/html" in request.headers.get("Accept", "")
        return request.method == "GET" and asks_page and not request.headers.get("HX-Request")
