"""Planning and carrying out an import of a whole workbook."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.fonts import signs_without_face
from school.importing.containers import MAX_BYTES, OLE, ZIP, Table, cells_in, tables_of, uncomputed_in, without_author
from school.importing.mapping import remember, remembered
from school.importing.plan import UNCHANGED, Context, SheetPlan, by_name, importers
from school.importing.shapes import NotMatched, Reading, Readings, ReadSheet
from school.importing.workbook import read_shapes, term_in
from school.models import ImportBatch, Room, SchoolClass, Staff, Student, Term, User
from school.models.calendar import school_year_of
from school.services import load_calendar

# First and last day of a term whose dates nobody has entered yet, as (year offset, month, day).
TERM_DAYS = {1: ((0, 9, 1), (1, 1, 22)), 2: ((1, 2, 22), (1, 7, 9))}
MOST_MARKED = 400_000  # cells
LOCK = 4_201_937  # any number, the same for every import


class PlanChanged(Exception):
    """The school's data changed since the preview, so the plan that was shown no longer holds."""


@dataclass
class ImportPlan:
    sha256: str
    context: Context
    sheets: dict[str, SheetPlan]
    only: tuple[str, ...] = ()
    readings: Readings = field(default_factory=dict)

    @property
    def has_refusals(self) -> bool:
        return bool(self.context.refused)

    def summary(self) -> dict[str, Any]:
        """The object that import_school prints; see the README."""
        keys = sorted(self.sheets, key=lambda key: (key != "students", list(self.sheets).index(key)))
        return {key: self.sheets[key].as_json() for key in keys} | {
            "refused": [problem.as_json() for problem in self.context.refused],
            "warnings": self.context.warnings,
        }

    def as_json(self) -> dict[str, Any]:
        """What ImportBatch stores: the summary and every row that is created or changed, as it was shown."""
        refused = [one.as_json() | {"table": one.table, "found": one.found} for one in self.context.refused]
        return {
            "summary": self.summary() | {"refused": refused},
            "term": str(self.context.term),
            "holds_from": self.context.holds_from.isoformat(),
            "only": list(self.only),
            "readings": {name: reading.as_json() for name, reading in self.readings.items()},
            "rows": {
                key: [row.fingerprint() for row in plan.rows if row.action != UNCHANGED]
                for key, plan in self.sheets.items()
            },
        }


def plan_import(
    data: bytes, *, only: Sequence[str] = (), readings: Readings | None = None, today: dt.date | None = None
) -> ImportPlan:
    """Reads and checks the workbook, writes nothing. Raises WorkbookRefused when it cannot be read.

    `readings` say how its sheets are read, before what is remembered of files with the same headings.

    A workbook brings the sheets that it has; the others' rows are the school's. `only` names importers by their keys where just
    these sheets are looked for.
    """
    wanted = [importer for importer in importers() if not only or importer.key in only]
    tables = tables_of(data)
    readings = remembered(tables) | dict(readings or {})
    sheets = read_shapes(tables, [importer.shape for importer in wanted], readings)
    plan = plan_sheets(sheets, sha256=hashlib.sha256(data).hexdigest(), only=only, today=today)
    read = {name for sheet in sheets.values() for name in sheet.tables}
    unread = [table.name for table in tables if table.name not in read and len(table.rows) > 1]
    if unread and len(tables) > 1:
        plan.context.warnings.append(
            _("Not read, since nobody said what they are: «%s». If one is needed, press «Say what the columns are».")
            % "、".join(unread)
        )
    if uncomputed := uncomputed_in(data):
        plan.context.warnings.append(
            _(
                "%d cells hold a formula without a result and are read as empty: open the file in Excel or WPS, save it, and "
                "upload it again."
            )
            % uncomputed
        )
    if unprintable := cells_without_face(table for table in tables if table.name in read):
        plan.context.warnings.append(
            _(
                "These would have an empty box on paper, since no font of the server has the sign: %s. They are taken as they "
                "are; ask the people who run the server for a larger font."
            )
            % "、".join(unprintable[:20])
        )
    plan.readings = {name: reading for name, reading in readings.items() if name in read}
    return plan


def cells_without_face(tables: Iterable[Table]) -> list[str]:
    """The cells with a sign that no font has, each once."""
    cells = {str(cell) for table in tables for row in table.rows for cell in row if cell}
    missing = set(signs_without_face("".join(cells)))
    return sorted(cell for cell in cells if missing.intersection(cell)) if missing else []


