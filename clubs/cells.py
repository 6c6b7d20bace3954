"""How offices write the grades, places and times of a club, brought to numbers."""

import datetime as dt
import re
from collections.abc import Sequence

from django.utils import timezone

from school.class_names import clean_grade
from school.models import PeriodTime, SchoolSettings
from web.cleaning import clean_text

DAYS = "一二三四五六日"


DEFAULT_PERIOD = 2


def read_grades(text: str) -> tuple[int, int] | None:
    """(3, 6) from 三至六年级, 3-6年级, 三年级; (3, 4) from 三、四年级; the whole school from 全校."""
    if text in ("全校", "各年级", "全体", "不限"):
        return 1, SchoolSettings.load().top_grade
    listed = [clean_grade(part) for part in re.split(r"[、,/]", text.removesuffix("年级"))]
    if len(listed) > 1:
        grades = sorted(grade or 0 for grade in listed)
        return (grades[0], grades[-1]) if grades[0] and grades[-1] - grades[0] == len(grades) - 1 else None
    parts = [clean_grade(part) for part in re.split(r"[至到\-—~–]", text.removesuffix("年级"))]
    if not 1 <= len(parts) <= 2 or not all(parts):
        return None
    first, last = parts[0] or 0, parts[-1] or 0
    return (first, last) if first <= last else None


def read_places(text: str) -> tuple[int, int]:
    """(least, most) from 30, 30人, 25~30, 25至30人; (0, 0) from anything else."""
    match = re.fullmatch(r"(?:(\d{1,3})[\-~至到—–])?(\d{1,3})[人名]?(?:以内)?", "".join(text.split()))
    return (int(match[1] or 0), int(match[2])) if match else (0, 0)


Clock = Sequence[tuple[int, dt.time, dt.time]]
"""(number of a period, from, to): several of a period where its times differ."""


def period_clock() -> Clock:
    rows = PeriodTime.objects.from_day(timezone.localdate()).values_list("period__number", "starts_at", "ends_at")
    return list(rows)


def period_at(clock: Clock, first: dt.time, last: dt.time) -> int | None:
    """The period that shares most minutes with a time of the day; None where none does."""

    def minutes(one: dt.time) -> int:
        return one.hour * 60 + one.minute

    shared = {
        (min(minutes(last), minutes(ends)) - max(minutes(first), minutes(starts)), -number)
        for number, starts, ends in clock
    }
    most, number = max(shared, default=(0, 0))
    return -number if most > 0 else None


SLOT = re.compile(
    r"每?(?:周|星期)?([一二三四五六日天])(?:下午|放学后)?(?:第([1-9一二三])节)?(?:\(?(\d{1,2}):(\d{2})[\-~至到—–](\d{1,2}):(\d{2})\)?)?"
)


SLOTS_WITH_TIMES = re.compile(rf"(?:{SLOT.pattern}[、,;和及]*)+")


def read_slots(text: str, clock: Clock = ()) -> list[tuple[int, int]] | None:
    """[(1, 2), (4, 2)] from 周一、周四: the second period, unless it is named (周一第1节), or its times (周一16:40-17:40)."""
    slots = []
    for part in re.split(r"[、,;和及]+", "".join(clean_text(text).split())):
        match = SLOT.fullmatch(part)
        if not match:
            return None
        day, period, *times = match.groups()
        number: int | None = DEFAULT_PERIOD
        if period:
            number = "一二三".find(period) + 1 or int(period)
        elif times[0]:
            number = read_time(clock, [int(one) for one in times])
        if number is None:
            return None
        slots.append((DAYS.index(day.replace("天", "日")) + 1, number))
    return slots or None


def read_time(clock: Clock, times: list[int]) -> int | None:
    """The period of [16, 40, 17, 40]; None for what is no time of the day, and where no period is then."""
    try:
        return period_at(clock, dt.time(times[0], times[1]), dt.time(times[2], times[3]))
    except ValueError:
        return None
