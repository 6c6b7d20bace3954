"""A summary of a day that is over says what was true then, whatever has happened since."""

import datetime as dt

import pytest
from django.urls import reverse

from clubs.models import Club, ClubSlot, Meeting, Membership
from clubs.services import place_child
from clubs.services.catalogue import cancel_club, publish_club
from clubs.services.changing import MeetingPlace, move_meeting
from clubs.services.giving import give_places
from clubs.services.seating import first_day_in
from enrollment.models import Application
from enrollment.services import decide_application, end_enrolment, submit_application, withdraw_application
from fees.models import Roster
from fees.services import make_roster
from reports.figures import collect
from school.models import Room, SchoolDay
from school.services import change_class, end_student
from tests.conftest import TODAY, make_choices, make_guardian, make_signing, make_student, records, take
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
LATER = TODAY + 7 * A_DAY


def club_line(term, day):
    (line,) = collect(term, day)["club_members"].by["club"]
    return line.numerator, line.facts["slots"], line.facts["room"]


def in_clubs(term, day):
    parts = collect(term, day)["in_clubs"].by["weekday"]
    return {part.key: (part.numerator, part.denominator) for part in parts if part.numerator}


def test_a_club_that_was_called_off_since_had_its_children_times_and_room(afternoon, monkeypatch):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    sunday = TODAY - 3 * A_DAY
    SchoolDay.objects.filter(day=sunday).update(kind="make_up", follows_weekday=3)  # it was taught as a Wednesday
    slot = ClubSlot.objects.get()
    Meeting.objects.create(
        club=afternoon.club, day=sunday, period=slot.period, room=slot.room, instructor=slot.instructor
    )
    before = club_line(afternoon.term, TODAY), in_clubs(afternoon.term, TODAY)
    assert before == ((1, "星期三 第二节", slot.room.name), {3: (1, 3)})
    at(monkeypatch, 18, day=LATER)
    cancel_club(club=afternoon.club, reason="老师调离", by=afternoon.office.user)
    assert (club_line(afternoon.term, TODAY), in_clubs(afternoon.term, TODAY)) == before


def test_the_room_of_then_stands_and_one_for_a_day_does_not(afternoon, monkeypatch):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    where = afternoon.club.room.name
    other = Room.objects.create(name="棋艺室", capacity=60)
    meeting = Meeting.objects.get(day=TODAY)
    move_meeting(
        meeting=meeting, place=MeetingPlace(TODAY, meeting.period, other), reason="当天消毒", by=afternoon.office.user
    )
    assert club_line(afternoon.term, TODAY)[2] == where
    # From then on it is another room for good.
    Club.objects.update(room=other)
    Meeting.objects.filter(day=LATER).delete()
    Meeting.objects.create(
        club=afternoon.club, day=LATER, period=meeting.period, room=other, instructor=meeting.instructor
    )
    assert club_line(afternoon.term, LATER)[2] == "棋艺室"
    assert club_line(afternoon.term, LATER - A_DAY)[2] == where


def test_clubs_set_up_later_were_not_there_yet(afternoon, monkeypatch):
    values = collect(afternoon.term, TODAY)
    before = values["clubs"].value, values["clubs_idle"].value
    at(monkeypatch, 10, day=LATER)
    new = Club.objects.get()
    new.pk, new._state.adding, new.name, new.status, new.room = None, True, "烹饪", "proposed", afternoon.hall
    new.instructor, new.aim = afternoon.gate, "学做家常菜"
    new.save()
    publish_club(club=new, by=afternoon.office.user)
    values = collect(afternoon.term, TODAY)
    assert (values["clubs"].value, values["clubs_idle"].value) == before
    assert (
        collect(afternoon.term, LATER)["clubs"].value + collect(afternoon.term, LATER)["clubs_idle"].value
        == sum(before) + 1
    )


def applications(term, day):
    value = collect(term, day)["applications"]
    return value.value, {part.key: part.value for part in value.by["status"]}


def test_applications_are_counted_by_what_had_become_of_them(afternoon, monkeypatch, offer):
    family = make_guardian("郑家长", "13900001234")
    child = make_student("郑晓", afternoon.class_1, (family, "母亲"), number="G330102201705040099")
    new = submit_application(
        option=offer, student=child, choices=make_choices(family), signing=make_signing(family), by=family.user
    )
    before = applications(afternoon.term, TODAY)
    assert before == (4, {"submitted": 1, "approved": 3})
    at(monkeypatch, 10, day=LATER)
    decide_application(application=Application.objects.get(pk=new.pk), decision="approve", by=afternoon.homeroom.user)
    end_enrolment(enrolment=afternoon.child.enrolments.get(), last_day=LATER, reason="搬家", by=afternoon.office.user)
    assert applications(afternoon.term, TODAY) == before
    assert applications(afternoon.term, LATER - A_DAY) == before
    assert applications(afternoon.term, LATER) == (4, {"reviewed": 1, "approved": 2, "ended": 1})
    decide_application(application=Application.objects.get(pk=new.pk), decision="approve", by=afternoon.office.user)
    assert applications(afternoon.term, LATER) == (4, {"approved": 3, "ended": 1})
    assert applications(afternoon.term, TODAY) == before


def test_an_application_taken_back_later_was_still_waiting(afternoon, monkeypatch, offer):
    family = make_guardian("郑家长", "13900001234")
    child = make_student("郑晓", afternoon.class_1, (family, "母亲"), number="G330102201705040099")
    new = submit_application(
        option=offer, student=child, choices=make_choices(family), signing=make_signing(family), by=family.user
    )
    at(monkeypatch, 10, day=LATER)
    withdraw_application(application=new, by=family.user)
    assert applications(afternoon.term, TODAY)[1] == {"submitted": 1, "approved": 3}
    assert applications(afternoon.term, LATER)[1] == {"withdrawn": 1, "approved": 3}


@pytest.mark.parametrize(("hour", "first"), [(9, TODAY), (19, TODAY + A_DAY)])
def test_a_place_given_after_the_club_has_met_begins_tomorrow(afternoon, monkeypatch, hour, first):
    """What was held without the child does not gain it afterwards: by the family, by the office."""
    Club.objects.update(capacity=3)
    at(monkeypatch, hour)
    assert take(afternoon.club, afternoon.child, afternoon.mother.user).starts_on == first
    placed = place_child(
        club=afternoon.club,
        student=afternoon.other_child,
        first_day=first_day_in(afternoon.club),
        how="placed",
        by=afternoon.office.user,
    )
    assert placed.starts_on == first
    given = give_places(
        term=afternoon.term, wins=[(afternoon.teachers_child, afternoon.club.pk)], how="drawn", by=afternoon.office.user
    )
    assert given.not_given == []
    assert set(Membership.objects.values_list("starts_on", flat=True)) == {first}


def test_a_frozen_roster_keeps_the_classes_of_its_month(afternoon, as_user, monkeypatch):
    first = TODAY.replace(day=1)
    make_roster(first=first, by=afternoon.office.user)
    url = reverse("fees:roster_detail", args=[Roster.objects.get().pk])

    def classes():
        return {row.student.name: row.student.class_label for row in records(as_user(afternoon.office).get(url))}

    before = classes()
    assert before[afternoon.child.name] == "三(1)班"
    change_class(student=afternoon.child, school_class=afternoon.class_2, day=TODAY)
    end_student(student=afternoon.other_child, last_day=TODAY, by=afternoon.office.user)
    at(monkeypatch, 9, day=LATER)
    assert classes() == before
    at(monkeypatch, 9, day=dt.date(2027, 9, 2))  # in the next school year they are a grade higher
    assert classes() == before
