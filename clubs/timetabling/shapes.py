"""The data of a timetable: clubs, rooms, adults, periods, places in the week. No database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Slot = tuple[int, int]
"""(weekday, period)"""


@dataclass(frozen=True)
class Place:
    """One meeting of a club in the week. `pinned` by hand, it stays where it is when a new proposal is made."""

    club: int
    weekday: int
    period: int
    room: int
    pinned: bool = field(default=False, compare=False)

    @property
    def slot(self) -> Slot:
        return self.weekday, self.period


@dataclass(frozen=True)
class ClubFacts:
    """`rooms`: other rooms that will do. `settled`: children chose its days, so its `slots` stay as they are."""

    pk: int
    name: str
    grade_from: int
    grade_to: int
    capacity: int
    room: int
    instructor: int
    assistant: int | None = None
    times: int = 1
    rooms: tuple[int, ...] = ()
    wished: frozenset[int] = frozenset()
    required: bool = False
    school_class: int | None = None
    settled: bool = False
    lock: str = ""
    """Why it is settled."""
    slots: tuple[Place, ...] = ()

    @property
    def adults(self) -> tuple[int, ...]:
        return (self.instructor,) if self.assistant is None else (self.instructor, self.assistant)

    @property
    def grades(self) -> range:
        return range(self.grade_from, self.grade_to + 1)

    def seats_of(self, grade: int) -> int:
        """The seats that it offers to one of its grades, as if each took the same part: together they are its places."""
        each, left = divmod(self.capacity, len(self.grades))
        return each + (grade - self.grade_from < left)


@dataclass(frozen=True)
class RoomFacts:
    pk: int
    name: str
    capacity: int
    group: str = ""
    """The care group that has it."""
    group_class: int | None = None


@dataclass(frozen=True)
class PeriodFacts:
    pk: int
    number: int
    name: str
    learning: bool = False


@dataclass(frozen=True)
class OptionFacts:
    """Care that families can apply for: who looks after the children when no club does."""

    name: str
    weekdays: frozenset[int]
    periods: frozenset[int]
    grade_from: int = 1
    grade_to: int = 9

    def grades_of(self, club: ClubFacts) -> range:
        return range(max(self.grade_from, club.grade_from), min(self.grade_to, club.grade_to) + 1)


@dataclass
class Facts:
    """All that a timetable is judged by, loaded at once. Keys are primary keys."""

    clubs: dict[int, ClubFacts] = field(default_factory=dict)
    rooms: dict[int, RoomFacts] = field(default_factory=dict)
    closed_rooms: set[int] = field(default_factory=set)
    """Those that close before the term ends: nobody is put into them anew."""
    periods: dict[int, PeriodFacts] = field(default_factory=dict)
    staff: dict[int, str] = field(default_factory=dict)
    options: list[OptionFacts] = field(default_factory=list)
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    seasons: dict[str, str] = field(default_factory=lambda: {"summer": "summer"})
    """Those of the term, with their names."""
    not_held: set[tuple[int, str, int, int]] = field(default_factory=set)
    """(period, season, grade, weekday) without times."""
    unable: dict[tuple[int, int, int], str] = field(default_factory=dict)
    """(staff, weekday, period) → why."""
    duties: dict[tuple[int, int, int], str] = field(default_factory=dict)
    """(staff, weekday, period) → the care group looked after."""
    duties_allowed: bool = False
    """The office lets clubs be put over care duties, and finds others for those."""

    def closed_season(self, club: ClubFacts, weekday: int, period: int) -> tuple[str, int] | None:
        """The first (season's name, grade) of the club in which the period is not held on the weekday."""
        for season, name in self.seasons.items():
            for grade in club.grades:
                if (period, season, grade, weekday) in self.not_held:
                    return name, grade
        return None

    def held_somewhen(self, period: int, grade: int, weekday: int) -> bool:
        return any((period, season, grade, weekday) not in self.not_held for season in self.seasons)


class Week:
    """Places by slot and by club. A club has at most one in a slot."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._by_slot: dict[Slot, list[Place]] = defaultdict(list)
        self._by_club: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        self._by_slot[place.slot].append(place)
        self._by_club[place.club].append(place)

    def __iter__(self) -> Iterator[Place]:
        return (place for places in self._by_club.values() for place in places)

    def at(self, slot: Slot) -> list[Place]:
        return self._by_slot.get(slot, [])

    def of(self, club: int) -> list[Place]:
        return sorted(self._by_club.get(club, []), key=lambda place: place.slot)

    def without(self, club: int) -> "Week":
        return Week(place for place in self if place.club != club)
