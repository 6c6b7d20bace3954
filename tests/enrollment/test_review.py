"""The school's side: steps as configured, exceptions, places, alternatives, paper."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.uploads import DocumentField
from enrollment.exceptions import exceptions_of
from enrollment.models import (
    Alternative,
    Application,
    Collector,
    Enrolment,
    LeavesAlone,
    Receipt,
    ReviewStage,
    ReviewStep,
    ServiceOption,
    Signature,
)
from enrollment.services import (
    answer_alternative,
    decide_application,
    enter_application,
    form_groups,
    offer_alternative,
    submit_application,
    withdraw_application,
)
from enrollment.services.collecting import bar_adult
from enrollment.services.signing import Signing
from school.models import PolicyRule, SchoolSettings, SpecialGroup, SpecialGroupMembership
from tests.conftest import TODAY, make_choices, make_guardian, make_signing, make_staff, make_student, records
from tests.papers import photo

pytestmark = pytest.mark.django_db


def apply_for(offer, student, guardian, **choices):
    return submit_application(
        option=offer,
        student=student,
        choices=make_choices(guardian, **choices),
        signing=make_signing(guardian),
        by=guardian.user,
    )


def agree(application, *staff):
    for person in staff:
        application = decide_application(application=application, decision="approve", by=person.user)
    return application


def test_the_year_collates_where_the_school_has_that_step(cast, offer):
    ReviewStage.objects.filter(step="year_collation").update(active=True)
    head = make_staff("T020", "年级长", role="grade_head", grade=3)
    application = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    with pytest.raises(ValidationError, match="下一步是") as refusal:
        decide_application(application=application, decision="approve", by=cast.office.user)
    assert refusal.value.code == "S6"
    assert Application.objects.waiting_for(head.user).get() == application
    assert agree(application, head).status == "collated"
    assert agree(application, cast.office).status == "approved"
    steps = list(application.steps.values_list("step", "by__name"))
    assert steps == [("class_review", "周婷"), ("year_collation", "年级长"), ("school_approval", "郑岚")]


def test_another_grades_head_has_nothing_waiting(cast, offer):
    ReviewStage.objects.filter(step="year_collation").update(active=True)
    head = make_staff("T020", "一年级长", role="grade_head", grade=1)
    agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    assert not Application.objects.waiting_for(head.user).exists()


def test_the_principal_may_be_the_one_who_approves(cast, offer):
    ReviewStage.objects.filter(step="school_approval").update(role="principal")
    application = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    assert not Application.objects.waiting_for(cast.office.user).exists()
    assert agree(application, cast.principal).status == "approved"


def test_placement_is_a_step_with_actor_and_group(cast, offer):
    application = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom, cast.office)
    form_groups(term=cast.term, day=TODAY, by=cast.academic.user)
    step = application.steps.latest("at")
    assert (step.step, step.by, step.opinion) == ("placement", cast.academic.user, "三(1)班课后服务班")


def test_no_refusal_before_another_place_was_offered(cast, offer):
    application = apply_for(offer, cast.child, cast.mother)
    with pytest.raises(ValidationError, match="另一"):
        decide_application(
            application=application, decision="decline", ground="no_place", opinion="满了", by=cast.homeroom.user
        )
    with pytest.raises(ValidationError, match="这就是家长申请的内容，请选择其他项目或其他日子"):
        offer_alternative(
            application=application, option=offer, weekdays=[1, 2, 3, 4, 5], message="一样", by=cast.homeroom.user
        )
    alternative = offer_alternative(
        application=application, option=offer, weekdays=[1, 2], message="周三至周五满", by=cast.homeroom.user
    )
    application.refresh_from_db()
    assert application.status == "offered"
    answer_alternative(alternative=alternative, accept=False, by=cast.father.user)
    application.refresh_from_db()
    assert application.status == "submitted"
    declined = decide_application(
        application=application, decision="decline", ground="no_place", opinion="满了", by=cast.homeroom.user
    )
    assert (declined.status, declined.steps.latest("at").ground) == ("declined", "no_place")


@pytest.mark.parametrize("message", ["", "  "])
def test_another_place_is_offered_with_the_reason(cast, offer, message):
    application = apply_for(offer, cast.child, cast.mother)
    with pytest.raises(ValidationError) as refusal:
        offer_alternative(
            application=application, option=offer, weekdays=[1, 2], message=message, by=cast.homeroom.user
        )
    assert refusal.value.messages == ["请向家长说明原因和另一个选择的内容。"]
    application.refresh_from_db()
    assert (application.status, Alternative.objects.exists()) == ("submitted", False)


@pytest.mark.parametrize(("weekdays", "sentence"), [([], "请至少选一天。"), ([1, 6], "所选日期中有的没有这项服务。")])
def test_another_place_is_offered_on_days_of_its_service(cast, offer, weekdays, sentence):
    application = apply_for(offer, cast.child, cast.mother)
    with pytest.raises(ValidationError) as refusal:
        offer_alternative(
            application=application, option=offer, weekdays=weekdays, message="周三至周五满", by=cast.homeroom.user
        )
    assert refusal.value.messages == [sentence]
    application.refresh_from_db()
    assert (application.status, Alternative.objects.exists()) == ("submitted", False)


@pytest.mark.parametrize(
    ("accept", "decision", "opinion"),
    [(True, "approve", "家长接受其他选择。"), (False, "decline", "家长不接受其他选择。")],
    ids=["accepted", "declined"],
)
def test_what_the_family_said_to_another_place_stands_among_the_steps(cast, offer, accept, decision, opinion):
    application = apply_for(offer, cast.child, cast.mother)
    alternative = offer_alternative(
        application=application, option=offer, weekdays=[1, 2], message="周三至周五满", by=cast.homeroom.user
    )
    answer_alternative(alternative=alternative, accept=accept, signing=make_signing(cast.mother), by=cast.mother.user)
    step = application.steps.get(step="alternative")
    assert (step.decision, step.opinion, step.by) == (decision, opinion, cast.mother.user)


def take_instead(application, offer, cast, weekdays):
    alternative = offer_alternative(
        application=application, option=offer, weekdays=weekdays, message="周三至周五满", by=cast.homeroom.user
    )
    return answer_alternative(
        alternative=alternative, accept=True, signing=make_signing(cast.mother), by=cast.mother.user
    )


def test_in_a_place_taken_instead_the_child_goes_alone_as_the_family_chose_for_it(cast, offer):
    """Not as it chose in an application that it took back: then Monday was among the days."""
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    SchoolSettings.objects.update(alone_from_grade=1)
    withdraw_application(application=apply_for(offer, cast.child, cast.mother, alone=[1]), by=cast.mother.user)
    without = take_instead(apply_for(offer, cast.child, cast.mother), offer, cast, [1, 2])
    assert not LeavesAlone.objects.filter(agreement__application=without).exists()
    withdraw_application(application=without, by=cast.mother.user)
    chosen = take_instead(apply_for(offer, cast.child, cast.mother, alone=[2, 3]), offer, cast, [1, 2])
    assert LeavesAlone.objects.get(agreement__application=chosen).weekdays == [2]


def test_a_place_taken_instead_is_signed_and_stands_where_the_first_stood(cast, offer):
    application = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    alternative = offer_alternative(
        application=application, option=offer, weekdays=[1, 2], message="周三至周五满", by=cast.office.user
    )
    with pytest.raises(ValidationError, match="须有监护人签名同意才能参加，请签名") as refusal:
        answer_alternative(alternative=alternative, accept=True, by=cast.mother.user)
    assert refusal.value.code == "S5"
    new = answer_alternative(
        alternative=alternative, accept=True, signing=make_signing(cast.mother), by=cast.mother.user
    )
    application.refresh_from_db()
    assert (application.status, new.status, new.weekdays) == ("withdrawn", "reviewed", [1, 2])
    assert "周一、周二" in new.agreements.get(kind="service").text
    agree(new, cast.office)
    assert Enrolment.objects.get().application == new
    with pytest.raises(ValidationError, match="这次提供的选择已经答复过了"):
        answer_alternative(alternative=alternative, accept=False, by=cast.father.user)


def test_the_family_answers_the_other_place_on_its_phone(cast, offer, as_user):
    application = apply_for(offer, cast.child, cast.mother)
    alternative = offer_alternative(
        application=application, option=offer, weekdays=[1], message="其余日子满", by=cast.homeroom.user
    )
    client = as_user(cast.father)
    url = reverse("enrollment:alternative_answer", args=[alternative.pk])
    assert "周一" in client.get(url).context["texts"][0][1]
    client.post(url, {"answer": "accept", "name": "韩松", "read": "on"})
    alternative.refresh_from_db()
    assert (alternative.state, alternative.new_application.submitted_by) == ("accepted", cast.father.user)
    assert client.get(url).status_code == 302


def test_another_place_keeps_the_hours_that_the_family_chose(cast, offer):
    """Of the days that remain; who leaves early goes on leaving early (R019)."""
    application = apply_for(offer, cast.child, cast.mother)
    Application.objects.update(leaves_after={"3": 1, "5": 1})
    application = agree(application, cast.homeroom)
    alternative = offer_alternative(
        application=application, option=offer, weekdays=[2, 3], message="周一已满", by=cast.office.user
    )
    answer_alternative(alternative=alternative, accept=True, signing=make_signing(cast.mother), by=cast.mother.user)
    alternative.refresh_from_db()
    assert alternative.new_application.leaves_after == {"3": 1}


def test_the_last_place_goes_to_one_and_children_who_come_first_go_first(cast, offer, as_user):
    offer.capacity = 1
    offer.save()
    first = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    second = agree(apply_for(offer, cast.other_child, cast.other_mother), cast.homeroom)
    group = SpecialGroup.objects.filter(has_priority=True).first()
    SpecialGroupMembership.objects.create(student=cast.other_child, group=group)
    rows = {"action": "approve", "row": [first.pk, second.pk]}
    as_user(cast.office).post(reverse("enrollment:application_list"), rows)
    assert Enrolment.objects.get().student == cast.other_child
    assert exceptions_of([first]) == {first.pk: ["没有名额了"]}


def test_the_places_of_another_service_are_not_counted(cast, offer):
    ServiceOption.objects.create(
        term=cast.term,
        name="周一延时托管",
        weekdays=[1],
        letter=offer.letter,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        capacity=0,
    )
    ServiceOption.objects.filter(pk=offer.pk).update(capacity=1)
    application = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    assert agree(application, cast.office).status == "approved"
    second = agree(apply_for(offer, cast.other_child, cast.other_mother), cast.homeroom)
    with pytest.raises(ValidationError, match="1 个名额已满"):
        agree(second, cast.office)


def test_an_approval_names_the_signature_that_is_missing(cast, offer):
    """The school began to ask for the pupil's after the family had signed."""
    application = agree(apply_for(offer, cast.child, cast.mother), cast.homeroom)
    SchoolSettings.objects.update(pupil_signs=True)
    with pytest.raises(ValidationError, match=r"还缺签名：学生。") as refusal:
        agree(application, cast.office)
    assert refusal.value.code == "S5"


