"""Closing the day against whoever takes a child into care at the same moment, on two connections, both ways."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safety.models import Custody, DayClose, Leave, RollCall
from safety.rolls import expected_students
from safety.services import ask_leave, call_roll, cancel_leave, close_day, confirm_missing, release_child, release_line
from school.models import PolicyRule
from tests.conftest import TODAY, session_of

pytestmark = pytest.mark.django_db(transaction=True)


# Locks of a row belong to no database: there it is this connection that is waited for.
WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_database ON datname = current_database()
    WHERE NOT granted AND locktype = %s
    AND coalesce(database = pg_database.oid, pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""


def until_somebody_waits(kind="advisory"):
    """Until another connection of this database waits for a lock."""
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(WAITING, [kind])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")


def one_after_the_other(first, second):
    """`first` has done its work and not committed when `second` begins; the outcome of both."""
    begun, outcomes = threading.Event(), {}

    def run(name, work, *, leads):
        try:
            with transaction.atomic():
                work()
                if leads:
                    begun.set()
                    until_somebody_waits()
            outcomes[name] = "done"
        except (ValidationError, IntegrityError) as error:
            outcomes[name] = error
        finally:
            begun.set()
            connection.close()

    ahead = threading.Thread(target=run, args=("first", first), kwargs={"leads": True})
    ahead.start()
    begun.wait(20)
    behind = threading.Thread(target=run, args=("second", second), kwargs={"leads": False})
    behind.start()
    for thread in (ahead, behind):
        thread.join(30)
    return outcomes["first"], outcomes["second"]


class Beside:
    """Work on another connection; outcome() waits for it."""

    def __init__(self, work):
        self.work, self.found = work, None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            self.work()
            self.found = "done"
        except (ValidationError, IntegrityError) as error:
            self.found = error
        finally:
            connection.close()

    def outcome(self):
        self.thread.join(30)
        return self.found


@pytest.fixture
def session(afternoon):
    PolicyRule.objects.filter(key="S9").update(severity="report")  # uncalled rolls do not keep the day open
    return session_of(afternoon.group, afternoon.first)


def test_the_day_waits_for_a_roll_and_stays_open(afternoon, session):
    marks = dict.fromkeys(expected_students(session), "present")
    called, closed = one_after_the_other(
        lambda: call_roll(session=session, marks=marks, by=afternoon.homeroom.user),
        lambda: close_day(day=TODAY, by=afternoon.duty_leader.user),
    )
    assert called == "done"
    assert isinstance(closed, ValidationError)
    assert (Custody.objects.open().count(), DayClose.objects.count()) == (3, 0)


def test_a_roll_waits_for_closing_and_is_refused(afternoon, session):
    closed, called = one_after_the_other(
        lambda: close_day(day=TODAY, by=afternoon.duty_leader.user),
        lambda: call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.homeroom.user),
    )
    assert closed == "done"
    assert isinstance(called, ValidationError)
    assert not Custody.objects.exists()
    assert not RollCall.objects.exists()


def test_the_database_holds_it_where_the_services_are_passed_by(afternoon, session):
    row = {"student": afternoon.child, "day": TODAY, "staff": afternoon.homeroom, "session": session}

    def take_care():
        Custody.objects.create(**row, since=timezone.now())
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    def close():
        DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    taken, closed = one_after_the_other(take_care, close)
    assert taken == "done"
    assert isinstance(closed, IntegrityError)


def test_closing_waits_for_the_last_child_that_is_fetched(afternoon, session):
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user)
    collector = afternoon.other_child.collectors.get()
    by = afternoon.homeroom.user
    fetched, closed = one_after_the_other(
        lambda: release_child(student=afternoon.other_child, day=TODAY, collector=collector, by=by),
        lambda: close_day(day=TODAY, by=afternoon.duty_leader.user),
    )
    assert (fetched, closed) == ("done", "done")


def test_closing_waits_for_the_line(afternoon, session):
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user)
    gone, closed = one_after_the_other(
        lambda: release_line(session=session, except_for=set(), by=afternoon.homeroom.user),
        lambda: close_day(day=TODAY, by=afternoon.duty_leader.user),
    )
    assert (gone, closed) == ("done", "done")


def test_closing_waits_for_a_child_that_is_confirmed_missing(afternoon, session):
    call_roll(session=session, marks={afternoon.other_child.pk: "absent"}, by=afternoon.homeroom.user)
    leader = afternoon.duty_leader.user
    confirmed, closed = one_after_the_other(
        lambda: confirm_missing(student=afternoon.other_child, day=TODAY, by=leader),
        lambda: close_day(day=TODAY, by=leader, note="在外婆家"),
    )
    assert (confirmed, closed) == ("done", "done")


def test_closing_waits_for_a_leave_that_is_being_written(afternoon, session):
    """Both parents ask at once: while the father's waits for the mother's, the day is not closed in between."""
    child, father = afternoon.child, afternoon.father.user
    with transaction.atomic():
        Leave.objects.create(student=child, day=TODAY, by=afternoon.mother.user)
        asked = Beside(lambda: ask_leave(student=child, day=TODAY, reason="看牙", by=father))
        until_somebody_waits("transactionid")
        closed = Beside(lambda: close_day(day=TODAY, by=afternoon.duty_leader.user))
        until_somebody_waits()
        transaction.set_rollback(True)
    assert (asked.outcome(), closed.outcome()) == ("done", "done")
    assert Leave.objects.get().by == father


def test_closing_waits_for_a_leave_that_is_being_taken_back(afternoon, session):
    leave = Leave.objects.create(student=afternoon.child, day=TODAY, by=afternoon.mother.user)
    with transaction.atomic():
        Leave.objects.select_for_update().get()
        taken_back = Beside(lambda: cancel_leave(leave=leave, by=afternoon.mother.user))
        until_somebody_waits("transactionid")
        closed = Beside(lambda: close_day(day=TODAY, by=afternoon.duty_leader.user))
        until_somebody_waits()
    assert (taken_back.outcome(), closed.outcome()) == ("done", "done")
    assert not Leave.objects.exists()
