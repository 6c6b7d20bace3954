"""A month's charges: what they are computed from, publication first, drafts, locks, corrections."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from clubs.models import Club
from enrollment.models import ChangeRequest, Enrolment, ServiceOption
from enrollment.services import end_enrolment
from enrollment.services.changing import change_days
from fees.balances import balance_of
from fees.explaining import explain
from fees.models import Charge, ChargeMonth, Entry, FeeNotice, Roster, TermFunding, UncountedDay, Waiver
from fees.scale import published_of
from fees.services import (
    compare_roster,
    decide_waiver,
    draft_notice,
    leave_out_days,
    lock_month,
    make_charges,
    make_roster,
    open_days,
    plan_charges,
    publish_notice,
    settle_differences,
)
from fees.tasks import begin_month
from safety.models import RollCall
from safety.services import call_roll, plan_day
from school.models import PolicyRule, SchoolDay, Term
from tests.clubs.test_services import race
from tests.conftest import TERM_START, TODAY, session_of, take
from tests.fees.conftest import DAYS, NOVEMBER, OCTOBER, attend, charge, price
from tests.property import examples

pytestmark = pytest.mark.django_db


def dues(month):
    return dict(month.charges.values_list("student__name", "due"))


def planned(first):
    return {line.student: line.due for line in plan_charges(first)}


def test_by_the_day_each_day_there_is_charged_and_explained(october):
    price(october, "day", "3.00")
    attend(october, {october.child: "present", october.other_child: "absent"}, DAYS[:3])
    attend(october, {october.child: "leave"}, DAYS[3:])
    month = charge(october, lock=False)
    assert dues(month) == {"韩小雨": Decimal("9.00"), "杨小帆": 0, "吴小舟": 0}
    assert explain(month.charges.get(student=october.child)) == "4 天中到 3 天 × 3.00"


def test_by_the_period_each_period_there_is_charged(october):
    price(october, "period", "3.00")
    attend(october, {october.child: "present"}, DAYS[:2], periods=("first", "second"))
    attend(october, {october.child: "present"}, DAYS[2:])
    assert dues(charge(october, lock=False))["韩小雨"] == Decimal("18.00")


def test_only_the_periods_of_the_service_are_charged(october):
    """All, where it names none."""
    price(october, "period", "3.00")
    attend(october, {october.child: "present"}, DAYS[:1], periods=("first", "second"))
    october.option.periods.set([october.first])
    assert planned(OCTOBER)[october.child.pk] == 3
    october.option.periods.clear()
    assert planned(OCTOBER)[october.child.pk] == 6


def test_a_day_without_a_roll_call_is_decided_by_the_office_before_the_draft(october):
    price(october, "day", "3.00")
    attend(october, {october.child: "present", october.other_child: "absent"}, DAYS[:3])
    lines = plan_charges(OCTOBER)
    assert open_days(lines, OCTOBER) == {DAYS[0]: 1, DAYS[1]: 1, DAYS[2]: 1, DAYS[3]: 3}
    with pytest.raises(ValidationError, match="10月15日"):
        make_charges(first=OCTOBER, by=october.office.user)
    assert not Charge.objects.exists()
    with pytest.raises(ValidationError, match="原因"):
        leave_out_days(days=DAYS, reason=" ", by=october.office.user)
    assert leave_out_days(days=DAYS[:3], reason="春游", by=october.office.user) == 3
    assert leave_out_days(days=DAYS, reason="停电", by=october.office.user) == 1
    row = make_charges(first=OCTOBER, by=october.office.user).charges.get(student=october.child)
    assert row.due == 9
    assert explain(row) == "3 天中到 3 天 × 3.00 · 1 天没有点名，不计入"


def test_a_roll_made_up_counts_on_a_day_that_was_left_out(october):
    price(october, "day", "3.00")
    leave_out_days(days=DAYS, reason="停电", by=october.office.user)
    attend(october, {october.child: "present"}, DAYS[:1])
    assert dues(charge(october, lock=False))["韩小雨"] == 3


def test_days_left_out_earlier_are_not_counted_among_those_decided_now(october):
    by = october.office.user
    assert leave_out_days(days=DAYS[:1], reason="停电", by=by) == 1
    assert leave_out_days(days=DAYS[1:], reason="停课", by=by) == 3
    assert leave_out_days(days=DAYS, reason="停课", by=by) == 0
    assert set(UncountedDay.objects.filter(reason="停电").values_list("day", flat=True)) == {DAYS[0]}


def test_today_and_days_to_come_wait_for_their_roll(october):
    """November up to Wednesday the 18th: twelve days are over, and nine are to come."""
    price(october, "day", "3.00")
    line = next(one for one in plan_charges(NOVEMBER) if one.student == october.child.pk)
    assert (len(line.uncalled), line.facts["unrecorded"], line.facts["to_come"]) == (12, 12, 9)
    assert max(open_days([line], NOVEMBER)) == TODAY - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="已经过去"):
        leave_out_days(days=[TODAY], reason="停电", by=october.office.user)
    row = charge(october, NOVEMBER, lock=False).charges.get(student=october.child)
    assert explain(row).endswith("12 天没有点名，不计入 · 还有 9 天未到")


def test_where_the_roll_decides_nothing_a_day_without_one_is_not_spoken_of(october):
    price(october, "month", "100")
    Enrolment.objects.filter(student=october.child).update(ends_on=DAYS[1])
    month = make_charges(first=OCTOBER, by=october.office.user)
    assert explain(month.charges.get(student=october.child)) == "100.00 按天折算：4 天中的 2 天"


def test_half_price_only_under_half_attendance(october):
    price(october, "month", "100", half=True)
    attend(october, {october.child: "present", october.other_child: "present"}, DAYS[:1])
    attend(october, {october.child: "present", october.other_child: "absent"}, DAYS[1:2])
    attend(october, {october.child: "absent", october.other_child: "absent"}, DAYS[2:])
    month = charge(october, lock=False)
    assert dues(month) == {"韩小雨": 100, "杨小帆": 50, "吴小舟": 100}


@pytest.mark.parametrize(("half", "due", "told"), [(True, 60, "3 天中的 2 天"), (False, 45, "4 天中的 2 天")])
def test_who_came_in_the_middle_pays_its_days_and_a_day_left_out_is_none_where_the_roll_decides(
    october, half, due, told
):
    """Two of four days: one before the child came was left out by the office. A fee by the month stays as it is."""
    price(october, "month", "90", half=half)
    Enrolment.objects.filter(student=october.child).update(starts_on=DAYS[2])
    everybody = {october.child: "present", october.other_child: "present", october.teachers_child: "present"}
    attend(october, {october.other_child: "present", october.teachers_child: "present"}, DAYS[1:2])
    attend(october, everybody, DAYS[2:])
    leave_out_days(days=DAYS[:1], reason="停课", by=october.office.user)
    month = make_charges(first=OCTOBER, by=october.office.user)
    assert dues(month) == {"韩小雨": due, "杨小帆": 90, "吴小舟": 90}
    assert explain(month.charges.get(student=october.child)) == f"90.00 按天折算：{told}"


@pytest.mark.parametrize(
    "days", [{"ends_on": OCTOBER}, {"starts_on": dt.date(2026, 10, 31)}], ids=["until the first", "from the last on"]
)
def test_the_first_and_the_last_day_of_a_month_belong_to_it(october, days):
    """Both are days with service, and so are those beside them in September and November: one day of six is charged."""
    for day in (dt.date(2026, 9, 30), OCTOBER, dt.date(2026, 10, 31), NOVEMBER):
        SchoolDay.objects.filter(day=day).update(kind="school", follows_weekday=4)
    price(october, "month", "120")
    Enrolment.objects.filter(student=october.child).update(**days)
    assert planned(OCTOBER) == {october.child.pk: 20, october.other_child.pk: 120, october.teachers_child.pk: 120}


def test_the_first_day_of_the_service_is_charged(october):
    price(october, "day", "3.00")
    attend(october, {october.child: "present"}, DAYS[:2])
    ServiceOption.objects.update(starts_on=DAYS[0])
    assert planned(OCTOBER)[october.child.pk] == 6
    ServiceOption.objects.update(starts_on=DAYS[1])
    assert planned(OCTOBER)[october.child.pk] == 3


def test_the_last_day_of_the_service_is_charged(october):
    price(october, "day", "3.00")
    attend(october, {october.child: "present"})
    ServiceOption.objects.update(ends_on=DAYS[3])
    assert dues(charge(october, lock=False))["韩小雨"] == 12
    ServiceOption.objects.update(ends_on=DAYS[2])
    assert dues(charge(october, lock=False))["韩小雨"] == 9


@pytest.mark.parametrize("days", [{"starts_on": NOVEMBER}, {"ends_on": dt.date(2026, 9, 30)}])
def test_a_service_that_is_not_held_in_the_month_has_no_lines(october, days):
    """Whatever days the places in it have."""
    ServiceOption.objects.update(**days)
    Enrolment.objects.update(ends_on=None)
    assert plan_charges(OCTOBER) == []


def test_days_before_the_child_came_are_those_of_its_first_place(october):
    """Mondays and Tuesdays, and from Wednesday on Wednesdays and Thursdays: the Monday before it came counts in the month."""
    price(october, "month", "100")
    first = october.child.enrolments.get()
    Enrolment.objects.filter(pk=first.pk).update(starts_on=DAYS[1], ends_on=DAYS[1], weekdays=[1, 2])
    Enrolment.objects.create(
        application=first.application,
        option=first.option,
        student=first.student,
        weekdays=[3, 4],
        starts_on=DAYS[2],
        ends_on=first.option.ends_on,
    )
    month = charge(october, lock=False)
    assert dues(month)["韩小雨"] == 75
    assert explain(month.charges.get(student=october.child)) == "100.00 按天折算：4 天中的 3 天"


def test_a_changed_or_ended_place_is_charged_by_its_days(october):
    price(october, "month", "100")
    Enrolment.objects.filter(student=october.child).update(ends_on=DAYS[0])
    Enrolment.objects.filter(student=october.other_child).update(ends_on=dt.date(2026, 9, 30))
    assert dues(charge(october, lock=False)) == {"韩小雨": 25, "吴小舟": 100}


def test_by_the_term_once_in_the_month_in_which_the_child_begins(october):
    price(october, "term", "300")
    Enrolment.objects.update(starts_on=DAYS[0])
    assert set(dues(charge(october)).values()) == {300}
    assert dues(charge(october, NOVEMBER, lock=False)) == {}


def test_by_the_term_other_days_later_are_no_new_beginning(october):
    price(october, "term", "300")
    Enrolment.objects.update(starts_on=DAYS[0])
    first = october.child.enrolments.get()
    Enrolment.objects.filter(pk=first.pk).update(ends_on=NOVEMBER)
    Enrolment.objects.create(
        application=first.application,
        option=first.option,
        student=first.student,
        weekdays=[3, 4],
        starts_on=NOVEMBER + dt.timedelta(days=1),
        ends_on=first.option.ends_on,
    )
    everybody = [october.child, october.other_child, october.teachers_child]
    assert planned(OCTOBER) == {student.pk: 300 for student in everybody}
    assert planned(NOVEMBER) == {}


def test_by_the_term_who_began_earlier_keeps_nobody_from_being_charged(october):
    price(october, "term", "300")
    Enrolment.objects.exclude(student=october.child).update(starts_on=DAYS[0])
    assert dues(charge(october, lock=False)) == {"杨小帆": 300, "吴小舟": 300}


def test_a_free_service_gives_lines_of_zero_without_a_notice(october):
    month = charge(october)
    assert set(dues(month).values()) == {0}
    assert Entry.objects.count() == 0


def test_where_families_do_not_pay_the_charge_is_zero(october):
    price(october, "month", "100")
    TermFunding.objects.create(term=october.term, source="public")
    month = charge(october, lock=False)
    row = month.charges.get(student=october.child)
    assert (row.gross, row.waived, row.due) == (100, 100, 0)
    assert "公用经费" in explain(row)


def test_who_bears_the_cost_of_another_term_is_of_no_account(october):
    price(october, "month", "100")
    spring = Term.objects.create(school_year=2025, half=2, starts_on=dt.date(2026, 2, 20), ends_on=dt.date(2026, 7, 3))
    TermFunding.objects.create(term=spring, source="public")
    assert set(dues(charge(october, lock=False)).values()) == {100}


def test_materials_of_a_club_are_collected_once_at_cost(october):
    Club.objects.update(materials_fee=Decimal("25.50"), capacity=9)
    october.club.refresh_from_db()
    membership = take(october.club, october.child, october.mother.user)
    type(membership).objects.update(starts_on=DAYS[0])
    notice = draft_notice(club=october.club)
    notice.document_number = "教财〔2020〕5号"
    publish_notice(notice=notice, by=october.office.user)
    month = charge(october)
    assert month.charges.get(club=october.club).due == Decimal("25.50")
    assert not charge(october, NOVEMBER, lock=False).charges.filter(club=october.club).exists()


def test_who_leaves_on_trial_pays_no_materials(october):
    Club.objects.update(materials_fee=Decimal("25.50"), capacity=9)
    october.club.refresh_from_db()
    membership = take(october.club, october.child, october.mother.user)
    days = {
        "starts_on": DAYS[0],
        "trial_until": DAYS[0] + dt.timedelta(days=6),
        "ends_on": DAYS[0] + dt.timedelta(days=6),
    }
    type(membership).objects.update(**days)
    notice = draft_notice(club=october.club)
    notice.document_number = "教财〔2020〕5号"
    publish_notice(notice=notice, by=october.office.user)
    assert not charge(october, lock=False).charges.filter(club=october.club).exists()
    type(membership).objects.update(ends_on=DAYS[0] + dt.timedelta(days=7))
    assert charge(october).charges.filter(club=october.club).exists()


def test_f2_nothing_is_charged_before_it_is_published(october):
    ServiceOption.objects.update(fee_mode="month", fee_amount=100)
    with pytest.raises(ValidationError, match="收费还没有公示") as refusal:
        make_charges(first=OCTOBER, by=october.office.user)
    assert "公示" in refusal.value.messages[0]
    assert not Charge.objects.exists()
    PolicyRule.objects.filter(key="F2").update(enabled=False)
    with pytest.raises(ValidationError, match="的收费还没有公示。请先发布收费公示，再收费"):
        make_charges(first=OCTOBER, by=october.office.user)


def test_f2_another_price_than_the_published_one_is_refused(october):
    price(october, "month", "100")
    ServiceOption.objects.update(fee_amount=120)
    with pytest.raises(ValidationError, match="与公示的不一致"):
        plan_charges(OCTOBER)


def test_f2_a_service_that_became_free_is_published_as_free(october):
    price(october, "month", "100")
    ServiceOption.objects.update(fee_mode="none", fee_amount=0)
    with pytest.raises(ValidationError, match="周一至周五课后托管 的价格与公示的不一致。请重新发布收费公示。"):
        plan_charges(OCTOBER)
    price(october, "none", "0", applies_from=dt.date(2026, 9, 2))
    assert set(planned(OCTOBER).values()) == {0}


@pytest.mark.parametrize("service", ["morning", "noon", "evening"])
def test_s4_other_services_are_not_published_with_a_fee(october, service):
    ServiceOption.objects.update(service=service)
    with pytest.raises(ValidationError, match="不得作为课后服务收费"):
        price(october, "month", "100")


@pytest.mark.parametrize("payee", ["committee", "third_party"])
def test_f1_the_payee_is_the_school(october, payee):
    with pytest.raises(ValidationError, match="费用缴入学校账户"):
        price(october, "month", "100", payee=payee)
    assert not FeeNotice.objects.exists()


def test_f3_what_is_collected_for_others_is_at_cost(october):
    Club.objects.update(materials_fee=30)
    october.club.refresh_from_db()
    notice = draft_notice(club=october.club)
    notice.document_number, notice.cost = "教财〔2020〕5号", Decimal(20)
    with pytest.raises(ValidationError, match="代收费按成本收取"):
        publish_notice(notice=notice, by=october.office.user)


def test_a_price_by_periods_is_rate_times_periods(october):
    with pytest.raises(ValidationError, match="50"):
        price(october, "month", "90", period_rate=Decimal(50))
    assert price(october, "month", "100", period_rate=Decimal(50)).amount == 100


def test_a_published_notice_is_frozen(october):
    notice = price(october)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        FeeNotice.objects.filter(pk=notice.pk).update(amount=1)


def test_nothing_outside_the_scale_even_past_the_code(october):
    month = charge(october, lock=False)
    with pytest.raises(IntegrityError, match="charge_rests_on_a_notice"), transaction.atomic():
        month.charges.update(gross=50, due=50)


def test_made_twice_it_changes_nothing_and_follows_the_roll_calls(october):
    price(october)
    attend(october, {october.child: "present"})
    before = list(charge(october, lock=False).charges.order_by("pk").values())
    month = charge(october, lock=False)
    assert list(month.charges.order_by("pk").values()) == before
    RollCall.objects.filter(session__day=DAYS[0]).update(status="absent")
    assert dues(charge(october, lock=False))["韩小雨"] == 9


def test_a_locked_month_never_changes_and_corrections_go_into_the_next(october):
    price(october)
    attend(october, {october.child: "present"})
    month = charge(october)
    assert balance_of(october.child) == 12
    with pytest.raises(ValidationError, match="2026-10"):
        make_charges(first=OCTOBER, by=october.office.user)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        month.charges.update(rate=1)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        Charge.objects.filter(month=month)._raw_delete("default")
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        ChargeMonth.objects.filter(pk=month.pk).update(locked_at=None)
    RollCall.objects.filter(session__day=DAYS[0]).update(status="absent")
    line = charge(october, NOVEMBER, lock=False).charges.get(for_month=OCTOBER)
    assert (line.student, line.due) == (october.child, -3)
    assert explain(line).startswith("更正")


@pytest.mark.parametrize("who", ["child", "other_child", "teachers_child"])
def test_whoevers_roll_is_corrected_has_the_only_correction(october, who):
    price(october)
    everybody = [october.child, october.other_child, october.teachers_child]
    attend(october, dict.fromkeys(everybody, "present"))
    charge(october)
    student = getattr(october, who)
    RollCall.objects.filter(session__day=DAYS[0], student=student).update(status="absent")
    corrected = charge(october, NOVEMBER, lock=False).charges.filter(for_month=OCTOBER)
    assert list(corrected.values_list("student", "due")) == [(student.pk, -3)]


def test_places_found_later_and_places_that_never_were_correct_a_locked_month(october):
    price(october, "month", "100")
    Enrolment.objects.filter(student=october.child).update(starts_on=NOVEMBER)
    charge(october)
    Enrolment.objects.filter(student=october.child).update(starts_on=TERM_START)
    Enrolment.objects.filter(student=october.other_child).update(ends_on=dt.date(2026, 9, 30))
    corrected = charge(october, NOVEMBER, lock=False).charges.filter(for_month=OCTOBER)
    assert dict(corrected.values_list("student__name", "due")) == {"韩小雨": 100, "杨小帆": -100}


def test_a_month_taken_back_rests_on_the_notice_that_it_was_charged_by(october, monkeypatch):
    """A new document sets the same price from November on; afterwards it turns out that the child was in neither month."""
    of_october = price(october, "day", "3.00")
    attend(october, {october.child: "present"})
    charge(october)
    of_november = price(october, "day", "3.00", applies_from=NOVEMBER, document_number="区发改〔2026〕11号")
    attend(october, {october.child: "present"}, [dt.date(2026, 11, 2)])
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: dt.date(2026, 12, 2))
    charge(october, NOVEMBER)
    Enrolment.objects.filter(student=october.child).update(ends_on=dt.date(2026, 9, 30))
    lines = [line for line in plan_charges(dt.date(2026, 12, 1)) if line.student == october.child.pk]
    found = {line.for_month: (line.notice, line.rate, line.due) for line in lines}
    assert found == {OCTOBER: (of_october.pk, 3, -12), NOVEMBER: (of_november.pk, 3, -3)}


def test_a_correction_says_what_was_charged_and_what_is_now(october):
    """Two days of four instead of all, at half the price: 25 of 50, and as much is no longer waived."""
    price(october, "month", "100")
    Waiver.objects.create(
        student=october.child,
        starts_on=OCTOBER,
        ends_on=october.term.ends_on,
        share="half",
        status="granted",
        asked_by=october.office.user,
    )
    charge(october)
    Enrolment.objects.filter(student=october.child).update(ends_on=DAYS[1])
    line = charge(october, NOVEMBER, lock=False).charges.get(for_month=OCTOBER)
    assert (line.gross, line.waived, line.due) == (-50, -25, -25)
    assert (line.facts["was"], line.facts["now"]) == ("50.00", "25.00")


def test_what_changed_in_a_later_month_is_no_correction_of_an_earlier_one(october):
    """September was forgotten until October was locked."""
    price(october, "month", "100")
    charge(october)
    Enrolment.objects.filter(student=october.child).update(ends_on=DAYS[1])
    assert {line.for_month for line in plan_charges(dt.date(2026, 9, 1))} == {dt.date(2026, 9, 1)}


@examples(10, 200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(*[st.lists(st.booleans(), min_size=4, max_size=4) for _times in range(2)])
def test_after_corrections_the_account_says_what_the_roll_calls_say(attended, charged_as, corrected_to):
    def write(there):
        for day, here in zip(DAYS, there, strict=True):
            RollCall.objects.filter(session__day=day).update(status="present" if here else "absent")

    with transaction.atomic():
        write(charged_as)
        charge(attended)
        assert balance_of(attended.child) == 3 * sum(charged_as)
        write(corrected_to)
        lines = charge(attended, NOVEMBER, lock=False).charges.filter(student=attended.child)
        assert balance_of(attended.child) + sum(line.due for line in lines) == 3 * sum(corrected_to)
        transaction.set_rollback(True)


@pytest.fixture
def attended(october):
    price(october)
    attend(october, {october.child: "present"})
    return october


def test_a_correction_is_made_once(october, monkeypatch):
    price(october)
    attend(october, {october.child: "present"})
    charge(october)
    RollCall.objects.filter(session__day=DAYS[0]).update(status="absent")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: dt.date(2026, 12, 2))
    charge(october, NOVEMBER)
    assert balance_of(october.child) == 9
    december = charge(october, dt.date(2026, 12, 1), lock=False)
    assert not december.charges.filter(for_month=OCTOBER).exists()


@pytest.mark.parametrize(
    ("today", "over"), [(dt.date(2026, 10, 30), False), (dt.date(2026, 10, 31), False), (dt.date(2026, 11, 1), True)]
)
def test_a_month_is_locked_only_when_its_last_day_is_over(october, monkeypatch, today, over):
    price(october)
    month = charge(october, lock=False)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: today)
    assert month.is_over is over
    if not over:
        with pytest.raises(ValidationError, match=r"尚未结束|还没有结束|未结束"):
            lock_month(month=month, by=october.office.user)


@pytest.mark.django_db(transaction=True)
def test_a_month_that_two_lock_at_once_is_posted_once(october):
    price(october, "month", "100")
    month, by = charge(october, lock=False), october.office.user
    compare_roster(roster=month.roster)
    settle_differences(differences=list(month.roster.differences.all()), settlement="explained", note="已核对", by=by)
    results = race([lambda: lock_month(month=month, by=by) for _two in range(2)])
    assert sorted(str(getattr(result, "messages", result)) for result in results) == ["3", "['2026-10 已经锁定。']"]
    assert list(Entry.objects.values_list("amount", flat=True)) == [100, 100, 100]


def test_months_in_their_order(october):
    price(october)
    charge(october, lock=False)
    with pytest.raises(ValidationError, match="2026-10"):
        make_charges(first=NOVEMBER, by=october.office.user)
    with pytest.raises(ValidationError, match="还没有开始"):
        make_charges(first=dt.date(2026, 12, 1), by=october.office.user)
    with pytest.raises(ValidationError, match="不在任何学期内"):
        make_charges(first=dt.date(2025, 12, 1), by=october.office.user)


def test_neither_a_draft_of_another_term_nor_a_month_never_made_is_waited_for(october):
    price(october, "month", "100")
    spring = Term.objects.create(school_year=2025, half=2, starts_on=dt.date(2026, 2, 20), ends_on=dt.date(2026, 7, 3))
    june, september = dt.date(2026, 6, 1), dt.date(2026, 9, 1)
    for first, term, made_at in ((june, spring, timezone.now()), (september, october.term, None)):
        roster = Roster.objects.create(first=first, term=term)
        ChargeMonth.objects.create(first=first, term=term, roster=roster, made_at=made_at)
    assert dues(make_charges(first=OCTOBER, by=october.office.user)) == {"韩小雨": 100, "杨小帆": 100, "吴小舟": 100}


def test_the_roster_names_who_left_and_who_comes_on_other_days(october, as_user):
    """One leaves, one comes on other days, and one comes on other days and leaves then."""
    roster = make_roster(first=OCTOBER, by=october.office.user)
    names = ("child", "other_child", "teachers_child")
    enrolments = {name: Enrolment.objects.get(student=getattr(october, name)) for name in names}
    end_enrolment(enrolment=enrolments["child"], last_day=DAYS[1], reason="搬家", by=october.office.user)
    for name in ("other_child", "teachers_child"):
        change_days(enrolments[name], DAYS[2], ChangeRequest(weekdays=[1, 3], leaves_after={}))
    later = Enrolment.objects.get(student=october.teachers_child, starts_on=DAYS[2])
    end_enrolment(enrolment=later, last_day=DAYS[3], reason="搬家", by=october.office.user)
    assert compare_roster(roster=roster) == 4
    assert {(d.student.name, d.kind): d.facts for d in roster.differences.all()} == {
        ("韩小雨", "ended"): {"to": "2026-10-13"},
        ("杨小帆", "days"): {"from": "2026-10-14", "weekdays": [1, 3]},
        ("吴小舟", "days"): {"from": "2026-10-14", "weekdays": [1, 3]},
        ("吴小舟", "ended"): {"to": "2026-10-15"},
    }
    page = as_user(october.office).get(reverse("fees:roster_differences", args=[roster.pk])).content.decode()
    assert "10月14日 周三起：周一、周三" in page


def test_the_draft_of_a_month_can_be_made_on_its_first_day(october, monkeypatch):
    price(october)
    charge(october)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: NOVEMBER)
    assert make_charges(first=NOVEMBER, by=october.office.user).made_at is not None


def test_a_month_without_a_draft_is_not_locked(october):
    price(october)
    roster = make_roster(first=OCTOBER, by=october.office.user)
    month = ChargeMonth.objects.create(first=OCTOBER, term=october.term, roster=roster)
    leave_out_days(days=DAYS, reason="停课", by=october.office.user)
    with pytest.raises(ValidationError) as refusal:
        lock_month(month=month, by=october.office.user)
    assert refusal.value.messages == ["请先生成 2026-10 的收费。"]


def test_a_month_is_locked_once_it_is_over_made_and_its_differences_settled(october):
    price(october)
    attend(october, {october.child: "absent"})
    leave_out_days(days=DAYS, reason="停课", by=october.office.user)
    month = make_charges(first=OCTOBER, by=october.office.user)
    with pytest.raises(ValidationError, match="1 处差异"):
        lock_month(month=month, by=october.office.user)
    assert month.roster.differences.get().kind == "never_there"
    charge(october)
    with pytest.raises(ValidationError, match="2026-10"):
        lock_month(month=month, by=october.office.user)
    november = charge(october, NOVEMBER, lock=False)
    with pytest.raises(ValidationError, match="2026-11"):
        lock_month(month=november, by=october.office.user)


def test_a_draft_that_is_older_than_the_facts_is_not_locked(october):
    price(october, "month", "100")
    month = charge(october, lock=False)
    waiver = Waiver(student=october.child, starts_on=OCTOBER, ends_on=TODAY, asked_by=october.office.user)
    waiver.save()
    decide_waiver(waiver=waiver, grant=True, by=october.office.user)
    settle_differences(
        differences=list(month.roster.differences.all()), settlement="explained", note="已核对", by=october.office.user
    )
    with pytest.raises(ValidationError, match=r"有 1 名学生的费用发生了变化。请重新生成草稿"):
        lock_month(month=month, by=october.office.user)
    assert charge(october).charges.get(student=october.child).due == 0


def test_a_waiver_granted_later_corrects_locked_months(october):
    price(october, "month", "100")
    charge(october)
    Waiver.objects.create(
        student=october.child,
        starts_on=OCTOBER,
        ends_on=october.term.ends_on,
        share="half",
        status="granted",
        asked_by=october.office.user,
    )
    november = charge(october, NOVEMBER, lock=False)
    rows = {c.for_month: (c.gross, c.waived, c.due) for c in november.charges.filter(student=october.child)}
    assert rows == {OCTOBER: (0, 50, -50), NOVEMBER: (100, 50, 50)}


def test_the_first_of_the_month_makes_roster_and_draft_and_may_come_twice(october, monkeypatch):
    price(october)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: NOVEMBER)
    make_roster(first=OCTOBER, by=None)
    begin_month()
    assert not ChargeMonth.objects.exists()  # the office decides about the days without a roll call first
    leave_out_days(days=DAYS, reason="停课", by=october.office.user)
    for _twice in range(2):
        begin_month()
    assert list(ChargeMonth.objects.values_list("first", "roster__first")) == [(OCTOBER, OCTOBER)]
    assert Charge.objects.count() == 3
    assert TODAY > NOVEMBER


def test_who_was_off_on_the_first_makes_up_for_it_later(october, monkeypatch):
    """On the fourth: the roster of the new month and last month's draft; what is made is not made again."""
    price(october)
    leave_out_days(days=DAYS, reason="停课", by=october.office.user)
    make_roster(first=OCTOBER, by=None)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: dt.date(2026, 11, 4))
    begin_month()
    assert set(Roster.objects.values_list("first", flat=True)) == {OCTOBER, NOVEMBER}
    made = ChargeMonth.objects.get().made_at
    assert made is not None
    begin_month()
    assert ChargeMonth.objects.get().made_at == made


