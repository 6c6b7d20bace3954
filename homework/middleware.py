"""The board for those who are not signed in, from the process: a whole school reads the same page on one evening.

Only pages that their view has marked (`homework.views.board.fresh`): they carry no token, no message and no name.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language_from_request

PREFIX = "/board/"
MOST = 200


@dataclass(frozen=True)
class Kept:
    until: float
    body: bytes
    headers: dict[str, str]


class BoardMiddleware:
    """Stands before sessions and people are looked for; what it keeps is KEPT_SECONDS old at the most."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: dict[str, Kept] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        anonymous = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if not (anonymous and request.method == "GET" and request.path.startswith(PREFIX) and settings.KEPT_SECONDS):
            return self.get_response(request)
        key = f"{get_language_from_request(request)} {request.get_host()} {request.get_full_path()}"
        page = self.pages.get(key)
        if page is None or page.until < time.monotonic():
            tag = request.META.pop("HTTP_IF_NONE_MATCH", None)  # what is kept is a whole page, never «not modified»
            response = self.get_response(request)
            if response.status_code != 200 or not getattr(response, "for_everybody", False):
                return response
            page = self._keep(key, response)
            if tag:
                request.META["HTTP_IF_NONE_MATCH"] = tag
        if (known := page.headers.get("ETag")) and known == request.META.get("HTTP_IF_NONE_MATCH"):
            return HttpResponseNotModified(headers={"ETag": known})
        return HttpResponse(page.body, headers=page.headers)

    def _keep(self, key: str, response: HttpResponse) -> Kept:
        if len(self.pages) >= MOST:
            self.pages.clear()
        wanted = ("Content-Type", "ETag", "Cache-Control", "Vary", "Content-Language")
        headers = {name: response[name] for name in wanted if name in response}
        headers["Content-Length"] = str(len(response.content))
        page = self.pages[key] = Kept(time.monotonic() + settings.KEPT_SECONDS, response.content, headers)
        return page
