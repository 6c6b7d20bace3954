"""Roll calls, releases, late pick-ups, days: what the afternoon's records add up to."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    F,
    FilteredRelation,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fees.models import UncountedDay
from reports.figures import rows
from reports.figures.base import PERCENT, Column, Part, Rows, Scope, Value, figure, once, service_days, settings, share
from reports.figures.children import class_counts
from safety.models import DayClose, Release, RollCall, Session
from safety.rolls import rolls_to_call
from school.models import PeriodTime, SchoolClass, SchoolDay
from school.models.places import grade_name
from web.templatetags.formats import cn_date

STATUSES = ("present", "absent", "leave", "left")
COUNTS = ("expected", *STATUSES, "late")
NO_CALLS = dict.fromkeys(COUNTS, 0)


def calls(scope: Scope) -> QuerySet[RollCall]:
    """Roll calls of the period for children who were on the list."""
    return RollCall.objects.filter(session__day__range=scope.days, expected=True)


@once
def roll_counts(scope: Scope) -> list[dict[str, Any]]:
    """Counts by week and by the class to which the child belonged on the day of the roll (or none)."""
    day = F("session__day")
    belongs = Q(student__class_memberships__starts_on__lte=day) & (
        Q(student__class_memberships__ends_on__isnull=True) | Q(student__class_memberships__ends_on__gte=day)
    )
    status = {name: Count("pk", filter=Q(status=name)) for name in STATUSES}
    counted = (
        calls(scope)
        .annotate(belongs=FilteredRelation("student__class_memberships", condition=belongs))
        .annotate(week=TruncWeek("session__day"), school_class=F("belongs__school_class"))
        .order_by()
        .values("week", "school_class")
        .annotate(expected=Count("pk"), late=Count("pk", filter=Q(late_entry=True)), **status)
    )
    return [dict(row) for row in counted]


def total(scope: Scope, name: str) -> int:
    return sum(row[name] for row in roll_counts(scope))


def added(scope: Scope, group: str) -> "dict[Any, dict[str, int]]":
    """Counts by «week», «grade» or «class»; children without a class are in none of the last two."""
    grades = {pk: grade for pk, (grade, _label) in classes_called(scope).items()}
    sums: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    for row in roll_counts(scope):
        pk = row["school_class"]
        key = {"week": row["week"], "class": pk, "grade": grades.get(pk)}[group]
        if key is not None:
            for name in COUNTS:
                sums[key][name] += row[name]
    return dict(sorted(sums.items()))


def attendance_parts(scope: Scope) -> dict[str, list[Part]]:
    classes, weeks, grades = added(scope, "class"), added(scope, "week"), added(scope, "grade")
    return {
        "week": [_part(monday.isoformat(), week_label(scope, monday), weeks[monday]) for monday in weeks],
        "grade": [_part(grade, grade_name(grade), grades[grade]) for grade in grades],
        "class": [_part(pk, label, classes.get(pk, NO_CALLS)) for pk, label in classes_shown(scope)],
    }


def classes_shown(scope: Scope) -> list[tuple[int, str]]:
    """Classes of the table: those that have children on its last day («no record» where no roll was called), then others whose
    children were called before.
    """
    shown = {row.pk: row.label for row in class_counts(scope)}
    return list((shown | {pk: label for pk, (_grade, label) in classes_called(scope).items()}).items())


@once
def classes_called(scope: Scope) -> dict[int, tuple[int, str]]:
    """Class pk → its grade and label on the last day, for classes whose children stand in a roll."""
    pks = {row["school_class"] for row in roll_counts(scope)} - {None}
    classes = SchoolClass.objects.filter(pk__in=pks).order_by("-entry_year", "number")
    return {one.pk: (one.grade(scope.until), one.label(scope.until)) for one in classes}


def _part(key: Any, label: str, counts: dict[str, int]) -> Part:
    facts = {name: counts[name] for name in ("absent", "leave", "left", "late")}
    return Part(key, label, share(counts["present"], counts["expected"]), counts["present"], counts["expected"], facts)


def week_label(scope: Scope, monday: dt.date) -> str:
    """«第3周»: weeks of the term, counted from the one in which it begins."""
    first = scope.term.starts_on - dt.timedelta(days=scope.term.starts_on.weekday())
    return str(_("week %d") % ((monday - first).days // 7 + 1))


@figure(
    "service_days",
    "safety",
    _("Days of service"),
    _(
        "Teaching days that are over, since the service began, on which at least one session was held ÷ these teaching days."
    ),
    PERCENT,
)
def share_of_days(scope: Scope) -> Value:
    return Value.rate(day_counts(scope)["served"], day_counts(scope)["teaching"])


# The day was closed on the day itself; whether it was opened again later, to correct something, does not matter.
CLOSED_IN_TIME = DayClose.objects.filter(kind=DayClose.Kind.CLOSED, day=OuterRef("day"), at__date=OuterRef("day"))


@once
def day_counts(scope: Scope) -> dict[str, int]:
    held, closed = (
        Session.objects.held().filter(day=OuterRef("day")),
        DayClose.objects.in_force().filter(day=OuterRef("day")),
    )
    return service_days(*scope.days_over).aggregate(
        teaching=Count("pk"),
        served=Count("pk", filter=Q(Exists(held))),
        closed=Count("pk", filter=Q(Exists(held)) & Q(Exists(closed))),
        in_time=Count("pk", filter=Q(Exists(held)) & Q(Exists(CLOSED_IN_TIME))),
    )


@once
def rolls_missing(scope: Scope) -> "QuerySet[Session]":
    """Those that were never called, but of days which the office left out with a reason: nobody makes them up."""
    left_out = UncountedDay.objects.filter(day__range=scope.days_over).values("day")
    return rolls_to_call(*scope.days_over).exclude(day__in=left_out)


@once
def session_counts(scope: Scope) -> dict[str, int]:
    """Of days that are over: sessions with their roll called, and those of them where somebody was on the list and it was not."""
    called = Session.objects.held().filter(day__range=scope.days_over, roll_taken_at__isnull=False).count()
    missing = rolls_missing(scope).count()
    return {"held": called + missing, "open": missing}


@figure(
    "sessions",
    "safety",
    _("Sessions with their roll called"),
    _(
        "Sessions of days that are over (a care group or a club's meeting on a day and period) whose roll was called ÷ all."
    ),
    PERCENT,
)
def share_of_rolls(scope: Scope) -> Value:
    counts = session_counts(scope)
    return Value.rate(counts["held"] - counts["open"], counts["held"])


@figure(
    "attendance_rate",
    "safety",
    _("Attendance rate"),
    _(
        "Roll calls «here» ÷ roll calls of children on the list, those on leave included; a child counts once a session."
    ),
    PERCENT,
    rows=lambda scope: rows.roll_calls(calls(scope).filter(status=RollCall.Status.PRESENT)),
)
def attendance_rate(scope: Scope) -> Value:
    return Value.rate(total(scope, "present"), total(scope, "expected"), attendance_parts(scope))


def register_statuses() -> None:
    texts = {
        "absent": (_("Missing (roll calls)"), _("Roll calls «missing», of children on the list.")),
        "leave": (_("On leave (roll calls)"), _("Roll calls «on leave», of children on the list.")),
        "left": (_("Left earlier (roll calls)"), _("Roll calls «left earlier», of children on the list.")),
    }
    for status, (label, definition) in texts.items():

        def compute(scope: Scope, status: str = status) -> Value:
            return Value.rate(total(scope, status), total(scope, "expected"))

        def behind(scope: Scope, status: str = status) -> Rows:
            return rows.roll_calls(calls(scope).filter(status=status))

        figure(status, "safety", label, definition, PERCENT, rows=behind)(compute)


register_statuses()


@figure(
    "late_entries",
    "safety",
    _("Entered later"),
    _(
        "Roll calls written more than two hours after the moment they speak of (补录) ÷ roll calls of children on the list."
    ),
    PERCENT,
    rows=lambda scope: rows.roll_calls(calls(scope).filter(late_entry=True)),
)
def share_of_late_entries(scope: Scope) -> Value:
    return Value.rate(total(scope, "late"), total(scope, "expected"))


# --- going home ------------------------------------------------------------------------------------------------------


def given(scope: Scope) -> QuerySet[Release]:
    return Release.objects.of_children_here().filter(day__range=scope.days)


class LocalMoment(Func):
    """A day and a time of the school's clock as an instant."""

    template = "((%(expressions)s) AT TIME ZONE %(zone)s)"
    output_field = DateTimeField()


