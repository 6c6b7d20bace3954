"""Reads the tables of a workbook (.xlsx, .xlsm, .xlsb, .xls, .et, .ods). In a process of its own, see school.importing.workbook.

Run as `python -m documents.sheets`: the file on standard input, JSON on standard output, a list of
{"name", "hidden", "rows"}; a row is a list of texts, numbers, booleans and null, a day is {"day": "2020-02-13"}, a moment
{"moment": "2020-02-13T08:00:00"}. What a formula gave when the file was saved is read, not the formula; a merged cell's value
stands in each of its cells. Ends with 1 and a word (`locked`, `large`, `broken`) where the file is refused. A small file can
unpack to a very large one, so the process may use MEMORY bytes and SECONDS of the processor, and dies beyond.
"""

import datetime as dt
import io
import json
import resource
import sys
from typing import Any

import python_calamine

MEMORY = 1_500_000_000
SECONDS = 20
MOST_CELLS = 400_000  # a school with 6,000 pupils has 250,000
MOST_ROWS = 20_000
MOST_COLUMNS = 200

Rows = list[list[Any]]


class NotRead(Exception):
    """The word says why."""


def tables_of(data: bytes) -> list[dict[str, Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    found, left = [], MOST_CELLS
    for about in book.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows = trimmed([row[:MOST_COLUMNS] for row in sheet.to_python(skip_empty_area=False)])
        fill_merged(rows, sheet.merged_cell_ranges or [])
        left -= sum(map(len, rows))
        if left < 0 or len(rows) > MOST_ROWS:
            raise NotRead("large")
        hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        found.append({"name": about.name, "hidden": hidden, "rows": [[plain(cell) for cell in row] for row in rows]})
    return found


def trimmed(rows: Rows) -> Rows:
    """Without empty rows below and empty columns to the right."""
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell != ""), default=0)
    return [row[:width] for row in rows]


def fill_merged(rows: Rows, areas: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    for (top, left), (bottom, right) in areas:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])


def plain(cell: Any) -> Any:
    if cell == "":
        return None
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()} if cell.time() != dt.time() else {"day": cell.date().isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    word = "broken"
    try:
        found = json.dumps(tables_of(sys.stdin.buffer.read()), ensure_ascii=False)
    except NotRead as refused:
        word = str(refused)
    except python_calamine.PasswordError:
        word = "locked"
    except BaseException:  # noqa: BLE001, S110 - whatever the reader raises at a damaged file, panics of its core included
        pass
    else:
        sys.stdout.buffer.write(found.encode("utf-8", "surrogatepass"))
        return
    sys.stdout.write(word)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
