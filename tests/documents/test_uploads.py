"""What people upload: told by its content, bounded before it is read, kept without what a camera noted."""

import io
import struct
import zlib

import pikepdf
import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import get_resolver
from PIL import Image

from documents import scrub
from documents.uploads import (
    DOCUMENT_SIDE,
    DRAWING_SIDE,
    MOST_BYTES,
    DocumentField,
    FontField,
    PictureField,
    UploadColumn,
    WorkbookField,
    scrubbed_pdf,
    small_drawing,
    small_picture,
    upload_response,
)
from tests.papers import CAMERA, pdf, photo, picture

FIELDS = (PictureField, DocumentField, WorkbookField, FontField)
# Files that the application writes itself; no form takes them.
OURS = {
    "school.ImportBatch.file",
    "school.Printout.file",
    "school.Printout.picture",
    "homework.BoardEdition.file",
    "reports.ReportRun.pdf",
    "reports.ReportRun.xlsx",
}


def upload(data, name="../IMG 0001.exe"):
    return SimpleUploadedFile(name, data)


def opened(data):
    return Image.open(io.BytesIO(data))


def png_of(width, height):
    """A valid PNG of one colour, a few kilobytes whatever its size."""
    squeeze, row = zlib.compressobj(9), b"\0" * (width // 8 + 1)
    data = b"".join(squeeze.compress(row) for _y in range(height)) + squeeze.flush()
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


# --- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_written_anew_without_what_the_camera_noted(kind):
    given = photo(kind, size=(1600, 800))
    assert CAMERA.encode() in given
    kept = PictureField(side=400).clean(upload(given)).read()
    assert (opened(kept).format, opened(kept).size, dict(opened(kept).getexif())) == ("JPEG", (400, 200), {})
    assert CAMERA.encode() not in kept


def test_a_photo_taken_upright_stays_upright():
    assert opened(small_picture(io.BytesIO(photo(size=(80, 40), turned=6)), side=400)).size == (40, 80)


@pytest.mark.parametrize(("mode", "color"), [("RGBA", (0, 0, 0, 0)), ("LA", (0, 0)), ("1", 1), ("I;16", 65535)])
def test_every_kind_of_picture_becomes_a_jpeg_on_white(mode, color):
    kept = opened(small_picture(io.BytesIO(picture("PNG", mode=mode, color=color)), side=400))
    assert (kept.mode, kept.getpixel((5, 5))) == ("RGB", (255, 255, 255))


def test_a_small_file_with_many_pixels_is_never_decoded(monkeypatch):
    bomb = png_of(10_000, 10_000)
    assert len(bomb) < 21_000
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", lambda self: pytest.fail("decoded"))
    for read in (lambda: PictureField(side=400).clean(upload(bomb)), lambda: DocumentField().clean(upload(bomb))):
        with pytest.raises(ValidationError) as refusal:
            read()
        assert refusal.value.messages == ["照片超过 2500 万像素，请调小后重拍。"]
    with pytest.raises(ValidationError, match="2500 万像素"):
        small_drawing(bomb)


def test_25_million_pixels_are_taken():
    assert opened(small_picture(io.BytesIO(png_of(5_000, 5_000)), side=400)).size == (400, 400)


@pytest.mark.parametrize(
    "data", [b"GIF89a" + b"0" * 40, b"\xff\xd8\xff\xe0", photo(size=(900, 900))[:-900], b"\x89PNG\r\n\x1a\n", b"MZ"]
)
def test_what_is_no_photo_is_refused_in_a_sentence(data, monkeypatch):
    # WeasyPrint, which web processes never load, asks Pillow for patience with pictures that were cut off.
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(ValidationError) as refusal:
        PictureField(side=400).clean(upload(data))
    assert refusal.value.messages == ["无法读取这张照片，请使用 JPEG 或 PNG 格式。"]


def test_a_photo_of_an_iphone_that_is_no_jpeg_is_told_what_to_do():
    with pytest.raises(ValidationError, match="HEIC"):
        DocumentField().clean(upload(b"\0\0\0\x18ftypheic\0\0\0\0"))


@pytest.mark.parametrize("field", [PictureField(side=400), DocumentField()])
def test_a_file_of_more_than_ten_megabytes_is_not_looked_at(field):
    with pytest.raises(ValidationError) as refusal:
        field.clean(upload(picture() + b"0" * MOST_BYTES))
    assert refusal.value.messages == ["文件超过 10 MB，请调小后重拍。"]


def test_a_drawing_is_grey_and_small():
    kept = opened(small_drawing(picture("PNG", size=(1200, 600), mode="RGBA", color=(18, 36, 27, 255))))
    assert (kept.format, kept.mode, kept.size) == ("PNG", "L", (DRAWING_SIDE, DRAWING_SIDE // 2))
    assert kept.getpixel((5, 5)) == 17


# --- papers -------------------------------------------------------------------------------------------------------


def test_a_paper_is_kept_under_a_name_of_ours_and_read_under_its_own():
    kept = DocumentField().clean(upload(photo(size=(3000, 2000)), name="低保证.jpg"))
    assert (kept.name, kept.given_name, opened(kept.read()).size) == ("file.jpg", "低保证.jpg", (DOCUMENT_SIDE, 1600))
    assert DocumentField().clean(upload(pdf())).name == "file.pdf"
    assert DocumentField(required=False).clean(None) is None


@pytest.mark.parametrize("data", [b"MZ", b"<html>", b"PK\x03\x04", b"RIFF1234WAVE"])
def test_what_is_neither_photo_nor_pdf_is_refused(data):
    with pytest.raises(ValidationError) as refusal:
        DocumentField().clean(upload(data, name="a.pdf"))
    assert refusal.value.messages == ["请选择照片（JPEG、PNG）或 PDF。"]


def test_a_pdf_keeps_neither_author_nor_script_nor_attachment_nor_the_cameras_notes():
    given = pdf(jpeg=photo())
    assert given.count(CAMERA.encode()) > 1
    kept = scrubbed_pdf(given)
    assert CAMERA.encode() not in kept
    with pikepdf.open(io.BytesIO(kept)) as document:
        streams = [one.read_raw_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
        assert not any(zlib.compress(CAMERA.encode())[:8] in one for one in streams)
        assert {"/Metadata", "/OpenAction", "/AA"} & set(document.Root.keys()) == set()
        assert "/Info" not in document.trailer
        assert len(document.attachments) == 0
        image = document.pages[0].Resources.XObject.P
        assert dict(opened(image.read_raw_bytes()).getexif()) == {}
        assert opened(image.read_raw_bytes()).convert("RGB").getpixel((3, 3)) == (0, 128, 1)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf(pages=31), "这份 PDF 超过 30 页，请只上传需要的几页。"),
        (
            pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
            "这份 PDF 有密码，请上传没有密码的，或给纸质材料拍照。",
        ),
        (
            pdf(encryption=pikepdf.Encryption(owner="a", user="")),
            "这份 PDF 有密码，请上传没有密码的，或给纸质材料拍照。",
        ),
        (b"%PDF-1.7 plan", "这份 PDF 无法读取，请给纸质材料拍照上传。"),
    ],
    ids=["pages", "locked", "locked for changes", "junk"],
)
def test_a_pdf_that_is_not_taken_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(ValidationError) as refusal:
        DocumentField().clean(upload(data))
    assert refusal.value.messages == [sentence]


def test_a_pdf_of_thirty_pages_is_taken():
    with pikepdf.open(io.BytesIO(scrubbed_pdf(pdf(pages=30)))) as document:
        assert len(document.pages) == 30


def test_a_pdf_that_unpacks_to_a_gigabyte_ends_its_own_process_only():
    """An object stream of 1.1 GB, packed into a megabyte."""
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(b" " * 10_000_000) for _n in range(110)) + squeeze.flush()
    out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    stream = len(out)
    out += b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    out += packed + b"\nendstream\nendobj\n"
    table = len(out)
    entries = [(0, 0, 255), (1, 9, 0), (2, 5, 0), (0, 0, 0), (0, 0, 0), (1, stream, 0), (1, table, 0)]
    rows = b"".join(struct.pack(">BIB", *entry) for entry in entries)
    out += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(rows)
    out += rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table
    assert len(out) < MOST_BYTES
    with pytest.raises(ValidationError, match="无法读取"):
        scrubbed_pdf(out)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr("documents.uploads.SCRUB_SECONDS", 0.001)
    with pytest.raises(ValidationError, match="无法读取"):
        scrubbed_pdf(pdf())


