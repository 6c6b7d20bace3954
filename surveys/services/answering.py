"""Answering: one answer a child, by phone or on paper; anonymous answers go shuffled into the box of their class."""

import random
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from school.models import SchoolClass, Student, User
from surveys.models import Box, Participation, Question, Sheet, Survey
from surveys.open_surveys import questions_for

Answers = dict[str, Any]

_shuffler = random.SystemRandom()


def asked_class(survey: Survey, student: Student) -> SchoolClass:
    """The child's class, where the survey asks it and can be answered now. Raises ValidationError with the reason if not."""
    school_class = student.class_or_next(timezone.localdate())
    if school_class is None or not survey.asks_grade(school_class.grade()):
        raise ValidationError(_("This survey does not ask the grade of %s.") % student.name)
    _must_be_open(survey)
    return school_class


def _must_be_open(survey: Survey) -> None:
    if survey.is_over:
        raise ValidationError(_("This survey is closed; nothing was saved. Please tell the homeroom teacher."))
    if not survey.is_open:
        raise ValidationError(_("This survey is not open yet."))


def clean_answers(answers: Answers, questions: Iterable[Question]) -> Answers:
    """Validates the answers: options of the question, 1–5, text. Raises ValidationError where one is missing."""
    clean: Answers = {}
    for question in questions:
        value = answers.get(question.key)
        options = {option.pk for option in question.options.all()}
        if question.kind == Question.Kind.MANY:
            value = sorted(set(value or []) & options)
        elif question.kind == Question.Kind.CHOICE:
            value = value if value in options else None
        elif question.kind == Question.Kind.SCALE:
            value = value if value in (1, 2, 3, 4, 5) else None
        else:
            value = str(value or "").strip()[:2000]
        if value in (None, "", []):
            if question.required:
                raise ValidationError(_("«%s» has to be answered.") % question.text)
            continue
        clean[question.key] = value
    return clean


def answer_survey(
    *, survey: Survey, student: Student, answers: Answers, by: User, version: int = 0, paper: bool = False
) -> None:
    """One answer for the child. `version` is that of the answer which the writer saw: 0 for none.

    Raises ValidationError when the survey is not open, an answer is missing, or somebody else has answered meanwhile.
    """
    school_class = asked_class(survey, student)
    clean = clean_answers(answers, questions_for(survey, school_class.grade()))
    try:
        with transaction.atomic():
            if survey.anonymous:
                Participation.objects.create(survey=survey, student=student)
                _drop_into_box(survey, school_class, clean)
            elif version:
                _change_sheet(survey, student, clean, by, version, paper)
            else:
                Participation.objects.create(survey=survey, student=student)
                Sheet.objects.create(
                    survey=survey, student=student, school_class=school_class, answers=clean, by=by, paper=paper
                )
    except IntegrityError as error:
        raise ValidationError(_somebody_answered(survey, student)) from error


def _change_sheet(survey: Survey, student: Student, clean: Answers, by: User, version: int, paper: bool) -> None:
    sheet = Sheet.objects.select_for_update(of=["self"]).filter(survey=survey, student=student).first()
    if sheet is None or sheet.version != version:
        raise ValidationError(_somebody_answered(survey, student))
    sheet.answers, sheet.by, sheet.paper, sheet.version = clean, by, paper, version + 1
    sheet.save()


def _somebody_answered(survey: Survey, student: Student) -> str:
    sheet = Sheet.objects.filter(survey=survey, student=student).select_related("by").first()
    if sheet is None:
        return _("Somebody of the family has just answered for %s. One answer a child counts.") % student.name
    return _(
        "%(who)s has just answered for %(child)s. Open the survey again to see that answer, and change it there."
    ) % {
        "who": sheet.by.name,
        "child": student.name,
    }


def _drop_into_box(survey: Survey, school_class: SchoolClass, clean: Answers) -> None:
    """The box is locked, and written anew with all its sheets shuffled and the free texts torn off."""
    Box.objects.bulk_create([Box(survey=survey, school_class=school_class)], ignore_conflicts=True)
    box = Box.objects.select_for_update(of=["self"]).get(survey=survey, school_class=school_class)
    texts = {key: value for key, value in clean.items() if isinstance(value, str)}
    box.sheets.append({key: value for key, value in clean.items() if key not in texts})
    _shuffler.shuffle(box.sheets)
    for key, text in texts.items():
        box.texts.setdefault(key, []).append(text)
        _shuffler.shuffle(box.texts[key])
    box.save()


# --- paper of an anonymous survey: who returned one is recorded apart from its answers ----------------------


@transaction.atomic
def mark_paper_returned(*, survey: Survey, student: Student, by: User) -> None:
    """Marks that the family returned its unnamed paper; the answers are entered separately."""
    asked_class(survey, student)
    _new, created = Participation.objects.get_or_create(survey=survey, student=student)
    if not created:
        raise ValidationError(_("The family of %s has answered already.") % student.name)


def loose_papers(survey: Survey, school_class: SchoolClass) -> int:
    """How many unnamed papers of a class are ticked as returned and not entered yet."""
    members = school_class.memberships.on(timezone.localdate()).values("student")
    answered = Participation.objects.filter(survey=survey, student__in=members).count()
    box = Box.objects.filter(survey=survey, school_class=school_class).first()
    return max(answered - len(box.sheets), 0) if box else answered


@transaction.atomic
def enter_loose_paper(*, survey: Survey, school_class: SchoolClass, answers: Answers, by: User) -> None:
    """Enters an unnamed paper; never more than were marked as returned."""
    _must_be_open(survey)
    clean = clean_answers(answers, questions_for(survey, school_class.grade()))
    Box.objects.bulk_create([Box(survey=survey, school_class=school_class)], ignore_conflicts=True)
    Box.objects.select_for_update(of=["self"]).get(survey=survey, school_class=school_class)
    if not loose_papers(survey, school_class):
        raise ValidationError(_("All papers of %s that were handed in have been entered.") % school_class)
    _drop_into_box(survey, school_class, clean)