@once
def late_after(scope: Scope) -> Q:
    """Releases later than the last period's end, by the times of their day, and the minutes of grace."""
    rows = list(PeriodTime.objects.from_day(scope.first))
    changes = {row.starts_on for row in rows if row.starts_on and row.starts_on > scope.first}
    changes |= {row.ends_on + dt.timedelta(days=1) for row in rows if row.ends_on}
    cases = []
    # The latest change first: of the cases that fit a day the first one counts.
    for day in sorted({scope.first, *changes}, reverse=True):
        if ends := service_ends([row for row in rows if row.holds_on(day)], scope):
            summer, winter = ends
            cases += [
                When(in_winter(scope) & Q(day__gte=day), then=Constant(winter)),
                When(day__gte=day, then=Constant(summer)),
            ]
    if not cases:
        return Q(pk__in=[])
    end_of = Case(*cases, output_field=DurationField())
    zone = f"'{timezone.get_default_timezone_name()}'"
    # To the minute, as the clock at the gate and the list show it: 18:00:40 is not later than 18:00.
    whole_minute = LocalMoment(F("day") + end_of + Constant(dt.timedelta(minutes=1)), zone=zone)
    # A release that was made up on a later day does not say when the child left.
    return Q(at__gte=whole_minute, at__date=F("day"))


