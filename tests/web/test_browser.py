"""The scripts and the frame in a real browser, on the page of all components."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.urls"), pytest.mark.django_db(transaction=True)]

PAGE = "/styleguide/"


@pytest.fixture(autouse=True)
def debug(settings):
    settings.DEBUG = True


def test_no_page_is_wider_than_its_window(phone, desktop, overflows):
    for page in (phone, desktop):
        page.goto(PAGE)
        assert overflows(page) == 0


def test_a_dialog_opens_and_can_be_left(phone):
    phone.goto(PAGE)
    phone.get_by_role("link", name="退出社团").click()
    dialog = phone.get_by_role("dialog", name="让陈一诺退出篮球社团?")
    dialog.wait_for()
    assert phone.url.endswith(PAGE)
    dialog.get_by_role("button", name="取消").click()
    dialog.wait_for(state="hidden")


def test_without_script_the_dangerous_button_is_a_link(browser, live_server):
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto(PAGE)
    assert page.get_by_role("link", name="退出社团").get_attribute("href") == PAGE
    assert page.locator(".signature-pad").is_visible() is False
    assert page.locator(".action-bar").is_visible() is True
    page.context.close()


def test_a_finger_signs_and_can_begin_again(phone):
    phone.goto(PAGE)
    pad, field = phone.locator("canvas"), phone.locator("#id_signature")
    pad.scroll_into_view_if_needed()
    assert field.input_value() == ""
    box = pad.bounding_box()
    phone.mouse.move(box["x"] + 20, box["y"] + 30)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 150, box["y"] + 90, steps=8)
    phone.mouse.up()
    assert field.input_value().startswith("data:image/png;base64,")
    phone.get_by_role("button", name="重签").click()
    assert field.input_value() == ""


def test_selected_rows_bring_their_action_bar(desktop):
    desktop.goto(PAGE)
    bar = desktop.locator(".action-bar")
    assert bar.is_visible() is False
    desktop.locator(".row-select").first.check()
    assert bar.locator("[data-selected-count]").inner_text() == "1"
    desktop.locator("[data-select-all]").check()
    assert bar.locator("[data-selected-count]").inner_text() == "8"


def test_a_charts_table_is_one_tap_away(phone):
    phone.goto(PAGE)
    chart = phone.locator("figure.chart").first
    assert chart.get_by_role("table").is_visible() is False
    chart.get_by_text("表", exact=True).click()
    assert chart.get_by_role("cell", name="六年级").is_visible() is True
    assert chart.locator(".chart-drawing").is_visible() is False


def test_the_toast_offers_undo(phone, cast, sign_in, own_pages):
    sign_in(phone, cast.office.user)
    phone.goto(PAGE)
    phone.evaluate(
        """document.body.dispatchEvent(new CustomEvent("toast", {bubbles: true,
           detail: {text: "陈一诺:缺席", undo: {url: "/write/", target: "#figures"}}}))"""
    )
    toast = phone.locator(".toast-line")
    assert toast.inner_text().split("\n") == ["陈一诺:缺席", "撤销"]
    with phone.expect_response("**/write/") as answer:
        toast.get_by_role("button", name="撤销").click()
    assert answer.value.request.method == "POST"
    assert toast.is_visible() is False


def test_the_phones_menu_opens_without_script(browser, live_server, cast, sign_in, own_pages):
    own_pages("work", "Lists page", "list", roles={"service_office"}, group="clubs")
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="zh-CN"
    )
    page = context.new_page()
    sign_in(page, cast.office.user)
    page.goto("/")
    link = page.get_by_role("link", name="Lists page")
    assert link.is_visible() is False
    page.get_by_role("link", name="菜单和账号").click()
    assert link.is_visible() is True
    page.get_by_role("link", name="关闭菜单").click()
    assert link.is_visible() is False
    context.close()


def test_the_keyboard_reaches_the_content_first(desktop):
    desktop.goto(PAGE)
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.textContent") == "跳到正文"
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "content"


def test_enlarged_twice_the_bar_stands_at_the_end_of_the_page(phone):
    phone.goto(PAGE)
    assert phone.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--bottom-nav')") == "3.5rem"
    phone.set_viewport_size({"width": 180, "height": 370})
    assert phone.evaluate("getComputedStyle(document.querySelector('.top-bar')).position") == "static"
