"""Finds clashes in a timetable, each with club, day, period, and adult or room. No database.

Three levels. Hard: the same adult or room in two places; refused by hand as well as by the database. Firm: a proposal never
does it, by hand it is shown. Soft: a proposal does it when nothing better is there, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from clubs.timetabling.shapes import ClubFacts, Facts, Place, Week
from web.templatetags.formats import weekdays


class Kind(StrEnum):
    STAFF = "staff"
    ROOM = "room"
    DUTY = "duty"
    GRADE = "grade"
    SEASON = "season"
    UNABLE = "unable"
    LEARNING = "learning"
    GAP = "gap"
    TWICE = "twice"
    SMALL = "small"
    CROWDED = "crowded"


HARD = frozenset({Kind.STAFF, Kind.ROOM, Kind.DUTY})
FIRM = HARD | {Kind.GRADE, Kind.SEASON, Kind.UNABLE, Kind.LEARNING, Kind.GAP, Kind.TWICE}


@dataclass(frozen=True)
class Conflict:
    """`why` is the part of the sentence that follows club, day and period. A duty the office allowed is not hard."""

    kind: Kind
    place: Place
    why: str
    text: str
    hard: bool = False


def conflicts(week: Week, facts: Facts) -> list[Conflict]:
    """All of a timetable, in the order of its days."""
    places = sorted(week, key=lambda p: (*p.slot, facts.clubs[p.club].name))
    return [conflict for place in places for conflict in conflicts_of(place, week, facts)]


def conflicts_of(place: Place, week: Week, facts: Facts) -> list[Conflict]:
    """Those of one place, in the week with or without it."""
    return [
        Conflict(kind, place, why, sentence(place, why, facts), kind in HARD and not excused(kind, facts))
        for kind, why in _reasons(place, week, facts)
    ]


def excused(kind: Kind, facts: Facts) -> bool:
    return kind == Kind.DUTY and facts.duties_allowed


def sentence(place: Place, why: str, facts: Facts) -> str:
    return _("%(club)s, %(day)s %(period)s: %(why)s.") % {
        "club": facts.clubs[place.club].name,
        "day": weekdays([place.weekday]),
        "period": facts.periods[place.period].name,
        "why": why,
    }


def _reasons(place: Place, week: Week, facts: Facts) -> Iterator[tuple[Kind, str]]:
    club = facts.clubs[place.club]
    yield from _of_others(place, club, week, facts)
    yield from _of_adults(place, club, facts)
    yield from _of_the_slot(place, club, facts)
    yield from _of_the_room(place, club, facts)


def _of_others(place: Place, club: ClubFacts, week: Week, facts: Facts) -> Iterator[tuple[Kind, str]]:
    """Adults, rooms and children who would be in two places."""
    for other in week.at(place.slot):
        if other.club == place.club:
            continue
        there = facts.clubs[other.club]
        for person in club.adults:
            if person in there.adults:
                words = {"who": facts.staff[person], "other": there.name}
                yield Kind.STAFF, _("%(who)s is with %(other)s then") % words
        if other.room == place.room:
            words = {"room": facts.rooms[place.room].name, "other": there.name}
            yield Kind.ROOM, _("%(room)s is taken by %(other)s then") % words
        if same_children(club, there):
            yield Kind.GRADE, _("%s is required for the same children then") % there.name
    if any(other != place and other.weekday == place.weekday for other in week.of(place.club)):
        yield Kind.TWICE, _("it meets on that day already")


def same_children(one: ClubFacts, other: ClubFacts) -> bool:
    """Both are required, and some child must be in both."""
    if not (one.required and other.required):
        return False
    if one.school_class and other.school_class:
        return one.school_class == other.school_class
    return one.grade_from <= other.grade_to and other.grade_from <= one.grade_to


def _of_adults(place: Place, club: ClubFacts, facts: Facts) -> Iterator[tuple[Kind, str]]:
    for person in club.adults:
        name = facts.staff[person]
        group = facts.duties.get((person, *place.slot))
        if group is not None:
            yield Kind.DUTY, _("%(who)s looks after %(group)s then") % {"who": name, "group": group}
        reason = facts.unable.get((person, *place.slot))
        if reason:
            yield Kind.UNABLE, _("%(who)s is not able then (%(reason)s)") % {"who": name, "reason": reason}
        elif reason is not None:
            yield Kind.UNABLE, _("%s is not able then") % name


def _of_the_slot(place: Place, club: ClubFacts, facts: Facts) -> Iterator[tuple[Kind, str]]:
    period = facts.periods[place.period]
    if period.learning:
        yield Kind.LEARNING, _("%s is for homework and reading") % period.name
    closed = facts.closed_season(club, place.weekday, place.period)
    if closed:
        words = {"season": closed[0], "grade": closed[1], "period": period.name}
        yield Kind.SEASON, _("%(period)s is not held for grade %(grade)d in the %(season)s") % words
    gap = care_gap(place, club, facts)
    if gap:
        yield Kind.GAP, gap


def care_gap(place: Place, club: ClubFacts, facts: Facts) -> str:
    """Children come to a club from care: somebody looks after them in every earlier period of the afternoon."""
    period = facts.periods[place.period]
    covering = [
        option
        for option in facts.options
        if place.weekday in option.weekdays and place.period in option.periods and option.grades_of(club)
    ]
    if facts.options and not covering:
        return _("no care of these grades covers that time")
    for option in covering:
        for earlier in sorted(facts.periods.values(), key=lambda p: p.number):
            if earlier.number >= period.number or earlier.pk in option.periods:
                continue
            if any(facts.held_somewhen(earlier.pk, grade, place.weekday) for grade in option.grades_of(club)):
                words = {"option": option.name, "earlier": earlier.name}
                return _("nobody looks after the children of %(option)s in %(earlier)s before it") % words
    return ""


def _of_the_room(place: Place, club: ClubFacts, facts: Facts) -> Iterator[tuple[Kind, str]]:
    room = facts.rooms[place.room]
    if room.capacity < club.capacity:
        words = {"room": room.name, "places": room.capacity, "children": club.capacity}
        yield Kind.SMALL, _("%(room)s holds %(places)d, the club has %(children)d places") % words
    if room.group and not (club.school_class and club.school_class == room.group_class):
        yield Kind.CROWDED, _("%(group)s is in %(room)s then") % {"group": room.group, "room": room.name}


def learning_help(facts: Facts) -> list[str]:
    """Help with homework takes one period a day at most, whatever care a child has and in whatever season."""
    told = []
    learning = [period.pk for period in facts.periods.values() if period.learning]
    for option in facts.options:
        for weekday in sorted(option.weekdays):
            most = max(
                sum(pk in option.periods and (pk, season, grade, weekday) not in facts.not_held for pk in learning)
                for season in facts.seasons
                for grade in range(option.grade_from, option.grade_to + 1)
            )
            if most > 1:
                words = {"option": option.name, "day": weekdays([weekday]), "n": most}
                told.append(_("%(option)s, %(day)s: %(n)d periods of homework help; one a day is the most.") % words)
    return told
