"""The afternoon that the demonstration plays: each thing that a visitor is promised, on a Sunday, a holiday and at night."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clubs.models import ChoiceRound
from enrollment.models import Application, ServiceOption
from fees.models import ChargeMonth
from homework.models import ClassSheet
from reports.demo import today
from reports.demo.accounts import accounts, uncollected
from reports.demo.build import build, day_after
from safety.models import Custody, DayClose, Release, RollCall, Session, Substitution
from safety.rolls import children_by_session, expected_students, rolls_to_call
from school.models import SchoolDay, Student, User
from surveys.models import Participation, Survey
from tests.safety.test_standing_in import at
from web import playing

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("now", "played"),
    [
        ((2026, 11, 30), MONDAY),
        ((2026, 11, 29), dt.date(2026, 11, 27)),  # a Sunday: Friday before
        ((2026, 10, 3), dt.date(2026, 10, 8)),  # the National Day's holidays: the first day after them
        ((2026, 10, 10), dt.date(2026, 10, 9)),  # a Saturday on which lessons are made up
        ((2026, 8, 1), today.EARLIEST),
        ((2027, 2, 6), today.LATEST),
        ((2031, 5, 1), today.LATEST),
    ],
)
def test_whatever_the_day_is_a_school_day_is_played(now, played):
    assert today.day_to_play(dt.date(*now)) == played


@pytest.mark.parametrize(
    ("now", "hour"),
    [(dt.date(2026, 11, 29), 11), (dt.date(2026, 10, 3), 9), (dt.date(2026, 12, 1), 3)],
    ids=["on a Sunday", "on a national holiday", "at night"],
)
def test_an_afternoon_is_in_progress(now, hour, monkeypatch):
    at(monkeypatch, hour, day=now)
    day = today.day_to_play(now)
    build(pupils=180, until=day - dt.timedelta(days=1))
    clock = today.go_on(None)
    shown = timezone.localtime(clock.now())
    assert (shown.date(), SchoolDay.objects.weekday_of(day)) == (day, day.isoweekday())
    assert dt.time(15, 30) < shown.time() < dt.time(18)
    playing.start(clock)
    everything_is_there(day)
    nothing_lies_ahead(day, clock)


def everything_is_there(day):
    held = len(children_by_session(day))
    assert 0.4 < rolls_to_call(day).count() / held < 0.6  # half the rolls are called
    missing = RollCall.objects.missing_children(day)
    assert missing.count() == 2
    assert not missing.filter(confirmed_at__isnull=False).exists()
    assert uncollected().count() == 1
    assert on_the_way(day) == 1
    states = dict(Substitution.objects.filter(session__day=day).values_list("state", "session__period__number"))
    assert states == {"accepted": 1, "open": 2}
    sheets = ClassSheet.objects.filter(day=day)
    assert sheets.filter(status="review").count() == today.TO_REVIEW
    assert sheets.filter(status="draft").count() == today.GATHERED
    waiting = Application.objects.filter(status__in=["submitted", "reviewed"])
    assert waiting.filter(status="reviewed").count() == today.REVIEWED_BY_CLASS
    assert waiting.count() == today.APPLICATIONS
    rounds = ChoiceRound.objects.order_by("opens_at")
    open_ones = rounds.filter(state="announced", closes_at__gt=timezone.now(), opens_at__lt=timezone.now())
    assert open_ones.filter(way="first_come").exists()
    drawn = rounds.get(way="draw")
    assert drawn.state == "published" and drawn.draws.real().get().at < timezone.now()
    assert ServiceOption.objects.get().fee_amount > 0
    assert ChargeMonth.objects.filter(locked_at=None, charges__isnull=False).exists()
    survey = Survey.objects.get(kind="intention")
    assert survey.is_open
    assert 0.4 < Participation.objects.filter(survey=survey).count() / Student.objects.count() < 0.6


def on_the_way(day):
    """Children in somebody's care who are expected at a club whose roll has begun, and are not called there yet."""
    begun = [one for one in Session.objects.on(day).filter(meeting__isnull=False) if one.roll_calls.exists()]
    called = set(RollCall.objects.filter(session__in=begun).values_list("student", flat=True))
    expected = {pk for one in begun for pk in expected_students(one)} - called
    return Custody.objects.open().filter(day=day, student__in=expected).count()


def nothing_lies_ahead(day, clock):
    """No row of the ledger speaks of a moment that is still to come."""
    now = clock.now()
    assert not RollCall.objects.filter(session__day=day, at__gt=now).exists()
    assert not Custody.objects.filter(day=day, since__gt=now).exists()
    assert not Release.objects.filter(day=day, at__gt=now).exists()
    assert not Application.objects.filter(submitted_at__gt=now).exists()
    assert not Session.objects.filter(day__gt=day).exists()


@pytest.fixture
def played(monkeypatch):
    """A Monday's afternoon of a school of 300, and the clock that shows it."""
    build(pupils=180, until=MONDAY - dt.timedelta(days=1))
    clock = today.go_on(None)
    at(monkeypatch, 16, 38, day=MONDAY)
    return clock


