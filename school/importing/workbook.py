"""Reads an uploaded file of tables as offices have them, within limits of size and memory; every refusal is a sentence.

Two steps. `tables_of()` opens the container: Excel's of all ages, WPS, OpenDocument, text with commas or tabs.
`read_workbook()` finds the sheets and columns that are wanted, by what they mean and not by how they are written.
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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from documents.uploads import WORKBOOK_BYTES
from web.cleaning import clean_text

MAX_BYTES = WORKBOOK_BYTES
# A workbook of a school with 6,000 pupils has 10 MB unpacked.
MAX_UNPACKED = 40 * 1024 * 1024
READ_SECONDS = 30
MAX_ROWS = 20_000
HEADER_WITHIN = 40
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK"
MARKUP = re.compile(rb"\s*(<!doctype|<html|<table|<\?xml|<div|<meta|mime-version:)", re.IGNORECASE)
CONTROL = re.compile(r"_x00[01][0-9A-Fa-f]_|[\x00-\x08\x0b-\x1f\x7f]")
DELIMITERS = "\t,;"
# What stands in a heading beside its words: required, optional, an asterisk or a star.
BESIDE = re.compile(r"[*★☆※✱]|[(\[【](必填|选填|必填项|可不填|必录|可选)[)\]】]")
# A page of Numbers is called «学生名册 - 表格 1».
PAGE = re.compile(r"-表格\d*$")
SUMS = ("小计", "合计", "总计", "共计")


class WorkbookRefused(Exception):
    """The file cannot be read; the message is a sentence for the person who uploaded it."""


class Table(NamedTuple):
    """A sheet as it stands: its rows from the first one on, cells None, text, number, bool, date or datetime."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False


class Row(NamedTuple):
    number: int
    values: dict[str, Any]
    """Column heading → raw value."""

    def text(self, column: str) -> str:
        return clean_text(self.values.get(column))


class ReadSheet(NamedTuple):
    name: str
    title: str
    """What stands above the header, the school's name and the term."""
    rows: list[Row]
    columns: Mapping[str, int] = {}
    """Column heading → its place, from 0."""
    passed_over: int = 0
    """Rows that are no rows of the table: sums, repeated headings."""

    def has(self, column: str) -> bool:
        """Whether the sheet speaks of the column; one that was not read from a file speaks of all."""
        return not self.columns or column in self.columns


@dataclass(frozen=True)
class Shape:
    """What a sheet is known by. `required`: columns it must have. `one_of`: of each group one set of columns must be there."""

    sheet: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    one_of: tuple[tuple[tuple[str, ...], ...], ...] = ()
    names: tuple[str, ...] = ()
    """Other names of the sheet."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Another heading → the column."""

    def columns_of(self, headings: dict[str, int]) -> dict[str, int]:
        """Column → place, of folded headings; a heading that is nobody's is kept under its own words."""
        own = {fold_heading(column): column for column in (*self.required, *self.optional, *self.grouped)}
        own |= {
            fold_heading(other): column for other, column in self.synonyms.items() if fold_heading(other) not in own
        }
        found: dict[str, int] = {}
        for heading, at in headings.items():
            found.setdefault(own.get(heading, heading), at)
        return found

    @property
    def grouped(self) -> list[str]:
        return [column for group in self.one_of for columns in group for column in columns]

    def lacking(self, columns: Iterable[str]) -> list[str]:
        """The columns that are missing; of a group its first set."""
        there = set(columns)
        missing = [column for column in self.required if column not in there]
        for group in self.one_of:
            if not any(there.issuperset(wanted) for wanted in group):
                missing += [column for column in group[0] if column not in there]
        return missing

    def known(self, columns: Iterable[str]) -> int:
        return len({*self.required, *self.grouped} & set(columns))


# --- containers ------------------------------------------------------------------------------------------------------


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
        return CONTROL.sub(" ", value)
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


def text_table(data: bytes) -> Table:
    """A file of text: UTF-8, UTF-16 with its mark, or GB18030; the cells between tabs, commas or semicolons."""
    text = decoded(data)
    head = text.splitlines()[:HEADER_WITHIN]
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
            rows.append([cell if cell.strip() else None for cell in cells[:200]])
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


# --- sheets and columns by what they mean ----------------------------------------------------------------------------


def fold_heading(value: Any) -> str:
    """A heading without what is beside its words: blanks, line breaks, «(必填)», stars, a colon; full-width forms folded."""
    text = BESIDE.sub("", "".join(clean_text(value).split()))
    return text.strip(":：").casefold()


def read_workbook(data: bytes, wanted: dict[str, Iterable[str]]) -> dict[str, ReadSheet]:
    """The wanted sheets by name; `wanted` maps a sheet's name to the columns it must have. A file of one sheet needs no name."""
    shapes = [Shape(name, tuple(columns)) for name, columns in wanted.items()]
    found = read_shapes(data, shapes)
    if missing := [shape.sheet for shape in shapes if shape.sheet not in found]:
        raise WorkbookRefused(_("The workbook lacks the sheet «%s».") % "、".join(missing))
    return found


