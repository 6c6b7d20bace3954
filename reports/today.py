"""The counts of the first pages: a day, and the last four weeks."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clubs.leading import leader_on
from enrollment.models import CareDuty
from homework.models import ClassSheet
from reports.figures import Rows, Scope, rows
from reports.figures.base import share
from reports.figures.people import by_grade
from safety.models import Custody, RollCall, Session
from safety.rolls import children_by_session, children_expected, children_on_leave, rolls_to_call
from school.models import SchoolClass, SchoolDay, Term
from school.models.calendar import school_year_of
from web.templatetags.formats import cn_day

# What lies behind today changes seldom; the counts of today itself are made each time.
CACHE_SECONDS = 120
FOUR_WEEKS = dt.timedelta(weeks=4)


def over_cap(day: dt.date) -> QuerySet[ClassSheet]:
    return ClassSheet.objects.on(day).filter(minutes__gt=F("cap"))


def substitutes(day: dt.date) -> QuerySet[Session]:
    """Sessions with children whose adult is not the one of the week's plan of that day."""
    weekday = SchoolDay.objects.weekday_of(day)
    planned = CareDuty.objects.on(day).filter(
        group=OuterRef("care_group"), period=OuterRef("period"), staff=OuterRef("staff"), weekday=weekday
    )
    other = Q(care_group__isnull=False) & ~Q(Exists(planned))
    other |= Q(meeting__isnull=False) & ~Q(leader=F("staff"))
    rows = Session.objects.on(day).annotate(leader=leader_on(day, club="meeting__club"))
    return rows.filter(other, pk__in=children_by_session(day))


def day_to_show(day: dt.date) -> tuple[dt.date, dt.date | None]:
    """The day whose counts the first pages show, and the next one with lessons where the day itself has none.

    On a Sunday that is the last day with lessons: six zeros tell nobody anything. Before the first one it is the day itself.
    """
    last = SchoolDay.objects.last_with_lessons(day)
    if last == day:
        return day, None
    coming = SchoolDay.objects.teaching().filter(day__gt=day).order_by("day")
    return last or day, coming.values_list("day", flat=True).first()


@dataclass(frozen=True)
class DayCounts:
    expected: int
    on_leave: int
    present: int
    missing: int
    waiting: int
    classes: int
    unpublished: int
    over_cap: int


def day_counts(day: dt.date) -> DayCounts:
    """The six counts of the principal's first page, and what stands beside them."""
    children = children_expected(day)
    # Without lessons no class owes a sheet.
    classes = SchoolClass.objects.in_year(school_year_of(day)).count() if SchoolDay.objects.weekday_of(day) else 0
    return DayCounts(
        expected=children.count(),
        on_leave=children_on_leave(day).count(),
        present=RollCall.objects.present(day).values("student").distinct().count(),
        missing=RollCall.objects.missing_children(day).count(),
        waiting=Custody.objects.open().filter(day=day).count(),
        classes=classes,
        unpublished=max(classes - ClassSheet.objects.published().on(day).count(), 0),
        over_cap=over_cap(day).count(),
    )


@dataclass(frozen=True)
class DayList:
    """The rows behind one count of a day."""

    label: str | Promise
    definition: str | Promise
    rows: Callable[[dt.date], Rows]


DAY_LISTS = {
    "expected": DayList(
        _("Expected today"),
        _("Children whose participation includes the weekday of today; those on leave are among them."),
        lambda day: rows.children(day, children_expected(day).values("pk")),
    ),
    "present": DayList(
        _("Here today"),
        _("Children on the list who were marked «here» at one of today's roll calls."),
        lambda day: rows.children(day, RollCall.objects.present(day).values("student")),
    ),
    "missing": DayList(
        _("Missing today"),
        _("Roll calls «missing» of today that still hold: nobody has seen the child since."),
        lambda day: rows.roll_calls(RollCall.objects.missing_children(day)),
    ),
    "over_cap": DayList(
        _("Classes over the cap today"),
        _("Today's sheets whose written minutes are over the grade's cap, released or not."),
        lambda day: rows.sheets(over_cap(day)),
    ),
    "rolls_open": DayList(
        _("Rolls not called today"),
        _("Today's sessions with children on their list whose roll has not been called to the end."),
        lambda day: rows.sessions(rolls_to_call(day)),
    ),
    "substitutes": DayList(
        _("Substitutes today"),
        _("Today's sessions with children whose adult is not the one of the week's plan."),
        lambda day: rows.sessions(substitutes(day)),
    ),
}


# --- what lies behind ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PastDay:
    """`present` of `expected` are roll calls, as the rate of attendance counts them; the others are children."""

    day: dt.date
    label: str
    expected: int
    present: int
    children: int
    here: int
    missing: int

    @property
    def rate(self) -> float | None:
        return share(self.present, self.expected)


@dataclass(frozen=True)
class Kept:
    """What was counted, and when: a page that shows it says so."""

    value: Any
    at: dt.datetime


def cached_count(name: str, day: dt.date, make: Callable[[], Any], *, seconds: int = CACHE_SECONDS) -> Kept:
    """What `make` counts, cached for a while; labels are in the reader's language."""
    key = f"reports:{name}:{day}:{get_language()}"
    return cast(Kept, cache.get_or_set(key, lambda: Kept(make(), timezone.now()), seconds))


def past_days(day: dt.date) -> Kept:
    """Roll calls of the four weeks before a day: a PastDay each."""

    def count() -> list[PastDay]:
        here, missing = Q(status=RollCall.Status.PRESENT), Q(status=RollCall.Status.ABSENT)
        calls = RollCall.objects.filter(
            session__day__gte=day - FOUR_WEEKS, session__day__lt=day, expected=True
        ).order_by("session__day")
        counted = calls.values_list("session__day").annotate(
            Count("pk"),
            present=Count("pk", filter=here),
            children=Count("student", distinct=True),
            here=Count("student", distinct=True, filter=here),
            missing=Count("student", distinct=True, filter=missing),
        )
        return [PastDay(that, cn_day(that), *counts) for that, *counts in counted]

    return cached_count("past_days", day, count)


def grades_of(term: Term, day: dt.date) -> Kept:
    """Participation by grade as of a day: a Part each."""
    return cached_count(f"grades:{term.pk}", day, lambda: by_grade(Scope(term, day)))
