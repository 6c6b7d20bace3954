"""The pages: what they show and do, and from whom money and waivers are hidden."""

import datetime as dt
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clubs.models import Club
from enrollment.defaults import new_letter
from enrollment.models import CareGroup, Enrolment, ServiceOption
from fees.balances import balance_of, term_sums
from fees.models import (
    AccountLine,
    BankFile,
    ChargeMonth,
    DistributionPlan,
    Entry,
    FeeNotice,
    FeeSettings,
    Refund,
    RefundRule,
    Roster,
    TermFunding,
    UncountedDay,
    Waiver,
)
from fees.pay_codes import pay_code
from fees.services import (
    ask_refund,
    ask_waiver,
    compare_roster,
    decide_refund,
    draft_notice,
    leave_out_days,
    lock_month,
    make_charges,
    make_roster,
    pay_refund,
    publish_notice,
    record_payment,
)
from safety.models import RollCall, Session
from safety.services import call_roll, plan_day
from school.models import AccessLog, SpecialGroup, SpecialGroupMembership, Term
from tests.conftest import TERM_START, TODAY, pdf_text, printed, records, session_of
from tests.fees.conftest import DAYS, OCTOBER, attend, charge, price
from tests.fees.test_money import book, paper, pay

pytestmark = pytest.mark.django_db
LISTS = [
    "charge_list",
    "account_list",
    "payment_list",
    "waiver_list",
    "refund_list",
    "class_balance",
    "purse",
]


@pytest.fixture
def charged(october):
    """October is charged and locked: 12 yuan for the child who was there on four days."""
    price(october, "day", "3.00", complaints="0571-0000000", basis="区发改委核定")
    attend(october, {october.child: "present", october.other_child: "absent"})
    october.month = charge(october)
    return october


def at(name, *arguments, **query):
    return reverse(f"fees:{name}", args=arguments, query=query or None)


def text_of(client, url):
    return "".join(pdf_text(printed(client, client.get(url))).split())


