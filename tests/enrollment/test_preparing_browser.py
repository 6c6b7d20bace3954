"""The next term, from the first page to open sign-up, in as many presses as a person makes."""

from decimal import Decimal

from django.urls import reverse

from enrollment.models import Letter, ServiceOption
from fees.models import FeeNotice
from school.models import SchoolDay, Term


def test_the_next_term_is_prepared_in_twelve_presses(transactional_db, cast, offer, desktop, sign_in):
    ServiceOption.objects.update(fee_mode="day", fee_amount=Decimal("6.00"), fee_document="教财〔2026〕8号")
    presses = []

    def press(name, within="main"):
        presses.append(name)
        desktop.locator(within).get_by_role("link", name=name, exact=True).or_(
            desktop.locator(within).get_by_role("button", name=name, exact=True)
        ).first.click()

    def item(title):
        """Its button on the checklist."""
        presses.append(title)
        desktop.locator("main tr", has_text=title).get_by_role("link", name="去办理").click()

    sign_in(desktop, cast.office.user)
    desktop.goto(reverse("reports:office_today"))
    desktop.keyboard.press("Control+k")
    desktop.keyboard.type("学期准备", delay=30)
    desktop.locator("#nav-found a", has_text="学期准备").first.wait_for()
    presses.append("Enter")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**" + reverse("enrollment:term_preparation") + "**")
    press("新增学期")
    press("保存")
    press("从上学期复制设置")
    press("复制")
    item("告家长书")
    press("保存并发布")
    item("收费公示")
    press("发布")
    item("开放报名")
    press("开放报名")
    desktop.wait_for_url("**" + reverse("enrollment:term_preparation") + "**")
    term = Term.objects.get(half=2)
    option = ServiceOption.objects.get(term=term)
    assert SchoolDay.objects.of_term(term).count() == (term.ends_on - term.starts_on).days + 1
    assert Letter.objects.get(term=term).published_at
    assert FeeNotice.objects.get(option=option).published_at
    assert option.opens_at
    assert len(presses) <= 12, presses
