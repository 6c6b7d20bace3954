"""What the first roll of a day found is known at the second: nobody who was missing is «here» by a tap for all."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from lxml import html

from clubs.models import Meeting, Membership
from clubs.services.catalogue import cancel_club
from enrollment.models import CareGroupMember, Enrolment, ServiceOption
from reports.figures import collect
from reports.today import day_counts
from safety.afternoons import sessions_on
from safety.models import Custody, DayClose, Leave, Release, RollCall, Session
from safety.rolls import children_by_session, children_on_leave, ends_at
from safety.services import call_roll, close_day, plan_day, release_child, release_line
from safety.services.roll import call_rest
from safety.views.teacher import roll_context
from safety.whereabouts import Status, whereabouts
from school.models import SchoolDay
from tests.conftest import TODAY, records, session_of, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(afternoon):
    """The session of the second period, after a first one in which two came and one did not."""

    def after(status):
        first = session_of(afternoon.group, afternoon.first)
        call_roll(session=first, marks={afternoon.child.pk: status}, by=afternoon.homeroom.user)
        call_rest(session=first, by=afternoon.homeroom.user)
        return session_of(afternoon.group, afternoon.second)

    return after


def marks(session):
    return dict(RollCall.objects.filter(session=session).values_list("student__name", "status"))


OTHERS = {"杨小帆": "present", "吴小舟": "present"}


@pytest.mark.parametrize(("found", "marked"), [("leave", "leave"), ("left", "left"), ("present", "present")])
def test_what_was_said_at_the_first_roll_goes_on(afternoon, second, found, marked):
    session = second(found)
    call_rest(session=session, by=afternoon.teacher.user)
    assert marks(session) == OTHERS | {"韩小雨": marked}
    session.refresh_from_db()
    assert session.roll_taken_at is not None


def test_who_was_missing_is_looked_at_and_never_here_by_a_tap_for_all(afternoon, second, as_user):
    session = second("absent")
    client = as_user(afternoon.teacher)
    page = client.get(reverse("safety:roll", args=[session.pk]), {"early": "1"}).text
    assert "其余 2 人到齐" in page and "前面点名时未到，请逐一点名" in page
    client.post(reverse("safety:roll_mark", args=[session.pk]), {"all": "1", "early": "1"})
    assert marks(session) == OTHERS
    session.refresh_from_db()
    assert session.roll_taken_at is None
    assert whereabouts([afternoon.child], TODAY)[0].status == Status.MISSING
    assert not Custody.objects.filter(student=afternoon.child).exists()
    call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.teacher.user)
    assert whereabouts([afternoon.child], TODAY)[0].status == Status.HERE


@pytest.mark.parametrize("status", ["leave", "left"])
def test_the_teachers_mark_is_the_childs_status_everywhere(afternoon, second, as_user, status):
    second(status)
    now = whereabouts([afternoon.child], TODAY)[0]
    assert now.status == status
    for who, name, args in (
        (afternoon.mother, "safety:family_today", []),
        (afternoon.homeroom, "safety:class_now", [afternoon.class_1.pk]),
    ):
        assert now.text in as_user(who).get(reverse(name, args=args)).text


def test_a_later_roll_that_says_leave_ends_the_search(afternoon, second):
    session = second("absent")
    call_roll(session=session, marks={afternoon.child.pk: "leave"}, by=afternoon.teacher.user)
    assert whereabouts([afternoon.child], TODAY)[0].status == Status.LEAVE
    assert not RollCall.objects.missing(TODAY).exists()


def test_after_closing_it_did_not_come_and_nobody_is_asked_to_confirm(afternoon, second, as_user):
    session = second("absent")
    call_rest(session=session, by=afternoon.teacher.user)
    call_roll(session=session, marks={afternoon.child.pk: "absent"}, by=afternoon.teacher.user)
    release_line(session=session, except_for=set(), by=afternoon.teacher.user)
    close_day(day=TODAY, by=afternoon.duty_leader.user, note="在外婆家")
    assert whereabouts([afternoon.child], TODAY)[0].text.startswith("未到 · ")
    page = as_user(afternoon.duty_leader).get(reverse("safety:day"))
    assert "确认未找到" not in page.text


def test_no_session_before_the_service_begins(afternoon):
    """The club meets by its timetable from the term's first day; care is on offer from TODAY on."""
    ServiceOption.objects.update(starts_on=TODAY)
    week_before = TODAY - dt.timedelta(days=7)
    Session.objects.filter(day=week_before).delete()
    assert SchoolDay.objects.teaching().filter(day=week_before).exists()
    assert plan_day(day=week_before) == 0
    assert plan_day(day=TODAY) == 0  # all planned already
    figure = collect(afternoon.term, TODAY)["service_days"]
    assert (figure.numerator, figure.denominator) == (0, 0)  # today is not over
    DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
    figure = collect(afternoon.term, TODAY)["service_days"]
    assert (figure.numerator, figure.denominator) == (1, 1)


