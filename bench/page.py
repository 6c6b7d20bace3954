"""Requests a second of signed-in people's first pages, as a share of an empty view's; and while papers are printed."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

from bench import _school
from enrollment.group_papers import GROUP_LISTS
from school.services.printing import filled, print_now

ROLES = ("guardian", "homeroom_teacher", "service_office", "principal")
ROUNDS = 3
SECONDS = 2.0
PAPERS = 10


@contextmanager
def papers_being_printed() -> Iterator[list[int]]:
    """One paper after the other, as a worker prints them; gives the list of their pages, which grows."""
    arguments = GROUP_LISTS.sample("https://school.example/")
    if arguments is None:
        raise RuntimeError("the demonstration has no groups to print")
    sheet, done, made = filled(GROUP_LISTS, *arguments), threading.Event(), []

    def work() -> None:
        while not done.is_set():
            made.append(print_now(sheet).pages)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield made
    finally:
        done.set()
        worker.join()


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    cookies = {role: _school.session_cookie(_school.somebody(role)) for role in ROLES}
    with _school.gunicorn(os.environ | {"DJANGO_SETTINGS_MODULE": "bench._settings"}) as port:
        pages = {role: _school.final_path(port, "/", cookie) for role, cookie in cookies.items()}

        def rate(role: str, seconds: float = SECONDS) -> float:
            return _school.requests_per_second(port, pages[role], cookies[role], seconds=seconds)

        rates: dict[str, list[float]] = {role: [] for role in ROLES}
        empty: list[float] = []
        # In turns, so that whatever else the machine does falls on all alike.
        for _ in range(ROUNDS):
            empty.append(_school.requests_per_second(port, "/bench/empty", "", seconds=SECONDS))
            for role in ROLES:
                rates[role].append(rate(role))
        idle, printing, printed = [], [], 0
        while printed < PAPERS:
            idle.append(rate("guardian"))
            with papers_being_printed() as made:
                printing.append(rate("guardian"))
            printed += len(made)
    for role in ROLES:
        yield f"page.{role}.ratio", max(rates[role]) / max(empty), ">=", 0.05
    yield "page.printing.ratio", sum(printing) / sum(idle), ">=", 0.7
