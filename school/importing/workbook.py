"""Finds sheets and columns in a file of tables by what they mean, not by how they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from school.importing.containers import Table, WorkbookRefused, tables_of
from school.importing.shapes import (
    LEFT_OUT,
    Header,
    NotMatched,
    Reading,
    Readings,
    ReadSheet,
    Row,
    Shape,
    fold_heading,
)
from web.cleaning import clean_text

HEADER_WITHIN = 40
# Headings that carry nothing: nobody misses them.
NEVER_ASKED = ("序号", "编号", "no", "no.", "id", "合计", "总分", "家长签字", "签字")
# A page of Numbers is called «学生名册 - 表格 1».
PAGE = re.compile(r"-表格\d*$")
# «合计», «小计:», «共计24人»; a word that only begins so (小计算器) is none.
SUM = re.compile(r"(小计|合计|总计|共计)[::]?[\d.,]*[人名个元]?")
SIGNATURE = re.compile(
    r"(制表|填表|填报|审核|审批|复核|经办|负责|校长|班主任|签字|签名|盖章|日期)(人|时间|日期|签字|签名|意见)?(\(.*\))?:"
)
FIGURES = re.compile(r"[\d+\-./ ]{3,}")


def read_workbook(data: bytes, wanted: dict[str, Iterable[str]]) -> dict[str, ReadSheet]:
    """The wanted sheets by name; `wanted` maps a sheet's name to the columns it must have. A file of one sheet needs no name."""
    shapes = [Shape(name, tuple(columns)) for name, columns in wanted.items()]
    found = read_shapes(tables_of(data), shapes)
    if missing := [shape.sheet for shape in shapes if shape.sheet not in found]:
        raise WorkbookRefused(_("The workbook lacks the sheet «%s».") % "、".join(missing))
    return found


def read_shapes(
    tables: Sequence[Table], shapes: Sequence[Shape], readings: Readings | None = None
) -> dict[str, ReadSheet]:
    """The sheets that are there, each under the name of its shape; `readings` say how single tables are read.

    Raises NotMatched where there is none, or one lacks a column.
    """
    if not any(likely_header(table, shapes) for table in tables):
        raise WorkbookRefused(
            _("No sheet of this file has a row of headings with rows below it. Is it the right file?")
        )
    readings = readings or {}
    left = [table for table in tables if table.name not in readings]
    found: dict[str, list[ReadSheet]] = {}
    for table in tables:
        reading = readings.get(table.name)
        for shape in shapes if reading else ():
            if reading and shape.sheet == reading.sheet:
                found.setdefault(shape.sheet, []).append(read_as_said(table, shape, reading))
    for shape, table in matched(left, [shape for shape in shapes if shape.sheet not in found]):
        found.setdefault(shape.sheet, []).append(read_sheet(table, shape))
    if not found:
        wanted = "、".join(shape.sheet for shape in shapes)
        there = "、".join(table.name or "1" for table in tables)
        raise NotMatched(
            _("No sheet is one of «%(wanted)s»; the file has «%(there)s». Rename the sheet, or its headings.")
            % {"wanted": wanted, "there": there}
        )
    joined = {shape.sheet: one_sheet(found[shape.sheet]) for shape in shapes if shape.sheet in found}
    if not any(sheet.rows for sheet in joined.values()):
        raise WorkbookRefused(_("The workbook has no rows."))
    return joined


def one_sheet(parts: list[ReadSheet]) -> ReadSheet:
    """Several tables of one shape, one after the other."""
    columns: dict[str, int] = {}
    for part in parts:
        columns |= {column: at for column, at in part.columns.items() if column not in columns}
    return parts[0]._replace(
        title=" ".join(dict.fromkeys(part.title for part in parts)),
        rows=[row for part in parts for row in part.rows],
        columns=columns,
        passed_over=sum(part.passed_over for part in parts),
        tables={name: places for part in parts for name, places in part.tables.items()},
        unread=tuple(dict.fromkeys(heading for part in parts for heading in part.unread)),
    )


