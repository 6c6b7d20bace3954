"""Walks in a real browser: teachers by phone, the academic office at a desk, a parent with and without a login."""

import datetime as dt

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from homework.models import ClassSheet, HomeworkItem, ParentReport, RecordSheet, Rectification
from homework.services import publish_sheet
from school.models import Lesson
from tests.conftest import TODAY
from tests.homework.routes import switch_on
from tests.homework.test_services import add

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DAY = TODAY.isoformat()


@pytest.fixture
def school(cast):
    cache.clear()
    switch_on()
    for number, subject in ((1, cast.chinese), (2, cast.maths)):
        Lesson.objects.create(school_class=cast.class_1, weekday=3, number=number, subject=subject)
    yield cast
    cache.clear()


def test_a_teacher_enters_an_ordinary_item_with_four_touches(school, phone, sign_in, overflows):
    """The next lesson has filled in class, subject and lesson: content, minutes, the day's statement, enter."""
    sign_in(phone, school.teacher.user)
    phone.goto(f"/homework/enter/?day={DAY}")
    expect(phone.locator("#left")).to_contain_text("还可布置 60 分钟")
    phone.locator("[name=content]").fill("口算一页")
    phone.locator("[name=minutes]").fill("20")
    expect(phone.locator("#left")).to_contain_text("还可布置 40 分钟")
    assert overflows(phone) <= 0
    phone.locator("[name=declared]").check()
    phone.get_by_role("button", name="录入").click()
    expect(phone.locator("main")).to_contain_text("已布置：三(1)班 数学 20 分钟")
    item = HomeworkItem.objects.get()
    assert (item.sheet.school_class, item.subject, item.lesson, item.kind) == (
        school.class_1,
        school.maths,
        2,
        "written",
    )


def test_the_bar_follows_a_colleague_and_a_refusal_keeps_what_was_typed(school, phone, sign_in):
    sign_in(phone, school.teacher.user)
    phone.goto(f"/homework/enter/?day={DAY}")
    phone.locator("[name=content]").fill("练习册两页")
    phone.locator("[name=minutes]").fill("30")
    expect(phone.locator("#left")).to_contain_text("还可布置 30 分钟")
    add(school, 50)
    expect(phone.locator("#left")).to_contain_text("超出 20 分钟", timeout=8000)
    expect(phone.locator("#left")).to_contain_text("语文 周婷 50")
    phone.locator("[name=declared]").check()
    phone.get_by_role("button", name="录入").click()
    expect(phone.locator("[role=alert]").first).to_contain_text("教基厅函〔2021〕13号")
    expect(phone.locator("[name=content]")).to_have_value("练习册两页")
    expect(phone.locator("[name=minutes]")).to_have_value("30")
    assert HomeworkItem.objects.count() == 1


def test_homeroom_teacher_gathers_cuts_and_passes_on_the_office_returns_and_publishes(
    school, phone, desktop, sign_in, overflows
):
    sign_in(phone, school.homeroom.user)
    phone.goto(f"/homework/classes/{school.class_1.pk}/{DAY}/all/")
    for subject, content, minutes in ((school.chinese, "抄写生字", "30"), (school.maths, "口算", "20")):
        phone.locator(f"[name=s{subject.pk}-content]").fill(content)
        phone.locator(f"[name=s{subject.pk}-minutes]").fill(minutes)
    phone.locator("[name=declared]").check()
    phone.get_by_role("button", name="全部布置").click()
    expect(phone.locator("main")).to_contain_text("已布置 2 条")
    phone.locator("li", has_text="抄写生字").get_by_role("link", name="调减").click()
    phone.locator("[name=minutes]").fill("15")
    phone.locator("[name=text]").fill("今天数学多")
    phone.get_by_role("button", name="调减").click()
    expect(phone.locator("main")).to_contain_text("由 30 分钟调减")
    assert overflows(phone) <= 0
    phone.get_by_role("button", name="统筹").click()
    expect(phone.locator("main")).to_contain_text("审核中")

    sign_in(desktop, school.academic.user)
    desktop.goto(f"/homework/?day={DAY}&status=turn")
    desktop.get_by_role("link", name="三(1)班").click()
    desktop.get_by_role("link", name="退回").click()
    desktop.get_by_label("不清楚、不完整").check()
    desktop.get_by_role("button", name="退回").click()
    expect(desktop.locator("main")).to_contain_text("不清楚、不完整")

    phone.reload()
    phone.get_by_role("button", name="统筹").click()
    desktop.goto(f"/homework/?day={DAY}&status=turn")
    desktop.locator(".row-select").check()
    desktop.locator(".action-bar button[type=submit]").click()
    expect(desktop.locator("main")).to_contain_text("已发布 1 份清单")
    assert ClassSheet.objects.get().is_published
    desktop.goto("/homework/load/")
    expect(desktop.locator("svg.heat")).to_contain_text("35")
    desktop.locator("svg.heat a").first.click()
    expect(desktop.locator("h1")).to_contain_text("三(1)班")


