"""The first pages of the principal and of the office."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.charts import bar_chart, line_chart, sparkline
from enrollment.models import Enrolment
from reports.figures import FIGURES, Scope
from reports.figures.base import share
from reports.menu import OFFICE, READERS
from reports.tables import BehindTable
from reports.today import (
    DAY_LISTS,
    DayCounts,
    PastDay,
    cached_count,
    day_counts,
    day_to_show,
    grades_of,
    past_days,
    substitutes,
)
from reports.wording import number, percent
from safety.rolls import children_by_session, rolls_to_call
from safety.views.teacher import ensure_planned
from school.access import role_required
from school.inbox import Task, all_tasks
from school.models import SchoolDay, Term, User
from web.addresses import read_day
from web.caching import cached_between_changes, drawn_between_changes
from web.tables import list_page

MOST_MATTERS = 12


@role_required("principal")
def dashboard(request: HttpRequest) -> HttpResponse:
    """Today in six tiles, two charts, and what needs a decision."""
    day = timezone.localdate()

    def context() -> dict[str, Any]:
        shown, next_day = day_to_show(day)
        term = Term.objects.current(day)
        charts = charts_of(term, day)
        counted = cached_between_changes(f"day counts:{shown}", lambda: day_counts(shown))
        return (
            charts
            | first_page(request.user, day)
            | {
                "term": term,
                "shown": shown,
                "next_day": next_day,
                "tiles": tiles(counted, charts["past"], shown),
            }
        )

    content = drawn_between_changes(request, "reports/_dashboard.html", day, context)
    return render(request, "reports/dashboard.html", {"content": content})


def first_page(user: User, day: dt.date) -> dict[str, Any]:
    """What the first pages of the principal and of the office have in common."""
    return {"day": day, "school_day": SchoolDay.objects.of(day), "matters": first_matters(user)}


CHARTS = ("participation", "attendance")


def charts_of(term: Term | None, day: dt.date, draw: str = "") -> dict[str, Any]:
    """The two charts with their tables. Only `draw` is drawn now; the other one is there when it was drawn before."""
    kept_days, kept_grades = past_days(day), grades_of(term, day) if term else None
    past, grades = kept_days.value, kept_grades.value if kept_grades else []
    bars, days = [(part.label, part.value) for part in grades], [(one.label, one.rate) for one in past]
    return {
        "grades": [(part, percent(part)) for part in grades],
        "past": past,
        "past_at": kept_days.at,
        "grades_at": kept_grades.at if kept_grades else None,
        "participation": bar_chart(bars, unit="%", digits=1, wait=draw == "participation") if bars else "",
        "attendance": line_chart(days, unit="%", top=110, wait=draw == "attendance") if len(days) > 1 else "",
    }


@role_required("principal")
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart of the first page, drawn: the page itself does not wait for it."""
    if name not in CHARTS:
        raise Http404
    day = timezone.localdate()
    return render(request, f"reports/_chart_{name}.html", charts_of(Term.objects.current(day), day, draw=name))


def first_matters(user: User) -> list[Task]:
    """What waits for the person, then what waits for others; the rest stands on the page of all of it."""
    return sorted(all_tasks(user), key=lambda task: not task.is_of(user))[:MOST_MATTERS]


@dataclass(frozen=True)
class Tile:
    label: str
    value: int
    url: str
    denominator: int | None = None
    change: str = ""
    sparkline: str = ""
    kind: str = ""


def rows_url(key: str, day: dt.date) -> str:
    """Where the rows behind a count of the day stand."""
    return at_day(reverse("reports:rows", args=[key]), day)


def at_day(address: str, day: dt.date) -> str:
    return address if day == timezone.localdate() else f"{address}{'&' if '?' in address else '?'}day={day.isoformat()}"


