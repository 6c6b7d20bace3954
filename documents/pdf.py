"""HTML templates to PDF with WeasyPrint.

Every app prints, so this stands below them all. Templates extend `pdf/base_official.html` (official papers) or
`pdf/base_list.html` (lists for a wall). A process of its own prints (documents.press), which ends some seconds after its last
paper: WeasyPrint keeps some memory of each, which would add up in a web process that lives for days.
"""

import io
import json
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Literal

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils._os import safe_join

Layout = Literal["official", "term_summary", "print_list"]

STYLES: dict[Layout, tuple[str, ...]] = {
    "official": ("css/official.css",),
    "term_summary": ("css/official.css", "css/term_summary.css"),
    "print_list": ("css/print_list.css",),
}
COMMAND = (sys.executable, "-m", "documents.press")
PRESSES = 2
# Seconds after which a paper is given up; the longest we know (a hundred agreements) takes ten.
LONGEST = 300


class PrintingFailed(Exception):
    """The paper could not be printed; says why."""


class Press:
    """A process that prints one paper after the other; started on demand, and again after it has ended.

    Not thread-safe.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def print(self, html: str, layout: Layout, *, one_page: bool = False) -> bytes:
        """The PDF of this HTML. Raises PrintingFailed."""
        try:
            return self._printed(html, layout, one_page)
        except (BrokenPipeError, EOFError):  # it was ending when the job came
            try:
                return self._printed(html, layout, one_page)
            except (BrokenPipeError, EOFError):
                raise PrintingFailed("the process that prints ended twice") from None

    def _printed(self, html: str, layout: Layout, one_page: bool) -> bytes:
        process = self._running()
        assert process.stdin and process.stdout  # noqa: S101 - asked for in _running
        body = html.encode()
        styles = [str(static_path(name)) for name in STYLES[layout]]
        job = json.dumps({"styles": styles, "one_page": one_page, "length": len(body)})
        try:
            process.stdin.write(job.encode() + b"\n" + body)
            process.stdin.flush()
            if not select.select([process.stdout], [], [], LONGEST)[0]:
                raise PrintingFailed(f"no paper after {LONGEST} seconds")
            kind, _, length = process.stdout.readline().partition(b" ")
            answer = process.stdout.read(int(length or 0))
        except BaseException:
            self.close()  # a late answer would be taken for the next paper
            raise
        if not kind or len(answer) < int(length):
            self.close()
            raise EOFError
        if kind != b"printed":
            raise PrintingFailed(answer.decode())
        return answer

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


def render_pdf(template: str, context: dict[str, Any], *, layout: Layout = "official", one_page: bool = False) -> bytes:
    """Print a template. `one_page` sets a list for the wall as large as one page holds, 20 pt to 9 pt, if it can.

    Print many letters as one document: 25–100 in a call, each beginning on a new page. Raises PrintingFailed.
    """
    html = render_to_string(template, context)
    with _turn:
        return _press.print(html, layout, one_page=one_page)


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
                return press.print(html, layout)
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