def test_exceptions_are_set_apart_and_not_ticked(cast, offer, as_user):
    plain = apply_for(offer, cast.child, cast.mother)
    with_note = make_student("韩小石", cast.class_1, (cast.mother, "母亲"))
    noted = apply_for(offer, with_note, cast.mother)
    Application.objects.filter(pk=noted.pk).update(note="花生过敏")
    page = as_user(cast.homeroom).get(reverse("enrollment:application_list"))
    table = page.context["table"]
    assert list(table.ready.data) == [plain]
    assert [(row.pk, row.reasons) for row in table.set_apart.data] == [(noted.pk, ["家长留了言"])]


def test_who_comes_first_is_seen_by_few(cast, offer, as_user):
    group = SpecialGroup.objects.filter(has_priority=True).first()
    SpecialGroupMembership.objects.create(student=cast.child, group=group)
    application = apply_for(offer, cast.child, cast.mother)
    url = reverse("enrollment:application_detail", args=[application.pk])
    assert as_user(cast.homeroom).get(url).context["comes_first"]
    assert not as_user(cast.mother).get(url).context["comes_first"]
    agree(application, cast.homeroom)
    ReviewStage.objects.filter(step="school_approval").update(role="principal")
    assert not as_user(cast.principal).get(url).context["comes_first"]


