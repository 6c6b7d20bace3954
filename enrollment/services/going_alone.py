"""Going home alone in mid-term: a new undertaking is signed, the school countersigns, the old one is withdrawn.

A signed text never changes; the child goes alone only once the new text is in force (T9, and the school's own grade limit).
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.merging import ServiceTimes, latest_templates, merge, merge_facts
from enrollment.models import Agreement, AgreementTemplate, Enrolment, LeavesAlone, Signature
from enrollment.services.applying import Choices, CollectorEntry, check_alone
from enrollment.services.collecting import end_alone, who_collects
from enrollment.services.signing import Signing, new_agreement, sign_agreements
from school.models import SchoolSettings, Student, User

PICK_UP = AgreementTemplate.Kind.PICK_UP


def enrolment_of(student: Student, day: dt.date) -> Enrolment | None:
    """The participation that runs on the day; before the service begins, the one that begins next."""
    rows = Enrolment.objects.from_day(day).filter(student=student)
    return rows.select_related("application__option", "application__student").order_by("starts_on", "pk").first()


def alone_text(*, student: Student, weekdays: list[int], name: str) -> tuple[Enrolment, AgreementTemplate, str]:
    """The undertaking's text for this child. Raises ValidationError if the child may not go alone."""
    today = timezone.localdate()
    enrolment = enrolment_of(student, today)
    day = max(today, enrolment.starts_on) if enrolment else today
    school_class = student.class_on(day)
    if enrolment is None or school_class is None:
        raise ValidationError(_("%s does not take part; there is nothing to sign.") % student.name)
    check_alone(school_class.grade(day))
    if not weekdays or not set(weekdays) <= set(enrolment.weekdays):
        raise ValidationError(_("Choose weekdays on which the child takes part."))
    template = next((text for text in latest_templates() if text.kind == PICK_UP), None)
    if template is None:
        raise ValidationError(_("The school has not published the text of the undertaking yet."))
    adults = who_collects(student.pk, day)
    choices = Choices(
        enrolment.weekdays,
        enrolment.starts_on,
        [CollectorEntry(adult.name, adult.relation, adult.phone) for adult in adults],
        sorted(weekdays),
        leaves_after={int(day): number for day, number in enrolment.leaves_after.items()},
    )
    application = enrolment.application
    own_class = (school_class.grade(day), school_class.label(day))
    facts = merge_facts(application, choices, own_class, ServiceTimes(application.option), name)
    return enrolment, template, merge(template.body, facts)


@transaction.atomic
def begin_alone(
    *, student: Student, weekdays: list[int], signing: Signing, pupil_signing: Signing | None = None, by: User
) -> LeavesAlone:
    """A guardian signs; the text comes into force when the school has signed too. An earlier request is replaced."""
    enrolment, template, text = alone_text(student=student, weekdays=weekdays, name=by.name)
    application = enrolment.application
    earlier = Agreement.objects.filter(application=application, kind=PICK_UP)
    for alone in LeavesAlone.objects.from_today().filter(agreement__in=earlier.filter(in_force_at=None)):
        end_alone(alone=alone, by=by)
    earlier.filter(in_force_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    agreement = new_agreement(application, template, text)
    agreement.number = f"{agreement.number}-{earlier.count() + 1}"
    agreement.save()
    pupil_signs = SchoolSettings.load().pupil_signs
    sign_agreements([agreement], signing, pupil_signing, by=by, pupil_signs=pupil_signs)
    return LeavesAlone.objects.create(
        student=student,
        weekdays=sorted(weekdays),
        agreement=agreement,
        starts_on=max(timezone.localdate(), enrolment.starts_on),
        ends_on=enrolment.ends_on,
    )


@transaction.atomic
def confirm_alone(*, alone: LeavesAlone, by: User) -> LeavesAlone:
    """The school signs last: the new undertaking comes into force, the one before is withdrawn."""
    alone = LeavesAlone.objects.select_for_update(of=["self"]).select_related("agreement").get(pk=alone.pk)
    agreement = alone.agreement
    if alone.ended_at is not None or agreement.in_force_at is not None or agreement.withdrawn_at is not None:
        raise ValidationError(_("There is nothing to sign here."))
    earlier = Agreement.objects.filter(application=agreement.application_id, kind=PICK_UP).exclude(pk=agreement.pk)
    for other in LeavesAlone.objects.from_today().filter(student=alone.student_id).exclude(pk=alone.pk):
        end_alone(alone=other, by=by)
    now = timezone.now()
    earlier.filter(withdrawn_at=None).update(withdrawn_at=now)
    agreement.in_force_at = now
    agreement.save(update_fields=["in_force_at"])
    name = SchoolSettings.load().name
    Signature.objects.create(agreement=agreement, party=Signature.Party.SCHOOL, name=name, signed_by=by)
    return alone
