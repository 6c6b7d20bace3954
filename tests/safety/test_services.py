"""Roll call, custody without a gap, release to the right adult, closing the day."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrollment.models import Collector, Enrolment, LeavesAlone
from enrollment.services import end_enrolment, form_groups
from enrollment.services.collecting import report_concern
from reports.today import day_counts
from safety.exits import Exit, exits_of
from safety.models import Custody, DayClose, Leave, Release, RollCall, Session
from safety.rolls import children_expected, ends_at, expected_students, roll_of
from safety.services import (
    ask_leave,
    call_roll,
    cancel_leave,
    close_day,
    name_proxy,
    plan_day,
    release_child,
    release_line,
    reopen_day,
    take_on,
)
from safety.services.custody import take_custody
from safety.services.day import is_late_entry
from school.models import Guardianship, PolicyRule, SchoolDay
from tests.conftest import TODAY, enrol, make_guardian, make_student, session_of, take

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
    with pytest.raises(ValidationError, match="须当面交给被授权的成人") as refusal:
        release_child(student=afternoon.child, day=TODAY, collector=None, by=afternoon.homeroom.user)
    assert refusal.value.code == "T9"
    PolicyRule.objects.filter(key="T9").update(grade_to=2)
    release_child(student=afternoon.child, day=TODAY, collector=None, by=afternoon.homeroom.user)
    assert Release.objects.get().how == "alone"


def test_alone_needs_a_signature(afternoon):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    with pytest.raises(ValidationError, match="监护人没有签过"):
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
    with pytest.raises(ValidationError, match="名学生没有交接") as refusal:
        close_day(day=TODAY, by=afternoon.duty_leader.user)
    assert refusal.value.code == "S9"
    assert "韩小雨（周婷）" in refusal.value.message
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
    with pytest.raises(ValidationError, match="已结束，请联系值班领导"):
        call_roll(session=first, marks={afternoon.child.pk: "absent"}, by=afternoon.homeroom.user)


def test_s3_no_service_on_a_day_off_until_the_rule_says_otherwise(afternoon):
    saturday = dt.date(2026, 11, 21)
    with pytest.raises(ValidationError, match="不是教学日，没有课后服务") as refusal:
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
    with pytest.raises(ValidationError, match="那天已请假"):
        ask_leave(student=afternoon.child, day=TODAY, reason="", by=afternoon.father.user)
    cancel_leave(leave=leave, by=afternoon.mother.user)
    with pytest.raises(ValidationError, match="只能为今天和以后请假"):
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
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_one_open_row_a_child_and_day(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    with pytest.raises(IntegrityError, match="custody_one_open_a_day"), transaction.atomic():
        Custody.objects.create(student=afternoon.child, day=TODAY, staff=afternoon.teacher, since=timezone.now())


@pytest.mark.parametrize(
    ("at", "now", "late"),
    [
        ("2026-11-25 16:00", "2026-11-25 18:00", False),
        ("2026-11-25 16:00", "2026-11-25 18:01", True),
        ("2026-11-25 23:30", "2026-11-26 00:10", True),
        ("2026-11-26 07:50", "2026-11-26 08:10", False),  # one day at the school, two by the clock of UTC
    ],
)
def test_an_entry_is_late_after_two_hours_or_on_another_day_of_the_school(at, now, late):
    moments = [timezone.make_aware(dt.datetime.fromisoformat(moment)) for moment in (at, now)]
    day = timezone.localdate(moments[0])
    assert is_late_entry(day, *(moment.astimezone(dt.UTC) for moment in moments)) is late


def test_a_roll_that_is_made_up_on_its_page_says_so(afternoon, monkeypatch):
    """Without a moment it speaks of the session's end: two hours after it, or on another day, it is entered later."""
    session = session_of(afternoon.group, afternoon.first)
    ends = ends_at(session)
    for minutes, late, child in ((120, False, afternoon.child), (121, True, afternoon.teachers_child)):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: ends + dt.timedelta(minutes=minutes))
        call_roll(session=session, marks={child.pk: "absent"}, by=afternoon.homeroom.user)
        assert RollCall.objects.get(student=child).late_entry is late
    monkeypatch.setattr(timezone, "now", lambda: ends + dt.timedelta(days=2))
    marks = {afternoon.other_child.pk: "present"}
    call_roll(session=session, marks=marks, by=afternoon.homeroom.user)
    release_line(session=session, except_for=set(), by=afternoon.homeroom.user)
    assert RollCall.objects.get(student=afternoon.other_child).late_entry
    assert Release.objects.get(student=afternoon.other_child).late_entry


