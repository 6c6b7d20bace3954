"""Proposes care groups, without a database and without random order.

R024: a class with enough children stays on its own, smaller ones merge inside their grade; R027: own class and own
teachers first. Whole classes are packed into the fewest groups that hold them, exactly for up to EXACT classes of a
grade (a grade has rarely more), by first fit decreasing above; then spread, so that no group has all the children who
need attention.
"""

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

EXACT = 14  # 2 ** 14 sets of classes take a fifth of a second


@dataclass(frozen=True)
class Child:
    """A child to be placed. `enrolment` is its key in the plan."""

    enrolment: int
    student: int
    school_class: int
    special: bool = False
    """Belongs to a special group: spread, and counted only."""
    attention: bool = False
    """Has a health note: counted only."""
    family: int = 0
    """Brothers and sisters of one class carry the same number and stay together; 0 for a child without any."""


@dataclass(frozen=True)
class ClassFacts:
    pk: int
    grade: int
    number: int
    room: int | None = None
    teachers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rules:
    """`least`: the number of children from which a class stays on its own. `rooms`: room pk → how many it holds."""

    least: int = 30
    capacity: int = 45
    adults: int = 2
    rooms: dict[int, int] = field(default_factory=dict)


@dataclass
class PlanGroup:
    """A group as proposed. `part` counts the groups of one class or the merged ones of a grade, from 1."""

    key: str
    grade: int
    part: int
    school_class: int | None = None
    room: int | None = None
    adults: list[int] = field(default_factory=list)
    children: list[int] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def plan_groups(children: Iterable[Child], classes: dict[int, ClassFacts], rules: Rules) -> list[PlanGroup]:
    """Everybody in one group of the own grade; groups in the order of grade, own classes before merged ones."""
    members: dict[int, list[Child]] = {}
    for child in children:
        members.setdefault(child.school_class, []).append(child)
    room_limit = max(rules.rooms.values(), default=rules.capacity)
    limit = max(1, min(rules.capacity, room_limit))
    groups: list[PlanGroup] = []
    for grade in sorted({classes[pk].grade for pk in members}):
        of_grade = sorted((pk for pk in members if classes[pk].grade == grade), key=lambda pk: classes[pk].number)
        rest = []
        for pk in of_grade:
            if len(members[pk]) >= rules.least or len(members[pk]) > limit:
                parts = split_class(members[pk], limit)
                groups += [_group(grade, n, part, pk) for n, part in enumerate(parts, start=1)]
            else:
                rest.append(pk)
        for number, batch in enumerate(pack({pk: members[pk] for pk in rest}, limit), start=1):
            groups.append(_group(grade, number, [child for pk in batch for child in members[pk]], None))
    give_rooms(groups, members, classes, rules)
    give_adults(groups, members, classes, rules.adults)
    return groups


def _group(grade: int, number: int, children: list[Child], school_class: int | None) -> PlanGroup:
    key = f"c{school_class}-{number}" if school_class else f"g{grade}-{number}"
    return PlanGroup(key, grade, number, school_class, children=[child.enrolment for child in children])


def split_class(children: list[Child], limit: int) -> list[list[Child]]:
    """Splits a class that is too large for one group into as few even parts as possible; siblings together, special children
    spread.
    """
    families: dict[tuple[str, int], list[Child]] = {}
    for child in children:
        families.setdefault(("f", child.family) if child.family else ("c", child.enrolment), []).append(child)
    units = sorted(families.values(), key=lambda unit: (-sum(c.special for c in unit), -len(unit)))
    for number in range(math.ceil(len(children) / limit), len(children) + 1):
        parts = _spread(units, number, limit)
        if parts is not None:
            order = {child.enrolment: place for place, child in enumerate(children)}
            return [sorted((c for unit in part for c in unit), key=lambda c: order[c.enrolment]) for part in parts]
    return [[child] for child in children]


def _spread(units: list[list[Child]], number: int, limit: int) -> list[list[list[Child]]] | None:
    """Distributes units over `number` parts within the limit; the part with the fewest special children and the most room is
    filled first.
    """
    parts: list[list[list[Child]]] = [[] for _ in range(number)]
    sizes, special = [0] * number, [0] * number
    for unit in units:
        fitting = [n for n in range(number) if sizes[n] + len(unit) <= limit]
        if not fitting:
            return None
        needs = sum(child.special for child in unit)
        best = min(fitting, key=lambda n: (special[n] if needs else 0, sizes[n], n))
        parts[best].append(unit)
        sizes[best] += len(unit)
        special[best] += needs
    return parts


