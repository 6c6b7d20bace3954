"""The search by keyboard, and groups of pages that stay as they were left."""

import pytest
from django.urls import reverse

from enrollment.models import Application
from tests.conftest import make_student

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ctrl_k_two_letters_and_enter_lead_to_a_child(transactional_db, cast, desktop, sign_in):
    sign_in(desktop, cast.office.user)
    desktop.goto("/students/")
    desktop.keyboard.press("Control+k")
    desktop.keyboard.type("hxy", delay=30)
    desktop.locator("#nav-found a").first.wait_for()
    assert "韩小雨" in desktop.locator("#nav-found a").first.inner_text()
    # The first hit opens by Enter; the arrows lead to the others.
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


def test_a_cell_saves_itself_and_is_taken_back(transactional_db, cast, desktop, sign_in):
    sign_in(desktop, cast.office.user)
    desktop.goto("/rooms/")
    before = cast.hall.capacity
    field = desktop.locator(f"#cell-capacity-{cast.hall.pk} input[name='value']")
    field.fill("61")
    with desktop.expect_response("**/rooms/"):
        field.press("Tab")
    toast = desktop.locator(".toast-line")
    toast.wait_for()
    cast.hall.refresh_from_db()
    assert cast.hall.capacity == 61
    with desktop.expect_response("**/rooms/"):
        toast.get_by_role("button", name="撤销").click()
    desktop.wait_for_function(
        "([pk, value]) => document.querySelector(`#cell-capacity-${pk} input[name=value]`).value === String(value)",
        arg=[cast.hall.pk, before],
    )
    cast.hall.refresh_from_db()
    assert cast.hall.capacity == before
    field.fill("-2")
    with desktop.expect_response("**/rooms/"):
        field.press("Tab")
    wrong = desktop.locator(f"#cell-capacity-{cast.hall.pk} [role='alert']")
    wrong.wait_for()
    assert field.input_value() == "-2"


def test_behind_an_at_stand_the_colleagues(transactional_db, afternoon, desktop, sign_in):
    sign_in(desktop, afternoon.office.user)
    desktop.goto(reverse("clubs:club_detail", args=[afternoon.club.pk]))
    name = afternoon.homeroom.name
    desktop.locator("#comment-text").press_sequentially(f"请看 @{name[0]}", delay=20)
    desktop.locator(f"[data-comment-name='{name}']").click()
    assert desktop.locator("#comment-text").input_value() == f"请看 @{name} "
    desktop.locator("#comments").get_by_role("button", name="发送").click()
    desktop.wait_for_url("**#comments")
    assert f"请看 @{name}" in desktop.locator("#comments").inner_text()


def test_all_rows_of_all_pages_are_selected_at_once(transactional_db, cast, offer, desktop, sign_in):
    for n in range(70):
        make_student(f"孩子{n:02}", cast.class_1, number=f"G3301022017{n:08}")
    sign_in(desktop, cast.office.user)
    desktop.goto(reverse("enrollment:paper_list"))
    desktop.locator("[data-select-all]").check()
    counted = desktop.locator("[data-selected-count]")
    assert counted.inner_text() == "60"
    desktop.locator("[data-select-everything]").check()
    assert int(counted.inner_text()) > 60
    desktop.locator(".row-select").first.uncheck()
    assert counted.inner_text() == "59"
    # What is ticked on one page stays while one turns to the other.
    desktop.locator("[data-clear-selection]").click()
    assert desktop.locator(".action-bar").is_visible() is False
    # With the shift key all rows between two are ticked.
    desktop.locator(".row-select").nth(2).click()
    desktop.locator(".row-select").nth(9).click(modifiers=["Shift"])
    assert counted.inner_text() == "8"
    desktop.locator("[data-clear-selection]").click()
    desktop.locator(".row-select").nth(1).check()
    desktop.goto(reverse("enrollment:paper_list") + "?page=2")
    assert counted.inner_text() == "1"
    desktop.locator(".row-select").first.check()
    assert counted.inner_text() == "2"
    desktop.goto(reverse("enrollment:paper_list"))
    assert counted.inner_text() == "2"
    assert desktop.locator(".row-select").nth(1).is_checked()
    desktop.locator("[data-select-everything]").check()
    desktop.get_by_role("button", name="一起录入所选").click()
    desktop.wait_for_url("**/paper/**row=**")
    assert desktop.locator("main").inner_text().count("：签字人") == 60


def test_thirty_papers_are_entered_in_five_presses(transactional_db, cast, offer, desktop, sign_in):
    for n in range(40):
        make_student(f"孩子{n:02}", cast.class_1, (cast.mother, "母亲"), number=f"G3301022017{n:08}")
    sign_in(desktop, cast.office.user)
    desktop.goto(reverse("school:student_list"))
    desktop.keyboard.press("Control+k")
    desktop.keyboard.type("纸质报名表", delay=30)
    desktop.locator("#nav-found a", has_text="纸质").first.wait_for()
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")  # 1
    desktop.locator(".row-select").nth(3).click()  # 2
    desktop.locator(".row-select").nth(32).click(modifiers=["Shift"])  # 3
    desktop.get_by_role("button", name="一起录入所选").click()  # 4
    desktop.get_by_label("纸质件存放在哪里").fill("三(1)班 报名夹")
    desktop.get_by_role("button", name="录入这些申请").click()  # 5
    desktop.wait_for_url("**" + reverse("enrollment:paper_list"))
    assert Application.objects.filter(option=offer).count() == 30


def test_the_navigation_stays_while_the_page_scrolls(transactional_db, cast, desktop, sign_in):
    for n in range(30):
        make_student(f"孩子{n:02}", cast.class_1, number=f"G3301022017{n:08}")
    sign_in(desktop, cast.office.user)
    desktop.goto("/students/?per=100")
    desktop.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    assert desktop.evaluate("window.scrollY") > 500
    place = desktop.locator(".side-nav").bounding_box()
    assert place["y"] >= 0
    assert desktop.locator(".side-nav [data-search]").bounding_box()["y"] >= 0
