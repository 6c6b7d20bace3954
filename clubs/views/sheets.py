"""The timetable in force for a door or a desk: by room, by adult, by class, and the meetings of one week. Page and paper."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from clubs import papers
from clubs.views.timetable import READERS, current_term
from clubs.week_pages import KINDS, TITLES, WORKDAYS
from school.access import role_required
from school.models import Period, SchoolSettings
from school.views.papers import print_paper
from web.addresses import read_day
from web.templatetags.formats import weekdays

SHEET_READERS = (*READERS, "teacher")


@role_required(*SHEET_READERS)
def timetable_sheets(request: HttpRequest, by: str) -> HttpResponse:
    """One sheet on the page, chosen by `of`; on paper (`print`) that one, or without `of` all, each on a new page."""
    if by not in KINDS:
        raise Http404
    term, printing = current_term(), "print" in request.GET
    names = SchoolSettings.load().list_names if printing else SchoolSettings.ListNames.FULL
    sheets = KINDS[by].pages(request.user, term, names)
    chosen = [sheet for sheet in sheets if str(sheet.key) == request.GET.get("of")]
    if printing and not sheets:
        raise Http404
    if printing:
        return print_paper(request, papers.TIMETABLE_SHEETS, by, term, chosen or sheets)
    sheet = next(iter(chosen or sheets), None)
    context: dict[str, Any] = {
        "by": by,
        "title": TITLES[by],
        "titles": TITLES.items(),
        "term": term,
        "sheets": sheets,
        "days": [weekdays([day]) for day in WORKDAYS],
        "sheet": sheet,
        "rows": sheet.rows(list(Period.objects.all()), WORKDAYS) if sheet else [],
    }
    return render(request, "clubs/timetable_sheets.html", context)


@role_required(*SHEET_READERS)
def timetable_week(request: HttpRequest) -> HttpResponse:
    """The meetings of a week, dated: cancelled ones, other rooms and adults are said."""
    term, today = current_term(), timezone.localdate()
    day = read_day(request.GET.get("day"), default=min(max(today, term.starts_on), term.ends_on))
    monday = day - dt.timedelta(days=day.weekday())
    if "print" in request.GET:
        return print_paper(request, papers.TIMETABLE_WEEK, term, monday)
    context = papers.week_of(term, monday) | {
        "before": monday - dt.timedelta(days=7),
        "after": monday + dt.timedelta(days=7),
        "titles": TITLES.items(),
    }
    return render(request, "clubs/timetable_week.html", context)