def shown(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_office_makes_looks_and_locks(october, as_user):
    price(october, "day", "3.00")
    attend(october, {october.child: "present"})
    leave_out_days(days=DAYS, reason="其他学生停课", by=october.office.user)
    client = as_user(october.office)
    preview = shown(client.get(at("month_make", "2026-10")))
    assert "¥12.00" in preview
    assert not ChargeMonth.objects.exists()
    page = shown(client.post(at("month_make", "2026-10"), follow=True))
    assert "4 天中到 4 天 × 3.00" in page
    month = ChargeMonth.objects.get()
    # What keeps it from being locked is said before the question.
    take_back = RollCall.objects.filter(student=october.child).first()
    RollCall.objects.filter(pk=take_back.pk).update(status="absent")
    refused = client.get(at("month_lock", month.pk))
    assert refused.status_code == 302
    assert "1 名学生的费用发生了变化" in shown(client.get(refused.url))
    RollCall.objects.filter(pk=take_back.pk).update(status="present")
    assert client.get(at("month_lock", month.pk)).status_code == 200
    assert "还没有处理" not in shown(client.post(at("month_lock", month.pk), follow=True))
    assert (balance_of(october.child), Entry.objects.count()) == (12, 1)
    assert client.post(at("month_make", "2026-10")).status_code == 302
    assert client.get(at("month_make", "gestern")).status_code == 404


def test_f2_is_said_on_the_page(october, as_user):
    price(october, "day", "3.00", publish=False)
    page = shown(as_user(october.office).get(at("month_make", "2026-10"), follow=True))
    assert "公示" in page
    assert "教育部等四部门" in page


def test_a_charge_leads_to_its_roll_calls(charged, as_user):
    pk = charged.month.charges.get(student=charged.child).pk
    office = shown(as_user(charged.office).get(at("charge_detail", pk)))
    rolls = [reverse("safety:roll", args=[call.session_id]) for call in charged.child.roll_calls.all()]
    assert len(rolls) == 4
    assert all(f'"{roll}"' in office for roll in rolls)
    family = shown(as_user(charged.mother).get(at("charge_detail", pk)))
    assert "4 天中到 4 天 × 3.00" in family
    assert not any(roll in family for roll in rolls)


@pytest.mark.parametrize("name", LISTS)
def test_lists_find_filter_and_go_out_with_a_reason(charged, as_user, name):
    pay(charged)
    client = as_user(charged.office)
    query = {"q": "韩小雨", "month": "2026-10", "status": ""} if name not in ("class_balance", "purse") else {}
    assert client.get(at(name, **query)).status_code == 200
    named = name not in ("class_balance", "purse")
    answer = client.post(at(name), {"action": "export", "reason": ""})
    assert (answer.status_code == 302) == named
    workbook = client.post(at(name, **query), {"action": "export", "reason": "月末核对"})
    assert workbook["Content-Type"].endswith("sheet")
    assert AccessLog.objects.filter(action="exported", reason="月末核对").count() == 1


def test_amounts_stay_numbers_in_a_workbook(charged, as_user):
    pay(charged)
    client = as_user(charged.office)
    for name, amounts in {"account_list": [12, 100, -88], "charge_list": [12, 0, 12]}.items():
        out = client.post(at(name, q="韩小雨", month="2026-10"), {"action": "export", "reason": "核对"})
        lines = openpyxl.load_workbook(io.BytesIO(b"".join(out))).active.iter_rows(values_only=True)
        assert amounts in [list(line[-3:]) for line in lines], name


def test_no_teacher_has_a_page_of_money(charged, as_user):
    """No arrears on a teacher's screen; the principal reads and changes nothing."""
    names = [*LISTS, "overview", "bank_list", "notice_list", "plan", "roster_list", "fee_settings"]
    for who in (charged.homeroom, charged.teacher, charged.academic, charged.duty_leader, charged.gate):
        client = as_user(who)
        assert {client.get(at(name)).status_code for name in names} == {403}
        if who is not charged.teacher:  # who is a father, too, and has his family's page
            assert "/fees/" not in client.get("/", follow=True).content.decode()
    client = as_user(charged.principal)
    allowed = {name for name in names if client.get(at(name)).status_code == 200}
    assert allowed == {*names} - {"bank_list", "waiver_list", "roster_list", "fee_settings"}
    assert client.post(at("month_make", "2026-11")).status_code == 403


def test_ground_and_evidence_are_seen_by_the_office_alone(charged, as_user):
    waiver = ask_waiver(
        student=charged.child,
        term=charged.term,
        ground="low_income",
        explanation="父亲住院",
        evidence=paper(),
        by=charged.mother.user,
    )
    client = as_user(charged.office)
    page = shown(client.get(at("waiver_detail", waiver.pk)))
    assert "父亲住院" in page
    assert "证明.png" in page
    answer = client.get(at("waiver_evidence", waiver.pk))
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (paper().read(), "image/jpeg")
    assert AccessLog.objects.filter(action="opened", student=charged.child, user=charged.office.user).count() == 2
    for who in (charged.homeroom, charged.principal, charged.academic, charged.other_mother, charged.grandfather):
        client = as_user(who)
        for name in ("waiver_detail", "waiver_evidence"):
            assert client.get(at(name, waiver.pk)).status_code == 403
        assert not Waiver.objects.visible_to(who.user).exists()
    of_child = reverse("school:student_detail", args=[charged.child.pk])
    assert waiver.get_ground_display() in shown(as_user(charged.office).get(of_child))
    for who in (charged.principal, charged.homeroom):
        page = as_user(who).get(of_child).text
        assert "减免" not in page and waiver.get_ground_display() not in page
    assert "父亲住院" not in shown(as_user(charged.father).get(at("family_fees")))


def test_a_guardian_asks_and_the_office_decides(charged, as_user):
    client = as_user(charged.mother)
    answer = client.post(
        at("waiver_ask", charged.child.pk), {"ground": "orphan", "evidence": SimpleUploadedFile("a.txt", b"text")}
    )
    assert "PDF" in shown(answer)
    client.post(at("waiver_ask", charged.child.pk), {"ground": "low_income", "explanation": "失业"})
    waiver = Waiver.objects.get()
    office = as_user(charged.office)
    data = {"decision": "grant", "share": "amount", "starts_on": "2026-10-01", "ends_on": "2027-01-20", "opinion": ""}
    assert "多少元" in shown(office.post(at("waiver_detail", waiver.pk), data))
    office.post(at("waiver_detail", waiver.pk), data | {"share": "half"})
    waiver.refresh_from_db()
    assert (waiver.status, waiver.share, waiver.decided_by) == ("granted", "half", charged.office.user)
    assert "减半" in shown(as_user(charged.mother).get(at("family_fees")))
    as_user(charged.office).post(at("waiver_end", waiver.pk), {"last_day": TODAY.isoformat()})
    waiver.refresh_from_db()
    assert waiver.ends_on == TODAY


def test_waivers_from_the_aid_list_are_granted_together(charged, as_user):
    client = as_user(charged.office)
    group = SpecialGroup.objects.get(name="家庭经济困难")
    SpecialGroupMembership.objects.create(student=charged.child, group=group)
    client.post(at("waiver_propose"))
    client.post(at("fee_settings"), {"source": "families", "aid_groups": [group.pk]})
    assert FeeSettings.load().aid_groups.get() == group
    assert TermFunding.objects.get().source == "families"
    client.post(at("waiver_propose"))
    client.post(at("waiver_list"), {"action": "grant", "row": [Waiver.objects.get().pk]})
    assert Waiver.objects.get().status == "granted"


def test_a_familys_page_and_statement(charged, as_user):
    pay(charged, "10", receipt_number="票 00123")
    page = shown(as_user(charged.mother).get(at("family_fees")))
    for words in ("4 天中到 4 天 × 3.00", "待缴：¥2.00", "票 00123", pay_code(charged.child), "韩小雪"):
        assert words in page
    assert "杨小帆" not in page
    statement = text_of(as_user(charged.father), at("family_statement", charged.child.pk))
    for words in ("韩小雨", "12.00", "-¥10.00", "尚待缴费：¥2.00", "票00123"):
        assert words in statement
    assert as_user(charged.other_mother).get(at("family_statement", charged.child.pk)).status_code == 404


def test_payments_by_hand_and_reversal(charged, as_user):
    client = as_user(charged.office)
    data = {"amount": "12", "day": TODAY.isoformat(), "method": "cash", "payer": "沈月"}
    assert "is-invalid" in shown(client.post(at("payment_add", charged.child.pk), data | {"amount": "-1"}))
    client.post(at("payment_add", charged.child.pk), data)
    entry = Entry.objects.get(kind="payment")
    assert "票据" in shown(client.get(at("payment_list", status="missing")))
    client.post(at("receipt_enter", row=entry.pk), {f"receipt_{entry.pk}": "票 5"})
    page = shown(client.get(at("account_detail", charged.child.pk)))
    assert "票 5" in page
    assert "无需缴费" in page
    client.post(at("entry_reverse", entry.pk), {"reason": ""})
    assert balance_of(charged.child) == 0
    client.post(at("entry_reverse", entry.pk), {"reason": "重复登记"})
    assert balance_of(charged.child) == 12
    pay(charged, "20")
    assert "已预缴" in shown(client.get(at("account_detail", charged.child.pk)))
    assert "预缴" in shown(client.get(at("refund_ask", charged.child.pk)))
    client.post(at("refund_ask", charged.child.pk), {"amount": "8"})
    refund = Refund.objects.get()
    client.post(at("refund_detail", refund.pk), {"decision": "approve"})
    assert "付款日期" in shown(client.get(at("refund_detail", refund.pk)))
    paid = {"method": "cash", "day": TODAY.isoformat(), "voucher": "付 9"}
    assert "is-invalid" in shown(client.post(at("refund_detail", refund.pk), paid))
    client.post(at("refund_detail", refund.pk), paid | {"amount": "8"})
    refund.refresh_from_db()
    assert (refund.status, balance_of(charged.child)) == ("paid", 0)
    assert "多缴" in shown(client.get(at("refund_list")))


def test_a_pile_of_receipts_is_entered_together(charged, as_user):
    """Numbers that follow each other; what is refused or asked about stays, with what was typed."""
    client = as_user(charged.office)
    first, second, third = pay(charged, "1"), pay(charged, "2"), pay(charged, "3", student=charged.sibling)
    listed = at("payment_list", status="missing")
    asked = client.post(listed, {"action": "enter", "row": [third.pk, first.pk, second.pk]})
    form = client.get(f"{asked.url}&first=票 0099").context["form"]
    assert [field.initial for field in form if field.name.startswith("receipt_")] == ["票 0099", "票 0100", "票 0101"]
    # In the order in which they stood in the list: the latest first.
    assert [payment.pk for payment in form.payments.values()] == [third.pk, second.pk, first.pk]
    fields = {one: f"receipt_{one.pk}" for one in (first, second, third)}
    page = shown(client.post(asked.url, {fields[third]: "票 0099", fields[second]: "票 0099", fields[first]: ""}))
    assert "已登记 1 张票据" in page
    assert fields[third] not in page
    assert "票据 票 0099 已登记在 韩小雪 名下" in page
    assert 'type="checkbox" name="another"' in page
    both = {fields[second]: "票 0100", fields[first]: "票 0100", "another": "on"}
    assert "该学生已登记过票据 票 0100" in shown(client.post(asked.url, both))
    client.post(asked.url, {fields[first]: "票 0099", "another": "on"})
    entered = dict(Entry.objects.receipts().values_list("pk", "receipt_number"))
    assert entered == {first.pk: "票 0099", second.pk: "票 0100", third.pk: "票 0099"}
    assert client.get(asked.url).url == listed


def test_a_refund_rule_without_effect_says_why(october, as_user):
    """Charged by the month: who left owes no later month, so that a share of the term's fee is nothing."""
    client = as_user(october.office)
    price(october, "month", "100")
    RefundRule.objects.create(term=october.term, kind="left_within", within=1, percent=50)
    assert "不起作用：没有按学期收费的项目" in shown(client.get(at("refund_list")))
    assert "不起作用：没有按学期收费的项目" in shown(client.get(at("notice_list")))
    page = client.post(at("refund_propose"), follow=True)
    assert "没有可退的" in shown(page)
    ServiceOption.objects.update(fee_mode="term")
    assert "不起作用" not in shown(client.get(at("refund_list")))


def test_a_published_notice_stands_with_its_amount_when_the_option_costs_more(october, as_user):
    price(october, "day", "4.50")
    ServiceOption.objects.update(fee_amount=5)
    page = shown(as_user(october.office).get(at("notice_list")))
    assert "¥4.50" in page
    assert "现价 ¥5，请发布新的公示" in page
    ServiceOption.objects.update(fee_amount=Decimal("4.50"))
    assert "请发布新的公示" not in shown(as_user(october.office).get(at("notice_list")))


def test_an_equal_payment_needs_a_tick(charged, as_user):
    client, address = as_user(charged.office), at("payment_add", charged.child.pk)
    data = {"amount": "0.01", "day": TODAY.isoformat(), "method": "cash", "payer": "沈月"}
    page = shown(client.get(address))
    assert 'type="hidden" name="another"' in page
    client.post(address, data)
    asked = shown(client.post(address, data | {"payer": "韩松"}))
    for words in ("再一笔", "0.01 元", "韩松", 'type="checkbox" name="another"'):
        assert words in asked
    assert balance_of(charged.child) == Decimal("11.99")
    client.post(address, data | {"another": "on"})
    assert balance_of(charged.child) == Decimal("11.98")


def test_days_without_a_roll_are_decided_on_a_page(october, as_user):
    price(october, "day", "3.00")
    attend(october, {october.child: "present"}, DAYS[:3])
    client = as_user(october.office)
    page = shown(client.get(at("month_make", "2026-10")))
    assert at("month_days", "2026-10") in page
    assert "生成草稿" not in page
    plan_day(day=DAYS[3])
    days = shown(client.get(at("month_days", "2026-10")))
    session = Session.objects.get(day=DAYS[3], period=october.first, care_group=october.group)
    assert reverse("safety:roll", args=[session.pk]) in days
    assert "10月15日 周四 · 3 名学生" in days
    data = {"days": [day.isoformat() for day in DAYS]}
    assert "is-invalid" in shown(client.post(at("month_days", "2026-10"), data))
    client.post(at("month_days", "2026-10"), data | {"reason": "秋游"})
    assert set(UncountedDay.objects.values_list("reason", "by")) == {("秋游", october.office.user.pk)}
    client.post(at("month_make", "2026-10"))
    assert ChargeMonth.objects.get().charges.get(student=october.child).due == 9


def test_the_sheet_and_the_draft_name_the_clubs_whose_fee_is_not_published(october, as_user):
    price(october, "month", "100")
    Club.objects.update(materials_fee=Decimal("25.50"))
    client = as_user(october.office)
    refused = shown(client.get(at("notice_sheet"), follow=True))
    assert "硬笔书法" in refused
    assert "硬笔书法" in shown(client.get(at("month_make", "2026-10")))
    assert as_user(october.mother).get(at("notice_sheet")).url == at("family_fees")
    notice = draft_notice(club=Club.objects.get(name="硬笔书法"))
    notice.document_number = "教财〔2020〕5号"
    publish_notice(notice=notice, by=october.office.user)
    Club.objects.exclude(pk=notice.club_id).update(materials_fee=0)
    sheet = text_of(as_user(october.office), at("notice_sheet"))
    assert sheet.count("月中加入或退出") == 1  # materials are collected once, at cost
    assert "25.50" in sheet
    ServiceOption.objects.update(fee_amount=120)
    assert as_user(october.office).get(at("notice_sheet")).status_code == 302


def test_a_bank_file_is_previewed_and_booked(charged, as_user):
    client = as_user(charged.office)
    bad = SimpleUploadedFile("流水.xlsx", b"nothing")
    assert "xlsx" in shown(client.post(at("bank_list"), {"file": bad}))
    data = book(("2026-11-02", 12, "沈某", pay_code(charged.child), "", "1"), ("2026-11-02", 7, "路人", "", "", "2"))
    client.post(at("bank_list"), {"file": SimpleUploadedFile("流水.xlsx", data)})
    file = BankFile.objects.get()
    assert "没有学生符合" in shown(client.get(at("bank_detail", file.pk)))
    line = file.lines.get(amount=7)
    assert "韩小雪" in shown(client.get(at("bank_line", line.pk, q="韩小")))
    client.post(at("bank_detail", file.pk))
    assert (balance_of(charged.child), balance_of(charged.sibling)) == (0, 0)
    # Whose the other one is turns out later.
    assert at("bank_line", line.pk) in shown(client.get(at("bank_detail", file.pk)))
    assert "份银行流水待确认" not in shown(client.get(reverse("school:inbox")))
    client.post(at("bank_line", line.pk, q="韩小"), {"student": charged.sibling.pk})
    assert "1 份银行流水待确认" in shown(client.get(reverse("school:inbox")))
    client.post(at("bank_detail", file.pk))
    client.post(at("bank_detail", file.pk))
    assert at("bank_line", line.pk) not in shown(client.get(at("bank_detail", file.pk)))
    assert (balance_of(charged.child), balance_of(charged.sibling)) == (0, -7)
    again = client.post(at("bank_list"), {"file": SimpleUploadedFile("流水.xlsx", data)}, follow=True)
    assert "以前上传过" in shown(again)


def test_notices_rules_and_the_sheet_for_the_wall(october, as_user):
    client = as_user(october.office)
    price(october, "month", "100", publish=False)
    data = {
        "document_number": "区发改〔2026〕8号",
        "basis": "按成本核定",
        "partial_month": "days",
        "payee": "committee",
        "applies_from": "2026-09-01",
    }
    add = at("notice_add", "option", october.option.pk)
    refused = shown(client.post(add, data | {"publish": "1"}))
    assert "费用缴入学校账户" in refused
    assert "区发改〔2026〕8号" in refused
    client.post(add, data | {"payee": "school"})
    notice = FeeNotice.objects.get()
    october.option.fee_amount = 110  # a draft follows the option until it is published
    october.option.save()
    client.post(at("notice_edit", notice.pk), data | {"payee": "school", "publish": "1"})
    notice.refresh_from_db()
    assert notice.published_by == october.office.user
    assert "不能更改" in shown(client.get(at("notice_edit", notice.pk)))
    client.post(
        at("rule_add"), {"kind": "left_within", "within": 3, "unit": "months", "percent": 50, "document": "校务会"}
    )
    assert str(RefundRule.objects.get()) == "3个月内退出：退还 50%"
    assert "100" in shown(client.post(at("rule_add"), {"kind": "cancelled", "unit": "days", "percent": 0}))
    sheet = text_of(as_user(october.mother), at("notice_sheet"))
    assert as_user(october.homeroom).get(at("notice_sheet")).status_code == 403
    for words in ("收费公示", "¥110.00", "区发改〔2026〕8号", "月中加入或退出：按天折算"):
        assert words in sheet
    assert "退还50%" not in sheet  # charged by the month: the rule would give nothing back


def test_waivers_of_a_draft_are_not_summed_before_it_is_charged(october, as_user):
    price(october, "month", "100")
    Waiver.objects.create(
        student=october.child, starts_on=OCTOBER, ends_on=TODAY, status="granted", asked_by=october.office.user
    )
    charge(october, lock=False)
    assert term_sums(october.term)["waived"] == {"total": 0, "n": 0}
    charge(october)
    assert term_sums(october.term)["waived"] == {"total": 100, "n": 1}
    assert term_sums(october.term)["charged"] == 200


def test_overview_and_classes_in_sums(charged, as_user):
    pay(charged, "5")
    page = shown(as_user(charged.principal).get(at("overview")))
    for words in ("¥12.00", "¥5.00", "¥7.00", "2026年10月"):
        assert words in page
    classes = shown(as_user(charged.principal).get(at("class_balance")))
    assert "三(1)班" in classes
    assert "韩小雨" not in classes


def test_income_spending_and_the_plan(charged, as_user):
    client = as_user(charged.office)
    data = {"purpose": "labour", "amount": "50", "day": TODAY.isoformat(), "document": "凭 7", "note": "9月"}
    assert "不足" in shown(client.post(at("purse_add"), data))
    client.post(at("purse_add"), data | {"purpose": "grant", "amount": "80", "document": "凭 6"})
    client.post(at("purse_add"), data)
    assert "¥30.00" in shown(client.get(at("purse")))
    client.post(at("purse_reverse", AccountLine.objects.get(purpose="labour").pk), {"reason": "重复"})
    assert "¥80.00" in shown(client.get(at("purse")))
    client.post(at("plan"), {"text": "劳务八成，用品二成"})
    client.post(at("plan_step"), {"kind": "1_drafted", "day": TODAY.isoformat(), "note": "领导小组会议"})
    assert DistributionPlan.objects.get().steps.get().by == charged.office.user
    assert "前面还有一步" in shown(client.post(at("plan_step"), {"kind": "5_approved", "day": TODAY.isoformat()}))
    assert "领导小组会议" in shown(as_user(charged.principal).get(at("plan")))


def test_rosters_are_frozen_compared_settled_and_printed(october, as_user):
    make_roster(first=OCTOBER, by=None)
    roster = Roster.objects.get()
    attend(october, {october.child: "present", october.other_child: "absent", october.sibling: "present"})
    Enrolment.objects.filter(student=october.child).update(ends_on="2026-10-14")
    assert [compare_roster(roster=roster) for _twice in range(2)] == [3, 3]
    kinds = dict(roster.differences.values_list("student__name", "kind"))
    assert kinds == {"韩小雨": "ended", "杨小帆": "never_there", "韩小雪": "not_enrolled"}
    client = as_user(october.office)
    page = shown(client.get(at("roster_differences", roster.pk)))
    assert "从未到过" in page
    rows = list(roster.differences.values_list("pk", flat=True))
    settle = {"action": "settle", "row": rows[:1], "settlement": "explained", "note": ""}
    assert "请写明情况" in shown(client.post(at("roster_differences", roster.pk), settle))
    client.post(at("roster_differences", roster.pk), settle | {"note": "转学"})
    assert roster.differences.filter(settled_by=october.office.user).count() == 1
    assert compare_roster(roster=roster) == 2
    assert roster.lines.count() == 3
    sheet = text_of(client, at("roster_sheet", roster.pk, october.group.pk))
    assert "杨小帆" in sheet
    assert "2026年10月" in sheet
    assert "3" in shown(client.get(at("roster_list")))
    client.post(at("roster_make"))
    client.post(at("roster_compare", Roster.objects.get(first="2026-11-01").pk))
    assert Roster.objects.count() == 2


def test_a_child_that_changed_its_days_stands_once_on_list_and_paper(october, as_user):
    first = october.child.enrolments.get()
    Enrolment.objects.filter(pk=first.pk).update(ends_on=OCTOBER.replace(day=14))
    Enrolment.objects.create(
        application=first.application,
        option=first.option,
        student=first.student,
        weekdays=[2],
        starts_on=OCTOBER.replace(day=15),
    )
    roster = make_roster(first=OCTOBER, by=None)
    client = as_user(october.office)
    assert roster.lines.filter(student=first.student).count() == 2
    page = client.get(at("roster_detail", roster.pk))
    listed = records(page)
    assert len(listed) == len({line.student_id for line in listed}) == 3
    row = next(line for line in listed if line.student_id == first.student_id)
    assert (row.starts_on, row.last_day) == (TERM_START, None)
    assert "10-15起周二" in shown(page)
    out = client.post(at("roster_detail", roster.pk), {"action": "export", "reason": "月末核对"})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(out))).active.iter_rows(values_only=True))
    assert sum(october.child.name in row for row in rows) == 1
    # The number beside the group is the number of rows.
    assert [group["n"] for group in page.context["groups"]] == [3]
    sheet = text_of(client, at("roster_sheet", roster.pk, october.group.pk))
    assert (sheet.count(october.child.name), re.search(r"3\s*名", sheet) is not None) == (1, True)


