"""What families say of a club, read as means only from five answers on."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from clubs.models import Club, ClubEvaluation


@dataclass(frozen=True)
class Summary:
    """`content` and `again` (a share) are None and the sentences empty while fewer than five have answered."""

    answers: int
    content: float | None = None
    again: int | None = None
    sentences: tuple[str, ...] = ()


def summary_of(club: Club) -> Summary:
    """Comments are sorted alphabetically, so that their order does not reveal their authors."""
    rows = ClubEvaluation.objects.filter(membership__club=club)
    found = rows.aggregate(n=Count("pk"), mean=Avg("content"), again=Count("pk", filter=Q(again=True)))
    if found["n"] < ClubEvaluation.LEAST:
        return Summary(found["n"])
    sentences = rows.exclude(sentence="").order_by("sentence").values_list("sentence", flat=True)
    return Summary(found["n"], round(float(found["mean"]), 1), found["again"], tuple(sentences[:100]))
