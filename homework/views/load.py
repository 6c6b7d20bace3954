"""The load at a glance: heat map, trend, subjects, who has most and least; as a page, a workbook and on paper."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.workbooks import Column
from homework import papers
from homework.forms.records import SpanForm
from homework.overview import overview
from school.access import role_required
from school.models import Term
from school.models.office import grades_or_all
from school.views.papers import print_paper
from web.exporting import export_asked, export_list
from web.templatetags.formats import cn_day

READERS = ("academic_office", "service_office", "principal", "grade_head", "homeroom_teacher")


class LoadFilter(SpanForm):
    grade = forms.TypedChoiceField(
        label=gettext_lazy("Grade"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=grades_or_all,
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
    first, last = form.span(timezone.localdate())
    context = overview(first, last, form.cleaned_data.get("grade") if form.is_valid() else None)
    if export_asked(request):
        return export_load(request, context)
    if "print" in request.GET:
        return print_paper(request, papers.LOAD, context)
    query = request.GET.copy()
    query["print"] = "1"
    return render(request, "homework/load_overview.html", context | {"form": form, "print_query": query.urlencode()})


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
