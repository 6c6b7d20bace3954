"""What is taken as a password, and what a change of it ends."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
CHANGE = "/accounts/password/change/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def change(client, new, old=PASSWORD):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def signs_in(user, password):
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("new", ["x1y2z", "password123", "12345678", "qwertyui"])
def test_a_short_or_common_password_is_refused(cast, as_user, new):
    assert change(as_user(cast.teacher), new).status_code == 200
    assert signs_in(cast.teacher.user, PASSWORD)


@pytest.mark.parametrize(
    "new", ["春天的雨落在操场上", "all small letters", "x" * 40 + "-" * 60, " a blank at both ends "]
)
def test_any_signs_are_taken_long_ones_too_and_each_counts(cast, as_user, new):
    assert change(as_user(cast.teacher), new).status_code == 302
    assert signs_in(cast.teacher.user, new)
    assert not signs_in(cast.teacher.user, new.strip() if new.strip() != new else new[:-1])
    assert not signs_in(cast.teacher.user, new.upper() if new.upper() != new else f"{new} ")


def test_who_changes_the_password_knows_the_old_one(cast, as_user):
    assert change(as_user(cast.teacher), "rain-on-the-yard-7", old="guessed-it").status_code == 200
    assert signs_in(cast.teacher.user, PASSWORD)


def test_a_new_password_ends_the_other_sessions(cast, client):
    here, there = Client(), Client()
    for one in (here, there):
        one.post(reverse("account_login"), {"login": cast.teacher.user.username, "password": PASSWORD})
    assert change(here, "rain-on-the-yard-7").status_code == 302
    assert here.get(reverse("safety:my_day")).status_code == 200
    assert there.get(reverse("safety:my_day")).status_code == 302


def test_signing_in_begins_another_session(cast):
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(reverse("account_login"), {"login": cast.mother.user.username, "password": PASSWORD})
    assert client.session.session_key != before


def test_a_device_that_is_lost_is_signed_out_from_another(cast):
    lost, mine = Client(), Client()
    for one in (lost, mine):
        one.post(reverse("account_login"), {"login": cast.mother.user.username, "password": PASSWORD})
        one.get(reverse("safety:family_today"))
    page = mine.get("/accounts/sessions/")
    assert len(page.context["sessions"]) == 2
    mine.post("/accounts/sessions/")
    assert lost.get(reverse("safety:family_today")).status_code == 302
    assert mine.get(reverse("safety:family_today")).status_code == 200
