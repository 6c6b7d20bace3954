"""A signature: what is taken for a drawing, whose it is, from which device; the numbers of what is signed."""

import base64
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.uploads import small_drawing
from enrollment.models import Agreement, AgreementTemplate, Consent, Signature
from enrollment.services import decide_consent, submit_application
from enrollment.services.signing import MAX_IMAGE, Signing, read_drawing, sign_agreements
from school.models import SchoolSettings
from tests.conftest import make_choices, make_signing
from tests.papers import picture


def data_url(image):
    return f"data:image/png;base64,{base64.b64encode(image).decode()}"


@pytest.mark.parametrize("more", [b"", b"\0" * (MAX_IMAGE - len(picture()))], ids=["small", "largest"])
def test_a_drawing_is_kept_small(more):
    assert read_drawing(data_url(picture() + more)) == small_drawing(picture())


def test_nothing_drawn_is_no_drawing():
    assert read_drawing("") is None


@pytest.mark.parametrize(
    "sent",
    [
        data_url(picture() + b"\0" * MAX_IMAGE),
        data_url(b"GIF89a"),
        data_url(picture()).replace("png", "gif"),
        "data:image/png;base64,iVBORw0KGgo",
        "韩松",
    ],
    ids=["too large", "no picture", "another kind", "cut off", "no address"],
)
def test_what_is_no_drawing_is_asked_for_once_more(sent):
    with pytest.raises(ValidationError) as refusal:
        read_drawing(sent)
    assert refusal.value.messages == ["手写签名无法识别，请重签一次。"]


@pytest.mark.django_db
def test_a_signature_is_not_on_paper_unless_it_is_said(cast):
    """On paper anybody may enter it, and it is filed somewhere; on a phone only the guardian signs, by the name on file."""
    by = cast.mother.user
    assert sign_agreements([], Signing("沈月", None, "phone"), None, by=by, pupil_signs=False) is None
    with pytest.raises(ValidationError, match="请填写您登记的姓名"):
        sign_agreements([], Signing("韩松", None, "phone"), None, by=by, pupil_signs=False)


def submit(cast, offer, *, device="phone", **more):
    signing = replace(make_signing(cast.mother), device=device)
    choices = make_choices(cast.mother)
    return submit_application(
        option=offer, student=cast.child, choices=choices, signing=signing, by=cast.mother.user, **more
    )


def test_a_guardians_drawing_is_not_taken_for_its_childs(cast, offer):
    SchoolSettings.objects.update(pupil_signs=True)
    with pytest.raises(ValidationError) as refusal:
        submit(cast, offer)
    assert refusal.value.messages == ["孩子也要签名，请让孩子在自己的签名框里签。"]
    submit(cast, offer, pupil_signing=Signing("韩小雨", picture(), "phone"))
    drawings = Signature.objects.filter(party="pupil").values_list("name", "image")
    assert [(name, bytes(image)) for name, image in drawings] == [("韩小雨", picture())] * 2


def test_agreements_are_numbered_by_term_kind_and_application(cast, offer):
    application = submit(cast, offer)
    numbers = dict(Agreement.objects.values_list("kind", "number"))
    pk = f"{application.pk:06d}"
    assert numbers == {"service": f"20261-XY-{pk}", "pick_up": f"20261-JS-{pk}"}


def test_a_device_with_a_long_name_signs_as_well(cast, offer):
    AgreementTemplate.objects.filter(kind="privacy").update(published_at=timezone.now())
    device = "手机" * 150
    decide_consent(student=cast.child, decision="given", name="沈月", device=device, by=cast.mother.user)
    assert Consent.objects.get().device == device[:200]
    submit(cast, offer, device=device)
    assert list(Signature.objects.values_list("device", flat=True)) == [device[:200]] * 2
