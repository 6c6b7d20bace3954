"""Record sheets: the family's, the class's, on paper; estimated against actual; who finished at school."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework import papers
from homework.forms.records import FinishedForm, RecordForm, ReplyForm, SpanForm
from homework.load import Estimate, deviation, finished_share
from homework.models import ClassSheet, FinishedAtSchool, HomeworkItem, HomeworkSettings, RecordLine, RecordSheet
from homework.rows import STAFF, collects
from homework.services.recording import (
    collect_records,
    enter_finished,
    fill_record,
    late_to_bed,
    reply_to_record,
)
from homework.views.common import classes_for, classes_of_year, read_day, staff_of
from school.access import role_required
from school.models import SchoolClass, Staff, Student, User
from school.models.places import ClassMembership
from school.rows import homeroom_children, with_children
from school.services import log_access
from school.views.papers import print_paper
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date

RECENT = dt.timedelta(days=7)


def own_children(user: User, day: dt.date) -> Any:
    """Children of a guardian, with the class in which they were on a day."""
    own = Student.objects.of_guardian(user)
    return own.distinct().with_class(day)


def asks_for_records(settings: HomeworkSettings, day: dt.date) -> bool:
    return settings.records_on(day) and settings.records != HomeworkSettings.Records.PAPER


@role_required("guardian")
def family_records(request: HttpRequest) -> HttpResponse:
    """The last week's sheets of one's children: filled in, to be filled in, answered. Nothing is asked where it is off."""
    today, settings = timezone.localdate(), HomeworkSettings.load()
    children = list(own_children(request.user, today))
    found = ClassSheet.objects.published().filter(
        school_class__in=[c.class_id for c in children if c.class_id], day__gt=today - RECENT, day__lte=today
    )
    sheets = list(found.order_by("-day"))
    by_class: dict[int, list[ClassSheet]] = {}
    for sheet in sheets:
        by_class.setdefault(sheet.school_class_id, []).append(sheet)
    filled = {
        (row.student_id, row.sheet_id): row
        for row in RecordSheet.objects.visible_to(request.user).filter(student__in=children, sheet__in=sheets)
    }
    kept = {sheet.day: asks_for_records(settings, sheet.day) for sheet in sheets}
    rows = [
        (child, [(s, filled.get((child.pk, s.pk)), kept[s.day]) for s in by_class.get(child.class_id, [])])
        for child in children
    ]
    context = {"rows": rows}
    return render(request, "homework/family_records.html", context)


@role_required("guardian")
def record_fill(request: HttpRequest, student_pk: int, day: str) -> HttpResponse:
    """One child's record of one day, filled in by a guardian."""
    date = read_day(day)
    student = get_object_or_404(own_children(request.user, date), pk=student_pk)
    if not asks_for_records(HomeworkSettings.load(), date) or student.class_id is None:
        raise Http404
    sheet = get_object_or_404(ClassSheet.objects.published(), school_class=student.class_id, day=date)
    return fill_page(request, student, sheet, back="homework:family_records", on_paper=False)


