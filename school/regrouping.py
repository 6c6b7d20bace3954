"""Regrouping of a grade by a workbook: downloaded, filled in, previewed, confirmed."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from documents.workbooks import Column, Watermark, Worksheet, write_workbook
from school.class_names import clean_class_number, split_class
from school.importing.shapes import Row
from school.importing.workbook import read_workbook
from school.models import ClassMembership, SchoolClass, Student, User, grade_name
from school.models.places import class_label
from school.services.people import move_to_class
from web.cleaning import clean_text

SHEET = "重新编班"
NUMBER, NAME, NOW, NEW = "学籍号", "姓名", "现班", "新班"
SALT = "school.regrouping"


@dataclass(frozen=True)
class Move:
    student: Student
    old: SchoolClass
    new: SchoolClass


@dataclass(frozen=True)
class Refused:
    row: int
    name: str
    reason: str


@dataclass
class Regrouping:
    """The plan of a regrouping on `day` for the children who entered in `entry_year`."""

    entry_year: int
    day: dt.date
    moves: list[Move] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    missing: list[Student] = field(default_factory=list)
    """Children of the grade who do not stand in the sheet; they stay where they are."""
    sizes: list[tuple[str, int, int]] = field(default_factory=list)
    """Class, children before, children after."""

    @property
    def moved(self) -> list[tuple[Student, str, str]]:
        """(child, class before, class after), as the classes are called on the day."""
        return [(move.student, move.old.label(self.day), move.new.label(self.day)) for move in self.moves]

    def token(self) -> str:
        """The plan as shown, signed: confirming applies exactly this."""
        moves = [(m.student.pk, m.old.pk, m.new.pk) for m in self.moves]
        return signing.dumps({"day": self.day.isoformat(), "moves": moves}, salt=SALT, compress=True)


def members_of(entry_year: int, day: dt.date) -> list[ClassMembership]:
    rows = ClassMembership.objects.on(day).filter(school_class__entry_year=entry_year)
    return list(
        rows.select_related("student", "school_class").order_by("school_class__number", "student__name_key", "pk")
    )


def regrouping_sheet(*, entry_year: int, day: dt.date, watermark: Watermark) -> tuple[bytes, int]:
    """The workbook to fill in, the column «新班» filled with the present class; and the number of its rows."""
    rows = [
        (m.student.number or "", m.student.name, m.school_class.label(day), m.school_class.label(day))
        for m in members_of(entry_year, day)
    ]
    columns = [Column(NUMBER, width=24), Column(NAME, width=12), Column(NOW, width=12), Column(NEW, width=12)]
    notes = [_("Change the last column only. Children whose class stays are left alone.")]
    sheet = Worksheet(SHEET, columns, rows, heading=f"{_grade_on(entry_year, day)} {SHEET}", notes=notes)
    return write_workbook([sheet], watermark=watermark), len(rows)


def _grade_on(entry_year: int, day: dt.date) -> str:
    return grade_name(SchoolClass(entry_year=entry_year, number=0).grade(day))


def plan_regrouping(*, data: bytes, entry_year: int, day: dt.date) -> Regrouping:
    """Reads the workbook against the classes of the cohort. Raises WorkbookRefused where it cannot be read."""
    sheet = read_workbook(data, {SHEET: [NAME, NOW, NEW]})[SHEET]
    members = members_of(entry_year, day)
    classes = {c.number: c for c in SchoolClass.objects.filter(entry_year=entry_year, graduated_on=None)}
    plan = Regrouping(entry_year, day)
    seen: set[int] = set()
    for row in sheet.rows:
        try:
            member = _member(row, members, day)
            if member.student_id in seen:
                raise ValueError(_("This child stands in the sheet twice."))
            seen.add(member.student_id)
            new = _new_class(row.values.get(NEW), classes, entry_year, day)
        except ValueError as problem:
            plan.refused.append(Refused(row.number, row.text(NAME), str(problem)))
            continue
        if new is None or new.pk == member.school_class_id:
            plan.unchanged += 1
        else:
            plan.moves.append(Move(member.student, member.school_class, new))
    plan.missing = [m.student for m in members if m.student_id not in seen and not _refused_name(plan, m)]
    before = Counter(m.school_class.number for m in members)
    change = Counter(move.new.number for move in plan.moves)
    change.subtract(move.old.number for move in plan.moves)
    plan.sizes = [(c.label(day), before[n], before[n] + change[n]) for n, c in sorted(classes.items())]
    return plan


def _refused_name(plan: Regrouping, member: ClassMembership) -> bool:
    return any(refused.name == member.student.name for refused in plan.refused)


def _member(row: Row, members: list[ClassMembership], day: dt.date) -> ClassMembership:
    """The child by number, else by name and present class. Raises ValueError with a sentence."""
    number = row.text(NUMBER).upper()
    found = [m for m in members if number and m.student.number == number]
    if not found:
        now = split_class(row.values.get(NOW))
        found = [m for m in members if m.student.name == row.text(NAME) and _is(m.school_class, now, day)]
    if not found:
        raise ValueError(_("No child of this grade has this number, or this name and class."))
    if len(found) > 1:
        raise ValueError(_("Several children of this class have this name; give the student number."))
    return found[0]


def _is(school_class: SchoolClass, named: tuple[int, int] | None, day: dt.date) -> bool:
    return named is not None and named == (school_class.grade(day), school_class.number)


def _new_class(value: Any, classes: dict[int, SchoolClass], entry_year: int, day: dt.date) -> SchoolClass | None:
    """The class named, or None for an empty cell. Raises ValueError with a sentence."""
    text = clean_text(value)
    if not text:
        return None
    grade, number = split_class(text) or (None, clean_class_number(text))
    own = SchoolClass(entry_year=entry_year, number=number or 0).grade(day)
    if number is None:
        raise ValueError(_("This is not a class. Write 1班."))
    if grade not in (None, own):
        raise ValueError(_("%(named)s is not a class of %(grade)s.") % {"named": text, "grade": grade_name(own)})
    if number not in classes:
        raise ValueError(_("There is no class %s yet; add it on the page of classes.") % class_label(own, number))
    return classes[number]


@transaction.atomic
def apply_regrouping(*, token: str, by: User) -> int:
    """Applies exactly the plan that was shown; returns how many children moved.

    Raises ValidationError where a child has changed class since, and for a plan that is not ours or older than a day.
    """
    try:
        plan = signing.loads(token, salt=SALT, max_age=dt.timedelta(days=1))
    except signing.BadSignature as error:
        raise ValidationError(_("This plan is too old. Upload the workbook again.")) from error
    day = dt.date.fromisoformat(plan["day"])
    wanted = {student: (old, new) for student, old, new in plan["moves"]}
    rows = ClassMembership.objects.select_for_update().on(day).filter(student__in=wanted)
    now = {row.student_id: row for row in rows}
    if all(pk in now and now[pk].school_class_id == new for pk, (_old, new) in wanted.items()):
        return 0
    if any(pk not in now or now[pk].school_class_id != old for pk, (old, _new) in wanted.items()):
        raise ValidationError(_("A child has changed class since this preview. Upload the workbook again."))
    for pk, (_old, new) in wanted.items():
        move_to_class(now[pk], new, day)
    return len(wanted)