@pytest.mark.parametrize("jpeg", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\0", b"\xff\xd8\xff\xe1\xff\xff12", b"no jpeg"])
def test_a_picture_that_is_not_well_formed_does_not_stop_the_paper(jpeg):
    assert jpeg.startswith(b"".join(scrub.without_notes(jpeg))[:2])


# --- everywhere ---------------------------------------------------------------------------------------------------


def form_classes():
    get_resolver().url_patterns  # noqa: B018 - loads every view, and with it every form
    found, ahead = set(), [forms.BaseForm]
    while ahead:
        for one in ahead.pop().__subclasses__():
            if one not in found:
                found.add(one)
                ahead.append(one)
    ours = {config.name for config in apps.get_app_configs() if "site-packages" not in config.path}
    return [one for one in found if one.__module__.split(".")[0] in ours]


def test_every_form_takes_files_through_one_of_the_fields():
    taken = [
        (form.__name__, name, type(field))
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField)
    ]
    assert len(taken) >= 12
    assert [one for one in taken if not issubclass(one[2], FIELDS)] == []


def test_every_file_that_is_not_written_by_us_is_kept_in_one_of_the_columns():
    files = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.FileField) and not model._meta.app_label.startswith("pghistory")
    ]
    plain = {f"{field.model._meta.label}.{field.name}" for field in files if not isinstance(field, UploadColumn)}
    tracked = {name for name in plain if "Event." in name}  # copies of rows, which only the database writes
    assert plain - tracked == OURS


def test_no_page_of_the_administration_takes_a_plain_file(cast, rf):
    request = rf.get("/")
    request.user = cast.office.user
    request.user.is_superuser = True
    for model, page in admin.site._registry.items():
        if not page.has_change_permission(request):
            continue
        fields = page.get_form(request).base_fields
        plain = [name for name, f in fields.items() if isinstance(f, forms.FileField) and not isinstance(f, FIELDS)]
        assert (model.__name__, plain) == (model.__name__, [])


def test_a_file_is_shown_by_its_content_and_never_sniffed(cast, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    from enrollment.models import TermPreparation

    papers = TermPreparation.objects.create(term=cast.term)
    papers.plan_file.save("plan.html", DocumentField().clean(upload(pdf())))
    answer = upload_response(papers.plan_file)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    papers.group_file.save("a.html", SimpleUploadedFile("a.html", b"<script>"))
    answer = upload_response(papers.group_file)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
