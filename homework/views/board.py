"""The public board: what was set, by day, class and week. Names no child and no teacher, works without JavaScript."""

import datetime as dt
import hashlib
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from homework import papers
from homework.board import published_on, sheets_between, week_of
from homework.forms.board import ArchiveForm
from homework.models import (
    BoardEdition,
    ClassSheet,
    HomeworkItem,
    HomeworkSettings,
    LearningPoint,
    Rectification,
    SpotCheck,
    SpotCheckClass,
)
from homework.models.planning import monday_of
from homework.tables import ArchiveTable
from homework.views.common import read_day, read_week
from school.access import bounded, public
from school.models import SchoolClass, SchoolDay, SchoolSettings
from school.models.calendar import school_year_of
from school.models.places import grade_name
from school.views.papers import print_paper
from web.addresses import read_number
from web.tables import paged

FRESH_SECONDS = 30
PAGE = 25


def grade_of(request: HttpRequest) -> int | None:
    grade = read_number(request.GET.get("grade"))
    return grade if grade and 1 <= grade <= 9 else None


def day_of(request: HttpRequest) -> dt.date:
    """The day that the address names, else the last one with lessons: on a Sunday a family looks for Friday's."""
    asked, today = request.GET.get("day"), timezone.localdate()
    return read_day(asked) if asked else SchoolDay.objects.last_with_lessons(today) or today


def tag(*facts: object) -> str:
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'


def state_of(first: dt.date, last: dt.date, **only: object) -> list[Any]:
    """What changes whenever a published sheet of those days does."""
    sheets = ClassSheet.objects.published().filter(day__range=(first, last), **only)
    return list(sheets.values_list("pk", "version").order_by("pk"))


def board_version(request: HttpRequest) -> str | None:
    """The page's ETag for those who are not signed in: the sheets of the day, the address, the language."""
    day = day_of(request)
    if request.user.is_authenticated:
        return None  # such a page carries a token and the person's navigation
    points = LearningPoint.objects.filter(week=monday_of(day)).values_list("pk", "at").order_by("pk")
    school_day = SchoolDay.objects.weekday_of(day)
    form = HomeworkSettings.load().parent_form
    return tag(request.GET.urlencode(), day, get_language(), form, state_of(day, day), list(points), school_day)


def class_version(request: HttpRequest, pk: int) -> str | None:
    if request.user.is_authenticated:
        return None
    monday = read_week(request.GET.get("day"))
    sheets = state_of(monday, monday + dt.timedelta(days=6), school_class=pk)
    return tag(request.GET.urlencode(), monday, pk, get_language(), sheets)


