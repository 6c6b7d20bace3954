"""The school's own workbooks: uploaded, their columns named where nobody knows them, looked at, confirmed; and given out."""

import datetime as dt
import logging
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.responses import workbook_response
from documents.workbooks import Watermark, write_workbook
from school.access import role_required
from school.forms import ColumnsForm, UploadForm
from school.importing.containers import WorkbookRefused, tables_of
from school.importing.plan import importers
from school.importing.run import (
    PlanChanged,
    confirm_batch,
    marked_copy,
    plan_of,
    preview_batch,
    readings_of,
    say_columns,
)
from school.models import ClassMembership, ImportBatch, SchoolSettings, Student, Term
from school.services import log_accesses, log_export
from school.tables import ImportTable
from web.tables import paged

OFFICE = ("service_office", "academic_office")
OPEN = (ImportBatch.Status.UNREAD, ImportBatch.Status.PREVIEWED)
SHOWN = 200
logger = logging.getLogger(__name__)


@role_required(*OFFICE)
def import_list(request: HttpRequest) -> HttpResponse:
    """Upload a workbook; nothing is written before its preview is confirmed."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = preview_batch(upload=form.cleaned_data["file"], by=request.user)
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(page_of(batch), batch.pk)
    table = ImportTable(ImportBatch.objects.select_related("uploaded_by"))
    return render(request, "school/import_list.html", {"form": form, "table": paged(request, table)})


def page_of(batch: ImportBatch) -> str:
    """Where somebody goes on with it."""
    return "school:import_columns" if batch.status == ImportBatch.Status.UNREAD else "school:import_detail"


@role_required(*OFFICE)
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each sheet of the file is, and each of its columns, with samples of values; remembered for the next such file."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if batch.status not in OPEN:
        return redirect("school:import_detail", pk)
    try:
        with batch.file.open("rb") as stored:
            tables = tables_of(stored.read())
    except WorkbookRefused as refusal:
        messages.error(request, str(refusal))
        tables = []
    sheets = {int(name[6:]): value for name, value in request.POST.items() if re.fullmatch(r"sheet_\d{1,3}", name)}
    rows = {
        int(name[4:]): int(value)
        for name, value in request.POST.items()
        if re.fullmatch(r"row_\d{1,3}", name) and re.fullmatch(r"\d{1,3}", value)
    }
    # Where another list or another row was chosen the answers on the page are no answers to the new columns.
    only_sheets = request.method == "POST" and "show" in request.POST
    form = ColumnsForm(
        tables,
        [importer.shape for importer in importers()],
        readings_of(batch),
        sheets,
        rows,
        data=request.POST if request.method == "POST" and not only_sheets else None,
    )
    if form.is_bound and form.is_valid():
        try:
            say_columns(batch=batch, readings=form.readings())
        except WorkbookRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("school:import_detail", pk)
    return render(request, "school/import_columns.html", {"batch": batch, "form": form})


@dataclass(frozen=True)
class Cause:
    """One reason for which rows are refused."""

    sheet: str
    column: str
    reason: str
    rows: list[tuple[int, str]]
    """(number of the row, what stands in the column)"""

    @property
    def numbers(self) -> str:
        shown = "、".join(str(row) for row, _value in self.rows[:30])
        return f"{shown} …" if len(self.rows) > 30 else shown

    @property
    def values(self) -> list[str]:
        """What stands there, each once."""
        return list(dict.fromkeys(value for _row, value in self.rows if value))[:5]


def causes_of(refused: list[dict[str, Any]]) -> list[Cause]:
    """What is wrong with the refused rows, by its reason, the most frequent first; a row may have several."""
    found: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for problem in refused:
        sheet = problem.get("table") or problem["sheet"]
        for column, value, reason in problem.get("found") or [(problem["column"], problem["value"], problem["reason"])]:
            found[sheet, column, reason].append((problem["row"], value))
    causes = [Cause(*key, rows) for key, rows in found.items()]
    return sorted(causes, key=lambda cause: -len(cause.rows))


def contents_of(batch: ImportBatch) -> dict[str, Any]:
    """What the page of an import shows of its plan, by the names that the template knows."""
    summary = batch.plan["summary"]
    sheets = [(key, summary[key]) for key in ("students", "staff", "rooms", "clubs") if key in summary]
    headings = {importer.key: importer.headings for importer in importers()}
    changed = [
        (key, row, label, {headings[key].get(field, field): pair for field, pair in changes.items()})
        for key, rows in batch.plan["rows"].items()
        for row, label, action, changes in rows
        if action == "updated"
    ]
    return {
        "batch": batch,
        "sheets": sheets,
        "changed": changed[:SHOWN],
        "changed_count": len(changed),
        "classes": by_class(batch),
        "warnings": summary["warnings"][:50],
        "term": batch.plan["term"],
        "has_good_rows": any(counts["created"] or counts["updated"] for _key, counts in sheets),
        "has_missing": any(counts["missing"] for _key, counts in sheets),
        "holds_from": _day_of(batch.plan.get("holds_from")) if begins_something(batch) else None,
    }


def begins_something(batch: ImportBatch) -> bool:
    """Whether the plan brings posts or places in classes, which hold from a day on."""
    rows = [*batch.plan["rows"].get("students", []), *batch.plan["rows"].get("staff", [])]
    dated = {"class", "homeroom", "title"}
    return any(action == "created" or dated & changes.keys() for _row, _label, action, changes in rows)


def _day_of(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def by_class(batch: ImportBatch) -> list[tuple[str, int, int]]:
    """(class, children that are new, children that change) of the classes to which the file brings something."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _row, label, action, _changes in batch.plan["rows"].get("students", []):
        found[label.rsplit(" ", 1)[-1]][action == "updated"] += 1
    return [(name, new, changed) for name, (new, changed) in found.items()]


