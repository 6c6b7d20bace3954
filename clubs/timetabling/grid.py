"""The week for a page: days, periods, cards, and the conflicts of each card. No database."""

from dataclasses import dataclass, field

from clubs.timetabling.checking import conflicts_of
from clubs.timetabling.shapes import ClubFacts, Facts, PeriodFacts, Place, Week
from web.templatetags.formats import weekdays


@dataclass(frozen=True)
class Card:
    club: ClubFacts
    place: Place
    room: str
    adults: list[str]
    hard: list[str]
    soft: list[str]


@dataclass(frozen=True)
class Cell:
    period: PeriodFacts
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    weekday: int
    cells: list[Cell]

    @property
    def name(self) -> str:
        return weekdays([self.weekday])

    @property
    def meetings(self) -> int:
        return sum(len(cell.cards) for cell in self.cells)

    @property
    def clashes(self) -> int:
        return sum(bool(card.hard or card.soft) for cell in self.cells for card in cell.cards)

    @property
    def refused(self) -> int:
        """Places that prevent publishing."""
        return sum(bool(card.hard) for cell in self.cells for card in cell.cards)


def card_of(place: Place, week: Week, facts: Facts) -> Card:
    club = facts.clubs[place.club]
    against = conflicts_of(place, week, facts)
    return Card(
        club,
        place,
        facts.rooms[place.room].name,
        [facts.staff[person] for person in club.adults],
        [conflict.why for conflict in against if conflict.hard],
        [conflict.why for conflict in against if not conflict.hard],
    )


def grid(week: Week, facts: Facts) -> list[Day]:
    """Every weekday with every period in which clubs may meet, or do."""
    used = {place.period for place in week}
    periods = sorted(facts.periods.values(), key=lambda period: period.number)
    periods = [period for period in periods if not period.learning or period.pk in used]
    return [
        Day(
            weekday,
            [
                Cell(
                    period,
                    [
                        card_of(place, week, facts)
                        for place in sorted(week.at((weekday, period.pk)), key=lambda p: facts.clubs[p.club].name)
                    ],
                )
                for period in periods
            ],
        )
        for weekday in facts.weekdays
    ]


def unplaced(week: Week, facts: Facts) -> list[ClubFacts]:
    """Clubs that meet less often than they should."""
    clubs = sorted(facts.clubs.values(), key=lambda club: club.name)
    return [club for club in clubs if not club.settled and len(week.of(club.pk)) < club.times]