def test_a_day_that_is_over_is_closed_without_its_roll_by_a_sentence(afternoon, monkeypatch):
    """Nobody can call it any more; today nothing but the roll closes it."""
    leader = afternoon.duty_leader.user
    with pytest.raises(ValidationError, match="还没有点名"):
        close_day(day=TODAY, by=leader, note="忘了点名")
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    with pytest.raises(ValidationError, match="请补录，或在备注中写明"):
        close_day(day=TODAY, by=leader)
    assert close_day(day=TODAY, by=leader, note="忘了点名，已不计费").note == "忘了点名，已不计费"


def test_a_release_that_is_entered_later_says_so(afternoon):
    at = timezone.now() - dt.timedelta(hours=3)
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user, at=at)
    assert release_line(session=session, except_for=set(), by=afternoon.homeroom.user, at=at) == 1
    assert Release.objects.get().late_entry
    assert not Custody.objects.filter(late_entry=False).exists()


def test_a_line_takes_as_many_queries_for_ten_children_as_for_one(afternoon, offer):
    adults = [make_guardian(f"家长{n}", f"1990077{n:04}") for n in range(10)]
    for n, adult in enumerate(adults):
        enrol(
            offer,
            make_student(f"学生{n}", afternoon.class_1, (adult, "父亲")),
            adult,
            afternoon.homeroom,
            afternoon.office,
        )
    form_groups(term=afternoon.term, day=TODAY, by=afternoon.office.user)
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    counts = []
    for stays in (set(expected_students(session)) - {afternoon.other_child.pk}, set()):
        with CaptureQueriesContext(connection) as queries:
            released = release_line(session=session, except_for=stays, by=afternoon.homeroom.user)
        counts.append((released, len(queries)))
    assert counts[0][1] == counts[1][1] <= 18
    assert [released for released, _queries in counts] == [1, 11]


def test_a_child_released_meanwhile_does_not_keep_the_line(afternoon):
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    release_child(
        student=afternoon.other_child, day=TODAY, collector=usual(afternoon.other_child), by=afternoon.gate.user
    )
    assert release_line(session=session, except_for=set(), by=afternoon.homeroom.user) == 1
    assert Release.objects.filter(student=afternoon.other_child).count() == 1


def test_no_day_is_closed_over_a_child_whatever_the_rule(afternoon):
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    PolicyRule.objects.filter(key="S9").update(enabled=False)
    with pytest.raises(ValidationError, match="3"):
        close_day(day=TODAY, by=afternoon.duty_leader.user)
    with pytest.raises(IntegrityError, match=r"closed|in care"), transaction.atomic():
        DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nobody_is_taken_into_care_on_a_closed_day(afternoon):
    session = session_of(afternoon.group, afternoon.first)
    DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
    with pytest.raises(ValidationError, match="已结束"):
        take_custody(students=[afternoon.child.pk], session=session, at=timezone.now(), late=False)
    with pytest.raises(IntegrityError, match=r"closed|in care"), transaction.atomic():
        Custody.objects.create(
            student=afternoon.child, day=TODAY, staff=afternoon.homeroom, session=session, since=timezone.now()
        )
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_child_who_has_left_is_nobodys_any_more(afternoon):
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    later = session_of(afternoon.group, afternoon.second)
    release_line(session=session, except_for=set(), by=afternoon.homeroom.user, at=ends_at(later))
    call_roll(session=later, marks={afternoon.other_child.pk: "present"}, by=afternoon.teacher.user)
    assert not Custody.objects.open().filter(student=afternoon.other_child).exists()


def test_alone_on_the_weekdays_that_were_signed_only(afternoon):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    agreement = afternoon.child.applications.get().agreements.get(kind="pick_up")
    alone = LeavesAlone.objects.create(
        student=afternoon.child, weekdays=[1, 2, 4, 5], agreement=agreement, starts_on=TODAY, ends_on=TODAY
    )
    with pytest.raises(ValidationError, match="没有签"):
        release_child(student=afternoon.child, day=TODAY, collector=None, by=afternoon.homeroom.user)
    assert not any(leaving.alone for leaving in exits_of(session))
    LeavesAlone.objects.filter(pk=alone.pk).update(weekdays=[3])
    assert [leaving.student.name for leaving in exits_of(session) if leaving.alone] == ["韩小雨"]


