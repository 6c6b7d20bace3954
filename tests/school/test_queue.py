"""The queue before the sign-in page."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD
from web import sign_in_queue as queue

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def clock(monkeypatch, settings):
    settings.SIGN_INS_PER_SECOND = 1
    cache.delete(queue.KEY)
    moment = {"now": 1_000_000_000_000}
    monkeypatch.setattr(queue, "now_ms", lambda: moment["now"])
    return moment


def names(response):
    return {template.name for template in response.templates}


def test_nobody_waits_on_a_quiet_evening(clock, db):
    for _ in range(3):
        assert "school/queue.html" not in names(Client().get(LOGIN))
        clock["now"] += 1000


def test_a_clock_that_was_ahead_and_is_put_right_shuts_nobody_out(clock, db):
    clock["now"] += 98 * 24 * 3600 * 1000
    Client().get(LOGIN)
    clock["now"] -= 98 * 24 * 3600 * 1000
    assert "school/queue.html" not in names(Client().get(LOGIN))


def test_who_comes_in_a_crowd_waits_in_turn_and_is_told_how_long(clock, cast):
    clients = [Client() for _ in range(6)]
    pages = [client.get(LOGIN) for client in clients]
    waits = [page.context["seconds"] if "school/queue.html" in names(page) else 0 for page in pages]
    assert waits == [0, 0, 0, 3, 4, 5]
    assert all(page.status_code == 200 for page in pages)
    assert pages[3].context["before"] == 3
    again = clients[3].get(LOGIN)  # looking again keeps the place
    assert again.context["seconds"] == 3
    clock["now"] += 1000
    assert "school/queue.html" not in names(clients[3].get(LOGIN))
    assert "school/queue.html" in names(clients[5].get(LOGIN))


def test_a_turn_lets_sign_in_and_a_wrong_password_does_not_queue_again(clock, cast):
    client = Client()
    client.get(LOGIN)
    for _ in range(20):
        Client().get(LOGIN)
    wrong = client.post(LOGIN, {"login": cast.mother.phone, "password": "wrong"})
    assert "school/queue.html" not in names(wrong)
    right = client.post(LOGIN, {"login": cast.mother.phone, "password": PASSWORD})
    assert right.status_code == 302


def test_a_signed_in_family_never_waits(clock, cast, as_user):
    for _ in range(20):
        Client().get(LOGIN)
    page = as_user(cast.mother).get(reverse("enrollment:family_tasks"))
    assert "school/queue.html" not in names(page)


def test_a_turn_cannot_be_written_by_hand(clock):
    for _ in range(20):
        Client().get(LOGIN)
    client = Client()
    client.cookies[queue.COOKIE] = "1"
    assert "school/queue.html" in names(client.get(LOGIN))