def paper(name, **more):
    return Signing(name, None, "", on_paper=True, **({"filed_in": "三(1)班文件夹"} | more))


def test_an_application_on_paper_counts_the_same(cast, offer):
    SchoolSettings.objects.update(pupil_signs=True)
    offer.closes_at = offer.opens_at
    with pytest.raises(ValidationError, match="陌生人"):
        enter_application(
            option=offer,
            student=cast.child,
            choices=make_choices(cast.mother),
            signing=paper("陌生人"),
            by=cast.homeroom.user,
        )
    application = enter_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=paper("沈月"),
        by=cast.homeroom.user,
    )
    assert (application.on_paper, application.submitted_by) == (True, cast.homeroom.user)
    assert application.applicant == "沈月"
    assert Receipt.objects.get().on_paper
    parties = sorted(Signature.objects.values_list("party", "name", "on_paper", "filed_in"))
    filed = "三(1)班文件夹"
    assert parties == [("guardian", "沈月", True, filed)] * 2 + [("pupil", "韩小雨", True, filed)] * 2
    assert agree(application, cast.homeroom, cast.office).status == "approved"


def test_papers_are_agreed_to_with_ticks_and_say_who_applied_and_who_entered_them(cast, offer, as_user):
    """Also those that come in after the sign-up has closed."""
    ServiceOption.objects.filter(pk=offer.pk).update(closes_at=offer.opens_at + dt.timedelta(minutes=1))
    offer.refresh_from_db()
    friend = make_student("韩小冬", cast.class_1, (cast.mother, "母亲"))
    made = [
        enter_application(
            option=offer,
            student=student,
            choices=make_choices(cast.mother),
            signing=paper("沈月"),
            by=cast.office.user,
        )
        for student in (cast.child, friend)
    ]
    client = as_user(cast.homeroom)
    url = reverse("enrollment:application_list")
    queue = client.get(url)
    assert [row.record.pk for row in queue.context["table"].ready.rows] == [one.pk for one in made]
    assert queue.content.decode().count("由纸质件录入") == 2
    client.post(url, {"action": "approve", "row": [one.pk for one in made]})
    assert set(Application.objects.values_list("status", flat=True)) == {"reviewed"}
    page = client.get(reverse("enrollment:application_detail", args=[made[0].pk])).content.decode()
    assert page.index("沈月") < page.index("录入人</dt><dd>郑岚")


