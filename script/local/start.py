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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from local.embedded import as_office, is_kept, make_folder, own_servers_wanted, servers
from local.manage import command_line, mark_migrated, migration_files
from local.office import CLOCK, ROOT, Refused, plain_refusals, played_clock, say, var_folder, with_clock
from local.prepare import fingerprint, is_stamped
from local.progress import Step, watch

READY_WITHIN = 90
LOOK_EVERY = 0.5
# A part that ends more often than this within a minute is not started again.
FALLS = 3
PR_SET_PDEATHSIG = 1
# local.first_steps ends with this code when an own office was asked for where the demonstration is.
HOLDS_DEMONSTRATION = 3
# In the office's folder as long as the demonstration's papers are still to be printed.
PAPERS_WANTED = "papers-wanted"
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
    celery = ["-m", "celery", "--skip-checks", "-A"]
    # Threads: one process instead of two, and it still answers /healthz while it makes a report. Two of them: a paper for
    # somebody who waits is printed beside a report; no two papers are.
    worker = [*celery, "afterschool", "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "INFO"]
    worker += ["--without-mingle", "--without-gossip"]
    worker += ["--hostname", f"office-{port}@%h"]
    beat = [*celery, "afterschool.clock", "beat", "--loglevel", "INFO", "--pidfile="]
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
    """Names, sizes and times of what collectstatic gathers, and of what web/made.py makes it from; contents would take longer to
    read than to copy."""
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    files += [ROOT / "package-lock.json", ROOT / "requirements.txt", ROOT / "afterschool" / "npm.py"]
    files += (ROOT / "templates").rglob("*.html")
    for app in ROOT.glob("*/apps.py"):
        files += [*app.parent.rglob("*.py"), *app.parent.glob("*.mjs")]
    return [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in sorted(files)]


def take_first_steps(
    var: Path, environment: dict[str, str], *, empty: bool, static: bool = True, day: str = ""
) -> None:
    """Tables, static files, the demonstration school and its afternoon (of `day`, where it is made now).

    An embedded database that has it all is left alone until the afternoon is played out.
    """
    stamp = var / "first-steps"
    collected = var / "static-collected"
    static_value = fingerprint([], *static_files()) if static else ""
    database = environment["DATABASE_URL"].split("@")[0], environment.get("DATABASE_ROLE", "")
    value = fingerprint(migration_files(), static_value, *database, f"empty {empty}")
    clock, until = played_clock(var)
    if own_servers_wanted() and is_stamped(stamp, value) and (empty or time.time() < until):
        return
    # Beside the tables and the school: two cores, and each waits for the database now and then.
    gathering = gather_static_files(environment) if static and not is_stamped(collected, static_value) else None
    try:
        wanted = [] if empty else ["demonstration", f"clock={clock}", f"day={day}"]
        accounts = run_first_steps(wanted, var, environment)
        if gathering is not None:
            with Step("Gathering the static files"):
                _out, complaint = gathering.communicate()
            if gathering.returncode:
                raise Refused(f"The static files could not be gathered: {complaint.strip()}")
    finally:
        if gathering is not None and gathering.poll() is None:
            gathering.kill()
            gathering.wait()
    (var / "accounts.txt").write_text(accounts)
    if static:
        collected.write_text(static_value)
    if own_servers_wanted():
        mark_migrated(var, environment)
    stamp.write_text(value)


def gather_static_files(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command_line("collectstatic", "--noinput", "--verbosity=0", "--skip-checks"),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_first_steps(wanted: list[str], var: Path, environment: dict[str, str]) -> str:
    """Run local.first_steps, show each of its steps, and give the demonstration's accounts, a line each.

    What it complains of goes to our standard error.
    """
    steps = ExitStack()
    step: Step | None = None
    accounts: list[str] = []

    def read(line: str) -> None:
        nonlocal step
        kind, _, what = line.rstrip("\n").partition(" ")
        if kind == "step":
            steps.close()
            step = steps.enter_context(Step(what))
        elif kind == "progress" and step:
            step.to(float(what))
        elif kind == "clock":
            (var / CLOCK).write_text(what)
        elif kind == "loaded":
            (var / PAPERS_WANTED).touch()
        elif kind == "account":
            accounts.append(f"{what}\n")

    with steps:
        code, _printed = watch([sys.executable, "-m", "local.first_steps", *wanted], read, env=environment, stderr=None)
    if code == HOLDS_DEMONSTRATION:
        raise Refused(
            "This office holds the demonstration school. For one of your own name another folder: "
            "AFTERSCHOOL_VAR=… script/start --empty"
        )
    if code:
        raise Refused("The office could not be made ready; the reason stands above.")
    return "".join(accounts)


def open_own_office(chosen: argparse.Namespace, environment: dict[str, str]) -> str:
    """The school's name and its first account, once; gives what is to be told about the account."""
    asked = subprocess.run(
        command_line("open_office", "--is-open"), cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if asked.returncode == 0:
        return ""
    options = [f"--{key}={value}" for key, value in (("name", chosen.name), ("admin", chosen.admin)) if value]
    done = subprocess.run(
        command_line("open_office", *options), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise Refused("The office was not opened; the reason stands above.")
    _name, login, password = done.stdout.rstrip("\n").rsplit("\n", 1)[-1].split("\t")
    return f"First account: {login}\nPassword (shown this once, change it after signing in): {password}"


def health(port: int, host: str) -> dict[str, str]:
    local = shown(host)
    local = f"[{local}]" if ":" in local else local
    try:
        with urllib.request.urlopen(f"http://{local}:{port}/healthz", timeout=5) as answer:  # nosec B310 - always http
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        with suppress(ValueError):
            return dict(json.load(error))
    except (OSError, ValueError):
        pass
    return {"web": "down"}


class Office:
    def __init__(self, parts: list[Part], environment: dict[str, str], var: Path, told: str = "") -> None:
        self.parts = parts
        self.environment = environment
        self.var = var
        self.told = told
        self.papers: subprocess.Popen[bytes] | None = None
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
                announce(f"http://{shown(host)}:{port}/", self.told or accounts_told(self.var))
                self.print_papers()
            while not self.ending:
                time.sleep(LOOK_EVERY)
                self.look_after()
        finally:
            self.stop()

    def print_papers(self) -> None:
        """The demonstration's papers take as long as all the rest: they are printed while people look round."""
        if not (self.var / PAPERS_WANTED).exists():
            return
        say("The demonstration's papers (term summaries, the board for the wall) are being printed; a minute or so.")
        with (self.var / "log" / "papers.log").open("wb") as log:
            self.papers = subprocess.Popen(
                ["nice", "-n", "19", *command_line("demo", "--papers", "--verbosity=0")],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def look_after_papers(self) -> None:
        if self.papers is None or self.papers.poll() is None:
            return
        if self.papers.returncode == 0:
            (self.var / PAPERS_WANTED).unlink(missing_ok=True)
            say("The demonstration's papers are printed.")
        else:
            say(f"The demonstration's papers were not printed; see {self.var / 'log' / 'papers.log'}.")
        self.papers = None

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
        self.look_after_papers()
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
        if self.papers is not None and self.papers.poll() is None:
            self.papers.terminate()
            self.papers.wait()
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
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # nosec B104 - nothing is bound here


def accounts_told(var: Path) -> str:
    accounts = var / "accounts.txt"
    listed = accounts.read_text().rstrip() if accounts.exists() else ""
    return f"Demonstration accounts:\n{listed}" if listed else ""


def announce(address: str, told: str, out: IO[str] = sys.stdout) -> None:
    print(f"\nThe office is open at {address}", file=out)
    if told:
        print(f"\n{told}", file=out)
    print("\nCtrl-C stops everything.", file=out, flush=True)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for. Needs nothing but Python, so that --help answers before anything is fetched."""
    parser = argparse.ArgumentParser(prog="script/start", description="Run the whole office on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--host", default="127.0.0.1", help="0.0.0.0 lets phones in this network in (default: %(default)s)"
    )
    parser.add_argument("--empty", action="store_true", help="an office of your own, without the demonstration")
    parser.add_argument("--name", help="with --empty: the school's name; asked for when left out")
    parser.add_argument("--admin", help="with --empty: the first account's login name; asked for when left out")
    chosen = parser.parse_args(arguments)
    if not 0 < chosen.port < 65536:
        parser.error("a port is a number from 1 to 65535")
    if (chosen.name or chosen.admin) and not chosen.empty:
        parser.error("--name and --admin go with --empty")
    return chosen


def main(arguments: Sequence[str]) -> None:
    chosen = parse(arguments)
    with plain_refusals():
        var = var_folder()
        refuse_busy_port(chosen.host, chosen.port)
        with only_start(var, f"http://{shown(chosen.host)}:{chosen.port}/"), servers(var) as urls:
            environment = FRUGAL | os.environ | urls | {"PYTHONPATH": str(ROOT / "script")}
            take_first_steps(var, environment, empty=chosen.empty)
            environment = as_office(environment) if chosen.empty else with_clock(as_office(environment), var)
            told = open_own_office(chosen, environment) if chosen.empty else ""
            parts = parts_for(chosen.host, chosen.port, var / "log")
            Office(parts, environment, var, told).run(chosen.host, chosen.port)
