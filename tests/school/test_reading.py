"""The log of who opened what: its pages, and what is noticed of itself."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from school.inbox import tasks_for
from school.models import AccessLog, UnusualReading
from school.reading import WORDS
from school.services import log_access, log_export, look_into
from tests.conftest import make_student, records

pytestmark = pytest.mark.django_db
FIELDS = ["number", "phones"]


@pytest.fixture
def later(monkeypatch):
    def move(minutes):
        monkeypatch.setattr(timezone, "_shift", timezone._shift + dt.timedelta(minutes=minutes))

    return move


@pytest.fixture
def many(cast):
    return [make_student(f"学生{n}", cast.class_1, (cast.mother, "母亲")) for n in range(60)]


def opened(user, students, fields=FIELDS):
    for one in students:
        log_access(user=user, student=one, fields=fields)


def test_within_a_minute_it_is_one_look(cast, later):
    user = cast.homeroom.user
    opened(user, [cast.child, cast.child])
    assert AccessLog.objects.count() == 1
    opened(user, [cast.child], fields=["special_groups"])
    opened(cast.office.user, [cast.child])
    assert AccessLog.objects.count() == 3
    later(1)
    opened(user, [cast.child])
    assert AccessLog.objects.count() == 4


def test_fifty_children_within_an_hour_are_noticed_once(cast, many, later):
    opened(cast.homeroom.user, many[:49])
    assert not UnusualReading.objects.exists()
    later(50)
    opened(cast.homeroom.user, many[49:52])
    assert UnusualReading.objects.values_list("user", "children").get() == (cast.homeroom.user.pk, 52)
    title = tasks_for(cast.principal.user)[0].title
    assert title.startswith(f"{cast.homeroom.name}一小时内打开了 52 名学生的信息")
    assert not [task for task in tasks_for(cast.homeroom.user) if "一小时内" in task.title]


def test_over_the_day_nothing_is_unusual(cast, many, later):
    for start in range(0, 60, 20):
        opened(cast.homeroom.user, many[start : start + 20])
        later(61)
    assert not UnusualReading.objects.exists()


def test_an_office_works_through_lists(cast, many):
    opened(cast.office.user, many)
    assert not UnusualReading.objects.exists()


def test_somebody_else_looks_into_it_and_the_outcome_stays(cast, many, as_user):
    opened(cast.homeroom.user, many)
    reading = UnusualReading.objects.get()
    url = reverse("school:reading_look", args=[reading.pk])
    client = as_user(cast.principal)
    assert url in client.get(reverse("school:access_list")).content.decode()
    assert client.post(url, {"outcome": " "}).context["form"].errors["outcome"]
    assert client.post(url, {"outcome": "核对电话，已当面确认"}).url == reverse("school:access_list")
    reading.refresh_from_db()
    assert (reading.looked_into_by, reading.outcome) == (cast.principal.user, "核对电话，已当面确认")
    assert url not in client.get(reverse("school:access_list")).content.decode()
    with pytest.raises(ValidationError, match="已有同事核实"):
        look_into(reading=reading, outcome="再看", by=cast.office.user)
    with pytest.raises(DatabaseError), transaction.atomic():
        reading.delete()


def test_nobody_looks_into_the_own_reading(cast):
    reading = UnusualReading.objects.create(user=cast.office.user, children=300)
    with pytest.raises(ValidationError, match="由其他同事核实"):
        look_into(reading=reading, outcome="没事", by=cast.office.user)


def test_the_log_is_found_by_adult_child_kind_and_day(cast, as_user):
    opened(cast.homeroom.user, [cast.child, cast.other_child])
    log_export(user=cast.office.user, fields=["name", "number"], rows=180, reason="区里检查")
    client, url = as_user(cast.principal), reverse("school:access_list")
    today = timezone.localdate()

    def found(**query):
        return [(one.user.name, one.student and one.student.name) for one in records(client.get(url, query))]

    assert len(found()) == 3
    assert found(q=cast.child.name) == [(cast.homeroom.name, cast.child.name)]
    assert found(q=cast.office.name) == [(cast.office.name, None)]
    assert len(found(action="opened")) == 2
    assert found(first=(today + dt.timedelta(days=1)).isoformat()) == []
    page = client.get(url).content.decode()
    assert "学籍号、电话" in page
    assert "区里检查" in page


def test_a_family_reads_who_opened_what_of_its_own_children(cast, as_user):
    opened(cast.homeroom.user, [cast.child, cast.other_child])
    page = as_user(cast.mother).get(reverse("school:access_mine"))
    assert [(one.user, one.student) for one in records(page)] == [(cast.homeroom.user, cast.child)]
    assert [one.student for one in records(as_user(cast.other_mother).get(reverse("school:access_mine")))] == [
        cast.other_child
    ]
    assert as_user(cast.grandfather).get(reverse("school:access_mine")).status_code == 403


@pytest.mark.parametrize("page", ["access_list", "access_mine"])
def test_as_many_queries_with_one_line_as_with_three(cast, as_user, page):
    client = as_user(cast.principal if page == "access_list" else cast.mother)
    url, counts = reverse(f"school:{page}"), []
    for fields in (["number"], ["phones"], ["waiver"]):
        opened(cast.homeroom.user, [cast.child], fields=fields)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_every_field_that_is_logged_as_opened_has_a_word():
    """The literals of every call; a new one gets its word."""
    codes = set()
    for app in ("school", "enrollment", "clubs", "homework", "families", "safety", "fees"):
        for file in Path(app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "").startswith("log_access"):
                    fields = next(word.value for word in node.keywords if word.arg == "fields")
                    constants = (one.value for one in ast.walk(fields) if isinstance(one, ast.Constant))
                    codes |= {one for one in constants if isinstance(one, str)}
    assert len(codes) > 8
    assert codes <= set(WORDS)
