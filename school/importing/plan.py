"""What an import would do, row by row: a plan that can be shown, stored, compared and carried out."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext as _

from documents.workbooks import Column, Worksheet
from school.importing.shapes import ReadSheet, Row, Shape
from school.models import Term
from web.cleaning import fold_name

MAX_NAME = 50

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass
class Problem:
    """Why one row is refused: all its reasons, and the column of the first."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    table: str = ""
    """What the sheet is called in the file."""
    found: tuple[tuple[str, str, str], ...] = ()
    """(column, value, reason) of everything that is wrong with the row."""

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }


@dataclass
class RowPlan:
    """One row: what it is about, what becomes of it, the values it carries and the old ones it replaces."""

    row: int
    label: str
    action: str
    values: dict[str, Any]
    changes: dict[str, list[Any]] = field(default_factory=dict)
    """Field → [old, new], texts for people; also what a confirmation is checked against."""
    pk: int | None = None
    table: str = ""
    """What the sheet is called in the file."""

    def fingerprint(self) -> list[Any]:
        return [self.row, self.label, self.action, self.changes]


@dataclass
class SheetPlan:
    rows: list[RowPlan] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def count(self, action: str) -> int:
        return sum(1 for row in self.rows if row.action == action)

    def as_json(self) -> dict[str, Any]:
        counts: dict[str, Any] = {action: self.count(action) for action in (CREATED, UPDATED, UNCHANGED)}
        return counts | {"missing": self.missing}


@dataclass
class Context:
    """State shared by the sheets while the plan is made, and their reports."""

    today: dt.date
    term: Term
    """Saved, or unsaved when the title row names a term that is still to be made."""
    first_import: bool = False
    refused: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)
    """Things that one sheet tells the next: "classes", "staff_phones", "staff_numbers", "staff_names", "rooms"."""

    @property
    def holds_from(self) -> dt.date:
        """From when new memberships hold: the term's first day, or today when the school is running already."""
        if self.first_import:
            return self.term.starts_on
        return min(max(self.today, self.term.starts_on), self.term.ends_on)

    @property
    def posts_from(self) -> dt.date:
        """From when posts hold: an office that is set up before its first term has its colleagues at work at once."""
        return min(self.today, self.holds_from) if self.first_import else self.holds_from


class Checker:
    """Collects what is wrong with one row, so that it is refused once, with every reason."""

    def __init__(self, sheet: str, row: Row, read: ReadSheet | None = None) -> None:
        self.sheet = sheet
        self.sheet_has = read.has if read else lambda _column: True
        self.row = row
        self.found: list[tuple[str, str]] = []

    def refuse(self, column: str, reason: str) -> None:
        self.found.append((column, reason))

    def required_text(self, column: str, what: str, *, longest: int = MAX_NAME) -> str:
        text = self.optional_text(column, longest=longest)
        if not text and all(c != column for c, _reason in self.found):
            self.refuse(column, _("%s is missing.") % what)
        return text

    def optional_text(self, column: str, *, longest: int = MAX_NAME) -> str:
        return self._short_enough(column, self.row.text(column), longest)

    def optional_prose(self, column: str, *, longest: int) -> str:
        return self._short_enough(column, self.row.prose(column), longest)

    def _short_enough(self, column: str, text: str, longest: int) -> str:
        if len(text) > longest:
            self.refuse(column, _("Longer than %d characters.") % longest)
        return text

    def problem(self) -> Problem | None:
        if not self.found:
            return None
        found = tuple(dict.fromkeys((column, self.row.text(column)[:60], reason) for column, reason in self.found))
        column, value, _reason = found[0]
        reasons = " ".join(dict.fromkeys(reason for _column, reason in self.found))
        return Problem(self.sheet, self.row.number, column, value, reasons, self.row.table, found)


class SheetImporter(Protocol):
    key: str
    """Name in the result: students, staff, rooms, clubs."""
    shape: ClassVar[Shape]
    order: int
    headings: ClassVar[dict[str, str]]
    """Field → what it is called in the workbook: the preview names changes by it."""

    def export(self, term: Term | None, heading: str, *, empty: bool = False) -> Worksheet:
        """What the school has on file in the columns that `plan` reads; `empty` gives the columns alone, as a template."""

    def plan(self, sheet: ReadSheet, context: Context) -> SheetPlan:
        """Checks every row, adds refusals and warnings to the context, writes nothing."""

    def apply(self, plan: SheetPlan, context: Context) -> None:
        """Writes the plan's created and updated rows. Runs inside the import's transaction."""


_importers: dict[str, SheetImporter] = {}


def register(importer: SheetImporter) -> None:
    _importers[importer.key] = importer


def importers() -> list[SheetImporter]:
    return sorted(_importers.values(), key=lambda importer: importer.order)


def sheet_out(
    shape: Shape,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    heading: str,
    *,
    empty: bool,
    must: Sequence[str] = (),
) -> Worksheet:
    """A sheet with the columns of the import; a template says below which of them must be filled."""
    if not empty:
        return Worksheet(shape.sheet, [Column(column) for column in columns], rows, heading)
    note = _("Must be filled: %s. Further columns of your own do no harm.") % "、".join(must or shape.required)
    return Worksheet(shape.sheet, [Column(column) for column in columns], [], heading, [note])


def by_name(people: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Folded name → the staff numbers of those who are called so, of (name, number)."""
    found: dict[str, list[str]] = {}
    for name, number in people:
        found.setdefault(fold_name(name), []).append(number)
    return found


def unspoken(sheet: ReadSheet, columns: Mapping[str, str], old: Mapping[str, Any] | None) -> dict[str, Any]:
    """The old values of those fields whose column the sheet does not have: it says nothing about them, so they stay."""
    return {field: old[field] for field, column in columns.items() if old and not sheet.has(column)}


def difference(old: dict[str, Any], new: dict[str, Any], names: Iterable[str]) -> dict[str, list[Any]]:
    """Fields whose values differ, as {field: [old, new]} of short texts."""
    return {
        name: ["" if old[name] is None else str(old[name]), "" if new[name] is None else str(new[name])]
        for name in names
        if old[name] != new[name]
    }
