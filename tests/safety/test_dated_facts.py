"""A fact holds from its first day on: the eve shows the old one, the day and the day after the new one, on every page alike."""

import datetime as dt

import pytest
from django.urls import reverse

from enrollment.models import CareDuty, GroupPublication
from enrollment.publications import snapshot_of
from enrollment.services.duty_changes import set_duty
from enrollment.services.proposing import propose_groups
from enrollment.services.publishing import publish_proposal
from safety.models import Session
from safety.services import plan_day
from school.models import Room
from tests.conftest import TODAY, records, take

pytestmark = pytest.mark.django_db
TOMORROW, AFTER = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=2)
DAYS = (TODAY, TOMORROW, AFTER)


@pytest.fixture
def moved(afternoon):
    """From tomorrow on the group is in the library, with 冯节 as its own adult."""
    afternoon.library = Room.objects.create(name="图书馆", capacity=60)
    proposal = propose_groups(term=afternoon.term, day=TOMORROW, start="now", by=afternoon.office.user)
    proposal.plan[0] |= {"room": afternoon.library.pk, "adults": [afternoon.academic.pk]}
    proposal.save()
    publish_proposal(proposal=proposal, note="换教室", by=afternoon.office.user)
    return afternoon


def where(client, cast, day):
    page = client.get(reverse("safety:where"), {"day": day, "period": cast.first.pk}).text
    return "图书馆" in page, "冯节" in page


def test_rooms_and_adults_on_the_lists_of_who_is_where(moved, as_user):
    client = as_user(moved.office)
    assert [where(client, moved, day) for day in DAYS] == [(False, False), (True, True), (True, True)]


def test_rooms_and_adults_on_what_is_printed(moved):
    found = [snapshot_of(moved.term, day)[0] for day in DAYS]
    assert [row["room"] == "图书馆" for row in found] == [False, True, True]
    assert ["冯节" in row["adults"] for row in found] == [False, True, True]
    assert GroupPublication.objects.get().snapshot == found[1:2]


def test_rooms_and_adults_on_the_pages_of_families(moved, as_user, monkeypatch):
    from tests.safety.test_standing_in import at

    pages = {}
    for day in DAYS:
        at(monkeypatch, 9, day=day)
        client = as_user(moved.mother)
        pages[day] = [client.get(reverse(name)).text for name in ("safety:family_today", "enrollment:group_mine")]
    assert [["图书馆" in page for page in pages[day]] for day in DAYS] == [[False] * 2, [True] * 2, [True] * 2]
    assert ["冯节" in pages[day][1] for day in DAYS] == [False, True, True]


def test_the_sessions_and_the_duty_table_of_the_day(moved, as_user):
    adults = {}
    for day in DAYS:
        plan_day(day=day)
        session = Session.objects.get(day=day, care_group=moved.group, period=moved.first)
        adults[day] = session.staff.name
        page = as_user(moved.office).get(reverse("enrollment:duty_table"), {"day": day}).text
        assert ("冯节" in page) == (adults[day] == "冯节")
    assert list(adults.values()) == ["周婷", "冯节", "冯节"]


def test_a_room_and_an_adult_may_be_given_back(moved):
    """Back to the old ones the day after: three spans, none of which overlaps."""
    proposal = propose_groups(term=moved.term, day=AFTER, start="now", by=moved.office.user)
    proposal.plan[0] |= {"room": moved.rooms[0].pk, "adults": []}
    proposal.save()
    publish_proposal(proposal=proposal, by=moved.office.user)
    rooms = list(moved.group.rooms.order_by("starts_on").values_list("room__name", "starts_on", "ends_on"))
    assert [(name, ends) for name, _starts, ends in rooms] == [
        ("三年级1班教室", TODAY),
        ("图书馆", TOMORROW),
        ("三年级1班教室", None),
    ]
    assert not CareDuty.objects.on(AFTER).filter(staff=moved.academic).exists()
    assert moved.group.adults.get().ends_on == TOMORROW


def test_a_session_that_is_planned_follows_the_duty_table_until_somebody_has_begun(afternoon):
    session = Session.objects.get(day=TODAY, care_group=afternoon.group, period=afternoon.first)
    set_duty(
        group=afternoon.group,
        weekday=3,
        period=afternoon.first,
        adults=[afternoon.academic],
        day=TODAY,
        by=afternoon.office.user,
    )
    plan_day(day=TODAY)
    again = Session.objects.get(day=TODAY, care_group=afternoon.group, period=afternoon.first)
    assert (again.staff, Session.objects.filter(pk=session.pk).exists()) == (afternoon.academic, False)


def test_a_day_to_come_has_its_clubs(afternoon, as_user):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    next_week = TODAY + dt.timedelta(days=7)
    page = as_user(afternoon.office).get(reverse("safety:where"), {"day": next_week, "period": afternoon.second.pk})
    assert {row.student.name: row.place for row in records(page)}["韩小雨"] == "硬笔书法"