def fresh(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same page for everybody who is not signed in: homework.middleware keeps it for a few seconds."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
        return response
    patch_cache_control(response, max_age=FRESH_SECONDS)
    response.for_everybody = True  # type: ignore[attr-defined]
    return response


@public
@require_safe
@condition(etag_func=board_version)
def board(request: HttpRequest) -> HttpResponse:
    """A day, by grade and class; for the grades without written homework the week's learning points as well."""
    day, grade = day_of(request), grade_of(request)
    grades: dict[int, list[ClassSheet]] = {}
    for sheet in published_on(day, grade):
        grades.setdefault(sheet.school_class.grade(day), []).append(sheet)
    points: dict[int, list[LearningPoint]] = {}
    for point in LearningPoint.objects.filter(week=monday_of(day)).select_related("subject"):
        if grade in (None, point.grade):
            points.setdefault(point.grade, []).append(point)
    context = {
        "day": day,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
        "grades": [(n, grade_name(n), grades.get(n, []), points.get(n, [])) for n in sorted({*grades, *points})],
        "all_grades": [(n, grade_name(n)) for n in range(1, SchoolSettings.load().top_grade + 1)],
        "grade": grade,
        "printable": bool(grades),
        "school_day": SchoolDay.objects.of(day),
        "parent_form": HomeworkSettings.load().parent_form,
    }
    return fresh(request, render(request, "homework/board.html", context))


@public
@require_safe
@condition(etag_func=class_version)
def board_class(request: HttpRequest, pk: int) -> HttpResponse:
    """One class's week (a class's own page, R076)."""
    school_class = get_object_or_404(SchoolClass, pk=pk)
    monday = read_week(request.GET.get("day"))
    context = week_of(school_class, monday) | {
        "before": monday - dt.timedelta(days=7),
        "after": monday + dt.timedelta(days=7),
    }
    return fresh(request, render(request, "homework/board_class.html", context))


@public
@require_safe
def board_screen(request: HttpRequest) -> HttpResponse:
    """For a television in the hall: today's sheets a few classes at a time; the page turns by itself, without script.

    Who reads more slowly stops it («still»).
    """
    settings, day = HomeworkSettings.load(), read_day(request.GET.get("day"))
    pages = Paginator(published_on(day, grade_of(request)), settings.screen_classes)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query["page"] = str(page.next_page_number() if page.has_next() else 1)
    context = {
        "day": day,
        "page": page,
        "still": (still := "still" in request.GET),
        "now": timezone.localtime(),
    }
    response = render(request, "homework/board_screen.html", context)
    if not still:
        response["Refresh"] = f"{settings.screen_seconds};url=?{query.urlencode()}"
    return fresh(request, response)


@public
@require_safe
@bounded("board_print")
def board_print(request: HttpRequest) -> HttpResponse:
    """A4 for the wall: a day of one grade or of all, or a week of one class (`class`) or grade (`week`)."""
    if class_pk := read_number(request.GET.get("class")):
        school_class, monday = get_object_or_404(SchoolClass, pk=class_pk), read_week(request.GET.get("day"))
        if not any(sheet for _day, sheet in week_of(school_class, monday)["days"]):
            raise Http404
        return print_paper(request, papers.BOARD_CLASS, school_class, monday)
    day, grade = read_day(request.GET.get("day")), grade_of(request)
    week = "week" in request.GET and grade is not None
    first, last = (monday_of(day), monday_of(day) + dt.timedelta(days=6)) if week else (day, day)
    if not sheets_between(first, last, grade).exists():
        raise Http404
    return print_paper(request, papers.BOARD, first, last, grade)


@public
@require_safe
@bounded("board_archive")
def board_archive(request: HttpRequest) -> HttpResponse:
    """All that was ever published, searched by words, class, subject and days."""
    today = timezone.localdate()
    form = ArchiveForm(request.GET, classes=SchoolClass.objects.in_year(school_year_of(today)))
    items = form.apply(HomeworkItem.objects.published().with_classes())
    rows = items.order_by("-sheet__day", "-sheet__school_class__entry_year", "sheet__school_class__number", "pk")
    context = {"form": form, "table": paged(request, ArchiveTable(rows))}
    return render(request, "homework/board_archive.html", context)


@public
@require_safe
def board_editions(request: HttpRequest) -> HttpResponse:
    """The Monday and Friday editions, the newest first."""
    page_obj = Paginator(BoardEdition.objects.all(), PAGE).get_page(request.GET.get("page"))
    return render(request, "homework/board_editions.html", {"page_obj": page_obj})


@public
@require_safe
def edition_pdf(request: HttpRequest, pk: int) -> FileResponse:
    edition = get_object_or_404(BoardEdition, pk=pk)
    return FileResponse(edition.file.open("rb"), content_type="application/pdf", filename=f"{edition}.pdf")


@public
@require_safe
def board_checks(request: HttpRequest) -> HttpResponse:
    """Spot checks with their seeds and results, and confirmed findings: by class and subject, never by person."""
    results = SpotCheckClass.objects.select_related("school_class")
    checks = SpotCheck.objects.prefetch_related(Prefetch("classes", queryset=results))
    page_obj = Paginator(checks, 10).get_page(request.GET.get("page"))
    findings = Rectification.objects.filter(published_at__isnull=False).select_related("school_class", "subject")
    known = SchoolClass.objects.in_bulk({pk for check in page_obj for pk, _grade in check.candidates})
    context = {
        "page_obj": page_obj,
        "rows": [
            (
                check,
                [(r, r.school_class.label(check.day)) for r in check.classes.all()],
                [(known[pk].label(check.day), f"class {pk}") for pk, _grade in check.candidates if pk in known],
            )
            for check in page_obj
        ],
        "findings": [(row, row.school_class.label(row.day)) for row in findings.order_by("-day")[:30]],
    }
    return render(request, "homework/board_checks.html", context)