def test_a_mark_taken_back_gives_the_child_to_whoever_had_it_last(afternoon):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    Session.objects.filter(pk=session_of(afternoon.club, afternoon.second).pk).update(staff=afternoon.gate)
    everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    second = session_of(afternoon.group, afternoon.second)
    call_roll(session=second, marks={afternoon.child.pk: "present"}, by=afternoon.teacher.user)
    club = session_of(afternoon.club, afternoon.second)
    call_roll(session=club, marks={afternoon.child.pk: "present"}, by=afternoon.gate.user)
    call_roll(session=club, marks={afternoon.child.pk: "absent"}, by=afternoon.gate.user)
    assert Custody.objects.open().get(student=afternoon.child).staff == afternoon.teacher


def test_an_earlier_mark_taken_back_leaves_the_child_with_whoever_has_it_now(afternoon):
    first, second = (session_of(afternoon.group, period) for period in (afternoon.first, afternoon.second))
    for session in (first, second):
        call_roll(session=session, marks={afternoon.child.pk: "present"}, by=session.staff.user)
    before = list(Custody.objects.order_by("pk").values())
    call_roll(session=first, marks={afternoon.child.pk: "absent"}, by=afternoon.homeroom.user)
    assert list(Custody.objects.order_by("pk").values()) == before
    assert Custody.objects.open().get().staff == afternoon.teacher


def test_a_correction_is_late_or_not_by_its_own_time(afternoon):
    session = session_of(afternoon.group, afternoon.first)
    marks = {afternoon.child.pk: "absent"}
    call_roll(session=session, marks=marks, by=afternoon.homeroom.user, at=timezone.now() - dt.timedelta(hours=5))
    call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.homeroom.user)
    assert not RollCall.objects.get().late_entry


def close_after_everybody_left(afternoon):
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    release_line(session=session, except_for=set(), by=afternoon.homeroom.user)
    release_child(student=afternoon.child, day=TODAY, collector=usual(afternoon.child), by=afternoon.homeroom.user)
    PolicyRule.objects.filter(key="S9").update(severity="report")
    return close_day(day=TODAY, by=afternoon.duty_leader.user)


def test_nothing_that_changes_later_alters_a_closed_day(afternoon, offer):
    close_after_everybody_left(afternoon)
    session = session_of(afternoon.group, afternoon.first)
    before = (expected_students(session), set(children_expected(TODAY)), day_counts(TODAY))
    adult = make_guardian("新家长", "19900770001")
    late = make_student("新同学", afternoon.class_1, (adult, "父亲"))
    enrol(offer, late, adult, afternoon.homeroom, afternoon.office)
    form_groups(term=afternoon.term, day=TODAY, by=afternoon.office.user)
    end_enrolment(
        enrolment=afternoon.child.enrolments.get(),
        last_day=TODAY - dt.timedelta(days=1),
        reason="搬家",
        by=afternoon.office.user,
    )
    assert (expected_students(session), set(children_expected(TODAY)), day_counts(TODAY)) == before
    assert {place.student for place in roll_of(session) if place.expected} == before[1]
    tomorrow = TODAY + dt.timedelta(days=1)
    assert late in children_expected(tomorrow)
    assert afternoon.child not in children_expected(tomorrow)


def test_the_duty_leader_opens_a_day_again_with_a_reason_that_stays(afternoon):
    leader = afternoon.duty_leader.user
    with pytest.raises(ValidationError, match="尚未结束"):
        reopen_day(day=TODAY, by=leader, reason="更正")
    closed = close_after_everybody_left(afternoon)
    session = session_of(afternoon.group, afternoon.second)
    marks = {afternoon.other_child.pk: "left"}
    with pytest.raises(ValidationError, match="重新开放的原因"):
        reopen_day(day=TODAY, by=leader, reason=" ")
    reopen_day(day=TODAY, by=leader, reason="第二节点名漏记")
    call_roll(session=session, marks=marks, by=afternoon.teacher.user)
    again = close_day(day=TODAY, by=leader)
    assert [row.kind for row in DayClose.objects.order_by("pk")] == ["closed", "reopened", "closed"]
    assert (DayClose.objects.of(TODAY), again == closed) == (again, False)
    with pytest.raises(ValidationError, match="已结束"):
        call_roll(session=session, marks=marks, by=afternoon.teacher.user)