def matched(tables: Sequence[Table], shapes: Sequence[Shape]) -> list[tuple[Shape, Table]]:
    """Which table is which sheet: by name, then by its headings; a file of one sheet is what it most looks like.

    Where each class has a sheet of its own, all of them are one.
    """
    found: list[tuple[Shape, Table]] = []
    for test in (named, has_columns):
        for shape in shapes:
            left = [table for table in tables if all(table is not taken for _shape, taken in found)]
            if any(shape is one for one, _table in found):
                continue
            fitting = [table for table in left if test(table, shape)]
            alike = [table for table in fitting if test is has_columns and said_by_name(table, shape)]
            found += [(shape, table) for table in (alike or fitting[:1])]
    if not found and len(tables) == 1:
        rows = tables[0].rows
        nearest = max(shapes, key=lambda shape: len(best_header(rows, shape)))
        found = [(nearest, tables[0])] if best_header(rows, nearest) else []
    return found


def named(table: Table, shape: Shape) -> bool:
    return PAGE.sub("", fold_heading(table.name)) in map(fold_heading, (shape.sheet, *shape.names))


def has_columns(table: Table, shape: Shape) -> bool:
    return header_of(table, shape) is not None


def said_by_name(table: Table, shape: Shape) -> dict[str, str]:
    """The columns whose value the name of the table says, or what stands above its headings: of «一(1)班» the class."""
    found = {}
    for column, says in shape.from_name.items():
        for text in (table.name, *titles_of(table)):
            if said := says(text):
                found[column] = said
                break
    return found


def titles_of(table: Table) -> Iterator[str]:
    """Texts of the first three rows that have one or two: of a row of headings or of a child there are more."""
    for row in table.rows[:3]:
        texts = {text for cell in row if (text := clean_text(cell))}
        if len(texts) < 3:
            yield from texts


def read_sheet(table: Table, shape: Shape) -> ReadSheet:
    header = header_of(table, shape)
    if header is None:
        best = best_header(table.rows, shape)
        if not best:
            raise NotMatched(_("The sheet «%s» has no row with the headings in its first forty rows.") % shape.sheet)
        raise NotMatched(
            _("The sheet «%(name)s» lacks the column «%(columns)s».")
            % {"name": shape.sheet, "columns": "、".join(shape.lacking(best))}
        )
    columns = shape.columns_of(header.headings)
    said = {column: text for column, text in said_by_name(table, shape).items() if column not in columns}
    return rows_below(table, shape, header, columns, said)


def read_as_said(table: Table, shape: Shape, reading: Reading) -> ReadSheet:
    """Raises NotMatched where the headings that were named are not there any more."""
    header = header_named(table, reading)
    if header is None:
        raise NotMatched(_("The sheet «%s» has no row with the headings in its first forty rows.") % table.name)
    columns: dict[str, int] = {}
    for heading, at in header.headings.items():
        if column := reading.columns.get(heading, LEFT_OUT):
            columns.setdefault(column, at)
    given = said_by_name(table, shape) | dict(reading.given)
    given = {column: text for column, text in given.items() if column not in columns}
    if lacking := [column for column in shape.least or shape.required if column not in {*columns, *given}]:
        raise NotMatched(
            _("The sheet «%(name)s» lacks the column «%(columns)s».")
            % {"name": table.name or shape.sheet, "columns": "、".join(lacking)}
        )
    return rows_below(table, shape, header, columns, given)


def header_named(table: Table, reading: Reading) -> Header | None:
    """The row that has most of the headings that the reading names."""
    fitting = [one for one in headers(table.rows) if one.headings.keys() & reading.columns.keys()]
    return max(fitting, key=lambda one: len(one.headings.keys() & reading.columns.keys()), default=None)


def rows_below(
    table: Table, shape: Shape, header: Header, columns: dict[str, int], given: Mapping[str, str]
) -> ReadSheet:
    """The rows under a header; `given` stands in every one of them."""
    above = (text for row in table.rows[: header.first] for cell in row if (text := clean_text(cell)))
    headings = folded(table.rows[header.last])
    rows, passed_over = [], 0
    for number, cells in enumerate(table.rows[header.last + 1 :], start=header.last + 2):
        values = {column: cells[at] for column, at in columns.items() if at < len(cells) and cells[at] is not None}
        texts = {text for value in values.values() if (text := clean_text(value))}
        # A row with one filled cell is a note below the table; a child's row has several.
        if len(texts) < 2:
            continue
        if is_sum(texts) or is_signature(texts) or len(headings.keys() & folded(cells).keys()) * 2 > len(headings):
            passed_over += 1
            continue
        rows.append(Row(number, values | dict(given), table.name))
    places = columns | dict.fromkeys(given, 0)
    unread = tuple(heading for heading in columns if heading not in shape.columns and heading not in NEVER_ASKED)
    title = " ".join(dict.fromkeys(above))
    return ReadSheet(shape.sheet, title, rows, places, passed_over, {table.name: places}, unread)


