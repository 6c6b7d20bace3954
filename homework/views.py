"""Sheets for those who write them, and the public board."""

import datetime as dt
import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import condition, require_POST

from homework.forms import ItemForm, ReleaseForm
from homework.models import ClassSheet, HomeworkItem
from homework.rows import writable_classes
from homework.services import cap_rule, national_cap, publish_sheet, release_minutes, remove_item, set_item
from school.access import public, role_required
from school.models import SchoolClass, SchoolDay, SchoolSettings, Staff
from school.models.calendar import school_year_of
from school.models.places import grade_name
from school.printing import render_pdf
from school.templatetags.components import CountTab

STAFF = ("teacher", "homeroom_teacher", "grade_head", "academic_office", "service_office", "duty_leader", "principal")
WRITERS = ("teacher", "homeroom_teacher", "grade_head", "academic_office")


def read_day(text: str | None) -> dt.date:
    """A day from the address; today for anything else."""
    try:
        return parse_date(text or "") or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def classes_of_year(day: dt.date) -> "list[SchoolClass]":
    return list(SchoolClass.objects.in_year(school_year_of(day)).order_by("-entry_year", "number"))


@role_required(*STAFF)
def sheet_list(request: HttpRequest) -> HttpResponse:
    """The day's sheets, class by class: one's own classes first, or all; what is not published stands out."""
    day = read_day(request.GET.get("day"))
    mine = set(SchoolClass.objects.filter(writable_classes(request.user)).values_list("pk", flat=True))
    sheets = {
        sheet.school_class_id: sheet
        for sheet in ClassSheet.objects.visible_to(request.user).on(day).annotate(entries=Count("items"))
    }
    classes = classes_of_year(day)
    everything = [(c, sheets.get(c.pk), c.pk in mine) for c in classes]
    status = request.GET.get("status", "")
    rows = [row for row in everything if row[2]] if status == "" else everything
    if status == "open":
        rows = [row for row in everything if row[1] is None or row[1].status != ClassSheet.Status.PUBLISHED]
    not_published = sum(1 for _c, s, _m in everything if s is None or s.status != ClassSheet.Status.PUBLISHED)
    tabs = [
        CountTab("", _("My classes"), len(mine & {c.pk for c in classes})),
        CountTab("open", _("Not published"), not_published),
        CountTab("all", _("All classes"), len(classes)),
    ]
    context = {"day": day, "rows": rows, "tabs": tabs, "may_publish_all": request.user.has_role("academic_office")}
    return render(request, "homework/sheet_list.html", context)


def staff_of(request: HttpRequest) -> Staff | None:
    return Staff.objects.filter(user=request.user).select_related("subject").first()


def may_change(request: HttpRequest, item: HomeworkItem, staff: Staff | None) -> bool:
    """One's own entries; the homeroom teacher of the class and the academic office all of them."""
    if request.user.has_role("academic_office") or (staff and item.teacher_id == staff.pk):
        return True
    return leads(request, item.sheet.school_class_id)


def leads(request: HttpRequest, class_pk: int) -> bool:
    from school.access import classes_led

    return SchoolClass.objects.filter(classes_led(request.user, timezone.localdate()), pk=class_pk).exists()


