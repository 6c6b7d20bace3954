"""A small school lives an afternoon: every page, figure, list and paper that states a fact states the same one.

Lived: a change of days, a leaver, a late sign-up, a substitution, one child on leave, one missing, one released, the rest in
care, the day closed.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse

from enrollment.duty_table import duty_gaps
from enrollment.models import Enrolment
from enrollment.services import decide_change, end_enrolment, form_groups, request_change
from enrollment.services.duties import assign_duties
from homework.services import publish_sheet
from reports.figures import collect
from reports.today import day_counts
from safety.models import Custody, RollCall
from safety.rolls import children_expected, expected_students
from safety.services import (
    ask_leave,
    assign_substitute,
    call_roll,
    close_day,
    plan_day,
    release_child,
    report_absence,
)
from safety.whereabouts import Status, whereabouts
from school.models import Student
from tests.conftest import TODAY, enrol, make_guardian, make_staff, make_student, records, session_of
from tests.homework.test_services import add
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)
# Who is where in the end; 8 are expected: 杨小帆 left yesterday, 周小乐 has other days since today.
HERE, LEFT, MISSING, LEAVE = 5, 1, 1, 1
EXPECTED = HERE + LEFT + MISSING + LEAVE


@pytest.fixture
def lived(afternoon, monkeypatch):
    cast = afternoon
    cast.more = []
    for number, name in enumerate(("陆一", "陆二", "陆三", "陆四", "陆五", "周小乐"), start=1):
        parent = make_guardian(f"{name}妈", f"1990000020{number}")
        child = make_student(name, cast.class_1, (parent, "母亲"))
        enrol(cast.option, child, parent, cast.homeroom, cast.office)
        cast.more.append(child)
    at(monkeypatch, 9, day=YESTERDAY)
    form_groups(term=cast.term, day=YESTERDAY, by=cast.office.user)
    changing = cast.more[5].enrolments.get()
    change = request_change(
        enrolment=changing, kind="days", effective_on=TODAY, weekdays=[1, 2], by=changing.application.submitted_by
    )
    decide_change(change=change, agree=True, by=cast.office.user)
    end_enrolment(enrolment=cast.other_child.enrolments.get(), last_day=YESTERDAY, reason="搬家", by=cast.office.user)
    at(monkeypatch, 9)
    late = make_student("孙晚", cast.class_2, (make_guardian("孙晚妈", "19900000299"), "母亲"))
    enrol(cast.option, late, late.guardianships.get().guardian, cast.homeroom, cast.office, starts_on=TODAY)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    plan_day(day=TODAY)
    ask_leave(student=cast.more[0], day=TODAY, reason="看牙", by=cast.office.user)
    cast.substitute = make_staff("T840", "金明", subject=cast.maths)
    cast.session = session_of(cast.group, cast.first)
    absence = report_absence(
        staff=cast.homeroom, day=TODAY, reason="事假", by=cast.office.user, sessions={cast.session.pk}
    )
    assign_substitute(
        substitution=absence.substitutions.get(), staff=cast.substitute, by_telephone=True, by=cast.office.user
    )
    at(monkeypatch, 15, 45)
    cast.session.refresh_from_db()
    marks = dict.fromkeys(expected_students(cast.session), "present")
    marks |= {cast.more[0].pk: "leave", cast.more[1].pk: "absent"}
    call_roll(session=cast.session, marks=marks, by=cast.substitute.user)
    release_child(student=cast.more[2], day=TODAY, collector=cast.more[2].collectors.get(), by=cast.substitute.user)
    return cast


@pytest.fixture
def seen(lived, as_user):
    """What each person's page of the afternoon says."""

    def page(who, name, *args, **query):
        return as_user(who).get(reverse(name, args=args), query)

    return SimpleNamespace(cast=lived, page=page, leader=page(lived.duty_leader, "safety:day").context)