def test_a_price_that_changes_in_the_term_leaves_earlier_months_as_published(october):
    """October is locked at 3.00 a day; from November on 4.00 is published, and both months go on."""
    attend(october, {october.child: "present"})
    price(october, "day", "3.00")
    charge(october)
    price(october, "day", "4.00", applies_from=NOVEMBER)
    planned = plan_charges(NOVEMBER)
    assert {(line.for_month, line.rate) for line in planned} == {(NOVEMBER, Decimal("4.00"))}
    ServiceOption.objects.update(fee_amount=Decimal("5.00"))
    with pytest.raises(ValidationError, match="价格与公示的不一致"):
        plan_charges(NOVEMBER)


def test_a_summary_of_a_past_day_says_the_price_of_that_day(october):
    """3.00 from the term's first day on; 4.00 from November on says nothing of October."""
    price(october, "day", "3.00")
    price(october, "day", "4.00", applies_from=NOVEMBER)
    said = [[notice.amount for notice in published_of(october.term, day)] for day in (DAYS[0], NOVEMBER)]
    assert said == [[Decimal("3.00")], [Decimal("4.00")]]
    assert [notice.amount for notice in published_of(october.term)] == [Decimal("4.00")]


def test_a_child_in_two_rolls_of_one_period_pays_it_once(october):
    """It was taken on in the club's roll, then marked in its own group: one period."""
    price(october, "period", "3.00")
    wednesday = DAYS[2]
    plan_day(day=wednesday)
    for place in (october.club, october.group):
        session = session_of(place, october.second, wednesday)
        call_roll(session=session, marks={october.child.pk: "present"}, by=session.staff.user)
    assert RollCall.objects.filter(student=october.child, status="present").count() == 2
    leave_out_days(days=DAYS, reason="停课", by=october.office.user)
    assert dues(make_charges(first=OCTOBER, by=october.office.user))["韩小雨"] == 3
