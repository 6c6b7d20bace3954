"""What the first page of each role costs, and that it is never behind one's own work."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from safety.services import ask_leave
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