def test_a_parent_keeps_the_record_and_the_care_teacher_says_who_finished(school, phone, sign_in, overflows):
    item = add(school, 20, content="抄写生字")
    publish_sheet(sheet=item.sheet, by=school.academic.user)
    sign_in(phone, school.mother.user)
    phone.goto("/homework/records/")
    phone.locator(".card", has_text=school.child.name).get_by_role("link", name="去填写").click()
    phone.locator(f"[name=minutes-{item.pk}]").fill("25")
    phone.locator("label", has_text="在校完成").first.click()
    phone.locator("[name=bedtime]").fill("21:00")
    assert overflows(phone) <= 0
    phone.get_by_role("button", name="保存").click()
    expect(phone.locator("main")).to_contain_text("已保存")
    record = RecordSheet.objects.get()
    assert list(record.lines.values_list("minutes", "at_school")) == [(25, True)]

    sign_in(phone, school.teacher.user)
    phone.goto(f"/homework/finished/?day={DAY}")
    row = phone.locator(f"#finished-{school.class_1.pk}")
    row.get_by_text("90 %").click()
    row.get_by_text("10", exact=True).click()
    row.get_by_role("button", name="保存").click()
    expect(row.locator("h2")).to_contain_text("90 %")
    phone.goto("/homework/marking/")
    expect(phone.locator("main")).to_contain_text("没有内容")


def test_marking_is_one_tap(school, phone, sign_in):
    item = add(school, 20, content="抄写生字")
    publish_sheet(sheet=item.sheet, by=school.academic.user)
    sign_in(phone, school.homeroom.user)
    phone.goto("/homework/marking/")
    phone.get_by_role("button", name="已批").click()
    expect(phone.locator(".is-done")).to_have_count(2)
    item.marking.refresh_from_db()
    assert item.marking.marked_on == TODAY


def test_the_board_without_script_and_sign_in(school, browser, live_server, new_page, overflows):
    publish_sheet(sheet=add(school, 20, content="课文第三段").sheet, by=school.academic.user)
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"/board/?day={DAY}")
    expect(page.locator("main")).to_contain_text("课文第三段")
    page.get_by_role("link", name="三年级").click()
    page.get_by_role("link", name="本周", exact=True).click()
    expect(page.locator("h1")).to_contain_text("三(1)班")
    page.goto("/board/archive/?q=第三段")
    expect(page.locator("main")).to_contain_text("课文第三段")
    context.close()
    screen = new_page(1920, 1080)
    screen.goto(f"/board/screen/?day={DAY}")
    expect(screen.locator("main")).to_contain_text("课文第三段")
    assert overflows(screen) <= 0


def test_a_parent_reports_and_the_office_follows_it_up(school, phone, desktop, new_page, sign_in, overflows):
    add(school, 20, subject=school.maths)
    phone.goto("/board/report/")
    phone.locator("[name=school_class]").select_option(label="三(1)班")
    phone.locator("[name=day]").fill(DAY)
    phone.locator("[name=subject]").select_option(label="数学")
    phone.locator("[name=content]").fill("练习册四页")
    phone.locator("[name=minutes]").fill("90")
    assert overflows(phone) <= 0
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("main")).to_contain_text("谢谢")
    assert ParentReport.objects.get().state == "new"

    sign_in(desktop, school.academic.user)
    desktop.goto("/homework/reports/")
    desktop.locator(".row-select").check()
    desktop.get_by_role("button", name="计入", exact=True).click()
    desktop.goto(f"/homework/comparison/?day={DAY}")
    expect(desktop.locator("main")).to_contain_text("超过上限")
    desktop.get_by_role("link", name="三(1)班").click()
    desktop.get_by_role("link", name="下发通知书").click()
    desktop.locator("[name=subject]").select_option(label="数学")
    desktop.locator("[name=teacher]").select_option(label="吴海")
    desktop.locator("[name=finding]").fill("家长反映数学书面作业 90 分钟，清单为 20 分钟。")
    desktop.locator("[name=demand]").fill("按清单布置。")
    desktop.get_by_role("button", name="下发").click()
    desktop.locator("[name=text]").fill("已谈话，约定按清单布置。")
    desktop.get_by_role("button", name="保存").click()
    expect(desktop.locator("main")).to_contain_text("已谈话")
    desktop.get_by_text("公布班级和学科").click()
    desktop.get_by_role("button", name="确认公布").click()
    expect(desktop.locator("main")).to_contain_text("只显示班级和学科")
    notice = Rectification.objects.get()
    assert (notice.state, notice.teacher) == ("talked", school.teacher)
    public = new_page(360, 740, touch=True)
    public.goto("/board/checks/")
    expect(public.locator("main")).to_contain_text("三(1)班 数学")
    assert "吴海" not in public.content()
    assert notice.answer_by > TODAY + dt.timedelta(days=1)


def test_signed_out_meanwhile_the_form_stays(school, phone, sign_in):
    sign_in(phone, school.teacher.user)
    phone.goto(f"/homework/enter/?day={DAY}")
    phone.locator("[name=content]").fill("练习册两页")
    phone.context.clear_cookies()
    expect(phone.locator("#toasts")).to_contain_text("登录已过期", timeout=9000)
    expect(phone.locator("#left")).to_contain_text("还可布置 60 分钟")
    expect(phone.locator("[name=password]")).to_have_count(0)
    expect(phone.locator("[name=content]")).to_have_value("练习册两页")
