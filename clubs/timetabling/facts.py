"""The facts of a term's timetable from the database: the same number of queries for any number of clubs."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Choice, ChoiceRound, Club, ClubSlot, Unavailable
from clubs.timetabling.shapes import ClubFacts, Facts, OptionFacts, PeriodFacts, Place, RoomFacts
from enrollment.models import CareDuty, CareGroupRoom, ServiceOption
from school.models import Period, PeriodTime, PolicyRule, Room, SchoolSettings, Staff, Term

WORKDAYS = (1, 2, 3, 4, 5)


def load_facts(term: Term, *, duties_allowed: bool = False) -> Facts:
    """Clubs that are proposed or in the catalogue; one being prepared only where children have places in it.

    A club is settled by a child with a place, by a place kept for an offer, and by a choice in a round that is running.

    Cancelled clubs take no room and nobody's time.
    """
    facts = Facts(duties_allowed=duties_allowed)
    _load_clubs(facts, term)
    _load_rooms(facts, term)
    _load_care(facts, term)
    _load_periods(facts, term)
    people = {person for club in facts.clubs.values() for person in club.adults}
    facts.staff = dict(Staff.objects.filter(pk__in=people).values_list("pk", "name"))
    for row in Unavailable.objects.filter(term=term, staff__in=people):
        for period in [row.period_id] if row.period_id else facts.periods:
            facts.unable[row.staff_id, row.weekday, period] = row.reason
    duties = CareDuty.objects.filter(term=term, staff__in=people).from_day(term.nearest(timezone.localdate()))
    for duty in duties.select_related("group"):
        facts.duties[duty.staff_id, duty.weekday, duty.period_id] = duty.group.name
    return facts


def _load_clubs(facts: Facts, term: Term) -> None:
    slots: dict[int, list[Place]] = {}
    for slot in ClubSlot.objects.filter(term=term):
        slots.setdefault(slot.club_id, []).append(Place(slot.club_id, slot.weekday, slot.period_id, slot.room_id))
    others: dict[int, list[int]] = {}
    through = Club.other_rooms.through.objects.filter(club__term=term).order_by("pk")
    for club, room in through.values_list("club", "room"):
        others.setdefault(club, []).append(room)
    running = [ChoiceRound.State.ANNOUNCED, ChoiceRound.State.DRAWN]
    chosen = set(Choice.objects.filter(sheet__round__state__in=running, club__term=term).values_list("club", flat=True))
    for row in Club.objects.filter(term=term).exclude(status=Club.Status.CANCELLED).order_by("pk"):
        held = tuple(slots.get(row.pk, ()))
        lock = lock_of(row, row.pk in chosen)
        if row.status == Club.Status.DRAFT and not lock:
            continue
        facts.clubs[row.pk] = ClubFacts(
            row.pk,
            row.name,
            row.grade_from,
            row.grade_to,
            row.capacity,
            row.room_id,
            row.instructor_id,
            row.assistant_id,
            row.times_a_week,
            tuple(others.get(row.pk, ())),
            frozenset(row.wished_days),
            row.part == Club.Part.REQUIRED,
            row.school_class_id,
            settled=bool(lock),
            lock=lock,
            slots=held,
        )


def lock_of(club: Club, chosen: bool) -> str:
    """Why a club keeps its days; empty for one that may be moved."""
    if club.taken:
        return _("children have places")
    if club.held:
        return _("a place is kept for a child")
    return _("families choose it in a round") if chosen else ""


def _load_rooms(facts: Facts, term: Term) -> None:
    held = CareGroupRoom.objects.filter(term=term).from_day(term.nearest(timezone.localdate())).order_by("pk")
    groups = {row.room_id: row.group for row in held.select_related("group")}
    for room in Room.objects.all():
        group = groups.get(room.pk)
        facts.rooms[room.pk] = RoomFacts(
            room.pk,
            room.name,
            room.capacity,
            group.name if group else "",
            group.school_class_id if group else None,
        )
        if room.is_closed_on(term.ends_on):
            facts.closed_rooms.add(room.pk)


def _load_care(facts: Facts, term: Term) -> None:
    options = ServiceOption.objects.filter(term=term, service=PolicyRule.Service.CARE).prefetch_related("periods")
    facts.options = [
        OptionFacts(
            option.name,
            frozenset(option.weekdays),
            frozenset(period.pk for period in option.periods.all()),
            option.grade_from,
            option.grade_to,
        )
        for option in options
    ]
    facts.weekdays = tuple(sorted({*WORKDAYS, *(day for option in facts.options for day in option.weekdays)}))


def _load_periods(facts: Facts, term: Term) -> None:
    seasons, top_grade = seasons_of(term), SchoolSettings.load().top_grade
    day = term.nearest(timezone.localdate())
    facts.seasons = {season.value: str(season.label) for season in seasons}
    for period in Period.objects.with_times():
        learning = period.kind == Period.Kind.LEARNING
        facts.periods[period.pk] = PeriodFacts(period.pk, period.number, period.name, learning)
        facts.not_held |= {
            (period.pk, season.value, grade, weekday)
            for season in seasons
            for grade in range(1, top_grade + 1)
            for weekday in facts.weekdays
            if period.times(season, day, grade=grade, weekday=weekday) is None
        }


def seasons_of(term: Term) -> list[PeriodTime.Season]:
    """The seasons in which some day of the term lies."""
    return list(dict.fromkeys([term.season_on(day) for day in _turns(term)]))


def _turns(term: Term) -> list[dt.date]:
    """The first day of each stretch of one season."""
    turns = [term.starts_on, term.winter_from]
    if term.winter_until:
        turns.append(term.winter_until + dt.timedelta(days=1))
    return sorted(day for day in turns if day and term.starts_on <= day <= term.ends_on)