def read_shapes(data: bytes, shapes: Iterable[Shape]) -> dict[str, ReadSheet]:
    """The sheets that are there, each under the name of its shape. Raises WorkbookRefused where there is none,
    or one lacks a column.
    """
    tables = tables_of(data)
    found: dict[str, ReadSheet] = {}
    left = list(tables)
    rest = []
    for shape in shapes:
        if table := named(shape, left):
            left.remove(table)
            found[shape.sheet] = read_sheet(table, shape)
        else:
            rest.append(shape)
    for shape in rest:
        if table := next((one for one in left if header_of(one.rows, shape)), None):
            left.remove(table)
            found[shape.sheet] = read_sheet(table, shape)
    if not found and len(tables) == 1 and rest:
        # One sheet, called as it likes: what it most looks like says what it lacks.
        nearest = max(rest, key=lambda shape: len(best_header(tables[0].rows, shape)))
        if best_header(tables[0].rows, nearest):
            found[nearest.sheet] = read_sheet(tables[0], nearest)
    if not found:
        raise WorkbookRefused(
            _("No sheet is one of «%(wanted)s»; the file has «%(there)s». Rename the sheet, or its headings.")
            % {"wanted": "、".join(shape.sheet for shape in rest), "there": "、".join(t.name or "1" for t in tables)}
        )
    if not any(sheet.rows for sheet in found.values()):
        raise WorkbookRefused(_("The workbook has no rows."))
    return found


def find_columns(tables: list[Table], shapes: Iterable[Shape]) -> dict[str, tuple[str, dict[str, int]]]:
    """Sheet → (the name it has in the file, column → place), for marking cells."""
    found = {}
    for shape in shapes:
        table = named(shape, tables) or next((one for one in tables if header_of(one.rows, shape)), None)
        if table and (header := header_of(table.rows, shape)):
            found[shape.sheet] = table.name, header[2]
    return found


def named(shape: Shape, tables: list[Table]) -> Table | None:
    names = [fold_heading(name) for name in (shape.sheet, *shape.names)]
    return next((table for table in tables if PAGE.sub("", fold_heading(table.name)) in names), None)


def read_sheet(table: Table, shape: Shape) -> ReadSheet:
    header = header_of(table.rows, shape)
    if header is None:
        best = best_header(table.rows, shape)
        if not best:
            raise WorkbookRefused(
                _("The sheet «%s» has no row with the headings in its first forty rows.") % shape.sheet
            )
        raise WorkbookRefused(
            _("The sheet «%(name)s» lacks the column «%(columns)s».")
            % {"name": shape.sheet, "columns": "», «".join(shape.lacking(best))}
        )
    first, last, columns = header
    title = " ".join(dict.fromkeys(text for row in table.rows[:first] for cell in row if (text := clean_text(cell))))
    headings = folded(table.rows[last])
    rows, passed_over = [], 0
    for number, cells in enumerate(table.rows[last + 1 :], start=last + 2):
        values = {column: cells[at] for column, at in columns.items() if at < len(cells) and cells[at] is not None}
        texts = {text for value in values.values() if (text := clean_text(value))}
        # A row with one filled cell is a note below the table; a child's row has several.
        if len(texts) < 2:
            continue
        if is_sum(texts) or len(headings.keys() & folded(cells).keys()) * 2 > len(headings):
            passed_over += 1
            continue
        rows.append(Row(number, values))
    return ReadSheet(shape.sheet, title, rows, columns, passed_over)


def is_sum(texts: set[str]) -> bool:
    return any("".join(text.split()).startswith(SUMS) for text in texts)


def header_of(rows: list[list[Any]], shape: Shape) -> tuple[int, int, dict[str, int]] | None:
    """(first row of the header, last row of it, column → place); None where no row has all the columns."""
    for first, last, headings in headers(rows):
        columns = shape.columns_of(headings)
        if not shape.lacking(columns):
            return first, last, columns
    return None


def best_header(rows: list[list[Any]], shape: Shape) -> dict[str, int]:
    """The columns of the row that has most of those that are wanted; empty where none has two."""
    found = [shape.columns_of(headings) for _first, _last, headings in headers(rows)]
    best = max(found, key=shape.known, default={})
    return best if shape.known(best) >= min(2, len(shape.required)) else {}


def headers(rows: list[list[Any]]) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Each of the first rows as a header, and each two of them as one: «监护人1» over «姓名» is «监护人1姓名»."""
    for at, cells in enumerate(rows[:HEADER_WITHIN]):
        yield at, at, folded(cells)
        if at + 1 < len(rows):
            yield at, at + 1, folded(under(cells, rows[at + 1]))


def under(above: list[Any], below: list[Any]) -> list[Any]:
    joined, over = [], ""
    for at, cell in enumerate(below):
        upper = clean_text(above[at]) if at < len(above) else ""
        over = upper or over
        text = clean_text(cell)
        joined.append(upper if not text or text == upper else f"{over}{text}")
    return joined + above[len(below) :]


def folded(cells: list[Any]) -> dict[str, int]:
    """Heading → place; of two alike the first."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, str) and (heading := fold_heading(cell)):
            found.setdefault(heading, at)
    return found


TERM = re.compile(r"(\d{4})\s*[—–\-~至]+\s*(\d{4})\s*学年\s*第?\s*([一二12])\s*学期")


def term_in(title: str) -> tuple[int, int] | None:
    """(school year, half) from a title row such as «2026—2027学年第一学期»."""
    match = TERM.search(title)
    if not match or int(match[2]) != int(match[1]) + 1:
        return None
    return int(match[1]), 1 if match[3] in "一1" else 2