def pack(classes: dict[int, list[Child]], limit: int) -> list[list[int]]:
    """Packs whole classes (each within the limit) into the fewest groups, in the order of the classes."""
    if not classes:
        return []
    sizes = {pk: len(children) for pk, children in classes.items()}
    batches = _exact(sizes, limit) if len(classes) <= EXACT else first_fit(sizes, limit)
    units = sorted(classes.values(), key=lambda unit: (-sum(c.special for c in unit), -len(unit)))
    spread = _spread(units, len(batches), limit)
    if spread is not None and all(spread):
        batches = [[unit[0].school_class for unit in part] for part in spread]
    order = list(classes)
    return sorted((sorted(batch, key=order.index) for batch in batches), key=lambda batch: order.index(batch[0]))


def first_fit(sizes: dict[int, int], limit: int) -> list[list[int]]:
    """First fit decreasing: at most 11/9 of the fewest groups and 6/9 of one more (Dósa 2007)."""
    batches: list[list[int]] = []
    for pk in sorted(sizes, key=lambda pk: -sizes[pk]):
        for batch in batches:
            if sum(sizes[other] for other in batch) + sizes[pk] <= limit:
                batch.append(pk)
                break
        else:
            batches.append([pk])
    return batches


def _exact(sizes: dict[int, int], limit: int) -> list[list[int]]:
    """The fewest groups: for every set of classes the least (groups, children in the last one), set by set."""
    pks = list(sizes)
    best: list[tuple[int, int, int]] = [(0, limit + 1, -1)] + [(len(pks) + 1, 0, -1)] * ((1 << len(pks)) - 1)
    for chosen in range(1, 1 << len(pks)):
        for place, pk in enumerate(pks):
            if not chosen >> place & 1:
                continue
            groups, last, _from = best[chosen ^ (1 << place)]
            fits = last + sizes[pk] <= limit
            offer = (groups, last + sizes[pk], place) if fits else (groups + 1, sizes[pk], place)
            if offer[:2] < best[chosen][:2]:
                best[chosen] = offer
    batches: list[list[int]] = []
    chosen, current = (1 << len(pks)) - 1, -1
    while chosen:
        groups, _last, place = best[chosen]
        if groups != current:
            batches.append([])
            current = groups
        batches[-1].append(pks[place])
        chosen ^= 1 << place
    return batches


def give_rooms(
    groups: list[PlanGroup], members: dict[int, list[Child]], classes: dict[int, ClassFacts], rules: Rules
) -> None:
    """Gives each room once: the classroom of the group's largest class, else the smallest free room that holds it."""
    class_of = {child.enrolment: child.school_class for part in members.values() for child in part}
    free = dict(rules.rooms)
    later = []
    for group in sorted(groups, key=lambda g: (g.school_class is None, -len(g.children))):
        own = sorted({class_of[e] for e in group.children}, key=lambda pk: -len(members[pk]))
        rooms = [classes[pk].room for pk in own]
        room = next((r for r in rooms if r in free and free[r] >= len(group.children)), None)
        if room is None:
            later.append(group)
        else:
            group.room = room
            del free[room]
    for group in sorted(later, key=lambda g: -len(g.children)):
        holding = [room for room, places in free.items() if places >= len(group.children)]
        if holding:
            group.room = min(holding, key=lambda room: (free[room], room))
            del free[group.room]


def give_adults(
    groups: list[PlanGroup], members: dict[int, list[Child]], classes: dict[int, ClassFacts], wanted: int
) -> None:
    """Gives each group its own teachers first, in turns, nobody twice; the groups of a split class share theirs."""
    class_of = {child.enrolment: child.school_class for part in members.values() for child in part}
    taken: set[int] = set()
    for _turn in range(wanted):
        for group in groups:
            own = sorted({class_of[e] for e in group.children}, key=lambda pk: -len(members[pk]))
            teachers = (person for pk in own for person in classes[pk].teachers)
            person = next((p for p in teachers if p not in taken), None)
            if person is not None:
                group.adults.append(person)
                taken.add(person)
