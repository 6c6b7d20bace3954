"""The second factor of roles that see many children, by session; a page for addresses that only accept POST."""

import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from school.auth import has_shown_second_factor, limit_session, needs_second_factor, remember_device

logger = logging.getLogger(__name__)
PUBLIC_PATHS = (
    "/static/",
    "/i18n/",
    "/healthz",
    "/board/",
    "/robots.txt",
    "/favicon.ico",
    "/.well-known/",
    "/offline",
    "/manifest.webmanifest",
)


class SignedInMiddleware:
    """What holds for everybody who is signed in: the second factor, the session's end by role, the known device, and that
    no page or file stays in the browser: Back shows nobody's child after signing out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC_PATHS):
            return self.get_response(request)
        response = self.first_shows_factor(request) or self.get_response(request)
        if request.user.is_authenticated:
            # However the session began, and whatever roles were added since.
            limit_session(request, request.user)
            remember_device(request, response)
            response.headers.setdefault("Cache-Control", "private, no-store")
            if response.status_code in (403, 429):
                logger.warning("Refused (%d): user %s, %s", response.status_code, request.user.pk, request.path)
        return response

    def first_shows_factor(self, request: HttpRequest) -> HttpResponse | None:
        """The way to the page where the second factor is set up, or shown in this session; None where nothing is missing."""
        user = request.user
        if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated or request.path.startswith("/accounts/"):
            return None
        if not needs_second_factor(user) or has_shown_second_factor(request):
            return None
        if is_mfa_enabled(user, ["totp"]):
            return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        messages.warning(request, _("Your role sees many children: set up the second factor first."))
        return redirect("mfa_activate_totp")


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
