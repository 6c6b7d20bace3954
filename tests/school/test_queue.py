"""The queue before the sign-in page."""

import os
import time

import pytest
import redis
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from school.services import issue_codes
from tests.conftest import PASSWORD
from web import sign_in_queue as queue

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def clock(monkeypatch, settings):
    """One sign-in a second; two at once, since a wait of two seconds is not shown."""
    settings.SIGN_INS_PER_SECOND = 1
    keys = [f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}:{key}" for key in queue.KEYS]
    monkeypatch.setattr(queue, "KEYS", keys)
    store = redis.Redis.from_url(settings.REDIS_URL)
    moment = {"now": 1_000_000_000_000, "store": store}
    monkeypatch.setattr(queue, "now_ms", lambda: moment["now"])
    store.delete(*keys)
    yield moment
    store.delete(*keys)


def names(response):
    return {template.name for template in response.templates}


def waits(response):
    return "school/queue.html" in names(response)


def visitor(address="10.0.0.1"):
    return Client(REMOTE_ADDR=address)


def take(client, path=LOGIN):
    """What the page of the queue does by itself."""
    assert client.post(path, {"place": "1"}).url == path
    return client.get(path)


def crowd(size, address="10.0.0.1"):
    """Visitors who have taken a place, each with its page."""
    clients = [visitor(address) for _n in range(size)]
    return [(client, take(client)) for client in clients]


def test_nobody_waits_on_a_quiet_evening(clock):
    for _n in range(3):
        assert not waits(visitor().get(LOGIN))
        clock["now"] += 1000


def test_who_only_looks_takes_no_place(clock, cast):
    for _n in range(600):
        assert not waits(visitor("10.9.9.9").get(LOGIN))
    client = visitor()
    client.get(LOGIN)
    assert client.post(LOGIN, {"login": cast.mother.phone, "password": PASSWORD}).status_code == 302


def test_who_comes_in_a_crowd_waits_in_turn_and_is_told_how_long(clock):
    pages = crowd(6)
    told = [page.context["place"].seconds if waits(page) else 0 for _client, page in pages]
    assert told == [0, 0, 1, 2, 3, 4]
    assert all(page.status_code == 200 for _client, page in pages)
    assert pages[4][1].context["place"].before == 2
    client = pages[3][0]
    again = client.get(LOGIN)  # looking again keeps the place
    assert again.context["place"].seconds == 2
    clock["now"] += 2000
    assert not waits(client.get(LOGIN))
    assert waits(pages[5][0].get(LOGIN))


def test_who_looks_in_a_crowd_is_led_to_the_queue(clock):
    crowd(4)
    page = visitor().get(LOGIN)
    assert waits(page)
    assert (page.context["place"].before, page.context["place"].ticket) == (2, "")
    assert b"data-autosubmit" in page.content
    assert b'http-equiv="refresh"' not in page.content


def test_addresses_take_turns(clock):
    """A thousand places of one address are before nobody else's first."""
    crowd(1000, address="10.9.9.9")
    at_home = [take(visitor(f"10.0.0.{n}")) for n in range(1, 4)]
    assert [page.context["place"].before for page in at_home] == [0, 1, 2]
    at_school = crowd(3, address="10.0.1.1")
    assert [page.context["place"].before for _client, page in at_school] == [3, 5, 7]
    clock["now"] += 4_000
    assert [waits(client.get(LOGIN)) for client, _page in at_school] == [False, True, True]


def test_a_network_of_ipv6_is_one_address(clock):
    for n in range(30):
        take(visitor(f"2001:db8:1:1::{n:x}"))
    assert take(visitor("2001:db8:2:2::1")).context["place"].before == 0
    assert take(visitor("2001:db8:1:1::ffff")).context["place"].before > 20


