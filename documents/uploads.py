"""Files that people upload: what is taken, how large it may be, and what is kept of it.

Every form takes a file through one of the fields below, every model keeps one in one of the columns. The kind is told by
the content, never by the name. The name in the storage is ours, and no address leads there: a page that shows a file asks who
may see it (upload_response). Pictures are decoded only when they are small enough, and written anew without what a camera
noted in them.
"""

import io
import struct
import subprocess
import sys
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_BYTES = 10_000_000
MOST_PIXELS = 25_000_000
# Pixels of the longer side: a face beside a name, a picture in the catalogue, a page of A4 that can be read and printed.
PHOTO_SIDE, PICTURE_SIDE, DOCUMENT_SIDE = 400, 1280, 2400
DRAWING_SIDE = 600
# A drawing has sixteen greys: more would not be seen, and would take more room.
GREYS = [grey & 0xF0 | grey >> 4 for grey in range(256)]
WORKBOOK_BYTES = 20 * 1024 * 1024
SCRUB_SECONDS = 30

PDF = "application/pdf"
KINDS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"RIFF????WEBP": "image/webp",
    b"%PDF-": PDF,
}
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
# What a picture that is not whole can raise while it is decoded.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
ENDINGS = {"image/jpeg": "jpg", PDF: "pdf"}


class Upload(ContentFile):
    """A file as it is kept; `given_name` is what its owner calls it, for reading only."""

    name: str

    def __init__(self, content: bytes, *, kind: str, given_name: str | None) -> None:
        super().__init__(content, name=f"file.{ENDINGS[kind]}")
        self.given_name = (given_name or "")[-100:]


def kind_of(file: File) -> str:
    """The content type by the first bytes; empty for what is neither a picture nor a PDF."""
    file.seek(0)
    head = bytes(file.read(12))
    file.seek(0)
    if head[:4] == b"RIFF":
        head = b"RIFF????" + head[8:]
    return next((kind for start, kind in KINDS.items() if head.startswith(start)), "")


def checked_kind(file: File) -> str:
    """The kind of an uploaded file. Raises ValidationError for one that is too large, or of no kind that is taken."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Please take the photo once more, smaller."))
    kind = kind_of(file)
    if not kind and bytes(file.read(12))[4:] in HEIC:
        raise ValidationError(
            _(
                "This photo is in the HEIC format. In the phone's camera settings choose the most compatible format (JPEG)."
            )
        )
    return kind


def small_picture(file: File | io.BytesIO, *, side: int) -> bytes:
    """A JPEG of `side` pixels at most, upright, on white, without metadata. Raises ValidationError for what is no picture.

    The size is read from the head: what has more than MOST_PIXELS is never decoded.
    """
    try:
        file.seek(0)
        with Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as image:
            check_pixels(image)
            image.draft("RGB", (side, side))  # a JPEG is decoded no larger than needed
            picture = on_white(ImageOps.exif_transpose(image))
    except BROKEN as error:
        raise ValidationError(_("This is no photo that can be read. Please take a JPEG or PNG.")) from error
    picture.thumbnail((side, side))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def check_pixels(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(_("The photo has more than 25 million pixels. Please take it once more, smaller."))


def on_white(image: Image.Image) -> Image.Image:
    """In RGB; what is transparent becomes white."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    above = image.convert("RGBA")
    below = Image.new("RGB", above.size, "white")
    below.paste(above, mask=above.getchannel("A"))
    return below


def small_drawing(data: bytes) -> bytes:
    """A signature as a grey PNG of DRAWING_SIDE pixels at most. Raises ValidationError for what is no PNG."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            check_pixels(image)
            drawing = on_white(image).convert("L")
    except BROKEN as error:
        raise ValidationError(_("The drawing could not be read. Please sign once more.")) from error
    drawing.thumbnail((DRAWING_SIDE, DRAWING_SIDE))
    out = io.BytesIO()
    drawing.point(GREYS).save(out, "PNG")
    return out.getvalue()


def scrubbed_pdf(data: bytes) -> bytes:
    """The PDF without metadata, scripts and attachments. Raises ValidationError with a sentence for one that is not taken."""
    command = [sys.executable, "-m", "documents.scrub"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SCRUB_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ValidationError(_("This PDF cannot be read. Please take a photo of the paper.")) from error
    if done.returncode == 0:
        return done.stdout
    reasons = {
        b"locked": _("This PDF is locked with a password. Please take one without, or a photo of the paper."),
        b"pages": _("This PDF has more than 30 pages. Please take only those that matter."),
    }
    raise ValidationError(
        reasons.get(done.stdout.strip(), _("This PDF cannot be read. Please take a photo of the paper."))
    )


class PictureField(forms.FileField):
    """A photo; cleaned to a small JPEG of `side` pixels at most."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, *, side: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.side = side

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        checked_kind(file)
        return Upload(small_picture(file, side=self.side), kind="image/jpeg", given_name=file.name)


class DocumentField(forms.FileField):
    """A paper as a photo or a PDF; cleaned to a JPEG, or to a PDF without metadata and scripts."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        kind = checked_kind(file)
        if not kind:
            raise ValidationError(_("Please choose a photo (JPEG, PNG) or a PDF."))
        if kind == PDF:
            return Upload(scrubbed_pdf(file.read()), kind=PDF, given_name=file.name)
        return Upload(small_picture(file, side=DOCUMENT_SIDE), kind="image/jpeg", given_name=file.name)


class WorkbookField(forms.FileField):
    """A file of tables: Excel, WPS, OpenDocument, text. Every reader opens it with school.importing.workbook, which judges it."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xlsb,.xls,.et,.ods,.csv,.tsv,.txt"})

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None and file.size > WORKBOOK_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Remove pictures and sheets that are not needed."))
        return file


class FontField(forms.FileField):
    """A font; documents.fonts judges it. A collection (TTC) holds several and is not taken."""

    widget = forms.FileInput(attrs={"accept": ".ttf,.otf"})

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None and file.size > WORKBOOK_BYTES:
            raise ValidationError(_("The file is larger than 20 MB."))
        return file


class UploadColumn(models.FileField):
    """Base of the two below: the database sees a FileField, so that neither changes a table."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class PictureColumn(UploadColumn):
    """A small JPEG, whichever form it comes through; `side` in pixels."""

    def __init__(self, *args: Any, side: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PictureField, "side": self.side, **kwargs})


class DocumentColumn(UploadColumn):
    """A paper as a photo or a PDF, whichever form it comes through."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DocumentField, **kwargs})


def upload_response(file: FieldFile) -> FileResponse:
    """The file as it was kept, shown in the browser and stored by nobody."""
    stored = file.open("rb")
    kind = kind_of(stored)
    response = FileResponse(stored, content_type=kind or "application/octet-stream", as_attachment=not kind)
    response["X-Content-Type-Options"] = "nosniff"
    return response
