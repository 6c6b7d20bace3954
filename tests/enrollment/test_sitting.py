"""The guardian's sitting on the pages: letter, choices, signature, confirmation; the second guardian; brothers and sisters."""

import datetime as dt

import pytest
from django.urls import reverse

from enrollment.models import AgreementTemplate, Application, Receipt, ReviewStep, Signature
from school.models import Period, SchoolSettings
from tests.conftest import PNG, TODAY, make_student

pytestmark = pytest.mark.django_db


def address(offer, student):
    return reverse("enrollment:apply", args=[offer.pk, student.pk])


def chosen(guardian, **more):
    return {"weekdays": [1, 3], "starts_on": "2026-11-18", "guardians": [guardian.pk], "note": ""} | more


def send(client, offer, student, guardian, **more):
    """Looks at what is to be signed, then signs and sends."""
    url = address(offer, student)
    review = client.post(url, chosen(guardian, step="review"))
    signed = {"step": "send", "versions": review.context["sheet"].versions, "name": guardian.name, "read": "on"}
    return client.post(url, chosen(guardian, signature=PNG) | signed | more)


def test_opening_the_letter_counts_as_read_once(cast, offer, as_user):
    client = as_user(cast.mother)
    for _ in range(2):
        client.get(address(offer, cast.child))
    receipt = Receipt.objects.get()
    assert (receipt.student, receipt.answer, receipt.read_at is not None) == (cast.child, "", True)


def test_sitting_from_letter_to_confirmation(cast, offer, as_user):
    client = as_user(cast.mother)
    answer = send(client, offer, cast.child, cast.mother, leaves_3="1")
    application = Application.objects.get()
    assert answer.url == reverse("enrollment:applied", args=[application.pk])
    assert (application.weekdays, application.leaves_after) == ([1, 3], {"3": 1})
    assert Receipt.objects.get().answer == "join"
    page = client.get(answer.url)
    assert [child.name for child in page.context["siblings"]] == ["韩小雪"]


def test_declining_is_an_answer_of_equal_worth(cast, offer, as_user):
    page = as_user(cast.mother).post(address(offer, cast.child), {"answer": "decline"})
    assert page.status_code == 200
    assert Receipt.objects.get().answer == "decline"
    assert not Application.objects.exists()


def test_what_was_typed_survives_a_refusal(cast, offer, as_user):
    client = as_user(cast.mother)
    page = client.post(
        address(offer, cast.child),
        {"weekdays": [2], "starts_on": "2026-11-18", "note": "花生过敏", "other_name": "姨", "step": "review"},
    )
    form = page.context["form"]
    assert form["note"].value() == "花生过敏"
    assert set(form.errors) == {"other_relation", "other_phone"}
    review = send(client, offer, cast.child, cast.mother, name="别人")
    assert ("weekdays", "1") in review.context["kept"]
    assert "沈月" in review.context["refusal"].messages[0]


def test_a_text_published_meanwhile_is_read_again(cast, offer, as_user):
    client = as_user(cast.mother)
    review = client.post(address(offer, cast.child), chosen(cast.mother, step="review"))
    old = AgreementTemplate.objects.get(kind="service")
    AgreementTemplate.objects.create(
        kind="service", version=2, title=old.title, body="新 {student}", published_at=old.published_at
    )
    versions = review.context["sheet"].versions
    late = client.post(
        address(offer, cast.child),
        chosen(cast.mother, step="send", versions=versions, name="沈月", read="on", signature=PNG),
    )
    assert late.context["refusal"] is not None
    assert not Application.objects.exists()
    assert ("课后服务协议书", "新 韩小雨") in late.context["texts"]


def test_the_second_guardian_is_led_to_the_first_ones_application(cast, offer, as_user):
    send(as_user(cast.mother), offer, cast.child, cast.mother)
    answer = as_user(cast.father).get(address(offer, cast.child))
    application = Application.objects.get()
    assert answer.url == f"{application.get_absolute_url()}?taken=1"
    sent = send_blind(as_user(cast.father), offer, cast.child, cast.father)
    assert "沈月" in sent.context["refusal"].messages[0]
    assert Application.objects.count() == 1


def send_blind(client, offer, student, guardian):
    from enrollment.option_sheets import option_sheet

    signed = {"step": "send", "versions": option_sheet(offer.pk).versions, "name": guardian.name, "read": "on"}
    return client.post(address(offer, student), chosen(guardian, signature=PNG) | signed)


def test_the_same_for_a_brother_or_sister_needs_only_the_signature(cast, offer, as_user):
    client = as_user(cast.mother)
    send(client, offer, cast.child, cast.mother)
    brother = make_student("韩小风", cast.class_2, (cast.mother, "母亲"))
    first = Application.objects.get()
    form = client.get(address(offer, brother), {"like": first.pk}).context["form"]
    assert (form["weekdays"].value(), form["guardians"].value()) == ([1, 3], [cast.mother.pk])
    strangers = as_user(cast.other_mother).get(address(offer, cast.other_child), {"like": first.pk})
    assert strangers.context["form"]["weekdays"].value() == [1, 2, 3, 4, 5]


def test_three_parties_where_the_school_wants_the_pupils_signature(cast, offer, as_user):
    SchoolSettings.objects.update(pupil_signs=True)
    client = as_user(cast.mother)
    without = send(client, offer, cast.child, cast.mother)
    assert "pupil_signature" in without.context["form"].errors
    send(client, offer, cast.child, cast.mother, pupil_signature=PNG)
    assert sorted(Signature.objects.values_list("party", "name")) == [
        ("guardian", "沈月"),
        ("guardian", "沈月"),
        ("pupil", "韩小雨"),
        ("pupil", "韩小雨"),
    ]


@pytest.mark.parametrize(
    "change", [{"weekdays": [6]}, {"weekdays": []}, {"starts_on": "2030-01-01"}, {"guardians": []}]
)
def test_bad_choices_stay_on_the_page(cast, offer, as_user, change):
    page = as_user(cast.mother).post(address(offer, cast.child), chosen(cast.mother, step="review") | change)
    assert "enrollment/apply.html" in {template.name for template in page.templates}
    assert page.context["form"].errors


def test_closed_sign_up_is_not_there(cast, offer, as_user):
    offer.closes_at = offer.opens_at + dt.timedelta(minutes=1)
    offer.save()
    assert as_user(cast.mother).get(address(offer, cast.child)).status_code == 404


def test_leaving_earlier_follows_to_the_roll(afternoon):
    from safety.rolls import expected_students
    from tests.conftest import session_of

    enrolment = afternoon.other_child.enrolments.get()
    enrolment.leaves_after = {"3": 1}
    enrolment.save()
    first, second = Period.objects.all()
    assert TODAY.isoweekday() == 3
    assert afternoon.other_child.pk in expected_students(session_of(afternoon.group, first))
    assert afternoon.other_child.pk not in expected_students(session_of(afternoon.group, second))


def test_withdrawing_asks_first_and_lets_apply_again(cast, offer, as_user):
    client = as_user(cast.mother)
    send(client, offer, cast.child, cast.mother)
    application = Application.objects.get()
    url = reverse("enrollment:application_withdraw", args=[application.pk])
    assert "韩小雨" in client.get(url).context["text"]
    client.post(url)
    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert ReviewStep.objects.get().step == "withdrawal"
    send(client, offer, cast.child, cast.mother)
    assert Application.objects.filter(status="submitted").count() == 1
