"""Children who come to a class later: a new pupil before its first day, everybody before the term begins."""

import datetime as dt

import pytest
from django.urls import reverse

from enrollment.models import Application, CareGroupMember, Enrolment, LeavesAlone
from enrollment.publications import without_group
from enrollment.services import decide_application, submit_application
from school.models import ClassMembership, PolicyRule, Post, SchoolSettings
from tests.conftest import TODAY, enrol, make_choices, make_signing, make_student, records

pytestmark = pytest.mark.django_db
FIRST = TODAY + dt.timedelta(days=5)


@pytest.fixture
def newcomer(cast, offer):
    """A brother who comes to the class of the homeroom teacher on FIRST."""
    child = make_student("韩小冬", cast.class_1, (cast.mother, "母亲"))
    child.class_memberships.update(starts_on=FIRST)
    return child


def test_a_new_child_is_to_come_with_the_class_it_comes_to(cast, newcomer, as_user):
    client = as_user(cast.office)
    page = client.get(reverse("school:student_list"), {"status": "to_come"})
    assert [(row.pk, row.class_label) for row in records(page)] == [(newcomer.pk, "三(1)班")]
    assert "即将入学" in page.text
    assert records(client.get(reverse("school:student_list"), {"status": "left"})) == []
    there = records(client.get(reverse("school:student_list")))
    assert newcomer.pk not in [row.pk for row in there]
    ClassMembership.objects.filter(student=newcomer).update(starts_on=TODAY)
    assert "即将入学" not in client.get(reverse("school:student_list")).text


def test_the_office_goes_on_from_a_new_child_to_its_paper(cast, offer, newcomer, as_user):
    """The class's teacher reviews it before the first day; the child takes part from that day on, not from the one asked."""
    client = as_user(cast.office)
    page = client.get(reverse("enrollment:paper_list"), {"q": "韩小冬"})
    assert [row.pk for row in records(page)] == [newcomer.pk]
    paper = {"weekdays": ["1"], "starts_on": TODAY.isoformat(), "guardians": [cast.mother.pk], "note": ""}
    paper |= {"signed_by": "沈月", "filed_in": "三(1)班文件夹"}
    answer = client.post(reverse("enrollment:paper_enter", args=[offer.pk, newcomer.pk]), paper)
    application = Application.objects.get()
    assert answer.url == application.get_absolute_url()
    assert list(Application.objects.waiting_for(cast.homeroom.user)) == [application]
    for person in (cast.homeroom, cast.office):
        decide_application(application=application, decision="approve", by=person.user)
    assert Enrolment.objects.get().starts_on == FIRST


def test_a_family_applies_before_the_term_begins(cast, offer, newcomer, as_user):
    client = as_user(cast.mother)
    url = reverse("enrollment:apply", args=[offer.pk, newcomer.pk])
    assert client.get(url).context["student"].class_label == "三(1)班"
    application = submit_application(
        option=offer,
        student=newcomer,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    assert "三（1）班" in application.agreements.get(kind="service").text


def test_who_changes_class_tomorrow_is_the_new_teachers_from_tomorrow(cast, as_user):
    """Only a child in no class yet is seen beforehand."""
    cast.child.class_memberships.update(ends_on=FIRST - dt.timedelta(days=1))
    ClassMembership.objects.create(student=cast.child, school_class=cast.class_2, starts_on=FIRST)
    Post.objects.create(staff=cast.teacher, role="homeroom_teacher", school_class=cast.class_2, starts_on=TODAY)
    url = reverse("school:student_detail", args=[cast.child.pk])
    assert as_user(cast.teacher).get(url).status_code == 404
    assert as_user(cast.homeroom).get(url).status_code == 200


def test_before_the_term_the_classes_name_their_teachers(cast, as_user):
    Post.objects.filter(role="homeroom_teacher").update(starts_on=FIRST)
    ClassMembership.objects.update(starts_on=FIRST)
    row = next(r for r in records(as_user(cast.office).get(reverse("school:class_list"))) if r.pk == cast.class_1.pk)
    assert (row.homeroom, row.children) == (cast.homeroom.name, 1)


def test_before_the_term_the_letters_slips_count_everybody_who_comes(cast, offer, as_user):
    """In August nobody is on roll, and families answer already."""
    cast.child.class_memberships.model.objects.update(starts_on=TODAY + dt.timedelta(days=9))
    signing = make_signing(cast.mother)
    choices = make_choices(cast.mother, starts_on=TODAY + dt.timedelta(days=9))
    submit_application(option=offer, student=cast.child, choices=choices, signing=signing, by=cast.mother.user)
    client = as_user(cast.office)
    page = client.get(reverse("enrollment:letter_status", args=[offer.letter_id]))
    children = ClassMembership.objects.values("student").distinct().count()
    total = page.context["total"]
    assert (total["children"], total["join"], total["outstanding"]) == (children, 1, children - 1)
    notice = client.get(reverse("school:notice_detail", args=["letter", offer.letter_id]))
    assert sum(row.addressed for row in notice.context["rows"]) == children


def test_the_rule_places_who_comes_to_the_school_tomorrow(cast, offer, newcomer, as_user):
    enrol(offer, newcomer, cast.mother, cast.homeroom, cast.office, starts_on=FIRST)
    enrol(offer, cast.other_child, cast.other_mother, cast.homeroom, cast.office)
    answer = as_user(cast.office).post(reverse("enrollment:group_form"), follow=True)
    assert "参加的学生都已编入" in answer.text
    assert CareGroupMember.objects.get(student=newcomer).starts_on == FIRST
    assert not without_group(cast.term, TODAY).exists()


def test_who_is_in_no_class_is_named_and_not_said_to_be_placed(cast, offer, as_user):
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    cast.child.class_memberships.all().delete()
    answer = as_user(cast.office).post(reverse("enrollment:group_form"), follow=True)
    assert "还有 1 名学生没有编入" in answer.text
    assert "都已编入" not in answer.text


def test_going_home_alone_is_signed_before_the_service_begins(cast, offer, as_user):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    SchoolSettings.objects.update(alone_from_grade=3)
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office, starts_on=FIRST)
    url = reverse("enrollment:collector_alone", args=[cast.child.pk])
    client = as_user(cast.mother)
    assert "周三" in client.get(url, {"weekday": [3]}).context["texts"][0][1]
    client.post(f"{url}?weekday=3", {"read": "on", "name": "沈月", "signature": ""})
    assert LeavesAlone.objects.get().starts_on == FIRST
