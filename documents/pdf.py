"""HTML templates to PDF with WeasyPrint.

Every app prints, so this stands below them all. Templates extend `pdf/base_official.html` (official papers) or
`pdf/base_list.html` (lists for a wall). A process of its own prints (documents.press), which ends some seconds after its last
paper: WeasyPrint keeps some memory of each, which would add up in a process that lives for days.

It takes seconds of work: jobs and commands print, a request never does. What a view prints is a paper of
`documents.papers`, ordered by `school.views.papers.print_paper`.
"""

import io
import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Literal

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils._os import safe_join

Fit = Literal["", "page", "fewer"]
"""`page`: as large as one page holds, 20 pt to 9 pt, if it can. `fewer`: lines a little closer where that saves a page."""
Layout = Literal["official", "term_summary", "certificate", "print_list"]

STYLES: dict[Layout, tuple[str, ...]] = {
    "official": ("css/official.css",),
    "term_summary": ("css/official.css", "css/term_summary.css"),
    "certificate": ("css/official.css", "css/certificate.css"),
    "print_list": ("css/print_list.css",),
}
# Family, as css/official.css names it, → its file in the media folder.
OWN_FACES = {"Office FangSong": "fonts/fangsong", "Office XiaoBiaoSong": "fonts/xiaobiaosong"}
COMMAND = (sys.executable, "-m", "documents.press")
PRESSES = 2
# Seconds after which a paper is given up; the longest we know (a hundred agreements) takes ten.
LONGEST = 300


class PrintingFailed(Exception):
    """The paper could not be printed; says why. `silent`: the process did not answer."""

    def __init__(self, why: str, *, silent: bool = False) -> None:
        super().__init__(why)
        self.silent = silent


@dataclass(frozen=True)
class Printed:
    """A paper, its number of pages, and its first page as PNG where that was wanted."""

    pdf: bytes
    pages: int
    picture: bytes = b""


class Press:
    """A process that prints one paper after the other; started on demand, and again after it has ended.

    Not thread-safe.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._answers = bytearray()

    def print(
        self,
        html: str,
        layout: Layout,
        *,
        fit: Fit = "",
        picture: bool = False,
        tell: Callable[[int], None] | None = None,
    ) -> Printed:
        """This HTML as PDF. `tell` hears the number of each page that is laid out. Raises PrintingFailed."""
        job: dict[str, Any] = {
            "styles": [str(static_path(name)) for name in STYLES[layout]],
            "faces": own_faces(),
            "fit": fit,
            "picture": picture,
        }
        try:
            return self._printed(html, job, tell)
        except (BrokenPipeError, EOFError):  # it was ending when the job came
            try:
                return self._printed(html, job, tell)
            except (BrokenPipeError, EOFError):
                raise PrintingFailed("the process that prints ended twice") from None

    def _printed(self, html: str, job: dict[str, Any], tell: Callable[[int], None] | None) -> Printed:
        process = self._running()
        assert process.stdin  # noqa: S101 - asked for in _running
        body = html.encode()
        try:
            process.stdin.write(json.dumps(job | {"length": len(body)}).encode() + b"\n" + body)
            process.stdin.flush()
            kind, *numbers = self._line(process).split()
            while kind == b"page":
                if tell:
                    tell(int(numbers[0]))
                kind, *numbers = self._line(process).split()
            if kind == b"failed":
                raise PrintingFailed(self._bytes(process, int(numbers[0])).decode())
            pages, pdf, picture = map(int, numbers)
            return Printed(self._bytes(process, pdf), pages, self._bytes(process, picture))
        except PrintingFailed as failure:
            if failure.silent:
                self.close()
            raise
        except BaseException:
            self.close()  # a late answer would be taken for the next paper
            raise

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        while b"\n" not in self._answers:
            self._wait(process)
        line, _, self._answers = self._answers.partition(b"\n")
        return bytes(line)

    def _bytes(self, process: subprocess.Popen[bytes], length: int) -> bytes:
        while len(self._answers) < length:
            self._wait(process)
        found, self._answers = self._answers[:length], self._answers[length:]
        return bytes(found)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Read on; not through the pipe's own buffer, which `select` does not see."""
        assert process.stdout  # noqa: S101 - asked for in _running
        if not select.select([process.stdout], [], [], LONGEST)[0]:
            raise PrintingFailed(f"no paper after {LONGEST} seconds", silent=True)
        part = os.read(process.stdout.fileno(), 2**16)
        if not part:
            raise EOFError
        self._answers += part

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.process = subprocess.Popen(
                COMMAND, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self.process

    def close(self) -> None:
        """End the process, even in the middle of a paper."""
        process, self.process = self.process, None
        self._answers.clear()
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                try:
                    if pipe:
                        pipe.close()
                except BrokenPipeError:  # the process never read the job
                    pass


_press = Press()
_turn = threading.Lock()


def static_path(name: str) -> Path:
    """Where a static file lies, collected or not. Raises SuspiciousFileOperation for a name that leads outside."""
    found = finders.find(name)
    return Path(found) if found else Path(safe_join(settings.STATIC_ROOT, name))


def own_faces() -> list[tuple[str, str, float]]:
    """Family, path and time of change of each face that the school has put into the office."""
    found = []
    for family, name in OWN_FACES.items():
        path = Path(settings.MEDIA_ROOT, name)
        if path.exists():
            found.append((family, str(path), path.stat().st_mtime))
    return found


def print_html(html: str, layout: Layout, **options: Any) -> Printed:
    """Press.print by this process's own press, one paper at a time."""
    with _turn:
        return _press.print(html, layout, **options)


def render_many(
    template: str,
    batches: Iterable[dict[str, Any]],
    *,
    layout: Layout = "official",
    tell: Callable[[int], None] | None = None,
) -> bytes:
    """One PDF of many papers: each batch (25–100 papers) is one document, printed by one of two presses.

    `tell` is called after each batch with the number printed so far. Raises PrintingFailed.
    """
    import pikepdf  # 30 MB that a web process never needs

    parts = []
    with ExitStack() as stack:
        presses: SimpleQueue[Press] = SimpleQueue()
        for _ in range(PRESSES):
            presses.put(stack.enter_context(closing(Press())))

        def printed(html: str) -> bytes:
            press = presses.get()
            try:
                return press.print(html, layout).pdf
            finally:
                presses.put(press)

        pool = ThreadPoolExecutor(PRESSES)
        stack.callback(pool.shutdown, cancel_futures=True)
        for context in batches:
            parts.append(pool.submit(printed, render_to_string(template, context)))
            done = [part.result() for part in parts if part.done()]  # a paper that failed ends the work
            if tell:
                tell(len(done))
        documents = [stack.enter_context(pikepdf.open(io.BytesIO(part.result()))) for part in parts]
        whole = pikepdf.new()
        for document in documents:
            whole.pages.extend(document.pages)
        out = io.BytesIO()
        whole.save(out)
        if tell:
            tell(len(parts))
        return out.getvalue()
