"""Browser tests: Debian's Chromium, driven by Playwright against pytest-django's live server.

    @pytest.mark.django_db(transaction=True)          # the server's thread must see the rows
    def test_guardian_sees_today(phone, teacher, sign_in):
        sign_in(phone, teacher)                       # a session cookie; no form, no password
        phone.goto("/")                               # relative to the live server
        expect(phone.get_by_role("heading", name="今天")).to_be_visible()

Fixtures: ``phone`` (360 x 740, touch) and ``desktop`` (1280 x 800) are Playwright pages in Chinese; ``new_page(width,
height, touch=False)`` opens more, each in a context of its own, so that two people can act in one test. ``sign_in(page,
user)`` signs somebody in. ``visit_all(page, urls)`` opens one after another. At the end of the test every page
must be free of console errors, script errors, content policy violations and failed requests; a test that expects one
(a refused form answers 403) calls ``page.expect_errors("403")``. ``overflows(page)`` is the number of pixels by which the
page is wider than its window (0 is right).

Where Chromium is missing the tests are skipped, except under CI, where that is an error.
"""

import os
import shutil
from importlib import import_module
from urllib.parse import urlsplit

import pytest

# Playwright's sync interface runs an event loop in this thread; Django would refuse its own queries for that.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class _Watch:
    """Collects what went wrong on one page."""

    def __init__(self, page):
        self.errors = []
        self.expected = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"script error: {error}"))
        page.on("requestfailed", self._failed)
        page.expect_errors = lambda *texts: self.expected.extend(texts)

    def _console(self, message):
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request):
        # Leaving a page stops its requests; that is no failure.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.errors.append(f"request failed: {request.url} {request.failure}")

    def unexpected(self):
        return [error for error in self.errors if not any(text in error for text in self.expected)]


@pytest.fixture
def new_page(browser, live_server):
    contexts, watches = [], []

    def open_page(width=1280, height=800, touch=False):
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=touch,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watches.append(_Watch(page))
        return page

    yield open_page
    for context in contexts:
        context.close()
    errors = [error for watch in watches for error in watch.unexpected()]
    assert errors == []


@pytest.fixture
def phone(new_page):
    return new_page(360, 740, touch=True)


@pytest.fixture
def desktop(new_page):
    return new_page(1280, 800)


@pytest.fixture
def sign_in(live_server):
    def sign_in(page, user):
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = user._meta.pk.value_to_string(user)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": session.session_key,
                    "domain": urlsplit(live_server.url).hostname,
                    "path": "/",
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    return sign_in


@pytest.fixture
def visit_all():
    def visit_all(page, urls):
        for url in urls:
            answer = page.goto(url)
            assert answer is not None and answer.ok, f"{url}: {answer and answer.status}"

    return visit_all


@pytest.fixture
def overflows():
    def overflows(page):
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    return overflows
