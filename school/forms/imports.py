"""What the sheets and columns of an uploaded file are."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from school.importing.containers import Table
from school.importing.mapping import digest
from school.importing.shapes import LEFT_OUT, Header, Reading, Readings, Shape
from school.importing.workbook import (
    HEADER_WITHIN,
    best_header,
    header_at,
    header_named,
    likely_header,
    proposed,
    said_by_name,
    values_below,
)
from web.cleaning import clean_text

MOST_TABLES, SAMPLES = 12, 3
SELECT = forms.Select(attrs={"class": "form-select"})


@dataclass(frozen=True)
class AskedColumn:
    """A column of the file with the first of its values, and the field that asks what it is."""

    heading: str
    samples: list[str]
    field: forms.BoundField


@dataclass(frozen=True)
class AskedTable:
    name: str
    sheet: forms.BoundField
    row: forms.BoundField
    must: str
    """The columns without which no row can be taken."""
    columns: list[AskedColumn]
    given: list[forms.BoundField]


class ColumnsForm(forms.Form):
    """For each sheet of a file which list it is, and what each of its columns is.

    `sheets` (place of a table → sheet of a shape) and `rows` (place → row of its headings, from 1) are what was chosen on the
    page; without them it is guessed.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        shapes: Sequence[Shape],
        readings: Readings,
        sheets: Mapping[int, str],
        rows: Mapping[int, int],
        *,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.alike = alike(tables, readings, shapes)
        self.tables = [group[0] for group in self.alike][:MOST_TABLES]
        self.shapes = {shape.sheet: shape for shape in shapes}
        self.headers: dict[int, Header] = {}
        self.chosen: dict[int, Shape] = {}
        lists = [(LEFT_OUT, _("is not read")), *((shape.sheet, shape.sheet) for shape in shapes)]
        for at, table in enumerate(self.tables):
            reading = readings.get(table.name)
            guessed = reading.sheet if reading else likely_sheet(table, shapes)
            sheet = sheets.get(at, guessed)
            self.fields[f"sheet_{at}"] = forms.ChoiceField(
                label=_("This sheet is"), choices=lists, initial=sheet, required=False, widget=SELECT
            )
            header = header_named(table, reading) if reading else likely_header(table, shapes)
            if at in rows and (pointed_to := header_at(table, rows[at])):
                header, reading = pointed_to, None
            self.fields[f"row_{at}"] = forms.IntegerField(
                label=_("its headings are in row"),
                initial=header.last + 1 if header else 1,
                min_value=1,
                max_value=HEADER_WITHIN,
                required=False,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )
            if sheet in self.shapes and header:
                self._ask_columns(at, table, self.shapes[sheet], header, reading)

    def _ask_columns(self, at: int, table: Table, shape: Shape, header: Header, reading: Reading | None) -> None:
        self.headers[at], self.chosen[at] = header, shape
        meant = proposed(table, header, shape)
        if reading and reading.sheet == shape.sheet:
            meant = {
                header.headings[heading]: column
                for heading, column in reading.columns.items()
                if heading in header.headings
            }
        choices = [(LEFT_OUT, _("– not used –")), *((column, column) for column in shape.columns)]
        for heading, place in header.headings.items():
            self.fields[f"column_{at}_{place}"] = forms.ChoiceField(
                label=heading, choices=choices, initial=meant.get(place, LEFT_OUT), required=False, widget=SELECT
            )
        given = said_by_name(table, shape) | dict(reading.given if reading else {})
        for column in shape.from_name:
            self.fields[f"given_{at}_{column}"] = forms.CharField(
                label=(
                    _("%s of all rows, where no column says it")
                    if len(self.alike[at]) == 1
                    else _("%s of all rows of this sheet alone")
                )
                % column,
                initial=given.get(column, ""),
                required=False,
                max_length=30,
                widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "一年级1班"}),
            )

    def asked(self) -> Iterator[AskedTable]:
        for at, table in enumerate(self.tables):
            columns = [
                AskedColumn(
                    heading,
                    [sample(value) for value in values_below(table, self.headers[at], place, SAMPLES)],
                    self[f"column_{at}_{place}"],
                )
                for heading, place in (self.headers[at].headings.items() if at in self.chosen else ())
            ]
            given = [
                self[f"given_{at}_{column}"] for column in (self.chosen[at].from_name if at in self.chosen else ())
            ]
            must = "、".join(self.chosen[at].required) if at in self.chosen else ""
            yield AskedTable(name_of(self.alike[at]), self[f"sheet_{at}"], self[f"row_{at}"], must, columns, given)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"sheet_{at}") for at in range(len(self.tables))):
            raise forms.ValidationError(_("Say of one sheet at least which list it is."))
        for at, shape in self.chosen.items():
            used: dict[str, str] = {}
            for heading, place in self.headers[at].headings.items():
                column = data.get(f"column_{at}_{place}") or ""
                if column and column in used:
                    told = {"column": column, "one": used[column], "other": heading}
                    self.add_error(f"column_{at}_{place}", _("«%(one)s» is «%(column)s» already.") % told)
                used.setdefault(column, heading)
            given = {column for column in shape.from_name if data.get(f"given_{at}_{column}")}
            if lacking := [column for column in shape.least if column not in used.keys() | given]:
                told = {"sheet": self.tables[at].name or "1", "columns": "、".join(lacking)}
                self.add_error(None, _("Sheet «%(sheet)s»: say which column is «%(columns)s».") % told)
        return data

    def readings(self) -> dict[str, Reading]:
        """How each sheet is read; those that are left out, too, so that nobody guesses at them."""
        found: dict[str, Reading] = {}
        for at, table in enumerate(self.tables):
            sheet = self.cleaned_data.get(f"sheet_{at}") or LEFT_OUT
            shape = self.chosen.get(at)
            if shape is None or shape.sheet != sheet:
                found |= {one.name: Reading(LEFT_OUT) for one in self.alike[at]}
                continue
            columns = {
                heading: self.cleaned_data.get(f"column_{at}_{place}") or LEFT_OUT
                for heading, place in self.headers[at].headings.items()
            }
            given = {
                column: text for column in shape.from_name if (text := self.cleaned_data.get(f"given_{at}_{column}"))
            }
            # What is given for all rows is of the sheet that is shown; the others say it by their names.
            found |= {one.name: Reading(sheet, columns, given if one is table else {}) for one in self.alike[at]}
        return found


