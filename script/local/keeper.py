"""The one process that owns an office's embedded PostgreSQL and Redis; see local.embedded."""

import ctypes
import fcntl
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from local.embedded import ServerHome, place_for
from local.office import Refused

PR_SET_PDEATHSIG = 1
DATABASE = OWNER = "afterschool"
# Signs in for web, worker and clock: it reads and writes rows, and owns nothing (manage.py grant_rights).
OFFICE = "office"
IDLE_LOOKS = 3  # how many looks, a quarter of a second apart, must find nobody
# Small, since it runs beside the application on one machine.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "logging_collector": "off",
    "log_min_messages": "warning",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "400"}
# Tables that a test empties and fills in one transaction are best planned without what was counted between tests.
FAST |= {"autovacuum": "off"}


def dies_with_us(number: int) -> Callable[[], None]:
    """For a child, after it has changed its user: the kernel sends it this signal when the keeper is gone."""
    library = ctypes.CDLL(None)

    def set_signal() -> None:
        library.prctl(PR_SET_PDEATHSIG, number)

    return set_signal


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def password_of(place: ServerHome) -> str:
    """Made with the cluster, so that what was noted about another cluster does not count for this one."""
    file = place.home / "server-password"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(24))
    return file.read_text()


def make_cluster(place: ServerHome) -> str:
    """Run initdb once; one that was interrupted is made anew. Gives the servers' password."""
    data = place.home / "postgres" / "data"
    if (data / "PG_VERSION").exists() and (place.home / "made").exists():
        return password_of(place)
    with suppress(FileNotFoundError):
        (place.home / "server-password").unlink()
    password = password_of(place)
    if data.exists():
        subprocess.run(["rm", "-rf", "--", str(data)], check=True)
    command = [str(place.postgres / "initdb"), "-D", str(data), "-U", OWNER, "-A", "scram-sha-256", "-E", "UTF8"]
    secret = place.home / "postgres" / "password"
    secret.touch(0o600)
    secret.write_text(password)
    if place.user:
        os.chown(secret, place.user.pw_uid, place.user.pw_gid)
    command += ["--locale-provider=builtin", "--locale=C.UTF-8", "--builtin-locale=C.UTF-8", f"--pwfile={secret}", "-N"]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, cwd="/", **streams, **place.demote())  # type: ignore[call-overload]
    secret.unlink()
    if done.returncode:
        if "No space left" in done.stdout:
            raise Refused("The disk is full. Make room, then start again.")
        raise Refused(f"The embedded database could not be made: {done.stdout.strip().splitlines()[-1]}")
    (place.home / "made").touch()
    return password


def end_leftover(data: Path) -> None:
    """End a PostgreSQL that outlived its keeper on this data, and drop a lock file whose process is gone."""
    file = data / "postmaster.pid"
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        pid = running_postmaster(file, data)
        if pid is None:
            break
        os.kill(pid, number)
        deadline = time.monotonic() + 10
        while running_postmaster(file, data) and time.monotonic() < deadline:
            time.sleep(0.1)
    with suppress(FileNotFoundError):
        file.unlink()


