"""Fills a term's calendar and saves the times of periods."""

import datetime as dt

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext as _

from school.models import (
    Period,
    PeriodTime,
    SchoolDay,
    Term,
    User,
)

# The library names festivals in English; the calendar says 国庆节.
FESTIVALS = {festival.value: festival.chinese for festival in chinese_calendar.Holiday}
CALENDAR_SOURCE = f"chinesecalendar {getattr(chinese_calendar, '__version__', '1.11')}"


@transaction.atomic
def load_calendar(*, term: Term) -> int:
    """Fills the term's dates that nobody has entered from the published calendar; returns how many.

    A year that is not published yet is left «not loaded». A make-up workday gets no timetable: the office says
    which weekday it follows.
    """
    known = set(SchoolDay.objects.of_term(term).values_list("day", flat=True))
    days = []
    for offset in range((term.ends_on - term.starts_on).days + 1):
        day = term.starts_on + dt.timedelta(days=offset)
        if day not in known and (row := _published_day(day)):
            days.append(row)
    SchoolDay.objects.bulk_create(days)
    return len(days)


def _published_day(day: dt.date) -> SchoolDay | None:
    try:
        working = chinese_calendar.is_workday(day)
        _holiday, festival = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    weekend = day.isoweekday() > 5
    if working and weekend:
        kind, follows = SchoolDay.Kind.MAKE_UP, None
    elif working:
        kind, follows = SchoolDay.Kind.SCHOOL, day.isoweekday()
    else:
        kind, follows = (SchoolDay.Kind.HOLIDAY if festival else SchoolDay.Kind.WEEKEND), None
    return SchoolDay(
        day=day,
        kind=kind,
        follows_weekday=follows,
        note=FESTIVALS.get(festival, festival or ""),
        source=CALENDAR_SOURCE,
    )


@transaction.atomic
def enter_days(*, first: dt.date, last: dt.date, by: User) -> int:
    """Enter Monday to Friday of a range as school days, where the calendar has no entry yet."""
    known = set(SchoolDay.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    rows = [
        SchoolDay(day=day, kind=SchoolDay.Kind.SCHOOL, follows_weekday=day.isoweekday(), source=_("entered by %s") % by)
        if day.isoweekday() <= 5
        else SchoolDay(day=day, kind=SchoolDay.Kind.WEEKEND, source=_("entered by %s") % by)
        for day in days
        if day not in known
    ]
    SchoolDay.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def save_period(*, period: Period, times: dict[str, tuple[dt.time, dt.time] | None]) -> Period:
    """A period and its general times by season (PeriodTime.Season → begin, end; None where it is not held)."""
    period.save()
    general = PeriodTime.objects.general().filter(period=period)
    for season, span in times.items():
        if span is None:
            general.filter(season=season).delete()
            continue
        general.update_or_create(
            season=season,
            defaults={"starts_at": span[0], "ends_at": span[1]},
            create_defaults={"period": period, "starts_at": span[0], "ends_at": span[1]},
        )
    return period
