"""The school's review of an application by the configured steps (S6): review, collation, approval, alternatives."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.exceptions import places_taken
from enrollment.models import (
    Alternative,
    Application,
    CareGroupMember,
    Enrolment,
    ReviewStage,
    ReviewStep,
    ServiceOption,
    Signature,
)
from enrollment.services.applying import Choices, CollectorEntry, check_days, check_once, submit_again
from enrollment.services.collecting import who_collects
from enrollment.services.signing import Signing, missing_parties, sign_agreements, signs_at_once
from school.models import PolicyRule, SchoolSettings, Student, User

# A child that is in, or needs only a signature to be.
TAKES_PART = (Application.Status.TO_SIGN, Application.Status.APPROVED)
AFTER_STEP = {
    ReviewStage.Step.CLASS_REVIEW: Application.Status.REVIEWED,
    ReviewStage.Step.YEAR_COLLATION: Application.Status.COLLATED,
}


@transaction.atomic
def decide_application(
    *, application: Application, decision: str, opinion: str = "", ground: str = "", by: User
) -> Application:
    """Takes the next configured step (class, grade, school), or refuses.

    Approving by the school is its signature: with the family's the agreements are in force. Refused when the step is
    somebody else's (S6), when no place is left, and where a refusal comes before another place was offered (R014).
    """
    application = locked_application(application)
    stage = stage_for(application, by)
    if decision == ReviewStep.Decision.DECLINE:
        check_refusal(application, ground, opinion)
    ReviewStep.objects.create(
        application=application,
        step=stage.step,
        decision=decision,
        ground=ground if decision == ReviewStep.Decision.DECLINE else "",
        opinion=opinion.strip(),
        by=by,
    )
    if decision == ReviewStep.Decision.DECLINE:
        application.status = Application.Status.DECLINED
    elif stage.step in AFTER_STEP:
        application.status = AFTER_STEP[ReviewStage.Step(stage.step)]
    else:
        check_places(application)
        # Two at once: the second waits here for the first one's end.
        Student.objects.select_for_update(of=["self"], no_key=True).get(pk=application.student_id)
        check_once(application.option, application.student, application.weekdays, TAKES_PART)
        return _take_effect(application, by=by)
    application.save()
    return application


def stage_for(application: Application, by: User) -> ReviewStage:
    """The step that is next, if it is this person's to take."""
    stage = ReviewStage.next_stages().get(application.status)
    if stage is None:
        raise ValidationError(_("This application has been decided already."))
    if by.has_role(stage.role):
        return stage
    rule = PolicyRule.objects.blocking("S6", day=timezone.localdate())
    sentence = _("Next is the %(step)s, by the %(who)s.") % {
        "step": stage.get_step_display(),
        "who": stage.get_role_display(),
    }
    raise rule.refusal(sentence) if rule else ValidationError(sentence)


def check_refusal(application: Application, ground: str, opinion: str) -> None:
    """R001, R012, R014: a refusal has a ground and a reason, and comes after another place was offered and not wanted."""
    if not opinion.strip():
        raise ValidationError(_("A refusal needs a reason the family can understand."))
    if ground in (ReviewStep.Ground.NOT_ELIGIBLE, ReviewStep.Ground.NO_NEED):
        return
    if not application.alternatives.filter(state=Alternative.State.DECLINED).exists():
        raise ValidationError(
            _("Offer another place first; only when the family does not want it can the application be refused.")
        )


def check_places(application: Application) -> None:
    """Under the option's lock, so that two who approve at once do not both take the last place."""
    option = ServiceOption.objects.select_for_update(of=["self"]).get(pk=application.option_id)
    if option.capacity is not None and places_taken(option) >= option.capacity:
        raise ValidationError(
            _("All %(n)d places of %(option)s are taken. Offer the family another place.")
            % {"n": option.capacity, "option": option.name}
        )


@transaction.atomic
def sign_application(
    *, application: Application, signing: Signing, pupil_signing: Signing | None = None, by: User
) -> Application:
    """The family signs after approval, where the school has it so."""
    application = locked_application(application)
    if application.status != Application.Status.TO_SIGN:
        raise ValidationError(_("There is nothing to sign here."))
    settings = SchoolSettings.load()
    agreements = list(application.agreements.select_related("application__student"))
    sign_agreements(agreements, signing, pupil_signing, by=by, pupil_signs=settings.pupil_signs)
    approval = application.steps.filter(step=ReviewStep.Step.SCHOOL_APPROVAL).latest("at")
    return _take_effect(application, by=approval.by)


