"""The first pages of the principal and of the office."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from enrollment.models import Agreement, LeavesAlone
from enrollment.services import request_change, submit_application
from homework.models import ClassSheet
from reports.models import ReportRun
from reports.today import day_counts, past_days, substitutes
from reports.views.today import tiles
from safety.models import RollCall, Session
from safety.rolls import children_by_session, expected_students
from safety.services import ask_leave, call_roll
from school.models import SchoolDay
from tests.conftest import TODAY, make_choices, make_signing, session_of, take
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db


def tiles_of(answer):
    return {tile.label: (tile.value, tile.denominator) for tile in answer.context["tiles"]}


def test_six_tiles(happened, as_user):
    answer = as_user(happened.principal).get("/reports/today/")
    assert tiles_of(answer) == {
        "应到": (3, None),
        "已到": (1, 3),
        "未到": (1, None),
        "尚未接走": (0, None),
        "未公示作业的班级": (2, 3),
        "作业超上限的班级": (0, 3),
    }


def test_every_tile_leads_to_its_rows(happened, as_user):
    client = as_user(happened.principal)
    expected = {"应到": 3, "已到": 1, "未到": 1, "作业超上限的班级": 0}
    for tile in client.get("/reports/today/").context["tiles"]:
        answer = client.get(tile.url)
        assert answer.status_code == 200
        if tile.label in expected:
            assert answer.context["table"].paginator.count == expected[tile.label], tile.label


def test_who_lands_where(cast, as_user):
    assert as_user(cast.principal).get("/").url == "/reports/today/"
    assert as_user(cast.office).get("/").url == "/reports/office/"
    assert as_user(cast.academic).get("/").url == "/reports/office/"
    assert as_user(cast.duty_leader).get("/").url == "/safety/day/"


def test_first_pages_are_their_owners(cast, as_user):
    everybody = ["principal", "office", "academic", "duty_leader", "homeroom", "teacher", "gate", "mother"]
    for page, owners in (("today", ["principal"]), ("office", ["office", "academic"])):
        entered = [who for who in everybody if as_user(getattr(cast, who)).get(f"/reports/{page}/").status_code != 403]
        assert entered == owners


def test_leave_is_among_the_expected(happened):
    ask_leave(student=happened.child, day=TODAY, reason="看牙", by=happened.mother.user)
    counts = day_counts(TODAY)
    assert (counts.expected, counts.on_leave) == (3, 1)


def test_a_child_found_in_a_later_session_is_not_missing_one_lost_on_the_way_is(afternoon):
    first, second = (session_of(afternoon.group, period) for period in (afternoon.first, afternoon.second))
    marks = {afternoon.other_child.pk: "absent", afternoon.teachers_child.pk: "present"}
    call_roll(session=first, marks=marks, by=afternoon.homeroom.user)
    assert day_counts(TODAY).missing == 1
    marks = {afternoon.other_child.pk: "present", afternoon.teachers_child.pk: "absent"}
    call_roll(session=second, marks=marks, by=afternoon.teacher.user)
    assert [call.student for call in RollCall.objects.missing(TODAY)] == [afternoon.teachers_child]


def test_a_day_without_lessons(happened, as_user):
    SchoolDay.objects.filter(day=TODAY).update(kind="closure", follows_weekday=None)
    answer = as_user(happened.principal).get("/reports/today/")
    assert "今天不上课" in answer.text
    # The counts are those of yesterday, and so are the rows behind them.
    yesterday = TODAY - dt.timedelta(days=1)
    assert "上一个教学日 11月17日 周二" in answer.text and "下一个教学日是 11月19日 周四" in answer.text
    assert tiles_of(answer)["应到"] == (day_counts(yesterday).expected, None) == (3, None)
    assert tiles_of(answer)["未公示作业的班级"] == (3, 3)
    assert all(f"day={yesterday}" in tile.url for tile in answer.context["tiles"])
    assert as_user(happened.principal).get(answer.context["tiles"][0].url).context["table"].page.paginator.count == 3
    assert "上一个教学日" in as_user(happened.office).get("/reports/office/").text


def test_a_sheet_over_the_cap_stands_out(happened, as_user):
    ClassSheet.objects.update(cap=40, released=20, release_reason="补上周三")
    answer = as_user(happened.principal).get("/reports/today/")
    assert tiles_of(answer)["作业超上限的班级"] == (1, 3)
    assert "figure-tile-attention" in answer.text


def test_four_weeks_of_attendance(happened, monkeypatch, as_user):
    tomorrow = TODAY + dt.timedelta(days=1)
    assert [(one.day, one.present, one.expected, one.missing, one.rate) for one in past_days(tomorrow).value] == [
        (TODAY, 2, 6, 1, 33.3)
    ]
    assert past_days(TODAY).value == []
    assert past_days(TODAY + dt.timedelta(days=29)).value == []


def test_charts_answer_a_question_and_have_their_table(happened, as_user):
    page = as_user(happened.principal).get("/reports/today/").text
    assert "各年级参加率如何？" in page and "3 / 3 = 100.0 %" in page
    assert "开展两天服务之后" in page


def test_before_the_first_term(db, client):
    from tests.conftest import make_staff

    for number, role, page in (("T901", "principal", "today"), ("T902", "service_office", "office")):
        staff = make_staff(number, "新人", role=role)
        client.force_login(staff.user)
        assert client.get(f"/reports/{page}/").status_code == 200
        assert client.get("/reports/runs/").status_code == 200
        assert client.get("/reports/rows/taking_part/").status_code == 404


def apply(cast):
    """The sibling's family applies now."""
    application = submit_application(
        option=cast.option,
        student=cast.sibling,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    application.submitted_at = timezone.now()
    application.save()


def matters_of(answer):
    return {matter.title: (matter.owner, matter.days) for matter in answer.context["matters"]}


def test_what_needs_a_decision_with_owner_and_age(afternoon, as_user, monkeypatch):
    apply(afternoon)
    ReportRun.objects.create(
        term=afternoon.term, until=TODAY, key="a", status="done", pdf="a", xlsx="b", finished_at=timezone.now()
    )
    afternoon.group.duties.filter(weekday=5).delete()
    later = timezone.now() + dt.timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = as_user(afternoon.principal).get("/reports/today/")
    assert matters_of(answer) == {
        "1 份申请等待班级审核": ("班主任", 2),
        "1 天没有办结": ("值班领导", 2),
        "1个服务日没有课次记录": ("课后服务办公室", 1),  # tomorrow nobody looked
        "学期总结 2026—2027学年第一学期待批准": ("校长", 2),
        "缺人的值守岗次：2": ("课后服务办公室", None),
        "未点名的课次：2": ("课后服务办公室", None),
        "全员参加的班级：2": ("课后服务办公室", None),
    }
    client = as_user(afternoon.principal)
    for matter in answer.context["matters"]:
        assert client.get(matter.url).status_code in (200, 403), matter.url


def test_what_another_role_decides_is_read_without_a_link(afternoon, as_user):
    request_change(
        enrolment=afternoon.child.enrolments.get(),
        kind="days",
        effective_on=TODAY + dt.timedelta(days=7),
        weekdays=[1],
        by=afternoon.mother.user,
    )
    page = html.fromstring(as_user(afternoon.principal).get("/reports/today/").content)
    (cell,) = page.xpath("//td[@class='row-title'][contains(., '时间变更')]")
    assert (cell.text_content(), cell.xpath(".//a")) == ("1 项时间变更", [])


def made(cast, **values):
    """A run that a worker has finished."""
    row = {"term": cast.term, "until": TODAY, "key": "a", "status": "done", "pdf": "a", "xlsx": "b"}
    return ReportRun.objects.create(finished_at=timezone.now(), **row, **values)


def test_a_file_of_agreements_needs_no_approval(happened, as_user):
    made(happened, kind="agreements")
    texts = [*matters_of(as_user(happened.principal).get("/reports/today/"))]
    texts += matters_of(as_user(happened.office).get("/reports/office/"))
    assert [text for text in texts if "待批准" in text] == []


def test_an_approved_summary_waits_for_nobody(happened, as_user):
    made(happened, approved_at=timezone.now(), approved_by=happened.principal.user)
    texts = matters_of(as_user(happened.principal).get("/reports/today/"))
    assert [text for text in texts if "待批准" in text] == []


def test_the_office_sees_today_what_waits_and_the_month(happened, as_user):
    apply(happened)
    answer = as_user(happened.office).get("/reports/office/")
    assert tiles_of(answer) == {"未点名": (0, 3), "未到": (1, None), "尚未接走": (0, None), "代班": (0, 3)}
    assert matters_of(answer)["1 份申请等待班级审核"] == ("班主任", 0)
    month = dict(answer.context["month"].value)
    assert month["出勤率"] == "2 / 6 = 33.3 %"
    assert month["开展服务天数"] == "0 / 12 = 0.0 %"  # today is not over yet
    assert "等待班级审核" in answer.text


def test_who_looks_first_plans_the_day(afternoon, as_user):
    Session.objects.all().delete()
    answer = as_user(afternoon.office).get("/reports/office/")
    # No child comes to the club, so nobody waits for its roll.
    assert tiles_of(answer)["未点名"] == (2, 2)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    assert tiles_of(as_user(afternoon.office).get("/reports/office/"))["未点名"] == (3, 3)


def test_sessions_without_children_are_not_waited_for(afternoon, as_user, monkeypatch):
    """Counted at once for the day as for each session; a club that nobody comes to says so on the day's page."""
    sessions = list(Session.objects.on(TODAY).select_related("period"))
    assert children_by_session(TODAY) == {s.pk: set(expected_students(s)) for s in sessions if s.meeting is None}
    page = as_user(afternoon.duty_leader).get("/safety/day/")
    assert (page.context["rolls_open"], page.text.count("无学生"), page.text.count("未点名")) == (2, 1, 1)
    assert page.text.count("未开始") == 3  # each of the two, and the line that folds them
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    assert children_by_session(TODAY) == {s.pk: set(expected_students(s)) for s in sessions}
    at(monkeypatch, 18)
    assert as_user(afternoon.duty_leader).get("/safety/day/").text.count("未点名") == 4


def test_substitutes(afternoon):
    assert substitutes(TODAY).count() == 0
    Session.objects.filter(care_group__isnull=False, period=afternoon.first).update(staff=afternoon.academic)
    Session.objects.filter(meeting__isnull=False).update(staff=afternoon.duty_leader)
    assert substitutes(TODAY).count() == 1  # nobody comes to the club
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    assert substitutes(TODAY).count() == 2


def test_as_many_queries_with_one_day_as_with_three(happened, as_user):
    client = as_user(happened.principal)
    client.get("/reports/today/")
    with CaptureQueriesContext(connection) as one:
        client.get("/reports/today/")
    from django.core.cache import cache

    cache.clear()
    with CaptureQueriesContext(connection) as first:
        client.get("/reports/today/")
    assert (len(one), len(first)) == (len(one), len(one) + 24)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_first_pages_fit_phone_and_desktop(transactional_db, happened, phone, desktop, sign_in, overflows):
    for page in (phone, desktop):
        for who, url in ((happened.principal, "/reports/today/"), (happened.office, "/reports/office/")):
            sign_in(page, who.user)
            page.goto(url)
            assert overflows(page) == 0
            assert page.locator("h1").inner_text() == "今日"
    phone.goto("/reports/runs/")
    assert overflows(phone) == 0


def test_a_kept_figure_says_when_it_was_counted(afternoon, as_user, monkeypatch):
    from tests.safety.test_standing_in import at

    at(monkeypatch, 9, 5)
    assert "统计于 09:05" in as_user(afternoon.office).get("/", follow=True).text
    at(monkeypatch, 9, 6)
    assert "统计于 09:05" in as_user(afternoon.office).get("/", follow=True).text
    assert "统计于 09:06" in as_user(afternoon.principal).get("/", follow=True).text


def test_the_week_before_is_counted_like_today_by_children(happened, as_user):
    """Two rolls in a day are two calls of each child and one child."""
    past = past_days(TODAY + dt.timedelta(days=7)).value[-1]
    calls = RollCall.objects.filter(session__day=TODAY, expected=True)
    assert (past.expected, past.children) == (calls.count(), calls.values("student").distinct().count())
    assert past.expected > past.children
    shown = tiles(day_counts(TODAY), [past], TODAY + dt.timedelta(days=7))
    assert shown[1].change == f"上周同日 {past.here}/{past.children}"


def test_the_office_reads_on_its_own_page_what_only_it_can_settle(happened, as_user):
    """A change of days, and a consent to go home alone that the school has not signed yet."""
    enrolment = happened.child.enrolments.get()
    later = TODAY + dt.timedelta(days=7)
    request_change(enrolment=enrolment, kind="days", weekdays=[1], effective_on=later, by=happened.mother.user)
    agreement = enrolment.application.agreements.first()
    unsigned = Agreement.objects.create(
        application=enrolment.application,
        kind="pick_up",
        number="20261-JS-900001",
        template=agreement.template,
        text="独自离校",
        sha256="0" * 64,
    )
    LeavesAlone.objects.create(student=happened.child, weekdays=[1], agreement=unsigned, starts_on=TODAY)
    shown = {matter.title: matter.url for matter in as_user(happened.office).get("/reports/office/").context["matters"]}
    assert shown["1 项时间变更"] == reverse("enrollment:change_list")
    assert shown["1 份独自离校待学校签字"] == reverse("enrollment:collector_all")
