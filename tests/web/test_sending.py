"""A form that is sent twice does its work once; a form that was refused, or says something else, loses nothing."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html

from fees.models import Entry
from tests.clubs.test_services import race
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
TEMPLATES = settings.BASE_DIR / "templates"


@pytest.fixture(autouse=True)
def nothing_sent_yet():
    cache.clear()


@pytest.fixture
def payment(cast, as_user):
    """(client of the office, address of the form, what is typed into it, with the key of the page)."""
    client, address = as_user(cast.office), reverse("fees:payment_add", args=[cast.child.pk])
    return client, address, typed(client, address)


def typed(client, address, **more):
    page = html.fromstring(client.get(address).content.decode())
    key = page.xpath("//main//form//input[@name='form_key']/@value")
    assert len(key) == 1
    return {"amount": "30.00", "day": TODAY.isoformat(), "method": "cash", "form_key": key[0]} | more


def amounts():
    return [-amount for amount in Entry.objects.order_by("pk").values_list("amount", flat=True)]


def test_the_same_form_sent_again_does_nothing_and_leads_to_the_same_page(payment):
    client, address, data = payment
    first, second = client.post(address, data), client.post(address, data, follow=True)
    assert amounts() == [30]
    assert second.redirect_chain == [(first.url, 302)]
    assert "没有重复办理" in second.content.decode()


def test_each_form_has_a_key_of_its_own(payment):
    client, address, data = payment
    other = typed(client, address, amount="7.50")
    assert other["form_key"] != data["form_key"]
    client.post(address, data)
    client.post(address, other)
    assert amounts() == [30, Decimal("7.50")]


def test_a_refused_form_keeps_its_key(payment):
    client, address, data = payment
    assert client.post(address, data | {"amount": "-1"}).status_code == 200
    assert client.post(address, data).status_code == 302
    assert amounts() == [30]


def test_a_refusal_that_leads_on_keeps_the_key_too(cast, as_user):
    """The account has nothing to give back; once it has, the same button works."""
    client, address = as_user(cast.office), reverse("fees:refund_ask", args=[cast.child.pk])
    data = typed(client, address)
    assert client.post(address, data | {"amount": "-1"}).status_code in (200, 302)
    Entry.objects.create(student=cast.child, term=cast.term, kind="payment", amount=-30, day=TODAY, by=cast.office.user)
    client.post(address, data)
    assert cast.child.fee_refunds.count() == 1


def test_other_values_under_a_used_key_are_asked_about_and_kept(payment):
    client, address, data = payment
    client.post(address, data)
    asked = client.post(address, data | {"amount": "12.00", "note": "第二个孩子<的>"})
    assert (asked.status_code, amounts()) == (409, [30])
    form = html.fromstring(asked.content.decode()).xpath("//main//form")[0]
    again = dict(form.fields)
    assert again["note"] == "第二个孩子<的>"
    assert again["form_key"] != data["form_key"]
    client.post(address, again)
    client.post(address, again)
    assert amounts() == [30, 12]


def test_a_key_belongs_to_one_person(payment, cast, as_user):
    client, address, data = payment
    client.post(address, data)
    assert as_user(cast.academic).post(address, data).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_one_moment_do_it_once(payment, cast):
    client, address, data = payment
    other = Client()
    other.cookies = client.cookies
    answers = race([lambda: client.post(address, data), lambda: other.post(address, data)])
    assert amounts() == [30]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url


def test_who_comes_while_the_first_is_worked_on_is_told(payment, monkeypatch):
    client, address, data = payment
    monkeypatch.setattr("web.sending.claim", lambda name: ("", ""))
    answer = client.post(address, data)
    assert (answer.status_code, amounts()) == (409, [])
    assert "正在办理" in answer.content.decode()


def test_every_form_that_writes_carries_the_key():
    bare = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for form in path.read_text().split("<form")[1:]
        if 'method="post"' in form.split(">")[0] and "csrf_token" not in form.split("</form")[0]
    ]
    assert bare == []
