"""One answer a child: by either guardian, on paper, and never twice."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from school.inbox import tasks_for
from surveys.models import Box, Participation, Sheet
from surveys.open_surveys import waiting_for
from surveys.services import answer_survey, close_survey, enter_loose_paper, mark_paper_returned
from tests.surveys.conftest import answers_for, open_now, posted, question_of

pytestmark = pytest.mark.django_db


def fill(survey, child):
    return reverse("surveys:survey_fill", args=[survey.pk, child.pk])


def test_the_mother_answers_and_the_father_sees_and_changes_it(cast, intention, as_user):
    answers = answers_for(intention, takes_part=["yes"], weekdays=["1", "3"])
    done = as_user(cast.mother).post(fill(intention, cast.child), posted(intention, answers))
    assert done.url == reverse("surveys:family_surveys")
    sheet = Sheet.objects.get()
    assert (sheet.student, sheet.school_class, sheet.by, sheet.answers) == (
        cast.child,
        cast.class_1,
        cast.mother.user,
        answers,
    )
    client = as_user(cast.father)
    page = client.get(fill(intention, cast.child))
    assert (page.context["sheet"].by, page.context["form"]["version"].value()) == (cast.mother.user, 1)
    changed = answers_for(intention, takes_part=["no"])
    assert client.post(fill(intention, cast.child), posted(intention, changed, version=1)).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.answers, sheet.by, sheet.version, Participation.objects.count()) == (changed, cast.father.user, 2, 1)


def test_who_did_not_see_the_other_answer_does_not_overwrite_it(cast, intention, as_user):
    answers = answers_for(intention)
    answer_survey(survey=intention, student=cast.child, answers=answers, by=cast.mother.user)
    page = as_user(cast.father).post(fill(intention, cast.child), posted(intention, answers, version=0))
    assert page.context["form"].non_field_errors() == [
        "沈月 刚刚为 韩小雨 填写过。请重新打开调查查看，需要修改的话在那里修改。"
    ]
    assert Sheet.objects.get().by == cast.mother.user


def test_what_is_missing_is_marked_and_the_rest_kept(cast, intention, as_user):
    answers = answers_for(intention)
    missing = question_of(intention, "pick_up")
    del answers[missing.key]
    page = as_user(cast.mother).post(fill(intention, cast.child), posted(intention, answers))
    assert list(page.context["form"].errors) == [missing.field_name]
    kept = question_of(intention, "takes_part")
    assert page.context["form"][kept.field_name].value() == str(answers[kept.key])
    assert Sheet.objects.count() == 0


def test_only_what_is_asked_is_kept(cast, intention):
    other = question_of(intention, "pick_up").options.first().pk
    wrong = answers_for(intention) | {"999": 1, question_of(intention, "weekdays").key: [other]}
    answer_survey(survey=intention, student=cast.child, answers=wrong, by=cast.mother.user)
    assert Sheet.objects.get().answers == answers_for(intention)


def test_a_child_of_another_family_or_in_no_class_is_not_answered_for(cast, intention, as_user):
    assert as_user(cast.mother).get(fill(intention, cast.other_child)).status_code == 404
    assert as_user(cast.grandfather).get(fill(intention, cast.child)).status_code == 403
    cast.child.class_memberships.update(ends_on=dt.date(2026, 9, 30))
    with pytest.raises(ValidationError, match="不面向韩小雨所在的年级"):
        answer_survey(survey=intention, student=cast.child, answers={}, by=cast.mother.user)
    assert as_user(cast.mother).get(fill(intention, cast.child)).context["asked"] is False


def test_before_it_opens_and_after_it_closes_nothing_is_taken(cast, draft, as_user):
    soon = timezone.now() + dt.timedelta(hours=1)
    survey = open_now(draft, cast.office, opens_at=soon)
    assert as_user(cast.mother).get(fill(survey, cast.child)).templates[0].name == "surveys/survey_shut.html"
    with pytest.raises(ValidationError, match="还没有开放"):
        answer_survey(survey=survey, student=cast.child, answers=answers_for(survey), by=cast.mother.user)
    closed = close_survey(survey=survey, by=cast.office.user)
    with pytest.raises(ValidationError, match="已经结束"):
        answer_survey(survey=closed, student=cast.child, answers=answers_for(survey), by=cast.mother.user)


def test_what_waits_for_a_family_goes_with_its_answer(cast, intention):
    assert [(task.student, task.title) for task in waiting_for(cast.mother.user)] == [
        (cast.sibling, "课后服务意向调查"),
        (cast.child, "课后服务意向调查"),
    ]
    answer_survey(survey=intention, student=cast.child, answers=answers_for(intention), by=cast.father.user)
    assert [task.student for task in tasks_for(cast.mother.user)] == [cast.sibling]
    assert (tasks_for(cast.father.user), tasks_for(cast.grandfather.user)) == ([], [])


def test_the_page_of_a_family(cast, intention, as_user):
    page = as_user(cast.mother).get(reverse("surveys:family_surveys"))
    assert ([child for child, _rows in page.context["children"]], page.context["waiting"]) == (
        [cast.sibling, cast.child],
        2,
    )
    close_survey(survey=intention, by=cast.office.user)
    assert "目前没有开放的调查" in as_user(cast.mother).get(reverse("surveys:family_surveys")).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["intention", "satisfaction"])
def test_two_guardians_at_once_leave_one_answer(cast, request, kind):
    survey = request.getfixturevalue(kind)
    answers, barrier, outcomes = answers_for(survey), threading.Barrier(2), []

    def answer(guardian):
        try:
            barrier.wait()
            answer_survey(survey=survey, student=cast.child, answers=answers, by=guardian.user)
            outcomes.append("taken")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=[who]) for who in (cast.mother, cast.father)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sheets = sum(len(box.sheets) for box in Box.objects.all()) + Sheet.objects.count()
    assert (Participation.objects.count(), sheets, outcomes.count("taken"), len(outcomes)) == (1, 1, 1, 2)


# --- paper ------------------------------------------------------------------------------------------------------


def test_the_class_teacher_enters_a_paper(cast, intention, as_user):
    client = as_user(cast.homeroom)
    listed = reverse("surveys:paper_list", args=[intention.pk])
    assert [child.name for child in client.get(listed).context["page_obj"]] == ["韩小雨"]
    page = reverse("surveys:paper_fill", args=[intention.pk, cast.child.pk])
    assert client.post(page, posted(intention, answers_for(intention))).status_code == 302
    sheet = Sheet.objects.get()
    assert (sheet.paper, sheet.by) == (True, cast.homeroom.user)
    assert list(client.get(listed).context["page_obj"]) == []
    assert client.get(reverse("surveys:paper_fill", args=[intention.pk, cast.other_child.pk])).status_code == 404


def test_unnamed_papers_are_ticked_and_entered_apart(cast, satisfaction, as_user):
    client = as_user(cast.homeroom)
    listed = reverse("surveys:paper_list", args=[satisfaction.pk])
    loose = reverse("surveys:paper_loose", args=[satisfaction.pk, cast.class_1.pk])
    data = posted(satisfaction, answers_for(satisfaction))
    assert client.post(loose, data).context["form"].non_field_errors() == ["三(1)班 收回的纸质问卷都已录入。"]
    client.post(listed, {"student": cast.child.pk})
    assert client.get(listed).context["loose"] == 1
    assert client.post(loose, data).status_code == 302
    box = Box.objects.get()
    assert (len(box.sheets), box.school_class, Participation.objects.get().student) == (1, cast.class_1, cast.child)
    assert client.post(listed, {"student": cast.other_child.pk}).status_code == 404
    with pytest.raises(ValidationError, match="的家庭已经填写过"):
        mark_paper_returned(survey=satisfaction, student=cast.child, by=cast.homeroom.user)
    with pytest.raises(ValidationError, match="收回的纸质问卷都已录入"):
        enter_loose_paper(
            survey=satisfaction, school_class=cast.class_1, answers=answers_for(satisfaction), by=cast.homeroom.user
        )
    assert client.get(reverse("surveys:paper_loose", args=[satisfaction.pk, cast.class_2.pk])).status_code == 404