def test_refunds_are_proposed_from_the_page(charged, as_user):
    pay(charged, "50")
    Enrolment.objects.filter(student=charged.child).update(ends_on="2026-10-31")
    as_user(charged.office).post(at("refund_propose"))
    assert Refund.objects.get().kind == "overpaid"
    assert Decimal("-38.00") == balance_of(charged.child)


def test_a_child_whose_group_joined_another_one_is_in_its_own(october):
    """A session that joined another is called there: no difference between roster and roll calls."""
    make_roster(first=OCTOBER, by=None)
    roster = Roster.objects.get()
    other = CareGroup.objects.create(term=october.term, name="三年级合班", grade=3)
    day = DAYS[0]
    plan_day(day=day)
    own = session_of(october.group, october.first, day)
    host = Session.objects.create(day=day, period=october.first, care_group=other, staff=october.teacher)
    Session.objects.filter(pk=own.pk).update(merged_into=host)
    everybody = [line.student_id for line in roster.lines.all()]
    call_roll(session=host, marks=dict.fromkeys(everybody, "present"), by=october.teacher.user)
    assert compare_roster(roster=roster) == 0
    Session.objects.filter(pk=own.pk).update(merged_into=None)
    assert compare_roster(roster=roster) == len(everybody)


def test_what_came_in_is_the_sum_of_its_rows_and_what_went_back_stands_beside_it(charged, as_user):
    """The tile leads to the payments; a refund that was paid out is named, on the overview and on the account."""
    for amount in ("100.00", "50.00"):
        record_payment(
            student=charged.child,
            term=charged.term,
            amount=Decimal(amount),
            day=TODAY,
            method="cash",
            by=charged.office.user,
        )
    refund = ask_refund(student=charged.child, term=charged.term, by=charged.office.user)
    decide_refund(refund=refund, approve=True, opinion="", by=charged.office.user)
    pay_refund(refund=refund, method="cash", day=TODAY, voucher="TF1", by=charged.office.user, amount=Decimal("20.00"))
    sums = term_sums(charged.term)
    assert (sums["received"], sums["given_back"]) == (Decimal("150.00"), Decimal("20.00"))
    rows = records(as_user(charged.office).get(reverse("fees:payment_list")))
    assert -sum(row.amount for row in rows) == sums["received"]
    assert "已退 ¥20.00" in as_user(charged.office).get(reverse("fees:overview")).content.decode()
    assert "退还家长" in as_user(charged.office).get(reverse("fees:purse")).content.decode()


