"""A queue before the sign-in page: many parents arrive at once in the evening, and checking a password takes a tenth of a second.

While it is quiet everybody reads the form and signs in. In a crowd a page takes its visitor a place (by POST: looking costs
nobody a place), says how long it takes, and goes on by itself. Nobody sees an error, and signed-in people never wait.

Addresses take turns: one place of each in a round, in the order of arrival. Whoever asks for a thousand places stands
behind itself, and a school or a mobile carrier, many people behind one address, has no limit, only its turn.
The queue is in Redis, so that all processes serve one; web/sign_in_queue.lua is one visit to it.
"""

import ipaddress
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

COOKIE = "turn"
PATIENCE = 2  # s; a shorter wait is not shown
LONGEST = 60 * 60  # s; a queue has no more places than that
VALID = 15 * 60  # s: a turn lets in for this long …
TRIES = 5  # … and for so many passwords, so that a mistyped one does not queue again
KEYS = [f"sign-in-queue:{name}" for name in ("queue", "turns", "finish", "state")]

_visit = redis.Redis.from_url(settings.REDIS_URL).register_script(Path(__file__).with_suffix(".lua").read_text())


def now_ms() -> int:
    return int(time.time() * 1000)


@dataclass(frozen=True)
class Place:
    state: int
    """1: let in; 0: waits; -1: has no place."""
    before: int
    """Places before this one, or before a new one."""
    ticket: str

    @property
    def let_in(self) -> bool:
        return self.state == 1

    @property
    def seconds(self) -> int:
        return math.ceil((self.before + 1) / settings.SIGN_INS_PER_SECOND)


def visit(address: str, ticket: str, *, joins: bool) -> Place:
    """Looks at the place of a ticket. `joins` takes a new place where there is none, and counts a password that is checked."""
    rate = settings.SIGN_INS_PER_SECOND
    times = [now_ms(), rate, max(1, PATIENCE * rate), VALID * 1000, LONGEST * rate, TRIES]
    state, before, found = _visit(keys=KEYS, args=[*times, address, ticket, secrets.token_urlsafe(9), int(joins)])
    return Place(state, before, found.decode())


def address_of(request: HttpRequest) -> str:
    """An IPv6 network stands for all of its addresses: one household has billions of them."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))


class SignInQueueMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SIGN_INS_PER_SECOND or request.path not in (
            reverse("account_login"),
            reverse("school:activate"),
        ):
            return self.get_response(request)
        ticket, joins = self.ticket_of(request), request.method == "POST"
        place = visit(address_of(request), ticket, joins=joins)
        if joins and "place" in request.POST:
            response: HttpResponse = HttpResponseRedirect(request.get_full_path())
        elif place.let_in or (not joins and place.state < 0 and not place.before):
            response = self.get_response(request)
        else:
            response = self.queue_page(request, place)
        if place.ticket and place.ticket != ticket:
            response.set_signed_cookie(COOKIE, place.ticket, httponly=True, samesite="Lax", secure=request.is_secure())
        return response

    def ticket_of(self, request: HttpRequest) -> str:
        try:
            return request.get_signed_cookie(COOKIE) or ""
        except (KeyError, BadSignature):
            return ""

    def queue_page(self, request: HttpRequest, place: Place) -> HttpResponse:
        """Says how many people are ahead and the longest wait; the page goes on by itself."""
        context = {
            "place": place,
            "minutes": math.ceil(place.seconds / 60),
            "again": min(20, max(2, place.seconds)),
            "address": request.get_full_path(),
            "typed": request.method == "POST",
        }
        response = render(request, "school/queue.html", context)
        response["Cache-Control"] = "no-store"
        return response
