"""Whole care groups that go round: where they are on a day, and whose roll they are on."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from clubs.hours import services_after
from clubs.models import Club, Meeting, Rotation
from clubs.participation import clubs_that_run, has_task
from clubs.placing import places_on
from clubs.services import make_meetings
from clubs.services.catalogue import cancel_club, set_slots
from clubs.services.rotating import end_rotation, start_rotation
from clubs.weekly import classes_going_round, weekly_times
from enrollment.duty_table import duties_held, duties_wanted, duty_table
from enrollment.models import CareDuty, CareGroup
from reports.figures import FIGURES, Scope, collect
from safety.models import Session
from safety.places import DayPlaces
from safety.rolls import expected_students
from safety.services import plan_day
from school.models import Room, Staff
from tests.conftest import TODAY, make_staff, session_of, take
from tests.safety.test_standing_in import at as standing_in_at

pytestmark = pytest.mark.django_db
THURSDAY = TODAY + dt.timedelta(days=1)


def stop(cast, name, room, instructor):
    return Club.objects.create(
        term=cast.term,
        name=name,
        grade_from=1,
        grade_to=6,
        capacity=40,
        room=room,
        instructor=instructor,
        status="published",
    )


@pytest.fixture
def round_about(afternoon):
    cast = afternoon
    cast.second_group = CareGroup.objects.create(term=cast.term, name="三年级合并2班", grade=3)
    rooms = [Room.objects.create(name=f"专用室{n}", capacity=40) for n in (1, 2)]
    cast.stops = [
        stop(cast, "毽球", rooms[0], make_staff("T701", "甲一")),
        stop(cast, "跳绳", rooms[1], make_staff("T702", "乙二")),
    ]
    cast.rotation = start_rotation(
        rotation=Rotation(
            term=cast.term,
            name="大课间",
            weekday=4,
            period=cast.second,
            every_weeks=2,
            starts_on=THURSDAY,
            ends_on=cast.term.ends_on,
        ),
        clubs=cast.stops,
        groups=[cast.group, cast.second_group],
        by=cast.office.user,
    )
    return cast


def at(cast, day):
    make_meetings(term=cast.term, first=day, last=day)
    return dict(Meeting.objects.on(day).filter(group__isnull=False).values_list("group", "club__name"))


def test_groups_move_on_every_second_week(round_about):
    cast = round_about
    weeks = [at(cast, THURSDAY + dt.timedelta(days=7 * n))[cast.group.pk] for n in range(5)]
    assert weeks == ["毽球", "毽球", "跳绳", "跳绳", "毽球"]
    assert at(cast, THURSDAY) == {cast.group.pk: "毽球", cast.second_group.pk: "跳绳"}


def test_before_its_first_day_a_rotation_runs_no_club_and_later_gives_no_places(round_about):
    cast = round_about
    stops = {club.pk for club in cast.stops}
    leaders = {club.instructor_id for club in cast.stops}

    def counted(day):
        scope = Scope(cast.term, day)
        running = set(clubs_that_run(cast.term, day).values_list("pk", flat=True)) & stops
        leading = set(Staff.objects.filter(has_task(cast.term, day)).values_list("pk", flat=True)) & leaders
        lines = {part.key: part.denominator for part in FIGURES["club_members"].compute(scope).by["club"]}
        return running, leading, {pk: places for pk, places in lines.items() if pk in stops}

    assert counted(TODAY) == (set(), set(), {})
    plan_day(day=THURSDAY)
    assert counted(THURSDAY) == (stops, leaders, dict.fromkeys(stops, 0))


def test_the_whole_group_is_on_the_roll_of_its_stop(round_about):
    cast = round_about
    plan_day(day=THURSDAY)
    there = Session.objects.get(day=THURSDAY, meeting__club=cast.stops[0])
    assert set(expected_students(there)) == {cast.child.pk, cast.other_child.pk, cast.teachers_child.pk}
    assert there.staff.name == "甲一"
    assert not Session.objects.filter(day=THURSDAY, period=cast.second, care_group=cast.group).exists()
    assert Session.objects.filter(day=THURSDAY, period=cast.first, care_group=cast.group).exists()
    places = DayPlaces(THURSDAY)
    rows = places_on(THURSDAY, cast.second)
    assert {places.of(row, cast.second.pk).title for row in rows} == {"毽球"}


def test_who_has_a_club_of_its_own_is_there(round_about):
    cast = round_about
    cast.club.slots.update(weekday=4)
    from tests.conftest import take

    take(cast.club, cast.child, cast.mother.user)
    plan_day(day=THURSDAY)
    assert expected_students(session_of(cast.club, cast.second, THURSDAY)) == [cast.child.pk]
    there = Session.objects.get(day=THURSDAY, meeting__club=cast.stops[0])
    assert cast.child.pk not in expected_students(there)


def test_a_clash_is_refused_by_name(round_about):
    cast = round_about
    again = Rotation(
        term=cast.term, name="又一轮", weekday=4, period=cast.second, starts_on=THURSDAY, ends_on=cast.term.ends_on
    )
    with pytest.raises(ValidationError, match="个课后服务班需要同样多的社团，现在只有") as refusal:
        start_rotation(
            rotation=again, clubs=cast.stops[:1], groups=[cast.group, cast.second_group], by=cast.office.user
        )
    text = " ".join(refusal.value.messages)
    assert "大课间" in text
    assert cast.group.name in text
    assert Rotation.objects.count() == 1


def test_ending_calls_off_what_was_dated_beyond(round_about):
    cast = round_about
    later = THURSDAY + dt.timedelta(days=7)
    at(cast, later)
    end_rotation(rotation=cast.rotation, last_day=THURSDAY, by=cast.office.user)
    assert set(Meeting.objects.on(later).values_list("cancelled", flat=True)) == {True}
    with pytest.raises(ValidationError, match="已经过去的不能更改：请选择今天或以后的日期"):
        end_rotation(rotation=cast.rotation, last_day=TODAY - dt.timedelta(days=1), by=cast.office.user)


def test_a_club_with_two_days_runs_once(round_about):
    take(round_about.club, round_about.child, round_about.mother.user)
    slot = round_about.club.slots.get()
    slot.pk, slot.weekday = None, 5
    slot.save(force_insert=True)
    assert list(clubs_that_run(round_about.term, TODAY)) == [round_about.club]
    assert collect(round_about.term, TODAY)["clubs"].value == 1


def test_times_of_a_rotation_count_as_times_of_the_week(round_about, as_user):
    """From its first day on: for whoever may leave early, on the sheets by adult, room and class, on the club's page."""
    cast, client = round_about, as_user(round_about.office)
    people = [club.instructor for club in cast.stops]
    before = services_after(people, cast.term, TODAY)
    after = services_after(people, cast.term, THURSDAY)
    assert [(before.get(one.pk), after.get(one.pk)) for one in people] == [(None, {4})] * 2
    assert [weekly_times(cast.term, day)[0].club.name for day in (TODAY, THURSDAY)] == ["硬笔书法", "毽球"]
    page = client.get(reverse("clubs:club_detail", args=[cast.stops[0].pk])).text
    assert "星期四 第二节 · 大课间" in page and "整班轮换，不单独报名" in page and "尚未确定" not in page
    assert "不发证书" in client.get(reverse("clubs:certificates", args=[cast.stops[0].pk])).text
    few = client.get(reverse("clubs:club_list"), {"status": "few"}).context["table"].data
    assert not {club.pk for club in few} & {club.pk for club in cast.stops}


