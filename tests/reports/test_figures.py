"""Every figure against a count by hand, and against SQL that was written without it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.figures import sql_values
from clubs.models import Club, Meeting, Membership
from enrollment.models import AgreementTemplate, Application, ChangeRequest, Consent, Enrolment, ServiceOption
from enrollment.services import end_enrolment
from enrollment.services.changing import change_days
from fees.models import UncountedDay
from homework.models import HomeworkItem
from homework.services import remove_item, set_item
from reports.figures import FIGURES, SECTIONS, Scope, collect
from reports.views.today import month_lines
from reports.wording import result
from safety.afternoons import afternoon_of
from safety.models import DayClose, Release, RollCall
from safety.services import call_roll, release_line
from school.models import ClassMembership, Credential, PeriodTime, PolicyRule, SpecialGroup, SpecialGroupMembership
from school.services import save_period
from tests.conftest import TERM_START, TODAY, enrol, make_staff, records, session_of, take

pytestmark = pytest.mark.django_db

A_DAY = dt.timedelta(days=1)
TOMORROW = TODAY + A_DAY


def triple(value):
    return value.value, value.numerator, value.denominator


def parts(value, by):
    return [(part.label, part.value, part.numerator, part.denominator) for part in value.by[by]]


def test_three_of_four_children_take_part(afternoon):
    values = collect(afternoon.term, TODAY)
    assert triple(values["on_roll"]) == (4, None, None)
    assert triple(values["taking_part"]) == (3, None, None)
    assert triple(values["not_taking_part"]) == (1, None, None)
    assert triple(values["participation_rate"]) == (75.0, 3, 4)
    assert parts(values["participation_rate"], "grade") == [("一年级", 0.0, 0, 1), ("三年级", 100.0, 3, 3)]
    assert parts(values["participation_rate"], "class") == [
        ("一(1)班", 0.0, 0, 1),
        ("三(1)班", 100.0, 1, 1),
        ("三(2)班", 100.0, 2, 2),
    ]
    assert [(p.key, p.value) for p in values["weekdays"].by["weekday"]] == [(day, 3) for day in range(1, 6)]
    assert result(FIGURES["participation_rate"], values["participation_rate"]) == "3 / 4 = 75.0 %"


def test_nobody_yet(cast):
    values = collect(cast.term, TODAY)
    assert triple(values["participation_rate"]) == (0.0, 0, 4)
    assert triple(values["in_clubs"]) == (None, 0, 0)
    assert result(FIGURES["in_clubs"], values["in_clubs"]) == "无记录"


@pytest.mark.parametrize(("days", "taking"), [(-1, 2), (0, 2), (1, 3)])
def test_a_last_day_up_to_the_end_of_the_period_counts_no_longer(afternoon, days, taking):
    enrolment = Enrolment.objects.get(student=afternoon.child)
    last_day = TODAY + dt.timedelta(days=days)
    end_enrolment(enrolment=enrolment, last_day=last_day, reason="搬家", by=afternoon.office.user)
    values = collect(afternoon.term, TODAY)
    assert triple(values["participation_rate"])[1:] == (taking, 4)
    assert triple(values["agreements"])[1:] == (taking, taking)
    assert values["group_size"].numerator == taking


@pytest.mark.parametrize("first", [-1, 0, 1, 2])
def test_who_changes_days_is_one_child_on_every_day(afternoon, as_user, first):
    """The eve, the day and the day after: pages and figures count the child once, and nobody ended or began."""
    cast, first_day = afternoon, TODAY + dt.timedelta(days=first)
    enrolment = Enrolment.objects.get(student=cast.child)
    Enrolment.objects.filter(pk=enrolment.pk).update(starts_on=TERM_START)
    enrolment.refresh_from_db()
    change_days(enrolment, first_day, ChangeRequest(weekdays=[1, 3], leaves_after={}))
    assert Enrolment.objects.filter(student=cast.child).count() == 2
    values = collect(cast.term, TODAY)
    assert triple(values["participation_rate"])[1:] == (3, 4)
    assert (values["taking_part"].value, values["not_taking_part"].value, values["ended"].value) == (3, 1, 0)
    assert FIGURES["taking_part"].rows(Scope(cast.term, TODAY)).queryset.count() == 3
    page = as_user(cast.office).get(reverse("enrollment:enrolment_list"))
    assert [tab.count for tab in page.context["tabs"]] == [3, 0, 0]
    assert dict(month_lines(cast.term, TODAY))["新参加"] == "0"


@pytest.mark.parametrize(("days", "share"), [(-1, (2, 3)), (0, (2, 3)), (1, (3, 4))])
def test_who_leaves_the_school_leaves_both_sides_of_the_rate_on_one_day(afternoon, days, share):
    """Numerator and denominator follow one rule; who only changes the class is in both."""
    last_day = TODAY + dt.timedelta(days=days)
    ClassMembership.objects.filter(student=afternoon.child).update(ends_on=last_day)
    Enrolment.objects.filter(student=afternoon.child).update(ends_on=last_day)
    assert triple(collect(afternoon.term, TODAY)["participation_rate"])[1:] == share
    assert FIGURES["on_roll"].rows(Scope(afternoon.term, TODAY)).queryset.count() == share[1]
    facts = {"student": afternoon.child, "school_class": afternoon.class_2, "starts_on": last_day + A_DAY}
    ClassMembership.objects.create(**facts)
    assert triple(collect(afternoon.term, TODAY)["participation_rate"])[2] == 4


def test_children_without_a_club_are_the_same_on_the_page_and_in_the_figures(afternoon, as_user):
    """A child with two options is one, early care is no after-school service, a draft is no club, who left school is out."""
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)

    def counted():
        page = as_user(cast.office).get(reverse("clubs:no_club"))
        rows = FIGURES["care_only"].rows(Scope(cast.term, TODAY)).queryset
        return collect(cast.term, TODAY)["care_only"].numerator, len(records(page)), rows.count()

    def add_option(service, student):
        old = Enrolment.objects.filter(student=cast.child).get(option=cast.option)
        option = ServiceOption.objects.create(
            term=cast.term, name=service, service=service, weekdays=[1], starts_on=TERM_START, ends_on=cast.term.ends_on
        )
        facts = {"option": option, "student": student, "weekdays": [1], "starts_on": TERM_START}
        application = Application.objects.create(**facts, submitted_by=old.application.submitted_by, status="approved")
        Enrolment.objects.create(**facts, application=application)

    assert counted() == (2, 2, 2)
    add_option("care", cast.other_child)
    add_option("morning", cast.sibling)
    assert counted() == (2, 2, 2)
    Club.objects.update(status="draft")
    assert counted() == (3, 3, 3)
    ClassMembership.objects.filter(student=cast.teachers_child).update(ends_on=TODAY - dt.timedelta(days=1))
    assert counted() == (2, 2, 2)


def test_the_regular_end_of_the_service_is_no_early_end(afternoon):
    values = collect(afternoon.term, afternoon.term.ends_on)
    assert triple(values["participation_rate"])[1:] == (3, 4)
    assert triple(values["ended"])[0] == 0


def test_what_ended_early_is_counted_in_its_period(afternoon):
    enrolment = Enrolment.objects.get(student=afternoon.child)
    end_enrolment(enrolment=enrolment, last_day=TOMORROW, reason="搬家", by=afternoon.office.user)
    assert collect(afternoon.term, TODAY)["ended"].value == 0
    assert collect(afternoon.term, TOMORROW)["ended"].value == 1


def test_before_school_care_is_no_after_school_service(afternoon):
    afternoon.option.service = PolicyRule.Service.MORNING
    afternoon.option.save()
    assert triple(collect(afternoon.term, TODAY)["participation_rate"])[1:] == (0, 4)


def test_attendance(happened):
    values = collect(happened.term, TODAY)
    assert triple(values["attendance_rate"]) == (33.3, 2, 6)
    assert triple(values["absent"]) == (33.3, 2, 6)
    assert triple(values["leave"]) == (33.3, 2, 6)
    assert triple(values["late_entries"])[1] == 0
    assert parts(values["attendance_rate"], "week") == [("第12周", 33.3, 2, 6)]
    assert parts(values["attendance_rate"], "class") == [
        ("一(1)班", None, 0, 0),
        ("三(1)班", 100.0, 2, 2),
        ("三(2)班", 0.0, 0, 4),
    ]
    assert values["attendance_rate"].by["grade"][0].facts == {"absent": 2, "leave": 2, "left": 0, "late": 0}
    assert triple(values["sessions"]) == (None, 0, 0)  # the day is not over
    DayClose.objects.create(day=TODAY, by=happened.duty_leader.user)
    values = collect(happened.term, TODAY)
    assert triple(values["sessions"]) == (100.0, 3, 3)
    assert triple(values["service_days"])[1] == 1


def test_a_child_taken_on_does_not_change_the_rate(happened):
    club = session_of(happened.club, happened.second)
    call_roll(session=club, marks={happened.sibling.pk: "present"}, by=happened.homeroom.user)
    assert triple(collect(happened.term, TODAY)["attendance_rate"])[1:] == (2, 6)


def test_what_was_entered_later(afternoon):
    at = dt.datetime.combine(TODAY, dt.time(6), tzinfo=dt.timezone(dt.timedelta(hours=8)))
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.homeroom.user, at=at)
    assert triple(collect(afternoon.term, TODAY)["late_entries"])[1:] == (1, 1)


def test_releases_and_late_pickups(happened):
    values = collect(happened.term, TODAY)
    assert values["releases"].value == 1
    assert [p.value for p in values["releases"].by["how"]] == [100.0, 0.0, 0.0]
    assert triple(values["late_pickups"]) == (0.0, 0, 1)


@pytest.mark.parametrize(("clock", "late"), [((17, 45), 0), ((17, 46), 1), ((16, 0), 0)])
def test_late_is_after_the_winter_end_and_the_grace(afternoon, clock, late):
    """In winter the second period ends at 17:30; the school waits 15 minutes."""
    at = dt.datetime.combine(TODAY, dt.time(*clock), tzinfo=dt.timezone(dt.timedelta(hours=8)))
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user)
    assert release_line(session=session, except_for=set(), by=afternoon.homeroom.user, at=at) == 1
    assert triple(collect(afternoon.term, TODAY)["late_pickups"])[1:] == (late, 1)


@pytest.mark.parametrize(("ends", "late"), [((16, 30), 0), ((18, 30), 1)])
def test_late_is_what_was_late_by_the_times_of_its_day(afternoon, ends, late):
    """Picked up at 17:50, five minutes after grace: other times from tomorrow on, earlier or later, change nothing of today."""
    at = dt.datetime.combine(TODAY, dt.time(17, 50), tzinfo=dt.timezone(dt.timedelta(hours=8)))
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user)
    release_line(session=session, except_for=set(), by=afternoon.homeroom.user, at=at)
    assert triple(collect(afternoon.term, TODAY)["late_pickups"])[1:] == (1, 1)
    times = [PeriodTime(season=s, starts_at=dt.time(16), ends_at=dt.time(*ends)) for s in ("summer", "winter")]
    tomorrow = TODAY + dt.timedelta(days=1)
    save_period(period=afternoon.second, times=times, from_day=tomorrow)
    assert triple(collect(afternoon.term, tomorrow)["late_pickups"])[1:] == (1, 1)
    # From today on they decide about today; the first period ends at 16:25.
    save_period(period=afternoon.second, times=times, from_day=TODAY)
    assert triple(collect(afternoon.term, tomorrow)["late_pickups"])[1:] == (1 - late, 1)


def test_days_and_rolls_are_asked_for_when_they_are_over(afternoon, monkeypatch):

    assert [collect(afternoon.term, TODAY)[key].value for key in ("days_open", "rolls_missing")] == [0, 0]
    later = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    values = collect(afternoon.term, TODAY)
    # Nobody comes to the club, so that its roll is none to call.
    assert [values[key].value for key in ("days_open", "rolls_missing")] == [1, 2]
    assert FIGURES["rolls_missing"].rows(Scope(afternoon.term, TODAY)).queryset.count() == 2
    assert triple(values["days_closed"]) == (0.0, 0, 1)
    # A day that the office left out with a reason is made up by nobody.
    UncountedDay.objects.create(day=TODAY, reason="秋游", by=afternoon.office.user)
    values = collect(afternoon.term, TODAY)
    assert triple(values["rolls_missing"]) == (0, 0, 0)
    assert FIGURES["rolls_missing"].rows(Scope(afternoon.term, TODAY)).queryset.count() == 0


@pytest.mark.parametrize("days_later", [0, 1])
def test_a_closed_day_is_closed_in_time_on_the_day_itself_only(happened, monkeypatch, days_later):

    now = timezone.now()
    DayClose.objects.create(day=TODAY, at=now + days_later * A_DAY, by=happened.duty_leader.user)
    monkeypatch.setattr(timezone, "now", lambda: now + 2 * A_DAY)
    values = collect(happened.term, TODAY)
    assert triple(values["days_closed"])[1:] == (1 - days_later, 1)
    assert values["days_open"].value == 0


@pytest.mark.parametrize(("at", "late"), [((17, 45, 40), 0), ((17, 46, 0), 1)])
def test_late_begins_with_the_minute_after_grace(afternoon, at, late):
    """The last period ends at 17:30, grace is 15 minutes; the list shows 17:45 for both."""
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user)
    moment = dt.datetime.combine(TODAY, dt.time(*at), tzinfo=dt.timezone(dt.timedelta(hours=8)))
    release_line(session=session, except_for=set(), by=afternoon.homeroom.user, at=moment)
    assert triple(collect(afternoon.term, TODAY)["late_pickups"])[1:] == (late, 1)


def test_written_homework_on_the_free_day_is_a_case_of_the_summary(happened, monkeypatch):
    """H8 only reports. An entry that is saved twice is one case; one that is taken back is none."""

    PolicyRule.objects.filter(key="H8").update(enabled=True, weekday=None)
    enter = {"school_class": happened.class_1, "day": TODAY, "by": happened.homeroom.user}
    item = HomeworkItem(
        subject=happened.chinese, teacher=happened.homeroom, kind="written", content="写一段话", minutes=5, place="home"
    )
    set_item(item=item, confirmed=True, **enter)
    item.minutes = 4
    set_item(item=item, confirmed=True, **enter)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(days=1))
    assert collect(happened.term, TODAY)["entries_free_day"].value == 1
    assert [str(row.content) for row in FIGURES["entries_free_day"].rows(Scope(happened.term, TODAY)).queryset] == [
        "写一段话"
    ]
    remove_item(item=item, by=happened.homeroom.user)
    assert collect(happened.term, TODAY)["entries_free_day"].value == 0


def test_homework(happened, monkeypatch):

    later = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    values = collect(happened.term, TODAY)
    # The first sheet that was posted here is of today: the 56 days before are nobody's fault.
    assert triple(values["sheets_published"])[1:] == (1, 3)
    assert triple(values["sheets_unpublished"])[1:] == (2, 3)
    assert triple(values["written_minutes"]) == (50.0, 50, 1)
    grade = values["written_minutes"].by["grade"][0]
    assert (grade.label, grade.value, grade.facts) == ("三年级", 50.0, {"cap": 60, "loosest": 60, "highest": 50})
    assert [(p.key, p.value, p.facts) for p in values["homework_items"].by["kind"]] == [("written", 1, {"minutes": 50})]
    assert [values[key].value for key in ("sheets_near", "sheets_over", "sheets_released")] == [1, 0, 0]


def test_a_class_owes_sheets_from_its_first_child_on_and_the_cap_is_the_last_one(happened, monkeypatch):
    """Three days since the first sheet; 二(2)班 has children on the last of them only. The cap was tightened on the way."""

    from homework.models import ClassSheet

    sheet = ClassSheet.objects.get(status="published")
    earlier = TODAY - dt.timedelta(days=2)
    ClassSheet.objects.create(school_class=sheet.school_class, day=earlier, status="published", minutes=58, cap=80)
    late = ClassMembership.objects.exclude(school_class=sheet.school_class).values_list("school_class", flat=True)[0]
    ClassMembership.objects.filter(school_class=late).update(starts_on=TODAY)
    later = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    values = collect(happened.term, TODAY)
    by_class = {part.key: part.denominator for part in values["sheets_published"].by["class"]}
    assert (by_class[sheet.school_class_id], by_class[late]) == (3, 1)
    assert values["sheets_published"].denominator == sum(by_class.values())
    assert values["sheets_unpublished"].value == sum(by_class.values()) - 2
    (part,) = values["written_minutes"].by["grade"]
    # Tightened from 80 to 60 in the period: the mean is measured by what was allowed.
    assert part.facts == {"cap": "80 → 60", "loosest": 80, "highest": 58}


def test_a_release_and_a_sheet_over_the_cap(happened, monkeypatch):

    from homework.models import ClassSheet

    ClassSheet.objects.update(cap=40, released=20, release_reason="补上周三")
    later = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    values = collect(happened.term, TODAY)
    assert [values[key].value for key in ("sheets_near", "sheets_over", "sheets_released")] == [0, 1, 1]


def test_clubs(happened):
    values = collect(happened.term, TODAY)
    assert values["clubs"].value == 1
    assert parts(values["clubs"], "category") == [("艺术", 1, None, None)]
    assert triple(values["club_members"]) == (50.0, 1, 2)
    assert triple(values["in_clubs"]) == (33.3, 1, 3)
    assert triple(values["care_only"]) == (66.7, 2, 3)
    wednesday = values["in_clubs"].by["weekday"][2]
    assert (wednesday.numerator, wednesday.denominator) == (1, 3)
    facts = values["club_members"].by["club"][0].facts
    assert (facts["instructor"], facts["slots"], facts["grades"]) == ("周婷", "星期三 第二节", "1–6")


def test_drafts_are_no_clubs(happened):
    happened.club.status = "draft"
    happened.club.save()
    values = collect(happened.term, TODAY)
    assert (values["clubs"].value, values["in_clubs"].numerator) == (0, 0)


def test_a_club_runs_while_it_has_children_and_stays_counted_when_it_is_called_off(afternoon):
    """Before its first meeting it is planned; then it needs a child. Its leader takes part while it runs, and once it has met."""
    club = afternoon.club
    club.instructor = afternoon.gate
    club.save()
    Meeting.objects.update(instructor=afternoon.gate)

    def counted(day=TODAY):
        values = collect(afternoon.term, day)
        lines = [(part.numerator, part.denominator) for part in values["club_members"].by["club"]]
        return values["clubs"].value, values["clubs_idle"].value, lines, values["staff_rate"].numerator

    first = Meeting.objects.earliest("day").day
    assert counted(first - A_DAY) == (1, 0, [(0, club.capacity)], 3)
    assert counted(first) == (0, 1, [], 2)
    member = take(club, afternoon.child, afternoon.mother.user)
    assert counted() == (1, 0, [(1, club.capacity)], 3)
    club.status = "cancelled"
    club.save()
    Membership.objects.filter(pk=member.pk).update(ends_on=TODAY + A_DAY)
    Meeting.objects.filter(day__gt=TODAY).update(cancelled=True)
    assert counted(TODAY + A_DAY) == (1, 0, [(0, 0)], 3)
    # A summary of a day before it was called off knows its children; its leader was whom the meetings name.
    assert counted() == (1, 0, [(1, club.capacity)], 3)
    Club.objects.update(status="published", instructor=afternoon.duty_leader)
    assert counted() == (1, 0, [(1, club.capacity)], 3)
    led = FIGURES["staff_rate"].rows(Scope(afternoon.term, TODAY)).queryset
    assert (afternoon.gate in led, afternoon.duty_leader in led) == (True, False)
    (line,) = collect(afternoon.term, TODAY)["club_members"].by["club"]
    (row,) = FIGURES["clubs"].rows(Scope(afternoon.term, TODAY)).queryset
    assert line.facts["instructor"] == row.led_by == afternoon.gate.name
    Club.objects.update(status="cancelled", instructor=afternoon.gate)
    Meeting.objects.update(cancelled=True)
    assert counted(TODAY + A_DAY) == (0, 0, [], 2)


def test_staff_and_people_from_outside(afternoon):
    coach = make_staff("W001", "高山", kind="outside", phone="19911100001")
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    afternoon.club.instructor = coach
    afternoon.club.save()
    Meeting.objects.update(instructor=coach)
    values = collect(afternoon.term, TODAY)
    assert triple(values["staff_rate"]) == (28.6, 2, 7)
    assert values["outside_staff"].value == 1
    assert values["papers_missing"].value == 1
    for kind in ("qualification", "record_check"):
        Credential.objects.create(staff=coach, kind=kind, starts_on=TODAY)
    assert collect(afternoon.term, TODAY)["papers_missing"].value == 0


def test_groups_and_gaps(afternoon):
    values = collect(afternoon.term, TODAY)
    assert triple(values["group_size"]) == (3.0, 3, 1)
    assert triple(values["duty_gaps"]) == (0, 0, 10)
    afternoon.group.duties.filter(weekday=5).delete()
    afternoon.group.members.filter(student=afternoon.child).delete()
    afternoon.child.collectors.all().delete()
    values = collect(afternoon.term, TODAY)
    assert triple(values["duty_gaps"]) == (2, 2, 10)
    assert values["without_group"].value == 1
    assert values["without_collector"].value == 1
    afternoon.other_child.guardianships.update(barred=True, barred_note="裁定 4")
    assert collect(afternoon.term, TODAY)["without_collector"].value == 2


def test_classes_enrolled_to_the_last_child_follow_the_rule(afternoon):
    assert triple(collect(afternoon.term, TODAY)["classes_full"]) == (2, 2, 3)
    behind = FIGURES["classes_full"].rows(Scope(afternoon.term, TODAY))
    named, share = behind.columns
    assert [(named.show(row), share.show(row)) for row in behind.queryset] == [("三(1)班", "1/1"), ("三(2)班", "2/2")]
    PolicyRule.objects.filter(measure="class_share").update(enabled=False)
    assert collect(afternoon.term, TODAY)["classes_full"].value == 0


def test_priority_groups_are_a_count_without_names(afternoon):
    group = SpecialGroup.objects.filter(has_priority=True).first()
    for student in (afternoon.child, afternoon.sibling):
        SpecialGroupMembership.objects.create(student=student, group=group)
    assert triple(collect(afternoon.term, TODAY)["priority"]) == (50.0, 1, 2)
    assert not FIGURES["priority"].has_rows


def test_an_agreement_withdrawn_is_not_in_force(afternoon):

    agreement = afternoon.child.applications.get().agreements.get(kind="service")
    agreement.withdrawn_at = timezone.now()
    agreement.save()
    values = collect(afternoon.term, TODAY)
    assert triple(values["agreements"])[1:] == (2, 3)
    assert values["without_agreement"].value == 1


def test_warnings_are_the_sum_of_their_figures_and_come_last(happened):
    values = collect(happened.term, TODAY)
    rules = [key for key, one in FIGURES.items() if one.rule]
    assert values["policy_warnings"].value == sum(values[key].value for key in rules)
    assert list(FIGURES)[-1] == "policy_warnings"


def test_every_figure_says_what_it_counts():
    assert {one.section for one in FIGURES.values()} == set(SECTIONS)
    assert [key for key, one in FIGURES.items() if not (one.label and one.definition and one.unit)] == []
    assert [key for key, one in FIGURES.items() if one.rule and not one.step] == []


def test_rows_are_as_many_as_the_figure_says(happened):
    scope = Scope(happened.term, TODAY)
    wrong = []
    for key, one in FIGURES.items():
        if one.rows:
            value = one.compute(scope)
            counted = value.numerator if one.is_rate else value.value
            rows = one.rows(scope)
            shown = [[str(column.show(row)) for column in rows.columns] for row in rows.queryset]
            links = [rows.link(row) for row in rows.queryset] if rows.link else []
            if len(shown) != counted and key not in {"group_size", "finished_at_school"}:  # means
                wrong.append((key, counted, shown))
            assert all(links)
    assert wrong == []


def test_the_same_as_sql_written_by_hand(happened):
    """Independent statements (they are also what the benchmark compares with)."""
    by_hand = sql_values(Scope(happened.term, TODAY))
    values = collect(happened.term, TODAY)
    pairs = {key: triple(value)[1:] if value.denominator is not None else value.value for key, value in values.items()}
    assert {key: pairs[key] for key in by_hand} == by_hand
    assert set(values) - set(by_hand) == {"classes_full", "policy_warnings"}


def test_as_many_queries_with_one_child_as_with_three(cast, offer):
    families = (
        (cast.child, cast.mother),
        (cast.other_child, cast.other_mother),
        (cast.teachers_child, cast.teacher_parent),
    )
    counts = []
    for student, guardian in families:
        enrol(offer, student, guardian, cast.homeroom, cast.office)
        with CaptureQueriesContext(connection) as queries:
            collect(cast.term, TODAY)
        counts.append(len(queries))
    assert counts == [46, 46, 46]


def test_a_table_by_class_adds_up_to_its_total(afternoon):
    """A child that has left, and one that has changed its class, count where they belonged on the day of the roll."""
    for child, status in (
        (afternoon.child, "present"),
        (afternoon.other_child, "present"),
        (afternoon.teachers_child, "absent"),
    ):
        call_roll(
            session=session_of(afternoon.group, afternoon.first), marks={child.pk: status}, by=afternoon.homeroom.user
        )
    until = TODAY + dt.timedelta(days=7)
    ClassMembership.objects.filter(student=afternoon.child).update(ends_on=TODAY)
    ClassMembership.objects.filter(student=afternoon.other_child).update(ends_on=TODAY)
    ClassMembership.objects.create(
        student=afternoon.other_child, school_class=afternoon.class_1, starts_on=TODAY + dt.timedelta(days=1)
    )
    value = collect(afternoon.term, until)["attendance_rate"]
    assert triple(value) == (66.7, 2, 3)
    by_class = {part.label: (part.numerator, part.denominator) for part in value.by["class"] if part.denominator}
    assert by_class == {"三(1)班": (1, 1), "三(2)班": (1, 2)}
    assert [(part.numerator, part.denominator) for part in value.by["grade"]] == [(2, 3)]


def test_a_hand_over_of_a_child_that_was_not_there_is_not_counted(happened):
    """The roll was corrected since; the row stays on file."""
    assert collect(happened.term, TODAY)["releases"].value == 1
    RollCall.objects.filter(student=happened.child).update(status="leave")
    values = collect(happened.term, TODAY)
    assert (values["releases"].value, values["late_pickups"].denominator) == (0, 0)
    assert Release.objects.count() == 1
    assert afternoon_of(TODAY)["released"] == 0


def test_the_consents_of_the_summary_are_the_rows_behind_it(happened):
    """The family's newest word counts, not the paper that was signed with the application."""
    scope = Scope(happened.term, TODAY)
    value = FIGURES["privacy"].compute(scope)
    assert value.numerator == FIGURES["privacy"].rows(scope).queryset.count()
    template = AgreementTemplate.objects.first()
    for decision, more in (("given", 1), ("refused", 0)):
        Consent.objects.create(
            student=happened.child, template=template, decision=decision, name="沈月", by=happened.mother.user
        )
        later = Scope(happened.term, TODAY)
        assert FIGURES["privacy"].compute(later).numerator == value.numerator + more
        assert FIGURES["privacy"].rows(later).queryset.count() == value.numerator + more
