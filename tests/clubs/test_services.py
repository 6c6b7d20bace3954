"""Places in clubs: never one too many."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from clubs.models import Club, ClubSlot, Meeting, Membership, Seat
from clubs.services import ClubFull, close_ended_memberships, leave_club, make_meetings
from enrollment.models import Enrolment
from enrollment.services import end_enrolment
from school.models import SchoolDay
from tests.conftest import TODAY, take

pytestmark = pytest.mark.django_db


def test_a_place_is_taken_once(afternoon):
    membership = take(afternoon.club, afternoon.child, afternoon.mother.user)
    afternoon.club.refresh_from_db()
    assert (afternoon.club.taken, membership.seats.count()) == (1, 1)
    with pytest.raises(ValidationError, match="硬笔书法"):
        take(afternoon.club, afternoon.child, afternoon.father.user)
    afternoon.club.refresh_from_db()
    assert afternoon.club.taken == 1


def test_full_is_full(afternoon):
    Club.objects.update(capacity=1)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    with pytest.raises(ClubFull):
        take(afternoon.club, afternoon.other_child, afternoon.other_mother.user)
    assert Membership.objects.count() == 1


def test_only_enrolled_children_of_the_grade(afternoon):
    with pytest.raises(ValidationError, match="没有参加课后服务，请先申请参加"):
        take(afternoon.club, afternoon.sibling, afternoon.mother.user)
    Club.objects.update(grade_from=5)
    afternoon.club.refresh_from_db()
    with pytest.raises(ValidationError, match="5"):
        take(afternoon.club, afternoon.child, afternoon.mother.user)


def test_a_two_day_club_takes_all_its_slots_or_none(afternoon):
    other = Club.objects.create(
        term=afternoon.term,
        name="篮球",
        grade_from=1,
        grade_to=6,
        capacity=9,
        room=afternoon.rooms[0],
        instructor=afternoon.teacher,
        status="published",
    )
    for weekday in (1, 3):
        ClubSlot.objects.create(
            term=other.term,
            club=other,
            weekday=weekday,
            period=afternoon.second,
            room=other.room,
            instructor=other.instructor,
        )
    afternoon.round.clubs.add(other)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    with pytest.raises(ValidationError, match="硬笔书法"):
        take(other, afternoon.child, afternoon.mother.user)
    assert Seat.objects.filter(student=afternoon.child).count() == 1
    other.refresh_from_db()
    assert other.taken == 0


def test_leaving_frees_the_place_and_keeps_the_row(afternoon):
    membership = take(afternoon.club, afternoon.child, afternoon.mother.user)
    for _twice in range(2):
        leave_club(membership=membership, last_day=TODAY, by=afternoon.office.user)
    afternoon.club.refresh_from_db()
    membership.refresh_from_db()
    assert (afternoon.club.taken, membership.ends_on, Seat.objects.count()) == (0, TODAY, 0)


def test_an_ended_enrolment_frees_the_last_place_before_anyone_is_told_full(afternoon):
    Club.objects.update(capacity=1)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    enrolment = Enrolment.objects.get(student=afternoon.child)
    end_enrolment(enrolment=enrolment, last_day=TODAY - dt.timedelta(days=1), reason="搬家", by=afternoon.office.user)
    take(afternoon.club, afternoon.other_child, afternoon.other_mother.user)
    assert Club.objects.get().taken == 1
    assert close_ended_memberships() == 0


def test_meetings_follow_the_calendar_and_make_up_days(afternoon):
    SchoolDay.objects.filter(day=dt.date(2026, 11, 25)).update(kind="closure", follows_weekday=None)
    SchoolDay.objects.filter(day=dt.date(2026, 11, 28)).update(kind="make_up", follows_weekday=3)
    Meeting.objects.filter(session=None).delete()
    make_meetings(term=afternoon.term, first=dt.date(2026, 11, 19), last=dt.date(2026, 12, 2))
    days = list(Meeting.objects.filter(day__gt=TODAY).values_list("day", flat=True))
    assert days == [dt.date(2026, 11, 28), dt.date(2026, 12, 2)]
    assert make_meetings(term=afternoon.term, first=dt.date(2026, 11, 19), last=dt.date(2026, 12, 2)) == 0


def race(takers):
    """Runs the callables at once, each on its own connection; returns what each gave or raised."""
    barrier = threading.Barrier(len(takers))
    results = [None] * len(takers)

    def run(i, take):
        try:
            barrier.wait()
            results[i] = take()
        except ValidationError as error:
            results[i] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(takers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_guardians_race_for_the_last_place(afternoon):
    Club.objects.update(capacity=1)
    results = race(
        [
            lambda: take(afternoon.club, afternoon.child, afternoon.mother.user),
            lambda: take(afternoon.club, afternoon.other_child, afternoon.other_mother.user),
        ]
    )
    assert sorted(type(r).__name__ for r in results) == ["ClubFull", "Membership"]
    assert (Club.objects.get().taken, Membership.objects.count(), Seat.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_the_same_race_oversells(afternoon):
    """The control: counting first and writing afterwards lets both in, which is what the counter is there for."""
    Club.objects.update(capacity=1)
    counted = threading.Barrier(2)

    def naive(student, guardian):
        club = Club.objects.get()
        free = Membership.objects.filter(club=club, ends_on=None).count() < club.capacity
        counted.wait()
        if free:
            Membership.objects.create(
                club=club,
                student=student,
                enrolment=student.enrolments.get(),
                joined_by=guardian.user,
                starts_on=TODAY,
            )
        return free

    results = race(
        [
            lambda: naive(afternoon.child, afternoon.mother),
            lambda: naive(afternoon.other_child, afternoon.other_mother),
        ]
    )
    assert results == [True, True]
    assert Membership.objects.count() > Club.objects.get().capacity


def test_the_database_refuses_what_code_forgets(afternoon):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="club_never_oversold"), transaction.atomic():
        Club.objects.update(taken=F("capacity") + 1)