def test_a_password_typed_before_the_crowd_came_is_asked_for_again(clock, cast):
    client = visitor()
    client.get(LOGIN)
    crowd(4)
    page = client.post(LOGIN, {"login": cast.mother.phone, "password": PASSWORD})
    assert waits(page)
    assert "密码还没有核对，轮到您时请再填一次" in page.content.decode()
    clock["now"] += 4000
    assert client.post(LOGIN, {"login": cast.mother.phone, "password": PASSWORD}).status_code == 302


def test_a_turn_lets_sign_in_and_a_wrong_password_does_not_queue_again(clock, cast):
    client, _page = crowd(1)[0]
    crowd(20)
    wrong = client.post(LOGIN, {"login": cast.mother.phone, "password": "wrong"})
    assert not waits(wrong)
    right = client.post(LOGIN, {"login": cast.mother.phone, "password": PASSWORD})
    assert right.status_code == 302


def test_wrong_passwords_take_moments_and_end_the_turn(clock, cast):
    client, _page = crowd(1)[0]
    other, page = crowd(4, address="10.0.0.2")[-1]
    assert page.context["place"].before == 2
    answers = [client.post(LOGIN, {"login": f"1990000{n:04}", "password": "guessed"}) for n in range(queue.TRIES + 1)]
    assert [waits(answer) for answer in answers] == [False] * queue.TRIES + [True]
    clock["now"] += 3000
    assert waits(other.get(LOGIN))  # four of the moments went to guesses
    clock["now"] += 4000
    assert not waits(other.get(LOGIN))


def test_a_turn_ends_by_itself(clock):
    client, _page = crowd(1)[0]
    clock["now"] += queue.VALID * 1000 + 1
    crowd(9)
    assert waits(client.get(LOGIN))


def test_a_queue_longer_than_an_hour_drops_who_stands_last_behind_itself(clock, monkeypatch):
    monkeypatch.setattr(queue, "LONGEST", 5)
    pages = [page for _client, page in crowd(20, address="10.9.9.9")]
    assert [page.context["place"].state for page in pages if waits(page)] == [0] * 5 + [-1] * 13
    home = take(visitor("10.0.0.1"))
    assert (home.context["place"].state, home.context["place"].before) == (0, 0)


def test_a_clock_that_was_ahead_and_is_put_right_shuts_nobody_out(clock):
    clock["now"] += 98 * 24 * 3600 * 1000
    crowd(2)
    clock["now"] -= 98 * 24 * 3600 * 1000
    client, _page = crowd(1)[0]
    clock["now"] += 2000
    assert not waits(client.get(LOGIN))


def test_activation_has_the_same_queue(clock):
    crowd(4)
    assert waits(visitor().get("/activate/"))
    assert take(visitor(), "/activate/").context["place"].before == 2


def test_a_signed_in_family_never_waits(clock, cast, as_user):
    crowd(20)
    assert not waits(as_user(cast.mother).get(reverse("enrollment:family_tasks")))


def test_a_turn_cannot_be_written_by_hand(clock):
    let_in, _page = crowd(1)[0]
    crowd(20)
    client = visitor()
    client.cookies[queue.COOKIE] = let_in.cookies[queue.COOKIE].value.split(":")[0]
    assert waits(client.get(LOGIN))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_takes_a_place_and_goes_on_by_itself_with_the_code_of_the_letter(clock, cast, phone, monkeypatch):
    code = issue_codes(guardians=[cast.mother], by=cast.office.user)[cast.mother]
    monkeypatch.setattr(queue, "now_ms", lambda: int(time.time() * 1000))
    crowd(4, address="127.0.0.1")
    phone.goto(f"/activate/#code={code}")
    expect(phone.get_by_role("heading", name="现在登录的家庭比较多")).to_be_visible()
    assert code not in phone.url
    expect(phone.locator("[name=code]")).to_have_value(code, timeout=30_000)
    phone.locator("[name=password]").fill("maple-leaf-42")
    phone.get_by_role("button", name="继续").click()
    expect(phone.get_by_text("欢迎您，沈月")).to_be_visible()
    assert phone.evaluate("sessionStorage.getItem('scanned')") is None
