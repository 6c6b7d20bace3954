"""The contents of printed agreements and pick-up cards."""

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from documents.pdf import render_pdf
from documents.qr import qr_svg
from enrollment.models import Agreement, AgreementTemplate, PickUpCard, Signature
from enrollment.services.collecting import may_collect
from school.models import SchoolSettings, Student


@dataclass(frozen=True)
class AgreementPaper:
    """`signatures`: the signature and its drawing in base64, empty for a typed one or one on paper.

    `begun`: the first day of taking part, where it is not the day asked for, which stands in the text.
    """

    agreement: Agreement
    paragraphs: list[str]
    signatures: list[tuple[Signature, str]]
    qr: str
    begun: dt.date | None


def agreement_paper(agreement: Agreement, absolute: Callable[[str], str]) -> AgreementPaper:
    """The contents of one printed agreement. `agreement` is loaded by `for_paper`; `absolute` turns a path into the QR
    code's address.
    """
    path = reverse("enrollment:agreement_check", args=[agreement.number, agreement.code])
    signatures = [
        (signature, base64.b64encode(bytes(signature.image)).decode() if signature.image else "")
        for signature in agreement.signatures.all()
    ]
    paragraphs = [line for line in agreement.text.splitlines() if line.strip()]
    return AgreementPaper(agreement, paragraphs, signatures, qr_svg(absolute(path)), begun_otherwise(agreement))


def begun_otherwise(agreement: Agreement) -> dt.date | None:
    application = agreement.application
    first = min((enrolment.starts_on for enrolment in application.enrolments.all()), default=application.starts_on)
    of_service = agreement.kind == AgreementTemplate.Kind.SERVICE
    return first if of_service and first != application.starts_on else None


def shown_name(name: str, number: int, how: str) -> str:
    """A child's name on a list for the wall: in full, masked, or only the number."""
    if how == SchoolSettings.ListNames.NUMBER:
        return f"{number}"
    if how == SchoolSettings.ListNames.MASKED:
        return f"{name[0]}＊{name[-1]}" if len(name) > 2 else f"{name[0]}＊"
    return name


def pick_up_card(student: Student, card: PickUpCard, absolute: Callable[[str], str]) -> bytes:
    """One A6 card (接送卡); the child's name as the school decides for lists, the adults of today, no phone numbers."""
    settings = SchoolSettings.load()
    today = timezone.localdate()
    context = {
        "name": shown_name(student.name, student.pk, settings.list_names),
        "student": student,
        "collectors": may_collect(student, today)[:6],
        "school_name": settings.name,
        "office_phone": settings.office_phone,
        "printed_at": timezone.localtime(),
        "qr": qr_svg(absolute(reverse("enrollment:pass_check", args=[card.code]))),
    }
    return render_pdf("enrollment/pdf/pick_up_card.html", context, layout="print_list")