def service_ends(rows: list[PeriodTime], scope: Scope) -> tuple[dt.timedelta, dt.timedelta] | None:
    """From when on a release is late in summer and in winter, by these times and the minutes of grace; None without times."""
    grace = dt.timedelta(minutes=settings(scope).late_after_minutes)
    ends: dict[str, dt.timedelta] = {}
    for row in rows:
        limit = dt.timedelta(hours=row.ends_at.hour, minutes=row.ends_at.minute) + grace
        ends[row.season] = max(limit, ends.get(row.season, limit))
    if not ends:
        return None
    summer = ends.get(PeriodTime.Season.SUMMER, max(ends.values()))
    return summer, ends.get(PeriodTime.Season.WINTER, summer)


def in_winter(scope: Scope) -> Q:
    if scope.term.winter_from is None:
        return Q(pk__in=[])
    winter = Q(day__gte=scope.term.winter_from)
    return winter & Q(day__lte=scope.term.winter_until) if scope.term.winter_until else winter


@once
def release_counts(scope: Scope) -> dict[str, int]:
    ways = {way.value: Count("pk", filter=Q(how=way)) for way in Release.How}
    return given(scope).aggregate(whole=Count("pk"), late=Count("pk", filter=late_after(scope)), **ways)


@figure(
    "releases",
    "safety",
    _("Children handed over"),
    _("Releases at the end of the service, by how the child left; a child counts once a day."),
    pgettext_lazy("unit", "times"),
    rows=lambda scope: rows.releases(given(scope)),
)
def count_releases(scope: Scope) -> Value:
    counts = release_counts(scope)
    whole = counts["whole"]
    parts = [
        Part(way.value, str(way.label), share(counts[way.value], whole), counts[way.value], whole)
        for way in Release.How
    ]
    return Value(whole, by={"how": parts})


@figure(
    "late_pickups",
    "safety",
    _("Late pick-ups"),
    _("Releases later than the end of the last period and the minutes of grace the school sets ÷ releases."),
    PERCENT,
    rows=lambda scope: rows.releases(given(scope).filter(late_after(scope))),
)
def share_of_late_pickups(scope: Scope) -> Value:
    counts = release_counts(scope)
    return Value.rate(counts["late"], counts["whole"])


# --- days ------------------------------------------------------------------------------------------------------------


@figure(
    "days_closed",
    "safety",
    _("Days closed by the duty leader"),
    _(
        "Days of service that are over and were closed on the same day, every child handed over ÷ days of service that are over."
    ),
    PERCENT,
    rows=lambda scope: day_rows(served_days(scope).filter(Exists(CLOSED_IN_TIME))),
)
def share_of_closed_days(scope: Scope) -> Value:
    counts = day_counts(scope)
    return Value.rate(counts["in_time"], counts["served"])


def served_days(scope: Scope) -> QuerySet[SchoolDay]:
    """Days of service that are over and on which a session was held."""
    return service_days(*scope.days_over).filter(Exists(Session.objects.held().filter(day=OuterRef("day"))))


def days_missed(scope: Scope) -> QuerySet[SchoolDay]:
    """Days of service that are over and have no session, from the term's first day with one on."""
    held = Session.objects.held()
    begun = held.filter(day__range=scope.days).aggregate(first=Min("day"))["first"]
    if begun is None:
        return SchoolDay.objects.none()
    return service_days(begun, scope.over).exclude(Exists(held.filter(day=OuterRef("day"))))


def open_days(scope: Scope) -> QuerySet[SchoolDay]:
    return served_days(scope).exclude(day__in=DayClose.objects.in_force().values("day"))


def day_rows(days: QuerySet[SchoolDay]) -> Rows:
    return Rows(
        days.order_by("-day"),
        (Column(_("Day"), lambda d: cn_date(d.day)),),
        lambda d: f"{reverse('safety:day')}?day={d.day.isoformat()}",
    )


@figure(
    "days_open",
    "problems",
    _("Days not closed"),
    _("Days of service that are over and that the duty leader has not closed."),
    pgettext_lazy("unit", "days"),
    rule="S9",
    step=_("The duty leader closes them, after looking who handed over the last child."),
    rows=lambda scope: day_rows(open_days(scope)),
)
def count_open_days(scope: Scope) -> Value:
    counts = day_counts(scope)
    return Value(counts["served"] - counts["closed"])


@figure(
    "rolls_missing",
    "problems",
    _("Sessions without a roll"),
    _("Sessions of days that are over whose roll was not called to the end; not those of days left out with a reason."),
    pgettext_lazy("unit", "sessions"),
    rule="S9",
    step=_("The office asks the adult of the session to enter it, marked as entered later."),
    rows=lambda scope: rows.sessions(rolls_missing(scope)),
)
def count_missing_rolls(scope: Scope) -> Value:
    counts = session_counts(scope)
    return Value(counts["open"], counts["open"], counts["held"])
