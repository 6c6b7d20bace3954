"""The load at a glance: heat map, trend, subjects, who has most and least; as a page, a workbook and on paper."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.charts import line_chart
from documents.pdf import render_pdf
from documents.responses import pdf_response
from documents.workbooks import Column
from homework.drawing import OVER, Tile, heat_svg
from homework.forms.records import SpanForm
from homework.load import (
    Line,
    by_subject,
    counted_breaches,
    days_with_lessons,
    finished_share,
    heat,
    no_homework_days,
    returns,
    shade,
    trend,
)
from homework.models.planning import monday_of
from school.access import role_required
from school.models import SchoolSettings, Term
from school.models.places import GRADE_CHOICES, grade_name
from web.exporting import export_asked, export_list
from web.templatetags.formats import cn_date, cn_day

READERS = ("academic_office", "service_office", "principal", "grade_head", "homeroom_teacher")
MOST_DAYS = 25  # more columns than that are shown week by week
EXTREMES = 5


class LoadFilter(SpanForm):
    grade = forms.TypedChoiceField(
        label=gettext_lazy("Grade"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext_lazy("All grades")), *GRADE_CHOICES],
    )
    span_of = forms.ChoiceField(
        label=gettext_lazy("Span"),
        required=False,
        choices=[("", gettext_lazy("Two weeks, or the days given")), ("term", gettext_lazy("Whole term"))],
    )

    def span(self, today: dt.date, *, weeks: int = 2) -> tuple[dt.date, dt.date]:
        data = self.cleaned_data if self.is_valid() else {}
        term = Term.objects.current(today) if data.get("span_of") else None
        if term:
            return term.starts_on, max(term.starts_on, min(today, term.ends_on))
        return super().span(today, weeks=weeks)


@role_required(*READERS)
def load_overview(request: HttpRequest) -> HttpResponse:
    """Which classes have how much, on which days, against which cap; every number leads to its entries."""
    form = LoadFilter(request.GET)
    context = overview(form, timezone.localdate())
    if export_asked(request):
        return export_load(request, context)
    if "print" in request.GET:
        context |= {"school_name": SchoolSettings.load().name, "printed_at": timezone.localtime()}
        pdf = render_pdf("homework/pdf/load.html", context, layout="print_list")
        return pdf_response(pdf, f"{_('Homework load')}-{context['first']}-{context['last']}.pdf")
    query = request.GET.copy()
    query["print"] = "1"
    return render(request, "homework/load_overview.html", context | {"form": form, "print_query": query.urlencode()})


def overview(form: LoadFilter, today: dt.date) -> dict[str, Any]:
    first, last = form.span(today)
    grade = form.cleaned_data.get("grade") if form.is_valid() else None
    lines = [line for line in heat(first, last) if grade in (None, line.grade(last))]
    # Sheets of days without lessons (H4) have their column too.
    days = sorted({*days_with_lessons(first, last), *(day for line in lines for day in line.minutes)})
    weekly = len(days) > MOST_DAYS
    sheets = sum(len(line.minutes) for line in lines)
    capped = [line for line in lines if any(line.caps.values())]
    ranked = sorted(capped, key=lambda line: -(line.mean or 0))
    weeks = trend(lines)
    free = no_homework_days(lines, days)
    return {
        "first": first,
        "last": last,
        "grade": grade_name(grade) if grade else "",
        "weekly": weekly,
        "heat": draw(lines, days, last, weekly=weekly),
        "lines": [(line, line.label(last)) for line in lines],
        "sheets": sheets,
        "mean": round(sum(line.total for line in lines) / sheets, 1) if sheets else None,
        "over": sum(line.days_over for line in lines),
        "most": [(line, line.label(last)) for line in ranked[:EXTREMES]],
        "least": [(line, line.label(last)) for line in ranked[: -EXTREMES - 1 : -1]],
        "subjects": by_subject(first, last, lines),
        "counted": counted_breaches(first, last, [line.class_pk for line in lines]),
        "returned": returns(first, last, [line.class_pk for line in lines]),
        "weeks": weeks,
        "trend": line_chart([(cn_day(week.monday), week.mean) for week in weeks]) if len(weeks) > 1 else "",
        "free": free,
        "free_kept": sum(kept for _day, kept, _all in free),
        "free_all": sum(whole for _day, _kept, whole in free),
        "finished": finished_share(first, last, None if grade is None else [line.class_pk for line in lines]),
        "days": days,
    }


def draw(lines: list[Line], days: list[dt.date], last: dt.date, *, weekly: bool) -> str:
    if not lines:
        return ""
    if weekly:
        columns = list(dict.fromkeys(monday_of(day) for day in days))
        return heat_svg([(line.label(last), week_tiles(line, last)) for line in lines], columns, cn_day)
    return heat_svg([(line.label(last), day_tiles(line)) for line in lines], days, cn_day)


def day_tiles(line: Line) -> dict[dt.date, Tile]:
    return {
        day: Tile(
            minutes,
            shade(minutes, line.caps[day]),
            reverse("homework:sheet_detail", args=[line.class_pk, day.isoformat()]),
            f"{line.label(day)} {cn_date(day)} {minutes} / {line.caps[day]}",
        )
        for day, minutes in line.minutes.items()
    }


def week_tiles(line: Line, last: dt.date) -> dict[dt.date, Tile]:
    """The mean of a week's sheets; amber where one of its days is over the cap."""
    weeks: dict[dt.date, list[tuple[int, int]]] = {}
    for day, minutes in line.minutes.items():
        weeks.setdefault(monday_of(day), []).append((minutes, line.caps[day]))
    page = reverse("homework:load_overview")
    tiles = {}
    for monday, cells in weeks.items():
        mean = round(sum(minutes for minutes, _cap in cells) / len(cells), 1)
        over = any(minutes > cap for minutes, cap in cells)
        tone = OVER if over else shade(mean, sum(cap for _minutes, cap in cells) / len(cells))
        sunday = monday + dt.timedelta(days=6)
        url = f"{page}?first={monday}&last={sunday}&grade={line.grade(last)}"
        tiles[monday] = Tile(mean, tone, url, f"{line.label(last)} {cn_day(monday)}–{cn_day(sunday)} {mean}")
    return tiles


def export_load(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Class by class: each day's minutes, then sum, mean and days over the cap."""
    days = context["days"]
    columns = [Column(_("Class")), *(Column(cn_day(day)) for day in days)]
    columns += [Column(_("Sum")), Column(_("Mean")), Column(_("Days over the cap"))]
    rows = [
        [
            label,
            *(line.minutes.get(d) for d in days),
            line.total,
            line.mean,
            line.days_over,
        ]
        for line, label in context["lines"]
    ]
    return export_list(request, title=_("Homework load"), columns=columns, rows=rows, fields=["none"])