def _take_effect(application: Application, *, by: User) -> Application:
    settings = SchoolSettings.load()
    agreements = list(application.agreements.prefetch_related("signatures"))
    signed = bool(agreements) and not any(missing_parties(a, settings) for a in agreements)
    rule = PolicyRule.objects.blocking("S5", day=timezone.localdate(), measure="consent_required")
    if rule and not signed:
        if signs_at_once(settings):
            missing = {party for a in agreements for party in missing_parties(a, settings)}
            raise rule.refusal(_("A signature is missing: %s.") % "、".join(sorted(missing) or [_("guardian")]))
        application.status = Application.Status.TO_SIGN
        application.save()
        return application
    now = timezone.now()
    for agreement in agreements:
        agreement.in_force_at = now if signed else None
        agreement.save(update_fields=["in_force_at"])
    Signature.objects.bulk_create(
        Signature(agreement=a, party=Signature.Party.SCHOOL, name=settings.name, signed_by=by) for a in agreements
    )
    application.status = Application.Status.APPROVED
    application.save()
    Enrolment.objects.create(
        application=application,
        option=application.option,
        student=application.student,
        weekdays=application.weekdays,
        leaves_after=application.leaves_after,
        starts_on=first_day_of(application),
        ends_on=application.option.ends_on,
    )
    return application


def first_day_of(application: Application) -> dt.date:
    """The day asked for, but none before the child is in its class, or the term's care groups began: such a day has neither
    list nor roll.

    Before there are groups it is today at the earliest. Raises ValidationError where the service is over by then.
    """
    option, today = application.option, timezone.localdate()
    places = CareGroupMember.objects.filter(group__term=option.term_id, starts_on__lte=today)
    begun = places.aggregate(first=Min("starts_on"))["first"] or today
    joins = application.student.class_memberships.from_day(application.starts_on).aggregate(first=Min("starts_on"))
    first = max(application.starts_on, option.starts_on, begun, joins["first"] or begun)
    if first > option.ends_on:
        raise ValidationError(_("%s is over; nobody can begin in it any more.") % option.name)
    return first


@transaction.atomic
def offer_alternative(
    *, application: Application, option: ServiceOption, weekdays: list[int], message: str, by: User
) -> Alternative:
    """A reviewer offers another option or other weekdays instead of a refusal; the family answers on its phone."""
    application = locked_application(application)
    stage = stage_for(application, by)
    if not message.strip():
        raise ValidationError(_("Write to the family why, and what the other place offers."))
    check_days(option, weekdays, {})
    if option == application.option and sorted(weekdays) == sorted(application.weekdays):
        raise ValidationError(_("This is the place the family asked for. Choose another option or other weekdays."))
    alternative = Alternative.objects.create(
        application=application,
        option=option,
        weekdays=sorted(weekdays),
        message=message.strip(),
        back_to=application.status,
        offered_by=by,
    )
    ReviewStep.objects.create(
        application=application,
        step=stage.step,
        decision=ReviewStep.Decision.OFFER,
        opinion=message.strip(),
        by=by,
    )
    application.status = Application.Status.OFFERED
    application.save()
    return alternative


@transaction.atomic
def answer_alternative(
    *,
    alternative: Alternative,
    accept: bool,
    signing: Signing | None = None,
    pupil_signing: Signing | None = None,
    by: User,
) -> Application:
    """The family accepts the alternative and signs, or declines; then the reviewer decides the first application.

    An accepted alternative becomes a new application in the first one's position; the first is closed.
    """
    application = locked_application(alternative.application)
    alternative = (
        Alternative.objects.select_for_update(of=["self"]).select_related("option__term").get(pk=alternative.pk)
    )
    if alternative.state != Alternative.State.OFFERED:
        raise ValidationError(_("This offer has been answered already."))
    alternative.state = Alternative.State.ACCEPTED if accept else Alternative.State.DECLINED
    alternative.answered_by, alternative.answered_at = by, timezone.now()
    decision = ReviewStep.Decision.APPROVE if accept else ReviewStep.Decision.DECLINE
    ReviewStep.objects.create(
        application=application,
        step=ReviewStep.Step.ALTERNATIVE,
        decision=decision,
        opinion=_("The family takes the other place.") if accept else _("The family does not want the other place."),
        by=by,
    )
    application.status = Application.Status.WITHDRAWN if accept else Application.Status(alternative.back_to)
    application.save()
    result = application
    if accept:
        choices = choices_instead(alternative)
        result = submit_again(alternative.option, application, choices, signing, pupil_signing, by=by)
        result.status = Application.Status(alternative.back_to)
        result.save()
        alternative.new_application = result
    alternative.save()
    return result


def choices_instead(alternative: Alternative) -> Choices:
    """The choices for the alternative: its weekdays, and otherwise what the family chose before."""
    application = alternative.application
    first = max(application.starts_on, alternative.option.starts_on)
    collectors = [
        CollectorEntry(c.name, c.relation, c.phone, c.guardian)
        for c in who_collects(application.student_id, application.starts_on)
    ]
    alone = application.student.leaves_alone.filter(agreement__application=application).first()
    days = [day for day in alone.weekdays if day in alternative.weekdays] if alone else []
    # The last period is the whole time; a service may have fewer of them.
    early = list(alternative.option.periods.order_by("number").values_list("number", flat=True))[:-1]
    leaves = {int(day): number for day, number in application.leaves_after.items() if number in early}
    kept = {day: number for day, number in leaves.items() if day in alternative.weekdays}
    return Choices(alternative.weekdays, first, collectors, days, application.note, kept)


def locked_application(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=["self"])
        .select_related("option__term", "student")
        .get(pk=application.pk)
    )
