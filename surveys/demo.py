"""Two surveys for the demonstration school: one closed and without names, one of intention that is being answered."""

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from school.models import ClassMembership, Guardianship, Term, User
from surveys.models import Box, Participation, Question, Sheet, Survey
from surveys.services.answering import clean_answers
from surveys.services.building import create_survey

WORDS = (
    "希望多安排户外活动。",
    "结束时间能否再晚一些？",
    "谢谢老师。",
    "作业在学校就做完了，很省心。",
    "希望增加科学类社团。",
)


def ask_families(term: Term, until: dt.date, office: User) -> None:
    """The satisfaction survey closed a few days before `until`; half have answered the open survey of intention."""
    rng = random.Random("surveys")  # noqa: S311  # the same answers every time
    evening = timezone.make_aware(dt.datetime.combine(until, dt.time(18)))
    for kind, share, opens, closes in (("satisfaction", 0.82, -12, -5), ("intention", 0.5, -2, 21)):
        survey = create_survey(kind=kind, term=term, by=office)
        survey.opens_at, survey.closes_at = evening + dt.timedelta(days=opens), evening + dt.timedelta(days=closes)
        survey.status = Survey.Status.CLOSED if closes < 0 else Survey.Status.PUBLISHED
        survey.save()
        _answer(survey, until, share, office, rng)


def _answer(survey: Survey, until: dt.date, share: float, office: User, rng: random.Random) -> None:
    members = [m for m in _members(until) if rng.random() < share]
    rows = Question.objects.filter(section__survey=survey).select_related("section").prefetch_related("options")
    questions = list(rows)
    adults = dict(
        Guardianship.objects.filter(barred=False, guardian__user__isnull=False)
        .order_by("-order")
        .values_list("student", "guardian__user")
    )
    Participation.objects.bulk_create(
        [Participation(survey=survey, student_id=m.student_id, day=until) for m in members], batch_size=1000
    )
    answers = []
    for member in members:
        asked = [q for q in questions if q.section.asks_grade(member.school_class.grade(until))]
        answers.append((member, clean_answers({q.key: _choose(q, rng) for q in asked}, asked)))
    if survey.anonymous:
        _fill_boxes(survey, answers, rng)
        return
    Sheet.objects.bulk_create(
        [
            Sheet(
                survey=survey,
                student_id=member.student_id,
                school_class=member.school_class,
                answers=given,
                by_id=adults.get(member.student_id, office.pk),
            )
            for member, given in answers
        ],
        batch_size=1000,
    )


def _members(day: dt.date) -> list[ClassMembership]:
    return list(ClassMembership.objects.on(day).select_related("school_class").order_by("student"))


def _choose(question: Question, rng: random.Random) -> Any:
    options = [option.pk for option in question.options.all()]
    if question.kind == Question.Kind.SCALE:
        return rng.choice((2, 3, 4, 4, 4, 5, 5, 5))
    if question.kind == Question.Kind.TEXT:
        return rng.choice(WORDS) if rng.random() < 0.2 else ""
    if question.kind == Question.Kind.MANY:
        return rng.sample(options, rng.randint(1, len(options)))
    return rng.choices(options, weights=range(len(options), 0, -1))[0]


def _fill_boxes(survey: Survey, answers: list[tuple[ClassMembership, dict[str, Any]]], rng: random.Random) -> None:
    boxes: dict[int, Box] = {}
    rng.shuffle(answers)
    for member, given in answers:
        box = boxes.setdefault(member.school_class_id, Box(survey=survey, school_class=member.school_class))
        box.sheets.append({key: value for key, value in given.items() if not isinstance(value, str)})
        for key, value in given.items():
            if isinstance(value, str):
                box.texts.setdefault(key, []).append(value)
    for box in boxes.values():
        rng.shuffle(box.sheets)
        for texts in box.texts.values():
            rng.shuffle(texts)
    Box.objects.bulk_create(boxes.values())
