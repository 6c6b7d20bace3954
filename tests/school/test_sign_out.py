"""After signing out nothing of a child is left in the browser."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.browser import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def remembering(browser, live_server):
    """A page of a browser that keeps pages for Back as people's browsers do; Playwright turns that off."""
    chromium = browser.browser_type.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield chromium.new_context(base_url=live_server.url, locale="zh-CN").new_page()
    chromium.close()


def test_back_shows_no_child_after_signing_out(cast, remembering, sign_in):
    page = remembering
    sign_in(page, cast.homeroom.user)
    page.goto(reverse("school:student_detail", args=[cast.child.pk]))
    assert "韩小雨" in page.content()
    # The session ends elsewhere too: another tab, another hand.
    page.goto(reverse("board:board"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate("history.back()")
    page.wait_for_timeout(1500)
    assert "韩小雨" not in page.content()
