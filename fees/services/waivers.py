"""Waivers: proposed from the aid list, applied for by a guardian, decided by the service office."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.uploads import Upload
from enrollment.models import Enrolment
from fees.models import FeeSettings, Waiver
from school.models import SpecialGroupMembership, Student, Term, User


@transaction.atomic
def propose_waivers(*, term: Term, by: User) -> int:
    """One proposal for each child of the aid list that takes part and has no waiver this term; returns how many."""
    taking_part = Enrolment.objects.filter(option__term=term).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    )
    of_term = Q(ends_on__isnull=True) | Q(ends_on__gte=term.starts_on)
    settled = Waiver.objects.filter(of_term, starts_on__lte=term.ends_on)
    members = SpecialGroupMembership.objects.filter(
        group__in=FeeSettings.load().aid_groups.all(), student__in=taking_part.values("student")
    ).exclude(student__in=settled.values("student"))
    students = sorted(set(members.values_list("student", flat=True)))
    rows = [
        Waiver(
            student_id=student,
            ground=Waiver.Ground.AID_LIST,
            status=Waiver.Status.PROPOSED,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            asked_by=by,
        )
        for student in students
    ]
    return len(Waiver.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def ask_waiver(
    *, student: Student, term: Term, ground: str, explanation: str, evidence: Upload | None, by: User
) -> Waiver:
    """A guardian (or the office for a family without a phone) asks; the office decides share and days."""
    waiver = Waiver(
        student=student,
        ground=ground,
        explanation=explanation.strip(),
        evidence_name=evidence.given_name if evidence else "",
        starts_on=max(timezone.localdate().replace(day=1), term.starts_on),
        ends_on=term.ends_on,
        asked_by=by,
    )
    try:
        with transaction.atomic():
            waiver.save()
    except IntegrityError as error:
        raise ValidationError(_("A waiver for this child waits for the office's decision already.")) from error
    if evidence is not None:
        waiver.evidence.save(evidence.name, evidence)
    return waiver


@transaction.atomic
def decide_waiver(
    *,
    waiver: Waiver,
    grant: bool,
    by: User,
    share: str = Waiver.Share.FULL,
    amount: Decimal | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    opinion: str = "",
) -> Waiver:
    """Grants with share and days, or declines with a reason. Months that are locked are corrected in the next one."""
    waiver = Waiver.objects.select_for_update(of=["self"]).get(pk=waiver.pk)
    if waiver.status not in Waiver.OPEN:
        raise ValidationError(_("This waiver has been decided already."))
    if not grant and not opinion.strip():
        raise ValidationError(_("A refusal needs a reason the family can understand."))
    waiver.status = Waiver.Status.GRANTED if grant else Waiver.Status.DECLINED
    waiver.opinion, waiver.decided_by, waiver.decided_at = opinion.strip(), by, timezone.now()
    if grant:
        waiver.share, waiver.amount = share, amount
        waiver.starts_on, waiver.ends_on = starts_on or waiver.starts_on, ends_on or waiver.ends_on
    waiver.full_clean(exclude=["evidence"])
    waiver.save()
    return waiver


@transaction.atomic
def end_waiver(*, waiver: Waiver, last_day: dt.date, by: User) -> Waiver:
    """The ground no longer holds: the waiver ends, its history stays."""
    waiver = Waiver.objects.select_for_update(of=["self"]).get(pk=waiver.pk)
    if waiver.status != Waiver.Status.GRANTED:
        raise ValidationError(_("Only a granted waiver ends."))
    if last_day < waiver.starts_on:
        raise ValidationError(_("The last day is before the first."))
    if waiver.ends_on and last_day > waiver.ends_on:
        raise ValidationError(_("The waiver ends earlier, on %s.") % waiver.ends_on)
    waiver.ends_on = last_day
    waiver.save()
    return waiver
