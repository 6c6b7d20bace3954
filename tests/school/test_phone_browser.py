"""The service worker in a real browser."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "caches.open('offline').then((kept) => kept.keys()).then((keys) => keys.length >= 2)"


def test_without_network_an_own_page_says_so(phone):
    phone.goto("/accounts/login/")
    phone.wait_for_function(KEPT)
    phone.goto("/accounts/login/")
    phone.expect_errors("ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    phone.goto("/board/")
    assert phone.get_by_role("heading").inner_text() == "没有网络"
    assert phone.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "512px"
    phone.context.set_offline(False)
    phone.get_by_role("link", name="再试一次").click()
    phone.get_by_role("heading", name="作业公示").wait_for()
