"""What a sheet is known by, how somebody said that it is read, and what comes of reading it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from school.importing.containers import WorkbookRefused
from web.cleaning import clean_prose, clean_text

# What stands in a heading beside its words: required, optional, an asterisk or a star; the number of a question («3、家长手机»).
BESIDE = re.compile(r"[*★☆※✱]|[(\[【](必填|选填|必填项|可不填|必录|可选|单选|多选|填空|单选题|多选题|填空题)[)\]】]")


QUESTION = re.compile(r"^[qQ题第]?\d{1,3}题?[、.:)](?=\D)|[?？]$")


LEFT_OUT = ""
"""As a sheet or a column: not read."""


class Row(NamedTuple):
    number: int
    values: dict[str, Any]
    """Column heading → raw value."""
    table: str = ""
    """What the sheet is called in the file."""

    def text(self, column: str) -> str:
        return clean_text(self.values.get(column))

    def prose(self, column: str) -> str:
        """A text for people, with the marks it was written with."""
        return clean_prose(self.values.get(column))


class ReadSheet(NamedTuple):
    name: str
    title: str
    """What stands above the header, the school's name and the term."""
    rows: list[Row]
    columns: Mapping[str, int] = {}
    """Column heading → its place, from 0; of several tables those of any."""
    passed_over: int = 0
    """Rows that are no rows of the table: sums, repeated headings."""
    tables: Mapping[str, Mapping[str, int]] = {}
    """What the sheets are called in the file → their columns: several where each class has its own."""
    unread: tuple[str, ...] = ()
    """Headings that nobody recognised and nobody was asked about."""

    def has(self, column: str) -> bool:
        """Whether the sheet speaks of the column; one that was not read from a file speaks of all."""
        return not self.columns or column in self.columns


@dataclass(frozen=True)
class Shape:
    """What a sheet is known by. `required`: columns it must have. `one_of`: of each group one set of columns must be there.

    `least` is enough where somebody has said what each column is, or where the file is one of a kind that says no more
    (`programs`: headings or columns by which it is known).
    """

    sheet: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    one_of: tuple[tuple[tuple[str, ...], ...], ...] = ()
    names: tuple[str, ...] = ()
    """Other names of the sheet."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Another heading → the column; where two headings mean one column, the one that stands first here is it."""
    variants: tuple[Mapping[str, str], ...] = ()
    """What headings mean that stand together where a column of `least` is missing: 班级 beside 班主任 is whose class it is."""
    least: tuple[str, ...] = ()
    programs: tuple[tuple[str, ...], ...] = ()
    by_value: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    """Column → whether a value looks like one of it: proposed where nobody knows the heading."""
    from_name: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """Column → what the sheet's name or its title says of it for all rows, empty where it says nothing."""

    @cached_property
    def meanings(self) -> dict[str, tuple[int, str]]:
        """Folded heading → (rank, column): its own words come before a synonym."""
        own = {fold_heading(column): (0, column) for column in self.columns}
        for rank, (other, column) in enumerate(self.synonyms.items(), start=1):
            own.setdefault(fold_heading(other), (rank, column))
        return own

    def columns_of(self, headings: Mapping[str, int]) -> dict[str, int]:
        """Column → place, of folded headings; a heading that is nobody's is kept under its own words."""
        meanings = self.meanings | {heading: (0, column) for heading, column in self.variant_of(headings).items()}
        ranked = sorted(headings.items(), key=lambda one: (meanings.get(one[0], (0, ""))[0], one[1]))
        found: dict[str, int] = {}
        for heading, at in ranked:
            found.setdefault(meanings.get(heading, (0, heading))[1], at)
        return found

    def variant_of(self, headings: Mapping[str, int]) -> Mapping[str, str]:
        there = {self.meanings[heading][1] for heading in headings if heading in self.meanings}
        if there.issuperset(self.least):
            return {}
        return next((one for one in self.variants if headings.keys() >= set(one)), {})

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.required, *self.grouped, *self.optional)))

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

    def made_by_a_program(self, headings: Mapping[str, int]) -> bool:
        there = {*headings, *self.columns_of(headings)}
        return bool(self.variant_of(headings)) or any(there.issuperset(program) for program in self.programs)

    def known(self, columns: Iterable[str]) -> int:
        return len({*self.required, *self.grouped} & set(columns))


@dataclass(frozen=True)
class Reading:
    """How somebody said that one table is to be read."""

    sheet: str
    """The shape's sheet, or LEFT_OUT."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Folded heading → column, or LEFT_OUT."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Column → what stands in it in every row."""

    def as_json(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "columns": dict(self.columns), "given": dict(self.given)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Reading":
        columns = {fold_heading(heading): column for heading, column in stored.get("columns", {}).items()}
        return cls(stored["sheet"], columns, stored.get("given", {}))


Readings = Mapping[str, Reading]
"""What a sheet is called in the file → how it is read."""


class Header(NamedTuple):
    """The row, or the two rows, in which a table's headings stand: from 0, both included."""

    first: int
    last: int
    headings: dict[str, int]
    """Folded heading → place."""


class NotMatched(WorkbookRefused):
    """A file of tables in which no sheet is recognised, or one lacks a column: somebody can say what its columns are."""


def fold_heading(value: Any) -> str:
    """A heading without what is beside its words: blanks, line breaks, «(必填)», stars, a colon, the number of a question."""
    text = BESIDE.sub("", "".join(clean_text(value).split())).strip(":：").casefold()
    return QUESTION.sub("", text)
