"""What the first page of each role costs, and that it is never behind one's own work."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from enrollment.models import Collector
from reports.today import Kept, PastDay
from safety.services import ask_leave, name_proxy
from tests.conftest import TODAY
from web import caching

pytestmark = pytest.mark.django_db
MOST = 8
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def kept(settings):
    """What is so for seconds is kept, as in a school."""
    settings.BRIEF_CACHE_SECONDS = 10
    caching._values.clear()
    cache.clear()
    yield
    caching._values.clear()


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["mother", "homeroom", "office", "principal"])
def test_a_first_page_asks_at_most_eight_questions(happened, as_user, who):
    client = as_user(getattr(happened, who))
    path = client.get("/").url
    queries(client, path)
    assert queries(client, path) <= MOST


def test_a_family_asks_at_most_eight_once_the_school_s_own_facts_are_known(happened, as_user):
    queries(as_user(happened.mother), "/safety/family/")
    cache.set(f"waiting:{happened.other_mother.user_id}", 0)
    assert queries(as_user(happened.other_mother), "/safety/family/") <= MOST


def test_one_s_own_leave_stands_there_at_once(afternoon, as_user):
    client = as_user(afternoon.mother)
    text = "请假：11月19日 周四"
    assert text not in client.get("/safety/family/").content.decode()
    client.post(reverse("safety:leave_ask", args=[afternoon.child.pk]), {"day": str(TOMORROW), "reason": "发烧"})
    assert text in client.get("/safety/family/").content.decode()


def test_another_s_leave_stands_there_some_seconds_later(afternoon, as_user):
    client, text = as_user(afternoon.mother), "请假：11月19日 周四"
    client.get("/safety/family/")
    ask_leave(student=afternoon.child, day=TOMORROW, reason="发烧", by=afternoon.father.user)
    assert text not in client.get("/safety/family/").content.decode()
    caching._values.clear()
    assert text in client.get("/safety/family/").content.decode()


def test_the_bar_s_count_is_that_of_the_list(offer, cast, as_user):
    """A child for whom the family has not answered the letter waits, and no longer once it has: nothing asks twice."""
    client = as_user(cast.mother)
    assert count_in(client.get("/safety/family/")) == 2
    for child, left in ((cast.child, 1), (cast.sibling, 0)):
        client.post(reverse("enrollment:apply", args=[offer.pk, child.pk]), {"answer": "decline"})
        assert count_in(client.get("/safety/family/")) == left
    assert "现在没有待办" in client.get("/enrollment/family/").content.decode()


def count_in(answer):
    found = html.fromstring(answer.content).find_class("bottom-nav-count")
    return int(found[0].text) if found else 0


def test_reading_after_one_s_own_change_asks_no_more_than_a_first_reading(happened, as_user, settings):
    """What is asked once a page is asked once, whoever reads: not once for each session."""
    client = as_user(happened.duty_leader)
    first = queries(client, "/safety/day/")
    client.cookies[caching.COOKIE] = "1"
    assert queries(client, "/safety/day/") <= first


def test_a_proxy_whom_a_bar_keeps_away_is_not_named_to_the_family(afternoon, as_user):
    name_proxy(
        proxy=Collector(name="表叔", relation="亲戚", phone="19900000999", starts_on=TODAY, ends_on=TODAY),
        student=afternoon.child,
        by=afternoon.mother.user,
    )
    client = as_user(afternoon.mother)
    assert "今天由表叔" in client.get("/safety/family/").content.decode()
    Collector.objects.create(
        student=afternoon.child,
        name="表叔",
        relation="亲戚",
        kind=Collector.Kind.BARRED,
        document="裁定",
        starts_on=TODAY,
        entered_by=afternoon.office.user,
    )
    caching._values.clear()
    assert "今天由表叔" not in client.get("/safety/family/").content.decode()


@pytest.mark.parametrize(("days", "fetched"), [(0, 0), (1, 0), (2, 1)])
def test_a_chart_is_fetched_only_where_there_is_one_to_draw(cast, as_user, monkeypatch, days, fetched):
    """One day makes no line: a page that asked for its chart would ask again with each answer."""
    past = [PastDay(TODAY, "11-18", 3, 2, 3, 2, 1)] * days
    monkeypatch.setattr("reports.views.today.past_days", lambda day: Kept(past, timezone.now()))
    page = as_user(cast.principal).get("/reports/today/").content.decode()
    assert page.count("/reports/today/chart/attendance/") == fetched
    if fetched:
        drawn = as_user(cast.principal).get("/reports/today/chart/attendance/").content.decode()
        assert "<svg" in drawn and "data-hx-get" not in drawn
