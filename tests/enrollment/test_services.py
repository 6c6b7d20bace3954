"""From the application to the enrolment, and every refusal on the way."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from enrollment.models import (
    Agreement,
    Application,
    CareDuty,
    CareGroup,
    CareGroupMember,
    Collector,
    Enrolment,
    Letter,
    Receipt,
    ReviewStage,
    ServiceOption,
    Signature,
)
from enrollment.services import (
    assign_duties,
    decide_application,
    end_enrolment,
    form_groups,
    open_sign_up,
    publish_letter,
    sign_application,
    submit_application,
)
from enrollment.services.applying import CollectorEntry
from school.models import PolicyRule, SchoolSettings, Term
from tests.conftest import TODAY, enrol, make_choices, make_guardian, make_signing, make_student, pdf_text, printed

pytestmark = pytest.mark.django_db


def apply_for(cast, offer, **choices):
    return submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother, **choices),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )


def test_the_line_from_application_to_enrolment(cast, offer):
    application = apply_for(cast, offer, weekdays=[1, 3])
    assert {a.state for a in application.agreements.all()} == {"waiting"}
    assert not Enrolment.objects.exists()
    decide_application(application=application, decision="approve", by=cast.homeroom.user)
    decide_application(application=application, decision="approve", by=cast.office.user)
    enrolment = Enrolment.objects.get()
    assert (enrolment.weekdays, enrolment.starts_on) == ([1, 3], TODAY)
    assert {a.state for a in application.agreements.all()} == {"in_force"}
    assert sorted(Signature.objects.values_list("party", flat=True)) == ["guardian", "guardian", "school", "school"]
    assert Receipt.objects.get().answer == "join"
    assert "韩小雨 三（1）班 周一、周三 免费 沈月（母亲） 无" in Agreement.objects.get(kind="service").text


def test_the_second_guardian_sees_the_firsts_decision(cast, offer):
    apply_for(cast, offer)
    with pytest.raises(ValidationError, match="提交申请，您无需再办") as refusal:
        submit_application(
            option=offer,
            student=cast.child,
            choices=make_choices(cast.father, relation="父亲"),
            signing=make_signing(cast.father),
            by=cast.father.user,
        )
    assert "沈月" in refusal.value.message
    assert Application.objects.count() == 1


def test_s5_consent_is_needed_until_the_rule_says_otherwise(cast, offer):
    def without_signature():
        return submit_application(
            option=offer, student=cast.child, choices=make_choices(cast.mother), signing=None, by=cast.mother.user
        )

    with pytest.raises(ValidationError, match="须有监护人签名同意才能参加，请签名") as refusal, transaction.atomic():
        without_signature()
    assert refusal.value.code == "S5"
    PolicyRule.objects.filter(key="S5", measure="consent_required").update(severity="report")
    assert without_signature().status == "submitted"


def test_s6_order_of_steps_until_the_rule_says_otherwise(cast, offer):
    application = apply_for(cast, offer)
    with pytest.raises(ValidationError, match="下一步是") as refusal:
        decide_application(application=application, decision="approve", by=cast.office.user)
    assert refusal.value.code == "S6"
    stage = ReviewStage.objects.get(step="class_review")
    stage.active = False
    with pytest.raises(ValidationError, match="先由班级审核，再由学校核准"):
        stage.full_clean()
    PolicyRule.objects.filter(key="S6").update(enabled=False)
    stage.full_clean()
    stage.save()
    decide_application(application=application, decision="approve", by=cast.office.user)
    assert Enrolment.objects.count() == 1


def test_s3_saturdays_need_the_rule_lifted(cast, offer):
    offer.weekdays = [6]
    window = {"opens_at": offer.opens_at, "closes_at": offer.closes_at, "by": cast.office.user}
    with pytest.raises(ValidationError, match="课后服务只在星期一到星期五的教学日开展") as refusal:
        open_sign_up(option=offer, **window)
    assert refusal.value.code == "S3"
    PolicyRule.objects.filter(key="S3").update(enabled=False)
    assert open_sign_up(option=offer, **window).weekdays == [6]


def test_s4_noon_care_is_not_charged(cast, offer):
    offer.service, offer.fee_mode, offer.fee_amount = "noon", "month", 150
    with pytest.raises(ValidationError, match="早到、午间、晚自习不得作为课后服务收费") as refusal:
        open_sign_up(option=offer, opens_at=offer.opens_at, closes_at=offer.closes_at, by=cast.office.user)
    assert refusal.value.code == "S4"


def test_letter_needs_its_eight_facts(cast):
    letter = Letter.objects.create(term=cast.term, version=2, title="告家长书", way="有")
    with pytest.raises(ValidationError, match="告家长书还缺"):
        publish_letter(letter=letter, by=cast.office.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(published_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))


def test_signature_after_approval_where_the_school_has_it_so(cast, offer):
    SchoolSettings.objects.update(sign_when="after_approval")
    application = submit_application(
        option=offer, student=cast.child, choices=make_choices(cast.mother), signing=None, by=cast.mother.user
    )
    decide_application(application=application, decision="approve", by=cast.homeroom.user)
    application = decide_application(application=application, decision="approve", by=cast.office.user)
    assert application.status == "to_sign"
    assert not Enrolment.objects.exists()
    sign_application(application=application, signing=make_signing(cast.mother), by=cast.mother.user)
    assert Enrolment.objects.count() == 1
    with pytest.raises(ValidationError, match="没有需要签名"):
        sign_application(application=application, signing=make_signing(cast.mother), by=cast.mother.user)
    assert Enrolment.objects.count() == 1


def test_alone_on_weekdays_of_the_service_only(cast, offer):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    SchoolSettings.objects.update(alone_from_grade=1)
    choices = make_choices(cast.mother, weekdays=(1, 2), alone=(2, 3))
    with pytest.raises(ValidationError, match="请选择孩子参加的日子"):
        submit_application(
            option=offer, student=cast.child, choices=choices, signing=make_signing(cast.mother), by=cast.mother.user
        )
    assert not Application.objects.exists()


def test_refusal_needs_a_reason(cast, offer):
    application = apply_for(cast, offer)
    with pytest.raises(ValidationError, match="原因"):
        decide_application(application=application, decision="decline", by=cast.homeroom.user)
    decide_application(
        application=application, decision="decline", ground="no_need", opinion="家里有人接", by=cast.homeroom.user
    )
    application.refresh_from_db()
    assert application.status == "declined"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE enrollment_agreement SET text = 'x'",
        "DELETE FROM enrollment_agreement",
        "UPDATE enrollment_signature SET name = 'x'",
        "DELETE FROM enrollment_enrolment",
    ],
)
def test_what_is_signed_never_changes(cast, offer, statement):
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_t9_first_graders_do_not_go_alone(cast, offer):
    with pytest.raises(ValidationError, match="年级学生须当面交接，不能独自离校") as refusal:
        submit_application(
            option=offer,
            student=cast.sibling,
            choices=make_choices(cast.mother, alone=[1]),
            signing=make_signing(cast.mother),
            by=cast.mother.user,
        )
    assert refusal.value.code == "T9"


def test_a_barred_adult_cannot_be_named_collector(cast, offer):
    with pytest.raises(ValidationError, match="韩老"):
        submit_application(
            option=offer,
            student=cast.child,
            choices=make_choices(cast.grandfather, relation="祖父"),
            signing=make_signing(cast.mother),
            by=cast.mother.user,
        )


def test_an_adult_barred_by_the_office_cannot_be_named_either(cast, offer):
    Collector.objects.create(
        student=cast.child,
        kind="barred",
        name="某人",
        relation="邻居",
        document="保护令 2026-3",
        starts_on=TODAY,
        entered_by=cast.office.user,
    )
    choices = make_choices(cast.mother)
    choices.collectors.append(CollectorEntry("某人", "邻居", "19900000999"))
    with pytest.raises(ValidationError, match="某人"):
        submit_application(
            option=offer, student=cast.child, choices=choices, signing=make_signing(cast.mother), by=cast.mother.user
        )


def test_ending_keeps_the_row_and_the_history(cast, offer):
    enrolment = enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    before = list(enrolment.events.values_list("pgh_id", flat=True))
    end_enrolment(enrolment=enrolment, last_day=TODAY, reason="搬家", by=cast.office.user)
    enrolment.refresh_from_db()
    assert (enrolment.ends_on, enrolment.end_reason) == (TODAY, "搬家")
    assert enrolment.group_places.get().ends_on == TODAY
    assert [e.pgh_label for e in enrolment.events.exclude(pgh_id__in=before)] == ["update"]


def fill_class(cast, offer, school_class, count, start):
    for i in range(count):
        guardian = make_guardian(f"家长{start + i}", f"1980000{start + i:04d}")
        student = make_student(f"学生{start + i}", school_class, (guardian, "母亲"))
        enrol(offer, student, guardian, cast.homeroom, cast.office)


def test_groups_by_the_rule_of_thirty(cast, offer):
    SchoolSettings.objects.update(group_threshold=3)
    fill_class(cast, offer, cast.class_1, 3, 100)
    fill_class(cast, offer, cast.class_2, 2, 200)
    fill_class(cast, offer, cast.first_grade, 1, 300)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    sizes = {g.name: (g.grade, g.members.count(), g.school_class) for g in CareGroup.objects.all()}
    assert list(sizes.values()) == [
        (1, 1, cast.first_grade),
        (3, 3, cast.class_1),
        (3, 2, cast.class_2),
    ]
    fill_class(cast, offer, cast.class_1, 1, 400)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    assert CareGroup.objects.get(school_class=cast.class_1).members.count() == 4
    assert CareGroup.objects.count() == 3


def test_duties_never_put_one_adult_in_two_places(cast, offer):
    SchoolSettings.objects.update(group_threshold=1)
    fill_class(cast, offer, cast.class_1, 1, 100)
    fill_class(cast, offer, cast.class_2, 1, 200)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    still_open = assign_duties(term=cast.term, by=cast.office.user)
    assert still_open == 0
    assert CareDuty.objects.count() == 2 * 5 * 2
    places = list(CareDuty.objects.values_list("weekday", "period", "staff"))
    assert len(places) == len(set(places))
    assert assign_duties(term=cast.term, by=cast.office.user) == 0
    assert CareDuty.objects.count() == 20


def test_a_homeroom_teacher_opens_her_childrens_group_and_no_other(afternoon, as_user):
    client = as_user(afternoon.homeroom)
    other = CareGroup.objects.create(term=afternoon.term, name="五年级合并班", grade=5)
    assert client.get(reverse("enrollment:group_detail", args=[afternoon.group.pk])).status_code == 200
    assert client.get(reverse("enrollment:group_detail", args=[other.pk])).status_code == 404
    assert as_user(afternoon.office).get(reverse("enrollment:group_detail", args=[other.pk])).status_code == 200


def approved(cast, offer, student, **choices):
    application = submit_application(
        option=offer,
        student=student,
        choices=make_choices(cast.mother, **choices),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    for by in (cast.homeroom.user, cast.office.user):
        decide_application(application=application, decision="approve", by=by)
    return student.enrolments.get()


def test_nobody_takes_part_on_days_before_the_groups_began(cast, offer, as_user):
    """The service began in September, the office with this system in November."""
    first = approved(cast, offer, cast.child)
    assert first.starts_on == TODAY
    page = as_user(cast.mother).get(reverse("enrollment:application_detail", args=[first.application_id]))
    assert "韩小雨从11月18日 周三起参加" in page.content.decode()
    service, pick_up = first.application.agreements.order_by("-kind")
    mother = as_user(cast.mother)
    paper = printed(mother, mother.get(reverse("enrollment:agreement_pdf", args=[service.pk])))
    text = "".join(pdf_text(paper).split())
    assert "实际自2026年11月18日" in text
    # Both parties, each with its day and year; the school's signer by name.
    assert text.count("2026年11月18日") >= 3 and f"学校经办人：{cast.office.name}" in text
    paper = printed(mother, mother.get(reverse("enrollment:agreement_pdf", args=[pick_up.pk])))
    assert "实际自" not in pdf_text(paper)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    begun = TODAY - dt.timedelta(days=6)
    cast.child.group_places.update(starts_on=begun)
    friend = make_student("韩小冬", cast.class_1, (cast.mother, "母亲"))
    assert approved(cast, offer, friend).starts_on == begun
    third = make_student("韩小秋", cast.class_1, (cast.mother, "母亲"))
    later = TODAY + dt.timedelta(days=9)
    assert approved(cast, offer, third, starts_on=later).starts_on == later


def test_groups_of_another_term_and_those_to_come_have_not_begun(cast, offer):
    """Who is approved begins today."""
    enrolment = approved(cast, offer, cast.child)
    spring = Term.objects.create(school_year=2025, half=2, starts_on=dt.date(2026, 2, 20), ends_on=dt.date(2026, 7, 3))
    group = CareGroup.objects.create(term=spring, name="二年级1班", grade=2)
    days = {"starts_on": spring.starts_on, "ends_on": spring.ends_on}
    CareGroupMember.objects.create(group=group, student=cast.child, enrolment=enrolment, **days)
    friend, third = (make_student(name, cast.class_1, (cast.mother, "母亲")) for name in ("韩小冬", "韩小秋"))
    assert approved(cast, offer, friend).starts_on == TODAY
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    CareGroupMember.objects.filter(group__term=cast.term).update(starts_on=TODAY + dt.timedelta(days=5))
    assert approved(cast, offer, third).starts_on == TODAY


def test_nobody_begins_in_a_service_that_is_over(cast, offer):
    ServiceOption.objects.filter(pk=offer.pk).update(ends_on=TODAY - dt.timedelta(days=1))
    offer.refresh_from_db()
    with pytest.raises(ValidationError, match="不能再从中开始参加"):
        approved(cast, offer, cast.child)
