"""The papers of sign-up and fetching: what stands on each, and the declarations. Those of groups are in group_papers."""

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import AN_HOUR, Filled, Paper
from documents.qr import qr_on_paper
from enrollment.gate import GateRows, gate_rows
from enrollment.models import (
    Agreement,
    AgreementTemplate,
    Letter,
    PickUpCard,
    Signature,
)
from enrollment.services.collecting import may_collect
from enrollment.slips import slip_code
from school.models import Guardianship, SchoolClass, SchoolSettings, Student

Absolute = Callable[[str], str]
"""Turns a path into the address that a QR code opens."""
Codes = dict[Any, str]
"""Guardian → the activation code."""
# Of a child on its card.
MOST_COLLECTORS = 6


# --- agreements ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AgreementPaper:
    """`signatures`: each of the family and its drawing in base64, empty for a typed one or one on paper; `school`: its own.

    `begun`: the first day of taking part, where it is not the day asked for, which stands in the text.
    """

    agreement: Agreement
    paragraphs: list[str]
    signatures: list[tuple[Signature, str]]
    school: Signature | None
    qr: str
    begun: dt.date | None

    @property
    def fingerprint(self) -> str:
        """In groups of eight, as people compare them."""
        text = self.agreement.sha256
        return " ".join(text[i : i + 8] for i in range(0, len(text), 8))


def agreement_paper(agreement: Agreement, absolute: Absolute) -> AgreementPaper:
    """The contents of one printed agreement. `agreement` is loaded by `for_paper`."""
    path = reverse("enrollment:agreement_check", args=[agreement.number, agreement.code])
    signed = list(agreement.signatures.all())
    signatures = [
        (signature, base64.b64encode(bytes(signature.image)).decode() if signature.image else "")
        for signature in signed
        if signature.party != Signature.Party.SCHOOL
    ]
    school = next((one for one in signed if one.party == Signature.Party.SCHOOL), None)
    paragraphs = [line for line in agreement.text.splitlines() if line.strip()]
    qr = qr_on_paper(absolute(path), _("Opens the page that says whether this paper is genuine"))
    return AgreementPaper(agreement, paragraphs, signatures, school, qr, begun_otherwise(agreement))


def begun_otherwise(agreement: Agreement) -> dt.date | None:
    application = agreement.application
    first = min((enrolment.starts_on for enrolment in application.enrolments.all()), default=application.starts_on)
    of_service = agreement.kind == AgreementTemplate.Kind.SERVICE
    return first if of_service and first != application.starts_on else None


def agreement(row: Agreement, absolute: Absolute) -> Filled:
    name = f"{row.get_kind_display()}-{row.application.student.name}-{row.number}"
    return name, {"papers": [agreement_paper(row, absolute)]}


def some_agreement(site: str) -> tuple[Any, ...] | None:
    row = Agreement.objects.filter(in_force_at__isnull=False).for_paper().order_by("pk").first()
    return (row, partial(urljoin, site)) if row else None


AGREEMENT = Paper(
    "agreement",
    gettext_lazy("Agreement"),
    gettext_lazy("guardian and school sign it; the family and the office each keep one"),
    agreement,
    some_agreement,
    "enrollment/pdf/agreement.html",
    layout="official",
    fit="fewer",
)


# --- the letter ------------------------------------------------------------------------------------------------------


def class_letters(
    letter: Letter | None,
    school_class: SchoolClass,
    students: list[Student],
    new: list[Guardianship],
    codes: Codes,
    absolute: Absolute,
) -> Filled:
    """A page for each child: `new` are the guardians without a login, each with a code in `codes`."""
    today = timezone.localdate()
    activate = absolute(reverse("school:activate"))
    mine: dict[int, list[Guardianship]] = {}
    for one in new:
        mine.setdefault(one.student_id, []).append(one)
    pages = [letter_page(letter, one, mine.get(one.pk, []), codes, absolute) for one in students]
    label = school_class.label(today)
    context = {"letter": letter, "pages": pages, "address": activate, "class_label": label, "today": today}
    return f"{label}{_('letter to families')}", context