def test_expected(seen):
    cast = seen.cast
    stated = {
        "one function": children_expected(TODAY).count(),
        "dashboard": day_counts(TODAY).expected,
        "the rows behind it": len(records(seen.page(cast.principal, "reports:rows", "expected"))),
        "the roll": seen.page(cast.substitute, "safety:roll", cast.session.pk).context["expected"],
        "the list to call": len(expected_students(cast.session)),
        "the teacher's first page": seen.page(cast.substitute, "safety:my_day").context["duties"][0].expected,
        "who is where": len(records(seen.page(cast.office, "safety:where", day=TODAY, period=cast.first.pk))),
        "status of each child": sum(
            one.status != Status.NOT_TODAY for one in whereabouts(list(Student.objects.all()), TODAY)
        ),
    }
    assert stated == dict.fromkeys(stated, EXPECTED)


def test_present_missing_leave_and_gone(seen):
    cast = seen.cast
    counted = [one.status for one in whereabouts(list(Student.objects.all()), TODAY)]
    roll = seen.page(cast.substitute, "safety:roll", cast.session.pk).context
    today = day_counts(TODAY)
    own = seen.page(cast.homeroom, "safety:my_day").context
    classes = [
        seen.page(cast.office, "safety:class_now", one.pk).context["rows"] for one in (cast.class_1, cast.class_2)
    ]
    by_class = [row.status for rows in classes for row in rows]
    assert {
        "present": (today.present, seen.leader["present"], roll["here"]),
        "missing": (today.missing, len(seen.leader["missing"]), roll["missing"], counted.count(Status.MISSING)),
        "gone": (seen.leader["released"], counted.count(Status.LEFT), own["own_class_gone"]),
        "in care": (
            today.waiting,
            seen.leader["waiting_count"],
            counted.count(Status.HERE),
            Custody.objects.open().count(),
        ),
        "leave": (today.on_leave, counted.count(Status.LEAVE)),
        "missing in the class": own["own_class_missing"],
    } == {
        "present": (HERE + LEFT,) * 3,
        "missing": (MISSING,) * 4,
        "gone": (LEFT,) * 3,
        "in care": (HERE,) * 4,
        "leave": (LEAVE,) * 2,
        "missing in the class": MISSING,
    }
    # The classes' pages together: everybody but the first-grader.
    assert [by_class.count(one) for one in list(Status)[:5]] == [counted.count(one) for one in list(Status)[:5]]


def test_the_adult_of_a_session_after_a_substitution(seen):
    cast = seen.cast
    pages = {
        "roll": seen.page(cast.substitute, "safety:roll", cast.session.pk).text,
        "leader": seen.page(cast.duty_leader, "safety:day").text,
        "where": seen.page(cast.office, "safety:where", day=TODAY, period=cast.first.pk).text,
        "class": seen.page(cast.office, "safety:class_now", cast.class_2.pk).text,
        "family": seen.page(cast.teacher_parent, "safety:family_today").text,
        "gate": seen.page(cast.gate, "safety:gate", q="吴小舟").text,
    }
    assert {name: "金明" in page for name, page in pages.items()} == dict.fromkeys(pages, True)
    family = seen.page(cast.teacher_parent, "safety:family_today").context["rows"][0]
    assert family.places[0].place.adult == family.now.detail.split(" · ")[1] == "金明"


def test_who_takes_part(seen):
    """Eight of today and 周小乐, who comes on other days; the leaver no longer."""
    cast = seen.cast
    values = collect(cast.term, TODAY)
    stated = {
        "rows": Enrolment.objects.on(TODAY).values("student").distinct().count(),
        "figure": values["taking_part"].value,
        "rate": values["participation_rate"].numerator,
        "by class": sum(part.value for part in values["taking_part"].by["class"]),
        "list": len({row.student_id for row in records(seen.page(cast.office, "enrollment:enrolment_list"))}),
        "in groups": values["care_groups"].by["group"][0].value,
        "the group's page": len(seen.page(cast.office, "enrollment:group_detail", cast.group.pk).context["members"]),
        "no club, by the figure": values["care_only"].numerator,
        "no club, by the list": len(records(seen.page(cast.office, "clubs:no_club"))),
    }
    assert stated == dict.fromkeys(stated, EXPECTED + 1)
    on_roll = values["on_roll"].value
    assert values["participation_rate"].denominator == on_roll == Student.objects.on_roll(TODAY).count()


