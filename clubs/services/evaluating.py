"""Saves a family's evaluation of a club."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ClubEvaluation, ClubSettings
from school.models import User


@transaction.atomic
def save_evaluation(*, evaluation: ClubEvaluation, by: User) -> ClubEvaluation:
    if not ClubSettings.fresh().family_evaluations:
        raise ValidationError(_("The school does not ask families about its clubs."))
    if timezone.localdate() > evaluation.membership.club.term.ends_on:
        raise ValidationError(_("The term is over: the evaluations are closed."))
    evaluation.by, evaluation.at = by, timezone.now()
    evaluation.save()
    return evaluation
