"""The afternoon's pages: what they show, whom they refuse, and what a bad request does."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from lxml import html

from clubs.services import start_rain
from enrollment.models import Collector
from safety.models import Custody, DayClose, Leave, Release, RollCall
from safety.rolls import expected_students
from safety.services import ask_leave, call_roll
from tests.conftest import TODAY, make_student, session_of, take
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(afternoon):
    return session_of(afternoon.group, afternoon.first)


def here(session, by):
    call_roll(session=session, marks=dict.fromkeys(expected_students(session), "present"), by=by.user)


def test_all_present_by_one_tap_leaves_the_child_on_leave_out(afternoon, first, as_user):
    ask_leave(student=afternoon.child, day=TODAY, reason="看牙", by=afternoon.mother.user)
    as_user(afternoon.homeroom).post(reverse("safety:roll_mark", args=[first.pk]), {"all": "1", "early": "1"})
    assert dict(RollCall.objects.values_list("student__name", "status")) == {
        "韩小雨": "leave",
        "杨小帆": "present",
        "吴小舟": "present",
    }


def test_a_roll_long_before_its_session_is_asked_about(afternoon, first, as_user, monkeypatch):
    client, mark = as_user(afternoon.homeroom), reverse("safety:roll_mark", args=[first.pk])
    page = client.get(reverse("safety:roll", args=[first.pk]))
    assert page.context["too_early"] is not None
    assert 'name="all"' not in page.text
    refused = client.post(mark, {"all": "1"}, headers={"HX-Request": "true"})
    assert (refused.status_code, "15:40" in refused.text, RollCall.objects.exists()) == (409, True, False)
    meant = client.get(reverse("safety:roll", args=[first.pk]), {"early": "1"}).text
    assert 'name="early" value="1"' in meant
    at(monkeypatch, 14, 45)
    client.post(mark, {"all": "1"})
    assert RollCall.objects.count() == 3


def test_the_service_of_today_is_over(afternoon, monkeypatch):
    at(monkeypatch, 18)
    with pytest.raises(ValidationError, match="今天的课后服务已经结束"):
        ask_leave(student=afternoon.child, day=TODAY, reason="", by=afternoon.mother.user)
    with pytest.raises(ValidationError, match="今天没有课后服务，或已经结束，不需要通知"):
        start_rain(day=TODAY, by=afternoon.duty_leader.user)
    assert ask_leave(student=afternoon.child, day=TODAY + dt.timedelta(days=1), reason="", by=afternoon.mother.user)


def test_nobody_needs_to_hear_of_rain_on_a_day_without_lessons(afternoon, monkeypatch):
    saturday = TODAY + dt.timedelta(days=3)
    at(monkeypatch, 14, day=saturday)
    with pytest.raises(ValidationError, match="今天没有课后服务，或已经结束，不需要通知"):
        start_rain(day=saturday, by=afternoon.duty_leader.user)


def test_a_mark_answers_with_the_list_to_htmx(afternoon, first, as_user):
    fields = {"student": afternoon.other_child.pk, "status": "absent", "early": "1"}
    answer = as_user(afternoon.homeroom).post(
        reverse("safety:roll_mark", args=[first.pk]), fields, headers={"HX-Request": "true"}
    )
    assert answer.templates[0].name == "safety/_roll.html"
    assert (answer.context["missing"], answer.context["open"]) == (1, 2)


def test_anybody_elses_session_is_not_found(afternoon, first, as_user):
    client = as_user(afternoon.teacher)
    assert client.get(reverse("safety:roll", args=[first.pk])).status_code == 404
    assert client.post(reverse("safety:roll_mark", args=[first.pk]), {"all": "1"}).status_code == 404
    assert client.post(reverse("safety:line_release", args=[first.pk])).status_code == 404
    assert not RollCall.objects.exists()


def test_a_pupil_found_by_name_is_taken_on(afternoon, first, as_user):
    new = make_student("新来的", afternoon.class_2)
    client = as_user(afternoon.homeroom)
    found = client.get(reverse("safety:roll", args=[first.pk]), {"q": "新来"})
    assert [s.name for s in found.context["found"]] == ["新来的"]
    client.post(reverse("safety:roll_mark", args=[first.pk]), {"take_on": new.pk, "q": "新来", "early": "1"})
    assert Custody.objects.open().get(student=new).staff == afternoon.homeroom


def test_the_line_goes_in_two_taps_and_who_is_unticked_stays(afternoon, as_user):
    last = session_of(afternoon.group, afternoon.second)
    here(last, afternoon.teacher)
    client = as_user(afternoon.teacher)
    line = client.get(reverse("safety:line", args=[last.pk])).context["line"]
    assert [leaving.student.name for leaving in line] == ["吴小舟", "杨小帆"]
    client.post(reverse("safety:line_release", args=[last.pk]), {"student": [afternoon.other_child.pk]})
    assert list(Release.objects.values_list("student__name", flat=True)) == ["杨小帆"]


def test_the_page_offers_no_barred_adult_and_refuses_a_strangers_number(afternoon, first, as_user):
    here(first, afternoon.homeroom)
    stranger = Collector.objects.create(
        student=afternoon.other_child, name="陌生人", relation="叔叔", starts_on=TODAY, entered_by=afternoon.office.user
    )
    url = reverse("safety:child_release", args=[first.pk, afternoon.child.pk])
    client = as_user(afternoon.homeroom)
    assert "韩老" not in client.get(url).content.decode()
    for chosen in (stranger.pk, "", "alone", "nonsense"):
        assert client.post(url, {"collector": chosen}).status_code == 422
    assert not Release.objects.exists()


def test_only_the_duty_leader_closes_the_day(afternoon, as_user):
    as_user(afternoon.principal).post(reverse("safety:day"), {"note": ""})
    assert not DayClose.objects.exists()


def test_the_gate_sees_whether_a_child_is_released_and_no_phone(afternoon, first, as_user):
    here(first, afternoon.homeroom)
    page = as_user(afternoon.gate).get(reverse("safety:gate"), {"q": "韩小雨"}).content.decode()
    assert "周婷" in page
    assert afternoon.mother.phone not in page


def test_the_family_sees_its_own_children_and_nobody_elses(afternoon, first, as_user):
    here(first, afternoon.homeroom)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    page = as_user(afternoon.mother).get(reverse("safety:family_today"))
    assert [row.child.name for row in page.context["rows"]] == ["韩小雪", "韩小雨"]
    assert "硬笔书法" in page.content.decode()
    assert "杨小帆" not in page.content.decode()
    assert as_user(afternoon.grandfather).get(reverse("safety:family_today")).status_code == 403


def test_leave_and_proxy_are_asked_for_ones_own_child_only(afternoon, as_user):
    client = as_user(afternoon.mother)
    other = afternoon.other_child.pk
    assert client.post(reverse("safety:leave_ask", args=[other]), {"day": TODAY}).status_code == 404
    assert client.post(reverse("safety:proxy_name", args=[other]), {}).status_code == 404
    client.post(reverse("safety:leave_ask", args=[afternoon.child.pk]), {"day": TODAY, "reason": "看牙"})
    leave = Leave.objects.get()
    assert as_user(afternoon.other_mother).post(reverse("safety:leave_cancel", args=[leave.pk])).status_code == 404
    as_user(afternoon.father).post(reverse("safety:leave_cancel", args=[leave.pk]))
    assert not Leave.objects.exists()


def test_a_proxy_for_today_collects_today_and_the_barred_grandfather_cannot_be_named(afternoon, first, as_user):
    here(first, afternoon.homeroom)
    client = as_user(afternoon.mother)
    url = reverse("safety:proxy_name", args=[afternoon.child.pk])
    fields = {"relation": "邻居", "phone": "199 0000 0999", "starts_on": TODAY}
    assert client.post(url, fields | {"name": "韩老"}).status_code == 200
    client.post(url, fields | {"name": "王邻居"})
    proxy = Collector.objects.get(kind="proxy")
    release = reverse("safety:child_release", args=[first.pk, afternoon.child.pk])
    as_user(afternoon.homeroom).post(release, {"collector": proxy.pk})
    assert Release.objects.get().how == "proxy"


def test_where_each_child_of_my_class_is(afternoon, first, as_user):
    here(first, afternoon.homeroom)
    client = as_user(afternoon.homeroom)
    page = client.get(reverse("safety:class_now", args=[afternoon.class_1.pk]))
    assert [(row.student.name, row.kind) for row in page.context["rows"]] == [("韩小雨", "ok")]
    assert client.get(reverse("safety:class_now", args=[afternoon.class_2.pk])).status_code == 404


def test_a_saturday_is_no_error(afternoon, as_user):
    assert as_user(afternoon.duty_leader).get(reverse("safety:day"), {"day": "2026-11-21"}).status_code == 200
    assert as_user(afternoon.duty_leader).get(reverse("safety:day"), {"day": "nonsense"}).status_code == 200


@pytest.mark.parametrize("nonsense", ["", "abc", "²", "99999999", "1e3", "-1"])
def test_a_mark_or_a_line_of_nonsense_changes_nothing(afternoon, first, as_user, nonsense):
    here(first, afternoon.homeroom)
    client = as_user(afternoon.homeroom)
    mark = reverse("safety:roll_mark", args=[first.pk])
    before = RollCall.objects.count()
    assert client.post(mark, {"student": nonsense, "status": "present", "early": "1"}).status_code == 404
    assert client.post(mark, {"take_on": nonsense, "early": "1"}).status_code == 404
    assert client.post(mark, {"status": "present", "early": "1"}).status_code == 404
    client.post(reverse("safety:line_release", args=[first.pk]), {"student": [nonsense]})
    assert (RollCall.objects.count(), Release.objects.count()) == (before, 0)


def names_at_the_gate(client, words):
    page = html.fromstring(
        client.get(reverse("safety:gate"), {"q": words}, headers={"HX-Request": "true"}).content.decode()
    )
    return [" ".join(part.strip() for part in name.itertext()) for name in page.find_class("line-list-name")]


def test_the_gate_finds_by_one_sign_or_initial_and_tells_namesakes_apart(afternoon, as_user):
    client = as_user(afternoon.gate)
    assert names_at_the_gate(client, "韩") == ["韩小雪 一(1)班", "韩小雨 三(1)班"]
    assert names_at_the_gate(client, "yxf") == ["杨小帆 三(2)班"]
    assert names_at_the_gate(client, "y")[0] == "杨小帆 三(2)班"
    make_student("杨小帆", afternoon.class_2, (afternoon.other_mother, "母亲"), birth_date=dt.date(2017, 9, 1))
    assert names_at_the_gate(client, "杨小帆") == ["杨小帆 三(2)班 · 5 月出生", "杨小帆 三(2)班 · 9 月出生"]
    assert names_at_the_gate(client, "") == []


def test_the_duty_leader_sees_late_rolls_first_and_the_others_folded(afternoon, first, as_user, monkeypatch):
    client = as_user(afternoon.duty_leader)
    ahead = client.get(reverse("safety:day")).context
    assert (ahead["sessions_late"], len(ahead["sessions_ahead"])) == ([], 2)
    at(monkeypatch, 16)
    later = client.get(reverse("safety:day")).context
    assert ([one.pk for one in later["sessions_late"]], len(later["sessions_ahead"])) == ([first.pk], 1)
    here(first, afternoon.homeroom)
    called = client.get(reverse("safety:day")).context
    assert (called["sessions_late"], [one.pk for one in called["sessions_called"]]) == ([], [first.pk])
    assert len(called["sessions_empty"]) == 1
