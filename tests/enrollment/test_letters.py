"""The letter's way to the families: counts, slips on paper, letters to print; consents and texts."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from enrollment.models import AgreementTemplate, Application, Consent, Receipt
from enrollment.services import answer_letter, decide_consent, mark_read, submit_application
from enrollment.services.signing import has_consent
from enrollment.slips import slip_code
from school.notices import find_notice
from tests.conftest import enrol, make_choices, make_signing, printed, records

pytestmark = pytest.mark.django_db


def test_counts_by_class(cast, offer, as_user):
    mark_read(letter=offer.letter, student=cast.child)
    answer_letter(letter=offer.letter, student=cast.other_child, answer="decline", by=cast.other_mother.user)
    answer_letter(letter=offer.letter, student=cast.sibling, answer="join", by=cast.mother.user)
    page = as_user(cast.office).get(reverse("enrollment:letter_status", args=[offer.letter.pk]))
    counts = {
        row["label"]: tuple(row[name] for name in ("children", "read", "join", "decline", "outstanding"))
        for row in records(page)
    }
    assert counts == {"一(1)班": (1, 1, 1, 0, 0), "三(1)班": (1, 1, 0, 0, 1), "三(2)班": (2, 1, 0, 1, 1)}
    assert page.context["total"]["outstanding"] == 2
    own = as_user(cast.homeroom).get(reverse("enrollment:letter_status", args=[offer.letter.pk]))
    assert [row["label"] for row in records(own)] == ["三(1)班"]


def test_the_notice_goes_to_all_and_names_who_has_not_answered(cast, offer):
    answer_letter(letter=offer.letter, student=cast.child, answer="join", by=cast.mother.user)
    notice = find_notice("letter", offer.letter.pk)
    assert notice.addressed.count() == 4
    assert cast.child not in notice.outstanding
    assert notice.closes_at == offer.closes_at


def test_slips_entered_for_a_class(cast, offer, as_user):
    client = as_user(cast.homeroom)
    url = reverse("enrollment:letter_class", args=[offer.letter.pk, cast.class_1.pk])
    client.post(url, {"row": [cast.child.pk, cast.other_child.pk], "action": "decline"})
    receipt = Receipt.objects.get()  # the other child is of another class
    assert (receipt.student, receipt.answer, receipt.on_paper) == (cast.child, "decline", True)
    client.post(url, {"row": [cast.child.pk], "action": "perhaps"})
    assert Receipt.objects.get().answer == "decline"


def test_a_scanned_slip_is_answered_by_one_tap(cast, offer, as_user):
    client = as_user(cast.homeroom)
    url = reverse("enrollment:slip", args=[offer.letter.pk, cast.child.pk, slip_code(offer.letter, cast.child)])
    assert client.get(url).context["receipt"] is None
    assert client.post(url, {"answer": "join"}).context["receipt"].answered_by == cast.homeroom.user


def test_a_class_of_letters_in_one_file(cast, offer, as_user):
    client = as_user(cast.homeroom)
    url = reverse("enrollment:class_letters", args=[cast.class_1.pk])
    assert printed(client, client.post(url, {"codes": "no"})).startswith(b"%PDF")


CONSENT = {"device": "phone"}


@pytest.fixture
def privacy(offer):
    from django.utils import timezone

    AgreementTemplate.objects.filter(kind="privacy").update(published_at=timezone.now())
    return AgreementTemplate.objects.get(kind="privacy")


def test_consent_is_a_ledger_of_decisions(cast, privacy):
    assert not has_consent(cast.child)
    with pytest.raises(ValidationError, match="没有可以撤回的同意"):
        decide_consent(student=cast.child, decision="withdrawn", name="沈月", by=cast.mother.user, **CONSENT)
    with pytest.raises(ValidationError, match="请填写您登记的姓名"):
        decide_consent(student=cast.child, decision="given", name="别人", by=cast.mother.user, **CONSENT)
    decide_consent(student=cast.child, decision="given", name="沈月", by=cast.mother.user, **CONSENT)
    assert has_consent(cast.child)
    decide_consent(student=cast.child, decision="withdrawn", name="韩松", by=cast.father.user, **CONSENT)
    assert not has_consent(cast.child)
    assert list(Consent.objects.order_by("at").values_list("decision", "name")) == [
        ("given", "沈月"),
        ("withdrawn", "韩松"),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(decision="given")


def test_refusing_does_not_lose_the_service(cast, offer, privacy, as_user):
    client = as_user(cast.mother)
    url = reverse("enrollment:consent_edit", args=[cast.child.pk])
    assert cast.child.name in client.get(url).context["text"]
    client.post(url, {"decision": "refused", "name": "沈月"})
    assert Consent.objects.get().decision == "refused"
    assert enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office).ends_on == offer.ends_on


def test_a_new_version_is_asked_for_again(cast, privacy, as_user):
    decide_consent(student=cast.child, decision="given", name="沈月", by=cast.mother.user, **CONSENT)
    page = as_user(cast.mother).get(reverse("enrollment:family_tasks"))
    due = {row.child.name: row.consent_is_due for row in page.context["rows"]}
    assert due == {"韩小雨": False, "韩小雪": True}
    AgreementTemplate.objects.create(
        kind="privacy", version=2, title="新", body="{student}", published_at=privacy.published_at
    )
    page = as_user(cast.mother).get(reverse("enrollment:family_tasks"))
    assert all(row.consent_is_due for row in page.context["rows"])


def test_the_office_sees_who_decided(cast, privacy, as_user):
    decide_consent(student=cast.child, decision="given", name="沈月", by=cast.mother.user, **CONSENT)
    page = as_user(cast.office).get(reverse("enrollment:consent_list"), {"status": "none"})
    assert [tab.count for tab in page.context["tabs"]] == [4, 3, 1, 0, 0]
    assert cast.child not in records(page)


def test_a_text_with_a_field_that_nothing_fills_is_refused(cast, as_user):
    template = AgreementTemplate.objects.get(kind="service")
    client = as_user(cast.office)
    page = client.post(reverse("enrollment:template_edit", args=[template.pk]), {"title": "协议", "body": "{stduent}"})
    assert "{stduent}" in page.context["form"].errors["body"][0]
    preview = client.get(reverse("enrollment:template_preview", args=[template.pk]))
    assert "示例学生" in preview.context["text"]


@pytest.mark.parametrize("status", ["declined", "withdrawn", "ended"])
def test_agreements_of_an_application_that_is_over_wait_for_nobody(cast, offer, as_user, status):
    application = submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    client = as_user(cast.office)
    address, detail = reverse("enrollment:agreement_list"), application.get_absolute_url()
    assert "等待学校核准" in client.get(address).text
    Application.objects.filter(pk=application.pk).update(status=status)
    application.refresh_from_db()
    page = client.get(address)
    assert [tab.count for tab in page.context["tabs"]] == [2, 0, 0, 2, 0]
    assert "等待学校核准" not in page.text
    assert application.get_status_display() in page.text
    assert records(client.get(address, {"status": "waiting"})) == []
    assert "尚未生效" not in client.get(detail).text


def test_agreements_by_state_and_class(cast, offer, as_user):
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    client = as_user(cast.office)
    page = client.get(reverse("enrollment:agreement_list"), {"school_class": cast.class_1.pk, "status": "in_force"})
    assert [tab.count for tab in page.context["tabs"]] == [2, 0, 2, 0, 0]
    assert [row.missing for row in records(page)] == [[], []]
    other = client.get(reverse("enrollment:agreement_list"), {"grade": 1})
    assert records(other) == []
