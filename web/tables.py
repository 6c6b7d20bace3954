"""A list, declared once: its columns serve the page, the order by a click on a heading, and the workbook.

    class ApplicationTable(ListTable):
        title = _("Applications")
        empty = Empty("file-text", _("No application here"), _("When a family applies, it appears here."))
        taken = ["name"]

        child = TitleColumn(_("Child"), accessor="student__name", url=Application.get_absolute_url)
        submitted_at = DateTimeColumn(_("Applied"), orderable=True)
        status = StatusColumn(_("Status"), kinds=STATUS_KIND)

    def application_list(request):
        return list_page(request, ApplicationTable(rows), form=…, tabs=…)

Columns, accessors, `render_…` and `value_…` are those of django-tables2: https://django-tables2.readthedocs.io.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Any

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import Context
from django.template.context_processors import csrf
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_tables2 import A, RequestConfig, Table
from django_tables2.utils import OrderByTuple

from documents.workbooks import Column as WorkbookColumn
from web.addresses import read_number, read_numbers
from web.columns import (
    ActionsColumn,
    ButtonColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    DayColumn,
    EditColumn,
    NarrowColumn,
    NumberColumn,
    SelectColumn,
    StatusColumn,
    TemplateColumn,
    TitleColumn,
    WeekdaysColumn,
    Words,
)
from web.editing import saved
from web.exporting import export_asked, export_list
from web.ordering import natural
from web.templatetags.components import CountTab
from web.templatetags.formats import DASH

__all__ = [
    "WHOLE",
    "ActionsColumn",
    "Batch",
    "ButtonColumn",
    "Column",
    "DateColumn",
    "DateTimeColumn",
    "DayColumn",
    "EditColumn",
    "Empty",
    "Link",
    "ListTable",
    "NarrowColumn",
    "NumberColumn",
    "SelectColumn",
    "StatusColumn",
    "TemplateColumn",
    "TitleColumn",
    "WeekdaysColumn",
    "list_page",
]

PAGE = 25
PAGES = (25, 50, 100, 200)
"""What a person may choose to see at once; the choice holds for all lists until the person signs out."""
WHOLE = 500  # for a short list that stands on one page
MOST_AT_ONCE = 200
"""So many rows are carried out by one press of a button, within one request."""
MOST_TAKEN = 20_000
"""A list of more rows is too long for a workbook that is made while somebody waits."""


@dataclass(frozen=True)
class Empty:
    """What stands in the place of a list without rows: an icon, what is missing, and how it comes about."""

    icon: str
    title: Words
    text: Words = ""


@dataclass(frozen=True)
class Link:
    """A way from the list's head to another page; `primary` is the one that most come for."""

    label: Words
    url: str
    icon: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Batch:
    """A button for the rows that are selected: `do(request, keys)` carries it out, and may answer with a page of its own."""

    action: str
    label: Words
    do: Callable[[HttpRequest, list[int]], HttpResponse | None]
    icon: str = "check"