def test_who_was_handed_over_after_the_first_period_is_not_at_the_second(afternoon, second, as_user):
    """Neither by a tap for all, nor by a mark of its own: not here (it is charged and paid for), not missing either."""
    session = second("present")
    mother = afternoon.child.collectors.get(guardian=afternoon.mother)
    release_child(student=afternoon.child, day=TODAY, collector=mother, by=afternoon.homeroom.user)
    left_at = timezone.localtime(Release.objects.get().at)
    page = as_user(afternoon.teacher).get(reverse("safety:roll", args=[session.pk]), {"early": "1"}).text
    assert f"{left_at:%H:%M} 已离校" in page
    assert "其余 2 人到齐" in page
    row = next(li for li in html.fromstring(page).xpath("//ul[@class='big-list']/li") if "韩小雨" in li.text_content())
    assert row.xpath(".//button[not(@disabled)]/@value") == ["left"]
    for status in ("present", "absent", "leave"):
        with pytest.raises(ValidationError, match="本节请记为“先行离校”"):
            call_roll(session=session, marks={afternoon.child.pk: status}, by=afternoon.teacher.user)
    call_rest(session=session, by=afternoon.teacher.user)
    assert marks(session) == OTHERS | {"韩小雨": "left"}
    first = session_of(afternoon.group, afternoon.first)
    assert marks(first)["韩小雨"] == "present"


def test_of_two_rolls_of_a_period_the_later_one_has_the_child(afternoon):
    """Taken on in the club's roll, then marked in its own group: it is here once, and the columns sum to the children."""
    plan_day(day=TODAY)
    for place in (afternoon.club, afternoon.group):
        session = session_of(place, afternoon.second)
        call_roll(session=session, marks={afternoon.child.pk: "present"}, by=session.staff.user)
    assert RollCall.objects.filter(student=afternoon.child, status="present").count() == 2
    here = {session.title: session.here for session in sessions_on(TODAY) if session.period == afternoon.second}
    assert here == {afternoon.club.name: 0, afternoon.group.name: 1}
    assert RollCall.objects.filter(student=afternoon.child).last_of_each().get().session == session
    rolls = [session_of(place, afternoon.second) for place in (afternoon.club, afternoon.group)]
    assert [roll_context(one, early=True)["here"] for one in rolls] == [0, 1]


def test_a_roll_made_up_later_knows_who_left_only_after_it(afternoon, second):
    """The second roll was forgotten; the line went from the first adult's hands when the second period was over."""
    session = second("present")
    mother = afternoon.child.collectors.get(guardian=afternoon.mother)
    release = {"student": afternoon.child, "day": TODAY, "collector": mother, "by": afternoon.homeroom.user}
    release_child(**release, at=ends_at(session))
    call_rest(session=session, by=afternoon.teacher.user)
    assert marks(session) == OTHERS | {"韩小雨": "present"}


def test_leave_is_counted_by_whoever_said_it(afternoon, second):
    """By the teacher at the roll; by the family, unless the child came after all."""
    Leave.objects.create(student=afternoon.other_child, day=TODAY, by=afternoon.other_mother.user)
    assert set(children_on_leave(TODAY)) == {afternoon.other_child}
    second("leave")
    assert set(children_on_leave(TODAY)) == {afternoon.child, afternoon.other_child}
    call_roll(
        session=session_of(afternoon.group, afternoon.first),
        marks={afternoon.other_child.pk: "present"},
        by=afternoon.homeroom.user,
    )
    assert day_counts(TODAY).on_leave == 1


