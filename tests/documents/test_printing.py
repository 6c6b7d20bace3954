import re
import sys
import zlib
from contextlib import closing

import pypdfium2
import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils.translation import override

from documents import pdf as printing
from documents import press as pressing
from documents.qr import qr_svg
from tests.conftest import pdf_text

LONG = "一二三四五六七八九十" * 60


@pytest.fixture
def paper(settings, tmp_path):
    """Print an inline template."""
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]

    def render(source, context=None, *, layout="official", **options):
        (tmp_path / "paper.html").write_text(source)
        with override("zh-hans"):
            return printing.print_html(render_to_string("paper.html", context or {}), layout, **options).pdf

    return render


OFFICIAL = """{% extends "pdf/base_official.html" %}{% block heading %}总结{% endblock %}
{% block body %}<h2>一、情况</h2><h3>（一）出勤</h3><p>{{ words }}</p>{% endblock %}
{% block closing %}<p>示范小学</p><p>2026年11月20日</p>{% endblock %}"""
LIST = """{% extends "pdf/base_list.html" %}{% block heading %}名单{% endblock %}
{% block body %}<table><thead><tr><th>姓名</th></tr></thead>
{% for i in rows %}<tr><td>陈一诺</td></tr>{% endfor %}</table>{% endblock %}"""


def objects(pdf):
    """The text of the file's objects, compressed ones opened."""
    found = [pdf.decode("latin-1")]
    for start in re.finditer(rb"stream\r?\n", pdf):
        try:
            found.append(zlib.decompressobj().decompress(pdf[start.end() :]).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(found)


def pages(pdf):
    return len(re.findall(r"/Type /Page\b", objects(pdf)))


def test_an_official_paper_is_a4_with_its_fonts_in_it(paper):
    pdf = paper(OFFICIAL, {"words": LONG})
    assert pdf.startswith(b"%PDF-")
    content = objects(pdf)
    boxes = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(595, 842)}
    fonts = re.findall(r"/BaseFont /([A-Z]{6}\+[\w-]+)", content)
    assert fonts != []
    assert content.count("/FontFile") == len(re.findall(r"/Type /FontDescriptor", content))


def test_the_text_block_holds_22_lines_of_28_signs(paper):
    source = """{% extends "pdf/base_official.html" %}{% block paper %}<p class="flush">{{ words }}</p>{% endblock %}"""
    assert pages(paper(source, {"words": "学" * 28 * 22})) == 1
    assert pages(paper(source, {"words": "学" * (28 * 22 + 1)})) == 2


