"""Prints HTML to PDF in a process of its own: jobs on standard input, papers on standard output. See documents.pdf.Press.

Run as `python -m documents.press`. A job is a line of JSON (`styles`: paths of style sheets; `one_page`; `length`: bytes of HTML)
and the HTML; an answer is a line, `printed` or `failed` and a number of bytes, and the paper or the reason. What a paper needs
is in it (`data:` pictures); nothing else is fetched, and neither the settings nor the database are known here.

It ends when its input closes, after REST seconds without a job, and after LIFE papers: the libraries keep some memory of each
paper.
"""

import json
import logging
import os
import select
import sys
import traceback
from collections.abc import Sequence
from functools import cache

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

REST = 20
LIFE = 100


class DataOnly(URLFetcher):
    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith("data:"):
            raise ValueError(f"not data: {url}")
        return super().fetch(url, headers)


@cache
def fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def style(path: str) -> CSS:
    return CSS(filename=path, font_config=fonts())


@cache
def size(points: float) -> CSS:
    tight = "line-height: 1.25 } th, td { padding: 0.13em 0.45em" if points < 14 else ""
    return CSS(string=f"body {{ font-size: {points}pt; {tight} }}")


def paper(html: str, styles: Sequence[str], *, one_page: bool) -> bytes:
    """The PDF. `one_page` sets a list for the wall as large as one page holds, 20 pt to 9 pt, if it can."""
    source = HTML(string=html, url_fetcher=DataOnly())

    def laid_out(*more: CSS) -> Document:
        return source.render(font_config=fonts(), stylesheets=[*map(style, styles), *more])

    document = laid_out()
    if one_page and len(document.pages) <= 2:
        sizes = (20.0, 17.0) if len(document.pages) == 1 else (12.0, 10.5, 9.0)
        fitted = (laid_out(size(points)) for points in sizes)
        document = next((one for one in fitted if len(one.pages) == 1), document)
    return bytes(document.write_pdf())


def quieten() -> None:
    """The libraries log each step of each page."""
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)


def main() -> None:
    quieten()
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not look like an answer
    for _count in range(LIFE):
        # The caller waits for each answer, so nothing can be left in the buffer that select does not see.
        if not select.select([jobs], [], [], REST)[0] or not (line := jobs.readline()):
            return
        job = json.loads(line)
        html = jobs.read(job["length"]).decode()
        try:
            kind, answer = b"printed", paper(html, job["styles"], one_page=job["one_page"])
        except Exception:  # noqa: BLE001 - whoever asked hears of it; the next paper is printed
            kind, answer = b"failed", traceback.format_exc().encode()
        answers.write(b"%s %d\n" % (kind, len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    main()
