"""Other days, stopping, leaving the school: with an effective date, and the history kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from clubs.models import Club, Membership, Waiting
from clubs.services import close_ended_memberships
from enrollment.models import Application, ChangeRequest, Collector, Enrolment
from enrollment.services import (
    decide_change,
    end_departed,
    end_enrolment,
    form_groups,
    request_change,
    submit_application,
)
from enrollment.services.collecting import bar_adult
from school.services import end_student
from tests.conftest import TODAY, enrol, make_choices, make_signing, records, take

pytestmark = pytest.mark.django_db
TOMORROW, NEXT_WEEK = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=7)


@pytest.fixture
def enrolment(cast, offer):
    row = enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    return row


def ask(cast, enrolment, weekdays=(1, 3), **more):
    return request_change(
        enrolment=enrolment,
        kind="days",
        effective_on=NEXT_WEEK,
        weekdays=list(weekdays),
        by=cast.mother.user,
        **more,
    )


def test_other_days_begin_a_row_of_their_own(cast, enrolment):
    change = ask(cast, enrolment, leaves_after={3: 1})
    assert Enrolment.objects.count() == 1  # nothing before the office agrees
    decide_change(change=change, agree=True, by=cast.office.user)
    before, after = Enrolment.objects.order_by("starts_on")
    assert (before.weekdays, before.ends_on) == ([1, 2, 3, 4, 5], NEXT_WEEK - dt.timedelta(days=1))
    assert (after.weekdays, after.leaves_after, after.starts_on) == ([1, 3], {"3": 1}, NEXT_WEEK)
    places = list(cast.child.group_places.order_by("starts_on").values_list("group", "starts_on"))
    assert [group for group, _day in places] == [places[0][0]] * 2
    assert places[1][1] == NEXT_WEEK
    assert after.application.status == "approved"


def test_one_change_at_a_time_and_the_second_guardian_is_told(cast, enrolment):
    ask(cast, enrolment)
    with pytest.raises(ValidationError, match="沈月"):
        request_change(enrolment=enrolment, kind="days", effective_on=NEXT_WEEK, weekdays=[1], by=cast.father.user)


@pytest.mark.parametrize(
    ("weekdays", "effective_on", "sentence"),
    [
        ([], NEXT_WEEK, "请至少选一天"),
        ([6], NEXT_WEEK, "没有这项服务"),
        ([1], TODAY, "最早从明天开始"),
        ([1, 2, 3, 4, 5], NEXT_WEEK, "与现在的时间安排相同"),
        ([1], dt.date(2030, 1, 1), "已提前结束"),
    ],
)
def test_changes_that_cannot_be(cast, enrolment, weekdays, effective_on, sentence):
    with pytest.raises(ValidationError, match=sentence):
        request_change(
            enrolment=enrolment, kind="days", effective_on=effective_on, weekdays=weekdays, by=cast.mother.user
        )
    assert not ChangeRequest.objects.exists()


def test_a_refused_change_needs_a_reason_and_leaves_all_as_it_was(cast, enrolment):
    change = ask(cast, enrolment)
    with pytest.raises(ValidationError, match="不同意时，请写明家长看得懂的原因"):
        decide_change(change=change, agree=False, by=cast.office.user)
    decide_change(change=change, agree=False, opinion="周三社团已排定", by=cast.office.user)
    enrolment.refresh_from_db()
    assert enrolment.weekdays == [1, 2, 3, 4, 5]
    with pytest.raises(ValidationError, match="这项变更已经处理过了"):
        decide_change(change=change, agree=True, by=cast.office.user)


def test_a_change_decided_late_never_rewrites_a_day_that_has_been(cast, enrolment):
    change = ask(cast, enrolment)
    ChangeRequest.objects.filter(pk=change.pk).update(effective_on=TODAY - dt.timedelta(days=3))
    decide_change(change=change, agree=True, by=cast.office.user)
    assert Enrolment.objects.latest("starts_on").starts_on == TOMORROW


def test_stopping_needs_nobody_and_lets_apply_again(cast, offer, enrolment, as_user):
    client = as_user(cast.father)
    url = reverse("enrollment:enrolment_stop", args=[enrolment.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"last_day": "2026-11-30", "reason": "奶奶来接"})
    enrolment.refresh_from_db()
    assert (enrolment.ends_on, enrolment.end_reason) == (dt.date(2026, 11, 30), "奶奶来接")
    assert enrolment.application.status == "ended"
    assert {a.state for a in enrolment.application.agreements.all()} == {"in_force"}  # until that day is over
    assert {timezone.localdate(a.withdrawn_at) for a in enrolment.application.agreements.all()} == {
        dt.date(2026, 12, 1)
    }
    assert enrolment.group_places.get().ends_on == dt.date(2026, 11, 30)
    again = submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother, starts_on=dt.date(2026, 12, 14)),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    assert again.status == "submitted"


@pytest.mark.parametrize("goes_on", [False, True])
def test_with_the_last_participation_ends_who_may_collect_the_child(cast, offer, enrolment, goes_on):
    """A change of days ends nothing, nor does stopping one of two services; a bar stays."""
    bar = bar_adult(student=cast.child, name="陌生人", relation="无", document="民事裁定书", by=cast.office.user)
    assert Collector.objects.allowed(NEXT_WEEK).filter(student=cast.child).exists()
    decide_change(change=ask(cast, enrolment), agree=True, by=cast.office.user)
    assert Collector.objects.allowed(NEXT_WEEK).filter(student=cast.child).exists()
    last = Enrolment.objects.latest("starts_on")
    day_after = NEXT_WEEK + dt.timedelta(days=1)
    if goes_on:
        offer.pk, offer.name = None, "早托"
        offer.save(force_insert=True)
        Enrolment.objects.create(
            application=enrolment.application, option=offer, student=cast.child, weekdays=[5], starts_on=day_after
        )
    end_enrolment(enrolment=last, last_day=NEXT_WEEK, reason="搬家", by=cast.office.user)
    assert Collector.objects.allowed(NEXT_WEEK).filter(student=cast.child).exists()
    assert Collector.objects.allowed(day_after).filter(student=cast.child).exists() == goes_on
    assert bar in Collector.objects.on(day_after)


def test_stopping_before_the_first_day_holds_on_no_weekday(cast, offer):
    enrolment = enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office, starts_on=NEXT_WEEK)
    request_change(enrolment=enrolment, kind="stop", effective_on=TOMORROW, by=cast.mother.user)
    enrolment.refresh_from_db()
    assert (enrolment.weekdays, enrolment.ends_on) == ([], NEXT_WEEK)


def test_ending_cancels_what_waits(cast, enrolment):
    change = ask(cast, enrolment)
    end_enrolment(enrolment=enrolment, last_day=TODAY, reason="转学", by=cast.office.user)
    change.refresh_from_db()
    assert change.state == "cancelled"


def test_a_club_goes_with_the_new_days_or_ends_with_the_old(afternoon):
    cast = afternoon
    for child, guardian in ((cast.child, cast.mother), (cast.other_child, cast.other_mother)):
        take(cast.club, child, guardian.user)
    for child, weekdays in ((cast.child, [1, 3]), (cast.other_child, [1, 2])):
        change = request_change(
            enrolment=child.enrolments.get(),
            kind="days",
            effective_on=TOMORROW,
            weekdays=weekdays,
            by=cast.mother.user,
        )
        decide_change(change=change, agree=True, by=cast.office.user)
    yesterday = dt.timedelta(days=2)
    for row in Enrolment.objects.filter(ends_on=TODAY):
        row.ends_on -= yesterday
        row.save()
    Enrolment.objects.filter(starts_on=TOMORROW).update(starts_on=TODAY - dt.timedelta(days=1))
    close_ended_memberships()
    assert Membership.objects.get(student=cast.child).ends_on is None
    assert Membership.objects.get(student=cast.other_child).ends_on is not None
    cast.club.refresh_from_db()
    assert cast.club.taken == 1


def test_a_change_names_the_club_it_ends(afternoon, as_user):
    """For the family before it asks, for the office before it agrees; the club ends with the day, its seat is free."""
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    form = reverse("enrollment:enrolment_change", args=[cast.child.enrolments.get().pk])
    assert "已参加社团：硬笔书法（星期三 第二节）" in as_user(cast.mother).get(form).content.decode()
    change = ask(cast, cast.child.enrolments.get(), weekdays=[1, 3], leaves_after={3: 1})
    decide = reverse("enrollment:change_decide", args=[change.pk])
    page = as_user(cast.office).get(decide).content.decode()
    assert "随之退出" in page
    assert "硬笔书法（星期三 第二节）" in page
    ChangeRequest.objects.update(leaves_after={"1": 1})
    assert "随之退出" not in as_user(cast.office).get(decide).content.decode()


@pytest.mark.parametrize("begins", [TODAY - dt.timedelta(days=1), TODAY])
def test_a_child_that_goes_home_before_its_club_has_no_place_in_it(afternoon, begins):
    """Whether the new hours begin a row of their own, or changed the row because it had not begun."""
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    enrolment = cast.child.enrolments.get()
    if begins == TODAY:
        cast.child.enrolments.update(leaves_after={"3": 1})
    else:
        change = ask(cast, enrolment, weekdays=[1, 2, 3, 4, 5], leaves_after={3: 1})
        decide_change(change=change, agree=True, by=cast.office.user)
        cast.child.enrolments.filter(pk=enrolment.pk).update(ends_on=begins - dt.timedelta(days=1))
        cast.child.enrolments.exclude(pk=enrolment.pk).update(starts_on=begins)
    assert close_ended_memberships() == 1
    assert Membership.objects.get().end_reason == "不再参加这些时段的课后服务。"
    cast.club.refresh_from_db()
    assert cast.club.taken == 0


def test_a_child_who_left_with_an_import_no_longer_takes_part(cast, enrolment):
    cast.child.class_memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    assert end_departed(day=TODAY) == 1
    enrolment.refresh_from_db()
    assert enrolment.ends_on == TODAY - dt.timedelta(days=1)
    assert end_departed(day=TODAY) == 0


def test_leaving_the_school_ends_all_that_the_child_holds_and_says_so(afternoon, as_user):
    cast, last = afternoon, NEXT_WEEK
    take(cast.club, cast.child, cast.mother.user)
    full = Club.objects.create(
        term=cast.term,
        name="象棋",
        category="益智",
        grade_from=1,
        grade_to=6,
        capacity=1,
        room=cast.hall,
        instructor=cast.teacher,
        status="published",
    )
    waiting = Waiting.objects.create(club=full, student=cast.child, order=1, asked_by=cast.mother.user)
    bar = bar_adult(student=cast.child, name="陌生人", relation="无", document="裁定", by=cast.office.user)
    later = Collector.objects.create(
        student=cast.child,
        name="姨妈",
        relation="姨",
        phone="19900000190",
        entered_by=cast.mother.user,
        starts_on=last + dt.timedelta(days=3),
    )
    page = as_user(cast.office).post(
        reverse("school:student_leave", args=[cast.child.pk]), {"last_day": last.isoformat()}, follow=True
    )
    enrolment, application = cast.child.enrolments.get(), cast.child.applications.get()
    assert (enrolment.ends_on, application.status) == (last, "ended")
    assert cast.child.group_places.get().ends_on == last
    assert Membership.objects.get(student=cast.child).ends_on == last
    waiting.refresh_from_db()
    assert waiting.state == "left"
    today_or_later = Collector.objects.filter(student=cast.child).from_today()
    assert set(today_or_later.on(last).exclude(pk=bar.pk).values_list("ends_on", flat=True)) == {last}
    assert set(Collector.objects.on(last + dt.timedelta(days=5)).filter(student=cast.child)) == {bar}
    later.refresh_from_db()
    assert later.ended_at is not None
    told = " ".join(str(message) for message in page.context["messages"])
    for name in ("周一至周五课后托管", "硬笔书法", "象棋", "沈月", "费用"):
        assert name in told
    assert Collector.objects.on(last).filter(student=cast.child, name="沈月").exists()


def test_leaving_the_school_withdraws_what_waits(cast, offer):
    application = submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    end_student(student=cast.child, last_day=TODAY, by=cast.office.user)
    application.refresh_from_db()
    assert application.status == "withdrawn"


def test_pages_of_a_change(cast, enrolment, as_user):
    url = reverse("enrollment:enrolment_change", args=[enrolment.pk])
    fields = {"weekdays": [1, 3], "effective_on": NEXT_WEEK.isoformat(), "reason": "奶奶来接", "leaves_3": "1"}
    client = as_user(cast.mother)
    same = client.post(url, fields | {"weekdays": [1, 2, 3, 4, 5], "leaves_3": ""})
    assert same.context["form"]["reason"].value() == "奶奶来接"
    assert client.post(url, fields).url == reverse("enrollment:family_tasks")
    change = ChangeRequest.objects.get()
    office = as_user(cast.office)
    queue = office.get(reverse("enrollment:change_list"))
    assert [row.pk for row in records(queue)] == [change.pk]
    office.post(reverse("enrollment:change_list"), {"action": "approve", "row": [change.pk]})
    assert Enrolment.objects.latest("starts_on").weekdays == [1, 3]
    assert Application.objects.get().status == "approved"


def test_the_office_changes_the_days_of_a_family_without_a_phone_at_once(cast, enrolment, as_user):
    client = as_user(cast.office)
    url = reverse("enrollment:enrolment_change", args=[enrolment.pk])
    assert url in client.get(reverse("enrollment:enrolment_list")).content.decode()
    fields = {"weekdays": [1, 3], "effective_on": NEXT_WEEK.isoformat(), "reason": ""}
    refused = client.post(url, fields)
    assert "reason" in refused.context["form"].errors
    assert client.post(url, fields | {"reason": "奶奶11月18日电话"}).url == reverse("enrollment:enrolment_list")
    change = ChangeRequest.objects.get()
    assert (change.state, change.requested_by, change.reason) == ("done", cast.office.user, "奶奶11月18日电话")
    assert Enrolment.objects.latest("starts_on").weekdays == [1, 3]


def test_the_family_takes_a_change_back(cast, enrolment, as_user):
    change = ask(cast, enrolment)
    url = reverse("enrollment:change_cancel", args=[change.pk])
    assert as_user(cast.mother).get(url).status_code == 200
    as_user(cast.mother).post(url)
    change.refresh_from_db()
    assert change.state == "cancelled"


def test_changes_that_cost_a_club_are_not_carried_out_together(afternoon, as_user):
    """The club meets on Wednesdays: who gives that day up is named, the others are carried out."""
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    for child, days in ((cast.child, [1, 2]), (cast.other_child, [1, 2, 3])):
        request_change(
            enrolment=child.enrolments.get(),
            kind="days",
            effective_on=NEXT_WEEK,
            weekdays=days,
            by=cast.mother.user if child == cast.child else cast.other_mother.user,
        )
    post = {"action": "approve", "all": "1"}
    page = as_user(cast.office).post(reverse("enrollment:change_list"), post, follow=True).content.decode()
    assert f"{cast.child.name} 将失去社团 硬笔书法" in page
    assert list(ChangeRequest.objects.waiting().values_list("enrolment__student", flat=True)) == [cast.child.pk]
