"""What a family does: answer the letter, apply, sign, withdraw."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Agreement, Application, Collector, LeavesAlone, Letter, Receipt, ReviewStep, ServiceOption
from enrollment.services.signing import Signing, make_agreements, sign_agreements
from school.models import Guardian, Guardianship, PolicyRule, SchoolSettings, Student, User


@dataclass(frozen=True)
class CollectorEntry:
    """One adult who may take the child home, as the guardian entered it."""

    name: str
    relation: str
    phone: str
    guardian: Guardian | None = None


@dataclass(frozen=True)
class Choices:
    """What the guardian chose for one child: weekdays 1–7, first day, who collects, weekdays on which it goes alone."""

    weekdays: list[int]
    starts_on: dt.date
    collectors: list[CollectorEntry]
    alone_weekdays: list[int] = field(default_factory=list)
    note: str = ""


@transaction.atomic
def answer_letter(*, letter: Letter, student: Student, answer: str, by: User, on_paper: bool = False) -> Receipt:
    """One answer a child; a later one replaces it, whoever of the guardians gives it."""
    receipt, _created = Receipt.objects.update_or_create(
        letter=letter,
        student=student,
        defaults={"answer": answer, "answered_by": by, "answered_at": timezone.now(), "on_paper": on_paper},
    )
    return receipt


@transaction.atomic
def submit_application(
    *, option: ServiceOption, student: Student, choices: Choices, signing: Signing | None, by: User
) -> Application:
    """The family applies and, unless the school has it sign after approval, signs in the same sitting.

    Raises ValidationError when sign-up is closed, the grade does not fit, a rule refuses (S3, S5, T9), or the
    other guardian has applied already.
    """
    if option.letter is None or not option.is_open:
        raise ValidationError(_("Sign-up for %s is not open now.") % option.name)
    check_choices(option, student, choices)
    answer_letter(letter=option.letter, student=student, answer=Receipt.Answer.JOIN, by=by)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                option=option,
                student=student,
                weekdays=sorted(choices.weekdays),
                starts_on=choices.starts_on,
                note=choices.note,
                submitted_by=by,
            )
    except IntegrityError as error:
        if "application_one_open" not in str(error):
            raise
        first = Application.objects.get(option=option, student=student, status__in=Application.OPEN)
        raise ValidationError(
            _("%(who)s has applied for %(child)s already, on %(when)s. Nothing is needed from you.")
            % {
                "who": first.submitted_by.name,
                "child": student.name,
                "when": timezone.localtime(first.submitted_at).strftime("%m-%d %H:%M"),
            },
            code="taken",
        ) from error
    keep_collectors(application, choices, by=by)
    agreements = make_agreements(application, choices)
    if signing is not None:
        sign_agreements(agreements, signing, by=by)
    elif SchoolSettings.load().sign_when == SchoolSettings.SignWhen.WITH_APPLICATION:
        rule = PolicyRule.objects.blocking("S5", day=timezone.localdate(), measure="consent_required")
        if rule:
            raise rule.refusal(_("Nobody takes part without a guardian's signed consent. Please sign."))
    keep_alone_days(application, choices, agreements)
    return application


def check_choices(option: ServiceOption, student: Student, choices: Choices) -> None:
    today = timezone.localdate()
    school_class = student.class_on(today)
    if school_class is None:
        raise ValidationError(_("%s belongs to no class of the school.") % student.name)
    grade = school_class.grade(today)
    if not option.grade_from <= grade <= option.grade_to:
        raise ValidationError(_("%(option)s is not offered to grade %(grade)d.") % {"option": option, "grade": grade})
    if not choices.weekdays:
        raise ValidationError(_("Choose at least one weekday."))
    if not set(choices.weekdays) <= set(option.weekdays):
        raise ValidationError(_("This service is not held on all the weekdays chosen."))
    if not option.starts_on <= choices.starts_on <= option.ends_on:
        raise ValidationError(
            _("The first day lies between %(first)s and %(last)s.")
            % {"first": option.starts_on, "last": option.ends_on}
        )
    if choices.alone_weekdays:
        check_alone(grade)
    elif not choices.collectors:
        raise ValidationError(_("Name at least one adult who collects the child."))
    barred = set(
        Guardianship.objects.filter(student=student, barred=True).values_list("guardian__name", "guardian__phone")
    )
    for adult in choices.collectors:
        if (adult.name, adult.phone) in barred:
            raise ValidationError(_("%s may not be entered here. Please ask the office.") % adult.name)


def check_alone(grade: int) -> None:
    """T9: young children are handed over in person; above that the school sets from which grade a child may go alone."""
    rule = PolicyRule.objects.blocking("T9", day=timezone.localdate(), grade=grade)
    if rule:
        raise rule.refusal(_("Children of grade %d are handed over in person and cannot go home alone.") % grade)
    from_grade = SchoolSettings.load().alone_from_grade
    if grade < from_grade:
        raise ValidationError(_("At this school children go home alone from grade %d on.") % from_grade)


def keep_collectors(application: Application, choices: Choices, *, by: User) -> None:
    Collector.objects.bulk_create(
        Collector(
            student=application.student,
            name=adult.name,
            relation=adult.relation,
            phone=adult.phone,
            guardian=adult.guardian,
            starts_on=application.starts_on,
            ends_on=application.option.ends_on,
            entered_by=by,
        )
        for adult in choices.collectors
        if not Collector.objects.filter(
            student=application.student, name=adult.name, phone=adult.phone, kind=Collector.Kind.AUTHORISED
        )
        .on(application.starts_on)
        .exists()
    )


def keep_alone_days(application: Application, choices: Choices, agreements: list[Agreement]) -> None:
    if choices.alone_weekdays:
        pick_up = next(a for a in agreements if a.kind == "pick_up")
        LeavesAlone.objects.create(
            student=application.student,
            weekdays=sorted(choices.alone_weekdays),
            agreement=pick_up,
            starts_on=application.starts_on,
            ends_on=application.option.ends_on,
        )


@transaction.atomic
def withdraw_application(*, application: Application, by: User, reason: str = "") -> Application:
    """The family takes an application back before it is decided; afterwards the enrolment is ended instead."""
    application = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if application.status not in (Application.Status.SUBMITTED, Application.Status.REVIEWED):
        raise ValidationError(_("This application is decided already. Ask the office to end the participation."))
    application.status = Application.Status.WITHDRAWN
    application.save()
    ReviewStep.objects.create(
        application=application,
        step=ReviewStep.Step.WITHDRAWAL,
        decision=ReviewStep.Decision.DECLINE,
        opinion=reason or _("Withdrawn by the family."),
        by=by,
    )
    return application