def later(clock, **more):
    """The clock as it is so long after the start."""
    return playing.Clock(clock.moment, clock.since - dt.timedelta(**more).total_seconds())


def test_a_second_start_goes_on_and_after_the_afternoon_plays_the_next_school_day(played):
    before = RollCall.objects.count()
    for clock in (later(played, minutes=20), later(played, hours=10)):
        assert today.go_on(clock) == clock
        assert clock.now() >= played.now()
    assert RollCall.objects.count() == before
    clock = starts_again(later(played, hours=14), MONDAY)
    tuesday = timezone.localdate(clock.moment)
    today.end(tuesday)  # somebody has closed the day at ten to five
    clock = starts_again(clock, tuesday)
    SchoolDay.objects.filter(day__gt=timezone.localdate(clock.moment)).update(kind="holiday", follows_weekday=None)
    last = later(clock, days=3)
    assert today.go_on(last) == last  # the calendar ends: the last afternoon stays


def starts_again(clock, day):
    """The day is over and closed, with nobody left; the next one is played."""
    again = today.go_on(clock)
    following = day_after(day)
    assert timezone.localdate(again.moment) == following
    assert again.now() > clock.now()
    assert DayClose.objects.of(day)
    assert not Custody.objects.open().filter(day=day).exists()
    playing.start(again)
    everything_is_there(following)
    nothing_lies_ahead(following, again)
    return again


def test_an_older_demonstration_goes_on_after_its_last_day(played):
    today.end(MONDAY)
    assert timezone.localdate(today.go_on(None).moment) == day_after(MONDAY)
    SchoolDay.objects.filter(day__gt=MONDAY).update(kind="holiday", follows_weekday=None)
    assert timezone.localdate(today.go_on(None).moment) == MONDAY


def test_each_account_is_told_something_that_is_there_and_signs_in_by_one_tap(played, client, capsys, settings):
    playing.start(played)
    missing = list(RollCall.objects.missing_children(MONDAY).values_list("student__name", flat=True))
    told = {account.role: account for account in accounts()}
    here = uncollected().get().student.name
    substitution = Substitution.objects.get(state="open").session
    session = rolls_to_call(MONDAY).filter(staff__user__username=told["教师"].login).get()
    applied = Application.objects.filter(status="submitted").select_related("student")
    child = next(one.student.name for one in applied if one.student.name in told["班主任"].first)
    family = list(Student.objects.filter(guardians__user__username=told["监护人"].login).values_list("name", flat=True))
    promised = {
        "监护人": ("/", [*family, "在班"], []),
        "教师": (reverse("safety:roll", args=[session.pk]), [session.title], [session.title]),
        "班主任": (reverse("enrollment:application_list"), [child], [child]),
        "课后服务办公室": (
            reverse("safety:substitution_list"),
            [substitution.staff.name, substitution.title],
            [substitution.staff.name, substitution.title],
        ),
        "教导处": (reverse("homework:sheet_list"), [], [f"{today.TO_REVIEW} 张"]),
        "值班领导": ("/", missing, missing),
        "门卫": (f"{reverse('safety:gate')}?q={here}", [here, "在班"], [here]),
        "校长": ("/", ["未到"], ["未到"]),
    }
    assert set(told) == set(promised)
    assert len(family) == 2
    for role, (address, shown, words) in promised.items():
        client.force_login(User.objects.get(username=told[role].login))
        page = client.get(address, follow=True).content.decode()
        assert [word for word in shown if word not in page] == [], role
        assert [word for word in words if word not in told[role].first] == [], role
    call_command("demo", "--accounts")
    lines = capsys.readouterr().out.splitlines()
    assert lines == [account.line for account in told.values()]
    assert all("\t先试试：" in line for line in lines)

    signed_in_by_one_tap(played, settings)


def signed_in_by_one_tap(clock, settings):
    """The sign-in page offers each account, where a demonstration is played; nowhere else is there such an address."""
    client, address = Client(), reverse("reports:demonstration_sign_in")
    offered = accounts()
    assert {client.post(address, {"login": account.login}).status_code for account in offered} == {404}
    assert "点一下就能登录" not in client.get(reverse("account_login")).content.decode()
    settings.DEMONSTRATION_CLOCK = str(clock)
    page = client.get(reverse("account_login")).content.decode()
    assert "11月30日 16:38" in page
    for account in offered:
        assert f'value="{account.login}"' in page and account.try_first in page
        answer = Client().post(address, {"login": account.login})
        assert (answer.status_code, answer.url) == (302, "/")
    client.post(address, {"login": offered[0].login})
    assert "演示：11月30日 16:3" in client.get("/", follow=True).content.decode()
    assert client.get(address).status_code == 405
    assert client.post(address, {"login": "T002"}).status_code == 404
    assert Client(enforce_csrf_checks=True).post(address, {"login": offered[0].login}).status_code == 403
