"""Exemption requests with the working group's decision (R138), and the register of skills."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models.people import StaffSkill
from school.models import ExemptionRequest, User

State = ExemptionRequest.State


@transaction.atomic
def ask_exemption(*, request: ExemptionRequest, by: User) -> ExemptionRequest:
    """A teacher's own request, once a term; after a refusal she may ask again."""
    if request.staff.user_id != by.pk:
        raise ValidationError(_("An exemption is asked for by oneself."))
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise ValidationError(_("An exemption has been asked for this term already.")) from error
    return request


@transaction.atomic
def decide_exemption(*, request: ExemptionRequest, grant: bool, opinion: str, by: User) -> ExemptionRequest:
    """After study by the working group, whose opinion is written down. Decided once; duties already given stay."""
    request = ExemptionRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    if request.state != State.ASKED:
        raise ValidationError(_("This is decided already: %s.") % request.get_state_display())
    if not opinion.strip():
        raise ValidationError(_("Write down the opinion of the working group."))
    request.state = State.GRANTED if grant else State.DECLINED
    request.opinion, request.decided_by, request.decided_at = opinion.strip()[:300], by, timezone.now()
    request.save()
    return request


@transaction.atomic
def propose_skill(*, held: StaffSkill, by: User) -> StaffSkill:
    """Entered by the office it is on file at once; by the teacher herself it waits for the office."""
    held.filed_by = by if by.has_role("service_office", "academic_office") else None
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        raise ValidationError(_("This skill is entered already.")) from error
    return held


@transaction.atomic
def file_skill(*, held: StaffSkill, by: User) -> StaffSkill:
    """The office takes a proposal into the register."""
    held.filed_by = by
    held.save()
    return held
