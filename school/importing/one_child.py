"""Which rows of a list are one child: several for its parents, or the same one twice."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from school.importing.plan import Checker
from school.importing.pupils import ADULTS
from school.importing.shapes import ReadSheet, Row
from web.cleaning import fold_name


class Twins:
    """The rows that were read, by what makes two of them one child: a number, a name with a guardian's phone, a row on file."""

    def __init__(self) -> None:
        self.on_file: dict[int, Row] = {}
        self._numbers: dict[str, Row] = {}
        self._names: dict[tuple[Any, ...], Row] = {}

    def check(self, row: Row, values: dict[str, Any], old: dict[str, Any] | None, check: Checker) -> None:
        if values["number"]:
            if twin := self._numbers.get(values["number"]):
                check.refuse("学籍号", _("This student number stands in row %s already.") % place_of(twin, row))
        elif twin := next((self._names[key] for key in self._keys(values) if key in self._names), None):
            check.refuse("姓名", twice(row, twin))
        if old and (twin := self.on_file.get(old["pk"])):
            check.refuse("姓名", twice(row, twin))

    def note(self, row: Row, values: dict[str, Any], old: dict[str, Any] | None) -> None:
        if values["number"]:
            self._numbers[values["number"]] = row
        self._names |= dict.fromkeys(self._keys(values), row)
        if old:
            self.on_file[old["pk"]] = row

    def _keys(self, values: dict[str, Any]) -> set[tuple[Any, ...]]:
        return {(fold_name(values["name"]), guardian["phone"]) for guardian in values["guardians"]}


def place_of(row: Row, beside: Row) -> str:
    """The number of a row, with its sheet where the other one stands in another."""
    return str(row.number) if row.table == beside.table else f"{row.table} {row.number}"


def twice(row: Row, twin: Row) -> str:
    """Two rows that look like one child, both as they are written, and what to do if they are two."""
    return _(
        "Rows %(first)s («%(one)s») and %(second)s («%(other)s») look like one child: the same name and the same phone of a "
        "guardian. Leave one of them out; if they are two children, give both their student numbers."
    ) % {
        "first": place_of(twin, row),
        "one": twin.text("姓名"),
        "second": place_of(row, twin),
        "other": row.text("姓名"),
    }


def families(sheet: ReadSheet) -> Iterator[list[Row]]:
    """The rows of each child: one, or several below each other where a sheet has a row for each parent."""
    one_place = not any(sheet.has(f"{who}姓名") for who in ADULTS if who != "监护人1")
    columns = ("姓名", "班级", "年级", "学籍号", "身份证件号", "出生日期", "学号")

    def child(row: Row) -> tuple[str, ...]:
        return fold_name(row.text("姓名")), *(row.text(column) for column in columns[1:])

    rows: list[Row] = []
    for row in sheet.rows:
        others = {one.text("监护人1手机") for one in rows}
        if rows and one_place and child(row) == child(rows[0]) and row.text("监护人1手机") not in others:
            rows.append(row)
            continue
        if rows:
            yield rows
        rows = [row]
    if rows:
        yield rows
