"""Prints HTML to PDF in a process of its own: jobs on standard input, papers on standard output. See documents.pdf.Press.

Run as `python -m documents.press`. A job is a line of JSON (`styles`: paths of style sheets; `faces`; `fit`; `picture`:
whether the first page is wanted as a picture too; `length`: bytes of HTML) and the HTML. An answer is a line, `printed`,
the number of pages, the lengths of PDF and picture, and both; or `failed`, the length of the reason, and the reason. Before it
come lines `page` and a number, one for each page that is laid out. What a paper needs is in it: `data:` pictures, `qr:` and
the text of a QR code. Nothing else is fetched, and neither the settings nor the database are known here.

Every paper is tagged and has title and language (PDF/UA-1): it can be read aloud. It is printed at the lowest priority:
pages of the site come first.

It ends when its input closes, after REST seconds without a job, and after LIFE papers: the libraries keep some memory of each
paper.
"""

import io
import json
import logging
import os
import select
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import segno
from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure.boxes import TableCellBox, TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

REST = 20
LIFE = 100
# Of 20: whatever answers people comes first.
NICE = 19
VARIANT = "pdf/ua-1"
PICTURE_WIDTH = 1000  # pixels: sharp on a phone
LANGUAGE = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<rdf:Description rdf:about=""><dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language></rdf:Description>
</rdf:RDF>"""


class DataOnly(URLFetcher):
    """Gives the pictures that stand in the address, and draws QR codes; fetches nothing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("qr:"):
            return URLFetcherResponse(url, qr_code(unquote(url[3:])), {"Content-Type": "image/svg+xml"})
        if not url.startswith("data:"):
            raise ValueError(f"not data: {url}")
        return super().fetch(url, headers)


def qr_code(text: str) -> bytes:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue()


Faces = tuple[tuple[str, str, float], ...]
"""Family, path and time of change of each face of the school's own."""


@cache
def fonts(faces: Faces) -> FontConfiguration:
    """One for each set of faces: what has been taken out again must not be found any more."""
    return FontConfiguration()


@cache
def style(path: str, faces: Faces) -> CSS:
    return CSS(filename=path, font_config=fonts(faces))


class OneFile(URLFetcher):
    """Gives a face that the school has put into the office, and nothing else."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        return URLFetcherResponse(url, Path(self.path).read_bytes(), {"Content-Type": "font/otf"})


@cache
def own_styles(faces: Faces) -> list[CSS]:
    """The rules that name the school's own faces."""
    return [
        CSS(
            string=f'@font-face {{ font-family: "{family}"; src: url("face:{changed}") }}',
            font_config=fonts(faces),
            url_fetcher=OneFile(path),
        )
        for family, path, changed in faces
    ]


@cache
def size(points: float) -> CSS:
    tight = "line-height: 1.25 } th, td { padding: 0.13em 0.45em" if points < 14 else ""
    return CSS(string=f"body {{ font-size: {points}pt; {tight} }}")


@cache
def pitch(points: float) -> CSS:
    """The distance of lines in an official paper: the standard's 28.98 pt may be lessened a little to spare a page."""
    return CSS(
        string=f"html, h2, h3 {{ line-height: {points}pt }} .closing {{ margin-top: {points}pt }}"
        "h1 { padding-top: 0; margin-bottom: 14pt } .number-line { margin-bottom: 14pt }"
    )


def paper(html: str, styles: Sequence[str], *, fit: str = "", faces: Faces = ()) -> tuple[bytes, int]:
    """The PDF and its number of pages; `fit` as in documents.pdf."""
    source = HTML(string=html, url_fetcher=DataOnly())
    clothes = [*own_styles(faces), *(style(path, faces) for path in styles)]

    def laid_out(*more: CSS) -> Document:
        return source.render(font_config=fonts(faces), stylesheets=[*clothes, *more], pdf_variant=VARIANT)

    document = laid_out()
    if fit == "page" and len(document.pages) <= 3:
        tight = len(document.pages) > 1 or too_wide(document)
        fitted = (laid_out(size(points)) for points in ((12.0, 10.5, 9.7, 9.0) if tight else (20.0, 17.0)))
        document = next((one for one in fitted if len(one.pages) == 1 and not too_wide(one)), document)
    elif fit == "fewer" and len(document.pages) > 1:
        closer = (laid_out(pitch(points)) for points in (27.5, 26.0, 24.5))
        document = next((one for one in closer if len(one.pages) < len(document.pages)), document)
    document.metadata.xmp_metadata.append(LANGUAGE.format(document.metadata.lang).encode())
    return bytes(document.write_pdf(pdf_variant=VARIANT)), len(document.pages)


def too_wide(document: Document) -> bool:
    """Whether words run over the right margin or out of their cell: they stay on one line there."""
    return any(
        isinstance(word, TextBox) and word.position_x + word.width > box.content_box_x() + box.width + 1
        for page in document.pages
        for box in (page._page_box, *page._page_box.descendants())
        if box is page._page_box or isinstance(box, TableCellBox)
        for word in box.descendants()
    )


def picture(pdf: bytes) -> bytes:
    """The first page as PNG."""
    import pypdfium2  # type: ignore[import-untyped]  # few papers are wanted as a picture

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=PICTURE_WIDTH / page.get_width()).to_pil()
    out = io.BytesIO()
    drawn.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


class Steps(logging.Handler):
    """Tells the number of each page that is laid out: WeasyPrint logs it as the last argument of its step 5."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__()
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("Step 5 - Creating layout - Page") and record.args:
            self.tell(int(record.args[-1]))  # type: ignore[call-overload, index]


def quieten() -> None:
    """The libraries log each step of each page."""
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)


def main() -> None:
    quieten()
    os.nice(NICE)
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not look like an answer

    def answer(*parts: bytes) -> None:
        for part in parts:
            answers.write(part)
        answers.flush()

    steps = logging.getLogger("weasyprint.progress")
    steps.setLevel(logging.INFO)
    steps.propagate = False
    steps.handlers = [Steps(lambda number: answer(b"page %d\n" % number))]
    for _count in range(LIFE):
        # The caller waits for each answer, so nothing can be left in the buffer that select does not see.
        if not select.select([jobs], [], [], REST)[0] or not (line := jobs.readline()):
            return
        job = json.loads(line)
        html = jobs.read(job["length"]).decode()
        try:
            pdf, pages = paper(html, job["styles"], fit=job["fit"], faces=tuple(map(tuple, job["faces"])))
            seen = picture(pdf) if job["picture"] else b""
            answer(b"printed %d %d %d\n" % (pages, len(pdf), len(seen)), pdf, seen)
        except Exception:  # noqa: BLE001 - whoever asked hears of it; the next paper is printed
            reason = traceback.format_exc().encode()
            answer(b"failed %d\n" % len(reason), reason)


if __name__ == "__main__":
    main()
