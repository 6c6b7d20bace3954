"""Where this checkout and this office's data are, and how a command ends with one clear sentence."""

import errno
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
ENV_FILE = ROOT / ".env"
# In the office's folder, beside the demonstration.
CLOCK = "demonstration-clock"
ROOM_NEEDED = 400 * 1024 * 1024


class Refused(Exception):
    """Something the person at the keyboard has to mend; the message says what."""


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def env_file_values() -> dict[str, str]:
    if not ENV_FILE.exists():
        return {}
    lines = (line.strip().removeprefix("export ") for line in ENV_FILE.read_text().splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def setting(name: str) -> str:
    """A setting from the environment, else from .env, else empty."""
    return os.environ.get(name) or env_file_values().get(name, "")


def var_folder(part: str = "") -> Path:
    """The office's folder; ``part`` names one of its own beside it, for tests and measurements."""
    folder = Path(setting("AFTERSCHOOL_VAR") or ROOT / "var")
    folder = folder if folder.is_absolute() else Path.cwd() / folder
    return folder / part if part else folder


def played_clock(var: Path) -> tuple[str, float]:
    """What the last start was told of the demonstration's time (DEMONSTRATION_CLOCK), and until when a start goes on with it."""
    try:
        clock, until = (var / CLOCK).read_text().split()
        return clock, float(until)
    except (FileNotFoundError, ValueError):
        return "", 0


def with_clock(environment: dict[str, str], var: Path) -> dict[str, str]:
    """The environment of what lives in the demonstration's time; an office of one's own has none, nor one on https."""
    clock, _until = played_clock(var)
    plain = setting("HTTPS").lower() in ("0", "false", "no", "off", "n")
    return environment | {"DEMONSTRATION_CLOCK": clock} if clock and plain else environment


def check_room(folder: Path) -> None:
    """Refuse to begin on a nearly full disk, where a database would stop half-way."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        raise Refused(
            f"The disk is full: {free // 2**20} MB are free at {folder}, {ROOM_NEEDED // 2**20} MB are needed. "
            "Make room, then start again."
        )


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn what people can mend into one sentence and exit code 1, never a traceback.

    A request to end is as good as Ctrl-C, which a shell's background job would not hear: what was started is stopped first.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    except Refused as refusal:
        stop(str(refusal))
    except KeyboardInterrupt:
        stop("Stopped.", 130)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            stop("The disk is full. Make room, then start again.")
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            stop(f"No permission to write {error.filename}: run as the user who owns it.")
        raise


def stop(text: str, code: int = 1) -> NoReturn:
    say(text)
    raise SystemExit(code)
