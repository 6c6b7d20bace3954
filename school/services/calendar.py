"""Fills a term's calendar and saves the times of periods."""

import datetime as dt
from collections.abc import Iterable

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext as _

from school.access import follow_day
from school.models import (
    Period,
    PeriodTime,
    SchoolDay,
    Term,
    User,
)

# The library names festivals in English; the calendar says 国庆节.
FESTIVALS = {festival.value: festival.chinese for festival in chinese_calendar.Holiday}
# On the same date each year (全国年节及纪念日放假办法, 2024): known before a year's arrangement is published.
FIXED_HOLIDAYS = {
    (1, 1): chinese_calendar.Holiday.new_years_day.chinese,
    **{(5, day): chinese_calendar.Holiday.labour_day.chinese for day in (1, 2)},
    **{(10, day): chinese_calendar.Holiday.national_day.chinese for day in (1, 2, 3)},
}
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


def first_unpublished(first: dt.date, last: dt.date) -> int | None:
    """The first of the years of these days whose holidays are not published."""
    years = range(first.year, last.year + 1)
    return next((year for year in years if _published_day(dt.date(year, 5, 1)) is None), None)


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
def days_made_up(term: Term) -> set[dt.date]:
    """The school's own closures that were made up: a later weekend day of the term follows the timetable of their weekday.

    Workdays of the published calendar make up for its holidays, not for a closure of the school.
    """
    rows = SchoolDay.objects.of_term(term).order_by("day")
    left = [day.day for day in rows if day.kind == SchoolDay.Kind.CLOSURE]
    made_up: set[dt.date] = set()
    for extra in rows.teaching().filter(day__iso_week_day__gt=5):
        published = _published_day(extra.day)
        if published is not None and published.kind == SchoolDay.Kind.MAKE_UP:
            continue
        missed = next((day for day in left if day < extra.day and day.isoweekday() == extra.follows_weekday), None)
        if missed:
            left.remove(missed)
            made_up.add(missed)
    return made_up


@transaction.atomic
def change_day(*, day: SchoolDay, by: User) -> SchoolDay:
    """Saves a day as the office says it is; what was planned for it follows: a closure has neither sessions nor meetings.

    Raises ValidationError where the day cannot be changed any more.
    """
    day.source = _("entered by %s") % by
    day.save()
    follow_day(day)
    return day


def enter_days(*, first: dt.date, last: dt.date, by: User) -> int:
    """Enter Monday to Friday of a range as school days, where the calendar has no entry yet; FIXED_HOLIDAYS as days off."""
    known = set(SchoolDay.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    rows = [entered_day(day, _("entered by %s") % by) for day in days if day not in known]
    SchoolDay.objects.bulk_create(rows)
    return len(rows)


def entered_day(day: dt.date, source: str) -> SchoolDay:
    if note := FIXED_HOLIDAYS.get((day.month, day.day)):
        return SchoolDay(day=day, kind=SchoolDay.Kind.HOLIDAY, note=note, source=source)
    if day.isoweekday() <= 5:
        return SchoolDay(day=day, kind=SchoolDay.Kind.SCHOOL, follows_weekday=day.isoweekday(), source=source)
    return SchoolDay(day=day, kind=SchoolDay.Kind.WEEKEND, source=source)


def festivals_missing(term: Term) -> int | None:
    """The year of the term whose holidays are neither published nor entered: two months have at least one besides
    FIXED_HOLIDAYS. None where nothing is known to be missing.
    """
    year = first_unpublished(term.starts_on, term.ends_on)
    first = max(term.starts_on, dt.date(year, 1, 1)) if year else term.ends_on
    if year is None or term.ends_on - first < dt.timedelta(days=60):
        return None
    days = SchoolDay.objects.filter(day__range=(first, term.ends_on), kind=SchoolDay.Kind.HOLIDAY)
    entered = {(day.month, day.day) for day in days.values_list("day", flat=True)} - set(FIXED_HOLIDAYS)
    return None if entered else year


@transaction.atomic
def save_period(*, period: Period, times: Iterable[PeriodTime], from_day: dt.date | None) -> Period:
    """A period and all its times from a day on; earlier days keep theirs. Without a day: it was always so."""
    period.save()
    first = from_day or dt.date.min
    wanted = {row.facts: row for row in times}
    for row in PeriodTime.objects.filter(period=period).from_day(first):
        begun_before = (row.starts_on or dt.date.min) < first
        if begun_before and row.ends_on is None and row.facts in wanted:
            del wanted[row.facts]
        elif begun_before:
            row.ends_on = first - dt.timedelta(days=1)
            row.save()
        else:
            row.delete()
    for row in wanted.values():
        row.pk, row.period, row.starts_on, row.ends_on = None, period, from_day, None
        row.save(force_insert=True)
    return period
