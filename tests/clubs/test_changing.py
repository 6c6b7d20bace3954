"""A meeting is called off, moved, restored; rain sends everybody indoors. Who else it concerns follows by itself."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from clubs.changes import told_to_families
from clubs.models import Club, ClubChange, ClubSettings, ClubSlot, Meeting, RainDay
from clubs.placing import places_on
from clubs.services import (
    MeetingPlace,
    cancel_meeting,
    move_meeting,
    restore_meeting,
    start_rain,
    stop_rain,
)
from clubs.services.catalogue import cancel_club
from clubs.services.meeting import follow_plan, plan_of
from clubs.services.raining import rain_moves
from safety.models import RollCall, Session
from safety.rolls import expected_students
from safety.services import call_roll, plan_day
from school.models import Room, Staff
from tests.clubs.test_services import race
from tests.conftest import TODAY, make_staff, records, session_of, take

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def club_day(afternoon):
    """The calligraphy club of today has one child; `meeting` is its meeting in the second period."""
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    afternoon.meeting = Meeting.objects.get()
    return afternoon


def another_club(cast, *, room, instructor, weekday, name="篮球", **more):
    club = Club.objects.create(
        term=cast.term,
        name=name,
        grade_from=1,
        grade_to=6,
        capacity=9,
        room=room,
        instructor=instructor,
        status="published",
        **more,
    )
    ClubSlot.objects.create(
        term=cast.term, club=club, weekday=weekday, period=cast.second, room=room, instructor=instructor
    )
    return club


def cancel(cast, reason="教师外出"):
    return cancel_meeting(meeting=cast.meeting, reason=reason, by=cast.office.user)


def test_children_of_a_meeting_called_off_are_expected_in_their_groups(club_day):
    second = session_of(club_day.group, club_day.second)
    assert club_day.child.pk not in expected_students(second)
    for _twice in range(2):
        cancel(club_day)
    assert club_day.child.pk in expected_students(second)
    assert [session.title for session in Session.objects.on(TODAY)] == [club_day.group.name] * 2
    plan_day(day=TODAY)
    assert Session.objects.filter(meeting__isnull=False).count() == 0
    assert ClubChange.objects.get().kind == "cancelled"


def test_a_reason_is_asked_for(club_day):
    with pytest.raises(ValidationError, match="请写明原因：家长和同事都会看到"):
        cancel(club_day, " ")
    assert not Meeting.objects.get().cancelled


def test_once_the_roll_is_called_the_meeting_stands(club_day):
    call_roll(
        session=session_of(club_day.club, club_day.second),
        marks={club_day.child.pk: "present"},
        by=club_day.homeroom.user,
    )
    with pytest.raises(ValidationError, match="硬笔书法"):
        cancel(club_day)
    assert not Meeting.objects.get().cancelled


def test_the_roll_of_a_meeting_called_off_is_refused(club_day):
    session = session_of(club_day.club, club_day.second)
    cancel(club_day)
    with pytest.raises(ValidationError, match="硬笔书法"):
        call_roll(session=session, marks={club_day.child.pk: "present"}, by=club_day.homeroom.user)
    assert not RollCall.objects.exists()


def test_a_group_whose_roll_was_complete_has_one_more_child_to_call(club_day):
    second = session_of(club_day.group, club_day.second)
    call_roll(session=second, marks=dict.fromkeys(expected_students(second), "present"), by=club_day.teacher.user)
    cancel(club_day)
    plan_day(day=TODAY)
    second.refresh_from_db()
    assert second.roll_taken_at is None


def test_it_takes_place_after_all_until_its_children_are_called_in_the_group(club_day):
    cancel(club_day)
    plan_day(day=TODAY)
    restore_meeting(meeting=club_day.meeting, reason="教师回来", by=club_day.office.user)
    plan_day(day=TODAY)
    assert session_of(club_day.club, club_day.second).staff == club_day.homeroom
    cancel(club_day)
    second = session_of(club_day.group, club_day.second)
    call_roll(session=second, marks={club_day.child.pk: "present"}, by=club_day.teacher.user)
    with pytest.raises(ValidationError, match="的孩子已在课后服务班点名"):
        restore_meeting(meeting=club_day.meeting, reason="教师回来", by=club_day.office.user)


def test_a_move_leaves_the_old_meeting_and_the_plan_does_not_bring_it_back(club_day):
    place = MeetingPlace(TOMORROW, club_day.second, club_day.hall)
    new = move_meeting(meeting=club_day.meeting, place=place, reason="场地", by=club_day.office.user)
    for day in (TODAY, TOMORROW):
        plan_day(day=day)
    assert list(Meeting.objects.order_by("day").values_list("day", "cancelled")) == [(TODAY, True), (TOMORROW, False)]
    assert expected_students(session_of(club_day.club, club_day.second, TOMORROW)) == [club_day.child.pk]
    restore_meeting(meeting=club_day.meeting, reason="改回", by=club_day.office.user)
    new.refresh_from_db()
    assert (new.cancelled, Meeting.objects.get(day=TODAY).cancelled) == (True, False)


def test_every_conflict_of_a_move_is_named(club_day):
    other = another_club(club_day, room=club_day.rooms[1], instructor=club_day.teacher, weekday=4, name="棋类")
    other_teacher = make_staff("T801", "孙文")
    another_club(club_day, room=club_day.hall, instructor=other_teacher, weekday=4)
    club_day.round.clubs.add(other)
    take(other, club_day.child, club_day.mother.user)
    club_day.group.duties.filter(weekday=4, period=club_day.second).update(staff=club_day.homeroom)
    with pytest.raises(ValidationError, match="那时在其他社团") as refusal:
        move_meeting(
            meeting=club_day.meeting,
            place=MeetingPlace(TOMORROW, club_day.second, club_day.hall),
            reason="场地",
            by=club_day.office.user,
        )
    text = "\n".join(refusal.value.messages)
    assert len(refusal.value.messages) == 3
    assert all(word in text for word in ("体育馆", "篮球", "周婷", club_day.group.name, "韩小雨", "棋类"))
    assert Meeting.objects.filter(club=club_day.club).count() == 1


def test_children_who_are_not_there_that_day_are_named_and_may_be_left_out(club_day):
    club_day.child.enrolments.update(weekdays=[3])
    move = {
        "meeting": club_day.meeting,
        "place": MeetingPlace(TOMORROW, club_day.second, club_day.hall),
        "reason": "场地",
        "by": club_day.office.user,
    }
    with pytest.raises(ValidationError, match="韩小雨"):
        move_meeting(**move)
    assert move_meeting(**move, without_absent=True).day == TOMORROW


def test_another_room_that_day(club_day):
    library = Room.objects.create(name="图书馆", kind="special", capacity=30)
    place = MeetingPlace(TODAY, club_day.second, library)
    move_meeting(meeting=club_day.meeting, place=place, reason="音响", by=club_day.office.user)
    assert Meeting.objects.get().room == library
    assert ClubChange.objects.get().room_before == club_day.hall
    group_room = MeetingPlace(TODAY, club_day.second, club_day.group.room_on(TODAY))
    with pytest.raises(ValidationError, match=club_day.group.name):
        move_meeting(meeting=club_day.meeting, place=group_room, reason="音响", by=club_day.office.user)


def test_nobody_without_papers_gets_a_meeting_at_another_time_and_rain_asks_for_none(club_day):
    coach = make_staff("W906", "罗教练", kind="outside")
    Meeting.objects.update(instructor=coach)
    with pytest.raises(ValidationError, match="罗教练"):
        move_meeting(
            meeting=club_day.meeting,
            place=MeetingPlace(TOMORROW, club_day.second, club_day.hall),
            reason="场地",
            by=club_day.office.user,
        )
    Room.objects.filter(pk=club_day.hall.pk).update(kind="outdoor")
    rain = start_rain(day=TODAY, by=club_day.duty_leader.user)
    assert Meeting.objects.get().cancelled
    stop_rain(rain=rain, by=club_day.duty_leader.user)
    assert not Meeting.objects.get().cancelled
    cancel(club_day)
    with pytest.raises(ValidationError, match="罗教练"):
        restore_meeting(meeting=club_day.meeting, reason="回来", by=club_day.office.user)


def test_a_change_is_written_once(club_day):
    cancel(club_day)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClubChange.objects.update(reason="x")


def test_families_and_staff_see_it_at_once(club_day, as_user):
    cancel(club_day)
    told = told_to_families([club_day.child, club_day.sibling], TODAY)
    assert [(pk, len(rows)) for pk, rows in told.items()] == [(club_day.child.pk, 1)]
    for who, page in (("mother", "family_today"), ("teacher", "my_day"), ("duty_leader", "day")):
        assert "教师外出" in as_user(getattr(club_day, who)).get(reverse(f"safety:{page}")).content.decode()
    assert "教师外出" not in as_user(club_day.other_mother).get(reverse("safety:family_today")).content.decode()


def test_the_page_keeps_what_was_typed_and_says_why_not(club_day, as_user):
    client = as_user(club_day.office)
    url = reverse("clubs:meeting_change", args=[club_day.meeting.pk])
    fields = {
        "what": "move",
        "move-day": "2026-11-21",
        "move-period": club_day.second.pk,
        "move-room": club_day.hall.pk,
    }
    page = client.post(url, fields | {"move-reason": "借场地"})
    assert page.context["move"].non_field_errors()
    assert "借场地" in page.content.decode()
    client.post(url, {"what": "cancel", "cancel-reason": "教师外出"})
    assert Meeting.objects.get().cancelled
    rows = records(client.get(reverse("clubs:meeting_list")))
    assert [meeting.change.reason for meeting in rows] == ["教师外出"]
    assert url not in as_user(club_day.teacher).get(reverse("clubs:meeting_list")).content.decode()


# --- rain --------------------------------------------------------------------------------------------------------


@pytest.fixture
def rainy(club_day):
    """Two clubs outdoors in the second period that share one rain room, and one that stays in the groups."""
    cast = club_day
    cast.library = Room.objects.create(name="图书馆", kind="special", capacity=30)
    cast.outside = [
        Room.objects.create(name=name, kind="outdoor", capacity=60) for name in ("操场东", "操场西", "球场")
    ]
    ClubSettings.objects.update_or_create(pk=1, defaults={"rain_point": "一号门连廊"})
    coaches = [make_staff(f"T81{n}", f"教练{n}") for n in range(3)]
    for name, room, coach, plan in zip(
        ("篮球", "足球", "跳绳"),
        cast.outside,
        coaches,
        ({"rain_room": cast.library}, {"rain_room": cast.library}, {}),
        strict=True,
    ):
        another_club(cast, name=name, room=room, instructor=coach, weekday=3, rain_stay=not plan, **plan)
    plan_day(day=TODAY)
    return cast


def state():
    rows = Meeting.objects.filter(day=TODAY).order_by("club__name").values_list("club__name", "room__name", "cancelled")
    return {name: (room, cancelled) for name, room, cancelled in rows}


def test_rain_moves_every_outdoor_club_once(rainy):
    before = state()
    assert [(move.meeting.club.name, move.room) for move in rain_moves(TODAY)] == [
        ("篮球", rainy.library),
        ("足球", None),
        ("跳绳", None),
    ]
    rain = start_rain(day=TODAY, by=rainy.duty_leader.user)
    assert state() == before | {
        "篮球": ("图书馆", False),
        "足球": ("操场西", True),
        "跳绳": ("球场", True),
    }
    assert "图书馆" in ClubChange.objects.get(meeting__club__name="足球").reason
    assert start_rain(day=TODAY, by=rainy.office.user) == rain
    assert ClubChange.objects.count() == 3
    stop_rain(rain=rain, by=rainy.duty_leader.user)
    stop_rain(rain=rain, by=rainy.duty_leader.user)
    assert state() == before
    plan_day(day=TODAY)
    assert Session.objects.on(TODAY).filter(meeting__isnull=False).count() == 4


def test_rain_is_not_taken_back_once_a_roll_is_called(rainy):
    rain = start_rain(day=TODAY, by=rainy.duty_leader.user)
    basketball = session_of(Club.objects.get(name="篮球"), rainy.second)
    call_roll(session=basketball, marks={rainy.other_child.pk: "present"}, by=basketball.staff.user)
    with pytest.raises(ValidationError, match="篮球"):
        stop_rain(rain=rain, by=rainy.duty_leader.user)
    rain.refresh_from_db()
    assert rain.ended_at is None


def test_a_club_whose_roll_is_called_stays_outdoors(rainy):
    basketball = session_of(Club.objects.get(name="篮球"), rainy.second)
    call_roll(session=basketball, marks={rainy.other_child.pk: "present"}, by=basketball.staff.user)
    start_rain(day=TODAY, by=rainy.duty_leader.user)
    assert state()["篮球"] == ("操场东", False)
    assert state()["足球"] == ("图书馆", False)


def test_where_children_are_collected_stands_on_every_page(rainy, as_user):
    as_user(rainy.duty_leader).post(reverse("clubs:rain"))
    for who, page in (
        ("mother", "family_today"),
        ("teacher", "my_day"),
        ("gate", "gate"),
        ("duty_leader", "day"),
    ):
        assert "一号门连廊" in as_user(getattr(rainy, who)).get(reverse(f"safety:{page}")).content.decode()
    client = as_user(rainy.office)
    rain = RainDay.objects.get()
    assert client.get(reverse("clubs:rain_stop", args=[rain.pk])).status_code == 200
    client.post(reverse("clubs:rain_stop", args=[rain.pk]))
    assert "一号门连廊" not in as_user(rainy.mother).get(reverse("safety:family_today")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_press_rain_at_once(rainy):
    results = race(
        [
            lambda: start_rain(day=TODAY, by=rainy.duty_leader.user),
            lambda: start_rain(day=TODAY, by=rainy.office.user),
        ]
    )
    assert {result.pk for result in results} == {RainDay.objects.get().pk}
    assert ClubChange.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_roll_and_the_cancelling_race_and_one_of_them_wins(club_day):
    session = session_of(club_day.club, club_day.second)
    staff = Staff.objects.get(pk=club_day.homeroom.pk)
    results = race(
        [
            lambda: cancel(club_day),
            lambda: call_roll(session=session, marks={club_day.child.pk: "present"}, by=staff.user),
        ]
    )
    refused = [isinstance(result, ValidationError) for result in results]
    assert sorted(refused) == [False, True]
    assert (Meeting.objects.get().cancelled, RollCall.objects.exists()) == (refused[1], refused[0])


def said(page):
    return [str(message) for message in page.context["messages"]]


def test_the_same_change_twice_is_said_to_be_there_already(club_day, as_user):
    client, url = as_user(club_day.office), reverse("clubs:meeting_change", args=[club_day.meeting.pk])
    for what, words in (("cancel", "早已取消"), ("restore", "照常进行")):
        form = {"what": what, f"{what}-reason": "教师外出"}
        client.post(url, form, follow=True)
        count = ClubChange.objects.count()
        again = said(client.post(url, form, follow=True))
        assert (len(again), words in again[0]) == (1, True)
        assert ClubChange.objects.count() == count
    assert "变动记录" in client.get(url).content.decode()


def test_rain_twice_and_its_end_twice_are_said_to_be_so_already(club_day, as_user):
    client = as_user(club_day.office)
    client.post(reverse("clubs:rain"), follow=True)
    assert said(client.post(reverse("clubs:rain"), follow=True)) == ["今天已经通知过下雨，没有再改动。"]
    stop = reverse("clubs:rain_stop", args=[RainDay.objects.get().pk])
    client.post(stop, follow=True)
    assert said(client.post(stop, follow=True)) == ["已经撤销过了，没有再改动。"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", "x"])
@pytest.mark.parametrize(
    "name",
    ["clubs:timetable", "clubs:timetable_week", "clubs:meeting_list", "safety:day", "enrollment:collector_gate"],
)
def test_no_day_in_an_address_breaks_a_page(club_day, as_user, name, day):
    page = as_user(club_day.office).get(reverse(name), {"day": day})
    assert page.status_code == 200
    monday = TODAY - dt.timedelta(days=2)
    shown = {"clubs:timetable": ("shown", 3), "clubs:timetable_week": ("monday", monday)}
    key, value = shown.get(name, ("day", TODAY))
    assert page.context[key] == value


def test_calling_a_club_off_calls_off_todays_meeting_too(afternoon):
    """Its children are in their care groups at once, on the roll as well; a meeting whose roll was called stays."""
    club, day = afternoon.club, TODAY
    take(club, afternoon.child, afternoon.mother.user)
    meeting = Meeting.objects.get(club=club, day=day)
    period = meeting.period
    assert places_on(day, period).get(student=afternoon.child).meeting_id == meeting.pk
    cancel_club(club=club, reason="报名不足", by=afternoon.office.user)
    meeting.refresh_from_db()
    assert meeting.cancelled
    place = places_on(day, period).get(student=afternoon.child)
    assert (place.meeting_id, place.group_id) == (None, afternoon.group.pk)


def test_a_changed_plan_moves_what_had_it_and_leaves_alone_what_was_another(afternoon):
    """A room for a day only stays, and so does a meeting at a time that was not the plan's."""
    club, slot = afternoon.club, afternoon.club.slots.first()
    new_room = Room.objects.create(name="新教室", capacity=40)
    days = [TODAY + dt.timedelta(days=7), TODAY + dt.timedelta(days=14), TODAY + dt.timedelta(days=15)]
    Meeting.objects.filter(club=club, day__gt=TODAY).delete()
    facts = {"club": club, "period": slot.period, "instructor": slot.instructor}
    own_room = Room.objects.create(name="借用教室", capacity=40)
    planned = Meeting.objects.create(day=days[0], room=slot.room, **facts)
    for_its_day = Meeting.objects.create(day=days[1], room=own_room, **facts)
    moved = Meeting.objects.create(day=days[2], room=slot.room, **facts)
    before = plan_of([club.pk])
    ClubSlot.objects.filter(pk=slot.pk).update(room=new_room)
    assert follow_plan(club.term, [club.pk], before) == 1
    ClubSlot.objects.filter(club=club).delete()
    rooms = [Meeting.objects.get(pk=one.pk).room for one in (planned, for_its_day, moved)]
    assert rooms == [new_room, own_room, slot.room]
    assert follow_plan(club.term, [club.pk], before) == 2
    assert [Meeting.objects.get(pk=one.pk).cancelled for one in (planned, for_its_day, moved)] == [True, True, False]