def test_a_summary_names_the_times_of_meetings_where_there_is_no_plan(round_about):
    cast = round_about
    plan_day(day=THURSDAY)
    cancel_club(club=cast.club, reason="老师调走", by=cast.office.user)
    lines = collect(cast.term, THURSDAY)["club_members"].by["club"]
    assert {part.label: part.facts["slots"] for part in lines} == {"毽球": "星期四 第二节", "跳绳": "星期四 第二节"}


def test_the_list_says_where_a_group_is_first_until_then(round_about, as_user, monkeypatch):
    client, later = as_user(round_about.office), timezone.now() + dt.timedelta(days=1)
    assert "首先在" in client.get("/clubs/rotations/").text
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "首先在" not in client.get("/clubs/rotations/").text


def test_the_office_sets_one_up(round_about, as_user):
    cast = round_about
    client = as_user(cast.office)
    other = CareGroup.objects.create(term=cast.term, name="三年级合并3班", grade=3)
    form = {
        "name": "周一轮替",
        "weekday": 1,
        "period": cast.second.pk,
        "every_weeks": 1,
        "starts_on": "2026-11-23",
        "ends_on": "2027-01-15",
        "clubs": [club.pk for club in cast.stops],
        "groups": [other.pk],
    }
    assert client.post("/clubs/rotations/add/", form).status_code == 302
    page = client.get("/clubs/rotations/").text
    assert "周一轮替" in page
    assert "毽球" in page
    refused = client.post("/clubs/rotations/add/", form | {"name": "再来"})
    assert refused.status_code == 200
    assert "三年级合并3班" in refused.text


