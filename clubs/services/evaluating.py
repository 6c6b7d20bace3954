"""Families' evaluations of a club; means are shown only from five answers on."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubEvaluation, ClubSettings
from school.models import User


@dataclass(frozen=True)
class Summary:
    """`content` and `again` (a share) are None and the sentences empty while fewer than five have answered."""

    answers: int
    content: float | None = None
    again: int | None = None
    sentences: tuple[str, ...] = ()


@transaction.atomic
def save_evaluation(*, evaluation: ClubEvaluation, by: User) -> ClubEvaluation:
    if not ClubSettings.fresh().family_evaluations:
        raise ValidationError(_("The school does not ask families about its clubs."))
    if timezone.localdate() > evaluation.membership.club.term.ends_on:
        raise ValidationError(_("The term is over: the evaluations are closed."))
    evaluation.by, evaluation.at = by, timezone.now()
    evaluation.save()
    return evaluation


def summary_of(club: Club) -> Summary:
    """Comments are sorted alphabetically, so that their order does not reveal their authors."""
    rows = ClubEvaluation.objects.filter(membership__club=club)
    found = rows.aggregate(n=Count("pk"), mean=Avg("content"), again=Count("pk", filter=Q(again=True)))
    if found["n"] < ClubEvaluation.LEAST:
        return Summary(found["n"])
    sentences = rows.exclude(sentence="").order_by("sentence").values_list("sentence", flat=True)
    return Summary(found["n"], round(float(found["mean"]), 1), found["again"], tuple(sentences[:100]))
