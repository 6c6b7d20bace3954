"""The timetable of a large school's clubs: how long the proposal takes, and how far it can be from the best."""

import random
from collections.abc import Iterable

from clubs.timetabling.shapes import ClubFacts, Facts, OptionFacts, PeriodFacts, RoomFacts
from clubs.timetabling.solving import solve

CLUBS = 80
GROUPS = 30


def large_school(clubs: int = CLUBS, *, seed: int = 1) -> Facts:
    """Thirty care groups with their duties, sixty adults of whom many lead two clubs, wishes that collide."""
    rng = random.Random(seed)
    facts = Facts(periods={1: PeriodFacts(1, 1, "第1节", learning=True), 2: PeriodFacts(2, 2, "第2节")})
    facts.options = [OptionFacts("周一至周五课后托管", frozenset(range(1, 6)), frozenset({1, 2}), 1, 6)]
    facts.rooms = {
        pk: RoomFacts(pk, f"专用室{pk}", rng.choice((30, 40, 45, 60))) for pk in range(1, clubs * 2 // 5 + 1)
    }
    facts.staff = {pk: f"教师{pk}" for pk in range(1, clubs * 3 // 4 + 1)}
    for pk in range(1, clubs + 1):
        first = rng.randint(1, 6)
        room = rng.choice(list(facts.rooms))
        instructor = 1 + (pk - 1) % len(facts.staff)
        assistant = rng.choice([person for person in facts.staff if person != instructor])
        facts.clubs[pk] = ClubFacts(
            pk,
            f"社团{pk}",
            first,
            min(6, first + rng.choice((0, 1, 1, 2, 3))),
            capacity=min(facts.rooms[room].capacity, rng.choice((20, 25, 30, 40))),
            room=room,
            rooms=tuple(rng.sample(list(facts.rooms), rng.choice((0, 0, 1, 2)))),
            instructor=instructor,
            assistant=assistant if rng.random() < 0.1 else None,
            times=rng.choice((1, 1, 1, 2, 2)),
            wished=frozenset(rng.sample(range(1, 6), rng.choice((0, 0, 1, 2, 2, 3)))),
            required=rng.random() < 0.04,
        )
    for person in facts.staff:
        if rng.random() < 0.3:
            facts.unable[person, rng.randint(1, 5), 2] = "教研"
    for group in range(1, GROUPS + 1):
        for weekday, person in enumerate(rng.sample(list(facts.staff), 5), start=1):
            if rng.random() < 0.4:
                facts.duties[person, weekday, 2] = f"托管{group}班"
    return facts


def run() -> Iterable[tuple[str, float, str, float]]:
    """(name, value, how it is compared, goal): seconds for 80 clubs, and the price over what no timetable can undercut."""
    solution = solve(large_school())
    yield "clubs.timetable.seconds", solution.seconds, "<=", 60
    yield "clubs.timetable.penalty_over_bound", solution.objective / max(1.0, solution.bound), "<=", 1.1