@role_required(*OFFICE)
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: what will be created, changed, left alone and refused; confirming applies exactly this."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if request.method == "POST" and "discard" in request.POST and batch.status in OPEN:
        ImportBatch.objects.filter(pk=pk, status__in=OPEN).update(status=ImportBatch.Status.DISCARDED)
        messages.success(request, _("Discarded: %s.") % batch.file_name)
        return redirect("school:import_list")
    if batch.status == ImportBatch.Status.UNREAD:
        return redirect("school:import_columns", pk)
    if request.method == "POST" and batch.status == ImportBatch.Status.PREVIEWED:
        try:
            confirm_batch(batch=batch, accept_good_rows="accept" in request.POST, by=request.user)
        except PlanChanged:
            with batch.file.open("rb") as stored:
                batch.plan = plan_of(batch, stored.read()).as_json()
            batch.save()
            messages.warning(request, _("The school's data changed since this preview. Please check the new one."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except IntegrityError as error:
            # What no check foresaw: nothing is written, and the office reads which rule of the tables refused it.
            logger.warning("import %s refused by the database: %s", pk, error)
            messages.error(
                request,
                _("A row contradicts what is on file, so nothing was imported. Take rows out by halves to find it."),
            )
        else:
            left_out = len(batch.plan["summary"]["refused"])
            told = ngettext("Imported; %d row was not.", "Imported; %d rows were not.", left_out) % left_out
            messages.success(request, told if left_out else _("Imported."))
        return redirect("school:import_detail", pk)
    refused = batch.plan["summary"]["refused"]
    causes = Paginator(causes_of(refused), 25).get_page(request.GET.get("page"))
    shown = {"causes": causes, "refused_count": len(refused)}
    return render(request, "school/import_detail.html", contents_of(batch) | shown)


@role_required(*OFFICE)
def import_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded workbook with the refused cells marked."""
    batch = get_object_or_404(ImportBatch.objects.exclude(status=ImportBatch.Status.UNREAD), pk=pk)
    with batch.file.open("rb") as stored:
        marked = marked_copy(stored.read(), batch.plan["summary"]["refused"], readings_of(batch))
    return workbook_response(marked, f"{batch.file_name.rsplit('.', 1)[0]} {_('with marks')}.xlsx")


@role_required(*OFFICE)
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the columns that the import reads."""
    term = Term.objects.current(timezone.localdate())
    heading = f"{SchoolSettings.load().name}{term or ''}"
    sheets = [importer.export(term, f"{heading}{importer.shape.sheet}", empty=True) for importer in importers()]
    return workbook_response(write_workbook(sheets), f"{_('Template for the import')}.xlsx")


@role_required(*OFFICE)
def import_roster(request: HttpRequest) -> HttpResponse:
    """All that the school has on file in the columns of the import: corrected in Excel it can be brought back."""
    term = Term.objects.current(timezone.localdate())
    heading = f"{SchoolSettings.load().name}{term or ''}"
    sheets = [importer.export(term, f"{heading}{importer.shape.sheet}") for importer in importers()]
    pupils = Student.objects.on_roll(ClassMembership.objects.day_shown(timezone.localdate()))
    log_accesses(
        user=request.user, students=pupils, fields=["number", "birth_date", "health_note", "phones", "special_groups"]
    )
    why, n = _("to be corrected and brought back"), pupils.count()
    log_export(user=request.user, fields=["name", "number", "phones"], rows=n, reason=why, title=_("on file"))
    mark = Watermark(request.user.name, why)
    return workbook_response(write_workbook(sheets, watermark=mark), f"{heading}{_('on file')}.xlsx")