def test_leave_is_counted_on_its_own_day(afternoon):
    """Not because the teacher said so yesterday, or the family says so of tomorrow; who was missing yesterday may be on leave."""
    yesterday, tomorrow = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    plan_day(day=yesterday)
    call_roll(
        session=session_of(afternoon.group, afternoon.first, yesterday),
        marks={afternoon.child.pk: "leave", afternoon.teachers_child.pk: "absent"},
        by=afternoon.homeroom.user,
    )
    for student, day in ((afternoon.other_child, tomorrow), (afternoon.teachers_child, TODAY)):
        Leave.objects.create(student=student, day=day, by=afternoon.office.user)
    assert set(children_on_leave(TODAY)) == {afternoon.teachers_child}


def test_a_day_on_which_nobody_looked_is_made_up(afternoon, as_user):
    """The morning's job did not run and no page was opened: the day has no sessions, until somebody makes them."""
    day = TODAY - dt.timedelta(days=1)
    url, page = reverse("safety:day_plan") + f"?day={day}", reverse("safety:day") + f"?day={day}"
    Session.objects.filter(day=day).delete()
    Enrolment.objects.update(starts_on=day)
    CareGroupMember.objects.update(starts_on=day)
    client = as_user(afternoon.office)
    assert url in client.get(page).text
    assert not Session.objects.filter(day=day).exists()
    assert "补录点名" in client.post(url, follow=True).text
    there = Session.objects.filter(day=day)
    assert there.exists()
    made = there.count()
    assert "没有新增课次" in client.post(url, follow=True).text
    assert there.count() == made
    assert url not in client.get(page).text
    session = there.filter(care_group=afternoon.group).order_by("period__number").first()
    call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.homeroom.user)
    assert RollCall.objects.get(session=session).late_entry
    assert as_user(afternoon.homeroom).post(url).status_code == 403


def test_a_club_called_off_since_met_on_a_day_that_is_made_up(afternoon):
    """Nobody looked on the day, so that its meeting was never dated; then the week's plan lost the club."""
    day = TODAY - dt.timedelta(days=7)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    for model in (Membership, Enrolment, CareGroupMember):
        model.objects.update(starts_on=day)
    Session.objects.filter(day=day).delete()
    Meeting.objects.filter(day=day).delete()
    cancel_club(club=afternoon.club, reason="老师调走了", by=afternoon.office.user)
    plan_day(day=day)
    session = Session.objects.get(day=day, meeting__club=afternoon.club)
    assert children_by_session(day)[session.pk] == {afternoon.child.pk}
    assert not Meeting.objects.filter(day__lt=day).exists()


def test_a_day_without_its_rolls_is_not_said_to_be_handed_over(afternoon, as_user):
    day = TODAY - dt.timedelta(days=1)
    Enrolment.objects.update(starts_on=day)
    CareGroupMember.objects.update(starts_on=day)
    plan_day(day=day)
    client, url = as_user(afternoon.duty_leader), reverse("safety:day") + f"?day={day}"
    assert "没有点名" in client.post(url, {"note": ""}).text
    assert DayClose.objects.of(day) is None
    answer = client.post(url, {"note": "停电，无人记得"}, follow=True).text
    assert "课次始终没有点名" in answer
    assert "都已交接" not in answer


def test_the_counts_of_a_childs_page_lead_to_as_many_roll_calls(second, afternoon, as_user):
    """Of the term, up to today: a roll of last year and one that took the child on elsewhere are none of them."""
    call_rest(session=second(Status.ABSENT), by=afternoon.homeroom.user)
    client, child = as_user(afternoon.office), afternoon.child
    page = html.fromstring(client.get(reverse("school:student_detail", args=[child.pk])).text)
    links = page.xpath("//a[contains(@href, '/attendance/?status=')]")
    counted = {a.get("href"): a.text_content().split()[-1] for a in links}
    assert len(counted) >= 1
    for url, n in counted.items():
        assert len(records(client.get(url))) == int(n)
    every = records(client.get(reverse("safety:attendance", args=[child.pk])))
    assert len(every) == sum(map(int, counted.values())) == RollCall.objects.filter(student=child).count()
