"""A guardian on the phone: what is missing is marked, what was typed stays, the answer arrives."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_guardian_fills_in_the_survey(phone, sign_in, overflows, cast, intention):
    sign_in(phone, cast.mother.user)
    phone.goto(reverse("surveys:survey_fill", args=[intention.pk, cast.child.pk]))
    phone.locator("label", has_text="需要参加").click()
    phone.locator("textarea").fill("孩子乘校车")
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator(".survey-error")).to_have_count(2)
    assert (phone.locator("textarea").input_value(), overflows(phone)) == ("孩子乘校车", 0)
    phone.locator("label", has_text="父母").first.click()
    phone.locator("label", has_text="17:30 前").click()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢，您为 韩小雨 填写的答卷已经收到。")).to_be_visible()
    assert "孩子乘校车" in Sheet.objects.get().answers.values()
