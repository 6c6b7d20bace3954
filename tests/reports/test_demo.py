"""The demonstration school: its known figures, a ledger without a gap, and the same school every time."""

import calendar
import datetime as dt
import random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clubs.models import Club, Membership
from enrollment.models import Agreement, Enrolment
from enrollment.services import end_enrolment
from fees.models import ChargeMonth, Refund
from homework.models import ClassSheet
from reports.demo.accounts import accounts
from reports.demo.build import FIRST_DAY, build
from reports.figures import collect
from safety.models import Custody, Release, RollCall
from school.models import ClassMembership, Room, SchoolSettings, Student, Term, User
from tests.safety.test_standing_in import at

UNTIL = dt.date(2026, 9, 8)

pytestmark = pytest.mark.django_db


def school_of(pupils):
    build(pupils=pupils, until=UNTIL)
    return Term.objects.get()


def test_the_known_figures_and_ten_enrolments_ended_by_hand():
    term = school_of(1237)
    rate = collect(term, UNTIL)["participation_rate"]
    assert (rate.numerator, rate.denominator, rate.value) == (1075, 1237, 86.9)
    assert (Club.objects.count(), collect(term, UNTIL)["clubs"].value) == (17, 17)
    office = User.objects.get(staff__title="课后服务办公室")
    for enrolment in Enrolment.objects.order_by("pk")[:10]:
        end_enrolment(enrolment=enrolment, last_day=UNTIL, reason="搬家", by=office)
    assert collect(term, UNTIL)["participation_rate"].numerator == 1065
    every_instant_has_one_custodian()


def every_instant_has_one_custodian():
    """1,000 instants of the days: one query names each child's adult, and nobody present is missing from it."""
    rng = random.Random(7)
    days = sorted(set(RollCall.objects.values_list("session__day", flat=True)))
    spans = {
        day: list(Custody.objects.filter(day=day).values_list("student", "since", "until", "staff")) for day in days
    }
    for _n in range(1000):
        day = rng.choice(days)
        moment = rng.choice(spans[day])[1] + dt.timedelta(minutes=rng.randrange(0, 130))
        expected = {}
        for student, since, until, staff in spans[day]:
            if since <= moment < until:
                assert student not in expected
                expected[student] = staff
        with CaptureQueriesContext(connection) as asked:
            found = dict(Custody.objects.at(moment).values_list("student", "staff"))
        assert (found, len(asked)) == (expected, 1)
    for day in days:
        present = set(RollCall.objects.filter(session__day=day, status="present").values_list("student", flat=True))
        begins, ends = {}, {}
        for student, since, until, _staff in sorted(spans[day], key=lambda row: row[1]):
            assert since == ends.get(student, since)  # each stay begins when the one before it ends
            begins.setdefault(student, since)
            ends[student] = until
        released = dict(Release.objects.filter(day=day).values_list("student", "at"))
        assert present == set(begins) == set(released)
        assert released == ends


def test_another_size_gives_other_figures_that_a_hand_count_confirms():
    term = school_of(640)
    rate = collect(term, UNTIL)["participation_rate"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT student_id) FROM enrollment_enrolment")
        taking_part = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM school_student")
        pupils = cursor.fetchone()[0]
    assert (rate.numerator, rate.denominator) == (taking_part, pupils) == (556, 640)
    assert Agreement.objects.filter(in_force_at=None).count() == 0
    assert not ClassSheet.objects.filter(minutes__gt=60).exists()
    taken = {club.pk: club.taken for club in Club.objects.all()}
    counted = {pk: Membership.objects.filter(club=pk, ends_on=None).count() for pk in taken}
    assert taken == counted


def test_the_same_school_every_time():
    school_of(120)
    names = list(Student.objects.order_by("pk").values_list("name", "birth_date"))
    first = ClassMembership.objects.order_by("pk").first()
    assert (len(names), first.starts_on) == (120, FIRST_DAY)
    with pytest.raises(ValidationError, match="这里已有学校数据；演示数据只能放进空的办公室"):
        build(pupils=120, until=UNTIL)
    assert names[0][0] == Student.objects.order_by("pk").first().name


@pytest.mark.parametrize(
    "own",
    [
        lambda: User.objects.create_user("office", "x", name="郑岚"),
        lambda: Room.objects.create(name="体育馆", capacity=60),
        lambda: Term.objects.create(school_year=2026, half=1, starts_on=FIRST_DAY, ends_on=dt.date(2027, 1, 22)),
    ],
)
def test_it_is_never_loaded_beside_anything_of_a_school_of_ones_own(own):
    own()
    with pytest.raises(ValidationError, match="这里已有学校数据；演示数据只能放进空的办公室"):
        build(pupils=120, until=UNTIL)
    assert (Student.objects.count(), SchoolSettings.fresh().name) == (0, "本校")
    assert accounts() == []
    with pytest.raises(CommandError, match="does not hold the demonstration"):
        call_command("demo", "--papers")


def test_the_smallest_school_it_takes_and_its_name():
    shares = []
    build(pupils=60, until=UNTIL, tell=shares.append)
    assert Student.objects.count() == 60
    assert (SchoolSettings.fresh().name, SchoolSettings.fresh().is_demonstration) == ("示范小学", True)
    assert shares == sorted(shares)


def test_one_account_of_each_role_signs_in(client):
    from django.urls import reverse

    school_of(120)
    roles = {account.role for account in accounts()}
    assert {"监护人", "教师", "班主任", "教导处", "课后服务办公室", "值班领导", "门卫", "校长"} == roles
    for account in accounts():
        client.logout()
        answer = client.post(reverse("account_login"), {"login": account.login, "password": account.password})
        assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize(
    "until", [dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 11, 30), dt.date(2026, 12, 31)]
)
def test_the_demonstration_is_made_on_whatever_day_it_is_started(until, monkeypatch):
    """The first day, the end of a month, and the last day of the published calendar: three months are locked and paid by then."""
    at(monkeypatch, 9, day=until + dt.timedelta(days=1))
    build(pupils=60, until=until)
    over = [first for first in (9, 10, 11, 12) if dt.date(2026, first, calendar.monthrange(2026, first)[1]) <= until]
    months = list(ChargeMonth.objects.order_by("first"))
    assert [month.first.month for month in months] == over
    assert [month.locked_at is None for month in months] == [month == over[-1] for month in over]
    if len(over) > 1:
        assert sorted(Refund.objects.values_list("status", flat=True)) == ["paid", "proposed"]
