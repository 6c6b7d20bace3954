"""The whole office on this machine: embedded servers, web, worker and beat, watched until Ctrl-C."""

import argparse
import ctypes
import errno
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from local.embedded import is_kept, make_folder, own_servers_wanted, servers
from local.manage import command_line, mark_migrated, migration_files
from local.office import ROOT, Refused, plain_refusals, say, var_folder
from local.prepare import fingerprint, is_stamped

READY_WITHIN = 90
LOOK_EVERY = 0.5
# A part that ends more often than this within a minute is not started again.
FALLS = 3
PR_SET_PDEATHSIG = 1
# Else each thread keeps an arena of freed memory to itself.
FRUGAL = {"MALLOC_ARENA_MAX": "1"}


@dataclass
class Part:
    """A process of the office, its log, and when it fell."""

    name: str
    command: list[str]
    log: Path
    falls: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self, environment: dict[str, str]) -> None:
        library = ctypes.CDLL(None)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone, and the order of stopping is ours
                preexec_fn=lambda: library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
            )

    def signal(self, number: int) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number) if number == signal.SIGKILL else self.process.send_signal(number)


def parts_for(host: str, port: int, log: Path) -> list[Part]:
    """The web server, one Celery worker, the clock of scheduled reports."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["-m", "gunicorn", "-c", "afterschool/gunicorn.py", "--bind", bind]
    celery = ["-m", "celery", "--skip-checks", "-A", "afterschool"]
    # Threads: one process instead of two, and it still answers /healthz while it makes a report.
    worker = [*celery, "worker", "--pool", "threads", "--concurrency", "1", "--loglevel", "INFO"]
    worker += ["--without-mingle", "--without-gossip"]
    worker += ["--hostname", f"office-{port}@%h"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile="]
    commands = {"web": web, "worker": worker, "beat": beat}
    return [Part(name, [sys.executable, *command], log / f"{name}.log") for name, command in commands.items()]


def refuse_busy_port(host: str, port: int) -> None:
    """Gunicorn shares its port with its own workers, and so would join a stranger's silently: look first."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 8000
            raise Refused(
                f"Port {port} is in use by another program. Choose another one: script/start --port {other}"
            ) from None
        if error.errno == errno.EACCES:
            raise Refused(f"Port {port} is reserved for root. Choose one above 1023, such as --port 8000.") from None
        raise Refused(f"{host}:{port} cannot be listened on ({error.strerror}).") from None


@contextmanager
def only_start(var: Path, address: str) -> Iterator[None]:
    """Refuse a second script/start of the same office."""
    make_folder(var)
    with (var / "started").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refused(
                f"This office already runs at {lock.read().strip()}. For another one name another folder in AFTERSCHOOL_VAR."
            ) from None
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def static_files() -> list[str]:
    """Names, sizes and times of what collectstatic gathers; contents would take longer to read than to copy."""
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    files += [ROOT / "package-lock.json", ROOT / "requirements.txt", ROOT / "afterschool" / "npm.py"]
    return [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in sorted(files)]


def take_first_steps(var: Path, environment: dict[str, str]) -> None:
    """Tables, static files and the demonstration school; an embedded database that has it all is left alone."""
    stamp = var / "first-steps"
    static = var / "static-collected"
    static_value = fingerprint([], *static_files())
    value = fingerprint(migration_files(), static_value, environment["DATABASE_URL"].split("@")[0])
    if own_servers_wanted() and is_stamped(stamp, value):
        return
    command = [
        sys.executable,
        "-m",
        "local.first_steps",
        *([] if is_stamped(static, static_value) else ["collectstatic"]),
    ]
    if subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr).returncode:
        raise Refused("The office could not be made ready; the reason stands above.")
    accounts = subprocess.run(
        command_line("demo", "--accounts"), cwd=ROOT, env=environment, capture_output=True, text=True
    )
    (var / "accounts.txt").write_text(accounts.stdout if accounts.returncode == 0 else "")
    static.write_text(static_value)
    if own_servers_wanted():
        mark_migrated(var, environment)
    stamp.write_text(value)