def fill_page(
    request: HttpRequest, student: Student, sheet: ClassSheet, *, back: str, on_paper: bool, **address: Any
) -> HttpResponse:
    items = list(sheet.items.select_related("subject").exclude(place=HomeworkItem.Place.CLASS))
    known = RecordSheet.objects.filter(student=student, sheet=sheet).select_related("replied_by").first()
    form = RecordForm(items, request.POST or None, initial=initial_of(known))
    if request.method == "POST" and form.is_valid():
        try:
            fill_record(student=student, sheet=sheet, record=form.record(on_paper=on_paper), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved. The homeroom teacher sees it."))
            return redirect(back, **address)
    context = {"form": form, "student": student, "sheet": sheet, "record": known, "on_paper": on_paper}
    return render(request, "homework/record_fill.html", context)


def initial_of(record: RecordSheet | None) -> dict[str, Any]:
    if record is None:
        return {}
    initial: dict[str, Any] = {
        name: getattr(record, name) for name in ("extra_content", "extra_minutes", "bedtime", "remark")
    }
    for line in record.lines.all():
        initial |= {f"minutes-{line.item_id}": line.minutes, f"school-{line.item_id}": line.at_school}
    return initial


# --- the class's -------------------------------------------------------------------------------------------------


def collected_class(request: HttpRequest, class_pk: int) -> SchoolClass:
    """A class whose records this person collects; not found for others."""
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    if not collects(request.user, class_pk):
        raise Http404
    return school_class


Row = tuple[Student, RecordSheet | None, bool]


def records_of_class(user: User, school_class: SchoolClass, day: dt.date, sheet: ClassSheet | None) -> list[Row]:
    """(child, record, late to bed) of the class; who has handed in stands first."""
    members = ClassMembership.objects.on(day).filter(school_class=school_class).select_related("student")
    known: dict[int, RecordSheet] = {}
    late: set[int] = set()
    if sheet:
        records = RecordSheet.objects.visible_to(user).filter(sheet=sheet).annotate(took=Sum("lines__minutes"))
        known = {record.student_id: record for record in records}
        late = set(records.filter(late_to_bed(day)).values_list("pk", flat=True))
    found = []
    for member in members.order_by("student__name_key"):
        record = known.get(member.student_id)
        found.append((member.student, record, bool(record and record.pk in late)))
    return sorted(found, key=lambda row: row[1] is None)


@role_required("homeroom_teacher", "academic_office")
def record_class(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """The class's records of a day: who has handed in, how long it took, late bedtimes, remarks with their answers."""
    school_class, date, settings = collected_class(request, class_pk), read_day(day), HomeworkSettings.load()
    sheet = ClassSheet.objects.filter(school_class=school_class, day=date).first()
    if request.method == "POST" and sheet:
        messages.success(request, _("%d records collected.") % collect_records(sheet=sheet))
        return redirect("homework:record_class", class_pk, date.isoformat())
    rows = records_of_class(request.user, school_class, date, sheet)
    handed_in = [row for _child, row, _late in rows if row]
    context = {
        "school_class": school_class,
        "day": date,
        "before": date - dt.timedelta(days=1),
        "after": date + dt.timedelta(days=1),
        "sheet": sheet,
        "rows": rows,
        "handed_in": len(handed_in),
        "new": sum(row.seen_at is None for row in handed_in),
        "kept": settings.records_on(date),
        "on_paper": settings.records == HomeworkSettings.Records.PAPER,
    }
    return render(request, "homework/record_class.html", context)


@role_required("homeroom_teacher", "academic_office")
def record_enter(request: HttpRequest, student_pk: int, day: str) -> HttpResponse:
    """A record on paper, taken over by whoever collects the class."""
    date = read_day(day)
    student = get_object_or_404(Student.objects.with_class(date), pk=student_pk)
    school_class = collected_class(request, student.class_id or 0)  # type: ignore[attr-defined]
    settings = HomeworkSettings.load()
    if not settings.records_on(date) or settings.records != HomeworkSettings.Records.PAPER:
        raise Http404
    sheet = get_object_or_404(ClassSheet.objects.published(), school_class=school_class, day=date)
    address = {"class_pk": school_class.pk, "day": date.isoformat()}
    return fill_page(request, student, sheet, back="homework:record_class", on_paper=True, **address)


@role_required("homeroom_teacher", "academic_office")
def record_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One record with its lines; the remark gets its answer here."""
    rows = RecordSheet.objects.visible_to(request.user).select_related("sheet__school_class", "replied_by")
    lines = RecordLine.objects.select_related("item__subject")
    record = get_object_or_404(
        with_children(rows.prefetch_related(Prefetch("lines", queryset=lines))).filter(
            student__in=Student.objects.visible_to(request.user)
        ),
        pk=pk,
    )
    if not request.user.has_role("academic_office") and not (
        Student.objects.filter(homeroom_children(request.user), pk=record.student_id).exists()
    ):
        raise PermissionDenied
    log_access(user=request.user, student=record.student, fields=["homework record"])
    form = ReplyForm(request.POST or None, initial={"reply": record.reply})
    if request.method == "POST" and form.is_valid():
        reply_to_record(record=record, by=request.user, **form.cleaned_data)
        messages.success(request, _("Answered."))
        return redirect("homework:record_class", record.sheet.school_class_id, record.sheet.day.isoformat())
    return render(request, "homework/record_reply.html", {"record": record, "form": form})


@role_required("homeroom_teacher", "academic_office")
def record_paper(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """The blank record sheet of a day, two to a page, for the whole class."""
    school_class, date = collected_class(request, class_pk), read_day(day)
    sheet = get_object_or_404(ClassSheet.objects.published(), school_class=school_class, day=date)
    return print_paper(request, papers.RECORD, sheet)


def estimate_tables(
    first: dt.date, last: dt.date, staff: Staff | None, *, whole: bool
) -> list[tuple[str, list[tuple[str, Estimate]]]]:
    """(heading, named estimates) of the whole school or of one teacher's own entries."""
    only: dict[str, Any] = {} if whole else {"item__teacher": staff.pk if staff else 0}
    labels = {str(one.pk): one.label(last) for one in SchoolClass.objects.all()}
    tables = [
        (_("By subject"), named(deviation(first, last, "subject", **only), {})),
        (_("Grouped by class"), named(deviation(first, last, "class", **only), labels)),
    ]
    if whole:
        names = {str(pk): name for pk, name in Staff.objects.values_list("pk", "name")}
        tables.append((_("By teacher"), named(deviation(first, last, "teacher"), names)))
    return tables


def named(rows: list[Estimate], names: dict[str, str]) -> list[tuple[str, Estimate]]:
    return [(names.get(row.name, row.name), row) for row in rows]


@role_required("teacher", "homeroom_teacher", "grade_head", "academic_office", "principal")
def estimates(request: HttpRequest) -> HttpResponse:
    """Estimated against actual minutes by subject, class and, for the office, teacher; one's own always."""
    form = SpanForm(request.GET)
    first, last = form.span(timezone.localdate())
    whole = request.user.has_role("academic_office", "principal")
    context = {
        "form": form,
        "first": first,
        "last": last,
        "whole": whole,
        "tables": estimate_tables(first, last, None if whole else staff_of(request), whole=whole),
        "finished": finished_share(first, last),
    }
    return render(request, "homework/estimates.html", context)


# --- finished at school ------------------------------------------------------------------------------------------


CHOICES: dict[str, Any] = {"shares": FinishedAtSchool.SHARES, "rest": FinishedAtSchool.REST}


@role_required(*STAFF)
def finished_list(request: HttpRequest) -> HttpResponse:
    """The classes that have written work that day, for the care teacher: the share, the minutes that are left, saved."""
    day = read_day(request.GET.get("day"))
    entered = {row.school_class_id: row for row in FinishedAtSchool.objects.filter(day=day).select_related("by")}
    written = HomeworkItem.objects.filter(sheet__day=day, kind__in=HomeworkItem.WRITTEN_KINDS)
    working = set(written.exclude(place=HomeworkItem.Place.CLASS).values_list("sheet__school_class", flat=True))
    own = {c.pk for c in classes_for(request.user, day)}
    rows = [(c, entered.get(c.pk)) for c in classes_of_year(day) if c.pk in working or c.pk in entered]
    parts = {"": [row for row in rows if row[0].pk in own], "all": rows}
    labels = {"": _("My classes"), "all": _("All classes")}
    context = {
        "day": day,
        "rows": parts.get(request.GET.get("status", ""), parts[""]),
        "tabs": [CountTab(key, label, len(parts[key])) for key, label in labels.items()],
        "may_enter": staff_of(request) is not None,
        **CHOICES,
    }
    return render(request, "homework/finished_list.html", context)


@role_required(*STAFF)
@require_POST
def finished_enter(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """Two values for the whole class; saved at once, changed by tapping again."""
    school_class, date, staff = get_object_or_404(SchoolClass, pk=class_pk), read_day(day), staff_of(request)
    if staff is None:
        raise PermissionDenied
    row = saved_share(request, school_class, date, staff)
    if request.htmx:  # type: ignore[attr-defined]
        context = {"school_class": school_class, "row": row, "day": date, "may_enter": True, **CHOICES}
        return render(request, "homework/_finished_row.html", context)
    if row:
        messages.success(request, _("Saved: %s.") % f"{school_class.label(date)} {cn_date(date)}")
    return redirect(f"{reverse('homework:finished_list')}?day={date.isoformat()}")


def saved_share(request: HttpRequest, school_class: SchoolClass, day: dt.date, staff: Staff) -> FinishedAtSchool | None:
    """What was entered; nothing, with a message, where it is refused."""
    form = FinishedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how many have finished."))
        return None
    try:
        return enter_finished(school_class=school_class, day=day, by=staff, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