def letter_page(
    letter: Letter | None, student: Student, new: list[Guardianship], codes: Codes, absolute: Absolute
) -> dict[str, Any]:
    """One child's paper: codes with their QR code, and the slip's."""
    activate = absolute(reverse("school:activate"))
    adults = []
    for one in new:
        code = codes[one.guardian]
        adults.append((one, f"{code[:5]} {code[5:]}", qr_on_paper(f"{activate}#code={code}", _("Activation code"))))
    slip = ""
    if letter is not None:
        path = reverse("enrollment:slip", args=[letter.pk, student.pk, slip_code(letter, student)])
        slip = qr_on_paper(absolute(path), _("Return slip"))
    return {"student": student, "adults": adults, "slip_qr": slip}


def some_letters(site: str) -> tuple[Any, ...] | None:
    """Of a first class, with the codes left out: codes are issued, not shown."""
    day = timezone.localdate()
    letter = Letter.objects.filter(published_at__isnull=False).order_by("-term__starts_on").first()
    school_class = SchoolClass.objects.order_by("-entry_year", "number").first()
    if letter is None or school_class is None:
        return None
    members = school_class.memberships.on(school_class.memberships.day_shown(day))
    students = list(Student.objects.filter(class_memberships__in=members).order_by("name_key", "pk"))
    return letter, school_class, students, [], {}, partial(urljoin, site)


CLASS_LETTERS = Paper(
    "class_letters",
    gettext_lazy("Letter to families with return slip"),
    gettext_lazy("goes home in the school bag; the slip comes back signed"),
    class_letters,
    some_letters,
    "enrollment/pdf/class_letters.html",
    layout="official",
    private=True,
    keep=AN_HOUR,
)


def shown_name(name: str, number: int, how: str) -> str:
    """A child's name on a list for the wall: in full, masked, or only the number."""
    if how == SchoolSettings.ListNames.NUMBER:
        return f"{number}"
    if how == SchoolSettings.ListNames.MASKED:
        return f"{name[0]}＊{name[-1]}" if len(name) > 2 else f"{name[0]}＊"
    return name


# --- fetching --------------------------------------------------------------------------------------------------------


def collector_gate(day: dt.date, institutions: GateRows) -> Filled:
    return f"{_('Fetched by institutions')} {day}", {"day": day, "institutions": institutions}


def some_gate(site: str) -> tuple[Any, ...] | None:
    return timezone.localdate(), gate_rows(timezone.localdate())


COLLECTOR_GATE = Paper(
    "collector_gate",
    gettext_lazy("Children fetched by institutions"),
    gettext_lazy("lies on the gate's desk, for one day"),
    collector_gate,
    some_gate,
    "enrollment/pdf/collector_gate.html",
    fit="page",
)


def pick_up_card(student: Student, card: PickUpCard, absolute: Absolute) -> Filled:
    """One A6 card (接送卡); the child's name as the school decides for lists, the adults of today, no phone numbers."""
    address = absolute(reverse("enrollment:pass_check", args=[card.code]))
    context = {
        "name": shown_name(student.name, student.pk, SchoolSettings.load().list_names),
        "student": student,
        "collectors": may_collect(student, timezone.localdate())[:MOST_COLLECTORS],
        "qr": qr_on_paper(address, _("Opens for people on duty who may collect today")),
    }
    return f"{_('Pick-up card')} {student.name}", context


def some_card(site: str) -> tuple[Any, ...] | None:
    card = PickUpCard.objects.filter(revoked_at=None).order_by("pk").first()
    if card is None:
        return None
    student = Student.objects.with_class(timezone.localdate()).get(pk=card.student_id)
    return student, card, partial(urljoin, site)


PICK_UP_CARD = Paper(
    "pick_up_card",
    gettext_lazy("Pick-up card"),
    gettext_lazy("carried by who fetches the child"),
    pick_up_card,
    some_card,
    "enrollment/pdf/pick_up_card.html",
)


def register() -> None:
    papers.register(AGREEMENT, CLASS_LETTERS, COLLECTOR_GATE, PICK_UP_CARD)