def test_locking_says_what_is_locked_and_what_is_not_decided(october, as_user):
    """The sums of the draft and waivers that wait; a waiver granted for a locked month says when it is taken off."""
    price(october, "day", "3.00")
    attend(october, {october.child: "present", october.other_child: "present"})
    leave_out_days(days=DAYS, reason="其他学生停课", by=october.office.user)
    october.month, charged, child = make_charges(first=OCTOBER, by=october.office.user), october, october.child
    waiver = ask_waiver(
        student=child, term=charged.term, ground="low_income", explanation="", evidence=None, by=charged.mother.user
    )
    page = shown(as_user(charged.office).get(reverse("fees:month_lock", args=[charged.month.pk])))
    assert "应收 ¥" in page
    assert "还有 1 项减免未审核" in page
    lock_month(month=october.month, by=october.office.user)
    post = {
        "decision": "grant",
        "share": "full",
        "starts_on": OCTOBER.isoformat(),
        "ends_on": charged.term.ends_on.isoformat(),
        "opinion": "",
    }
    answer = as_user(charged.office).post(reverse("fees:waiver_detail", args=[waiver.pk]), post, follow=True)
    assert "2026年10月已锁定" in shown(answer)


def test_fees_of_a_coming_term_are_published_from_its_options(charged, as_user):
    """The list of options leads to the notice; the notices of that term stand under its own address."""
    spring = Term.objects.create(school_year=2026, half=2, starts_on=dt.date(2027, 2, 22), ends_on=dt.date(2027, 7, 2))
    option = ServiceOption.objects.create(
        term=spring,
        name="春季托管",
        weekdays=[1],
        fee_mode="day",
        fee_amount=Decimal("6.00"),
        starts_on=spring.starts_on,
        ends_on=spring.ends_on,
    )
    address = reverse("fees:notice_add", args=["option", option.pk])
    listed = as_user(charged.office).get(reverse("enrollment:option_list"), {"term": spring.pk})
    assert f'href="{address}"' in listed.content.decode()
    assert "春季托管" in shown(as_user(charged.office).get(reverse("fees:notice_list"), {"term": spring.pk}))
    assert "春季托管" not in shown(as_user(charged.office).get(reverse("fees:notice_list")))
    assert new_letter(spring).cost == "春季托管：¥6（按出勤天数）。"
    assert (
        new_letter(
            Term.objects.create(school_year=2027, half=1, starts_on=dt.date(2027, 9, 1), ends_on=dt.date(2028, 1, 20))
        ).cost
        == "免费。"
    )