def test_a_pile_of_papers_is_entered_on_one_page(cast, offer, as_user):
    """A child that is refused stays on the page with its reason, what was typed for the pile with it."""
    friend = make_student("韩小冬", cast.class_1, (cast.mother, "母亲"))
    third = make_student("韩小秋", cast.class_1, (cast.father, "父亲"))
    client = as_user(cast.homeroom)
    ticked = {"action": "enter", "row": [cast.child.pk, friend.pk, third.pk, cast.other_child.pk]}
    pile = client.post(reverse("enrollment:paper_list"), ticked).url
    form = client.get(pile).context["form"]
    assert {student.pk for student, _family in form.families} == {cast.child.pk, friend.pk, third.pk}  # her class only
    # Barred between looking and sending.
    bar_adult(student=friend, name="沈月", relation="母亲", document="裁定", by=cast.office.user)
    sent = {"weekdays": [1, 3], "starts_on": TODAY.isoformat(), "filed_in": "三(1)班文件夹"}
    sent |= {f"signed_{cast.child.pk}": "沈月", f"signed_{friend.pk}": "", f"signed_{third.pk}": "韩松"}
    Collector.objects.create(
        student=third,
        kind="barred",
        name="韩松",
        relation="父亲",
        document="裁定",
        starts_on=TODAY,
        entered_by=cast.office.user,
    )
    page = client.post(pile, sent)
    assert list(page.context["form"].errors) == [f"signed_{third.pk}"]
    assert page.context["form"]["filed_in"].value() == "三(1)班文件夹"
    application = Application.objects.get()
    assert (application.student, application.applicant, application.weekdays) == (cast.child, "沈月", [1, 3])
    assert set(cast.child.collectors.values_list("name", flat=True)) == {"沈月", "韩松"}
    again = client.get(pile).context["form"]
    assert {student.pk for student, _family in again.families} == {friend.pk, third.pk}