class ListTable(Table):
    """The columns of a list. The first one leads to the row; on a phone it is the title of the row's card.

    `title` heads page and workbook. `taken` names what the workbook carries, for the log of exports: an empty one means that
    the list cannot be taken. A column that shows a field of the model as it is, or of one that it leads to, is sortable unless
    it says otherwise; any other one where it says `orderable=True`. `workbook_title` is for a list whose workbook is called
    otherwise than its page.
    """

    title: Words = ""
    workbook_title: Words = ""
    subtitle: Words = ""
    empty: Empty | None = None
    taken: Sequence[str] = ()

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **{"orderable": False, "default": DASH} | options)
        self.kept_back = {bound.name for bound in self.columns.iterall() if not bound.visible}  # in the workbook only
        if isinstance(data, QuerySet) and not (
            data.query.distinct_fields or data.query.is_sliced or data.query.combinator
        ):
            for bound in self.columns.itervisible():
                # What is shown otherwise than it is stored may be masked: its order would tell it.
                as_stored = not hasattr(self, f"render_{bound.name}") and not isinstance(bound.column, TemplateColumn)
                if as_stored and bound.column.orderable is None and (path := sorting_path(data, str(bound.accessor))):
                    bound.column.orderable, bound.column.order_by = True, OrderByTuple([path])

    @property
    def choosable(self) -> list[Any]:
        """The columns that a person may put away: those that a card of the phone names."""
        return [
            bound for bound in self.columns.iterall() if bound.column.is_labelled and bound.name not in self.kept_back
        ]

    def show_only(self, names: Sequence[str]) -> None:
        """Puts away the other columns that can be, on the page and in the workbook; without a known name nothing is."""
        if not any(bound.name in names for bound in self.choosable):
            return
        for bound in self.choosable:
            if bound.name not in names:
                bound.column.visible, bound.column.exclude_from_export = False, True

    def sums(self) -> dict[str, str]:
        """Under each column with `sums`, the sum of all rows of the list (not of the page), as its cells are written."""
        summed = [bound for bound in self.columns.itervisible() if getattr(bound.column, "sums", False)]
        rows = self.data.data
        if not summed or not len(self.data):
            return {}
        if isinstance(rows, QuerySet):
            asked = {f"sum_{bound.name}": Sum(str(bound.accessor)) for bound in summed}
            found = {name.removeprefix("sum_"): total for name, total in rows.order_by().aggregate(**asked).items()}
        else:
            found = {bound.name: sum(bound.accessor.resolve(row) or 0 for row in rows) for bound in summed}
        return {bound.name: str(bound.column.total(found[bound.name] or 0)) for bound in summed}

    def prepare(self, records: Sequence[Any]) -> None:
        """Set on these records (those of a page, or all of the workbook) what columns show and the rows' query does not give."""

    def workbook_rows(self) -> list[list[Any]]:
        """The rows under `workbook_columns`, all pages, in the order of the page, as cells of a workbook take them."""
        self.prepare(list(self.data))
        _head, *rows = self.as_values()
        return [[plain(cell) for cell in row] for row in rows]

    def workbook_columns(self) -> list[WorkbookColumn]:
        shown = (column for column in self.columns.iterall() if not column.column.exclude_from_export)
        return [WorkbookColumn(str(column.header)) for column in shown]


def sorting_path(rows: "QuerySet[Any]", path: str) -> str:
    """How the database sorts by what stands in a column: a name by its pinyin; empty where it is no field of these rows."""
    *way, last = path.replace(".", "__").split("__")
    model = rows.model
    try:
        for name in way:
            field = model._meta.get_field(name)
            if not (field.many_to_one or field.one_to_one):
                return ""
            model = field.related_model
        field = model._meta.get_field(last)
    except FieldDoesNotExist:
        return ""
    if field.is_relation or not field.concrete or last == model._meta.pk.name:
        return ""
    if last == "name" and any(one.name == "name_key" for one in model._meta.fields):
        last = "name_key"
    return "__".join([*way, last])


def plain(value: Any) -> Any:
    """As a cell of a workbook takes it: numbers and days as they are, times without their zone, all else as words, without the
    marks of a page.
    """
    if isinstance(value, SafeString):
        value = " ".join(unescape(strip_tags(value)).split())
    if value == DASH:
        return None
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return value if value is None or isinstance(value, int | float | Decimal | dt.date | dt.time) else str(value)


def ordered(request: HttpRequest, table: ListTable) -> ListTable:
    """The table in the order that the address asks for; rows that are equal in it follow their keys, so that none is on two
    pages.
    """
    table.show_only(request.GET.getlist("col"))
    RequestConfig(request, paginate=False).configure(table)
    rows = table.data.data
    if table.order_by and isinstance(rows, QuerySet):
        table.data.data = rows.order_by(*map(as_read, rows.query.order_by), "pk")
    return table


def as_read(path: Any) -> Any:
    """How a column of names is sorted: people have their pinyin in a column of its own, things are sorted as they are read."""
    if not isinstance(path, str) or not path.removeprefix("-").endswith("name"):
        return path
    return natural(path[1:]).desc() if path.startswith("-") else natural(path).asc()


def paged(request: HttpRequest, table: ListTable, per_page: int = PAGE) -> ListTable:
    """The table at the page that the address asks for, ready for `{% include "components/table.html" %}`."""
    may_choose = per_page == PAGE
    table.paginator = Paginator(ordered(request, table).rows, rows_at_once(request) if may_choose else per_page)
    table.paginator.sizes = PAGES if may_choose else ()
    table.page = table.paginator.get_page(request.GET.get("page"))
    table.prepare(list(table.page.object_list.data))
    table.most, table.total_row = min(MOST_AT_ONCE, table.paginator.count), table.sums()
    table.context = row_context(request)
    return table


