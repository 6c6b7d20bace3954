"""Who may work with children: papers, a bar, exceptions, and what each refusal says."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clubs.forms.catalogue import ClubForm
from clubs.importing import unfit_staff
from clubs.models import Club, ClubSettings, Meeting
from clubs.services import check_publishable
from clubs.vetting import papers_of
from enrollment.models import CareDuty
from school.inbox import tasks_for
from school.models import Credential, CredentialException, PolicyRule, SchoolSettings
from school.vetting import check_may_work, missing_papers, standing_of
from tests.conftest import TODAY, make_staff, records

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)


def paper(staff, kind, starts_on=TODAY - dt.timedelta(days=30), ends_on=None):
    return Credential.objects.create(staff=staff, kind=kind, starts_on=starts_on, ends_on=ends_on)


def all_papers(staff, **days):
    for kind in ("qualification", "record_check", "contract", "insurance"):
        paper(staff, kind, **days)


@pytest.fixture
def coach(cast):
    return make_staff("W901", "罗教练", kind="outside")


def keys(error):
    return [one.code for one in error.value.error_list]


def test_an_outside_instructor_brings_four_papers(coach):
    with pytest.raises(ValidationError, match="有效的材料") as refusal:
        check_may_work(coach, TODAY)
    assert sorted(keys(refusal)) == ["S11", "S11", "S11", "S12"]
    all_papers(coach)
    check_may_work(coach, TODAY)
    assert missing_papers(coach, TODAY) == []


def test_who_comes_from_an_organisation_brings_its_licence(coach):
    all_papers(coach)
    coach.organisation = "阳光体育中心"
    with pytest.raises(ValidationError, match="有效的材料") as refusal:
        check_may_work(coach, TODAY)
    assert keys(refusal) == ["S10"]
    paper(coach, "licence")
    check_may_work(coach, TODAY)


def test_a_record_check_is_a_year_old_at_the_most(coach):
    all_papers(coach)
    check = coach.credentials.filter(kind="record_check")
    check.update(starts_on=TODAY - YEAR)
    assert missing_papers(coach, TODAY) == []
    check.update(starts_on=TODAY - YEAR - dt.timedelta(days=1))
    assert len(missing_papers(coach, TODAY)) == 1
    PolicyRule.objects.filter(key="S12").update(value=730)
    assert missing_papers(coach, TODAY) == []


def test_a_rule_switched_off_asks_for_nothing(coach):
    PolicyRule.objects.filter(key__in=["S11", "S12"]).update(enabled=False)
    check_may_work(coach, TODAY)
    PolicyRule.objects.filter(key="S12").update(enabled=True)
    assert len(missing_papers(coach, TODAY)) == 1


def test_volunteers_need_a_record_check_and_employees_are_only_reminded(cast):
    helper = make_staff("V902", "志愿家长", kind="volunteer")
    assert len(missing_papers(helper, TODAY)) == 1
    standing = standing_of(cast.teacher, TODAY)
    assert (standing.may_work, len(standing.warnings)) == (True, 1)


def test_a_bar_stops_whatever_the_papers_say(coach):
    all_papers(coach)
    coach.barred_note = "查询结果 2026-8"
    CredentialException.objects.create(
        staff=coach,
        kind="record_check",
        reason="x",
        document="x",
        starts_on=TODAY,
        ends_on=TODAY,
        granted_by=coach.user,
    )
    with pytest.raises(ValidationError, match="查询结果"):
        check_may_work(coach, TODAY)


def test_an_exception_lifts_one_paper_for_its_days(coach, cast):
    all_papers(coach)
    coach.credentials.filter(kind="insurance").delete()
    until = TODAY + dt.timedelta(days=5)
    CredentialException.objects.create(
        staff=coach,
        kind="insurance",
        reason="保单在办",
        document="会议纪要 12",
        starts_on=TODAY,
        ends_on=until,
        granted_by=cast.office.user,
    )
    standing = standing_of(coach, TODAY)
    assert (standing.may_work, standing.until, len(standing.excepted)) == (True, until, 1)
    assert missing_papers(coach, until + dt.timedelta(days=1)) != []


def form_data(club, **more):
    fields = ("name", "category", "kind", "part", "aim", "grade_from", "grade_to", "least", "capacity", "times_a_week")
    data = {name: getattr(club, name) for name in (*fields, "materials_fee")}
    data["slots"] = [f"{slot.weekday}-{slot.period_id}" for slot in club.slots.all()]
    return data | {"room": club.room_id, "instructor": club.instructor_id} | more


def test_a_club_takes_nobody_without_papers(afternoon, coach):
    form = ClubForm(form_data(afternoon.club, instructor=coach.pk), instance=afternoon.club)
    assert not form.is_valid()
    assert len(form.errors["instructor"]) == 4
    all_papers(coach)
    assert ClubForm(form_data(afternoon.club, instructor=coach.pk), instance=afternoon.club).is_valid()


def test_two_adults_where_the_school_says_so(afternoon, coach):
    check_publishable(afternoon.club)
    ClubSettings.objects.update_or_create(pk=1, defaults={"two_adults": True})
    form = ClubForm(form_data(afternoon.club), instance=afternoon.club)
    assert list(form.errors) == ["assistant"]
    assert ClubForm(form_data(afternoon.club, assistant=afternoon.teacher.pk), instance=afternoon.club).is_valid()


def test_an_outdoor_club_says_where_it_goes_when_it_rains(afternoon):
    afternoon.hall.kind = "outdoor"
    afternoon.hall.save()
    afternoon.club.refresh_from_db()
    with pytest.raises(ValidationError, match="在室外。请填写雨天场地，或选择雨天留在课后服务班") as refusal:
        check_publishable(afternoon.club)
    assert list(refusal.value.error_dict) == ["rain_room"]
    afternoon.club.rain_stay = True
    check_publishable(afternoon.club)


def test_a_volunteer_helps_and_does_not_lead(afternoon):
    helper = make_staff("V902", "志愿家长", kind="volunteer")
    paper(helper, "record_check")
    form = ClubForm(form_data(afternoon.club, instructor=helper.pk), instance=afternoon.club)
    assert list(form.errors) == ["instructor"]
    assert ClubForm(form_data(afternoon.club, assistant=helper.pk), instance=afternoon.club).is_valid()


def test_a_duty_is_refused_without_papers(afternoon, coach):
    duty = CareDuty(
        term=afternoon.term,
        group=afternoon.group,
        weekday=1,
        period=afternoon.second,
        staff=coach,
        starts_on=afternoon.term.starts_on,
    )
    with pytest.raises(ValidationError, match="有效的材料"):
        duty.full_clean()


def test_the_office_sees_red_and_amber_beside_the_club(afternoon, coach, as_user):
    Club.objects.update(instructor=coach)
    club = Club.objects.select_related("instructor").get()
    assert [r.kind for r in papers_of([club])[club.pk]] == ["danger"]
    all_papers(coach, ends_on=TODAY + dt.timedelta(days=15))
    assert [r.kind for r in papers_of([club])[club.pk]] == ["attention"]
    page = as_user(afternoon.office).get(reverse("clubs:club_list"), {"status": "all"}).content.decode()
    assert "12月3日" in page
    assert "12月3日" not in as_user(afternoon.teacher).get(reverse("clubs:club_list")).content.decode()


def test_papers_that_end_wait_for_the_office_and_their_owner(coach, cast):
    all_papers(coach, ends_on=TODAY + dt.timedelta(days=15))
    assert [task.url for task in tasks_for(cast.office.user)] == [reverse("school:credential_list") + "?status=soon"]
    assert len(tasks_for(coach.user)) == 4
    assert tasks_for(cast.teacher.user) == []


def test_the_office_grants_and_ends_an_exception(coach, cast, as_user):
    client = as_user(cast.office)
    fields = {"kind": "insurance", "reason": "保单在办", "document": "会议纪要 12", "starts_on": TODAY.isoformat()}
    add = reverse("school:exception_add", args=[coach.pk])
    assert client.post(add, fields).context["form"].errors["ends_on"]
    assert client.post(add, fields | {"ends_on": "2026-11-30"}).status_code == 302
    exception = CredentialException.objects.get()
    assert exception.granted_by == cast.office.user
    page = client.get(reverse("school:staff_detail", args=[coach.pk]))
    assert [e.pk for e in page.context["exceptions"]] == [exception.pk]
    assert client.get(reverse("school:credential_list")).context["exceptions_count"] == 1
    client.post(reverse("school:exception_end", args=[exception.pk]), {"ends_on": TODAY.isoformat()})
    exception.refresh_from_db()
    assert exception.ends_on == TODAY


def test_the_workbook_of_clubs_names_nobody_without_papers(coach, cast):
    helper = make_staff("V904", "志愿家长", kind="volunteer")
    paper(helper, "record_check")
    unfit = unfit_staff(TODAY)
    assert {number: len(sentences) for number, sentences in unfit.items()} == {"W901": 4, "V904": 1}
    all_papers(coach)
    assert list(unfit_staff(TODAY)) == ["V904"]


def test_the_duty_table_marks_groups_with_one_adult(afternoon, as_user):
    SchoolSettings.objects.update(adults_at_once=2)
    page = as_user(afternoon.office).get(reverse("enrollment:duty_table"))
    assert (page.context["short"], page.context["wanted"]) == (10, 2)
    CareDuty.objects.create(
        term=afternoon.term,
        group=afternoon.group,
        weekday=1,
        period=afternoon.first,
        staff=afternoon.teacher,
        starts_on=afternoon.term.starts_on,
    )
    assert as_user(afternoon.office).get(reverse("enrollment:duty_table")).context["short"] == 9


def test_volunteers_with_where_they_help_and_how_often(afternoon, as_user):
    helper = make_staff("V904", "志愿家长", kind="volunteer")
    Club.objects.update(assistant=helper)
    Meeting.objects.update(assistant=helper)
    page = as_user(afternoon.office).get(reverse("clubs:volunteer_list"))
    assert [(p, p.helps_in, p.times, p.standing.may_work) for p in records(page)] == [
        (helper, [afternoon.club], 1, False)
    ]
    paper(helper, "record_check")
    assert "硬笔书法" in as_user(helper).get(reverse("safety:my_day")).content.decode()
