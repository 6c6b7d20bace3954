"""The term summary as a workbook: the same stored figures, as numbers."""

from typing import Any

from django.utils.translation import gettext as _

from documents.workbooks import Column, Worksheet, write_workbook
from reports.figures import FIGURES, SECTIONS, Part, Value
from reports.models import ReportRun
from reports.wording import result
from school.models import SchoolSettings
from web.templatetags.formats import cn_date


def summary_workbook(run: ReportRun, values: dict[str, Value]) -> bytes:
    heading = f"{SchoolSettings.load().name} {run.term}"
    note = _("Figures from %(first)s to %(last)s; rates in per cent.") % {
        "first": cn_date(run.term.starts_on, "year"),
        "last": cn_date(run.until, "year"),
    }
    sheets = [_figures, _classes, _grades, _clubs, _weeks, _homework]
    return write_workbook([make(values, heading, note) for make in sheets])


def _figures(values: dict[str, Value], heading: str, note: str) -> Worksheet:
    columns = [
        Column(_("Section")),
        Column(_("Key")),
        Column(_("Figure")),
        Column(_("Result"), "#,##0.##"),
        Column(_("Unit")),
        Column(_("Numerator"), "#,##0"),
        Column(_("Denominator"), "#,##0"),
        Column(_("As printed")),
        Column(_("What is counted"), width=80),
    ]
    rows = [
        (
            str(SECTIONS[FIGURES[key].section]),
            key,
            str(FIGURES[key].label),
            value.value,
            str(FIGURES[key].unit),
            value.numerator,
            value.denominator,
            result(FIGURES[key], value),
            str(FIGURES[key].definition),
        )
        for key, value in values.items()
    ]
    return Worksheet(_("Figures"), columns, rows, heading, [note])


def _classes(values: dict[str, Value], heading: str, note: str) -> Worksheet:
    return _taking_part(_("By class"), _("Class"), "class", values, heading, note)


def _grades(values: dict[str, Value], heading: str, note: str) -> Worksheet:
    return _taking_part(_("By grade"), _("Grade"), "grade", values, heading, note)


def _taking_part(title: str, head: str, by: str, values: dict[str, Value], heading: str, note: str) -> Worksheet:
    columns = [
        Column(head),
        Column(_("Pupils on roll")),
        Column(_("Pupils taking part")),
        Column(_("Participation (%)"), "0.0"),
    ]
    columns += [*_attendance_columns(), Column(_("Written minutes a day"), "0.0")]
    attendance = {part.key: part for part in values["attendance_rate"].by[by]}
    minutes = {part.key: part.value for part in values["written_minutes"].by[by]}
    rows = [
        (
            part.label,
            part.denominator,
            part.numerator,
            part.value,
            *_attendance(attendance.get(part.key)),
            minutes.get(part.key),
        )
        for part in values["participation_rate"].by[by]
    ]
    return Worksheet(title, columns, rows, heading, [note])


def _attendance_columns() -> list[Column]:
    heads = [_("Expected"), _("Here"), _("Missing"), _("On leave"), _("Left earlier"), _("Entered later")]
    return [*(Column(head) for head in heads), Column(_("Attendance (%)"), "0.0")]


def _attendance(part: Part | None) -> tuple[Any, ...]:
    if part is None:
        return (None,) * 7
    facts = part.facts
    return (part.denominator, part.numerator, *(facts[k] for k in ("absent", "leave", "left", "late")), part.value)


def _clubs(values: dict[str, Value], heading: str, note: str) -> Worksheet:
    heads = [_("Club"), _("Category"), _("Grades"), _("Times"), _("Room"), _("Instructor"), _("Places"), _("Members")]
    columns = [*(Column(head) for head in heads), Column(_("Places taken (%)"), "0.0")]
    rows = [
        (
            part.label,
            *(part.facts[name] for name in ("category", "grades", "slots", "room", "instructor")),
            part.denominator,
            part.numerator,
            part.value,
        )
        for part in values["club_members"].by["club"]
    ]
    return Worksheet(_("Clubs"), columns, rows, heading, [note])


def _weeks(values: dict[str, Value], heading: str, note: str) -> Worksheet:
    columns = [Column(_("Week")), Column(_("Monday")), *_attendance_columns()]
    rows = [(part.label, part.key, *_attendance(part)) for part in values["attendance_rate"].by["week"]]
    return Worksheet(_("Attendance by week"), columns, rows, heading, [note])


def _homework(values: dict[str, Value], heading: str, note: str) -> Worksheet:
    columns = [
        Column(_("Class")),
        Column(_("Published sheets")),
        Column(_("Written minutes")),
        Column(_("A day"), "0.0"),
    ]
    columns += [Column(_("Highest")), Column(_("Cap"))]
    rows = [
        (part.label, part.denominator, part.numerator, part.value, part.facts["highest"], part.facts["cap"])
        for part in values["written_minutes"].by["class"]
    ]
    return Worksheet(_("Homework"), columns, rows, heading, [note])
