"""What no page of ours sends: refused in one place, with a sentence, before any code of a view sees it."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)
# The largest number that any column of ours holds which an address names.
LARGEST = 2**31 - 1


class NonsenseMiddleware:
    """A NUL anywhere, a number in the path beyond every key, a value that the database refuses to hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return refused(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
            raise Http404
        return refused(request) if any("\0" in text for text in posted(request)) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Too long, out of range, a day after the last of all: a field that does not ask this itself. It is logged, so that
        it will.
        """
        if not isinstance(error, DataError | OverflowError):
            return None
        logger.warning("%s %s: %s", request.method, request.path, type(error.__cause__ or error).__name__)
        return refused(request)


def posted(request: HttpRequest) -> Iterator[str]:
    if request.method == "POST":
        for name, values in request.POST.lists():
            yield name
            yield from values


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "400.html", status=400)
