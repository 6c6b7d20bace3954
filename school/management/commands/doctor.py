"""Lists what is wrong on this machine and how to fix it. Changes nothing; exit code 1 when something is wrong."""

import ctypes
import datetime as dt
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import redis
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone


class Fault(NamedTuple):
    what: str
    mend: str


POSTGRESQL, REDIS = 14, 6
OWNS = """
SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
FROM pg_roles WHERE rolname = current_user"""
ROOM = 1024**3
CLOCK_MAY_DIFFER = dt.timedelta(seconds=5)
# The published calendars begin with this year: an earlier clock was never set.
OLDEST_CLOCK = 2026
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
}


def packages() -> Iterator[Fault]:
    """Installed versions against the direct requirements."""
    wanted = (settings.BASE_DIR / "requirements.txt").read_text()
    for name, pinned in re.findall(r"^([\w-]+)(?:\[\w+\])?==(\S+)", wanted, re.MULTILINE):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "nothing"
        if found != pinned:
            mend = f"{sys.executable} -m pip install --require-hashes -r requirements.lock"
            yield Fault(f"{name} {pinned} is wanted, {found} is installed", mend)


def printing() -> Iterator[Fault]:
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            slow = "; papers take a hundred times as long without it" if "subset" in library else ""
            yield Fault(f"{library} cannot be loaded{slow}", f"apt-get install {package}")


def fonts() -> Iterator[Fault]:
    listed = ""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True).stdout
    if not listed.strip():
        yield Fault(
            "no Chinese font is installed: papers would show boxes", "apt-get install fontconfig fonts-noto-cjk"
        )


def folders() -> Iterator[Fault]:
    """Uploads hold children's data: only our own user may read them."""
    for name in (settings.VAR_DIR, settings.MEDIA_ROOT):
        folder = Path(name)
        if not folder.exists():
            continue  # made on first use
        if not os.access(folder, os.W_OK | os.X_OK):
            yield Fault(f"{folder} cannot be written", f"run as the user who owns it, or: chown -R $USER {folder}")
        elif folder.stat().st_mode & 0o007:
            yield Fault(f"{folder} is open to every user of this machine", f"chmod o= {folder}")


def disk() -> Iterator[Fault]:
    folder = Path(settings.VAR_DIR)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        yield Fault(f"{free // 2**20} MB are free at {folder}, less than 1 GB", "make room: old backups and logs first")


def database() -> Iterator[Fault]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Fault(f"the database does not answer ({str(error).splitlines()[0]})", "start it, and check DATABASE_URL")
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        found = int(cursor.fetchone()[0]) // 10_000
        cursor.execute(OWNS)
        owns = cursor.fetchone()[0]
        cursor.execute("SELECT current_setting('pgtrigger.ignore', true)")
        told = cursor.fetchone()[0]
    if found < POSTGRESQL:
        yield Fault(f"PostgreSQL {found} is too old", f"PostgreSQL {POSTGRESQL} or newer is needed")
    if told is None:
        yield Fault("the database does not say pgtrigger.ignore: large transactions take minutes", "deploy/rights")
    if owns:
        yield Fault(
            "the application's database role owns its tables, and could empty them",
            "deploy/rights (docs/installing.md)",
        )


def tables() -> Iterator[Fault]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Fault(
            f"the tables are behind by {len(plan)} migrations", "manage.py migrate (deploy/update backs up first)"
        )


def clock() -> Iterator[Fault]:
    now = timezone.now()
    if now.year < OLDEST_CLOCK:
        yield Fault(f"the clock says {now:%Y-%m-%d}", "set it, and let it follow the network: timedatectl set-ntp true")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - timezone.now())
    if apart > CLOCK_MAY_DIFFER:
        yield Fault(
            f"the database's clock differs by {apart.total_seconds():.0f} s", "timedatectl set-ntp true on both"
        )


def broker() -> Iterator[Fault]:
    try:
        found = str(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3).info("server")["redis_version"])
    except redis.RedisError as error:
        yield Fault(f"Redis does not answer ({error})", "start it, and check REDIS_URL")
        return
    if int(found.split(".")[0]) < REDIS:
        yield Fault(f"Redis {found} is too old", f"Redis {REDIS} or newer is needed")


def static_files() -> Iterator[Fault]:
    if not settings.DEBUG and not getattr(staticfiles_storage, "hashed_files", True):
        yield Fault("the static files are not collected: pages have no style", "manage.py collectstatic --noinput")


def port() -> Iterator[Fault]:
    """Whether the web server's port is ours, free, or taken by another program."""
    number = int(os.environ.get("PORT", "8000"))
    with socket.socket() as probe:
        probe.settimeout(3)
        if probe.connect_ex(("127.0.0.1", number)):
            return
        try:
            probe.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            answer = probe.recv(4096)
        except OSError:
            answer = b""
    if b'"database"' not in answer:
        yield Fault(f"port {number} is taken by another program", "end it, or start the office with --port")


CHECKS: dict[str, Callable[[], Iterator[Fault]]] = {
    "packages": packages,
    "libraries that print": printing,
    "fonts": fonts,
    "folders": folders,
    "disk": disk,
    "database": database,
    "tables": tables,
    "clock": clock,
    "Redis": broker,
    "static files": static_files,
    "port": port,
}


class Command(BaseCommand):
    help = "Say what is wrong on this machine, and how to mend it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for name, check in CHECKS.items():
            try:
                faults = list(check())
            except DatabaseError:
                self.stdout.write(f"?      {name}: not looked at, since the database does not answer")
                continue
            wrong += len(faults)
            if not faults:
                self.stdout.write(f"ok     {name}")
            for fault in faults:
                self.stdout.write(self.style.ERROR(f"WRONG  {name}: {fault.what}"))
                self.stdout.write(f"       mend: {fault.mend}")
        if wrong:
            sys.exit(1)
