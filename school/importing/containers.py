"""Opens an uploaded file of tables, whatever its container: Excel's of all ages, WPS, OpenDocument, text with commas or tabs.

Within limits of size and memory; every refusal is a sentence that says what to press.
"""

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from documents.uploads import WORKBOOK_BYTES

MAX_BYTES = WORKBOOK_BYTES
# A workbook of a school with 6,000 pupils has 10 MB unpacked.
MAX_UNPACKED = 40 * 1024 * 1024
READ_SECONDS = 30
MAX_ROWS = 20_000
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK"
MARKUP = re.compile(rb"\s*(<!doctype|<html|<table|<\?xml|<div|<meta|mime-version:)", re.IGNORECASE)
CONTROL = re.compile(r"_x00[01][0-9A-Fa-f]_|[\x00-\x08\x0b-\x1f\x7f]")
KEPT_TEXT = re.compile(r"'[=+\-@\t\r]")
DELIMITERS = "\t,;"
MAX_COLUMNS = 200


class WorkbookRefused(Exception):
    """The file cannot be read; the message is a sentence for the person who uploaded it."""


class Table(NamedTuple):
    """A sheet as it stands: its rows from the first one on, cells None, text, number, bool, date or datetime."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False


def tables_of(data: bytes) -> list[Table]:
    """The sheets of a file that are not hidden. Raises WorkbookRefused, with what to press, for what is no file of tables."""
    if not data.strip():
        raise WorkbookRefused(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise WorkbookRefused(_("The file is larger than 20 MB. Remove pictures and sheets that are not needed."))
    if data.startswith(OLE):
        check_compound(data)
    elif data.startswith(ZIP):
        check_unpacked(data)
    elif MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise WorkbookRefused(
            _(
                "This is a web page with the name of a workbook. Open it in Excel or WPS, save it as .xlsx and upload that."
            )
        )
    else:
        return [text_table(data)]
    return [table for table in read_apart(data) if not table.hidden and table.rows]


def read_apart(data: bytes) -> list[Table]:
    """documents.sheets in a process of its own, so that no file takes more than its share of memory and time."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "documents.sheets"],
            input=data,
            capture_output=True,
            timeout=READ_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WorkbookRefused(
            _("Reading the file takes too long. Remove sheets, rows and columns that are empty.")
        ) from error
    if done.returncode == 0:
        return [
            Table(one["name"], [[cell_of(c) for c in row] for row in one["rows"]], one["hidden"])
            for one in json.loads(done.stdout)
        ]
    reasons = {
        b"locked": _(
            "The file is locked with a password. Open it, take the password off (File, Info), save and upload it again."
        ),
        b"large": _(
            "The workbook has more than 400,000 cells or 20,000 rows. Remove sheets, and rows and columns that are empty."
        ),
    }
    raise WorkbookRefused(
        reasons.get(
            done.stdout.strip(),
            _("This file is damaged or no workbook. Open it in Excel or WPS, save it as .xlsx and upload that."),
        )
    )


def cell_of(value: Any) -> Any:
    """A day or moment from its text; a text without the signs that web exporters leave: _x000D_, and what controls a printer."""
    if isinstance(value, str):
        # An apostrophe in front keeps «=…» a text, as our own workbooks write it.
        return CONTROL.sub(" ", value[1:] if KEPT_TEXT.match(value) else value)
    if not isinstance(value, dict):
        return value
    return dt.date.fromisoformat(value["day"]) if "day" in value else dt.datetime.fromisoformat(value["moment"])


def check_compound(data: bytes) -> None:
    """The container of Office 97: a workbook, but also a workbook under a password, or a text of Word."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise WorkbookRefused(
            _(
                "The file is locked with a password. Open it, take the password off (File, Info), save and upload it again."
            )
        )
    if "WordDocument".encode("utf-16-le") in data:
        raise WorkbookRefused(
            _("This is a Word document. Copy its table into Excel or WPS, save it as .xlsx and upload that.")
        )


def check_unpacked(data: bytes) -> None:
    """Raises WorkbookRefused for a zip that is broken, holds no workbook, or unpacks to more than a school's workbook holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise WorkbookRefused(
            _(
                "The file is not whole; perhaps its download broke off. Fetch it again, or open and save it anew in Excel or WPS."
            )
        ) from error
    names = [part.filename.lower() for part in parts]
    if any(name.startswith("word/") for name in names):
        raise WorkbookRefused(
            _("This is a Word document. Copy its table into Excel or WPS, save it as .xlsx and upload that.")
        )
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise WorkbookRefused(_("Unpacked, this file is far too large for a school's workbook."))


# A cell of a sheet, and cells that are merged into one.
CELL = re.compile(rb"<(?:\w+:)?c[ />]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})")


def cells_in(data: bytes) -> int:
    """How many cells openpyxl makes of an .xlsx, those hidden under a merged one too: a short line can merge a whole sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(weight(archive.read(part)) for part in archive.infolist() if part.filename.endswith(".xml"))


def weight(xml: bytes) -> int:
    merged = (
        (1 + number_of(right) - number_of(left)) * (1 + int(below) - int(above))
        for left, above, right, below in MERGED.findall(xml)
    )
    return len(CELL.findall(xml)) + sum(merged)


def number_of(column: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for sign in column.upper():
        number = number * 26 + sign - ord("A") + 1
    return number


# Parts of a workbook that name who wrote it, with which program and in which company; no reader of ours asks them.
OF_THE_AUTHOR = re.compile(r"docprops/|xl/persons/|meta\.xml$", re.IGNORECASE)


def without_author(data: bytes) -> bytes:
    """A workbook (zip) without what it says of its author. Its parts still name what is gone: for our own readers only."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in book.infolist():
            if not OF_THE_AUTHOR.match(part.filename):
                kept.writestr(part, book.read(part), compress_type=part.compress_type)
    return out.getvalue()


# A formula without the result that Excel stores beside it, as programs write it that compute nothing.
NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
UNCOMPUTED = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*" + NO_VALUE + rb"\s*</(?:\w+:)?c>")


def uncomputed_in(data: bytes) -> int:
    """How many cells of an .xlsx hold a formula whose result nobody stored; they read as empty."""
    if not data.startswith(ZIP):
        return 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if re.search(r"worksheets/[^/]+\.xml$", part.filename)]
        return sum(len(UNCOMPUTED.findall(archive.read(part))) for part in parts)


def text_table(data: bytes) -> Table:
    """A file of text: UTF-8, UTF-16 with its mark, or GB18030; the cells between tabs, commas or semicolons."""
    text = decoded(data)
    head = text.splitlines()[:40]
    counts = {mark: sum(line.count(mark) for line in head) for mark in DELIMITERS}
    delimiter = max(counts, key=lambda mark: counts[mark])
    if not counts[delimiter] or any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text):
        raise WorkbookRefused(
            _(
                "This is neither an Excel workbook nor a table in text. Save it in Excel or WPS as .xlsx and upload that."
            )
        )
    rows: list[list[Any]] = []
    try:
        for cells in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([cell if cell.strip() else None for cell in cells[:MAX_COLUMNS]])
            if len(rows) > MAX_ROWS:
                raise WorkbookRefused(_("The file has more than %d rows.") % MAX_ROWS)
    except csv.Error as error:
        raise WorkbookRefused(
            _("A cell of this file is far too long. Save it in Excel or WPS as .xlsx and upload that.")
        ) from error
    return Table("", rows)


def decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookRefused(
        _("This is neither an Excel workbook nor a table in text. Save it in Excel or WPS as .xlsx and upload that.")
    )
