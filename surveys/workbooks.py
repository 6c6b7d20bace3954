"""What was answered, as rows of a workbook."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from documents.workbooks import Column
from surveys.models import Question, Sheet
from surveys.results import Answers


def unnamed_sheets(answers: Answers, classes: Sequence[int]) -> tuple[list[Column], list[list[Any]]]:
    """(columns, rows) of an anonymous survey: no person, no free text, in no order of arrival."""
    questions = [q for q in answers.questions if q.kind != Question.Kind.TEXT and not answers.asked_too_few(q, classes)]
    rows = [[q.words(sheet.get(q.key)) for q in questions] for pk in classes for sheet in answers.sheets[pk]]
    return [Column(q.text) for q in questions], sorted(rows)


def named_sheets(answers: Answers, classes: Sequence[int]) -> tuple[list[Column], list[list[Any]]]:
    """(columns, rows) of a survey with names, by class and child."""
    sheets = Sheet.objects.filter(survey=answers.survey, school_class__in=classes)
    sheets = sheets.select_related("student", "school_class", "by").order_by(
        "-school_class__entry_year", "school_class__number", "student__name_key"
    )
    rows = [
        [
            sheet.school_class.label(answers.day),
            sheet.student.name,
            sheet.by.name,
            _("on paper") if sheet.paper else _("by phone"),
            sheet.answered_at,
            *(q.words(sheet.answers.get(q.key)) for q in answers.questions),
        ]
        for sheet in sheets
    ]
    heads = [_("Class"), _("Child"), _("Answered by"), _("Way"), _("When"), *(q.text for q in answers.questions)]
    return [Column(head) for head in heads], rows
