"""What stands on an agreement's paper, for one or for a class's worth of them."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from enrollment.models import Agreement, Signature
from school.printing import qr_svg


@dataclass(frozen=True)
class AgreementPaper:
    """`signatures`: the signature and its drawing in base64, empty for a typed one or one on paper."""

    agreement: Agreement
    paragraphs: list[str]
    signatures: list[tuple[Signature, str]]
    qr: str


def agreement_paper(agreement: Agreement, absolute: Callable[[str], str]) -> AgreementPaper:
    """The agreement with `template` and `signatures` loaded; `absolute` makes a path the address that the QR code opens."""
    path = reverse("enrollment:agreement_check", args=[agreement.number, agreement.code])
    signatures = [
        (signature, base64.b64encode(bytes(signature.image)).decode() if signature.image else "")
        for signature in agreement.signatures.all()
    ]
    paragraphs = [line for line in agreement.text.splitlines() if line.strip()]
    return AgreementPaper(agreement, paragraphs, signatures, qr_svg(absolute(path)))