def running_postmaster(file: Path, data: Path) -> int | None:
    """The process that the lock file names, if it really is the server of this data: numbers are used again."""
    try:
        pid = int(file.read_text().split("\n", 1)[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if b"postgres" in command[0] and str(data).encode() in command else None


def start_postgres(place: ServerHome, port: int, log: IO[bytes], *, durable: bool) -> subprocess.Popen[bytes]:
    data = place.home / "postgres" / "data"
    settings = SETTINGS | {"port": str(port)} | ({} if durable else FAST)
    command = [str(place.postgres / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return _start(place, command, log, signal.SIGINT)


def start_redis(
    place: ServerHome, port: int, password: str, log: IO[bytes], *, durable: bool
) -> subprocess.Popen[bytes]:
    # The password goes in by standard input: the command line is everybody's to read.
    lines = [
        f"port {port}",
        "bind 127.0.0.1",
        f"requirepass {password}",
        f"dir {place.home / 'redis'}",
        "loglevel warning",
    ]
    lines += ["save 300 1", "appendonly no"] if durable else ['save ""', "appendonly no"]
    process = _start(place, [str(place.redis), "-"], log, signal.SIGTERM, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("\n".join(lines).encode() + b"\n")
    process.stdin.close()
    return process


def _start(
    place: ServerHome, command: list[str], log: IO[bytes], farewell: int, **more: object
) -> subprocess.Popen[bytes]:
    streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT} | more
    return subprocess.Popen(  # type: ignore[call-overload]
        command, cwd="/", preexec_fn=dies_with_us(farewell), start_new_session=True, **streams, **place.demote()
    )


def ask_postgres(
    place: ServerHome, port: int, password: str, query: str, database: str = "postgres"
) -> subprocess.CompletedProcess[str]:
    command = [
        str(place.postgres / "psql"),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-U",
        OWNER,
        "-d",
        database,
        "-AtXc",
        query,
    ]
    environment = {"PGPASSWORD": password, "PGCONNECT_TIMEOUT": "3"}
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def redis_answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answers:
                return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
    except OSError:
        return False


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], name: str, log: Path) -> bool:
    """True once it answers, False when it ended first (its port may have been taken in between)."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if ready():
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.05)
    raise Refused(f"The embedded {name} does not answer; see {log}.")


class Keeper:
    def __init__(self, place: ServerHome, *, durable: bool) -> None:
        self.place = place
        self.durable = durable
        self.password = ""
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self) -> None:
        log = self.place.log / "postgres.log"
        self.password = make_cluster(self.place)
        end_leftover(self.place.home / "postgres" / "data")
        with log.open("wb") as sink:
            database = self._start_on_free_port("PostgreSQL", log, sink)
            cache = self._start_on_free_port("Redis", log, sink)
        if not ask_postgres(
            self.place, database, self.password, f"SELECT 1 FROM pg_database WHERE datname='{DATABASE}'"
        ).stdout:
            ask_postgres(self.place, database, self.password, f"CREATE DATABASE {DATABASE}")
        office_password = self._make_office_role(database)
        urls = {
            "DATABASE_URL": f"postgres://{OWNER}:{self.password}@127.0.0.1:{database}/{DATABASE}",
            "OFFICE_DATABASE_URL": f"postgres://{OFFICE}:{office_password}@127.0.0.1:{database}/{DATABASE}",
            "DATABASE_ROLE": OFFICE,
            "REDIS_URL": f"redis://:{self.password}@127.0.0.1:{cache}/0",
        }
        fresh = self.place.state.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(urls, file)
        fresh.replace(self.place.state)

    def _make_office_role(self, port: int) -> str:
        """A password that does not tell the owner's; an office that was made before gets the role now."""
        password = hmac.digest(self.password.encode(), OFFICE.encode(), "sha256").hex()
        known = f"SELECT 1 FROM pg_roles WHERE rolname='{OFFICE}'"
        verb = "ALTER" if ask_postgres(self.place, port, self.password, known).stdout else "CREATE"
        ask_postgres(self.place, port, self.password, f"{verb} ROLE {OFFICE} LOGIN PASSWORD '{password}'")
        return password

    def _start_on_free_port(self, name: str, log: Path, sink: IO[bytes]) -> int:
        for _attempt in range(3):
            port = free_port()
            if name == "PostgreSQL":
                process = start_postgres(self.place, port, sink, durable=self.durable)
                ready = lambda: ask_postgres(self.place, port, self.password, "SELECT 1").stdout == "1\n"  # noqa: B023, E731
            else:
                process = start_redis(self.place, port, self.password, sink, durable=self.durable)
                ready = lambda: redis_answers(port, self.password)  # noqa: B023, E731
            self.children.append(process)
            if wait_until(ready, process, name, log):
                return port
            self.children.remove(process)
        words = log.read_text(errors="replace").strip().splitlines()
        raise Refused(f"The embedded {name} does not start: {words[-1] if words else 'no message'}")

    def watch(self) -> None:
        """Return once nobody needs the servers, one of them has ended, or we are told to stop."""
        nobody = 0
        with (self.place.var / "users").open("a") as users:
            while nobody < IDLE_LOOKS and not self.stopping:
                time.sleep(0.25)
                if any(child.poll() is not None for child in self.children):
                    raise Refused("An embedded server ended by itself.")
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    nobody = 0
                else:
                    fcntl.flock(users, fcntl.LOCK_UN)
                    nobody += 1

    def stop(self) -> None:
        with suppress(FileNotFoundError):
            self.place.state.unlink()
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGINT)  # PostgreSQL: roll back and stop now; Redis: save and stop
        for child in self.children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGQUIT)
                child.wait(10)

    def stop_soon(self, *_: object) -> None:
        self.stopping = True


def main(var: str, manner: str) -> None:
    place = place_for(Path(var))
    with (place.var / "keeper").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        with suppress(FileNotFoundError):
            place.state.unlink()
        keeper = Keeper(place, durable=manner == "durable")
        signal.signal(signal.SIGTERM, keeper.stop_soon)
        signal.signal(signal.SIGINT, keeper.stop_soon)
        try:
            keeper.start()
            keeper.watch()
        except (Refused, OSError) as problem:
            print(problem, flush=True)
            raise SystemExit(1) from None
        finally:
            keeper.stop()


if __name__ == "__main__":
    main(*sys.argv[1:3])
