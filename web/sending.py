"""A form that is sent twice does its work once: by two presses, by the Back button, by a network that sends again.

Each form carries a key of its own beside the CSRF token; the tag `csrf_token` writes both. The cache remembers for a day which
keys are used up and where that led. A key is used up by an answer that leads on (a redirect) and says no error; a form that is
shown again keeps its key. What htmx sends is let through: such a part sets what is, and each answer brings new keys.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.messages import constants
from django.contrib.messages.storage.session import SessionStorage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

FIELD = "form_key"
COOKIE = "sent"
LENGTH = 22
DAY = 24 * 3600
RUNNING = 90  # seconds; no request takes longer (afterschool/gunicorn.py)
PATIENCE = 20  # seconds that a second sending waits for the first
Earlier = tuple[str, str]
"""What was sent, as a digest, and the address that it led to; both empty while the first sending is worked on."""


def new_key() -> str:
    return get_random_string(LENGTH)


class Messages(SessionStorage):
    """Django's storage; it marks the request in which an error was said, for then nothing was done."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        super().add(level, message, extra_tags)
        if level >= constants.ERROR:
            self.request.said_error = True  # type: ignore[attr-defined]


class SentOnceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if not key:
            return self.get_response(request)
        # Neither the key nor the person is kept: the name and the digest lead back to nobody's answer.
        name = f"sent:{salted_hmac('web.sending', f'{request.user.pk}:{key}', algorithm='sha256').hexdigest()}"
        content = digest(request, key)
        earlier = claim(name)
        return self.first(request, name, content) if earlier is None else again(request, earlier, content)

    def first(self, request: HttpRequest, name: str, content: str) -> HttpResponse:
        led_to = ""
        try:
            response = self.get_response(request)
            if response.status_code in (302, 303) and not getattr(request, "said_error", False):
                led_to = response["Location"]
                say_done(request, response, request.POST[FIELD])
        finally:
            if led_to:
                cache.set(name, (content, led_to), DAY)
            else:
                cache.delete(name)
        return response


def say_done(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Tells the browser which draft is over (static/js/keep.js); not on the way to signing in: nothing was done yet."""
    if not response["Location"].startswith("/accounts/"):
        name = f"{settings.COOKIE_PREFIX}{COOKIE}"
        keys = [*request.COOKIES.get(name, "").split(".")[-4:], key]
        response.set_cookie(name, ".".join(filter(None, keys)), max_age=DAY, samesite="Lax", secure=request.is_secure())


def key_of(request: HttpRequest) -> str:
    """The key of the form that is sent; empty where there is none, or where it holds a password, which is never kept."""
    if request.method != "POST" or request.headers.get("HX-Request"):
        return ""
    key = request.POST.get(FIELD, "")
    return "" if len(key) != LENGTH or any("password" in name for name in request.POST) else key


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form with all their values, without the two that each page writes anew."""
    pages_own = ("csrfmiddlewaretoken", FIELD)
    return [(name, value) for name, values in request.POST.lists() if name not in pages_own for value in values]


def digest(request: HttpRequest, key: str) -> str:
    files = [(name, file.name, file.size) for name, files in request.FILES.lists() for file in files]
    text = repr((request.get_full_path(), sent_fields(request), files))
    return salted_hmac(key, text, algorithm="sha256").hexdigest()


def claim(name: str) -> Earlier | None:
    """None for the first sending, which others now wait for; else what came of the earlier one."""
    until = time.monotonic() + PATIENCE
    while not cache.add(name, ("", ""), RUNNING):
        earlier: Earlier | None = cache.get(name)
        if earlier and (earlier[1] or time.monotonic() > until):
            return earlier
        time.sleep(0.05)
    return None


def again(request: HttpRequest, earlier: Earlier, content: str) -> HttpResponse:
    """The first sending's result. Where something else was typed meanwhile, nothing of it is lost: the person says what to do."""
    content_before, led_to = earlier
    if led_to and content == content_before:
        messages.info(
            request, _("This form was sent before, so nothing was done a second time. Here is how things stand.")
        )
        response = redirect(led_to)
        say_done(request, response, request.POST[FIELD])
        return response
    context = {"led_to": led_to, "fields": sent_fields(request), "has_files": bool(request.FILES)}
    return render(request, "components/sent_before.html", context, status=409)
