"""The second factor of roles that see many children, by session; a page for addresses that only accept POST."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from school.auth import has_shown_second_factor, limit_session, needs_second_factor

OPEN_PATHS = ("/accounts/", "/static/", "/i18n/", "/healthz", "/board/")


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.path.startswith(OPEN_PATHS):
            if settings.SECOND_FACTOR_REQUIRED and needs_second_factor(request.user):
                if not is_mfa_enabled(request.user, ["totp"]):
                    messages.warning(request, _("Your role sees many children: set up the second factor first."))
                    return redirect("mfa_activate_totp")
                if not has_shown_second_factor(request):
                    return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        response = self.get_response(request)
        if request.user.is_authenticated:
            # However the session began, and whatever roles were added since.
            limit_session(request, request.user)
        return response


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
