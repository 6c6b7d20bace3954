"""Surveys' and notices' rows of the table of routes (tests/test_routes.py)."""

import datetime as dt

from django.utils import timezone

from surveys.models import Question, Survey
from surveys.services import create_survey, publish_survey

OFFICE = ["office", "academic"]
READERS = [*OFFICE, "homeroom", "principal"]
NOT_READERS = ["mother", "teacher", "gate", "duty_leader"]
NOT_OFFICE = ["mother", "teacher", "homeroom", "gate", "principal", "duty_leader"]


def add_rows(cast):
    """A draft, a named survey and an anonymous one, both open."""
    made = [
        create_survey(kind=kind, term=cast.term, by=cast.office.user) for kind in ("other", "intention", "satisfaction")
    ]
    now = timezone.now()
    Survey.objects.filter(pk__in=[survey.pk for survey in made]).update(
        opens_at=now - dt.timedelta(hours=1), closes_at=now + dt.timedelta(days=1)
    )
    cast.draft_survey = made[0]
    cast.survey, cast.unnamed = (publish_survey(survey=survey, by=cast.office.user) for survey in made[1:])
    section = cast.draft_survey.sections.get()
    cast.question = Question.objects.create(section=section, text="题", kind="text")
    cast.text_question = Question.objects.get(section__survey=cast.survey, kind="text")


def of_notice(c):
    return ["survey", c.survey.pk]


TABLE = {
    "school:notice_detail": (of_notice, READERS, NOT_READERS),
    "school:notice_poster": (of_notice, READERS, NOT_READERS),
    "school:notice_call": (of_notice, READERS, NOT_READERS),
    "surveys:survey_fill": (lambda c: [c.survey.pk, c.child.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
    "surveys:survey_detail": (lambda c: [c.survey.pk], READERS, NOT_READERS),
    "surveys:survey_preview": (lambda c: [c.draft_survey.pk], OFFICE, ["mother", "teacher", "gate", "duty_leader"]),
    "surveys:survey_edit": (lambda c: [c.draft_survey.pk], OFFICE, NOT_OFFICE),
    "surveys:survey_delete": (lambda c: [c.draft_survey.pk], OFFICE, NOT_OFFICE),
    "surveys:survey_publish": (lambda c: [c.draft_survey.pk], OFFICE, NOT_OFFICE),
    "surveys:survey_extend": (lambda c: [c.survey.pk], OFFICE, NOT_OFFICE),
    "surveys:survey_close": (lambda c: [c.survey.pk], OFFICE, NOT_OFFICE),
    "surveys:section_add": (lambda c: [c.draft_survey.pk], OFFICE, NOT_OFFICE),
    "surveys:section_edit": (lambda c: [c.question.section_id], OFFICE, NOT_OFFICE),
    "surveys:section_delete": (lambda c: [c.question.section_id], OFFICE, NOT_OFFICE),
    "surveys:section_move": (lambda c: [c.question.section_id], OFFICE, NOT_OFFICE),
    "surveys:question_add": (lambda c: [c.question.section_id], OFFICE, NOT_OFFICE),
    "surveys:question_edit": (lambda c: [c.question.pk], OFFICE, NOT_OFFICE),
    "surveys:question_delete": (lambda c: [c.question.pk], OFFICE, NOT_OFFICE),
    "surveys:question_move": (lambda c: [c.question.pk], OFFICE, NOT_OFFICE),
    "surveys:paper_list": (lambda c: [c.survey.pk], [*OFFICE, "homeroom"], [*NOT_READERS, "principal"]),
    "surveys:paper_fill": (lambda c: [c.survey.pk, c.child.pk], [*OFFICE, "homeroom"], [*NOT_READERS, "principal"]),
    "surveys:paper_loose": (lambda c: [c.unnamed.pk, c.class_1.pk], [*OFFICE, "homeroom"], [*NOT_READERS, "principal"]),
    "surveys:survey_results": (lambda c: [c.survey.pk], READERS, NOT_READERS),
    "surveys:survey_texts": (lambda c: [c.survey.pk, c.text_question.pk], READERS, NOT_READERS),
    "surveys:survey_demand": (
        lambda c: [c.survey.pk],
        [*OFFICE, "principal"],
        ["mother", "teacher", "homeroom", "gate", "duty_leader"],
    ),
}

OTHERS = [
    ("surveys:survey_fill", lambda c: [c.survey.pk, c.child.pk], "other_mother"),
    ("surveys:survey_fill", lambda c: [c.draft_survey.pk, c.child.pk], "mother"),
    ("surveys:survey_detail", lambda c: [c.draft_survey.pk], "homeroom"),
    ("surveys:survey_results", lambda c: [c.draft_survey.pk], "office"),
    ("surveys:survey_edit", lambda c: [c.survey.pk], "office"),
    ("surveys:paper_fill", lambda c: [c.survey.pk, c.other_child.pk], "homeroom"),
    ("surveys:paper_loose", lambda c: [c.unnamed.pk, c.class_2.pk], "homeroom"),
    ("school:notice_detail", lambda c: ["survey", c.draft_survey.pk], "office"),
]
