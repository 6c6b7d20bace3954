"""What the school does with an application, in the order of S6: class review, then the school's approval."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Application, Enrolment, ReviewStep, Signature
from enrollment.services.signing import Signing, sign_agreements
from school.models import PolicyRule, SchoolSettings, User


@transaction.atomic
def review_application(*, application: Application, decision: str, opinion: str = "", by: User) -> Application:
    """The homeroom teacher agrees, or declines with a reason."""
    application = _locked(application)
    if application.status != Application.Status.SUBMITTED:
        raise ValidationError(_("This application has been reviewed already."))
    _note(application, ReviewStep.Step.CLASS_REVIEW, decision, opinion, by)
    agreed = decision == ReviewStep.Decision.APPROVE
    application.status = Application.Status.REVIEWED if agreed else Application.Status.DECLINED
    application.save()
    return application


@transaction.atomic
def approve_application(*, application: Application, decision: str, opinion: str = "", by: User) -> Application:
    """The office decides. Approving is the school's signature: with the guardian's the agreements are in force.

    Refused before the class review while S6 is in force.
    """
    application = _locked(application)
    if application.status == Application.Status.SUBMITTED:
        rule = PolicyRule.objects.blocking("S6", day=timezone.localdate())
        if rule:
            raise rule.refusal(_("The homeroom teacher reviews first, then the office approves."))
    elif application.status != Application.Status.REVIEWED:
        raise ValidationError(_("This application has been decided already."))
    _note(application, ReviewStep.Step.SCHOOL_APPROVAL, decision, opinion, by)
    if decision != ReviewStep.Decision.APPROVE:
        application.status = Application.Status.DECLINED
        application.save()
        return application
    return _take_effect(application, by=by)


@transaction.atomic
def sign_application(*, application: Application, signing: Signing, by: User) -> Application:
    """The guardian signs after approval, where the school has it so."""
    application = _locked(application)
    if application.status != Application.Status.TO_SIGN:
        raise ValidationError(_("There is nothing to sign here."))
    sign_agreements(list(application.agreements.all()), signing, by=by)
    approver = application.steps.get(step=ReviewStep.Step.SCHOOL_APPROVAL).by
    return _take_effect(application, by=approver)


def _take_effect(application: Application, *, by: User) -> Application:
    agreements = list(application.agreements.prefetch_related("signatures"))
    signed = all(any(s.party == Signature.Party.GUARDIAN for s in a.signatures.all()) for a in agreements)
    rule = PolicyRule.objects.blocking("S5", day=timezone.localdate(), measure="consent_required")
    if rule and not (agreements and signed):
        if SchoolSettings.load().sign_when == SchoolSettings.SignWhen.WITH_APPLICATION:
            raise rule.refusal(_("The guardian has not signed yet."))
        application.status = Application.Status.TO_SIGN
        application.save()
        return application
    now = timezone.now()
    for agreement in agreements:
        Signature.objects.create(
            agreement=agreement, party=Signature.Party.SCHOOL, name=SchoolSettings.load().name, signed_by=by
        )
        agreement.in_force_at = now if signed else None
        agreement.save(update_fields=["in_force_at"])
    application.status = Application.Status.APPROVED
    application.save()
    Enrolment.objects.create(
        application=application,
        option=application.option,
        student=application.student,
        weekdays=application.weekdays,
        starts_on=max(application.starts_on, application.option.starts_on),
        ends_on=application.option.ends_on,
    )
    return application


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, last_day: dt.date, reason: str, by: User) -> Enrolment:
    """The child stops taking part after `last_day`; the row stays, its place in a group ends with it.

    Clubs and sessions follow by pulling (clubs.services.close_ended_memberships, safety.services.plan_day).
    """
    enrolment = Enrolment.objects.select_for_update(of=["self"]).get(pk=enrolment.pk)
    if not reason.strip():
        raise ValidationError(_("Write down why the participation ends."))
    if last_day < enrolment.starts_on:
        raise ValidationError(_("The last day is before the first."))
    if enrolment.ends_on and last_day > enrolment.ends_on:
        raise ValidationError(_("The participation ends earlier, on %s.") % enrolment.ends_on)
    enrolment.ends_on = last_day
    enrolment.end_reason = reason.strip()
    enrolment.save()
    for place in enrolment.group_places.exclude(ends_on__lt=last_day):
        if place.starts_on > last_day:
            place.delete()
        else:
            place.ends_on = last_day
            place.save()
    return enrolment


def _locked(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=["self"])
        .select_related("option__term", "student")
        .get(pk=application.pk)
    )


def _note(application: Application, step: str, decision: str, opinion: str, by: User) -> None:
    if decision == ReviewStep.Decision.DECLINE and not opinion.strip():
        raise ValidationError(_("A refusal needs a reason the family can understand."))
    ReviewStep.objects.create(application=application, step=step, decision=decision, opinion=opinion.strip(), by=by)