def edges(pdf):
    """Left and right edge of the words of the first page, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def test_a_long_word_breaks_and_blanks_are_not_stretched(paper):
    source = """{% extends "pdf/base_official.html" %}{% block paper %}<p class="flush">{{ words }}</p>{% endblock %}"""
    long = paper(source, {"words": "https://school.example/" + "a1" * 100})
    assert edges(long)[1] < 595 - 26 * 72 / 25.4 + 3
    with pypdfium2.PdfDocument(paper(source, {"words": "一(1)班 韩小雨" + "同学" * 30})) as document:
        text = document[0].get_textpage()
        words = text.get_text_range()
        before, after = (text.get_charbox(words.index(sign)) for sign in "班韩")
    assert after[0] - before[2] < 10


def test_a_list_is_not_enlarged_beyond_the_page(paper):
    source = LIST.replace("陈一诺</td>", "陈一诺</td><td>{{ words }}</td>")
    wide = paper(source, {"rows": range(4), "words": "五年级以上" * 6}, layout="print_list", fit="page")
    assert (pages(wide), edges(wide)[1] < 595 - 13 * 72 / 25.4 + 2) == (1, True)


def test_a_list_is_not_enlarged_beyond_its_columns(paper):
    source = LIST.replace("<table>", '<table style="table-layout: fixed">').replace(
        "陈一诺</td>", "陈一诺</td><td>{{ words }}</td>"
    )
    plain = paper(source, {"rows": range(4), "words": "五年级以上" * 3}, layout="print_list")
    fitted = paper(source, {"rows": range(4), "words": "五年级以上" * 3}, layout="print_list", fit="page")
    assert edges(fitted)[1] == pytest.approx(edges(plain)[1], abs=1)


def test_a_page_with_a_line_or_two_is_spared(paper):
    """The notice ends with its signature; a little closer, all of it stands on one page."""
    facts = {"words": "学" * 24}
    source = OFFICIAL.replace("<p>{{ words }}</p>", "{% for i in rows %}<p>{{ words }}</p>{% endfor %}")
    assert pages(paper(source, facts | {"rows": range(13)})) == 2
    assert pages(paper(source, facts | {"rows": range(13)}, fit="fewer")) == 1
    assert pages(paper(source, facts | {"rows": range(30)}, fit="fewer")) == 2


def test_a_list_that_runs_a_little_over_is_set_smaller(paper):
    rows = range(30)
    assert pages(paper(LIST, {"rows": rows}, layout="print_list")) == 2
    assert pages(paper(LIST, {"rows": rows}, layout="print_list", fit="page")) == 1


def test_a_short_list_is_set_larger(paper):
    def sizes(pdf):
        return max(float(size) for size in re.findall(r"/\S+ ([\d.]+) Tf", objects(pdf)))

    plain = paper(LIST, {"rows": range(4)}, layout="print_list")
    large = paper(LIST, {"rows": range(4)}, layout="print_list", fit="page")
    assert (pages(large), sizes(large) / sizes(plain)) == (1, pytest.approx(20 / 14, rel=0.01))


def test_a_long_list_stays_large(paper):
    assert pages(paper(LIST, {"rows": range(200)}, layout="print_list", fit="page")) == pages(
        paper(LIST, {"rows": range(200)}, layout="print_list")
    )


def test_a_list_names_its_source_and_time(paper):
    facts = {"school_name": "示范小学", "source": "点名", "printed_at": "11月20日 16:25"}
    text = pdf_text(paper(LIST, facts, layout="print_list"))
    assert "示范小学 · 来源：点名 · 打印时间 11月20日 16:25" in text


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/x.png", "https://example.invalid/x", "file:///etc/passwd", "x.png"]
)
def test_nothing_is_fetched(url):
    with pytest.raises(ValueError, match="not data"):
        pressing.DataOnly().fetch(url)


def test_pictures_stand_in_the_paper():
    assert pressing.DataOnly().fetch("data:text/plain,hello").read() == b"hello"


def test_no_static_name_leads_outside():
    with pytest.raises(SuspiciousFileOperation):
        printing.static_path("../../afterschool/settings.py")


@pytest.fixture
def press():
    with closing(printing.Press()) as press:
        yield press


HTML = "<p>陈一诺</p>"


def test_one_process_prints_many_papers(press):
    first = press.print(HTML, "official")
    process = press.process.pid
    assert (press.print(HTML, "official").pdf[:5], press.process.pid, first.pdf[:5]) == (b"%PDF-", process, b"%PDF-")


def test_a_process_that_ended_is_started_again(press):
    press.print(HTML, "official")
    press.process.kill()
    assert press.print(HTML, "print_list").pdf.startswith(b"%PDF-")


def test_a_process_that_rests_or_has_printed_enough_ends(press, monkeypatch):
    """It is started with no rest at all, and with a life of one paper."""
    for name, code in (("REST", 0), ("LIFE", 1)):
        command = [sys.executable, "-c", f"from documents import press; press.{name} = {code}; press.main()"]
        monkeypatch.setattr(printing, "COMMAND", command)
        press.close()
        process = press._running()
        if name == "LIFE":
            press.print(HTML, "official")
        assert process.wait(30) == 0


def test_a_paper_that_cannot_be_printed_says_why_and_the_next_one_is(press, monkeypatch):
    monkeypatch.setitem(printing.STYLES, "official", ("css/nowhere.css",))
    monkeypatch.setattr(printing, "static_path", lambda name: f"/nowhere/{name}")
    with pytest.raises(printing.PrintingFailed, match=r"nowhere\.css"):
        press.print(HTML, "official")
    monkeypatch.undo()
    assert press.print(HTML, "official").pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("command", [["true"], ["head", "-c", "20"]])
def test_a_process_that_ends_at_once_is_an_error_not_a_hang(press, command, monkeypatch):
    monkeypatch.setattr(printing, "COMMAND", command)
    with pytest.raises(printing.PrintingFailed, match="ended twice"):
        press.print(HTML * 100_000, "official")


def test_a_process_that_hangs_is_given_up(press, monkeypatch):
    monkeypatch.setattr(printing, "COMMAND", ["sleep", "60"])
    monkeypatch.setattr(printing, "LONGEST", 0.1)
    with pytest.raises(printing.PrintingFailed, match="no paper after"):
        press.print(HTML, "official")
    assert press.process is None


def test_many_papers_are_one_file_in_their_order(tmp_path, settings):
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]
    (tmp_path / "paper.html").write_text("<p>No. {{ number }}</p>")
    told = []
    pdf = printing.render_many("paper.html", ({"number": number} for number in range(7)), tell=told.append)
    assert re.findall(r"No\. (\d)", pdf_text(pdf)) == list("0123456")
    assert (len(told), told[-1]) == (8, 7)


def test_a_qr_code_is_sized_by_its_class_alone():
    drawn = qr_svg("https://example.invalid/check/7")
    assert re.match(r'<svg viewBox="0 0 \d+ \d+" class="qr">', drawn)
    assert "style" not in drawn
    assert drawn != qr_svg("https://example.invalid/check/8")
