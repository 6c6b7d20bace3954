"""What changes while a child takes part: other days, an end. History is kept."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Application, CareGroupMember, ChangeRequest, Enrolment
from enrollment.services.applying import check_days
from enrollment.services.collecting import end_collecting_of
from school.models import User
from web.constraints import violated
from web.templatetags.formats import cn_date


@transaction.atomic
def request_change(
    *,
    enrolment: Enrolment,
    kind: str,
    effective_on: dt.date,
    weekdays: list[int] | None = None,
    leaves_after: dict[int, int] | None = None,
    reason: str = "",
    by: User,
) -> ChangeRequest:
    """A family asks for other days, or stops. Stopping takes effect without anybody's approval (R001, R018)."""
    enrolment = _locked_enrolment(enrolment)
    if effective_on <= timezone.localdate():
        raise ValidationError(_("A change begins tomorrow at the earliest: today's lists are made."))
    if enrolment.ends_on and effective_on > enrolment.ends_on:
        raise ValidationError(_("The participation ends earlier, on %s.") % enrolment.ends_on)
    change = ChangeRequest(
        enrolment=enrolment, kind=kind, effective_on=effective_on, reason=reason.strip(), requested_by=by
    )
    if kind == ChangeRequest.Kind.DAYS:
        change.weekdays = sorted(weekdays or [])
        change.leaves_after = {str(day): number for day, number in (leaves_after or {}).items()}
        check_days(enrolment.option, change.weekdays, leaves_after or {})
        if (change.weekdays, change.leaves_after) == (enrolment.weekdays, enrolment.leaves_after):
            raise ValidationError(_("These are the days and times as they are now."))
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError as error:
        if violated(error) != "changerequest_one_waiting":
            raise
        waiting = enrolment.changes.waiting().select_related("requested_by").get()
        raise ValidationError(
            _("%(who)s has asked for a change already; it waits for the office.") % {"who": waiting.requested_by.name}
        ) from error
    if kind == ChangeRequest.Kind.STOP:
        carry_out(change, opinion="", by=by)
    return change


@transaction.atomic
def change_for_family(*, by: User, **asked: Any) -> ChangeRequest:
    """The office enters what a family asked for, and carries it out at once; the arguments are those of request_change()."""
    change = request_change(by=by, **asked)
    return decide_change(change=change, agree=True, by=by)


@transaction.atomic
def decide_change(*, change: ChangeRequest, agree: bool, opinion: str = "", by: User) -> ChangeRequest:
    """The office carries out a change of days, or refuses it with a reason."""
    change = ChangeRequest.objects.select_for_update(of=["self"]).get(pk=change.pk)
    if change.state != ChangeRequest.State.WAITING:
        raise ValidationError(_("This change has been decided already."))
    if agree:
        return carry_out(change, opinion=opinion, by=by)
    if not opinion.strip():
        raise ValidationError(_("A refusal needs a reason the family can understand."))
    return _close(change, ChangeRequest.State.REFUSED, opinion, by)


@transaction.atomic
def cancel_change(*, change: ChangeRequest, by: User) -> ChangeRequest:
    """The family takes a change back while it waits."""
    change = ChangeRequest.objects.select_for_update(of=["self"]).get(pk=change.pk)
    if change.state != ChangeRequest.State.WAITING:
        raise ValidationError(_("This change has been decided already."))
    return _close(change, ChangeRequest.State.CANCELLED, "", by)


def carry_out(change: ChangeRequest, *, opinion: str, by: User) -> ChangeRequest:
    enrolment = _locked_enrolment(change.enrolment)
    # Decided late, it begins tomorrow: a day that has been is not rewritten.
    first = max(change.effective_on, timezone.localdate() + dt.timedelta(days=1))
    if change.kind == ChangeRequest.Kind.STOP:
        end_enrolment(
            enrolment=enrolment,
            last_day=first - dt.timedelta(days=1),
            reason=change.reason or _("The family stops."),
            by=by,
        )
    else:
        change_days(enrolment, first, change)
    change.effective_on = first
    return _close(change, ChangeRequest.State.DONE, opinion, by)


def change_days(enrolment: Enrolment, first: dt.date, change: ChangeRequest) -> Enrolment:
    """The row ends, and one with the new days begins; the place in the care group goes with it."""
    if first <= enrolment.starts_on:
        enrolment.weekdays, enrolment.leaves_after = change.weekdays, change.leaves_after
        enrolment.save()
        return enrolment
    last_day, ends_on = first - dt.timedelta(days=1), enrolment.ends_on
    places = list(enrolment.group_places.from_day(first))
    _end_places(enrolment, last_day)
    enrolment.ends_on, enrolment.end_reason = last_day, _("Other days from %s on.") % cn_date(first, "year")
    enrolment.save()
    follower = Enrolment.objects.create(
        application=enrolment.application,
        option=enrolment.option,
        student=enrolment.student,
        weekdays=change.weekdays,
        leaves_after=change.leaves_after,
        starts_on=first,
        ends_on=ends_on,
    )
    CareGroupMember.objects.bulk_create(
        CareGroupMember(
            group_id=place.group_id,
            enrolment=follower,
            student_id=place.student_id,
            starts_on=max(first, place.starts_on),
            ends_on=place.ends_on if place.ends_on and place.ends_on > last_day else ends_on,
        )
        for place in places
    )
    return follower


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, last_day: dt.date, reason: str, by: User) -> Enrolment:
    """The child stops taking part after `last_day`; the row stays, its place in a group ends with it.

    Clubs and sessions follow by pulling (clubs.services.close_ended_memberships, safety.services.plan_day).
    """
    enrolment = _locked_enrolment(enrolment)
    if not reason.strip():
        raise ValidationError(_("Write down why the participation ends."))
    if enrolment.ends_on and last_day > enrolment.ends_on:
        raise ValidationError(_("The participation ends earlier, on %s.") % enrolment.ends_on)
    if last_day < enrolment.starts_on:
        # An enrolment that ends before its first day is kept with no weekdays.
        last_day, enrolment.weekdays = enrolment.starts_on, []
    _end_places(enrolment, last_day)
    enrolment.ends_on = last_day
    enrolment.end_reason = reason.strip()
    enrolment.save()
    enrolment.changes.waiting().update(state=ChangeRequest.State.CANCELLED, decided_by=by, decided_at=timezone.now())
    # Both undertakings end with the participation.
    night = timezone.make_aware(dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time.min))
    enrolment.application.agreements.filter(withdrawn_at=None).update(withdrawn_at=night)
    # The option may be applied for again.
    Application.objects.filter(pk=enrolment.application_id, status=Application.Status.APPROVED).update(
        status=Application.Status.ENDED
    )
    goes_on = Enrolment.objects.filter(student=enrolment.student_id).from_day(last_day + dt.timedelta(days=1)).exists()
    if not goes_on and not Application.objects.open().filter(student=enrolment.student_id).exists():
        end_collecting_of(enrolment.student, last_day, enrolment.end_reason)
    return enrolment


def _end_places(enrolment: Enrolment, last_day: dt.date) -> None:
    """Deletes places that have not begun; a place that has ended keeps its last day."""
    enrolment.group_places.end_before(last_day + dt.timedelta(days=1))


def _close(change: ChangeRequest, state: str, opinion: str, by: User) -> ChangeRequest:
    change.state, change.opinion = state, opinion.strip()
    change.decided_by, change.decided_at = by, timezone.now()
    change.save()
    return change


def _locked_enrolment(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=["self"])
        .select_related("option", "student", "application")
        .get(pk=enrolment.pk)
    )
