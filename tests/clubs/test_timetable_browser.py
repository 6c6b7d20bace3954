"""The office moves a club in a real browser, by phone and at a desk."""

import pytest
from playwright.sync_api import expect

from clubs.models import ClubSlot, Unavailable
from clubs.services.timetable import propose_timetable
from school.models import Room

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def school(afternoon):
    afternoon.studio = Room.objects.create(name="舞蹈室", capacity=30)
    Unavailable.objects.create(term=afternoon.term, staff=afternoon.homeroom, weekday=3, reason="教研")
    propose_timetable(term=afternoon.term, by=afternoon.office.user, start="now")
    return afternoon


def test_a_day_at_a_time_by_phone(school, phone, sign_in, overflows):
    sign_in(phone, school.office.user)
    phone.goto("/clubs/timetable/?day=3")
    card = phone.locator(".timetable-day.is-shown .timetable-card")
    expect(card).to_contain_text("周婷此时不行（教研）")
    expect(phone.locator(".timetable-day:visible")).to_have_count(1)
    assert overflows(phone) <= 0
    card.get_by_role("button", name="固定", exact=True).click()
    expect(card.get_by_role("button", name="取消固定")).to_be_visible()
    card.get_by_role("link", name="移动").click()
    expect(phone.locator("main")).to_contain_text("每天有什么妨碍")
    assert overflows(phone) <= 0
    phone.get_by_label("时间").select_option(label="周四 第二节")
    phone.get_by_label("地点").select_option(label="舞蹈室（30）")
    phone.get_by_role("button", name="排在这里").click()
    expect(phone.locator(".timetable-day.is-shown")).to_contain_text("舞蹈室")
    phone.get_by_role("button", name="撤销").click()
    phone.get_by_role("link", name="周三 1").click()
    expect(card).to_contain_text("体育馆")


def test_the_whole_week_at_a_desk_is_published(school, desktop, sign_in, overflows):
    sign_in(desktop, school.office.user)
    desktop.goto("/clubs/timetable/")
    expect(desktop.locator(".timetable-day:visible")).to_have_count(5)
    assert overflows(desktop) <= 0
    desktop.get_by_role("link", name="移动").click()
    desktop.get_by_label("时间").select_option(label="周五 第二节")
    desktop.get_by_role("button", name="排在这里").click()
    desktop.get_by_role("link", name="发布").click()
    desktop.get_by_role("button", name="生效").click()
    expect(desktop.locator("main")).to_contain_text("课表已生效")
    assert ClubSlot.objects.get().weekday == 5
