"""One shape of a list: the same cells on the screen and in the workbook; and a paper as the answer."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from documents.workbooks import Column
from school.models import Student
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date, cn_datetime

PAGE = 25


@dataclass(frozen=True)
class Table:
    """`cells(row)` gives the values under `heads`; `url(row)` what the first one leads to; `fields` name what leaves."""

    title: str
    heads: Sequence[str]
    cells: Callable[[Any], Sequence[Any]]
    url: Callable[[Any], str]
    fields: Sequence[str]


def shown(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return cn_datetime(value)
    if isinstance(value, dt.date):
        return cn_date(value, "year")
    return "–" if value in (None, "") else str(value)


def plain(value: Any) -> Any:
    """As a cell of a workbook takes it."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return value if value is None or isinstance(value, int | float | dt.date) else str(value)


def list_page(
    request: HttpRequest,
    template: str,
    table: Table,
    rows: Any,
    *,
    form: Form,
    tabs: Sequence[CountTab] = (),
    **context: Any,
) -> HttpResponse:
    """The list as a page, or as a workbook where that is asked for. Templates extend `components/list_page.html`."""
    if export_asked(request):
        lines = [[plain(cell) for cell in table.cells(row)] for row in rows]
        columns = [Column(head) for head in table.heads]
        return export_list(request, title=table.title, columns=columns, rows=lines, fields=list(table.fields))
    page_obj = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown_rows = [
        (table.url(row), list(zip(table.heads, map(shown, table.cells(row)), strict=True)), row) for row in page_obj
    ]
    context |= {"table": table, "page_obj": page_obj, "lines": shown_rows, "form": form, "tabs": tabs}
    return render(request, template, context)


def with_children(rows: Any) -> Any:
    """Each row's child with its class label, in one query."""
    return rows.prefetch_related(Prefetch("student", Student.objects.with_class(timezone.localdate())))
