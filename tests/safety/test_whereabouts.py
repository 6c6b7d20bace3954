"""One status of a child, the same on every page; what a family reads while its child is looked for."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from safety.models import RollCall, Session
from safety.rolls import expected_students
from safety.services import ask_leave, call_roll, close_day, confirm_missing, release_child, take_on
from safety.whereabouts import Status, whereabouts
from school.models import SchoolSettings
from tests.conftest import TODAY, make_staff, records, session_of, take
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(afternoon):
    return session_of(afternoon.group, afternoon.first)


def call(cast, session, **marks):
    """Everybody expected is here but those named: call(cast, session, child="absent")."""
    found = dict.fromkeys(expected_students(session), "present")
    found |= {getattr(cast, name).pk: status for name, status in marks.items()}
    return call_roll(session=session, marks=found, by=session.staff.user)


def release(cast):
    collector = cast.child.collectors.get()
    release_child(student=cast.child, day=TODAY, collector=collector, by=cast.homeroom.user)


def status(cast, name="child"):
    return whereabouts([getattr(cast, name)], TODAY)[0].status


def everywhere(cast, as_user):
    """The words that each page has for 韩小雨."""
    (now,) = whereabouts([cast.child], TODAY)
    pages = {
        "family": as_user(cast.mother).get(reverse("safety:family_today")).text,
        "class": as_user(cast.homeroom).get(reverse("safety:class_now", args=[cast.class_1.pk])).text,
        "where": as_user(cast.office).get(reverse("safety:where"), {"period": cast.first.pk}).text,
        "gate": as_user(cast.gate).get(reverse("safety:gate"), {"q": "韩小雨"}).text,
    }
    return now, pages


def test_the_same_words_on_every_page(afternoon, first, as_user):
    steps = [
        (Status.EXPECTED, lambda: None),
        (Status.HERE, lambda: call(afternoon, first)),
        (Status.LEFT, lambda: release(afternoon)),
    ]
    for wanted, step in steps:
        step()
        now, pages = everywhere(afternoon, as_user)
        assert now.status == wanted
        assert {name: now.text in page for name, page in pages.items()} == dict.fromkeys(pages, True)


def test_leave_and_a_day_without_service(afternoon, as_user):
    ask_leave(student=afternoon.child, day=TODAY, reason="看牙", by=afternoon.mother.user)
    now, pages = everywhere(afternoon, as_user)
    assert now.status == Status.LEAVE
    assert all(now.text in page for page in pages.values())
    assert status(afternoon, "sibling") == Status.NOT_TODAY


def test_who_is_present_later_is_not_missing(afternoon, first):
    second = session_of(afternoon.group, afternoon.second)
    call(afternoon, first, child="absent")
    assert status(afternoon) == Status.MISSING
    call(afternoon, second)
    assert status(afternoon) == Status.HERE


def test_who_was_taken_on_elsewhere_is_not_missing(afternoon, first):
    call(afternoon, first, child="absent")
    take_on(session=session_of(afternoon.club, afternoon.second), student=afternoon.child, by=afternoon.homeroom.user)
    assert status(afternoon) == Status.HERE


def test_who_is_lost_on_the_way_is_missing_though_somebody_answers_for_the_child(afternoon, first):
    call(afternoon, first)
    call(afternoon, session_of(afternoon.group, afternoon.second), child="absent")
    assert status(afternoon) == Status.MISSING


def test_who_left_early_has_left_at_the_gate(afternoon, first, as_user):
    call(afternoon, first, child="left")
    assert status(afternoon) == Status.LEFT
    page = as_user(afternoon.gate).get(reverse("safety:gate"), {"q": "韩小雨"}).text
    assert str(Status.LEFT.label) in page


def test_a_substitute_is_seen_by_who_asks_where_children_are(afternoon, as_user):
    from safety.services import assign_substitute, report_absence

    group = session_of(afternoon.group, afternoon.second)
    absence = report_absence(
        staff=afternoon.teacher, day=TODAY, reason="事假", by=afternoon.teacher.user, sessions={group.pk}
    )
    assign_substitute(
        substitution=absence.substitutions.get(),
        staff=make_staff("T833", "金明", subject=afternoon.maths),
        by_telephone=True,
        by=afternoon.office.user,
    )
    page = as_user(afternoon.office).get(reverse("safety:where"), {"period": afternoon.second.pk}).text
    assert ("金明" in page, "吴海" in page) == (True, False)
    family = as_user(afternoon.mother).get(reverse("safety:family_today")).context["rows"][1]
    assert family.places[1].place.adult == "金明"


def test_the_family_reads_first_that_the_teacher_looks_then_red_with_a_number(afternoon, first, as_user, monkeypatch):
    SchoolSettings.objects.update(office_phone="0990-5550100")
    call(afternoon, first, child="absent")

    def family():
        (row,) = [
            r for r in as_user(afternoon.mother).get(reverse("safety:family_today")).context["rows"] if r.now.missing
        ]
        return row.alarmed, "0990-5550100" in as_user(afternoon.mother).get(reverse("safety:family_today")).text

    assert family() == (False, False)
    at(monkeypatch, 9, 9)
    assert family() == (False, False)
    at(monkeypatch, 9, 11)
    assert family() == (True, True)


def test_at_once_when_the_duty_leader_confirms(afternoon, first, as_user):
    call(afternoon, first, child="absent")
    client = as_user(afternoon.duty_leader)
    url = reverse("safety:missing_confirm", args=[afternoon.child.pk])
    assert url in client.get(reverse("safety:day")).text
    client.post(url)
    client.post(url)
    assert RollCall.objects.filter(confirmed_by=afternoon.duty_leader.user).count() == 1
    rows = as_user(afternoon.mother).get(reverse("safety:family_today")).context["rows"]
    assert [row.alarmed for row in rows] == [True, False]


def test_found_the_alarm_is_over_and_a_new_call_is_not_confirmed(afternoon, first):
    call(afternoon, first, child="absent")
    confirm_missing(student=afternoon.child, day=TODAY, by=afternoon.duty_leader.user)
    call(afternoon, first)
    assert (status(afternoon), RollCall.objects.exclude(confirmed_at=None).exists()) == (Status.HERE, False)


def test_a_place_in_a_club_stands_with_its_room_until_the_child_leaves_early(afternoon, as_user):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    places = as_user(afternoon.mother).get(reverse("safety:family_today")).context["rows"][1].places
    assert [(p.period, p.place.title, p.place.room) for p in places] == [
        (afternoon.first, afternoon.group.name, "三年级1班教室"),
        (afternoon.second, "硬笔书法", "体育馆"),
    ]
    afternoon.child.enrolments.update(leaves_after={"3": 1})
    row = as_user(afternoon.mother).get(reverse("safety:family_today")).context["rows"][1]
    assert ([p.period for p in row.places], row.leaves_early) == ([afternoon.first], True)


def test_released_is_left_whatever_was_called(afternoon, first):
    call(afternoon, first)
    call(afternoon, session_of(afternoon.group, afternoon.second), child="absent")
    assert status(afternoon) == Status.MISSING
    release(afternoon)
    assert status(afternoon) == Status.LEFT


def test_a_confirmation_holds_when_the_next_roll_misses_the_child_again(afternoon, first, as_user):
    call(afternoon, first, child="absent")
    confirm_missing(student=afternoon.child, day=TODAY, by=afternoon.duty_leader.user)
    call(afternoon, session_of(afternoon.group, afternoon.second), child="absent")
    rows = as_user(afternoon.mother).get(reverse("safety:family_today")).context["rows"]
    assert [row.alarmed for row in rows] == [True, False]
    (missing,) = as_user(afternoon.duty_leader).get(reverse("safety:day")).context["missing"]
    assert missing.confirmed_by == afternoon.duty_leader.user
    assert len(records(as_user(afternoon.principal).get(reverse("reports:rows", args=["missing"])))) == 1


def test_who_was_missing_to_the_end_is_explained_before_the_day_is_closed(afternoon, first):
    for session in Session.objects.on(TODAY):
        marks = dict.fromkeys(expected_students(session), "left") | {afternoon.child.pk: "absent"}
        call_roll(session=session, marks=marks, by=session.staff.user)
    with pytest.raises(ValidationError, match="韩小雨"):
        close_day(day=TODAY, by=afternoon.duty_leader.user)
    close_day(day=TODAY, note="韩小雨在家，家长忘了请假", by=afternoon.duty_leader.user)
    assert status(afternoon) == Status.ABSENT


def test_without_a_number_of_the_school_the_family_phones_the_teacher(afternoon, first, as_user):
    call(afternoon, first, child="absent")
    confirm_missing(student=afternoon.child, day=TODAY, by=afternoon.duty_leader.user)
    page = as_user(afternoon.mother).get(reverse("safety:family_today")).text
    assert ("请给班主任打电话" in page, "tel:" in page) == (True, False)
