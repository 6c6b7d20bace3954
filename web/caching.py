"""A cache in the process's memory, for a few seconds, of what changes seldom and every page asks for.

An evening of sign-up asks the same five questions ten thousand times. A value is read-only, the same for everybody who
gives the same key, and at most BRIEF_CACHE_SECONDS old: a role that ends or a rule that changes takes that long to be
noticed. Rows that must be true when something is written are never cached.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

T = TypeVar("T")
MOST = 20_000
SAFE_METHODS = ("GET", "HEAD")
COOKIE = f"{settings.COOKIE_PREFIX}changed"
_values: dict[str, tuple[float, Any]] = {}
# What a request that only reads has asked for; None while something may be written.
_asked: ContextVar[dict[str, Any] | None] = ContextVar("asked", default=None)
# Whether the reader has sent something in the last seconds.
_has_sent: ContextVar[bool] = ContextVar("has_sent", default=False)


def cached_briefly(key: str, make: Callable[[], T]) -> T:
    """The value that `make` returned last for this key, or returns now."""
    now = time.monotonic()
    found = _values.get(key)
    if found is not None and found[0] > now:
        value: T = found[1]
        return value
    return _make(key, make)


def cached_between_changes(key: str, make: Callable[[], T]) -> T:
    """The same for what people change: a page that is read may be some seconds behind others' work, never behind one's own.

    A form that is sent, a task and a command always ask `make`. A browser that has sent something in the last seconds asks once
    a page.
    """
    if only_reads():
        return cached_briefly(key, make)
    asked = _asked.get()
    if asked is None:
        return _make(key, make)
    if key not in asked:
        asked[key] = _make(key, make)
    value: T = asked[key]
    return value


@contextmanager
def as_of_now() -> Iterator[None]:
    """What is read in here is what is so: for what a page writes before it is shown."""
    before = _asked.set(None)
    try:
        yield
    finally:
        _asked.reset(before)


def drawn_between_changes(
    request: HttpRequest, template: str, key: object, context: Callable[[], dict[str, Any]]
) -> SafeString:
    """The part of a page that is this person's, as HTML. No form stands in it: its token is one browser's."""

    def draw() -> SafeString:
        return mark_safe(render_to_string(template, context(), request))  # noqa: S308 - our template

    return cached_between_changes(f"{template}:{request.user.pk}:{key}:{get_language()}", draw)


def only_reads() -> bool:
    """Whether what is running may show what was so some seconds ago."""
    return bool(settings.BRIEF_CACHE_SECONDS) and _asked.get() is not None and not _has_sent.get()


def _make(key: str, make: Callable[[], T]) -> T:
    value = make()
    if settings.BRIEF_CACHE_SECONDS:
        if len(_values) >= MOST:
            _values.clear()
        _values[key] = (time.monotonic() + settings.BRIEF_CACHE_SECONDS, value)
    return value


def forget(key: str) -> None:
    """Drop a value in this process at once; other processes notice after BRIEF_CACHE_SECONDS."""
    _values.pop(key, None)


class OwnChangesMiddleware:
    """Marks requests that only read; whoever has just sent a form carries a cookie, and reads what is so now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in SAFE_METHODS
        asked, has_sent = _asked.set({} if reads else None), _has_sent.set(COOKIE in request.COOKIES)
        try:
            response = self.get_response(request)
        finally:
            _asked.reset(asked)
            _has_sent.reset(has_sent)
        if not reads and settings.BRIEF_CACHE_SECONDS and settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.set_cookie(
                COOKIE,
                "1",
                max_age=settings.BRIEF_CACHE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
