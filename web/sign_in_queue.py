"""A queue before the sign-in page: many parents arrive at once in the evening, and checking a password takes a tenth of a second.

Every visitor reserves the next free moment. Those who have to wait longer than PATIENCE see a page that says how long, and
are let in at their moment. Nobody sees an error, and signed-in people never wait: sessions last a term.
The moments are one number in the shared cache, so all processes serve one queue.
"""

import math
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

KEY = "sign-in-queue"
COOKIE = "turn"
PATIENCE = 2_000  # ms; a shorter wait is not shown
LONGEST = 60 * 60_000  # ms
VALID = 15 * 60_000  # ms: a turn lets in for this long, so that a mistyped password does not queue again


def now_ms() -> int:
    return int(time.time() * 1000)


def next_moment() -> int:
    """Reserves the next free moment, in ms since the epoch; SIGN_INS_PER_SECOND of them make a second."""
    step = round(1000 / settings.SIGN_INS_PER_SECOND)
    now = now_ms()
    # A queue of more than an hour is none: the server's clock was ahead and has been put right.
    if not now <= int(cache.get(KEY) or 0) <= now + LONGEST:
        cache.set(KEY, now, timeout=3600)
    try:
        return cache.incr(KEY, step) - step
    except ValueError:  # the key expired between the two calls
        return now


class SignInQueueMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SIGN_INS_PER_SECOND or request.path not in (
            reverse("account_login"),
            reverse("school:activate"),
        ):
            return self.get_response(request)
        turn, now = self.turn_of(request), now_ms()
        fresh = turn is None or turn < now - VALID
        if turn is None or fresh:
            turn = next_moment()
        wait = turn - now
        response = self.get_response(request) if wait <= PATIENCE else self.queue_page(request, wait)
        if fresh:
            response.set_signed_cookie(COOKIE, str(turn), httponly=True, samesite="Lax", secure=request.is_secure())
        return response

    def turn_of(self, request: HttpRequest) -> int | None:
        try:
            return int(request.get_signed_cookie(COOKIE) or "")
        except (KeyError, BadSignature, ValueError):
            return None

    def queue_page(self, request: HttpRequest, wait: int) -> HttpResponse:
        """Shows how many people are ahead and the longest wait; the page reloads itself."""
        context = {
            "before": math.ceil(wait * settings.SIGN_INS_PER_SECOND / 1000),
            "minutes": math.ceil(wait / 60_000),
            "seconds": math.ceil(wait / 1000),
            "again": min(20, max(2, math.ceil(wait / 1000))),
            "address": request.get_full_path(),
        }
        response = render(request, "school/queue.html", context)
        response["Cache-Control"] = "no-store"
        return response