def plan_sheets(
    sheets: dict[str, ReadSheet], *, sha256: str = "", only: Sequence[str] = (), today: dt.date | None = None
) -> ImportPlan:
    """The plan for sheets that have been read (or made by the demonstration)."""
    context = Context(
        today=today or timezone.localdate(), term=_term(sheets), first_import=not Student.objects.exists()
    )
    if context.term.pk is None:
        context.warnings.append(
            _("The term %(term)s is made; check its first and last day: %(first)s to %(last)s.")
            % {"term": context.term, "first": context.term.starts_on, "last": context.term.ends_on}
        )
    wanted = [one for one in importers() if one.shape.sheet in sheets and (not only or one.key in only)]
    known_of_the_school(context, {one.key for one in wanted})
    plans = {importer.key: importer.plan(sheets[importer.shape.sheet], context) for importer in wanted}
    passed_over = {sheet.name: sheet.passed_over for sheet in sheets.values() if sheet.passed_over}
    for name, count in passed_over.items():
        context.warnings.append(
            _("«%(sheet)s»: %(n)d rows are sums or repeated headings and were passed over.")
            % {"sheet": name, "n": count}
        )
    for sheet in sheets.values():
        if sheet.unread:
            context.warnings.append(
                _(
                    "«%(sheet)s»: these columns are not read: %(columns)s. If one is needed, press «Say what the columns are»."
                )
                % {
                    "sheet": "、".join(filter(None, sheet.tables)) or sheet.name,
                    "columns": "、".join(sheet.unread[:30]),
                }
            )
    return ImportPlan(sha256, context, plans, tuple(only))


def known_of_the_school(context: Context, brought: set[str]) -> None:
    """What the sheets that the file does not bring would have said. A school without classes gets those of the pupils' sheet."""
    day = context.term.starts_on
    if "rooms" not in brought:
        context.known["rooms"] = set(Room.objects.values_list("name", flat=True))
    if "staff" not in brought:
        staff = Staff.objects.filter(kind=Staff.Kind.EMPLOYEE, left_on=None)
        context.known["staff_numbers"] = set(Staff.objects.values_list("number", flat=True))
        context.known["staff_phones"] = dict(staff.values_list("phone", "name"))
        classes = SchoolClass.objects.filter(graduated_on=None)
        context.known["classes"] = {(one.grade(day), one.number) for one in classes}
        # In a school that has classes another one is a slip of the hand.
        context.known["may_make_classes"] = not classes
        context.known["staff_names"] = by_name(Staff.objects.filter(left_on=None).values_list("name", "number"))


def _term(sheets: dict[str, ReadSheet]) -> Term:
    """The term that a title names, else the current one; in a school without terms the one of today."""
    named = next((found for sheet in sheets.values() if (found := term_in(sheet.title))), None)
    today = timezone.localdate()
    if named is None and (term := Term.objects.current(today)):
        return term
    # February to July is the second half.
    school_year, half = named or (school_year_of(today), 2 if 2 <= today.month < 8 else 1)
    term = Term.objects.filter(school_year=school_year, half=half).first()
    if term is None:
        first, last = (dt.date(school_year + year, month, day) for year, month, day in TERM_DAYS[half])
        term = Term(school_year=school_year, half=half, starts_on=first, ends_on=last)
        term.winter_from = dt.date(school_year, 11, 1) if half == 1 else None
    return term


@transaction.atomic
def apply_import(plan: ImportPlan, *, by: User | None) -> None:
    """Writes the accepted rows of the plan. The caller decides whether refused rows may be left out."""
    alone()
    with pghistory.context(source="import", sha256=plan.sha256, user=by.pk if by else None):
        if plan.context.term.pk is None:
            plan.context.term.save()
            load_calendar(term=plan.context.term)
        for importer in importers():
            if importer.key in plan.sheets:
                importer.apply(plan.sheets[importer.key], plan.context)


