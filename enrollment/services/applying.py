"""A family's acts, online or on paper: answer the letter, apply, sign, answer an alternative, withdraw."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import (
    Agreement,
    Alternative,
    Application,
    Collector,
    LeavesAlone,
    Letter,
    Receipt,
    ReviewStep,
    ServiceOption,
)
from enrollment.models.offers import AFTER_SCHOOL
from enrollment.services.signing import Signing, make_agreements, sign_agreements, signs_at_once
from school.models import Guardian, Guardianship, PolicyRule, SchoolSettings, Student, User
from web.caching import cached_briefly
from web.cleaning import clean_text, fold_name
from web.constraints import violated


@dataclass(frozen=True)
class CollectorEntry:
    """One adult who may take the child home, as the guardian entered it."""

    name: str
    relation: str
    phone: str
    guardian: Guardian | None = None


@dataclass(frozen=True)
class Choices:
    """What the guardian chose for one child: weekdays 1–7, first day, who collects, weekdays on which it goes alone.

    `leaves_after`: weekday → number of the last period, where the child leaves before the end (R019).
    """

    weekdays: list[int]
    starts_on: dt.date
    collectors: list[CollectorEntry]
    alone_weekdays: list[int] = field(default_factory=list)
    note: str = ""
    leaves_after: dict[int, int] = field(default_factory=dict)


def mark_read(*, letter: Letter, student: Student) -> None:
    """A guardian opened the letter; the first time counts."""
    Receipt.objects.bulk_create(
        [Receipt(letter=letter, student=student, read_at=timezone.now())], ignore_conflicts=True
    )


def answer_letter(*, letter: Letter, student: Student, answer: str, by: User, on_paper: bool = False) -> None:
    """One answer a child; a later one replaces it, whoever of the guardians gives it."""
    now = timezone.now()
    Receipt.objects.bulk_create(
        [
            Receipt(
                letter=letter,
                student=student,
                answer=answer,
                answered_by=by,
                answered_at=now,
                on_paper=on_paper,
                read_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["letter", "student"],
        update_fields=["answer", "answered_by", "answered_at", "on_paper"],
    )


def submit_application(
    *,
    option: ServiceOption,
    student: Student,
    choices: Choices,
    signing: Signing | None,
    by: User,
    pupil_signing: Signing | None = None,
) -> Application:
    """The family applies and, unless the school has it sign after approval, signs in the same sitting.

    Raises ValidationError when sign-up is closed, the grade does not fit, a rule refuses (S3, S5, T9), or the
    other guardian has applied already.
    """
    if option.letter is None or not option.is_open:
        raise ValidationError(_("Sign-up for %s is not open now.") % option.name)
    return _apply(option, student, choices, signing, pupil_signing, letter=option.letter, by=by)


def enter_application(
    *, option: ServiceOption, student: Student, choices: Choices, signing: Signing, by: User
) -> Application:
    """Staff enter an application that came on paper, also after sign-up has closed: the family without a phone, the late joiner.

    `signing.name` is the guardian who signed the paper; a photo of it or the place where it is filed is kept.
    """
    if option.letter is None or option.letter.published_at is None:
        raise ValidationError(_("Publish the letter to parents first: families are informed before they choose."))
    names = set(Guardianship.objects.filter(student=student, barred=False).values_list("guardian__name", flat=True))
    if fold_name(signing.name) not in {fold_name(name) for name in names}:
        raise ValidationError(
            _("%(name)s is no guardian of %(child)s. On file: %(names)s.")
            % {"name": signing.name, "child": student.name, "names": "、".join(sorted(names)) or "–"}
        )
    return _apply(option, student, choices, signing, None, letter=option.letter, by=by)


def _apply(
    option: ServiceOption,
    student: Student,
    choices: Choices,
    signing: Signing | None,
    pupil_signing: Signing | None,
    *,
    letter: Letter | None,
    by: User,
) -> Application:
    """All of it or nothing; raises the sentence for whoever comes second."""
    try:
        with transaction.atomic():
            return _write(option, student, choices, signing, pupil_signing, letter=letter, by=by)
    except IntegrityError as error:
        raise _first_come(option, student, error) from error


def _write(
    option: ServiceOption,
    student: Student,
    choices: Choices,
    signing: Signing | None,
    pupil_signing: Signing | None,
    *,
    letter: Letter | None,
    by: User,
) -> Application:
    on_paper = signing is not None and signing.on_paper
    school_class = check_choices(option, student, choices)
    if letter is not None:
        answer_letter(letter=letter, student=student, answer=Receipt.Answer.JOIN, by=by, on_paper=on_paper)
    application = Application.objects.create(
        option=option,
        student=student,
        applicant=clean_text(signing.name) if on_paper and signing else by.name,
        weekdays=sorted(choices.weekdays),
        starts_on=choices.starts_on,
        leaves_after={str(day): number for day, number in choices.leaves_after.items()},
        note=choices.note,
        on_paper=on_paper,
        submitted_by=by,
    )
    keep_collectors(application, choices, by=by)
    agreements = make_agreements(application, choices, school_class=school_class)
    settings = SchoolSettings.load()
    if signing is not None:
        sign_agreements(agreements, signing, pupil_signing, by=by, pupil_signs=settings.pupil_signs)
    elif signs_at_once(settings):
        rule = PolicyRule.objects.blocking("S5", day=timezone.localdate(), measure="consent_required")
        if rule:
            raise rule.refusal(_("Nobody takes part without a guardian's signed consent. Please sign."))
    keep_alone_days(application, choices, agreements)
    return application


def _first_come(option: ServiceOption, student: Student, error: IntegrityError) -> ValidationError:
    """The other guardian was quicker: the constraint held, and this is how it is said."""
    if violated(error) != "application_one_open":
        raise error
    first = Application.objects.get(option=option, student=student, status__in=Application.OPEN)
    return ValidationError(
        _("%(who)s has applied for %(child)s already, on %(when)s. Nothing is needed from you.")
        % {
            "who": first.applicant,
            "child": student.name,
            "when": timezone.localtime(first.submitted_at).strftime("%m-%d %H:%M"),
        },
        code="taken",
    )


def check_choices(option: ServiceOption, student: Student, choices: Choices) -> tuple[int, str]:
    """Whether the child may have this; returns its grade and its class's label for the agreements."""
    found = student.class_today()
    if found is None:
        raise ValidationError(_("%s belongs to no class of the school.") % student.name)
    grade = found[0]
    if not option.grade_from <= grade <= option.grade_to:
        raise ValidationError(_("%(option)s is not offered to grade %(grade)d.") % {"option": option, "grade": grade})
    check_days(option, choices.weekdays, choices.leaves_after)
    check_once(option, student, choices.weekdays)
    if not option.starts_on <= choices.starts_on <= option.ends_on:
        raise ValidationError(
            _("The first day lies between %(first)s and %(last)s.")
            % {"first": option.starts_on, "last": option.ends_on}
        )
    if choices.alone_weekdays:
        check_alone(grade)
        if not set(choices.alone_weekdays) <= set(choices.weekdays):
            raise ValidationError(_("Choose weekdays on which the child takes part."))
    elif not choices.collectors:
        raise ValidationError(_("Name at least one adult who collects the child."))
    guardians = Guardianship.objects.filter(student=student, barred=True).values_list(
        "guardian__name", "guardian__phone"
    )
    others = Collector.objects.filter(student=student, kind=Collector.Kind.BARRED).on(timezone.localdate())
    barred = set(guardians.order_by().union(others.order_by().values_list("name", "phone")))
    names = {name for name, _phone in barred}
    for adult in choices.collectors:
        if adult.name in names:
            raise ValidationError(_("%s may not be entered here. Please ask the office.") % adult.name)
    return found


