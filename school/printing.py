"""Paper: HTML templates to PDF with WeasyPrint, and QR codes.

Every app prints, so this stands below them all. Templates extend `pdf/base_official.html` (official papers) or
`pdf/base_list.html` (lists for a wall). Nothing is fetched from the network: only static files and data: addresses.
"""

import io
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils._os import safe_join
from django.utils.safestring import SafeString, mark_safe
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

Layout = Literal["official", "print_list"]

PRESSES = 2
BASE_URL = "http://static.invalid"
# Pango's font map, shared by the process, is not safe from two threads at a time.
_drawing = threading.Lock()


class StaticFetcher(URLFetcher):
    """Serves data: addresses and the application's own static files; refuses everything else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        prefix = BASE_URL + settings.STATIC_URL
        if not url.startswith(prefix):
            raise ValueError(f"not a static file: {url}")
        path = static_path(unquote(url.removeprefix(prefix).split("?")[0]))
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_path(name: str) -> Path:
    """Where a static file lies, collected or not. Raises SuspiciousFileOperation for a name that leads outside."""
    found = finders.find(name)
    return Path(found) if found else Path(safe_join(settings.STATIC_ROOT, name))


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _stylesheet(layout: Layout) -> CSS:
    path = static_path(f"css/{layout}.css")
    return CSS(string=path.read_text(), base_url=BASE_URL + settings.STATIC_URL, font_config=_fonts())


def render_pdf(template: str, context: dict[str, Any], *, layout: Layout = "official", one_page: bool = False) -> bytes:
    """Print a template. `one_page` sets a list for the wall as large as one page holds, 20 pt to 9 pt, if it can.

    Many letters are one document: print 25–100 in one call, each beginning on a new page.
    """
    source = HTML(string=render_to_string(template, context), base_url=BASE_URL, url_fetcher=StaticFetcher())
    with _drawing:
        document = _lay_out(source, layout, ())
        if one_page and len(document.pages) <= 2:
            sizes = (20.0, 17.0) if len(document.pages) == 1 else (12.0, 10.5, 9.0)
            fitted = (_lay_out(source, layout, (_size(points),)) for points in sizes)
            document = next((one for one in fitted if len(one.pages) == 1), document)
        return bytes(document.write_pdf())


def render_many(
    template: str,
    batches: Iterable[dict[str, Any]],
    *,
    layout: Layout = "official",
    tell: Callable[[int], None] | None = None,
) -> bytes:
    """One PDF of many papers: each batch (25–100 papers) is one document, printed by one of two processes of their own.

    `tell` hears after each batch how many are printed. The processes (school.pressing) end with the work, and their memory
    with them. Raises CalledProcessError when one of them breaks off.
    """
    import pikepdf  # 30 MB that a web process never needs

    with tempfile.TemporaryDirectory(prefix="papers-") as folder, ExitStack() as stack:
        presses = [stack.enter_context(_Press(Path(folder), layout)) for _ in range(PRESSES)]
        count = 0
        for context in batches:
            source = Path(folder) / f"{count:05}.html"
            source.write_text(render_to_string(template, context))
            presses[count % PRESSES].print(source)
            count += 1
            if tell:
                tell(sum(1 for _ in Path(folder).glob("*.pdf")))
        for press in presses:
            press.finish()
        whole = pikepdf.new()
        parts = [stack.enter_context(pikepdf.open(path)) for path in sorted(Path(folder).glob("*.pdf"))]
        for part in parts:
            whole.pages.extend(part.pages)
        out = io.BytesIO()
        whole.save(out)
        if tell:
            tell(count)
        return out.getvalue()


class _Press:
    """A process that prints the files whose names it is given, one after the other."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        style = folder / f"{layout}.css"
        style.write_text(static_path(f"css/{layout}.css").read_text())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "school.pressing", str(style)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "_Press":
        return self

    def print(self, source: Path) -> None:
        assert self.process.stdin is not None  # noqa: S101 - asked for above
        self.process.stdin.write(f"{source}\n")
        self.process.stdin.flush()

    def finish(self) -> None:
        self.process.communicate()
        if self.process.returncode:
            raise subprocess.CalledProcessError(self.process.returncode, self.process.args)

    def __exit__(self, *problem: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _lay_out(source: HTML, layout: Layout, more: tuple[CSS, ...]) -> Document:
    return source.render(font_config=_fonts(), stylesheets=[_stylesheet(layout), *more])


@cache
def _size(points: float) -> CSS:
    tight = "line-height: 1.25 } th, td { padding: 0.13em 0.45em" if points < 14 else ""
    return CSS(string=f"body {{ font-size: {points}pt; {tight} }}")


def qr_svg(text: str) -> SafeString:
    """A QR code as inline SVG without size or style: the class `qr` sizes it, on the screen and on paper."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn from modules, the text is not in it
