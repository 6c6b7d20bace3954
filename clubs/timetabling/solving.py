"""The best timetable under weights, by OR-Tools' CP-SAT. Deterministic: one worker, a fixed seed, a deterministic limit.

Nothing makes it infeasible: a meeting that finds no place is missing at a price, and what is pinned or settled is no
variable but a fact that the others keep clear of.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clubs.timetabling.checking import FIRM, Kind, conflicts_of, excused, same_children
from clubs.timetabling.shapes import Facts, Place, Week

SEED = 20260901
WORK = 25.0
"""Deterministic units, about as many seconds of one core: the same work gives the same answer on any machine."""
MOST_SECONDS = 50.0
"""By the clock, for a machine under load; what was found until then is the answer."""

MISSING = 100_000
ROOM_COST = {Kind.SMALL: 400, Kind.CROWDED: 400}
DUTY = 300
UNWISHED = 100
OTHER_ROOM = 30
SPREAD = 1
"""A seat of a grade above that grade's even share of a weekday."""


@dataclass(frozen=True)
class Solution:
    """`objective`: the price of what was given up; `bound`: no timetable is cheaper than that."""

    places: list[Place]
    objective: int
    bound: float
    status: str
    seconds: float


def fixed_places(facts: Facts, pins: Iterable[Place]) -> list[Place]:
    """What a proposal does not move: the slots of settled clubs, then pins of clubs that are not settled."""
    settled = [place for club in facts.clubs.values() if club.settled for place in club.slots]
    return settled + [p for p in pins if p.club in facts.clubs and not facts.clubs[p.club].settled]


def candidates(facts: Facts, fixed: list[Place]) -> dict[Place, int]:
    """Every place that a club may have beside the fixed ones, with its own price."""
    week, found = Week(fixed), {}
    for club in facts.clubs.values():
        if club.settled or len(week.of(club.pk)) >= club.times:
            continue
        for weekday in facts.weekdays:
            for period in facts.periods:
                for room in dict.fromkeys((club.room, *club.rooms)):
                    place = Place(club.pk, weekday, period, room)
                    price = price_of(place, week, facts)
                    if price is not None:
                        found[place] = price
    return found


def price_of(place: Place, week: Week, facts: Facts) -> int | None:
    """The price of a place; None if a proposal may not use it."""
    club = facts.clubs[place.club]
    price = UNWISHED if club.wished and place.weekday not in club.wished else 0
    price += OTHER_ROOM if place.room != club.room else 0
    for conflict in conflicts_of(place, week, facts):
        if conflict.kind in FIRM and not excused(conflict.kind, facts):
            return None
        # A room that is too small is the office's own choice for its club; another one too small is none.
        if conflict.kind == Kind.SMALL and place.room != club.room:
            return None
        price += DUTY if conflict.kind == Kind.DUTY else ROOM_COST[conflict.kind]
    return price


