"""Surveys to answer: a named one of intention, an anonymous one of satisfaction."""

import datetime as dt

import pytest
from django.utils import timezone

from surveys.models import Question, Survey
from surveys.services import create_survey, publish_survey
from tests.conftest import make_student


def open_now(survey, office, **changes):
    now = timezone.now()
    for name, value in {
        "opens_at": now - dt.timedelta(hours=1),
        "closes_at": now + dt.timedelta(days=3),
        **changes,
    }.items():
        setattr(survey, name, value)
    survey.save()
    return publish_survey(survey=survey, by=office.user)


def question_of(survey, meaning="", kind=None):
    rows = Question.objects.filter(section__survey=survey, meaning=meaning)
    return (rows.filter(kind=kind) if kind else rows).first()


def answers_for(survey, grade=3, **chosen):
    """Every required question answered by its first option; `chosen`: meaning → values of options."""
    found = {}
    for question in Question.objects.filter(
        section__survey=survey, section__grade_from__lte=grade, section__grade_to__gte=grade
    ):
        options = list(question.options.all())
        if question.meaning in chosen:
            picked = [option.pk for option in options if option.value in chosen[question.meaning]]
            found[question.key] = picked if question.kind == "many" else picked[0]
        elif question.required:
            found[question.key] = {"scale": 4, "text": "好"}.get(question.kind) or options[0].pk
    return found


def posted(survey, answers, version=0):
    data = {"version": version}
    for question in Question.objects.filter(section__survey=survey):
        if question.key in answers:
            data[question.field_name] = answers[question.key]
    return data


@pytest.fixture
def draft(cast):
    return create_survey(kind=Survey.Kind.INTENTION, term=cast.term, by=cast.office.user)


@pytest.fixture
def intention(cast, draft):
    return open_now(draft, cast.office)


@pytest.fixture
def satisfaction(cast):
    survey = create_survey(kind=Survey.Kind.SATISFACTION, term=cast.term, by=cast.office.user)
    return open_now(survey, cast.office)


@pytest.fixture
def many_children(cast):
    """Seven more children in 三(1)班, so that a group is large enough to be shown."""
    return [make_student(f"韩同学{n}", cast.class_1, (cast.mother, "母亲")) for n in range(7)]