def test_the_page_says_who_closed_and_opened_the_day_and_leads_there(afternoon, as_user):
    close_after_everybody_left(afternoon)
    client = as_user(afternoon.duty_leader)
    reopen = f"{reverse('safety:day_reopen')}?day={TODAY}"
    assert reopen in client.get(reverse("safety:day")).content.decode()
    roll = reverse("safety:roll", args=[session_of(afternoon.group, afternoon.first).pk])
    assert reopen in client.get(roll).content.decode()
    assert "请联系值班领导" in as_user(afternoon.homeroom).get(roll).content.decode()
    assert as_user(afternoon.homeroom).get(reopen).status_code == 403
    client = as_user(afternoon.duty_leader)
    assert client.post(reopen, {"reason": "漏记一人"}).status_code == 302
    page = client.get(reverse("safety:day")).content.decode()
    assert "漏记一人" in page
    assert "重新开放" in page
    assert reopen not in page


def test_leave_is_for_days_on_which_the_child_is_expected(afternoon):
    saturday, tomorrow, far = dt.date(2026, 11, 21), TODAY + dt.timedelta(days=1), dt.date(2027, 3, 1)
    ask = {"student": afternoon.child, "reason": "看牙", "by": afternoon.mother.user}
    with pytest.raises(ValidationError, match="不参加"):
        ask_leave(day=saturday, **ask)
    Enrolment.objects.filter(student=afternoon.child).update(weekdays=[tomorrow.isoweekday()])
    with pytest.raises(ValidationError, match="不参加"):
        ask_leave(day=TODAY, **ask)
    assert [ask_leave(day=day, **ask).day for day in (tomorrow, far)] == [tomorrow, far]
    PolicyRule.objects.filter(key="S9").update(severity="report")
    close_day(day=TODAY, by=afternoon.duty_leader.user)
    with pytest.raises(ValidationError, match="已结束"):
        ask_leave(day=TODAY, student=afternoon.other_child, reason="", by=afternoon.other_mother.user)


def test_who_leaves_early_is_marked_and_who_stays_is_not_ticked(afternoon, as_user):
    early, stays = afternoon.other_child, afternoon.teachers_child
    Enrolment.objects.filter(student=early).update(leaves_after={str(TODAY.isoweekday()): afternoon.first.number})
    session = everybody_here(session_of(afternoon.group, afternoon.first), afternoon.homeroom)
    marks = {leaving.student: (leaving.leaves_early, leaving.stays) for leaving in exits_of(session)}
    assert (marks[early], marks[stays]) == ((True, False), (False, True))
    page = as_user(afternoon.homeroom).get(reverse("safety:line", args=[session.pk]))
    assert [leaving.student for leaving in page.context["line"]] == [early]
    assert [leaving.student for leaving in page.context["staying"]] == [stays]
    assert page.content.decode().count(" checked") == 1
    as_user(afternoon.homeroom).post(reverse("safety:line_release", args=[session.pk]), {"student": [early.pk]})
    assert list(Release.objects.values_list("student", flat=True)) == [early.pk]


def test_an_earlier_list_does_not_keep_children_for_a_period_that_has_begun(afternoon):
    first, second = (session_of(afternoon.group, period) for period in (afternoon.first, afternoon.second))
    Session.objects.filter(pk=first.pk).update(staff=afternoon.teacher)
    first.refresh_from_db()
    everybody_here(first, afternoon.teacher)
    assert {leaving.stays for leaving in exits_of(first)} == {True}
    everybody_here(second, afternoon.teacher)
    assert {leaving.stays for leaving in exits_of(first)} == {False}


def test_a_leave_of_a_closed_day_is_not_taken_back(afternoon):
    leave = ask_leave(student=afternoon.child, day=TODAY, reason="看牙", by=afternoon.mother.user)
    DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
    with pytest.raises(ValidationError, match="已结束"):
        cancel_leave(leave=leave, by=afternoon.mother.user)
    assert Leave.objects.get() == leave


def called(cast, session, *names, day=TODAY):
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(8, 30)))
    marks = {getattr(cast, name).pk: "present" for name in names}
    return call_roll(session=session, marks=marks, by=session.staff.user, at=at)


