"""Paper: HTML templates to PDF with WeasyPrint, and QR codes.

Every app prints, so this stands below them all. Templates extend `pdf/base_official.html` (official papers) or
`pdf/base_list.html` (lists for a wall). Nothing is fetched from the network: only static files and data: addresses.
"""

import threading
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
