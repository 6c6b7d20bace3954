"""Describes in words what a timetable gave up, and how each grade's seats are spread over the week. No database."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clubs.timetabling.checking import FIRM, Conflict, Kind, conflicts_of, excused
from clubs.timetabling.shapes import ClubFacts, Facts, Place, Week
from web.templatetags.formats import weekdays

SEPARATOR = "；"


@dataclass(frozen=True)
class GivenUp:
    club: int
    text: str


def given_up(week: Week, facts: Facts) -> list[GivenUp]:
    """A sentence for each club that meets on another day or in another room than wished, or less often than it should."""
    found = []
    for club in sorted(facts.clubs.values(), key=lambda club: club.name):
        if club.settled:
            continue
        places = week.of(club.pk)
        texts = [_missing(club, places, week, facts), _other_days(club, places, week, facts)]
        texts += [_other_room(club, place, week, facts) for place in places]
        found += [GivenUp(club.pk, text) for text in texts if text]
    return found


def _missing(club: ClubFacts, places: list[Place], week: Week, facts: Facts) -> str:
    if len(places) >= club.times:
        return ""
    free_days = [day for day in facts.weekdays if day not in {place.weekday for place in places}]
    words = {"club": club.name, "n": len(places), "times": club.times, "why": reasons(club, free_days, week, facts)}
    if not places:
        return _("%(club)s is left out: %(why)s.") % words
    return _("%(club)s meets %(n)d of %(times)d times: %(why)s.") % words


def _other_days(club: ClubFacts, places: list[Place], week: Week, facts: Facts) -> str:
    days = sorted({place.weekday for place in places})
    other = [day for day in days if club.wished and day not in club.wished]
    unmet = [day for day in sorted(club.wished) if day not in days]
    if not other or not unmet:
        return ""
    words = {"club": club.name, "days": weekdays(other), "why": reasons(club, unmet, week, facts)}
    return _("%(club)s meets on %(days)s instead of the days wished for: %(why)s.") % words


def _other_room(club: ClubFacts, place: Place, week: Week, facts: Facts) -> str:
    if place.room == club.room:
        return ""
    wished = Place(club.pk, place.weekday, place.period, club.room)
    why = first_obstacle(wished, week.without(club.pk), facts, rooms=True)
    words = {
        "club": club.name,
        "day": weekdays([place.weekday]),
        "room": facts.rooms[place.room].name,
        "why": why or _("other clubs need %s then") % facts.rooms[club.room].name,
    }
    return _("%(club)s meets in %(room)s on %(day)s: %(why)s.") % words


def reasons(club: ClubFacts, days: list[int], week: Week, facts: Facts) -> str:
    """«Wed: … ; Thu, Fri: …», days of the same reason together."""
    by_reason: dict[str, list[int]] = {}
    for day in days:
        by_reason.setdefault(obstacle_on(club, day, week, facts), []).append(day)
    return SEPARATOR.join(f"{weekdays(same)} {why}" for why, same in by_reason.items())


def obstacle_on(club: ClubFacts, weekday: int, week: Week, facts: Facts, *, free: str | None = None) -> str:
    """Why the club is not there on that weekday, the rest of the week being as it is; `free` where nothing is against it."""
    told, others = "", week.without(club.pk)
    periods = [p for p in facts.periods.values() if not p.learning] or list(facts.periods.values())
    for period in sorted(periods, key=lambda p: p.number):
        for room in dict.fromkeys((club.room, *club.rooms)):
            why = first_obstacle(Place(club.pk, weekday, period.pk, room), others, facts)
            if not why:
                evenly = _("it would fit, but the places of the grades lie more evenly as they are")
                return evenly if free is None else free
            told = told or why
    return told


def first_obstacle(place: Place, week: Week, facts: Facts, *, rooms: bool = False) -> str:
    """The first reason against a place, those of adults before those of rooms; with `rooms` also a room's own shortcomings."""
    against = [c for c in conflicts_of(place, week, facts) if _weighs(c, facts, rooms)]
    against.sort(key=lambda conflict: conflict.kind == Kind.ROOM)
    return against[0].why if against else ""


def _weighs(conflict: Conflict, facts: Facts, rooms: bool) -> bool:
    if excused(conflict.kind, facts):
        return False
    return conflict.kind in FIRM or (rooms and conflict.kind in {Kind.SMALL, Kind.CROWDED})


def seats(week: Week, facts: Facts) -> list[tuple[int, list[int]]]:
    """Grade → the seats that it is offered on each of the weekdays."""
    grades = sorted({grade for place in week for grade in facts.clubs[place.club].grades})
    return [
        (
            grade,
            [
                sum(
                    facts.clubs[p.club].seats_of(grade)
                    for p in week
                    if p.weekday == day and grade in facts.clubs[p.club].grades
                )
                for day in facts.weekdays
            ],
        )
        for grade in grades
    ]
