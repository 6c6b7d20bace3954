"""Reads an uploaded .xlsx within limits of size, rows and memory; every refusal is a sentence."""

import io
import re
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from lxml.etree import XMLSyntaxError

from documents.uploads import WORKBOOK_BYTES
from web.cleaning import clean_text

MAX_BYTES = WORKBOOK_BYTES
# A workbook of a school with 6,000 pupils has 10 MB unpacked and 250,000 cells; reading takes a second for 60,000 of them.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_CELLS = 400_000
MAX_SECONDS = 20
MAX_ROWS = 20_000
MAX_COLUMNS = 60
HEADER_WITHIN = 10
# A cell of a sheet, or a shared text; and cells that are merged into one.
CELL = re.compile(rb"<(?:\w+:)?(?:c|si)[ />]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})")
XLS_SIGNATURE = b"\xd0\xcf\x11\xe0"

# What a file that is no whole workbook raises: its zip, its XML, or openpyxl on what it finds.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    XMLSyntaxError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)

FORMULA = object()
"""Stands in a row for a cell that holds a formula instead of a value."""


class WorkbookRefused(Exception):
    """The file cannot be read; the message is a sentence for the person who uploaded it."""


class Row(NamedTuple):
    number: int
    values: dict[str, Any]
    """Column heading → raw value, FORMULA where the cell holds one."""

    def text(self, column: str) -> str:
        return clean_text(self.values.get(column))


class ReadSheet(NamedTuple):
    name: str
    title: str
    """What stands above the header, the school's name and the term."""
    rows: list[Row]


def open_workbook(data: bytes) -> Any:
    """Opens a workbook with openpyxl. Raises WorkbookRefused for another kind of file or one that is too large."""
    import openpyxl  # imported on first use: 13 MB
    from openpyxl.utils.exceptions import InvalidFileException

    if not data:
        raise WorkbookRefused(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise WorkbookRefused(_("The file is larger than 20 MB. Remove pictures and sheets that are not needed."))
    if data.startswith(XLS_SIGNATURE):
        raise WorkbookRefused(_("This is an old .xls file. Open it and save it as .xlsx, then upload that."))
    try:
        check_unpacked(data)
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except (InvalidFileException, OSError, *DAMAGED) as error:
        raise WorkbookRefused(_("This is not an Excel workbook (.xlsx).")) from error


def check_unpacked(data: bytes) -> None:
    """Raises WorkbookRefused for a file that unpacks to more than a school's workbook holds, cells of all its sheets counted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise WorkbookRefused(_("Unpacked, this file is far too large for a school's workbook."))
        cells = 0
        for part in parts:
            if part.filename.endswith(".xml"):
                cells += weight(archive.read(part))
            if cells > MAX_CELLS:
                raise WorkbookRefused(
                    _("The workbook has more than %d cells. Remove sheets, and rows and columns that are empty.")
                    % MAX_CELLS
                )


def weight(xml: bytes) -> int:
    """How many cells reading this part makes, those hidden under a merged one too: a short line can merge a whole sheet."""
    from openpyxl.utils import range_boundaries  # imported on first use, see open_workbook

    merged = (range_boundaries(area.decode().upper()) for area in MERGED.findall(xml))
    return len(CELL.findall(xml)) + sum(
        (1 + right - left) * (1 + below - above) for left, above, right, below in merged
    )


def read_workbook(data: bytes, wanted: dict[str, Iterable[str]]) -> dict[str, ReadSheet]:
    """The wanted sheets by name; `wanted` maps a sheet's name to the columns it must have."""
    book = open_workbook(data)
    try:
        by_name = {clean_text(sheet.title): sheet for sheet in book.worksheets}
        if missing := [name for name in wanted if name not in by_name]:
            raise WorkbookRefused(_("The workbook lacks the sheet «%s».") % "、".join(missing))
        sheets = {name: read_sheet(name, by_name[name], columns) for name, columns in wanted.items()}
    except DAMAGED as error:
        raise WorkbookRefused(_("This workbook is damaged. Open it in Excel, save it anew and upload that.")) from error
    finally:
        book.close()
    if not any(sheet.rows for sheet in sheets.values()):
        raise WorkbookRefused(_("The workbook has no rows."))
    return sheets


def read_sheet(name: str, worksheet: Any, required: Iterable[str]) -> ReadSheet:
    worksheet.reset_dimensions()
    lines = numbered_lines(name, worksheet)
    title, columns = find_header(name, lines, set(required))
    rows = []
    for number, cells in lines:
        values = {column: cells[at] for column, at in columns.items() if at < len(cells) and cells[at] is not None}
        filled = sum(1 for value in values.values() if value is FORMULA or clean_text(value))
        # A row with one filled cell is a note below the table; a child's row has several.
        if filled > 1:
            rows.append(Row(number, values))
    return ReadSheet(name, title, rows)


def numbered_lines(name: str, worksheet: Any) -> Iterator[tuple[int, list[Any]]]:
    until = time.monotonic() + MAX_SECONDS
    for number, cells in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if time.monotonic() > until:
            raise WorkbookRefused(
                _("Reading the sheet «%s» takes too long. Remove rows and columns that are empty.") % name
            )
        if number > MAX_ROWS:
            raise WorkbookRefused(
                _("The sheet «%(name)s» has more than %(rows)d rows.") % {"name": name, "rows": MAX_ROWS}
            )
        yield number, [FORMULA if cell.data_type == "f" else cell.value for cell in cells]


def find_header(name: str, lines: Iterator[tuple[int, list[Any]]], required: set[str]) -> tuple[str, dict[str, int]]:
    """(text above the header, heading → index). The header is the row with most of the headings."""
    above: list[str] = []
    best: set[str] = set()
    for number, cells in lines:
        headings = {clean_text(value): at for at, value in reversed(list(enumerate(cells))) if isinstance(value, str)}
        found = required & headings.keys()
        if found == required:
            return " ".join(above), headings
        best = max(best, found, key=len)
        above.extend(text for text in headings if text)
        if number >= HEADER_WITHIN:
            break
    if not best:
        raise WorkbookRefused(_("The sheet «%s» has no header row in its first ten rows.") % name)
    missing = "», «".join(sorted(required - best))
    raise WorkbookRefused(
        _("The sheet «%(name)s» lacks the column «%(columns)s».") % {"name": name, "columns": missing}
    )


TERM = re.compile(r"(\d{4})\s*[—–\-~至]+\s*(\d{4})\s*学年\s*第?\s*([一二12])\s*学期")


def term_in(title: str) -> tuple[int, int] | None:
    """(school year, half) from a title row such as «2026—2027学年第一学期»."""
    match = TERM.search(title)
    if not match or int(match[2]) != int(match[1]) + 1:
        return None
    return int(match[1]), 1 if match[3] in "一1" else 2
