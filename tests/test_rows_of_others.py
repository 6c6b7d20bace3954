"""Whose rows are whose: a child of another's session, a child taken on, who has left the school, parents who live apart."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clubs.models import Club
from enrollment.models import Collector
from safety.models import Custody, Release
from safety.services import call_roll, release_child, take_on
from school.access import role_codes_of
from school.models import AccessLog, Guardian, Guardianship, Post, SchoolClass, Staff, Student
from tests.conftest import TODAY, make_user, session_of

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)
ROOT = Path(__file__).parents[1]


@pytest.fixture
def two_sessions(afternoon):
    """The group's child is in the homeroom teacher's care; the coach from outside leads a club in the same period."""
    cast = afternoon
    cast.session = session_of(cast.group, cast.first)
    call_roll(session=cast.session, marks={cast.other_child.pk: "present"}, by=cast.homeroom.user)
    cast.usual = cast.other_child.collectors.get(kind="authorised")
    return cast


@pytest.fixture
def coach(afternoon):
    """An outside instructor who leads the club of the second period, with a login."""
    coach = Staff.objects.create(number="W001", name="罗教练", kind="outside", user=make_user("罗教练", "W001"))
    club = session_of(afternoon.club, afternoon.second)
    Club.objects.filter(pk=afternoon.club.pk).update(instructor=coach)
    type(club).objects.filter(pk=club.pk).update(staff=coach)
    return coach


def test_a_child_in_anothers_care_is_neither_opened_nor_handed_over(two_sessions, as_user):
    cast = two_sessions
    own = session_of(cast.group, cast.second)
    client = as_user(cast.teacher)
    url = reverse("safety:child_release", args=[own.pk, cast.other_child.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"collector": cast.usual.pk}).status_code == 404
    assert not Release.objects.exists()
    assert (
        as_user(cast.homeroom)
        .get(reverse("safety:child_release", args=[cast.session.pk, cast.other_child.pk]))
        .status_code
        == 200
    )


def test_whose_care_the_child_has_left_cannot_hand_it_over_any_more(two_sessions, as_user):
    """The page was opened in the first period; the child is with the next adult when its button is pressed."""
    cast = two_sessions
    url = reverse("safety:child_release", args=[cast.session.pk, cast.other_child.pk])
    call_roll(session=session_of(cast.group, cast.second), marks={cast.other_child.pk: "present"}, by=cast.teacher.user)
    answer = as_user(cast.homeroom).post(url, {"collector": cast.usual.pk})
    assert answer.status_code == 422
    assert "杨小帆 现由 吴海 照看，请由其交接。" in answer.text
    assert not Release.objects.exists()
    release_child(
        student=cast.other_child, day=TODAY, collector=cast.usual, from_care_of=cast.teacher, by=cast.teacher.user
    )
    with pytest.raises(ValidationError, match="已于"):
        release_child(
            student=cast.other_child, day=TODAY, collector=cast.usual, from_care_of=cast.teacher, by=cast.teacher.user
        )


def test_who_takes_a_child_on_sees_it_and_opens_nothing(two_sessions, as_user):
    cast = two_sessions
    Post.objects.create(staff=cast.teacher, role="homeroom_teacher", school_class=cast.class_2, starts_on=TODAY)
    session = session_of(cast.group, cast.second)
    url = reverse("school:student_detail", args=[cast.sibling.pk])
    client = as_user(cast.teacher)
    assert client.get(url).status_code == 404
    take_on(session=session, student=cast.sibling, by=cast.teacher.user)
    page = client.get(url)
    assert page.status_code == 200
    assert "显示敏感信息" not in page.text
    assert cast.mother.phone not in page.text
    assert client.post(url).status_code == 403
    assert not AccessLog.objects.exists()
    own = reverse("school:student_detail", args=[cast.other_child.pk])
    assert cast.other_mother.phone in client.post(own).text
    assert AccessLog.objects.get().student == cast.other_child


def test_a_search_at_the_roll_teaches_an_outsider_no_names(afternoon, coach, as_user):
    session = session_of(afternoon.club, afternoon.second)
    roll, mark = (reverse(f"safety:{name}", args=[session.pk]) for name in ("roll", "roll_mark"))
    client = as_user(coach)
    assert "学生全名" in client.get(roll).text
    for words in ("韩", "韩小", "han", ""):
        assert list(client.get(roll, {"q": words, "early": 1}).context.get("found", [])) == []
    assert list(client.get(roll, {"q": "韩 小雪", "early": 1}).context["found"]) == []
    assert list(client.get(roll, {"q": " 韩小雪\u200b", "early": 1}).context["found"]) == [afternoon.sibling]
    guess = {"take_on": afternoon.sibling.pk, "early": 1}
    assert client.post(mark, guess).status_code == 404
    assert client.post(mark, guess | {"q": "韩小雨"}).status_code == 404
    assert not Custody.objects.exists()
    assert client.post(mark, guess | {"q": "韩小雪"}).status_code == 302
    assert Custody.objects.get().student == afternoon.sibling
    own = session_of(afternoon.group, afternoon.first)
    found = (
        as_user(afternoon.homeroom)
        .get(reverse("safety:roll", args=[own.pk]), {"q": "han", "early": 1})
        .context["found"]
    )
    assert {child.name for child in found} == {"韩小雨", "韩小雪"}


def test_a_mark_is_for_a_child_of_the_roll(afternoon, as_user):
    session = session_of(afternoon.group, afternoon.first)
    mark = {"student": afternoon.sibling.pk, "status": "present", "early": 1}
    assert as_user(afternoon.homeroom).post(reverse("safety:roll_mark", args=[session.pk]), mark).status_code == 404
    assert not Custody.objects.exists()


@pytest.mark.parametrize("still", ["posts end later", "a parent too"])
def test_who_has_left_the_school_keeps_nothing_of_it(afternoon, as_user, still):
    """The login stays with a parent; posts, duties, clubs and sessions that are still written down give nothing."""
    cast = afternoon
    cast.homeroom.left_on = YESTERDAY
    cast.homeroom.save()
    user = cast.homeroom.user
    if still == "a parent too":
        parent = Guardian.objects.create(name=cast.homeroom.name, phone="19900000888", user=user)
        Guardianship.objects.create(student=cast.sibling, guardian=parent, relation="姨母", order=4)
    assert role_codes_of(user, TODAY) == ({"guardian"} if still == "a parent too" else set())
    own = {cast.sibling} if still == "a parent too" else set()
    assert set(Student.objects.visible_to(user)) == own
    assert not SchoolClass.objects.visible_to(user).exists()
    session = session_of(cast.group, cast.first)
    client = as_user(cast.homeroom)
    for name, args in (("safety:roll", [session.pk]), ("safety:class_now", [cast.class_1.pk]), ("safety:my_day", [])):
        # Without any role the session is over.
        assert client.get(reverse(name, args=args)).status_code in ((403, 404) if own else (302,))
    cast.homeroom.left_on = TODAY
    cast.homeroom.save()
    assert "homeroom_teacher" in role_codes_of(user, TODAY)


def test_what_staff_may_do_is_asked_of_the_staff_of_today():
    """A filter over the login of a member of staff would forget that the person has left: Staff.objects.of_user() does not."""
    asked = re.compile(
        r"(staff|instructor|assistant|substitute|teacher|coach|helper)__user=(user|request\.user)|Staff\.objects\.filter\(user="
    )
    files = [path for app in ROOT.glob("*/apps.py") for path in app.parent.rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT)}" for path in files if asked.search(path.read_text()) and "demo" not in path.parts
    ]
    assert len(files) > 300
    assert found == []


def test_a_row_that_names_a_guardian_is_that_guardians(afternoon, as_user):
    """Parents who live apart: each sees that the other collects; neither opens the other's number nor ends the row."""
    cast = afternoon
    rows = {row.guardian_id: row for row in cast.child.collectors.filter(kind="authorised")}
    if cast.father.pk not in rows:
        rows[cast.father.pk] = Collector.objects.create(
            student=cast.child,
            name=cast.father.name,
            relation="父亲",
            phone=cast.father.phone,
            guardian=cast.father,
            starts_on=TODAY,
            entered_by=cast.father.user,
        )
    aunt = Collector.objects.create(
        student=cast.child,
        name="姨母",
        relation="姨母",
        phone="19900000777",
        starts_on=TODAY,
        entered_by=cast.father.user,
    )
    client = as_user(cast.mother)
    listed = client.get(reverse("enrollment:collector_list", args=[cast.child.pk])).text
    for row, status in ((rows[cast.father.pk], 404), (rows[cast.mother.pk], 200), (aunt, 200)):
        for name in ("collector_edit", "collector_end"):
            url = reverse(f"enrollment:{name}", args=[row.pk])
            assert client.get(url).status_code == status
            assert (url in listed) == (status == 200)
    assert client.post(reverse("enrollment:collector_end", args=[rows[cast.father.pk].pk])).status_code == 404
    assert cast.father.phone not in listed
    rows[cast.father.pk].refresh_from_db()
    assert rows[cast.father.pk].ended_at is None
    assert (
        as_user(cast.office).get(reverse("enrollment:collector_edit", args=[rows[cast.father.pk].pk])).status_code
        == 200
    )
