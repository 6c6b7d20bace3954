"""A day that has no lessons after all: what was planned for it goes, what happened stays."""

import pytest
from django.urls import reverse

from clubs.models import Meeting
from safety.models import DayClose, Session
from safety.services import call_roll
from school.models import SchoolDay
from school.services import change_day
from tests.conftest import TODAY, session_of

pytestmark = pytest.mark.django_db


def closed(cast, follows=None):
    row = SchoolDay.objects.get(day=TODAY)
    row.kind, row.follows_weekday = ("closure", None) if follows is None else ("school", follows)
    return change_day(day=row, by=cast.office.user)


def test_a_closure_has_neither_sessions_nor_meetings_and_a_day_after_all_has_both(afternoon, as_user):
    planned = Session.objects.on(TODAY).count()
    assert (planned, Meeting.objects.on(TODAY).filter(cancelled=False).count()) == (3, 1)
    closed(afternoon)
    assert (Session.objects.on(TODAY).count(), Meeting.objects.on(TODAY).filter(cancelled=False).count()) == (0, 0)
    tiles = {tile.label: tile.value for tile in as_user(afternoon.office).get("/reports/office/").context["tiles"]}
    assert (tiles["未点名"], tiles["代班"]) == (0, 0)
    assert "没点名" not in as_user(afternoon.homeroom).get(reverse("safety:my_day")).text
    closed(afternoon, follows=3)
    as_user(afternoon.office).get("/reports/office/")  # who looks first plans the day
    assert (Session.objects.on(TODAY).count(), Meeting.objects.on(TODAY).filter(cancelled=False).count()) == (3, 1)


def test_a_day_on_which_a_roll_was_called_was_held_and_is_no_closure(afternoon, as_user):
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.homeroom.user)
    page = reverse("school:day_edit", args=[TODAY.isoformat()])
    answer = as_user(afternoon.office).post(page, {"kind": "closure", "follows_weekday": "", "note": "台风"})
    assert "已给 1 名学生点名" in answer.text
    assert SchoolDay.objects.get(day=TODAY).follows_weekday == 3
    assert Session.objects.on(TODAY).count() == 3


def test_a_day_that_was_held_and_closed_is_no_closure_before_it_is_opened_again(afternoon, as_user):
    DayClose.objects.create(day=TODAY, by=afternoon.duty_leader.user)
    page = reverse("school:day_edit", args=[TODAY.isoformat()])
    answer = as_user(afternoon.office).post(page, {"kind": "closure", "follows_weekday": "", "note": "台风"})
    assert "请先重新打开" in answer.text
    assert SchoolDay.objects.get(day=TODAY).follows_weekday == 3
    assert Session.objects.on(TODAY).count() == 3


def test_the_office_says_so_on_the_calendar(afternoon, as_user):
    page = reverse("school:day_edit", args=[TODAY.isoformat()])
    answer = as_user(afternoon.office).post(page, {"kind": "closure", "follows_weekday": "", "note": "台风"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert not Session.objects.on(TODAY).exists()
    assert SchoolDay.objects.get(day=TODAY).source.startswith("由")
