"""The faces of official papers, a face of the school's own, and signs that no face has."""

import io
import subprocess

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from documents import fonts
from documents.fonts import WANTED, faces_in_use, put_face, signs_without_face, take_face_out
from documents.papers import PAPERS
from documents.pdf import print_html
from school.services.printing import filled

RARE = "\U000323af"  # the last ideograph of extension H: no font has it yet
FANGSONG = "Office FangSong"


def font(signs):
    """A font in which each of these signs is a square."""
    names = [".notdef", *(f"uni{ord(sign):04X}" for sign in signs)]
    pen = TTGlyphPen(None)
    for move, point in (("moveTo", (0, 0)), ("lineTo", (800, 0)), ("lineTo", (800, 800)), ("lineTo", (0, 800))):
        getattr(pen, move)(point)
    pen.closePath()
    built = FontBuilder(1000)
    built.setupGlyphOrder(names)
    built.setupCharacterMap(dict(zip(map(ord, signs), names[1:], strict=True)))
    built.setupGlyf(dict.fromkeys(names, pen.glyph()))
    built.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    built.setupHorizontalHeader(ascent=800, descent=-200)
    built.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    built.setupOS2()
    built.setupPost()
    out = io.BytesIO()
    built.save(out)
    return out.getvalue()


@pytest.fixture
def own_face(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    yield
    take_face_out(FANGSONG)


def test_signs_that_no_font_has_are_found_once():
    assert signs_without_face("韩小雨 ABC，123〔2026〕") == []
    assert signs_without_face(f"王{RARE}{RARE}") == [RARE]


def test_without_fontconfig_nothing_is_claimed(monkeypatch):
    def missing(*arguments, **options):
        raise FileNotFoundError

    for cached in (fonts._listed, fonts._covered, fonts.families):
        cached.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", missing)
        assert signs_without_face(RARE) == []
        assert {face.family for face in faces_in_use()} == {""}
    for cached in (fonts._listed, fonts._covered, fonts.families):
        cached.cache_clear()


def test_a_name_that_cannot_be_printed_is_kept_and_told(cast, as_user):
    client = as_user(cast.office)
    page = client.get(reverse("school:guardian_edit", args=[cast.mother.pk]))
    fields = {name: field.value() or "" for name, field in ((f.html_name, f) for f in page.context["form"])}
    answer = client.post(page.request["PATH_INFO"], fields | {"name": f"沈{RARE}"}, follow=True)
    cast.mother.refresh_from_db()
    assert cast.mother.name == f"沈{RARE}"
    assert f"服务器上没有“{RARE}”的字形" in answer.content.decode()


def test_the_school_puts_its_own_face_in_and_takes_it_out(cast, as_user, own_face):
    client, url = as_user(cast.office), reverse("school:paper_list")
    body = faces_in_use()[0]
    assert (body.family, body.stands_in) == ("Noto Serif CJK SC", True)
    for wrong, sentence in ((b"MZ", "不是可用的字体"), (font("ABC"), "不含中文：缺少关")):
        page = client.post(url, {"family": FANGSONG, "file": SimpleUploadedFile("a.ttf", wrong)})
        assert sentence in page.content.decode()
    good = font(WANTED)
    client.post(url, {"family": FANGSONG, "file": SimpleUploadedFile("仿宋.ttf", good)})
    assert (faces_in_use()[0].family, faces_in_use()[0].stands_in) == (FANGSONG, False)
    assert FANGSONG in client.get(url).content.decode()
    client.post(url, {"remove": "1"})
    assert faces_in_use()[0].family == "Noto Serif CJK SC"


def test_who_only_reads_changes_no_face(cast, as_user, own_face):
    url = reverse("school:paper_list")
    assert as_user(cast.principal).get(url).context["font_form"] is None
    assert as_user(cast.principal).post(url, {"remove": "1"}).status_code == 403


def test_papers_are_set_in_the_school_s_face_and_are_other_papers_then(cast, own_face):
    before = filled(PAPERS["report_poster"], "https://school.example/").digest
    put_face(FANGSONG, font(WANTED))
    assert filled(PAPERS["report_poster"], "https://school.example/").digest != before
    pdf = print_html("<p>关于学校课后服务</p>", "official").pdf
    with pikepdf.open(io.BytesIO(pdf)) as file:
        names = [str(font.BaseFont) for font in file.pages[0].Resources.Font.values()]
    assert any("Office-FangSong" in name for name in names), names


def test_every_paper_stands_on_the_list_with_its_use(cast, as_user):
    page = as_user(cast.office).get(reverse("school:paper_list"))
    assert {paper.name for paper in page.context["papers"]} == set(PAPERS)
    content = page.content.decode()
    assert content.count("内容只限少数人知道") == sum(paper.private for paper in PAPERS.values())
    sample = reverse("school:paper_sample", args=["report_poster"])
    assert (
        f'href="{sample}"' in content
        and f'href="{sample}"' not in as_user(cast.principal).get(reverse("school:paper_list")).content.decode()
    )


def test_a_sample_of_nothing_says_so_and_a_private_one_is_not_there(cast, as_user):
    client = as_user(cast.office)
    assert "还没有可打印的内容" in client.get(reverse("school:paper_sample", args=["zones"])).content.decode()
    assert client.get(reverse("school:paper_sample", args=["care_file"])).status_code == 404
    assert client.get(reverse("school:paper_sample", args=["nothing"])).status_code == 404
    assert client.get(reverse("school:paper_sample", args=["report_poster"])).url.startswith("/printouts/")
