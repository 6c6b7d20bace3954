"""Roll call, custody without a gap, release to the right adult, closing the day."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from enrollment.models import Collector, LeavesAlone
from safety.models import Custody, DayClose, Release, RollCall
from safety.rolls import expected_students, roll_of
from safety.services import (
    ask_leave,
    call_roll,
    cancel_leave,
    close_day,
    plan_day,
    release_child,
    release_line,
    take_on,
)
from safety.services.custody import exits_of
from school.models import PolicyRule, SchoolDay
from tests.conftest import TODAY, make_student, session_of, take

pytestmark = pytest.mark.django_db


def everybody_here(session, by):
    return call_roll(session=session, marks=dict.fromkeys(expected_students(session), "present"), by=by.user)


def usual(student):
    return Collector.objects.get(student=student, kind="authorised")


def test_the_roll_derives_from_places_and_clubs(afternoon):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    first = session_of(afternoon.group, afternoon.first)
    second = session_of(afternoon.group, afternoon.second)
    meeting = session_of(afternoon.club, afternoon.second)
    assert len(expected_students(first)) == 3
    assert afternoon.child.pk not in expected_students(second)
    assert expected_students(meeting) == [afternoon.child.pk]


def test_custody_follows_the_child_through_the_afternoon(afternoon):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    at = timezone.now() - dt.timedelta(minutes=90)
    for thing, period, minutes in ((afternoon.group, afternoon.first, 0), (afternoon.club, afternoon.second, 60)):
        session = session_of(thing, period)
        call_roll(
            session=session,
            marks=dict.fromkeys(expected_students(session), "present"),
            by=session.staff.user,
            at=at + dt.timedelta(minutes=minutes),
        )
    second = session_of(afternoon.group, afternoon.second)
    everybody_here(second, afternoon.teacher)
    who = {c.student_id: c.staff for c in Custody.objects.open()}
    assert who[afternoon.child.pk] == afternoon.homeroom  # leads both, so one row
    assert who[afternoon.other_child.pk] == afternoon.teacher
    assert Custody.objects.filter(student=afternoon.other_child).count() == 2
    earlier = Custody.objects.at(at + dt.timedelta(minutes=10))
    assert {c.staff_id for c in earlier} == {afternoon.homeroom.pk}


def test_the_whole_line_goes_but_the_exceptions(afternoon):
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    assert [e.student.name for e in exits_of(session) if e.exception] == ["韩小雨"]
    assert release_line(session=session, except_for=set(), by=afternoon.homeroom.user) == 2
    assert list(Custody.objects.open().values_list("student__name", flat=True)) == ["韩小雨"]
    release_child(student=afternoon.child, day=TODAY, collector=usual(afternoon.child), by=afternoon.homeroom.user)
    assert Release.objects.count() == 3


def test_a_stranger_and_a_barred_adult_are_refused(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    stranger = Collector.objects.create(
        student=afternoon.other_child, name="陌生人", relation="叔叔", starts_on=TODAY, entered_by=afternoon.office.user
    )
    barred = Collector.objects.create(
        student=afternoon.child, name="韩老", relation="祖父", starts_on=TODAY, entered_by=afternoon.office.user
    )
    yesterday = Collector.objects.create(
        student=afternoon.child,
        name="邻居",
        relation="邻居",
        kind="proxy",
        starts_on=TODAY - dt.timedelta(days=1),
        ends_on=TODAY - dt.timedelta(days=1),
        entered_by=afternoon.office.user,
    )
    for collector in (stranger, barred, yesterday):
        with pytest.raises(ValidationError, match=collector.name):
            release_child(student=afternoon.child, day=TODAY, collector=collector, by=afternoon.homeroom.user)
    assert not Release.objects.exists()


def test_t9_in_person_until_the_rule_says_otherwise(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    agreement = afternoon.child.applications.get().agreements.get(kind="pick_up")
    LeavesAlone.objects.create(
        student=afternoon.child, weekdays=[3], agreement=agreement, starts_on=TODAY, ends_on=TODAY
    )
    with pytest.raises(ValidationError) as refusal:
        release_child(student=afternoon.child, day=TODAY, collector=None, by=afternoon.homeroom.user)
    assert refusal.value.code == "T9"
    PolicyRule.objects.filter(key="T9").update(grade_to=2)
    release_child(student=afternoon.child, day=TODAY, collector=None, by=afternoon.homeroom.user)
    assert Release.objects.get().how == "alone"


def test_alone_needs_a_signature(afternoon):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    with pytest.raises(ValidationError):
        release_child(student=afternoon.child, day=TODAY, collector=None, by=afternoon.homeroom.user)


def test_a_child_leaves_once(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    leave = {"student": afternoon.other_child, "day": TODAY, "collector": usual(afternoon.other_child)}
    release_child(**leave, by=afternoon.homeroom.user)
    with pytest.raises(ValidationError, match="杨柳"):
        release_child(**leave, by=afternoon.teacher.user)


def test_any_child_is_taken_on(afternoon):
    new = make_student("新来的", afternoon.class_2)
    session = session_of(afternoon.group, afternoon.first)
    take_on(session=session, student=new, by=afternoon.homeroom.user)
    assert RollCall.objects.get(student=new).expected is False
    assert Custody.objects.open().get(student=new).staff == afternoon.homeroom
    assert [p.student.name for p in roll_of(session) if not p.expected] == ["新来的"]


def test_a_wrong_mark_is_taken_back_and_custody_returns(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    second = everybody_here(session_of(afternoon.group, afternoon.second), afternoon.teacher)
    call_roll(session=second, marks={afternoon.child.pk: "absent"}, by=afternoon.teacher.user)
    assert Custody.objects.open().get(student=afternoon.child).staff == afternoon.homeroom


def test_late_entries_are_marked(afternoon):
    session = session_of(afternoon.group, afternoon.first)
    call_roll(
        session=session,
        marks={afternoon.child.pk: "present"},
        by=afternoon.homeroom.user,
        at=timezone.now() - dt.timedelta(hours=5),
    )
    assert RollCall.objects.get().late_entry is True


def test_the_day_closes_only_when_nobody_is_left(afternoon):
    first = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    with pytest.raises(ValidationError) as refusal:
        close_day(day=TODAY, by=afternoon.duty_leader.user)
    assert refusal.value.code == "S9"
    assert "韩小雨(周婷)" in refusal.value.message
    release_line(session=first, except_for=set(), by=afternoon.homeroom.user)
    release_child(student=afternoon.child, day=TODAY, collector=usual(afternoon.child), by=afternoon.homeroom.user)
    with pytest.raises(ValidationError, match="三年级"):
        close_day(day=TODAY, by=afternoon.duty_leader.user)
    for thing in (afternoon.group, afternoon.club):
        session = session_of(thing, afternoon.second)
        call_roll(session=session, marks=dict.fromkeys(expected_students(session), "left"), by=afternoon.teacher.user)
    call_roll(session=session_of(afternoon.club, afternoon.second), marks={}, by=afternoon.homeroom.user)
    close_day(day=TODAY, by=afternoon.duty_leader.user)
    assert DayClose.objects.count() == 1
    with pytest.raises(ValidationError):
        call_roll(session=first, marks={afternoon.child.pk: "absent"}, by=afternoon.homeroom.user)


def test_s3_no_service_on_a_day_off_until_the_rule_says_otherwise(afternoon):
    saturday = dt.date(2026, 11, 21)
    with pytest.raises(ValidationError) as refusal:
        plan_day(day=saturday)
    assert refusal.value.code == "S3"
    PolicyRule.objects.filter(key="S3").update(severity="report")
    assert plan_day(day=saturday) == 0
    SchoolDay.objects.filter(day=saturday).update(kind="make_up", follows_weekday=3)
    assert plan_day(day=saturday) == 3
    assert plan_day(day=saturday) == 0


def test_leave_is_known_on_the_roll_and_can_be_taken_back(afternoon):
    leave = ask_leave(student=afternoon.child, day=TODAY, reason="看牙", by=afternoon.mother.user)
    session = session_of(afternoon.group, afternoon.first)
    assert [p.student.name for p in roll_of(session) if p.on_leave] == ["韩小雨"]
    with pytest.raises(ValidationError):
        ask_leave(student=afternoon.child, day=TODAY, reason="", by=afternoon.father.user)
    cancel_leave(leave=leave, by=afternoon.mother.user)
    with pytest.raises(ValidationError):
        ask_leave(student=afternoon.child, day=TODAY - dt.timedelta(days=1), reason="", by=afternoon.mother.user)


# --- what the database holds when code forgets -------------------------------------------------------------------


def test_nobody_present_is_ever_without_an_adult(afternoon):
    session = session_of(afternoon.group, afternoon.first)
    with pytest.raises(IntegrityError, match="nobody answers"), transaction.atomic(), connection.cursor() as cursor:
        RollCall.objects.create(session=session, student=afternoon.child, status="present", by=afternoon.homeroom.user)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_closing_custody_without_release_is_refused(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    with pytest.raises(IntegrityError, match="nobody answers"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Custody.objects.open().filter(student=afternoon.child).update(until=timezone.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safety_custody SET staff_id = staff_id + 1",
        "DELETE FROM safety_custody",
        "UPDATE safety_custody SET until = now() WHERE until IS NOT NULL",
        "UPDATE safety_release SET to_name = 'x'",
        "DELETE FROM safety_release",
    ],
)
def test_the_ledger_is_written_once(afternoon, statement):
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    release_line(session=session, except_for=set(), by=afternoon.homeroom.user)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_one_open_row_a_child_and_day(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    with pytest.raises(IntegrityError, match="custody_one_open_a_day"), transaction.atomic():
        Custody.objects.create(student=afternoon.child, day=TODAY, staff=afternoon.teacher, since=timezone.now())
