"""Writes Excel workbooks: typed rows, a readable head, safe cells, and a line that says who exported it and why."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

EXCEL_TEXT_LIMIT = 32_767
A4 = 9  # Excel's number of the paper
MIN_WIDTH, MAX_WIDTH = 8, 48
# Spreadsheets compute a text that begins with these; an apostrophe in front keeps it a text.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")

# Characters that the format cannot hold.
NOT_IN_EXCEL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Column:
    """A column: its head, Excel's number format (by the value's type where empty), its width in characters (by its content)."""

    label: str | Promise
    number_format: str = ""
    width: float = 0


@dataclass(frozen=True)
class Watermark:
    """Who exported, when and why; stands under the title of every sheet."""

    who: str
    why: str
    when: dt.datetime = field(default_factory=timezone.now)

    def __str__(self) -> str:
        when = timezone.localtime(self.when).strftime("%Y-%m-%d %H:%M")
        facts = {"who": self.who, "when": when, "why": self.why}
        words = _("Exported by %(who)s, %(when)s, reason: %(why)s") if self.why else _("Exported by %(who)s, %(when)s")
        return words % facts


@dataclass(frozen=True)
class Worksheet:
    """Rows of plain values (text, number, Decimal, date, time, None) under their columns; `notes` stand below the table."""

    title: str | Promise
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    heading: str | Promise = ""
    notes: Sequence[str | Promise] = ()


def write_workbook(sheets: Sequence[Worksheet], *, watermark: Watermark | None = None) -> bytes:
    """The workbook's bytes. Numbers stay numbers, long ones (phones, pupil numbers) are given as text."""
    book = _excel().workbook(write_only=True)
    names: set[str] = set()
    for sheet in sheets:
        name = _sheet_name(str(sheet.title), names)
        names.add(name)
        _write_sheet(book.create_sheet(name), sheet, watermark)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def _excel() -> SimpleNamespace:
    """The parts of openpyxl that are used, and our styles. Loaded on first use: openpyxl and numpy take 16 MB."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    return SimpleNamespace(
        workbook=Workbook,
        cell=WriteOnlyCell,
        letter=get_column_letter,
        head_font=Font(bold=True, color="FFFFFF"),
        head_fill=PatternFill("solid", fgColor="2B7A4B"),
        head_alignment=Alignment(vertical="center", wrap_text=True),
        title_font=Font(bold=True, size=14),
        note_font=Font(italic=True, color="56625B"),
        line=Border(bottom=Side(style="thin", color="D5DCD7")),
        wrap=Alignment(vertical="top", wrap_text=True),
    )


def _write_sheet(page: "WriteOnlyWorksheet", sheet: Worksheet, watermark: Watermark | None) -> None:
    letter = _excel().letter
    rows = [list(row) for row in sheet.rows]
    if any(len(row) != len(sheet.columns) for row in rows):
        raise ValueError(f"a row of «{sheet.title}» has more or fewer values than the sheet has columns")
    for index, width in enumerate(_widths(sheet.columns, rows), start=1):
        page.column_dimensions[letter(index)].width = width
    top = [_styled(page, text, font) for text, font in _top_lines(sheet, watermark)]
    page.freeze_panes = f"A{len(top) + 2}"
    page.print_title_rows = f"{len(top) + 1}:{len(top) + 1}"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for cell in top:
        page.append([cell])
    page.append([_head(page, column.label) for column in sheet.columns])
    if rows:
        last = f"{letter(len(sheet.columns))}{len(top) + 1 + len(rows)}"
        page.auto_filter.ref = f"A{len(top) + 1}:{last}"
    for row in rows:
        page.append([_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=True)])
    for note in sheet.notes:
        page.append([_styled(page, str(note), _excel().note_font)])


def _top_lines(sheet: Worksheet, watermark: Watermark | None) -> Iterator[tuple[str, "Font"]]:
    if sheet.heading:
        yield str(sheet.heading), _excel().title_font
    if watermark:
        yield str(watermark), _excel().note_font


def _head(page: "WriteOnlyWorksheet", label: str | Promise) -> "WriteOnlyCell":
    cell = _styled(page, str(label), _excel().head_font)
    cell.fill = _excel().head_fill
    cell.alignment = _excel().head_alignment
    return cell


def _styled(page: "WriteOnlyWorksheet", text: str, font: "Font") -> "WriteOnlyCell":
    cell = _excel().cell(page, value=safe_text(text))
    cell.font = font
    return cell


def _cell(page: "WriteOnlyWorksheet", value: Any, column: Column) -> "WriteOnlyCell":
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, (str, Promise)):
        value = safe_text(str(value))
    cell = _excel().cell(page, value=value)
    cell.number_format = column.number_format or _format_of(value)
    cell.border = _excel().line
    cell.alignment = _excel().wrap
    return cell


def safe_text(text: str) -> str:
    """Text that no spreadsheet computes: characters that Excel cannot hold are removed, an apostrophe before what looks like
    a formula.
    """
    text = NOT_IN_EXCEL.sub("", text)[:EXCEL_TEXT_LIMIT]
    return f"'{text}" if text.startswith(FORMULA_START) else text


def _format_of(value: Any) -> str:
    # bool is an int and datetime a date: the narrower type first.
    formats: list[tuple[type | tuple[type, ...], str]] = [
        (str, "@"),
        (bool, "General"),
        (int, "#,##0"),
        ((Decimal, float), "#,##0.00"),
        (dt.datetime, "yyyy-mm-dd hh:mm"),
        (dt.date, "yyyy-mm-dd"),
        (dt.time, "hh:mm"),
    ]
    return next((name for kind, name in formats if isinstance(value, kind)), "General")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Iterator[float]:
    for index, column in enumerate(columns):
        content = max((_signs(row[index]) for row in rows[:200]), default=0)
        yield column.width or min(MAX_WIDTH, max(MIN_WIDTH, _signs(column.label) + 4, content + 2))


def _signs(value: Any) -> int:
    """The width of a value in half-width characters; a Chinese one takes two."""
    if isinstance(value, dt.datetime):
        return 16
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value if value is not None else ""))


def _sheet_name(title: str, taken: set[str]) -> str:
    """Excel's rules: at most 31 characters, none of []:*?/\\, each name once."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or _("Sheet")
    number = 2
    while name in taken:
        name = f"{name[:27]} {number}"
        number += 1
    return name