def rows_at_once(request: HttpRequest) -> int:
    """How many rows of a list the person sees: as chosen here (`?per=100`), or before in these hours."""
    chosen = read_number(request.GET.get("per"))
    if chosen in PAGES and request.user.is_authenticated:
        request.session["per"] = chosen
    kept = request.session.get("per") if request.user.is_authenticated else chosen
    return kept if kept in PAGES else PAGE


def selected(request: HttpRequest, table: ListTable) -> list[int]:
    """The keys of the rows that were ticked in a SelectColumn, or of all rows of the list, on all pages; no more than may be
    carried out at once, in the list's order. Only rows of the list count.
    """
    ticked = set(read_numbers(request.POST.getlist("row")))
    everything = request.POST.get("all") == "1"
    rows = ordered(request, table).data.data
    keys = rows.values_list("pk", flat=True) if isinstance(rows, QuerySet) else [A("pk").resolve(row) for row in rows]
    return [key for key in keys if everything or key in ticked][:MOST_AT_ONCE]


def edit_cell(request: HttpRequest, table: ListTable) -> HttpResponse:
    """Saves one cell of an EditColumn. htmx gets the cell, with what undoes it or what was wrong; a plain form the list again."""
    name, pk = request.POST.get("column", ""), read_number(request.POST.get("row"))
    column = table.columns[name].column if name in {bound.name for bound in table.columns.itervisible()} else None
    record = next((row for row in table.data.data if A("pk").resolve(row) == pk), None)
    if not isinstance(column, EditColumn) or record is None:
        raise Http404
    field = next(iter(column.form.base_fields))
    before = getattr(record, field)
    form = column.form({field: request.POST.get("value", "")}, instance=record)
    done = form.is_valid() and saved(form, lambda: column.saved(form))
    if not request.headers.get("HX-Request"):
        if not done:
            messages.error(request, " ".join(sentence for errors in form.errors.values() for sentence in errors))
        return redirect(request.get_full_path())
    cell = column.cell(record, name, row_context(request), column.form(instance=record) if done else form)
    answer = HttpResponse(cell)
    # What was refused takes the place of an earlier «saved».
    told: dict[str, Any] = {"text": " ".join(sentence for errors in form.errors.values() for sentence in errors)}
    if done and request.POST.get("undo"):
        told = {"text": _("Undone.")}
    elif done:
        undo = {"action": "cell", "column": name, "row": pk, "value": before, "undo": 1}
        target = f"#cell-{name}-{pk}"
        told = {"text": _("Saved."), "undo": {"url": request.get_full_path(), "target": target, "values": undo}}
    answer["HX-Trigger"] = json.dumps({"toast": told})
    return answer


def row_context(request: HttpRequest) -> Context:
    """For the columns that are templates. The token is made when one asks for it: a public page sets no cookie."""
    return Context({"request": request, "user": request.user, **csrf(request)})


def list_page(
    request: HttpRequest,
    table: ListTable,
    *,
    template: str = "components/list.html",
    form: Form | None = None,
    tabs: Sequence[CountTab] = (),
    links: Sequence[Link] = (),
    batch: Sequence[Batch] = (),
    status: str = "",
    back: str = "",
    may_take: bool = True,
    per_page: int = PAGE,
    **context: Any,
) -> HttpResponse:
    """One page of the list, or the whole as a workbook where that is asked for.

    `form` filters, `tabs` count by status, `links` stand in the head, `batch` are the buttons of a table with a SelectColumn:
    the one that was pressed is carried out here. `status` is the tab that is shown where the address names none. `may_take` says
    whether this person may take the workbook.
    A template that extends `components/list.html` adds what else the page needs, from `context`.
    """
    may_take = may_take and bool(table.taken)
    if may_take and export_asked(request) and len(table.data) <= MOST_TAKEN:
        ordered(request, table)
        return export_list(
            request,
            title=str(table.workbook_title or table.title),
            columns=table.workbook_columns(),
            rows=table.workbook_rows(),
            fields=list(table.taken),
        )
    asked = request.POST.get("action") if request.method == "POST" else None
    if asked == "cell":
        return edit_cell(request, table)
    for one in batch:
        if one.action == asked:
            return one.do(request, selected(request, table)) or redirect(request.get_full_path())
    context |= {"table": paged(request, table, per_page), "form": form, "tabs": tabs}
    context["may_take"] = may_take and table.paginator.count <= MOST_TAKEN
    context["status"] = status
    context["may_keep"] = bool(tabs or (form and form.fields)) or len(table.choosable) > 2
    return render(request, template, context | {"links": links, "batch": batch, "back": back})
