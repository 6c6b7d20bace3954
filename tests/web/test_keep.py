"""What somebody typed stays until the server has taken it: in this tab, for this person, for a day."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from lxml import html
from playwright.sync_api import expect

from clubs.models import Lecture
from school.models import Staff
from tests.conftest import PASSWORD, session_of
from web.sending import COOKIE

pytestmark = pytest.mark.django_db
browser_test = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFER = "/clubs/lectures/offer/"
RESTORED = "填写、还没有提交的内容已恢复"


def drafts(page):
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:'))")


def fill_in(page):
    page.locator("[name=topic]").fill("桥是怎样造的")
    page.locator("[name=about]").fill("我在工地上的一天")
    page.locator("[name=speaker]").fill("沈月")


def end_sessions():
    Session.objects.all().delete()
    cache.clear()


class TestInTheBrowser:
    pytestmark = browser_test

    @pytest.fixture
    def page(self, phone, sign_in, cast):
        """A guardian has filled in an offer and not sent it."""
        cache.clear()
        sign_in(phone, cast.mother.user)
        phone.goto(OFFER)
        fill_in(phone)
        return phone

    def test_it_is_there_again_and_can_be_discarded(self, page):
        page.reload()
        expect(page.get_by_text(RESTORED)).to_be_visible()
        assert page.locator("[name=about]").input_value() == "我在工地上的一天"
        page.get_by_role("button", name="不要了").click()
        assert page.locator("[name=about]").input_value() == ""
        page.reload()
        assert (page.locator("[name=about]").input_value(), drafts(page)) == ("", [])

    def test_a_session_that_ended_costs_nothing(self, page, cast):
        end_sessions()
        page.get_by_role("button", name="保存").click()
        page.wait_for_url("**/accounts/login/**")
        assert len(drafts(page)) == 1
        page.locator("[name=login]").fill(cast.mother.phone)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"**{OFFER}")
        assert page.locator("[name=about]").input_value() == "我在工地上的一天"
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("谢谢")).to_be_visible()
        assert (Lecture.objects.get().about, drafts(page)) == ("我在工地上的一天", [])
        page.goto(OFFER)
        assert page.locator("[name=about]").input_value() == ""

    def test_a_network_that_fails_costs_nothing(self, page):
        page.expect_errors("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
        page.context.set_offline(True)
        page.get_by_role("button", name="保存").click()
        page.wait_for_timeout(500)
        page.context.set_offline(False)
        page.goto(OFFER)
        assert page.locator("[name=topic]").input_value() == "桥是怎样造的"

    def test_a_refusal_shows_what_was_typed_and_keeps_it(self, page):
        page.locator("[name=grade_from]").fill("6")
        page.locator("[name=grade_to]").fill("1")
        page.get_by_role("button", name="保存").click()
        expect(page.locator(".invalid-feedback, .alert").first).to_be_visible()
        assert page.locator(".kept-notice").count() == 0
        page.goto(OFFER)
        assert page.locator("[name=grade_from]").input_value() == "6"

    def test_cancelling_is_no_draft(self, page):
        page.get_by_role("link", name="取消").click()
        assert drafts(page) == []

    def test_another_person_of_the_same_tab_reads_nothing_of_it(self, page, sign_in, cast):
        sign_in(page, cast.father.user)
        page.goto(OFFER)
        assert (page.locator("[name=about]").input_value(), drafts(page)) == ("", [])

    def test_signing_out_leaves_nothing(self, page):
        page.goto("/accounts/logout/")
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url("**/accounts/login/**")
        assert drafts(page) == []

    def test_after_a_day_it_is_gone(self, page):
        (name,) = drafts(page)
        page.evaluate(
            """(name) => { const draft = JSON.parse(sessionStorage.getItem(name));
               sessionStorage.setItem(name, JSON.stringify({...draft, at: draft.at - 25 * 3600 * 1000})); }""",
            name,
        )
        page.reload()
        assert (page.locator("[name=about]").input_value(), drafts(page)) == ("", [])

    def test_where_the_page_has_changed_since_nothing_is_put_over_it_unasked(self, desktop, sign_in, cast):
        cache.clear()
        sign_in(desktop, cast.office.user)
        url = reverse("school:staff_edit", args=[cast.teacher.pk])
        desktop.goto(url)
        desktop.locator("[name=title]").fill("语文教师")
        Staff.objects.filter(pk=cast.teacher.pk).update(name="周婷婷")
        desktop.goto(url)
        expect(desktop.get_by_text("这个页面之后有更新")).to_be_visible()
        assert desktop.locator("[name=title]").input_value() == ""
        desktop.get_by_role("button", name="显示出来").click()
        assert desktop.locator("[name=title]").input_value() == "语文教师"

    def test_ticks_that_were_taken_off_stay_off(self, phone, sign_in, cast, offer_of_care):
        cache.clear()
        sign_in(phone, cast.mother.user)
        phone.goto(offer_of_care)
        days = phone.locator("[name=weekdays]")
        before = [box.is_checked() for box in days.all()]
        assert True in before
        phone.evaluate("document.querySelector('[name=weekdays]:checked').click()")
        changed = [box.is_checked() for box in days.all()]
        phone.reload()
        assert [box.is_checked() for box in days.all()] == changed != before

    def test_a_roll_and_a_hand_over_keep_nothing(self, phone, sign_in, afternoon):
        session = session_of(afternoon.group, afternoon.first)
        sign_in(phone, afternoon.homeroom.user)
        for name in ("roll", "line"):
            phone.goto(reverse(f"safety:{name}", args=[session.pk]))
            phone.evaluate(
                """document.querySelectorAll("main form").forEach((form) =>
                   form.dispatchEvent(new Event("change", {bubbles: true})))"""
            )
        assert drafts(phone) == []


@pytest.fixture
def offer_of_care(cast, offer):
    return reverse("enrollment:apply", args=[offer.pk, cast.child.pk])


# --- what the server says ----------------------------------------------------------------------------------------


def sent(client, address, **typed):
    page = html.fromstring(client.get(address).content.decode())
    key = page.xpath("//main//form[@method='post']//input[@name='form_key']/@value")[0]
    answer = client.post(address, typed | {"form_key": key})
    return key, answer.cookies[COOKIE].value if COOKIE in answer.cookies else None


OFFERED = {"topic": "桥", "speaker": "沈月", "phone": "19900000101", "grade_from": 1, "grade_to": 6}


def test_what_was_done_is_told(cast, as_user):
    cache.clear()
    client = as_user(cast.mother)
    first, told = sent(client, OFFER, **OFFERED)
    assert told == first
    second, told = sent(client, OFFER, **OFFERED | {"topic": "塔"})
    assert told == f"{first}.{second}"


def test_a_refusal_and_a_way_to_the_sign_in_tell_nothing(cast, as_user):
    cache.clear()
    client = as_user(cast.mother)
    assert sent(client, OFFER, topic="桥")[1] is None
    key = "a" * 22
    client.logout()
    answer = client.post(OFFER, OFFERED | {"form_key": key})
    assert answer.url.startswith("/accounts/login/")
    assert COOKIE not in answer.cookies
    assert not Lecture.objects.exists()