def health(port: int, host: str) -> dict[str, str]:
    local = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    local = f"[{local}]" if ":" in local else local
    try:
        with urllib.request.urlopen(f"http://{local}:{port}/healthz", timeout=5) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        with suppress(ValueError):
            return dict(json.load(error))
    except (OSError, ValueError):
        pass
    return {"web": "down"}


class Office:
    def __init__(self, parts: list[Part], environment: dict[str, str], var: Path) -> None:
        self.parts = parts
        self.environment = environment
        self.var = var
        self.ending = False

    def run(self, host: str, port: int) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.end_soon)
        try:
            for part in self.parts:
                shorten(part.log)
                part.start(self.environment)
            self.wait_until_healthy(host, port)
            if not self.ending:
                announce(f"http://{shown(host)}:{port}/", self.var / "accounts.txt")
            while not self.ending:
                time.sleep(LOOK_EVERY)
                self.look_after()
        finally:
            self.stop()

    def end_soon(self, *_: object) -> None:
        self.ending = True

    def wait_until_healthy(self, host: str, port: int) -> None:
        deadline = time.monotonic() + READY_WITHIN
        state: dict[str, str] = {}
        while not self.ending:
            state = health(port, host)
            if state and all(value == "ok" for value in state.values()):
                return
            self.look_after()
            if time.monotonic() > deadline:
                missing = ", ".join(name for name, value in state.items() if value != "ok")
                raise Refused(f"Not ready after {READY_WITHIN} seconds: {missing}; see {self.var / 'log'}.")
            time.sleep(0.2)

    def look_after(self) -> None:
        """Start again what has fallen; give up, with its last words, on what falls again and again."""
        if own_servers_wanted() and not is_kept(self.var):
            raise Refused(f"The embedded database or Redis ended; see {self.var / 'log'}.")
        for part in self.parts:
            if part.process is None or part.process.poll() is None:
                continue
            now = time.monotonic()
            part.falls = [fall for fall in part.falls if now - fall < 60] + [now]
            if len(part.falls) > FALLS:
                raise Refused(f"The {part.name} process ends again and again ({last_line(part.log)}); see {part.log}.")
            say(f"The {part.name} process ended (code {part.process.returncode}); starting it again.")
            part.start(self.environment)

    def stop(self) -> None:
        """Web first, so that nobody sends work any more; what does not end in time is ended."""
        say("Stopping …")
        for part in self.parts:
            part.signal(signal.SIGTERM)
        deadline = time.monotonic() + 15
        for part in self.parts:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                part.signal(signal.SIGKILL)
                part.process.wait()
            else:
                part.signal(signal.SIGKILL)  # children that outlived theirs


def shorten(log: Path) -> None:
    """Each start begins a new log and keeps the one before."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))


def last_line(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 2000))
        lines = file.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"


def shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host


def announce(address: str, accounts: Path, out: IO[str] = sys.stdout) -> None:
    print(f"\nThe office is open at {address}", file=out)
    if accounts.exists() and accounts.read_text().strip():
        print(f"\nDemonstration accounts:\n{accounts.read_text().rstrip()}", file=out)
    print("\nCtrl-C stops everything.", file=out, flush=True)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="script/start", description="Run the whole office on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--host", default="127.0.0.1", help="0.0.0.0 lets phones in this network in (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    if not 0 < chosen.port < 65536:
        parser.error("a port is a number from 1 to 65535")
    with plain_refusals():
        var = var_folder()
        refuse_busy_port(chosen.host, chosen.port)
        with only_start(var, f"http://{shown(chosen.host)}:{chosen.port}/"), servers(var) as urls:
            environment = FRUGAL | os.environ | urls | {"PYTHONPATH": str(ROOT / "script")}
            take_first_steps(var, environment)
            Office(parts_for(chosen.host, chosen.port, var / "log"), environment, var).run(chosen.host, chosen.port)
