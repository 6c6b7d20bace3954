"""The last week of August: nobody is in a class yet, and children are known by the class they come to."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from clubs.models import Membership
from school.models import AccessLog, Post, Student
from surveys.models import Survey
from surveys.open_surveys import open_surveys_for
from surveys.services import answer_survey, create_survey
from tests.conftest import TERM_START, TODAY
from tests.surveys.conftest import answers_for, open_now

pytestmark = pytest.mark.django_db

SUMMER = dt.date(2026, 8, 28)


@pytest.fixture
def summer(afternoon, monkeypatch):
    Post.objects.update(starts_on=SUMMER)
    monkeypatch.setattr(timezone, "_shift", timezone._shift - (TODAY - SUMMER))
    assert timezone.localdate() == SUMMER < TERM_START
    return afternoon


def test_a_club_is_joined_before_the_first_day(summer, as_user):
    """It begins with the term; the family sees what fits, and the office finds the child by its name."""
    page = as_user(summer.mother).get(reverse("clubs:family_club", args=[summer.child.pk, summer.club.pk]))
    assert "硬笔书法" in page.text
    found = (
        as_user(summer.office).get(reverse("clubs:place_add", args=[summer.club.pk]), {"q": "韩小雨"}).context["found"]
    )
    assert [(child.name, child.class_label) for child in found] == [("韩小雨", "三(1)班")]
    as_user(summer.office).post(reverse("clubs:place_add", args=[summer.club.pk]), {"student": summer.child.pk})
    assert Membership.objects.get().starts_on == TERM_START


def test_a_family_answers_a_survey_and_who_has_not_is_phoned(summer, as_user):
    survey = open_now(create_survey(kind=Survey.Kind.INTENTION, term=summer.term, by=summer.office.user), summer.office)
    assert {child.name for child, _survey, _done in open_surveys_for(summer.mother.user)} == {"韩小雨", "韩小雪"}
    answer_survey(survey=survey, student=summer.child, by=summer.mother.user, answers=answers_for(survey), version=0)
    call = as_user(summer.office).get(reverse("school:notice_call", args=["survey", survey.pk]))
    assert "韩小雨" not in [child.name for child in call.context["page_obj"]]
    waiting = {child.name: child.class_label for child in call.context["page_obj"]}
    assert waiting["杨小帆"] == "三(2)班"


def test_what_is_taken_as_a_workbook_is_logged(summer, as_user):
    taken = as_user(summer.office).get(reverse("school:import_roster"))
    book = load_workbook(io.BytesIO(b"".join(taken)), read_only=True)
    assert "韩小雨" in {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    opened = AccessLog.objects.filter(action="opened").values_list("student", flat=True)
    assert set(opened) == set(Student.objects.values_list("pk", flat=True))
    # And as the one workbook that left.
    assert AccessLog.objects.get(action="exported").rows == len(set(opened))