def test_a_child_on_its_last_day_is_counted_alike(seen):
    """The summary counts it no longer, and nor does the list of those who take part; it is called on the roll all the same."""
    cast = seen.cast
    end_enrolment(enrolment=cast.more[0].enrolments.get(), last_day=TODAY, reason="搬家", by=cast.office.user)
    listed = [records(seen.page(cast.office, "enrollment:enrolment_list", status=s)) for s in ("", "ended")]
    assert len(listed[0]) == collect(cast.term, TODAY)["taking_part"].value == EXPECTED
    assert cast.more[0].name in {row.student.name for row in listed[1]}
    assert cast.more[0].pk in set(children_expected(TODAY).values_list("pk", flat=True))


def test_adults_short(seen):
    cast = seen.cast
    cast.group.duties.filter(weekday=5).delete()
    stated = {
        "one function": len(duty_gaps(cast.term, TODAY)[0]),
        "figure": collect(cast.term, TODAY)["duty_gaps"].value,
        "table": seen.page(cast.office, "enrollment:duty_table", day=TODAY).context["short"],
    }
    assert stated == dict.fromkeys(stated, 2)
    assert assign_duties(term=cast.term, by=cast.office.user) == 0
    assert seen.page(cast.office, "enrollment:duty_table", day=TODAY).context["short"] == 0


def test_attendance_is_one_fact(seen):
    cast = seen.cast
    values = collect(cast.term, TODAY)
    calls = RollCall.objects.filter(session__day=TODAY, expected=True)
    rate = values["attendance_rate"]
    assert (rate.numerator, rate.denominator) == (calls.filter(status="present").count(), calls.count())
    assert (rate.numerator, rate.denominator) == (HERE + LEFT, EXPECTED)
    assert sum(part.numerator for part in rate.by["class"]) == rate.numerator
    assert values["releases"].value == seen.leader["released"] == LEFT


def test_a_closed_day_says_the_same_afterwards(seen, monkeypatch):
    cast = seen.cast
    call_roll(session=cast.session, marks={cast.more[1].pk: "present"}, by=cast.substitute.user)
    for custody in list(Custody.objects.open().select_related("student")):
        collector = custody.student.collectors.filter(kind="authorised").first()
        release_child(student=custody.student, day=TODAY, collector=collector, by=cast.substitute.user)
    for session in seen.leader["sessions"]:
        if session.pk != cast.session.pk:
            call_roll(
                session=session, marks=dict.fromkeys(expected_students(session), "left"), by=cast.duty_leader.user
            )
    closed = close_day(day=TODAY, by=cast.duty_leader.user)
    end_enrolment(enrolment=cast.more[3].enrolments.get(), last_day=TODAY, reason="转学", by=cast.office.user)
    at(monkeypatch, 9, day=TODAY + dt.timedelta(days=1))
    stated = {
        "kept": len(closed.expected["children"]),
        "one function": children_expected(TODAY).count(),
        "dashboard": day_counts(TODAY).expected,
        "roll": seen.page(cast.office, "safety:roll", cast.session.pk).context["expected"],
    }
    assert stated == dict.fromkeys(stated, EXPECTED)


def test_a_child_taken_on_is_counted_apart_on_every_page(seen):
    cast = seen.cast
    call_roll(session=cast.session, marks={cast.more[5].pk: "present"}, by=cast.substitute.user)
    leader = seen.page(cast.duty_leader, "safety:day").context
    assert (leader["present"], leader["taken_on"]) == (day_counts(TODAY).present, 1) == (HERE + LEFT, 1)
    assert leader["waiting_count"] == day_counts(TODAY).waiting == HERE + 1


def test_sheets_published_today(seen, monkeypatch):
    cast = seen.cast
    publish_sheet(sheet=add(cast, 20).sheet, by=cast.academic.user)
    today = day_counts(TODAY)
    tabs = {tab.value: tab.count for tab in seen.page(cast.academic, "homework:sheet_list").context["tabs"]}
    assert (today.classes - today.unpublished, today.unpublished) == (1, tabs["open"]) == (1, 2)
    at(monkeypatch, 9, day=TODAY + dt.timedelta(days=1))
    share = collect(cast.term, TODAY)["sheets_published"]
    assert (share.numerator, share.denominator) == (1, today.classes)