def test_what_was_called_yesterday_sends_nobody_home_today(afternoon):
    yesterday = TODAY - dt.timedelta(days=1)
    plan_day(day=yesterday)
    Session.objects.filter(day=yesterday).update(staff=afternoon.homeroom)
    called(afternoon, session_of(afternoon.group, afternoon.second, yesterday), "child", day=yesterday)
    release_child(student=afternoon.child, day=yesterday, collector=usual(afternoon.child), by=afternoon.homeroom.user)
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "child", "other_child")
    assert {leaving.student.name: leaving.stays for leaving in exits_of(first)} == {"韩小雨": True, "杨小帆": True}


def test_who_was_never_fetched_yesterday_is_not_in_the_line_of_today(afternoon):
    yesterday = TODAY - dt.timedelta(days=1)
    plan_day(day=yesterday)
    called(afternoon, session_of(afternoon.group, afternoon.first, yesterday), "child", day=yesterday)
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "other_child")
    assert [leaving.student.name for leaving in exits_of(first)] == ["杨小帆"]


def test_after_the_last_period_a_child_goes_with_its_usual_adult(afternoon):
    last = called(afternoon, session_of(afternoon.group, afternoon.second), "other_child")
    assert exits_of(last) == [Exit(afternoon.other_child, usual(afternoon.other_child), False, "")]


def test_what_a_colleague_has_called_sends_nobody_home(afternoon):
    """The second roll of the group is called; who is in the club is still with the teacher who leads it next."""
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "child", "other_child")
    called(afternoon, session_of(afternoon.group, afternoon.second), "other_child")
    assert [(leaving.student.name, leaving.stays) for leaving in exits_of(first)] == [("韩小雨", True)]


def test_who_stays_for_the_next_period_stays_whatever_its_number(afternoon):
    """A school that counts its periods from zero."""
    for number, period in enumerate((afternoon.first, afternoon.second)):
        type(period).objects.filter(pk=period.pk).update(number=number)
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "child")
    assert [leaving.stays for leaving in exits_of(first)] == [True]


def name_a_proxy(cast):
    proxy = Collector(name="邻居", relation="邻居", phone="19900000555", starts_on=TODAY)
    return name_proxy(proxy=proxy, student=cast.other_child, by=cast.other_mother.user)


def exit_of(session, student):
    return next(leaving for leaving in exits_of(session) if leaving.student == student)


def test_a_proxy_is_named_to_the_teacher_and_the_child_does_not_go_alone(afternoon):
    child = afternoon.other_child
    proxy = name_a_proxy(afternoon)
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "other_child")
    assert exit_of(first, child) == Exit(child, proxy, False, "今天代接：邻居（邻居）", stays=True)


def test_of_a_child_that_is_held_the_teacher_still_sees_who_would_fetch_it(afternoon):
    """A worry about a third person: the usual adult is shown, and a proxy before it."""
    child, mother = afternoon.other_child, usual(afternoon.other_child)
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "other_child")
    report_concern(student=child, about="陌生人", words="在门口问起孩子", by=afternoon.other_mother.user)
    assert exit_of(first, child) == Exit(child, mother, False, "请联系值班领导", stays=True)
    proxy = name_a_proxy(afternoon)
    assert exit_of(first, child) == Exit(child, proxy, False, "请联系值班领导", stays=True)


def test_who_may_not_fetch_a_child_is_not_shown_as_the_one_who_does(afternoon):
    """One mother is barred, about the father of another child somebody worries."""
    first = called(afternoon, session_of(afternoon.group, afternoon.first), "other_child", "teachers_child")
    Guardianship.objects.filter(student=afternoon.other_child).update(barred=True, barred_note="民事裁定 2026-18")
    report_concern(student=afternoon.teachers_child, about="吴海", words="不要交给他", by=afternoon.office.user)
    for child in (afternoon.other_child, afternoon.teachers_child):
        assert exit_of(first, child) == Exit(child, None, False, "请联系值班领导", stays=True)


def test_a_list_without_children_is_no_session(afternoon):
    """A club in which nobody has a place today was not held: closing counts no roll for it."""
    club = session_of(afternoon.club, afternoon.second)
    afternoon.club.memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    assert expected_students(club) == []
    close_after_everybody_left(afternoon)
    assert not Session.objects.filter(pk=club.pk).exists()
    assert Session.objects.on(TODAY).filter(roll_taken_at=None).count() == 1  # the second care session, left open
