"""Makes and signs agreements: the text for one child, its hash, the signatures."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.uploads import Upload, small_drawing
from enrollment.merging import ServiceTimes, latest_templates, merge, merge_facts, privacy_template, privacy_text
from enrollment.models import Agreement, AgreementTemplate, Application, Consent, Signature
from school.models import SchoolSettings, Student, User
from web.caching import cached_briefly
from web.cleaning import clean_text, same_name

if TYPE_CHECKING:
    from enrollment.services.applying import Choices

MAX_IMAGE = 200_000


@dataclass(frozen=True)
class Signing:
    """The data of a signature: name, drawing as PNG bytes (None for a typed one), device.

    On paper: a photo or scan of the paper, and where it is filed.
    """

    name: str
    image: bytes | None
    device: str
    on_paper: bool = False
    scan: Upload | None = None
    filed_in: str = ""


def read_drawing(data_url: str) -> bytes | None:
    """PNG bytes from the data URL that the signature pad wrote; None when nothing was drawn."""
    if not data_url:
        return None
    match = re.fullmatch(r"data:image/png;base64,([A-Za-z0-9+/=]+)", data_url)
    try:
        image = base64.b64decode(match[1], validate=True) if match else b""
    except binascii.Error:
        image = b""
    if not image or len(image) > MAX_IMAGE:
        raise ValidationError(_("The drawing could not be read. Please sign once more."))
    return small_drawing(image)


def signs_at_once(settings: SchoolSettings) -> bool:
    """Families sign with the application, not after the approval."""
    return settings.sign_when == SchoolSettings.SignWhen.WITH_APPLICATION


def new_agreement(application: Application, template: AgreementTemplate, text: str) -> Agreement:
    """Unsaved, with its number and the fingerprint of its text."""
    term = application.option.term
    letters = "XY" if template.kind == AgreementTemplate.Kind.SERVICE else "JS"
    return Agreement(
        application=application,
        kind=template.kind,
        number=f"{term.school_year}{term.half}-{letters}-{application.pk:06d}",
        template=template,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def make_agreements(application: Application, choices: "Choices", *, school_class: tuple[int, str]) -> list[Agreement]:
    times, templates = cached_briefly(
        f"texts:{application.option_id}", lambda: (ServiceTimes(application.option), latest_templates())
    )
    facts = merge_facts(application, choices, school_class, times)
    return Agreement.objects.bulk_create(
        new_agreement(application, template, merge(template.body, facts)) for template in templates
    )


def sign_agreements(
    agreements: list[Agreement], signing: Signing, pupil_signing: Signing | None, *, by: User, pupil_signs: bool
) -> None:
    """The guardian's signature under each, and the pupil's where the school wants three parties (R021)."""
    if not signing.on_paper and not same_name(signing.name, by.name):
        raise ValidationError(_("Type your own name as it is on file: %s.") % by.name)
    if signing.on_paper and not (signing.scan or signing.filed_in):
        raise ValidationError(_("Add a photo of the paper, or say where it is filed."))
    if pupil_signs and pupil_signing is None and not signing.on_paper:
        raise ValidationError(_("Your child signs too: please let it sign in its own field."))
    scan = _stored_name(signing.scan)
    signatures = [_signature(a, Signature.Party.GUARDIAN, signing, scan, by) for a in agreements]
    if pupil_signs:
        # A paper carries all its signatures: one photo shows both.
        signatures += [_signature(a, Signature.Party.PUPIL, pupil_signing or signing, scan, by) for a in agreements]
    Signature.objects.bulk_create(signatures)


def _stored_name(scan: Upload | None) -> str:
    """The file's name in the storage: one copy, whatever number of signatures it shows."""
    if scan is None:
        return ""
    return default_storage.save(f"signatures/{timezone.localdate():%Y/%m}/{scan.name}", scan)


def _signature(agreement: Agreement, party: str, signing: Signing, scan: str, by: User) -> Signature:
    is_pupil = party == Signature.Party.PUPIL
    return Signature(
        agreement=agreement,
        party=party,
        name=agreement.application.student.name if is_pupil else clean_text(signing.name),
        image=signing.image,
        signed_by=by,
        device=signing.device[:200],
        on_paper=signing.on_paper,
        scan=scan,
        filed_in=signing.filed_in,
    )


def missing_parties(agreement: Agreement, settings: SchoolSettings) -> list[str]:
    """Which of the family's signatures are still missing; the school signs last, by approving."""
    needed = [Signature.Party.GUARDIAN] + [Signature.Party.PUPIL] * settings.pupil_signs
    there = {signature.party for signature in agreement.signatures.all()}
    return [str(party.label) for party in needed if party not in there]


@transaction.atomic
def decide_consent(*, student: Student, decision: str, name: str, device: str, by: User, filed_in: str = "") -> Consent:
    """A guardian gives, refuses or withdraws the consent; each decision is a row of its own, none is changed.

    Refusing or withdrawing never ends the service (policy.md, children's data). With `filed_in` the decision came on paper.
    """
    template = privacy_template()
    if template is None:
        raise ValidationError(_("The school has not published the text of the consent yet."))
    if not filed_in and not same_name(name, by.name):
        raise ValidationError(_("Type your own name as it is on file: %s.") % by.name)
    newest = Consent.objects.latest_of([student]).get(student.pk)
    if decision == Consent.Decision.WITHDRAWN and (newest is None or newest.decision != Consent.Decision.GIVEN):
        raise ValidationError(_("There is no consent to withdraw."))
    text = privacy_text(template, student)
    return Consent.objects.create(
        student=student,
        template=template,
        decision=decision,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        name=clean_text(name),
        by=by,
        at=timezone.now(),
        device=device[:200],
        on_paper=bool(filed_in),
        filed_in=filed_in,
    )


def has_consent(student: Student) -> bool:
    """Whether the newest decision is a consent, to the newest published text."""
    newest = Consent.objects.latest_of([student]).get(student.pk)
    return newest is not None and newest.decision == Consent.Decision.GIVEN
