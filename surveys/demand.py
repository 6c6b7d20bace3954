"""Demand of families by weekday, period and option, compared with free staff and rooms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from enrollment.models import ServiceOption
from enrollment.services.duties import who_takes_turns
from school.access import rooms_taken, staff_busy
from school.models import Period, Room, SchoolSettings, Weekday
from surveys.models import Question, Survey
from surveys.results import Answers

MEANS = Question.Meaning


@dataclass(frozen=True)
class DemandSlot:
    """A weekday and period: children wanted there; children that the free staff and the rooms could hold."""

    weekday: int
    period: Period
    wanted: int
    staff: int
    by_staff: int
    by_rooms: int

    @property
    def capacity(self) -> int:
        return min(self.by_staff, self.by_rooms)

    @property
    def lacking(self) -> int:
        """Children too many for what there is, 0 if none."""
        return max(self.wanted - self.capacity, 0)

    @property
    def short_of(self) -> str:
        """`staff` or `rooms`, whichever holds fewer."""
        return "staff" if self.by_staff <= self.by_rooms else "rooms"

    @property
    def day(self) -> str:
        return str(Weekday(self.weekday).label)


@dataclass(frozen=True)
class OptionDemand:
    option: ServiceOption
    wanted: int

    @property
    def lacking(self) -> int:
        return max(self.wanted - self.option.capacity, 0) if self.option.capacity is not None else 0


@dataclass(frozen=True)
class Demand:
    """`answered`: sheets; `taking_part`: those that say yes (all where the survey does not ask)."""

    answered: int
    taking_part: int
    slots: list[DemandSlot]
    options: list[OptionDemand]
    group_capacity: int
    adults_at_once: int

    @property
    def weekdays(self) -> list[int]:
        return sorted({slot.weekday for slot in self.slots})


def demand_of(survey: Survey) -> Demand:
    """Counted over all answers. A child that names no weekday wants every day, one that names no period every period."""
    answers = Answers(survey)
    readers = {q.meaning: q for q in answers.questions if q.meaning and q.has_options}
    sheets = [sheet for rows in answers.sheets.values() for sheet in rows]
    taking = [sheet for sheet in sheets if _values(sheet, readers.get(MEANS.TAKES_PART)) in ([], ["yes"])]
    if MEANS.TAKES_PART in readers:
        taking = [sheet for sheet in taking if _values(sheet, readers[MEANS.TAKES_PART])]
    periods = list(Period.objects.all())
    wanted: Counter[tuple[int, int]] = Counter()
    options: Counter[str] = Counter()
    for sheet in taking:
        days = [int(value) for value in _values(sheet, readers.get(MEANS.WEEKDAYS))] or range(1, 6)
        slots = [int(value) for value in _values(sheet, readers.get(MEANS.PERIODS))] or [p.pk for p in periods]
        wanted.update((day, slot) for day in days for slot in slots)
        options.update(_values(sheet, readers.get(MEANS.OPTION)))
    settings = SchoolSettings.load()
    return Demand(
        answered=len(sheets),
        taking_part=len(taking),
        slots=_slots(survey, periods, wanted, settings),
        options=[
            OptionDemand(option, options[str(option.pk)]) for option in ServiceOption.objects.filter(term=survey.term)
        ],
        group_capacity=settings.group_capacity,
        adults_at_once=settings.adults_at_once,
    )


def _values(sheet: dict, question: Question | None) -> list[str]:
    """The values of the options chosen; empty where the question is not asked or not answered."""
    if question is None or question.key not in sheet:
        return []
    chosen = sheet[question.key]
    chosen = chosen if isinstance(chosen, list) else [chosen]
    return [option.value for option in question.options.all() if option.pk in chosen]


def _slots(
    survey: Survey, periods: Iterable[Period], wanted: Counter[tuple[int, int]], settings: SchoolSettings
) -> list[DemandSlot]:
    employees = set(who_takes_turns(survey.term).values_list("pk", flat=True))
    rooms = dict(Room.objects.usable(timezone.localdate()).exclude(kind=Room.Kind.OTHER).values_list("pk", "capacity"))
    found, taken = [], rooms_taken(survey.term)
    for weekday in range(1, 6):
        for period in periods:
            free = len(
                employees - staff_busy(survey.term, weekday, period.pk, survey.term.nearest(timezone.localdate()))
            )
            by_staff = free // max(settings.adults_at_once, 1) * settings.group_capacity
            by_rooms = sum(places for pk, places in rooms.items() if (weekday, period.pk, pk) not in taken)
            found.append(DemandSlot(weekday, period, wanted[weekday, period.pk], free, by_staff, by_rooms))
    return found
