"""Every paper of the application, printed from the demonstration and measured: margins, lines, tags, codes, page numbers."""

import datetime as dt
import io
import re

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.management import call_command
from django.utils import timezone

from documents.fonts import stack
from documents.papers import PAPERS
from reports.demo.build import build, make_papers
from school.services.printing import filled, print_now

pytestmark = pytest.mark.django_db

UNTIL = dt.date(2026, 11, 2)
MM = 72 / 25.4
WIDE = tuple(n * MM for n in (210, 297))
OFFICIAL = {"official", "term_summary"}


@pytest.fixture
def school(monkeypatch):
    """The demonstration after two months, with what is printed behind it."""
    build(pupils=90, until=UNTIL)
    noon = dt.datetime.combine(UNTIL + dt.timedelta(days=1), dt.time(12), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "_shift", noon - timezone.now() + timezone._shift)
    make_papers(UNTIL)


def lines_of(page):
    """(left, bottom, right, top in points, text) of each piece of text, from the lower left corner."""
    text = page.get_textpage()
    return [(*text.get_rect(n), text.get_text_bounded(*text.get_rect(n))) for n in range(text.count_rects())]


def boxes(page, sign, *, below):
    """Where a sign stands, as lines_of, below a height."""
    text = page.get_textpage()
    found = [text.get_charbox(n) for n, one in enumerate(text.get_text_range()) if one == sign]
    return [box for box in found if box[3] < below]


def test_every_paper_is_printed_and_is_what_it_should_be(school):
    wrong = []
    for name, paper in PAPERS.items():
        arguments = paper.sample("https://school.example/")
        if arguments is None:
            wrong.append((name, "the demonstration has nothing to print on it"))
            continue
        one = filled(paper, *arguments)
        printed = print_now(one)
        found = [
            *structure(printed.pdf),
            *torn(printed.pdf),
            *codes(printed.pdf, one.html),
            *(official(printed.pdf) if paper.layout in OFFICIAL else ()),
            *(sheet(printed.pdf) if paper.layout == "print_list" else ()),
        ]
        wrong += [(name, fault) for fault in found]
    assert not wrong, "\n".join(map(str, wrong))


def structure(pdf):
    """What qpdf, a screen reader and a print shop ask of the file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        yield from file.check_pdf_syntax()
        root, metadata = file.Root, bytes(file.Root.Metadata.read_bytes()).decode()
        if not (root.MarkInfo.Marked and "/StructTreeRoot" in root and root.ViewerPreferences.DisplayDocTitle):
            yield "not tagged"
        if str(root.get("/Lang")) != "zh-hans" or "<dc:language>" not in metadata or ">zh-hans<" not in metadata:
            yield "no language"
        if not re.search(r"<dc:title>.*<rdf:li[^>]*>[^<]+</rdf:li>", metadata) or 'part="1"' not in metadata:
            yield "no title"
        for page in file.pages:
            for font in page.get("/Resources", {}).get("/Font", {}).values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                    yield f"a font is not in the file: {descriptor.FontName}"


MOST_READ = 6


def torn(pdf):
    """No words of a cell are torn: «一年» above «级»."""
    with pypdfium2.PdfDocument(pdf) as file:
        for index in range(len(file)):
            if re.search(r"[一二三四五六]年\s+级", file[index].get_textpage().get_text_bounded()):
                yield f"page {index + 1}: a grade is torn"


def codes(pdf, html):
    """A telephone reads each QR code from the paper as a common printer prints it, and it opens a page of the school."""
    wanted = html.count('src="qr:')
    if not wanted:
        return
    with pypdfium2.PdfDocument(pdf) as file:
        count = len(file)
        images = [file[index].render(scale=300 / 72).to_pil() for index in range(min(count, MOST_READ))]
    read = [code.text for image in images for code in zxingcpp.read_barcodes(image)]
    if count <= MOST_READ and len(read) != wanted:
        yield f"{len(read)} of {wanted} codes can be read"
    elif not read:
        yield "no code can be read"
    yield from (f"a code opens {one}" for one in read if not one.startswith("https://school.example/"))


def official(pdf):
    """GB/T 9704-2012: the text block, the page number 7 mm under it, odd pages right and even ones left."""
    with pypdfium2.PdfDocument(pdf) as file:
        for index in range(len(file)):
            page, number, odd = file[index], index + 1, index % 2 == 0
            if tuple(round(one) for one in page.get_size()) != tuple(round(one) for one in WIDE):
                yield f"page {number} is not A4"
            left, right = (28, 26) if odd else (26, 28)
            marks = [line for line in lines_of(page) if line[3] < 35 * MM]
            body = [line for line in lines_of(page) if line[3] >= 35 * MM]
            if not body:
                if page.get_textpage().get_text_bounded().strip():
                    yield f"page {number} has a number and no text"
                continue  # the back of a paper of one page, in a file of many
            if min(line[0] for line in body) < left * MM - 1 or max(line[2] for line in body) > (210 - right) * MM + 3:
                yield f"page {number}: text stands in the margin"
            if max(line[3] for line in body) > (297 - 37) * MM + 1 or min(line[1] for line in body) < 35 * MM - 1:
                yield f"page {number}: text stands above or below the text block"
            dashes = boxes(page, "—", below=35 * MM)
            if len(dashes) != 2:
                yield f"page {number} has no number: {marks}"
                continue
            under = 35 - dashes[0][3] / MM
            if abs(under - 7) > 0.3:
                yield f"page {number}: its number is {under:.1f} mm under the text"
            edge = (210 - right) * MM - dashes[1][2] if odd else dashes[0][0] - left * MM
            if abs(edge - 14) > 2:
                yield f"page {number}: its number is {edge:.1f} pt from the edge, not one sign"
            heights = {round(line[1]) for line in body}
            if len(file) > 1 and len(heights) < 3:
                yield f"page {number} has a line or two, or a chart alone"


def sheet(pdf):
    """A list for the wall: nothing runs over the edge."""
    with pypdfium2.PdfDocument(pdf) as file:
        for index in range(len(file)):
            page, number = file[index], index + 1
            width, _height = page.get_size()
            lines = lines_of(page)
            if not lines:
                yield f"page {number} is empty"
            elif min(line[0] for line in lines) < 7 * MM or max(line[2] for line in lines) > width - 7 * MM:
                yield f"page {number}: text runs over the edge"


def test_the_command_prints_them_and_lists_them(school, tmp_path, capsys):
    call_command("paper")
    listed = capsys.readouterr().out.split()
    assert {name for name in PAPERS if name not in listed} == set()
    call_command("paper", "duty_table", to=tmp_path)
    assert (tmp_path / "duty_table.pdf").read_bytes()[:5] == b"%PDF-"


def test_each_kind_of_text_has_its_faces():
    assert {name: stack(name)[-1] for name in ("fangsong", "xiaobiaosong", "heiti", "kaiti", "songti")} == {
        "fangsong": "Noto Serif CJK SC",
        "xiaobiaosong": "Noto Serif CJK SC",
        "heiti": "Noto Sans CJK SC",
        "kaiti": "Noto Serif CJK SC",
        "songti": "Noto Serif CJK SC",
    }