def test_nobody_is_on_duty_with_a_group_that_goes_round(round_about, as_user):
    """Hours, the sheet and the page of the adult, the duty table and the gaps: the group is elsewhere then."""
    cast, wednesday = round_about, TODAY
    for weekday in (3, 4):
        CareDuty.objects.filter(group=cast.group, weekday=weekday, period=cast.second).delete()
        CareDuty.objects.create(
            term=cast.term,
            group=cast.group,
            weekday=weekday,
            period=cast.second,
            staff=cast.gate,
            starts_on=cast.term.starts_on,
        )
    assert services_after([cast.gate], cast.term, wednesday)[cast.gate.pk] == {3, 4}  # it begins tomorrow
    assert services_after([cast.gate], cast.term, THURSDAY)[cast.gate.pk] == {3}
    assert {duty.weekday for duty in duties_held(cast.term, THURSDAY, staff=cast.gate)} == {3}
    row = next(cells for group, cells in duty_table(cast.term, THURSDAY) if group == cast.group)
    cell = next(one for one in row if (one.weekday, one.period) == (4, cast.second))
    assert (cell.names, cell.short, cell.away) == ([], False, "大课间")
    wanted = duties_wanted(cast.term, THURSDAY)
    assert (cast.group.pk, 4, cast.second.pk) not in wanted
    assert (cast.group.pk, 3, cast.second.pk) in wanted
    page = as_user(cast.office).get(reverse("enrollment:duty_table"), {"day": THURSDAY.isoformat()})
    assert "大课间" in page.content.decode()


def test_the_list_and_the_classes_know_clubs_that_go_round(round_about, as_user, monkeypatch):
    cast = round_about
    page = as_user(cast.office).get(reverse("clubs:club_list"), {"status": "all"}).content.decode()
    assert page.count("星期四 第二节 · 大课间") == 2
    assert page.count("整班轮换") == 2
    standing_in_at(monkeypatch, 9, day=THURSDAY)
    assert classes_going_round(cast.term, THURSDAY) == {
        club.pk: {cast.class_1.pk, cast.class_2.pk} for club in cast.stops
    }
    sheets = {}
    for school_class in (cast.class_1, cast.first_grade):
        url = reverse("clubs:timetable_sheets", args=["class"])
        sheets[school_class] = "毽球" in as_user(cast.office).get(url, {"of": school_class.pk}).content.decode()
    assert sheets == {cast.class_1: True, cast.first_grade: False}


def test_a_room_changed_on_the_clubs_own_day_holds_from_the_next(afternoon, as_user):
    """The club's page says where it still is today; the week's sheets say it, too."""
    club, other = afternoon.club, Room.objects.create(name="棋艺室", capacity=60)
    where = club.room
    Club.objects.filter(pk=club.pk).update(room=other)
    club.refresh_from_db()
    set_slots(club=club, slots=[(slot.weekday, slot.period) for slot in club.slots.all()])
    assert Meeting.objects.get(day=TODAY).room == where
    page = as_user(afternoon.office).get(reverse("clubs:club_detail", args=[club.pk])).content.decode()
    assert f"今天仍在{where}" in page
    assert [slot.room for slot in weekly_times(afternoon.term, TODAY)] == [where]
    assert [slot.room for slot in weekly_times(afternoon.term, TODAY + dt.timedelta(days=7))] == [other]
