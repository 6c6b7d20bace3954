"""Finds sheets and columns in a file of tables by what they mean, not by how they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from school.importing.containers import Table, WorkbookRefused, tables_of
from web.cleaning import clean_text

HEADER_WITHIN = 40
# What stands in a heading beside its words: required, optional, an asterisk or a star.
BESIDE = re.compile(r"[*★☆※✱]|[(\[【](必填|选填|必填项|可不填|必录|可选)[)\]】]")
# A page of Numbers is called «学生名册 - 表格 1».
PAGE = re.compile(r"-表格\d*$")
# «合计», «小计:», «共计24人»; a word that only begins so (小计算器) is none.
SUM = re.compile(r"(小计|合计|总计|共计)[::]?[\d.,]*[人名个元]?")


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
    table: str = ""
    """What the sheet is called in the file."""

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


def read_shapes(data: bytes, shapes: Sequence[Shape]) -> dict[str, ReadSheet]:
    """The sheets that are there, each under the name of its shape. Raises WorkbookRefused where there is none,
    or one lacks a column.
    """
    tables = tables_of(data)
    found = {shape.sheet: read_sheet(table, shape) for shape, table in matched(tables, shapes)}
    if not found:
        wanted = "、".join(shape.sheet for shape in shapes)
        there = "、".join(table.name or "1" for table in tables)
        raise WorkbookRefused(
            _("No sheet is one of «%(wanted)s»; the file has «%(there)s». Rename the sheet, or its headings.")
            % {"wanted": wanted, "there": there}
        )
    if not any(sheet.rows for sheet in found.values()):
        raise WorkbookRefused(_("The workbook has no rows."))
    return {shape.sheet: found[shape.sheet] for shape in shapes if shape.sheet in found}


def matched(tables: list[Table], shapes: Sequence[Shape]) -> list[tuple[Shape, Table]]:
    """Which table is which sheet: by name, then by its headings; a file of one sheet is what it most looks like."""
    found: list[tuple[Shape, Table]] = []
    for test in (named, has_columns):
        for shape in shapes:
            left = [table for table in tables if all(table is not taken for _shape, taken in found)]
            if all(shape is not one for one, _table in found) and (
                table := next((t for t in left if test(t, shape)), None)
            ):
                found.append((shape, table))
    if not found and len(tables) == 1:
        rows = tables[0].rows
        nearest = max(shapes, key=lambda shape: len(best_header(rows, shape)))
        found = [(nearest, tables[0])] if best_header(rows, nearest) else []
    return found


def named(table: Table, shape: Shape) -> bool:
    return PAGE.sub("", fold_heading(table.name)) in map(fold_heading, (shape.sheet, *shape.names))


def has_columns(table: Table, shape: Shape) -> bool:
    return header_of(table.rows, shape) is not None


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
            % {"name": shape.sheet, "columns": "、".join(shape.lacking(best))}
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
    return ReadSheet(shape.sheet, title, rows, columns, passed_over, table.name)


def is_sum(texts: set[str]) -> bool:
    return any(SUM.fullmatch("".join(text.split())) for text in texts)


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
