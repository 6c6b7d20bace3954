"""How far a long step is: a bar on a terminal, elsewhere a line when it begins, every ten seconds, and when it ends."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TextIO

from local.office import ROOT

WIDTH = 24
REDRAW_EVERY = 0.1
TELL_EVERY = 10.0
# A step shorter than this leaves no line behind where there is no terminal, but for the one that names it.
WORTH_TELLING = 2.0


class Step:
    """One step with a title. `with Step("Installing the packages") as step: step.to(0.5, "ortools")`."""

    def __init__(self, title: str, out: TextIO | None = None) -> None:
        self.title = title
        self.out = out or sys.stderr
        self.on_terminal = self.out.isatty()
        self.share: float | None = None
        self.note = ""
        self.begun = self.told = time.monotonic()
        self._over = threading.Event()
        self._writing = threading.Lock()
        self._clock = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "Step":
        if self.on_terminal:
            self._draw()
        else:
            self._write(f"{self.title} …\n")
        self._clock.start()
        return self

    def to(self, share: float | None = None, note: str = "") -> None:
        """`share` of the step is done, from 0 to 1; None where nobody can say."""
        if share is not None:
            self.share = max(self.share or 0.0, min(share, 1.0))
        self.note = note
        self._tell()

    def _tick(self) -> None:
        """The seconds go on while what we wait for says nothing."""
        while not self._over.wait(1):
            self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self.told >= (REDRAW_EVERY if self.on_terminal else TELL_EVERY):
            self.told = now
            if self.on_terminal:
                self._draw()
            else:
                self._write(f"  {self.title}: {self._how_far()}\n")

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._clock.join()
        seconds = time.monotonic() - self.begun
        if self.on_terminal:
            self._write("\r\x1b[K")
        if kind is None and (self.on_terminal or seconds >= WORTH_TELLING):
            self._write(f"{self.title}: done in {seconds:.0f} s\n")

    def _how_far(self) -> str:
        seconds = f"{time.monotonic() - self.begun:.0f} s"
        share = "" if self.share is None else f"{self.share:.0%}, "
        return f"{share}{seconds}{', ' if self.note else ''}{self.note}"

    def _draw(self) -> None:
        full = round((self.share or 0.0) * WIDTH)
        bar = "" if self.share is None else f"[{'#' * full}{'.' * (WIDTH - full)}] "
        self._write(f"\r\x1b[K{self.title} {bar}{self._how_far()}")

    def _write(self, text: str) -> None:
        with self._writing:
            self.out.write(text)
            self.out.flush()


def watch(
    command: Sequence[object], read: Callable[[str], None] = lambda line: None, **more: object
) -> tuple[int, str]:
    """Run a command quietly, handing `read` each line that it prints; gives its exit code and all it printed."""
    process = subprocess.Popen(  # type: ignore[call-overload]
        [str(part) for part in command],
        **{
            "cwd": ROOT,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
            "text": True,
            "errors": "replace",
        }
        | more,
    )
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            read(line)
        return process.wait(), "".join(lines)
    except BaseException:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait()
        raise
