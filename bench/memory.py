"""Memory of the whole stack at rest, in MB of PSS, after each process has drawn a chart and printed a page."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from contextlib import suppress

import psutil
import redis
from celery import Celery
from django.conf import settings

from bench import _school, _tasks

WEB_WORKERS = 2
REST = 5.0


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
        time.sleep(REST)
        sizes = measure(psutil.Process(office.pid))
    finally:
        office.terminate()
        office.wait(60)
    for name, megabytes in sorted(sizes.items()):
        print(f"  {name} {megabytes:.0f} MB")
    yield "memory.pss", sum(sizes.values()), "<=", 500


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