def test_a_barred_adult_cannot_have_signed_the_paper(cast, offer):
    with pytest.raises(ValidationError, match="的监护人。登记的监护人"):
        enter_application(
            option=offer,
            student=cast.child,
            choices=make_choices(cast.mother),
            signing=paper("韩老"),
            by=cast.office.user,
        )


def test_papers_are_entered_for_children_of_the_options_grades_only(cast, offer, as_user):
    client = as_user(cast.office)
    assert "韩小雪" in {s.name for s in records(client.get(reverse("enrollment:paper_list")))}
    offer.grade_from = 3
    offer.save()
    assert {s.name for s in records(client.get(reverse("enrollment:paper_list")))} == {"韩小雨", "杨小帆", "吴小舟"}


def test_paper_on_the_page_with_a_photo(cast, offer, as_user):
    client = as_user(cast.homeroom)
    found = client.get(reverse("enrollment:paper_list"))
    assert [s.name for s in records(found)] == ["韩小雨"]
    url = reverse("enrollment:paper_enter", args=[offer.pk, cast.child.pk])
    fields = {"weekdays": [1], "starts_on": "2026-11-18", "guardians": [cast.mother.pk], "signed_by": "沈月"}
    neither = client.post(url, fields)
    assert "filed_in" in neither.context["paper"].errors
    wrong = client.post(url, fields | {"scan": SimpleUploadedFile("a.exe", b"MZ12")})
    assert "scan" in wrong.context["paper"].errors
    client.post(url, fields | {"scan": SimpleUploadedFile("p.jpg", photo())})
    application = Application.objects.get()
    scans = set(Signature.objects.values_list("scan", flat=True))
    assert len(scans) == 1  # one copy of the file, shown by both signatures
    signature = application.agreements.first().signatures.get()
    seen = client.get(reverse("enrollment:signature_scan", args=[signature.pk]))
    assert b"".join(seen.streaming_content) == DocumentField().clean(SimpleUploadedFile("p.jpg", photo())).read()
    assert client.get(url).url == application.get_absolute_url()


def test_the_database_refuses_a_paper_that_is_nowhere(cast, offer):
    from django.db import IntegrityError, transaction

    application = apply_for(offer, cast.child, cast.mother)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            agreement=application.agreements.first(),
            party="pupil",
            name="韩小雨",
            signed_by=cast.homeroom.user,
            on_paper=True,
        )


def test_export_takes_what_is_on_the_screen_and_names_need_no_reason(cast, offer, as_user):
    from school.models import AccessLog

    apply_for(offer, cast.child, cast.mother)
    client = as_user(cast.office)
    url = reverse("enrollment:application_list") + "?status=all&q=韩"
    book = client.post(url, {"action": "export"})
    assert book.content.startswith(b"PK")
    assert AccessLog.objects.values_list("reason", "rows").get() == ("", 1)


def test_alternatives_are_kept(cast, offer):
    guardian = make_guardian("家长", "19800000001")
    student = make_student("学生", cast.class_1, (guardian, "父亲"))
    application = apply_for(offer, student, guardian)
    offer_alternative(application=application, option=offer, weekdays=[1], message="满", by=cast.homeroom.user)
    steps = list(ReviewStep.objects.values_list("step", "decision"))
    assert steps == [("class_review", "offer")]
    assert Alternative.objects.get().back_to == "submitted"
