"""The weekly timetable as a school keeps it: one row a class, one column a lesson («周一1»), in a workbook."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from documents.workbooks import Column, Worksheet, write_workbook
from school.importing.shapes import Row
from school.importing.workbook import read_workbook
from school.models import Lesson, SchoolClass, Subject
from school.models.places import class_label

SHEET, CLASS = "总课表", "班级"
WEEKDAYS = "一二三四五"
LESSONS = 7

Cells = dict[tuple[int, int], int]
"""(weekday, lesson) → subject's pk."""


def headings() -> list[tuple[str, int, int]]:
    return [(f"周{WEEKDAYS[day - 1]}{number}", day, number) for day in range(1, 6) for number in range(1, LESSONS + 1)]


def cells_of(classes: Sequence[SchoolClass]) -> dict[int, Cells]:
    """Class → its week."""
    found: dict[int, Cells] = defaultdict(dict)
    for lesson in Lesson.objects.filter(school_class__in=classes):
        found[lesson.school_class_id][lesson.weekday, lesson.number] = lesson.subject_id
    return found


def write_timetable(classes: Sequence[SchoolClass]) -> bytes:
    """The workbook that `read_timetable` reads: what is entered now, empty cells to fill in."""
    names = dict(Subject.objects.values_list("pk", "name"))
    known = cells_of(classes)
    columns = [Column(CLASS), *(Column(head, width=6) for head, _day, _number in headings())]
    rows = [
        [c.label(), *(names.get(known[c.pk].get((day, number), 0), "") for _head, day, number in headings())]
        for c in classes
    ]
    return write_workbook([Worksheet(SHEET, columns, rows)])


def read_timetable(data: bytes, *, classes: Sequence[SchoolClass], school_year: int) -> dict[int, Cells]:
    """Class → its week. Raises WorkbookRefused for the file, ValidationError naming every cell that cannot be taken."""
    subjects = dict(Subject.objects.values_list("name", "pk"))
    by_label = {class_label(school_year - c.entry_year + 1, c.number): c.pk for c in classes}
    found: dict[int, Cells] = {}
    problems: list[str] = []
    for row in read_workbook(data, {SHEET: [CLASS, *(head for head, _day, _number in headings())]})[SHEET].rows:
        label = row.text(CLASS).replace("（", "(").replace("）", ")")
        if label not in by_label:
            problems.append(_("Row %(row)d: there is no class «%(label)s».") % {"row": row.number, "label": label})
            continue
        if by_label[label] in found:
            problems.append(_("Row %(row)d: «%(label)s» stands there twice.") % {"row": row.number, "label": label})
        found[by_label[label]] = _week(row, subjects, problems)
    if problems:
        raise ValidationError(problems[:20])
    return found


def _week(row: Row, subjects: dict[str, int], problems: list[str]) -> Cells:
    cells: Cells = {}
    for head, day, number in headings():
        text = row.text(head)
        if text and text not in subjects:
            problems.append(
                _("Row %(row)d, column %(head)s: there is no subject «%(text)s».")
                % {"row": row.number, "head": head, "text": text}
            )
        elif text:
            cells[day, number] = subjects[text]
    return cells


@transaction.atomic
def replace_timetable(weeks: dict[int, Cells]) -> int:
    """The weeks of these classes become what is given; other classes stay. Returns the number of lessons."""
    Lesson.objects.filter(school_class__in=weeks).delete()
    lessons = [
        Lesson(school_class_id=pk, weekday=day, number=number, subject_id=subject)
        for pk, cells in weeks.items()
        for (day, number), subject in cells.items()
    ]
    return len(Lesson.objects.bulk_create(lessons, batch_size=1000))