def is_signature(texts: set[str]) -> bool:
    """«制表人：王», «审核人：», «日期：» in half of the cells; a child with such a note is no such row."""
    return sum(bool(SIGNATURE.match("".join(text.split()))) for text in texts) * 2 >= len(texts)


def is_sum(texts: set[str]) -> bool:
    return any(SUM.fullmatch("".join(text.split())) for text in texts)


def header_of(table: Table, shape: Shape) -> Header | None:
    """The first row (or two) with all the columns; None without one."""
    said = said_by_name(table, shape)
    for header in headers(table.rows):
        columns = {*shape.columns_of(header.headings), *said}
        if not shape.lacking(columns):
            return header
        if columns.issuperset(shape.least) and shape.made_by_a_program(header.headings):
            return header
    return None


def best_header(rows: list[list[Any]], shape: Shape) -> dict[str, int]:
    """The columns of the row that has most of those that are wanted; empty where none has two."""
    found = [shape.columns_of(header.headings) for header in headers(rows)]
    best = max(found, key=shape.known, default={})
    return best if shape.known(best) >= min(2, len(shape.required)) else {}


def headers(rows: list[list[Any]]) -> Iterator[Header]:
    """Each of the first rows as a header, and each two of them as one: «监护人1» over «姓名» is «监护人1姓名»."""
    for at, cells in enumerate(rows[:HEADER_WITHIN]):
        yield Header(at, at, folded(cells))
        if at + 1 < len(rows) and not is_data(cells) and not is_data(rows[at + 1]):
            yield Header(at, at + 1, folded(under(cells, rows[at + 1])))


def is_data(cells: list[Any]) -> bool:
    """Whether a number, a day or a phone stands in the row: below headings, not among them."""
    return any(
        (cell is not None and not isinstance(cell, str)) or FIGURES.fullmatch(clean_text(cell)) is not None
        for cell in cells
    )


def likely_header(table: Table, shapes: Sequence[Shape]) -> Header | None:
    """Where the headings of a table stand that nobody recognises: the row with most known ones, else with most texts."""
    best = max(
        [one for one in headers(table.rows) if not is_data(table.rows[one.last])] or headers(table.rows),
        key=lambda one: (
            max(len(shape.meanings.keys() & one.headings.keys()) for shape in shapes),
            one.first == one.last,
            len(one.headings),
            -one.first,
        ),
        default=None,
    )
    return best if best and len(best.headings) > 1 else None


def header_at(table: Table, row: int) -> Header | None:
    """The headings in a row, counted from 1, that somebody points to; None where no two of them stand there."""
    if not 1 <= row <= min(HEADER_WITHIN, len(table.rows)):
        return None
    header = Header(row - 1, row - 1, folded(table.rows[row - 1]))
    return header if len(header.headings) > 1 else None


def values_below(table: Table, header: Header, place: int, most: int) -> list[Any]:
    """The first values under a heading, each once."""
    found: dict[str, Any] = {}
    for row in table.rows[header.last + 1 :]:
        value = row[place] if place < len(row) else None
        if text := clean_text(value):
            found.setdefault(text, value)
        if len(found) == most:
            break
    return list(found.values())


def proposed(table: Table, header: Header, shape: Shape) -> dict[int, str]:
    """Place → column: what the headings mean, and for the others what their values look like; each column once."""
    meant = {at: column for column, at in shape.columns_of(header.headings).items() if column in shape.columns}
    for at in header.headings.values():
        values = values_below(table, header, at, 5)
        if at in meant or not values:
            continue
        fitting = (
            column
            for column, looks_like in shape.by_value.items()
            if column not in meant.values() and all(map(looks_like, values))
        )
        if column := next(fitting, None):
            meant[at] = column
    return meant


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
SEASON = re.compile(r"(20\d{2})\s*年?\s*([秋春])季?")


def term_in(title: str) -> tuple[int, int] | None:
    """(school year, half) from a title such as «2026—2027学年第一学期», 2026年秋季 or 2027年春季."""
    match = TERM.search(title)
    if match and int(match[2]) == int(match[1]) + 1:
        return int(match[1]), 1 if match[3] in "一1" else 2
    if season := SEASON.search(title):
        return (int(season[1]), 1) if season[2] == "秋" else (int(season[1]) - 1, 2)
    return None
