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
# Whether what is running only reads, for somebody who has changed nothing in the last seconds.
_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


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

    A form that is sent, a task and a command always ask `make`, and so does a browser's reading in the seconds after it has
    sent something.
    """
    return cached_briefly(key, make) if only_reads() else _make(key, make)


@contextmanager
def as_of_now() -> Iterator[None]:
    """What is read in here is what is so: for what a page writes before it is shown."""
    before = _only_reads.set(False)
    try:
        yield
    finally:
        _only_reads.reset(before)


def drawn_between_changes(
    request: HttpRequest, template: str, key: object, context: Callable[[], dict[str, Any]]
) -> SafeString:
    """The part of a page that is this person's, as HTML. No form stands in it: its token is one browser's."""

    def draw() -> SafeString:
        return mark_safe(render_to_string(template, context(), request))  # noqa: S308 - our template

    return cached_between_changes(f"{template}:{request.user.pk}:{key}:{get_language()}", draw)


def only_reads() -> bool:
    """Whether what is running may show what was so some seconds ago."""
    return bool(settings.BRIEF_CACHE_SECONDS) and _only_reads.get()


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
        before = _only_reads.set(reads and COOKIE not in request.COOKIES)
        try:
            response = self.get_response(request)
        finally:
            _only_reads.reset(before)
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
