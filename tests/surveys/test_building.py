"""From the starter to the published survey, whose questions are fixed."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from surveys.models import Option, Question, Section, Survey
from surveys.services import close_survey, copy_survey, create_survey, extend_survey, move_row, publish_survey
from surveys.services.building import what_is_missing
from tests.conftest import records
from tests.surveys.conftest import open_now, question_of

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"surveys:{name}", args=arguments)


@pytest.mark.parametrize("kind", Survey.Kind.values)
def test_a_starter_of_each_kind_can_be_published_once_its_time_is_said(cast, kind):
    survey = create_survey(kind=kind, term=cast.term, by=cast.office.user)
    missing = what_is_missing(survey)
    assert missing == (["请至少添加一道题。"] if kind == "other" else []) + ["请填写开放填写的起止时间。"]
    assert survey.anonymous == (kind in ("satisfaction", "burden"))


def test_the_starter_of_intention_knows_weekdays_and_periods(draft, offer):
    assert next(iter(question_of(draft, "weekdays").options.values_list("text", "value"))) == ("星期一", "1")
    assert question_of(draft, "periods").options.count() == 2
    assert list(question_of(draft, "takes_part").options.values_list("value", flat=True)) == ["yes", "no"]


def test_options_of_the_term_become_options_of_the_question(cast, offer):
    survey = create_survey(kind="intention", term=cast.term, by=cast.office.user)
    assert list(question_of(survey, "option").options.values_list("text", "value")) == [(offer.name, str(offer.pk))]


def test_publishing_says_all_that_is_missing(cast, draft):
    question = question_of(draft, "pick_up")
    question.options.all().delete()
    with pytest.raises(ValidationError, match="请填写开放填写的起止时间") as refused:
        publish_survey(survey=draft, by=cast.office.user)
    assert refused.value.messages == [f"“{question.text}”至少需要两个选项。", "请填写开放填写的起止时间。"]
    assert Survey.objects.get().status == "draft"


def test_a_survey_that_would_close_in_the_past_is_not_published(cast, draft):
    now = timezone.now()
    with pytest.raises(ValidationError, match="截止时间已经过去"):
        open_now(draft, cast.office, opens_at=now - dt.timedelta(days=2), closes_at=now - dt.timedelta(days=1))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: Question.objects.filter(section__survey=s).update(text="另一题"),
        lambda s: Question.objects.filter(section__survey=s).first().delete(),
        lambda s: Question.objects.create(section=s.sections.first(), text="新题"),
        lambda s: Option.objects.filter(question__section__survey=s).update(text="另一项"),
        lambda s: Option.objects.create(question=Question.objects.filter(section__survey=s).first(), text="新"),
        lambda s: Section.objects.filter(survey=s).update(grade_to=2),
        lambda s: Survey.objects.filter(pk=s.pk).update(anonymous=True),
        lambda s: Survey.objects.filter(pk=s.pk).update(status="draft"),
        lambda s: Survey.objects.filter(pk=s.pk).delete(),
    ],
)
def test_the_database_refuses_to_change_what_families_are_asked(intention, change):
    with pytest.raises(InternalError), transaction.atomic():
        change(intention)


def test_a_copy_has_the_same_questions_and_is_free(cast, intention):
    copy = copy_survey(survey=intention, term=cast.term, by=cast.academic.user)

    def words(survey):
        return [
            (q.section.title, q.text, q.kind, q.required, q.meaning, [o.text for o in q.options.all()])
            for q in Question.objects.filter(section__survey=survey)
        ]

    assert words(copy) == words(intention)
    assert (copy.status, copy.copied_from, copy.created_by) == ("draft", intention, cast.academic.user)


def test_questions_move_within_their_section(cast, draft):
    section = draft.sections.first()
    before = [q.text for q in section.questions.all()]
    move_row(row=section.questions.all()[1], step=-1, by=cast.office.user)
    assert [q.text for q in section.questions.all()] == [before[1], before[0], *before[2:]]
    move_row(row=section.questions.first(), step=-1, by=cast.office.user)
    assert section.questions.first().text == before[1]
    move_row(row=draft.sections.all()[1], step=1, by=cast.office.user)
    assert [s.order for s in draft.sections.all()] == [0, 1, 2]


def test_more_time_is_given_until_it_is_closed(cast, intention):
    later = timezone.now() + dt.timedelta(days=9)
    assert extend_survey(survey=intention, closes_at=later, by=cast.office.user).closes_at == later
    with pytest.raises(ValidationError, match="截止时间已经过去"):
        extend_survey(survey=intention, closes_at=timezone.now(), by=cast.office.user)
    closed = close_survey(survey=intention, by=cast.office.user)
    assert (closed.is_open, closed.is_over, close_survey(survey=closed, by=cast.office.user)) == (False, True, closed)
    with pytest.raises(ValidationError, match="只有已发布且未结束的调查才能延长时间"):
        extend_survey(survey=closed, closes_at=later, by=cast.office.user)


def test_an_anonymous_survey_that_is_over_stays_so(cast, satisfaction):
    Survey.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=5))
    with pytest.raises(ValidationError, match="不能再次开放"):
        extend_survey(survey=satisfaction, closes_at=timezone.now() + dt.timedelta(days=1), by=cast.office.user)


# --- pages ------------------------------------------------------------------------------------------------------


def test_the_office_makes_a_survey_from_the_first_page_to_the_notice(cast, as_user):
    client = as_user(cast.office)
    assert client.post(url("survey_add"), {"kind": "", "term": cast.term.pk}).context["form"].errors["kind"]
    answer = client.post(url("survey_add"), {"kind": "other", "term": cast.term.pk})
    survey = Survey.objects.get()
    assert answer.url == survey.get_absolute_url()
    section = survey.sections.get()
    question = {"text": "几点接？", "kind": "choice", "texts": "四点", "required": "on"}
    assert client.post(url("question_add", section.pk), question).context["form"].errors["texts"] == [
        "请至少写两个选项，每行一个。"
    ]
    assert client.post(url("question_add", section.pk), question | {"texts": "四点\n五点"}).status_code == 302
    assert [o.text for o in question_of(survey).options.all()] == ["四点", "五点"]
    wrong = {
        "title": "调查",
        "grade_from": 1,
        "grade_to": 6,
        "opens_at": "2026-11-18T08:00",
        "closes_at": "2026-11-18T08:30",
    }
    assert client.post(url("survey_edit", survey.pk), wrong).context["form"].errors["closes_at"] == [
        "截止时间已经过去。"
    ]
    assert client.post(url("survey_edit", survey.pk), wrong | {"closes_at": "2026-11-20T18:00"}).status_code == 302
    assert "1" not in client.get(url("survey_publish", survey.pk)).context["title"]
    assert client.post(url("survey_publish", survey.pk)).url == reverse(
        "school:notice_detail", args=["survey", survey.pk]
    )
    assert client.get(url("survey_edit", survey.pk)).status_code == 404
    assert client.get(url("question_edit", question_of(survey).pk)).status_code == 404


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"kind": "many", "meaning": "takes_part"}, "kind"),
        ({"kind": "choice", "meaning": "weekdays"}, "kind"),
        ({"kind": "text", "meaning": "pick_up"}, "kind"),
        ({"kind": "choice", "texts": "甲\n甲"}, "texts"),
    ],
)
def test_a_question_that_cannot_be_counted_is_refused(cast, draft, as_user, question, field):
    page = as_user(cast.office).post(
        url("question_add", draft.sections.first().pk), {"text": "题", "texts": ""} | question
    )
    assert list(page.context["form"].errors) == [field]


def test_weekdays_make_their_options_themselves(cast, draft, as_user):
    data = {"text": "哪几天", "kind": "many", "meaning": "weekdays", "texts": ""}
    as_user(cast.office).post(url("question_add", draft.sections.last().pk), data)
    assert draft.sections.last().questions.last().options.count() == 5


def test_questions_are_moved_edited_and_deleted_on_their_page(cast, draft, as_user):
    client, question = as_user(cast.office), question_of(draft, "pick_up")
    assert client.post(url("question_move", question.pk), {"to": "down"}).status_code == 302
    assert question.section.questions.all()[1] == question
    assert client.get(url("question_delete", question.pk)).context["text"] == f"«{question.text}»"
    client.post(url("question_delete", question.pk))
    assert not Question.objects.filter(pk=question.pk).exists()
    client.post(url("section_delete", draft.sections.last().pk))
    client.post(url("section_add", draft.pk), {"title": "三年级", "grade_from": 3, "grade_to": 3})
    assert [s.title for s in draft.sections.all()] == ["是否需要课后服务", "接送情况", "三年级"]
    client.post(url("survey_delete", draft.pk))
    assert Survey.objects.count() == 0


def test_the_preview_shows_a_grade_its_own_sections(cast, draft, as_user):
    client = as_user(cast.office)

    def titles(grade):
        form = client.get(url("survey_preview", draft.pk), {"grade": grade}).context["form"]
        return [section.title for section, _questions in form.sections()]

    assert (titles(1), titles(3)) == (["是否需要课后服务", "接送情况", "一、二年级"], ["是否需要课后服务", "接送情况"])


def test_the_list_has_tabs_search_and_a_workbook(cast, draft, satisfaction, as_user):
    client = as_user(cast.office)
    page = client.get(url("survey_list"), {"status": "draft", "q": "意向", "kind": "intention"})
    assert [survey.pk for survey in records(page)] == [draft.pk]
    assert [(tab.value, tab.count) for tab in page.context["tabs"]] == [
        ("", 2),
        ("open", 1),
        ("draft", 1),
        ("closed", 0),
    ]
    book = client.post(url("survey_list"), {"action": "export", "reason": "归档"})
    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    found = dict(zip(rows[1], rows[2], strict=True))  # the newest first: what the page leaves out stands here too
    assert len(rows[1]) == 8
    assert (found["标题"], found["类别"], found["不记名"], found["答卷"]) == (satisfaction.title, "满意度调查", "是", 0)


def test_leaders_see_published_surveys_and_teachers_those_of_their_grade(cast, draft, as_user):
    assert list(Survey.objects.visible_to(cast.principal.user)) == []
    Survey.objects.update(grade_to=2)
    draft.refresh_from_db()
    open_now(draft, cast.office)
    assert list(Survey.objects.visible_to(cast.principal.user)) == [draft]
    assert as_user(cast.homeroom).get(draft.get_absolute_url()).status_code == 404