@role_required(*STAFF)
def sheet_detail(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """One class's sheet of a day: entries, what is left of the cap, and the form for the next entry."""
    date = read_day(day)
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    staff = staff_of(request)
    may_write = SchoolClass.objects.filter(writable_classes(request.user), pk=class_pk).exists() and staff is not None
    form = ItemForm(staff, request.POST or None)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid() and save_item(request, form, school_class, date, staff):
            return redirect("homework:sheet_detail", class_pk, date.isoformat())
    return render(
        request, "homework/sheet_detail.html", sheet_context(request, school_class, date, form, may_write=may_write)
    )


def save_item(
    request: HttpRequest, form: ItemForm, school_class: SchoolClass, day: dt.date, staff: Staff | None
) -> bool:
    item = form.save(commit=False)
    if item.teacher_id is None:
        item.teacher = staff
    try:
        set_item(school_class=school_class, day=day, item=item, by=request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("Entered."))
    return True


def sheet_context(
    request: HttpRequest, school_class: SchoolClass, day: dt.date, form: ItemForm, *, may_write: bool
) -> dict:
    sheet = ClassSheet.objects.filter(school_class=school_class, day=day).select_related("published_by").first()
    rule = cap_rule(school_class, day)
    cap = sheet.cap + sheet.released if sheet else int(rule.value)
    items = list(sheet.items.select_related("subject", "teacher", "sheet")) if sheet else []
    staff = staff_of(request)
    used = sheet.minutes if sheet else 0
    ceiling = national_cap(school_class, day)
    return {
        "school_class": school_class,
        "day": day,
        "school_day": SchoolDay.objects.filter(day=day).first(),
        "sheet": sheet,
        "items": [(item, may_change(request, item, staff)) for item in items],
        "form": form,
        "rule": rule,
        "cap": cap,
        "used": used,
        "left": max(cap - used, 0),
        "may_write": may_write,
        "may_publish": leads(request, school_class.pk) or request.user.has_role("academic_office"),
        "may_release": ceiling is not None and cap < ceiling,
    }


@role_required(*WRITERS)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(HomeworkItem.objects.select_related("sheet__school_class", "teacher"), pk=pk)
    staff = staff_of(request)
    if not may_change(request, item, staff):
        raise PermissionDenied
    sheet = item.sheet
    form = ItemForm(staff, request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid() and save_item(request, form, sheet.school_class, sheet.day, staff):
        return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())
    return render(request, "homework/item_edit.html", {"form": form, "item": item, "sheet": sheet})


@role_required(*WRITERS)
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(HomeworkItem.objects.select_related("sheet__school_class"), pk=pk)
    if not may_change(request, item, staff_of(request)):
        raise PermissionDenied
    sheet = item.sheet
    remove_item(item=item, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())


def sheet_to_publish(request: HttpRequest, pk: int) -> ClassSheet:
    sheet = get_object_or_404(ClassSheet.objects.visible_to(request.user).select_related("school_class"), pk=pk)
    if not (leads(request, sheet.school_class_id) or request.user.has_role("academic_office")):
        raise PermissionDenied
    return sheet


@role_required(*WRITERS)
@require_POST
def sheet_publish(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_to_publish(request, pk)
    publish_sheet(sheet=sheet, by=request.user)
    messages.success(request, _("Published: it stands on the board."))
    return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())


@role_required("academic_office")
@require_POST
def sheet_publish_all(request: HttpRequest) -> HttpResponse:
    """The academic office publishes what is gathered for a day."""
    day = read_day(request.POST.get("day"))
    sheets = ClassSheet.objects.on(day).filter(status=ClassSheet.Status.DRAFT, items__isnull=False).distinct()
    count = 0
    for sheet in sheets.select_related("school_class"):
        publish_sheet(sheet=sheet, by=request.user)
        count += 1
    messages.success(request, ngettext("%d sheet published.", "%d sheets published.", count) % count)
    return redirect("homework:sheet_list")


@role_required(*WRITERS)
def sheet_release(request: HttpRequest, pk: int) -> HttpResponse:
    """The homeroom teacher lifts the school's tighter cap for the day, with a reason; counted."""
    sheet = sheet_to_publish(request, pk)
    form = ReleaseForm(request.POST or None, initial={"minutes": sheet.released, "reason": sheet.release_reason})
    if request.method == "POST" and form.is_valid():
        try:
            release_minutes(sheet=sheet, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())
    return render(request, "homework/sheet_release.html", {"form": form, "sheet": sheet})


# --- the public board --------------------------------------------------------------------------------------------


def board_version(request: HttpRequest) -> str:
    """Changes with any published sheet of the day, the day itself and the language: the page's ETag."""
    from django.utils.translation import get_language

    day = read_day(request.GET.get("day"))
    sheets = ClassSheet.objects.published().on(day).values_list("pk", "version").order_by("pk")
    facts = (day, request.GET.urlencode(), get_language(), request.user.pk, list(sheets))
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'


@public
@condition(etag_func=board_version)
def board(request: HttpRequest) -> HttpResponse:
    """What was set, by class: open to everybody, names no child, prints on A4, works without JavaScript."""
    day = read_day(request.GET.get("day"))
    grade = request.GET.get("grade", "")
    sheets = published_on(day, int(grade) if grade.isdigit() and 1 <= int(grade) <= 9 else None)
    grades: dict[int, list[ClassSheet]] = {}
    for sheet in sheets:
        grades.setdefault(sheet.school_class.grade(day), []).append(sheet)
    context = {
        "day": day,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
        "grades": [(number, grade_name(number), rows) for number, rows in sorted(grades.items())],
        "all_grades": [(n, grade_name(n)) for n in range(1, SchoolSettings.load().top_grade + 1)],
        "grade": grade,
        "school_day": SchoolDay.objects.filter(day=day).first(),
    }
    response = render(request, "homework/board.html", context)
    patch_cache_control(response, max_age=30)
    return response


def published_on(day: dt.date, grade: int | None = None) -> "list[ClassSheet]":
    items = HomeworkItem.objects.select_related("subject").order_by("subject__order", "pk")
    sheets = (
        ClassSheet.objects.published()
        .on(day)
        .select_related("school_class")
        .prefetch_related(Prefetch("items", queryset=items))
    )
    if grade:
        sheets = sheets.filter(school_class__in=SchoolClass.objects.of_grade(grade, day))
    return list(sheets.order_by("-school_class__entry_year", "school_class__number"))


@public
def board_print(request: HttpRequest) -> HttpResponse:
    """The day's board of one grade as A4 for the wall."""
    day = read_day(request.GET.get("day"))
    grade = request.GET.get("grade", "")
    number = int(grade) if grade.isdigit() and 1 <= int(grade) <= 9 else None
    sheets = published_on(day, number)
    if not sheets:
        raise Http404
    context = {
        "day": day,
        "grade": grade_name(number) if number else "",
        "sheets": sheets,
        "school_name": SchoolSettings.load().name,
        "source": cap_rule(sheets[0].school_class, day).source,
        "printed_at": timezone.localtime(),
    }
    pdf = render_pdf("homework/pdf/board.html", context, layout="print_list")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="board-{day}.pdf"'
    return response
