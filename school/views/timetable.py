"""The weekly timetable: seen and edited class by class, taken in and out as one workbook."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.responses import workbook_response
from school.access import role_required
from school.forms import UploadForm
from school.importing.containers import MAX_BYTES, WorkbookRefused
from school.models import SchoolClass, SchoolSettings, Subject, Weekday
from school.models.calendar import school_year_of
from school.timetable import LESSONS, cells_of, read_timetable, replace_timetable, write_timetable

OFFICE = ("service_office", "academic_office")


def classes_now() -> list[SchoolClass]:
    year = school_year_of(timezone.localdate())
    classes = SchoolClass.objects.in_year(year, top_grade=SchoolSettings.load().top_grade)
    return list(classes.order_by("-entry_year", "number"))


@role_required(*OFFICE)
def timetable(request: HttpRequest) -> HttpResponse:
    """Which classes have a timetable; the whole school's as one workbook, in and out."""
    classes = classes_now()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(MAX_BYTES + 1)
            weeks = read_timetable(data, classes=classes, school_year=school_year_of(timezone.localdate()))
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            facts = {"classes": len(weeks), "lessons": replace_timetable(weeks)}
            messages.success(request, _("%(lessons)d lessons of %(classes)d classes taken over.") % facts)
            return redirect("school:timetable")
    known = cells_of(classes)
    context = {"form": form, "rows": [(c, len(known[c.pk])) for c in classes], "most": 5 * LESSONS}
    return render(request, "school/timetable.html", context)


@role_required(*OFFICE)
def timetable_book(request: HttpRequest) -> HttpResponse:
    return workbook_response(write_timetable(classes_now()), f"{_('Timetable')}.xlsx")


@role_required(*OFFICE)
def timetable_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The week of one class as a grid of subjects."""
    school_class = get_object_or_404(SchoolClass, pk=pk)
    subjects = list(Subject.objects.all())
    if request.method == "POST":
        replace_timetable({school_class.pk: _posted(request.POST, {subject.pk for subject in subjects})})
        messages.success(request, _("Saved."))
        return redirect("school:timetable")
    cells = cells_of([school_class])[school_class.pk]
    days = [(day, Weekday(day).label) for day in range(1, 6)]
    grid = [(number, [(f"{day}-{number}", cells.get((day, number))) for day, _label in days]) for number in numbers()]
    context = {"school_class": school_class, "days": days, "grid": grid, "subjects": subjects}
    return render(request, "school/timetable_edit.html", context)


def numbers() -> range:
    return range(1, LESSONS + 1)


def _posted(data: Any, known: set[int]) -> dict[tuple[int, int], int]:
    found = {}
    for day in range(1, 6):
        for number in numbers():
            value = data.get(f"{day}-{number}", "")
            if subject := next((pk for pk in known if str(pk) == value), None):
                found[day, number] = subject
    return found
