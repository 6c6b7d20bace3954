"""The service worker in a real browser."""

import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERVES = "(navigator.serviceWorker.controller || {}).state === 'activated'"


def wait_for_the_worker(page):
    """The content policy forbids what Playwright's own waiting does."""
    until = time.monotonic() + 10
    while not page.evaluate(SERVES):
        assert time.monotonic() < until, "the service worker does not serve the page"
        page.wait_for_timeout(50)


def test_without_network_an_own_page_says_so(phone):
    phone.goto("/accounts/login/")
    wait_for_the_worker(phone)
    phone.expect_errors("ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    phone.goto("/board/")
    assert phone.get_by_role("heading").inner_text() == "没有网络"
    assert phone.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "512px"
    phone.context.set_offline(False)
    phone.get_by_role("link", name="再试一次").click()
    phone.get_by_role("heading", name="作业公示").wait_for()