def alike(tables: Sequence[Table], readings: Readings, shapes: Sequence[Shape]) -> list[list[Table]]:
    """Sheets with the same headings together, as where each class has its own: they are asked about once."""
    groups: dict[str, list[Table]] = {}
    for table in tables:
        reading = readings.get(table.name)
        header = header_named(table, reading) if reading and reading.columns else likely_header(table, shapes)
        groups.setdefault(digest(header) if header else f"alone {table.name}", []).append(table)
    return list(groups.values())


def name_of(group: list[Table]) -> str:
    """«一(1)班», or «一(1)班 (and 29 more sheets with the same headings)»."""
    name = group[0].name or "1"
    more = len(group) - 1
    if not more:
        return name
    told = ngettext(
        "%(name)s and %(n)d more sheet with the same headings",
        "%(name)s and %(n)d more sheets with the same headings",
        more,
    )
    return told % {"name": name, "n": more}


def likely_sheet(table: Table, shapes: Sequence[Shape]) -> str:
    """The list that the table looks most like; the pupils' where nothing is known of it."""
    known = {shape.sheet: shape.known(best_header(table.rows, shape)) for shape in shapes}
    best = max(known, key=lambda sheet: known[sheet])
    if known[best]:
        return best
    header = likely_header(table, shapes)
    pupils = next((shape for shape in shapes if shape.from_name), None)
    # A sheet whose values look like pupils': a sex, a day, a phone, a class.
    looks_like = set(proposed(table, header, pupils).values()) - {"姓名", "监护人1姓名"} if header and pupils else set()
    return pupils.sheet if pupils and looks_like else LEFT_OUT


def sample(value: Any) -> str:
    return value.isoformat()[:10] if isinstance(value, dt.date) else clean_text(value)[:24]