def alone() -> None:
    """Until this transaction ends nobody else imports: a plan that is made after it still holds when it is carried out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def preview_batch(*, upload: UploadedFile, only: Sequence[str] = (), by: User) -> ImportBatch:
    """What the workbook would do, kept to be confirmed; of one whose columns nobody recognises the file alone, to be asked about.

    Raises WorkbookRefused when it cannot be read.
    """
    data = kept_copy(upload.read(MAX_BYTES + 1))
    name, digest = (upload.name or "")[:200], hashlib.sha256(data).hexdigest()
    batch = ImportBatch(file_name=name, sha256=digest, uploaded_by=by)
    try:
        batch.plan = plan_import(data, only=only).as_json()
    except NotMatched as refusal:
        batch.status = ImportBatch.Status.UNREAD
        batch.plan = {"only": list(only), "why": str(refusal)}
    batch.file.save("workbook.xlsx", ContentFile(data))
    return batch


def plan_of(batch: ImportBatch, data: bytes) -> ImportPlan:
    """The plan for the kept file, read as it was said."""
    return plan_import(data, only=batch.plan.get("only", ()), readings=readings_of(batch))


def readings_of(batch: ImportBatch) -> dict[str, Reading]:
    return {name: Reading.from_json(stored) for name, stored in batch.plan.get("readings", {}).items()}


@transaction.atomic
def say_columns(*, batch: ImportBatch, readings: Readings) -> None:
    """Plans the kept file as somebody said that it is read. It is remembered once the import is confirmed.

    Raises WorkbookRefused where it cannot be read so.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status not in (ImportBatch.Status.UNREAD, ImportBatch.Status.PREVIEWED):
        return
    with batch.file.open("rb") as stored:
        data = stored.read()
    plan = plan_import(data, only=batch.plan.get("only", ()), readings=readings)
    batch.plan, batch.status = plan.as_json(), ImportBatch.Status.PREVIEWED
    batch.save()


@transaction.atomic
def confirm_batch(*, batch: ImportBatch, accept_good_rows: bool, by: User) -> None:
    """Carries out exactly the preview that was shown. Raises PlanChanged when it no longer holds.

    A second confirmation of the same batch finds it applied and does nothing.
    """
    alone()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != ImportBatch.Status.PREVIEWED:
        return
    with batch.file.open("rb") as stored:
        data = stored.read()
    plan = plan_of(batch, data)
    if plan.sha256 != batch.sha256 or plan.as_json()["rows"] != batch.plan["rows"]:
        raise PlanChanged
    if plan.has_refusals and not accept_good_rows:
        raise PlanChanged
    apply_import(plan, by=by)
    remember(tables_of(data), readings_of(batch))
    batch.status = ImportBatch.Status.APPLIED
    batch.applied_at = timezone.now()
    batch.save()


def marked_copy(data: bytes, refused: list[dict[str, Any]], readings: Readings | None = None) -> bytes:
    """The uploaded file as a workbook with the refused cells coloured and their reasons as comments."""
    import openpyxl  # 16 MB
    from openpyxl.comments import Comment  # so too
    from openpyxl.styles import PatternFill  # so too

    tables = tables_of(data)
    sheets = read_shapes(tables, [one.shape for one in importers()], remembered(tables) | dict(readings or {}))
    try:
        # What was read in a process of its own is read here: not where openpyxl would make more cells than a school has.
        book = openpyxl.load_workbook(io.BytesIO(data)) if cells_in(data) <= MOST_MARKED else plain_copy(data)
    except Exception:  # noqa: BLE001 - what openpyxl raises at a file that is no .xlsx, or an odd one, has no common class
        book = plain_copy(data)
    fill = PatternFill("solid", fgColor="FFFFE2A8")
    for problem in refused:
        table = problem.get("table") or next(iter(sheets[problem["sheet"]].tables), "")
        worksheet = book[table] if table in book.sheetnames else book.worksheets[0]
        columns = sheets[problem["sheet"]].tables.get(table, {})
        for column, _value, reason in problem.get("found") or [(problem["column"], "", problem["reason"])]:
            cell = worksheet.cell(problem["row"], columns.get(column, 0) + 1)
            for area in worksheet.merged_cells.ranges:
                if cell.coordinate in area:  # only the first cell of a merged area takes a comment
                    cell = worksheet.cell(area.min_row, area.min_col)
            cell.fill = fill
            said = cell.comment.text.split("\n") if cell.comment else []
            cell.comment = Comment("\n".join(dict.fromkeys([*said, reason])), _("import"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kept_copy(data: bytes) -> bytes:
    """What is kept of an uploaded file: the same tables without the author's name. Raises WorkbookRefused."""
    tables_of(data)
    if data.startswith(ZIP):
        return without_author(data)
    if not data.startswith(OLE):
        return data
    out = io.BytesIO()
    plain_copy(data).save(out)
    return without_author(out.getvalue())


def plain_copy(data: bytes) -> Any:
    """The tables of a file that is no .xlsx as a workbook: values only."""
    import openpyxl  # 16 MB

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables_of(data):
        sheet = book.create_sheet(table.name[:31] or "1")
        for row in table.rows:
            sheet.append(row)
    return book
