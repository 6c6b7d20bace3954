"""Opinions: sent, answered, followed up, closed, opened to all."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.models import FamilySettings, Opinion
from families.services import (
    answer_opinion,
    close_opinion,
    enter_opinion,
    follow_up_opinion,
    publish_opinion,
    send_opinion,
)
from families.services.opinions import due_day
from school.models import SchoolDay
from tests.conftest import TODAY, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def opinion(cast):
    return send_opinion(student=cast.child, about="care", to="homeroom", text="希望多运动", by=cast.mother.user)


def answered(opinion, by):
    return answer_opinion(opinion=opinion, answer="下周增加户外活动", by=by.user)


def test_the_deadline_counts_school_days(cast):
    assert due_day(TODAY) == dt.date(2026, 11, 23)  # Wednesday + Thursday, Friday, Monday
    SchoolDay.objects.filter(day=dt.date(2026, 11, 20)).update(kind="closure", follows_weekday=None)
    FamilySettings.objects.update_or_create(pk=1, defaults={"answer_days": 2})
    assert due_day(TODAY) == dt.date(2026, 11, 23)


def test_a_guardian_writes_and_reads_the_answer(cast, as_user):
    url = reverse("families:opinion_send", args=[cast.child.pk])
    client = as_user(cast.mother)
    assert client.post(url, {"about": "care", "to": "homeroom", "text": ""}).context["form"].errors.keys() == {"text"}
    client.post(url, {"about": "care", "to": "homeroom", "text": "希望多运动"})
    opinion = Opinion.objects.get()
    assert (opinion.school_class, opinion.state, opinion.due_on) == (cast.class_1, "new", dt.date(2026, 11, 23))
    detail = reverse("families:opinion_detail", args=[opinion.pk])
    as_user(cast.homeroom).post(detail, {"action": "answer", "answer": "好的"})
    assert "好的" in as_user(cast.mother).get(reverse("families:family_contact")).content.decode()
    opinion.refresh_from_db()
    assert (opinion.answered_by, opinion.state) == (cast.homeroom.user, "answered")


def test_nobody_writes_about_another_child(cast):
    for who in (cast.other_mother, cast.grandfather):
        with pytest.raises(ValidationError, match="自己孩子"):
            send_opinion(student=cast.child, about="care", to="office", text="?", by=who.user)


def test_a_guardian_does_not_answer(cast, opinion, as_user):
    url = reverse("families:opinion_detail", args=[opinion.pk])
    assert as_user(cast.mother).post(url, {"action": "answer", "answer": "好"}).status_code == 403
    assert as_user(cast.principal).post(url, {"action": "answer", "answer": "好"}).status_code == 403
    assert as_user(cast.father).get(url).status_code == 404


def test_each_has_the_own_queue(cast, opinion, as_user):
    enter_opinion(about="fees", to="office", source="meeting", text="公示账目", by=cast.office.user)
    url = reverse("families:opinion_list")
    texts = {
        who: [opinion.text for opinion in records(as_user(getattr(cast, who)).get(url, {"status": "mine"}))]
        for who in ("homeroom", "office", "principal")
    }
    assert texts == {"homeroom": ["希望多运动"], "office": ["公示账目"], "principal": []}
    # Whose queue is empty opens on all.
    assert len(records(as_user(cast.principal).get(url))) == 2


def test_the_queue_is_oldest_first_and_says_what_is_overdue(cast, opinion, as_user):
    late = enter_opinion(about="fees", to="office", source="paper", text="早先的", by=cast.office.user)
    enter_opinion(about="fees", to="office", source="paper", text="今天的", by=cast.office.user)
    long_ago = opinion.sent_at - dt.timedelta(days=10)
    Opinion.objects.filter(pk=late.pk).update(sent_at=long_ago, due_on=TODAY - dt.timedelta(days=5))
    page = as_user(cast.office).get(reverse("families:opinion_list"))
    assert [(opinion.text, opinion.age_days) for opinion in records(page)] == [("早先的", 10), ("今天的", 0)]
    counts = {tab.value: tab.count for tab in page.context["tabs"]}
    assert (counts["overdue"], counts["new"], counts["mine"]) == (1, 3, 2)


def test_it_is_answered_once(cast, opinion):
    answered(opinion, cast.homeroom)
    with pytest.raises(ValidationError, match="已答复"):
        answered(opinion, cast.office)


def test_follow_up_and_close(cast, opinion):
    with pytest.raises(ValidationError, match="请先答复"):
        close_opinion(opinion=opinion, by=cast.office.user)
    answered(opinion, cast.homeroom)
    followed = follow_up_opinion(opinion=opinion, follow_up="周三改为户外", followed_on=TODAY, by=cast.homeroom.user)
    assert (followed.state, followed.followed_on) == ("followed", TODAY)
    assert close_opinion(opinion=opinion, by=cast.homeroom.user).state == "closed"


def test_a_teacher_passes_it_on(cast, opinion, as_user):
    as_user(cast.homeroom).post(reverse("families:opinion_act", args=[opinion.pk]), {"action": "pass"})
    opinion.refresh_from_db()
    assert opinion.to == "office"
    assert as_user(cast.homeroom).get(reverse("families:opinion_detail", args=[opinion.pk])).status_code == 404


@pytest.mark.parametrize("words", ["韩小雨的妈妈希望", "三(1)班希望", "请致电19900000101", "周婷老师", "韩松说"])
def test_public_words_name_nobody(cast, opinion, words):
    answered(opinion, cast.homeroom)
    with pytest.raises(ValidationError, match="请去掉"):
        publish_opinion(opinion=opinion, public_text=words, public_answer="好的", by=cast.office.user)


def test_the_public_list_shows_the_public_words(cast, opinion, as_user):
    url = reverse("families:opinion_detail", args=[opinion.pk])
    words = {"action": "publish", "public_text": "希望增加运动", "public_answer": "已增加"}
    as_user(cast.homeroom).post(url, {"action": "answer", "answer": "给小雨安排"})
    assert as_user(cast.homeroom).post(url, words).status_code == 403
    as_user(cast.office).post(url, words)
    page = as_user(cast.other_mother).get(reverse("families:opinion_public")).content.decode()
    assert ("希望增加运动" in page, "希望多运动" in page, "小雨" in page) == (True, False, False)
    as_user(cast.office).post(reverse("families:opinion_act", args=[opinion.pk]), {"action": "withdraw"})
    assert Opinion.objects.public().count() == 0
    assert as_user(cast.gate).get(reverse("families:opinion_public")).status_code == 403


def test_the_list_leaves_as_a_workbook(cast, opinion, as_user):
    answer = as_user(cast.office).post(
        f"{reverse('families:opinion_list')}?status=all", {"action": "export", "reason": "汇总"}
    )
    assert answer["Content-Type"].endswith("sheet")
