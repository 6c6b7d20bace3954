"""Clubs: how many, of which kind, with how many children."""

from collections import defaultdict
from typing import Any

from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.leading import leader_on, room_on
from clubs.models import Club, ClubSlot, Meeting
from clubs.models.catalogue import ClubQuerySet
from clubs.participation import clubs_that_run, goes_round
from reports.figures import rows
from reports.figures.base import PERCENT, Part, Scope, Value, figure, memberships, once, share
from school.models import SchoolDay, Weekday


@once
def club_counts(scope: Scope) -> list[dict[str, Any]]:
    """Every club that runs, with its children, places and weekly slots. No places to give has one that was called off, and one to
    which whole groups come by a rotation.
    """
    members = dict(memberships(scope).order_by().values_list("club").annotate(n=Count("pk")))
    gives_places = Q(status=Club.Status.PUBLISHED) & ~goes_round(scope.term) | Q(pk__in=list(members))
    places = Case(When(gives_places, then="capacity"), default=0)
    running = (
        clubs_that_run(scope.term, scope.until)
        .annotate(places=places, led_by=leader_on(scope.until, what="name"), where=room_on(scope.until))
        .order_by("category", "name")
    )
    clubs = running.values("pk", "name", "category", "places", "grade_from", "grade_to", "status", "led_by", "where")
    slots: dict[int, list[str]] = defaultdict(list)
    weekly = ClubSlot.objects.filter(term=scope.term).order_by("weekday", "period__number")
    for club, weekday, period in weekly.values_list("club", "weekday", "period__name"):
        slots[club].append(f"{Weekday(weekday).label} {period}")
    # A club that was called off, or to which groups come round, has met at the times of its meetings.
    rows = list(clubs)
    others = [club["pk"] for club in rows if club["pk"] not in slots]
    for club, weekday, period in times_held(scope, others) if others else ():
        slots[club].append(f"{Weekday(weekday).label} {period}")
    return [club | {"members": members.get(club["pk"], 0), "slots": slots[club["pk"]]} for club in rows]


def times_held(scope: Scope, clubs: list[int]) -> list[tuple[int, int, str]]:
    """(club, weekday, name of the period) at which these clubs met by the end of the period, but for what was moved for once.

    A make-up day counts as the weekday that it followed.
    """
    held = Meeting.objects.filter(club__in=clubs, cancelled=False, day__lte=scope.until, moved_from=None).order_by()
    weekday_of = dict(SchoolDay.objects.of_term(scope.term).values_list("day", "follows_weekday"))
    times = {
        (club, weekday_of.get(day), period) for club, day, period in held.values_list("club", "day", "period__name")
    }
    return sorted((club, weekday, period) for club, weekday, period in times if weekday)


@once
def idle_clubs(scope: Scope) -> ClubQuerySet:
    """Clubs of the catalogue that have begun to meet, and to which no child comes."""
    met = Meeting.objects.filter(club__term=scope.term, cancelled=False, day__lte=scope.until)
    catalogue = Club.objects.published().filter(term=scope.term, pk__in=met.values("club"))
    return catalogue.exclude(pk__in=[club["pk"] for club in club_counts(scope)])


@figure(
    "clubs",
    "clubs",
    _("Clubs"),
    _(
        "Clubs of the term that have a child or have not met yet, and those that met before they were called off; one club with "
        "several weekly meetings counts once."
    ),
    pgettext_lazy("unit", "clubs"),
    rows=lambda scope: rows.clubs(
        Club.objects.filter(pk__in=[club["pk"] for club in club_counts(scope)]), leader_on(scope.until, what="name")
    ),
)
def count_clubs(scope: Scope) -> Value:
    kinds: dict[str, int] = defaultdict(int)
    for club in club_counts(scope):
        kinds[club["category"]] += 1
    parts = [Part(kind, str(Club.Category(kind).label), number) for kind, number in kinds.items()]
    return Value(len(club_counts(scope)), by={"category": parts})


@figure(
    "clubs_idle",
    "clubs",
    _("Clubs without children"),
    _("Clubs of the catalogue whose meetings have begun without a child; not among the clubs above."),
    pgettext_lazy("unit", "clubs"),
    rows=lambda scope: rows.clubs(idle_clubs(scope), leader_on(scope.until, what="name")),
)
def count_idle_clubs(scope: Scope) -> Value:
    return Value(idle_clubs(scope).count())


@figure(
    "club_members",
    "clubs",
    _("Places taken in clubs"),
    _(
        "Places of children who take part ÷ places of the clubs that run; a child in two clubs has two. Clubs to which whole "
        "groups come by a rotation give no places."
    ),
    PERCENT,
    rows=lambda scope: rows.club_places(memberships(scope)),
)
def share_of_places(scope: Scope) -> Value:
    clubs = club_counts(scope)
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for club in clubs:
        kinds[club["category"]][0] += club["members"]
        kinds[club["category"]][1] += club["places"]
    parts = [Part(k, str(Club.Category(k).label), share(taken, of), taken, of) for k, (taken, of) in kinds.items()]
    members, places = sum(club["members"] for club in clubs), sum(club["places"] for club in clubs)
    return Value.rate(members, places, {"club": [_part(club) for club in clubs], "category": parts})


def _part(club: dict[str, Any]) -> Part:
    cancelled = str(Club.Status.CANCELLED.label)
    facts = {
        "category": str(Club.Category(club["category"]).label),
        "grades": f"{club['grade_from']}–{club['grade_to']}",
        "instructor": club["led_by"],
        "room": club["where"],
        "slots": "、".join(club["slots"]) or (cancelled if club["status"] == Club.Status.CANCELLED else ""),
    }
    members, places = club["members"], club["places"]
    return Part(club["pk"], club["name"], share(members, places), members, places, facts)
