"""Clubs: how many, of which kind, with how many children."""

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models import Club, ClubSlot
from reports.figures import rows
from reports.figures.base import PERCENT, Part, Scope, Value, figure, memberships, once, share
from school.models import Weekday


@once
def club_counts(scope: Scope) -> list[dict[str, Any]]:
    """Every club of the catalogue with its children, places and weekly slots."""
    members = dict(memberships(scope).order_by().values_list("club").annotate(n=Count("pk")))
    published = Club.objects.filter(term=scope.term, status=Club.Status.PUBLISHED).order_by("category", "name")
    clubs = published.values(
        "pk", "name", "category", "capacity", "grade_from", "grade_to", "instructor__name", "room__name"
    )
    slots: dict[int, list[str]] = defaultdict(list)
    weekly = ClubSlot.objects.filter(term=scope.term).order_by("weekday", "period__number")
    for club, weekday, period in weekly.values_list("club", "weekday", "period__name"):
        slots[club].append(f"{Weekday(weekday).label} {period}")
    return [club | {"members": members.get(club["pk"], 0), "slots": slots[club["pk"]]} for club in clubs]


@figure(
    "clubs",
    "clubs",
    _("Clubs"),
    _("Clubs in the catalogue of the term; one club with several weekly meetings counts once."),
    pgettext_lazy("unit", "clubs"),
    rows=lambda scope: rows.clubs(Club.objects.filter(pk__in=[club["pk"] for club in club_counts(scope)])),
)
def count_clubs(scope: Scope) -> Value:
    kinds: dict[str, int] = defaultdict(int)
    for club in club_counts(scope):
        kinds[club["category"]] += 1
    parts = [Part(kind, str(Club.Category(kind).label), number) for kind, number in kinds.items()]
    return Value(len(club_counts(scope)), by={"category": parts})


@figure(
    "club_members",
    "clubs",
    _("Places taken in clubs"),
    _("Places of children who take part ÷ places offered; a child in two clubs has two."),
    PERCENT,
    rows=lambda scope: rows.club_places(memberships(scope)),
)
def share_of_places(scope: Scope) -> Value:
    clubs = club_counts(scope)
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for club in clubs:
        kinds[club["category"]][0] += club["members"]
        kinds[club["category"]][1] += club["capacity"]
    parts = [Part(k, str(Club.Category(k).label), share(taken, of), taken, of) for k, (taken, of) in kinds.items()]
    members, places = sum(club["members"] for club in clubs), sum(club["capacity"] for club in clubs)
    return Value.rate(members, places, {"club": [_part(club) for club in clubs], "category": parts})


def _part(club: dict[str, Any]) -> Part:
    facts = {
        "category": str(Club.Category(club["category"]).label),
        "grades": f"{club['grade_from']}–{club['grade_to']}",
        "instructor": club["instructor__name"],
        "room": club["room__name"],
        "slots": "、".join(club["slots"]),
    }
    members, places = club["members"], club["capacity"]
    return Part(club["pk"], club["name"], share(members, places), members, places, facts)
