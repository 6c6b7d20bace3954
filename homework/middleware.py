"""Middleware: the board's page cache, and the page for a missing cap rule.

The board is cached for visitors who are not signed in: a whole school reads the same page on one evening. Only pages that
their view has marked (`homework.views.board.fresh`) are cached: they carry no token, no message and no name.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_request

from homework.rulebook import NoCap

PREFIX = "/board/"
MOST = 200
PARAMETERS = frozenset({"day", "grade", "page", "still"})


@dataclass(frozen=True)
class CachedPage:
    until: float
    body: bytes
    headers: dict[str, str]


class BoardMiddleware:
    """Runs before sessions and authentication; its entries are at most BRIEF_CACHE_SECONDS old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: dict[str, CachedPage] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        anonymous = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if not (
            anonymous and request.method == "GET" and request.path.startswith(PREFIX) and settings.BRIEF_CACHE_SECONDS
        ):
            return self.get_response(request)
        if not PARAMETERS.issuperset(request.GET):
            return self.get_response(request)  # invented addresses must not evict entries
        key = f"{get_language_from_request(request)} {request.get_host()} {request.get_full_path()}"
        page = self.pages.get(key)
        if page is None or page.until < time.monotonic():
            tag = request.META.pop("HTTP_IF_NONE_MATCH", None)  # cache whole pages only, never a 304
            response = self.get_response(request)
            if response.status_code != 200 or not getattr(response, "for_everybody", False):
                return response
            page = self._keep(key, response)
            if tag:
                request.META["HTTP_IF_NONE_MATCH"] = tag
        response = HttpResponse(page.body, headers=page.headers)
        return get_conditional_response(request, etag=page.headers.get("ETag"), response=response) or response

    def _keep(self, key: str, response: HttpResponse) -> CachedPage:
        if len(self.pages) >= MOST:
            self.pages.pop(next(iter(self.pages)), None)  # the oldest entry
        wanted = ("Content-Type", "ETag", "Cache-Control", "Vary", "Content-Language", "X-Frame-Options", "Refresh")
        headers = {name: response[name] for name in wanted if name in response}
        headers["Content-Length"] = str(len(response.content))
        page = self.pages[key] = CachedPage(time.monotonic() + settings.BRIEF_CACHE_SECONDS, response.content, headers)
        return page


class NoCapMiddleware:
    """Shows a sentence instead of an error where no rule gives the cap of a day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NoCap):
            return None
        return render(request, "homework/no_cap.html", {"sentence": error.messages[0]}, status=409)
