"""The duty table (课后服务安排表) of a day: who is where in the week, and where adults are missing. Reads only.

Where a group is elsewhere as a whole, at a rotation, nobody is on duty with it. Another app says so in AppConfig.ready():

    duty_table.register_away(groups_at_rotations)
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from enrollment.models import CareDuty, CareGroup, CareGroupAdult, CareGroupMember, ServiceOption
from enrollment.models.offers import AFTER_SCHOOL
from school.models import Period, SchoolSettings, Term, Weekday

WORKDAYS = range(1, 6)
Slot = tuple[int, int, int]


AwayRule = Callable[[Term, dt.date], dict[Slot, str]]
_away_rules: list[AwayRule] = []


def register_away(rule: AwayRule) -> None:
    """rule(term, day) gives the times of the week at which a group is elsewhere as of that day, with where it is then."""
    _away_rules.append(rule)


def groups_away(term: Term, day: dt.date) -> dict[Slot, str]:
    return {slot: where for rule in _away_rules for slot, where in rule(term, day).items()}


def duties_held(term: Term, day: dt.date, **which: Any) -> list[CareDuty]:
    """The duties of the week as of a day, of those named, without the times at which the group is elsewhere."""
    away = groups_away(term, day)
    rows = CareDuty.objects.on(day).filter(term=term, **which).select_related("staff", "group", "period")
    return [duty for duty in rows if (duty.group_id, duty.weekday, duty.period_id) not in away]


def duties_wanted(term: Term, day: dt.date) -> set[Slot]:
    """(group, weekday, period) at which adults are needed: those of the after-school options of the group's children that day."""
    offered: dict[int, list[tuple[int, int]]] = {}
    options = ServiceOption.objects.filter(term=term, service__in=AFTER_SCHOOL)
    for option, weekdays, period in options.values_list("pk", "weekdays", "periods"):
        offered.setdefault(option, []).extend((weekday, period) for weekday in weekdays if period)
    members = CareGroupMember.objects.on(day).filter(group__term=term).order_by()
    wanted = {
        (group, weekday, period)
        for group, option in members.values_list("group", "enrolment__option").distinct()
        for weekday, period in offered.get(option, [])
    }
    return wanted - groups_away(term, day).keys()


def duty_gaps(term: Term, day: dt.date) -> tuple[list[Slot], int]:
    """The wanted duties with fewer adults than the school wants at once, and how many duties there are."""
    wanted, there = duties_wanted(term, day), on_duty(term, day)
    need = SchoolSettings.load().adults_at_once
    return sorted(slot for slot in wanted if len(there.get(slot, [])) < need), len(wanted)


def on_duty(term: Term, day: dt.date) -> dict[Slot, list[str]]:
    """(group, weekday, period) → the names of the adults on duty then, by the table of the day."""
    found: dict[Slot, list[str]] = {}
    duties, away = CareDuty.objects.on(day).filter(term=term).order_by("staff__name_key", "pk"), groups_away(term, day)
    for group, weekday, period, name in duties.values_list("group", "weekday", "period", "staff__name"):
        if (group, weekday, period) not in away:
            found.setdefault((group, weekday, period), []).append(name)
    return found


@dataclass(frozen=True)
class Cell:
    """Who is on duty at one time of the week; `short` where the school wants more adults there, `away` where the group is."""

    weekday: int
    period: Period
    names: list[str]
    short: bool
    away: str

    @property
    def when(self) -> str:
        """«Monday · first period», for a phone that shows the cells one below the other."""
        return f"{Weekday(self.weekday).label} · {self.period}"


def duty_table(term: Term, day: dt.date) -> list[tuple[CareGroup, list[Cell]]]:
    """A row for each group: its cells by weekday and period, Monday to Friday."""
    there, gaps, away = on_duty(term, day), set(duty_gaps(term, day)[0]), groups_away(term, day)
    times = [(weekday, period) for weekday in WORKDAYS for period in Period.objects.all()]
    return [
        (
            group,
            [
                Cell(weekday, period, there.get(slot, []), slot in gaps, away.get(slot, ""))
                for weekday, period in times
                for slot in [(group.pk, weekday, period.pk)]
            ],
        )
        for group in CareGroup.objects.filter(term=term)
    ]


def duty_names(groups: Iterable[CareGroup], day: dt.date) -> dict[int, list[str]]:
    """Group → the adults of the day: on its duty table, then those chosen for it; two queries."""
    names: dict[int, dict[str, None]] = {}
    for rows in (CareDuty.objects.on(day), CareGroupAdult.objects.on(day)):
        for group, name in (
            rows.filter(group__in=groups).order_by("staff__name_key").values_list("group", "staff__name")
        ):
            names.setdefault(group, {})[name] = None
    return {group: list(found) for group, found in names.items()}
