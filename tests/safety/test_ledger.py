"""The ledger is about this child, this day, this session: what belongs to others stays."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from enrollment.models import CareGroup, CareGroupMember, Collector, LeavesAlone
from safety.models import Custody, DayClose, Leave, Release, RollCall, Session
from safety.rolls import begins_at, expected_students, gone_before, roll_of, too_early
from safety.services import call_roll, name_proxy, plan_day, release_child, release_line, take_on
from safety.services.custody import give_back, take_custody
from safety.services.roll import ask_leave, cancel_leave, confirm_missing
from school.models import PolicyRule
from tests.conftest import TODAY, session_of

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def first(afternoon):
    return session_of(afternoon.group, afternoon.first)


@pytest.fixture
def second(afternoon):
    return session_of(afternoon.group, afternoon.second)


@pytest.fixture
def yesterday(afternoon):
    """The first session of yesterday, to which both children came and from which both were fetched."""
    plan_day(day=YESTERDAY)
    session = session_of(afternoon.group, afternoon.first, YESTERDAY)
    noon = timezone.make_aware(dt.datetime.combine(YESTERDAY, dt.time(16)))
    marks = {afternoon.child.pk: "present", afternoon.other_child.pk: "present"}
    call_roll(session=session, marks=marks, by=afternoon.homeroom.user, at=noon)
    for child in (afternoon.child, afternoon.other_child):
        release_child(
            student=child, day=YESTERDAY, collector=child.collectors.get(), by=afternoon.homeroom.user, at=noon
        )
    return session


def called(session, *children, status="present", by=None):
    call_roll(session=session, marks={c.pk: status for c in children}, by=by or session.staff.user)
    with connection.cursor() as cursor:  # as at the end of its transaction
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def fetched(child, by):
    release_child(student=child, day=TODAY, collector=child.collectors.get(), by=by.user)


def holders():
    return dict(Custody.objects.open().filter(day=TODAY).values_list("student__name", "staff__name"))


def test_who_was_fetched_yesterday_is_taken_into_care_today(afternoon, first, yesterday):
    called(first, afternoon.child)
    assert holders() == {"韩小雨": "周婷"}


def test_another_child_s_release_keeps_nobody_out(afternoon, first):
    called(first, afternoon.child)
    fetched(afternoon.child, afternoon.homeroom)
    called(first, afternoon.other_child)
    assert holders() == {"杨小帆": "周婷"}
    take_custody(students=[afternoon.child.pk], session=first, at=timezone.now(), late=False)
    assert holders() == {"杨小帆": "周婷"}


def test_a_mark_undone_moves_that_child_alone(afternoon, first, second):
    called(first, afternoon.child, afternoon.other_child)
    called(second, afternoon.child, afternoon.other_child)
    called(second, afternoon.child, status="absent")
    assert holders() == {"韩小雨": "周婷", "杨小帆": "吴海"}
    assert Custody.objects.open().filter(student=afternoon.other_child).count() == 1


def test_yesterday_s_adult_gets_nobody_back(afternoon, first, yesterday):
    called(first, afternoon.child)
    called(first, afternoon.child, status="absent")
    assert holders() == {}


def test_who_missed_the_child_does_not_get_it_back(afternoon, first, second):
    called(first, afternoon.child, status="absent")
    called(second, afternoon.child)
    called(second, afternoon.child, status="absent")
    assert holders() == {}


def test_it_goes_back_to_the_one_before_and_not_to_the_one_who_gives(afternoon, first, second):
    called(first, afternoon.child)
    called(second, afternoon.child)
    give_back(students=[afternoon.child.pk], session=second, at=timezone.now())
    assert holders() == {"韩小雨": "周婷"}


def test_nobody_is_given_back_on_a_closed_day(afternoon, first):
    DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
    with pytest.raises(ValidationError, match="已结束"):
        give_back(students=[afternoon.child.pk], session=first, at=timezone.now())


def test_a_line_lets_go_those_of_this_adult(afternoon, first, second):
    called(first, afternoon.other_child, afternoon.teachers_child)
    take_custody(students=[afternoon.other_child.pk], session=second, at=timezone.now(), late=False)
    assert release_line(session=first, except_for=set(), by=afternoon.homeroom.user) == 1
    assert holders() == {"杨小帆": "吴海"}
    assert list(Release.objects.values_list("student__name", flat=True)) == ["吴小舟"]


@pytest.mark.parametrize("flaw", ["another child's", "not in force", "none"])
def test_a_child_goes_alone_by_its_own_agreement_in_force(afternoon, first, flaw):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    called(first, afternoon.other_child)
    whose = afternoon.teachers_child if flaw == "another child's" else afternoon.other_child
    agreement = whose.applications.get().agreements.get(kind="pick_up")
    LeavesAlone.objects.create(student=whose, weekdays=[3], agreement=agreement, starts_on=TODAY)
    if flaw == "not in force":
        type(agreement).objects.filter(pk=agreement.pk).update(in_force_at=None)
    alone = {"student": afternoon.other_child, "day": TODAY, "collector": None, "by": afternoon.homeroom.user}
    if flaw == "none":
        assert release_child(**alone).how == Release.How.ALONE
    else:
        with pytest.raises(ValidationError, match="没有签"):
            release_child(**alone)


def test_a_child_is_let_go_by_its_own_custody(afternoon, first, yesterday):
    called(first, afternoon.child, afternoon.other_child)
    release_child(
        student=afternoon.child, day=TODAY, collector=afternoon.child.collectors.get(), by=afternoon.homeroom.user
    )
    assert holders() == {"杨小帆": "周婷"}
    release = Release.objects.get(day=TODAY)
    assert (release.student, release.custody.day) == (afternoon.child, TODAY)


def test_why_a_child_is_not_here_is_its_own_story_of_that_day(afternoon, first, yesterday):
    called(first, afternoon.child)
    collector = afternoon.other_child.collectors.get()
    release = {"collector": collector, "by": afternoon.homeroom.user}
    with pytest.raises(ValidationError, match="现在不在"):
        release_child(student=afternoon.other_child, day=TODAY, **release)
    fetched(afternoon.child, afternoon.homeroom)
    with pytest.raises(ValidationError, match="现在不在"):
        release_child(student=afternoon.other_child, day=TODAY, **release)


def test_who_has_handed_a_child_on_does_not_let_it_go(afternoon, first, second):
    called(first, afternoon.other_child)
    called(second, afternoon.other_child)
    collector, by = afternoon.other_child.collectors.get(), afternoon.homeroom.user
    release = {"student": afternoon.other_child, "day": TODAY, "collector": collector, "by": by}
    with pytest.raises(ValidationError) as refusal:
        release_child(**release, from_care_of=afternoon.homeroom)
    assert refusal.value.messages == ["杨小帆 现由 吴海 照看，请由其交接。"]
    assert holders() == {"杨小帆": "吴海"}
    assert release_child(**release, from_care_of=afternoon.teacher).custody.staff == afternoon.teacher


def test_a_release_says_how_late_it_was_written(afternoon, first):
    hours = timezone.now() - dt.timedelta(hours=3)
    marks = {afternoon.child.pk: "present", afternoon.other_child.pk: "present"}
    call_roll(session=first, marks=marks, by=afternoon.homeroom.user, at=hours)
    for child, at in ((afternoon.child, None), (afternoon.other_child, hours)):
        release_child(student=child, day=TODAY, collector=child.collectors.get(), by=afternoon.homeroom.user, at=at)
    found = dict(Release.objects.values_list("student__name", "late_entry"))
    assert found == {"韩小雨": False, "杨小帆": True}
    assert Release.objects.get(student=afternoon.other_child).at == hours


def test_no_mark_at_all_on_a_closed_day_or_one_without_lessons(afternoon, first):
    DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
    with pytest.raises(ValidationError, match="已结束"):
        called(first, afternoon.child, status="absent")
    saturday = TODAY + dt.timedelta(days=3)
    session = Session.objects.create(
        day=saturday, period=afternoon.first, care_group=afternoon.group, staff=afternoon.homeroom
    )
    with pytest.raises(ValidationError, match="不是教学日"):
        called(session, afternoon.child, status="absent")


def test_who_is_in_care_is_handed_over_and_not_marked_as_gone(afternoon, first, yesterday):
    called(first, afternoon.child)
    with pytest.raises(ValidationError, match="韩小雨仍在班：请办理放学交接"):
        called(first, afternoon.child, status="left")
    assert holders() == {"韩小雨": "周婷"}


def test_who_was_never_fetched_yesterday_can_have_left_today(afternoon, first):
    plan_day(day=YESTERDAY)
    called(session_of(afternoon.group, afternoon.first, YESTERDAY), afternoon.child)
    called(first, afternoon.child, status="left")
    assert RollCall.objects.get(session=first).status == "left"


def test_a_roll_is_taken_when_it_is_whole_and_keeps_that_moment(afternoon, first):
    called(first, afternoon.child)
    first.refresh_from_db()
    assert first.roll_taken_at is None
    called(first, afternoon.other_child, afternoon.teachers_child)
    first.refresh_from_db()
    taken = first.roll_taken_at
    assert taken is not None
    called(first, afternoon.child, status="absent")
    first.refresh_from_db()
    assert first.roll_taken_at == taken


def test_only_a_child_that_is_missing_is_confirmed_missing(afternoon, first):
    called(first, afternoon.other_child, status="absent")
    called(first, afternoon.child)
    with pytest.raises(ValidationError, match="韩小雨"):
        confirm_missing(student=afternoon.child, day=TODAY, by=afternoon.duty_leader.user)
    assert RollCall.objects.get(student=afternoon.other_child).confirmed_at is None


def test_leave_is_taken_back_until_the_roll_of_that_child_and_day(afternoon, first, yesterday):
    mother = afternoon.mother.user
    called(first, afternoon.other_child)
    cancel_leave(leave=ask_leave(student=afternoon.child, day=TODAY, reason="看牙", by=mother), by=mother)
    assert not Leave.objects.exists()
    leave = ask_leave(student=afternoon.child, day=TODAY, reason="看牙", by=mother)
    called(first, afternoon.child, status="leave")
    with pytest.raises(ValidationError, match="已经点过名"):
        cancel_leave(leave=leave, by=mother)
    assert Leave.objects.exists()


@pytest.mark.parametrize(
    ("hour", "minute", "early"), [(13, 30, True), (14, 30, True), (14, 40, False), (15, 40, False)]
)
def test_an_hour_before_its_session_a_roll_is_early(afternoon, first, hour, minute, early):
    begins = begins_at(first)
    assert f"{timezone.localtime(begins):%H:%M}" == "15:40"
    now = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(hour, minute)))
    assert (too_early(first, now) == begins) is early


def test_a_roll_lists_its_own_group_and_those_that_joined_it(afternoon, first):
    other = CareGroup.objects.create(term=afternoon.term, name="四年级1班", grade=4)
    place = CareGroupMember.objects.get(student=afternoon.other_child)
    CareGroupMember.objects.filter(pk=place.pk).update(group=other)
    theirs = Session.objects.create(day=TODAY, period=afternoon.first, care_group=other, staff=afternoon.gate)
    assert expected_students(theirs) == [afternoon.other_child.pk]
    assert afternoon.other_child.pk not in expected_students(first)
    Session.objects.filter(pk=theirs.pk).update(merged_into=first)
    assert sorted(expected_students(first)) == sorted(
        [afternoon.child.pk, afternoon.other_child.pk, afternoon.teachers_child.pk]
    )


def test_a_roll_knows_leave_and_earlier_rolls_of_its_day_alone(afternoon, first, second):
    """Leave of tomorrow, a roll of yesterday and a later roll of today are not what is known beforehand."""
    ask_leave(student=afternoon.child, day=TODAY + dt.timedelta(days=1), reason="看牙", by=afternoon.mother.user)
    plan_day(day=YESTERDAY)
    called(session_of(afternoon.group, afternoon.first, YESTERDAY), afternoon.other_child, status="absent")
    called(second, afternoon.teachers_child, status="leave")
    known = {entry.student.name: (entry.on_leave, entry.earlier) for entry in roll_of(first)}
    assert known == dict.fromkeys(("韩小雨", "杨小帆", "吴小舟"), (False, ""))
    before = {entry.student.name: entry.earlier for entry in roll_of(second)}
    assert before == dict.fromkeys(("韩小雨", "杨小帆", "吴小舟"), "")


def handed_over(session, child):
    take_custody(students=[child.pk], session=session, at=timezone.now(), late=False)
    collector = child.collectors.get()
    release_child(student=child, day=session.day, collector=collector, by=session.staff.user)


def test_gone_before_a_session_is_who_was_fetched_from_an_earlier_one_of_its_day(afternoon, first, second):
    yesterday = Session.objects.create(
        day=YESTERDAY, period=afternoon.first, care_group=afternoon.group, staff=afternoon.homeroom
    )
    handed_over(yesterday, afternoon.child)
    handed_over(first, afternoon.other_child)
    gone = [[release.student.name for release in gone_before(session)] for session in (first, second)]
    assert gone == [[], ["杨小帆"]]


def test_who_was_fetched_from_the_first_session_is_not_called_at_the_second(afternoon, first, second):
    handed_over(first, afternoon.other_child)
    left_at = f"{timezone.localtime(Release.objects.get().at):%H:%M}"
    with pytest.raises(ValidationError) as refusal:
        call_roll(session=second, marks={afternoon.other_child.pk: "present"}, by=afternoon.teacher.user)
    told = f"杨小帆 已于 {left_at} 离校：杨柳（母亲）。"
    assert refusal.value.messages == [told, "本节请记为“先行离校”。"]
    assert not RollCall.objects.exists()


def test_who_was_taken_on_stands_at_the_end(afternoon, first):
    take_on(session=first, student=afternoon.sibling, by=afternoon.homeroom.user)
    assert [entry.student.name for entry in roll_of(first)][-1] == "韩小雪"
    assert [entry.expected for entry in roll_of(first)] == [True, True, True, False]


def test_a_correction_of_an_earlier_roll_takes_nobody_from_who_has_the_child_now(afternoon, first, second):
    called(first, afternoon.other_child)
    called(second, afternoon.other_child)
    called(first, afternoon.other_child, status="absent")
    assert holders() == {"杨小帆": "吴海"}


def test_who_was_never_fetched_yesterday_is_not_let_go_today(afternoon, first):
    plan_day(day=YESTERDAY)
    called(session_of(afternoon.group, afternoon.first, YESTERDAY), afternoon.other_child)
    with pytest.raises(ValidationError, match="现在不在"):
        fetched(afternoon.other_child, afternoon.homeroom)
    assert Custody.objects.open().get().day == YESTERDAY


@pytest.mark.parametrize(("taken_on", "days"), [("child", 0), ("sibling", 3)])
def test_a_proxy_is_for_the_child_that_is_here_and_for_the_day_on_which_it_is(afternoon, first, taken_on, days):
    take_on(session=first, student=getattr(afternoon, taken_on), by=afternoon.homeroom.user)
    day = TODAY + dt.timedelta(days=days)
    proxy = Collector(name="邻居", relation="邻居", phone="19900000555", starts_on=day)
    with pytest.raises(ValidationError, match="不参加课后服务"):
        name_proxy(proxy=proxy, student=afternoon.sibling, by=afternoon.mother.user)


@pytest.mark.django_db(transaction=True)
def test_each_step_is_a_transaction_of_its_own(afternoon, first):
    """Locks are taken, and all is done or nothing; there is no transaction of a test around it."""
    mother = afternoon.mother.user
    leave = ask_leave(student=afternoon.teachers_child, day=TODAY, reason="看牙", by=mother)
    assert Leave.objects.get() == leave
    called(first, afternoon.child)
    called(first, afternoon.other_child, status="absent")
    assert confirm_missing(student=afternoon.other_child, day=TODAY, by=afternoon.duty_leader.user).confirmed_by
    release_line(session=first, except_for=set(), by=afternoon.homeroom.user)
    fetched(afternoon.child, afternoon.homeroom)
    take_on(session=first, student=afternoon.other_child, by=afternoon.homeroom.user)
    collector = afternoon.other_child.collectors.get()
    release_child(student=afternoon.other_child, day=TODAY, collector=collector, by=afternoon.homeroom.user)
    assert (Release.objects.count(), Custody.objects.open().count()) == (2, 0)
    proxy = type(collector)(name="邻居", relation="邻居", phone="19900000555", starts_on=TODAY)
    assert name_proxy(proxy=proxy, student=afternoon.child, by=mother).pk
    assert RollCall.objects.filter(status="absent").count() == 0