def even_shares(facts: Facts, fixed: Iterable[Place]) -> dict[int, int]:
    """Grade → the seats of a weekday if all that it is offered were spread evenly."""
    held = Week(fixed)
    offered: dict[int, int] = defaultdict(int)
    for club in facts.clubs.values():
        times = len(held.of(club.pk)) if club.settled else max(club.times, len(held.of(club.pk)))
        for grade in club.grades:
            offered[grade] += club.seats_of(grade) * times
    return {grade: -(-seats // len(facts.weekdays)) for grade, seats in offered.items()}


def penalty(places: Iterable[Place], fixed: list[Place], facts: Facts) -> int:
    """The price of a timetable: what the solver minimises, in plain arithmetic."""
    week, stands = Week(places), Week(fixed)
    kept = set(fixed)
    total = sum(price_of(place, stands, facts) or 0 for place in week if place not in kept)
    for club in facts.clubs.values():
        if not club.settled:
            total += MISSING * max(0, club.times - len(week.of(club.pk)))
    shares = even_shares(facts, fixed)
    for grade, share in shares.items():
        for weekday in facts.weekdays:
            seats = sum(
                facts.clubs[p.club].seats_of(grade)
                for p in week
                if p.weekday == weekday and grade in facts.clubs[p.club].grades
            )
            total += SPREAD * max(0, seats - share)
    return total


def solve(facts: Facts, pins: Iterable[Place] = (), *, work: float = WORK, seconds: float = MOST_SECONDS) -> Solution:
    """The whole week: the fixed places and the best ones for the rest."""
    from ortools.sat.python import cp_model  # 60 MB that a web process never needs

    began = time.monotonic()
    fixed = fixed_places(facts, pins)
    prices = candidates(facts, fixed)
    model = cp_model.CpModel()
    chosen = {place: model.new_bool_var(f"{place}") for place in prices}
    cost: list[Any] = [prices[place] * var for place, var in chosen.items() if prices[place]]
    cost += _meet_often_enough(model, chosen, fixed, facts)
    _keep_apart(model, chosen, facts)
    cost += _spread(model, chosen, fixed, facts)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    places = [place for place, var in chosen.items() if found and solver.boolean_value(var)]
    return Solution(
        [*fixed, *places],
        penalty([*fixed, *places], fixed, facts),
        max(0.0, solver.best_objective_bound),
        solver.status_name(status).lower(),
        round(time.monotonic() - began, 2),
    )


def _meet_often_enough(model: Any, chosen: dict[Place, Any], fixed: list[Place], facts: Facts) -> list[Any]:
    """As often as the club wants, once a day at most; each meeting that is missing has its price."""
    cost, there = [], Week(fixed)
    by_club: dict[int, list[Place]] = defaultdict(list)
    for place in chosen:
        by_club[place.club].append(place)
    for club in facts.clubs.values():
        wanted = 0 if club.settled else max(0, club.times - len(there.of(club.pk)))
        if not wanted:
            continue
        missing = model.new_int_var(0, wanted, f"missing {club.pk}")
        model.add(sum(chosen[place] for place in by_club[club.pk]) + missing == wanted)
        cost.append(MISSING * missing)
        for weekday in facts.weekdays:
            model.add_at_most_one(chosen[place] for place in by_club[club.pk] if place.weekday == weekday)
    return cost


def _keep_apart(model: Any, chosen: dict[Place, Any], facts: Facts) -> None:
    """Nobody and no room in two places; no two required clubs of the same children at once."""
    at_once: dict[tuple[str, int, int, int], list[Any]] = defaultdict(list)
    required: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
    for place, var in chosen.items():
        club = facts.clubs[place.club]
        at_once["room", place.room, *place.slot].append(var)
        for person in club.adults:
            at_once["person", person, *place.slot].append(var)
        if club.required:
            required[club.pk, *place.slot].append(var)
    for together in at_once.values():
        if len(together) > 1:
            model.add_at_most_one(together)
    for (pk, *slot), those in required.items():
        for (other, *other_slot), these in required.items():
            if pk < other and slot == other_slot and same_children(facts.clubs[pk], facts.clubs[other]):
                model.add_at_most_one([*those, *these])


def _spread(model: Any, chosen: dict[Place, Any], fixed: list[Place], facts: Facts) -> list[Any]:
    """Each grade's seats above its even share of a weekday have a price."""
    cost = []
    for grade, share in even_shares(facts, fixed).items():
        for weekday in facts.weekdays:
            offered = [p for p in (*chosen, *fixed) if p.weekday == weekday and grade in facts.clubs[p.club].grades]
            seats = sum(facts.clubs[p.club].seats_of(grade) * chosen.get(p, 1) for p in offered)
            most = sum(facts.clubs[p.club].seats_of(grade) for p in offered)
            if most > share:
                over = model.new_int_var(0, most - share, f"over {grade} {weekday}")
                model.add(over >= seats - share)
                cost.append(SPREAD * over)
    return cost
