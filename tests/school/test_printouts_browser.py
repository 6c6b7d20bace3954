"""A paper that is waited for: followed on the page, opened at a desk, seen and saved on a phone."""

import pytest
from playwright.sync_api import expect

from school.services import printing
from school.services.printing import print_waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nobody_prints_yet(monkeypatch):
    """The worker is told and is busy: the test prints when it is time."""
    monkeypatch.setattr(printing.jobs, "send", lambda *arguments: None)


def ask_for_the_poster(page):
    page.goto("/prints/")
    page.get_by_role("link", name="样张 家长填报作业海报").click()
    expect(page.get_by_role("main")).to_contain_text("正在准备")


def test_a_desk_is_led_to_the_file(transactional_db, cast, desktop, sign_in):
    sign_in(desktop, cast.office.user)
    ask_for_the_poster(desktop)
    with desktop.expect_request("**/paper.pdf"):
        print_waiting()


def test_a_phone_sees_the_first_page_and_saves_the_file(transactional_db, cast, phone, sign_in, overflows):
    phone.context.set_extra_http_headers({"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger"})
    sign_in(phone, cast.office.user)
    ask_for_the_poster(phone)
    assert overflows(phone) == 0
    print_waiting()
    picture = phone.get_by_role("img", name="首页")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 1000
    assert overflows(phone) == 0
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="下载").click()
    assert saved.value.suggested_filename.endswith(".pdf")
