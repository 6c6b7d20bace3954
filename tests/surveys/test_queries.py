"""The lists of surveys and notices read as often with one row as with three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from school.models import SchoolClass
from school.notices import log_channel
from surveys.notice import load
from surveys.services import answer_survey, create_survey
from tests.conftest import make_guardian, make_student
from tests.surveys.conftest import answers_for, question_of

pytestmark = pytest.mark.django_db


def add_more(cast, survey, n):
    """A class with a child that has answered and one that has not, a draft, a logged channel."""
    school_class = SchoolClass.objects.create(entry_year=2024, number=10 + n)
    aunt = make_guardian(f"姨{n}", f"1990000200{n}")
    for name in ("甲", "乙"):
        child = make_student(f"韩{name}{n}", school_class, (cast.mother, "母亲"), (aunt, "姨母"))
        make_student(f"沈{name}{n}", cast.class_1, (cast.mother, "母亲"), (aunt, "姨母"))
        text = question_of(survey, kind="text").key
        answers = answers_for(survey) | {text: "好"}
        answer_survey(survey=survey, student=child, answers=answers, by=cast.mother.user)
    create_survey(kind="other", term=cast.term, by=cast.office.user)
    log_channel(notice=load(survey.pk), channel="poster", classes=[school_class, cast.class_1], by=cast.office.user)


def counts(client, cast, survey):
    text = question_of(survey, kind="text").pk
    pages = [
        (cast.office, "surveys:survey_list", []),
        (cast.office, "surveys:survey_detail", [survey.pk]),
        (cast.office, "surveys:survey_results", [survey.pk]),
        (cast.office, "surveys:survey_texts", [survey.pk, text]),
        (cast.office, "surveys:survey_demand", [survey.pk]),
        (cast.homeroom, "surveys:paper_list", [survey.pk]),
        (cast.mother, "surveys:family_surveys", []),
        (cast.office, "school:notice_list", []),
        (cast.office, "school:notice_detail", ["survey", survey.pk]),
        (cast.office, "school:notice_call", ["survey", survey.pk]),
    ]
    found = {}
    for who, name, arguments in pages:
        client.force_login(who.user)
        url = reverse(name, args=arguments)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        found[name] = len(queries)
    return found


def test_queries_do_not_grow_with_the_rows(cast, intention, client, monkeypatch):
    monkeypatch.setattr("surveys.views.results.chart_of", lambda result: "")
    add_more(cast, intention, 1)
    before = counts(client, cast, intention)
    for n in (2, 3):
        add_more(cast, intention, n)
    assert counts(client, cast, intention) == before