def check_days(option: ServiceOption, weekdays: list[int], leaves_after: dict[int, int]) -> None:
    if not weekdays:
        raise ValidationError(_("Choose at least one weekday."))
    if not set(weekdays) <= set(option.weekdays):
        raise ValidationError(_("This service is not held on all the weekdays chosen."))
    if not set(leaves_after) <= set(weekdays):
        raise ValidationError(_("A leaving time belongs to a weekday that was chosen."))


def check_once(
    option: ServiceOption, student: Student, weekdays: list[int], status: Sequence[str] = Application.OPEN
) -> None:
    """Nobody is in two after-school services at once, nor pays twice. Raises ValidationError with the other one's name."""
    if option.service not in AFTER_SCHOOL:
        return
    others = Application.objects.filter(
        student=student,
        status__in=status,
        weekdays__overlap=weekdays,
        option__service__in=AFTER_SCHOOL,
        option__starts_on__lte=option.ends_on,
        option__ends_on__gte=option.starts_on,
    ).exclude(option=option)
    for other in others.select_related("option").prefetch_related("option__periods"):
        if not option.numbers or not other.option.numbers or option.numbers & other.option.numbers:
            raise ValidationError(
                _("%(child)s has %(other)s at these hours already: %(status)s. End or withdraw that first.")
                % {"child": student.name, "other": other.option.name, "status": other.get_status_display()}
            )


def check_alone(grade: int) -> None:
    """T9: young children are handed over in person; above that the school sets from which grade a child may go alone."""
    today = timezone.localdate()
    rule = cached_briefly(f"T9:{grade}:{today}", lambda: PolicyRule.objects.blocking("T9", day=today, grade=grade))
    if rule:
        raise rule.refusal(_("Children of grade %d are handed over in person and cannot go home alone.") % grade)
    from_grade = SchoolSettings.load().alone_from_grade
    if grade < from_grade:
        raise ValidationError(_("At this school children go home alone from grade %d on.") % from_grade)


def keep_collectors(application: Application, choices: Choices, *, by: User) -> None:
    """The adults named, unless they are on the list for that day already."""
    known = set(
        Collector.objects.on(application.starts_on)
        .filter(student=application.student, kind=Collector.Kind.AUTHORISED)
        .values_list("name", "phone")
    )
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
        if (adult.name, adult.phone) not in known
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
    """The family takes an application back before it takes effect; afterwards the participation is ended instead."""
    application = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if application.status not in (*Application.UNDECIDED, Application.Status.OFFERED, Application.Status.TO_SIGN):
        raise ValidationError(_("This application is decided already. Ask for a change of the participation instead."))
    application.alternatives.filter(state=Alternative.State.OFFERED).update(
        state=Alternative.State.DECLINED, answered_by=by, answered_at=timezone.now()
    )
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


def submit_again(
    option: ServiceOption,
    first: Application,
    choices: Choices,
    signing: Signing | None,
    pupil_signing: Signing | None,
    *,
    by: User,
) -> Application:
    """The application for the place offered instead of the first one, which need not be open to others."""
    letter = option.letter or first.option.letter
    return _apply(option, first.student, choices, signing, pupil_signing, letter=letter, by=by)
