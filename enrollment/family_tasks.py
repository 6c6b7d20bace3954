"""What waits for a family, child by child: offers to answer, texts to sign, and what is under way."""

from dataclasses import dataclass

from django.utils import timezone

from enrollment.children import grade_of
from enrollment.models import (
    AgreementTemplate,
    Alternative,
    Application,
    ChangeRequest,
    Consent,
    Enrolment,
    Receipt,
    ServiceOption,
)
from school.models import Student


@dataclass(frozen=True)
class ChildTasks:
    child: Student
    options: list[tuple[ServiceOption, Receipt | None]]
    applications: list[tuple[Application, Alternative | None]]
    enrolments: list[tuple[Enrolment, ChangeRequest | None]]
    consent: Consent | None
    consent_is_due: bool


def tasks_of(children: list[Student], text: AgreementTemplate | None) -> list[ChildTasks]:
    """`text` is the consent to sign now, if there is one. The queries do not grow with the children."""
    options = list(ServiceOption.objects.open_at(timezone.now()).select_related("letter", "term"))
    applications = list(
        Application.objects.filter(student__in=children).select_related("option", "student").order_by("-submitted_at")
    )
    answers: dict[tuple[int | None, int], Receipt] = {
        (r.letter_id, r.student_id): r for r in Receipt.objects.filter(student__in=children)
    }
    running = Enrolment.objects.filter(student__in=children, ends_on__gte=timezone.localdate())
    enrolments = list(running.select_related("option"))
    waiting = {c.enrolment_id: c for c in ChangeRequest.objects.waiting().filter(enrolment__in=enrolments)}
    offers = {
        a.application_id: a
        for a in Alternative.objects.filter(application__in=applications, state=Alternative.State.OFFERED)
    }
    consents = Consent.objects.latest_of(children)
    found = []
    for child in children:
        own = [a for a in applications if a.student_id == child.pk]
        taken = {a.option_id for a in own if a.status in Application.OPEN}
        consent = consents.get(child.pk)
        found.append(
            ChildTasks(
                child,
                [
                    (option, answers.get((option.letter_id, child.pk)))
                    for option in options
                    if option.pk not in taken and option.grade_from <= grade_of(child) <= option.grade_to
                ],
                [(a, offers.get(a.pk)) for a in own],
                [(e, waiting.get(e.pk)) for e in enrolments if e.student_id == child.pk],
                consent,
                text is not None and (consent is None or consent.template_id != text.pk),
            )
        )
    return found
