"""Agreements: the text as it stands for one child, its hash, and the signatures."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Agreement, AgreementTemplate, Application, ServiceOption, Signature
from school.models import PeriodTime, SchoolSettings, User

if TYPE_CHECKING:
    from enrollment.services.applying import Choices

PNG = b"\x89PNG\r\n\x1a\n"
MAX_IMAGE = 200_000
WEEKDAYS = "一二三四五六日"
SIGNED_KINDS = (AgreementTemplate.Kind.SERVICE, AgreementTemplate.Kind.PICK_UP)


@dataclass(frozen=True)
class Signing:
    """A guardian's act of signing: the name typed, the drawing as PNG bytes (None for a typed signature), the device."""

    name: str
    image: bytes | None
    device: str


def read_drawing(data_url: str) -> bytes | None:
    """PNG bytes from the data URL that the signature pad wrote; None when nothing was drawn."""
    if not data_url:
        return None
    match = re.fullmatch(r"data:image/png;base64,([A-Za-z0-9+/=]+)", data_url)
    try:
        image = base64.b64decode(match[1], validate=True) if match else b""
    except binascii.Error:
        image = b""
    if not image.startswith(PNG) or len(image) > MAX_IMAGE:
        raise ValidationError(_("The drawing could not be read. Please sign once more."))
    return image


def latest_templates() -> list[AgreementTemplate]:
    """The newest published text of each kind that is signed with an application."""
    published = AgreementTemplate.objects.filter(published_at__isnull=False, kind__in=SIGNED_KINDS)
    return list(published.order_by("kind", "-version").distinct("kind"))


def merged_text(template: AgreementTemplate, application: Application, choices: "Choices") -> str:
    """The template with this child's facts in place of its merge fields."""
    school_class = application.student.class_on(timezone.localdate())
    label = school_class.label() if school_class else ""
    return merge(template.body, merge_facts(application, choices, label, hours_of(application.option)))


def hours_of(option: ServiceOption) -> str:
    """«15:40–17:45»: from the earliest begin to the latest end of its periods in both seasons."""
    times = PeriodTime.objects.filter(period__in=option.periods.all())
    ends = times.aggregate(begins=Min("starts_at"), ends=Max("ends_at"))
    return f"{ends['begins']:%H:%M}–{ends['ends']:%H:%M}" if ends["begins"] else ""


def merge_facts(application: Application, choices: "Choices", class_label: str, hours: str) -> dict[str, str]:
    """Merge field → text; Chinese, because the paper is."""
    option = application.option
    collectors = "、".join(f"{adult.name}({adult.relation})" for adult in choices.collectors)
    return {
        "school": SchoolSettings.load().name,
        "term": str(option.term),
        "student": application.student.name,
        "class": class_label,
        "guardian": application.submitted_by.name,
        "option": option.name,
        "weekdays": "、".join(f"周{WEEKDAYS[day - 1]}" for day in application.weekdays),
        "times": hours,
        "fee": f"{option.fee_amount} 元/月" if option.fee_amount else "免费",
        "from": f"{application.starts_on:%Y年%-m月%-d日}",
        "collectors": collectors or "无(学生按下列约定自行离校)",
        "alone": "、".join(f"周{WEEKDAYS[day - 1]}" for day in choices.alone_weekdays) or "无",
    }


def merge(body: str, facts: dict[str, str]) -> str:
    """Replaces {field} for each fact; other braces stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: facts.get(found[1], found[0]), body)


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


def make_agreements(application: Application, choices: "Choices") -> list[Agreement]:
    agreements = [
        new_agreement(application, template, merged_text(template, application, choices))
        for template in latest_templates()
    ]
    for agreement in agreements:
        agreement.save()
    return agreements


def sign_agreements(agreements: list[Agreement], signing: Signing, *, by: User) -> None:
    """The guardian's signature under each; the name typed must be the guardian's own."""
    if signing.name.strip() != by.name:
        raise ValidationError(_("Type your own name as it is on file: %s.") % by.name)
    Signature.objects.bulk_create(
        Signature(
            agreement=agreement,
            party=Signature.Party.GUARDIAN,
            name=by.name,
            image=signing.image,
            signed_by=by,
            device=signing.device[:200],
        )
        for agreement in agreements
    )