def tiles(now: DayCounts, past: list[PastDay], day: dt.date) -> list[Tile]:
    """The six tiles: a large figure, its denominator, last week's, a small line, and the way to its rows."""
    week_ago = next((one for one in past if one.day == day - dt.timedelta(days=7)), None)
    before = (
        _("a week ago: %(here)d of %(all)d") % {"here": week_ago.here, "all": week_ago.children} if week_ago else ""
    )
    leave = _("%d on leave") % now.on_leave if now.on_leave else ""
    rates, absences = sparkline([share(one.here, one.children) for one in past]), sparkline([d.missing for d in past])
    sheets = at_day(f"{reverse('homework:sheet_list')}?status=open", day)
    return [
        Tile(_("Expected"), now.expected, rows_url("expected", day), change=leave),
        Tile(_("Here"), now.present, rows_url("present", day), now.expected, before, rates),
        missing_tile(now, day, absences),
        Tile(_("Not collected yet"), now.waiting, at_day(reverse("safety:day"), day)),
        Tile(_("Sheets not published"), now.unpublished, sheets, now.classes, kind=looked_at(now.unpublished)),
        Tile(
            _("Classes over the cap"),
            now.over_cap,
            rows_url("over_cap", day),
            now.classes,
            kind=looked_at(now.over_cap),
        ),
    ]


def missing_tile(now: DayCounts, day: dt.date, line: str = "") -> Tile:
    return Tile(
        _("Missing"), now.missing, rows_url("missing", day), sparkline=line, kind="danger" if now.missing else ""
    )


def looked_at(value: int) -> str:
    return "attention" if value else ""


@role_required(*OFFICE)
def office_today(request: HttpRequest) -> HttpResponse:
    """Today, what waits, and the month so far."""
    day = timezone.localdate()

    def context() -> dict[str, Any]:
        ensure_planned(day)
        shown, next_day = day_to_show(day)
        term = Term.objects.current(day)
        return first_page(request.user, day) | {
            "term": term,
            "shown": shown,
            "next_day": next_day,
            "tiles": cached_between_changes(f"office tiles:{shown}:{get_language()}", lambda: office_tiles(shown)),
            "month": cached_count(f"month:{term.pk}", day, lambda: month_lines(term, day)) if term else None,
        }

    content = drawn_between_changes(request, "reports/_office_today.html", day, context)
    return render(request, "reports/office_today.html", {"content": content})


def office_tiles(day: dt.date) -> list[Tile]:
    sessions, now = len(children_by_session(day)), day_counts(day)
    return [
        # Of those on whose list somebody stands: nobody calls the roll of an empty one.
        Tile(
            _("Rolls not called"),
            rolls_to_call(day).count(),
            rows_url("rolls_open", day),
            sessions,
        ),
        missing_tile(now, day),
        Tile(_("Not collected yet"), now.waiting, at_day(reverse("safety:day"), day)),
        Tile(_("Substitutes"), substitutes(day).count(), rows_url("substitutes", day), sessions),
    ]


def month_lines(term: Term, day: dt.date) -> list[tuple[str, str]]:
    """The month so far, as (name, figure as written)."""
    scope = Scope(term, day, first=day.replace(day=1))
    keys = ("service_days", "attendance_rate", "absent", "late_pickups", "sheets_published", "ended")
    lines = []
    for key in keys:
        one, value = FIGURES[key], FIGURES[key].compute(scope)
        lines.append((str(one.label), percent(value) if one.is_rate else number(value.value)))
    new = (
        Enrolment.objects.after_school().not_continuing().filter(option__term=term, starts_on__range=scope.days).count()
    )
    lines.append((_("Participations begun"), number(new)))
    return lines


@role_required(*READERS)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind a count of a day, or behind a figure of the term as of it; without a day, of today."""
    today = timezone.localdate()
    day = min(read_day(request.GET.get("day")), today)
    term = Term.objects.current(day)
    one, figure = DAY_LISTS.get(key), FIGURES.get(key)
    if one is not None:
        table = BehindTable(one.rows(day), request.user)
        table.title, table.subtitle = one.label, one.definition
    elif figure is not None and figure.rows is not None and term is not None:
        table = BehindTable(figure.rows(Scope(term, day)), request.user)
        table.title, table.subtitle = figure.label, figure.definition
    else:
        raise Http404
    return list_page(request, table, template="reports/figure_rows.html", back=reverse("home"))
