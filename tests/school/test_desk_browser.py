"""The search by keyboard, and groups of pages that stay as they were left."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ctrl_k_two_letters_and_enter_lead_to_a_child(transactional_db, cast, desktop, sign_in):
    sign_in(desktop, cast.office.user)
    desktop.goto("/students/")
    desktop.keyboard.press("Control+k")
    desktop.keyboard.type("hxy", delay=30)
    desktop.locator("#nav-found a").first.wait_for()
    assert "韩小雨" in desktop.locator("#nav-found a").first.inner_text()
    desktop.keyboard.press("ArrowDown")
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    assert desktop.url.endswith(reverse("school:student_detail", args=[cast.child.pk]))
    desktop.keyboard.press("Control+k")
    desktop.keyboard.type("hxy", delay=30)
    desktop.locator("#nav-found a").first.wait_for()
    desktop.keyboard.press("Escape")
    assert desktop.locator("#nav-found a").count() == 0


def test_a_group_stays_open_as_it_was_left(transactional_db, cast, desktop, sign_in):
    sign_in(desktop, cast.office.user)
    desktop.goto("/students/")
    clubs = desktop.locator("[data-nav-group='clubs']")
    assert clubs.locator("ul").is_visible() is False
    clubs.locator("button").click()
    assert clubs.locator("ul").is_visible() is True
    desktop.goto("/rooms/")
    assert clubs.locator("ul").is_visible() is True
    clubs.locator("button").click()
    desktop.goto("/students/")
    assert clubs.locator("ul").is_visible() is False


def test_the_desk_fits_phone_and_desktop(transactional_db, cast, desktop, phone, sign_in, overflows):
    for page in (phone, desktop):
        sign_in(page, cast.office.user)
        for path in ("/to-do/", "/pages/signup/", "/search/?q=小", f"/students/{cast.child.pk}/"):
            page.goto(path)
            assert overflows(page) == 0, path
