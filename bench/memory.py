"""Memory of the whole stack, in MB of PSS: at rest, each process having drawn a chart and printed a page; after five hundred
requests of every role, papers and charts among them; and how many times as much after five hundred more.

The first five hundred open connections, compile templates and write on pages of memory that the web processes shared; what
grows after that is a leak.
"""

import http.client
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import cycle
from urllib.parse import urldefrag, urljoin

import psutil
import redis
from celery import Celery
from django.conf import settings
from lxml import etree, html

from bench import _school, _tasks
from school.models import Role

WEB_WORKERS = 2
REQUESTS = 500
# Among the requests, one in so many draws a chart that nobody has drawn before.
DRAWN_EVERY = 5
# Seconds: a paper's process goes when it has rested for twenty.
SETTLED = 25


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    port = _school.free_port()
    # Without the addresses script/start takes the embedded servers of the benchmarks' own office, and shares them.
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"DJANGO_SETTINGS_MODULE": "bench._settings"}
    command = [sys.executable, str(_school.ROOT / "script" / "start"), "--port", str(port)]
    office = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert office.stdout is not None
        for line in office.stdout:
            if "Ctrl-C" in line:
                break
        else:
            raise RuntimeError("script/start did not come up")
        draw_everywhere(port)
        time.sleep(SETTLED)
        rest = measure(psutil.Process(office.pid))
        used, later = (sizes_after_requests(office.pid, port) for _ in range(2))
    finally:
        office.terminate()
        office.wait(60)
    for name in sorted(rest):
        print(f"  {name}: {rest[name]:.0f} MB, {used[name]:.0f} MB, {later[name]:.0f} MB")
    yield "memory.rest", sum(rest.values()), "<=", 450
    yield "memory.used", sum(used.values()), "<=", 600
    yield "memory.growth", sum(later.values()) / sum(used.values()), "<=", 1.15


def sizes_after_requests(pid: int, port: int) -> dict[str, float]:
    look_round(port)
    time.sleep(SETTLED)
    return measure(psutil.Process(pid))


def look_round(port: int) -> None:
    """Each role follows the links that it sees, in turns."""
    seen = 0
    walks = []
    for role in Role.Code.values:
        with suppress(LookupError):  # the demonstration has nobody of this role
            walks.append(walk(port, _school.session_cookie(_school.somebody(role))))
    for number, one in enumerate(cycle(walks)):
        if number == REQUESTS:
            break
        if number % DRAWN_EVERY == 0:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/bench/draw", timeout=60).read()
            seen += 1
        else:
            seen += next(one) < 400
    if seen < REQUESTS * 0.9:
        raise RuntimeError(f"of {REQUESTS} requests only {seen} were answered well")


def walk(port: int, cookie: str) -> Iterator[int]:
    """Without end: asks for the next of the pages that were linked so far, gives the status of the answer."""
    pages = ["/"]
    number = 0
    while True:
        address = pages[number % len(pages)]
        number += 1
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status in (301, 302):
            pages.append(urljoin(address, answer.getheader("Location") or "/"))
        elif answer.headers.get_content_type() == "text/html" and body.strip():
            pages.extend(sorted(links(body, address) - set(pages)))
        yield answer.status


def links(body: bytes, address: str) -> set[str]:
    try:
        found = html.fromstring(body).xpath("//a/@href")
    except etree.ParserError:
        return set()
    joined = {urldefrag(urljoin(address, one)).url for one in found}
    return {one for one in joined if one.startswith("/") and not one.startswith(("//", "/accounts/logout", "/media"))}


def draw_everywhere(port: int) -> None:
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(_tasks.DRAWN)
    Celery(broker=settings.CELERY_BROKER_URL).send_task("bench.draw")
    deadline = time.monotonic() + 60
    while client.scard(_tasks.DRAWN) < WEB_WORKERS + 1:
        if time.monotonic() > deadline:
            raise RuntimeError("not every process has drawn")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/bench/draw", timeout=30) as answer:
            answer.read()


def measure(office: psutil.Process) -> dict[str, float]:
    """MB by kind of process: script/start and its children, and the keeper with both servers."""
    keepers = []
    for one in psutil.process_iter():
        with suppress(psutil.Error):  # somebody else's process may end while we look
            if "local.keeper" in one.cmdline() and our_var() in one.cmdline():
                keepers.append(one)
    sizes: dict[str, float] = {}
    for root in (office, *keepers):
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a zombie holds no memory
                name = kind(process.cmdline())
                sizes[name] = sizes.get(name, 0.0) + process.memory_full_info().pss / 2**20
    return sizes


def our_var() -> str:
    return os.environ["AFTERSCHOOL_VAR"]


def kind(command: list[str]) -> str:
    text = " ".join(command)
    for word in ("gunicorn", " worker", " beat", "redis-server", "postgres", "local.keeper"):
        if word in text:
            return word.strip()
    return "script/start"
