"""The change of school year, and new classes for a grade."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.workbooks import Watermark
from school.access import role_required
from school.forms import GradeForm, RegroupForm, TurnForm
from school.importing.containers import MAX_BYTES, WorkbookRefused
from school.models.calendar import school_year_of
from school.regrouping import apply_regrouping, plan_regrouping, regrouping_sheet
from school.services import log_export
from school.turning import next_turn, plan_turn, too_early, turn_year

OFFICE = ("service_office", "academic_office")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@role_required(*OFFICE)
def year_turn(request: HttpRequest) -> HttpResponse:
    """What the next summer changes, before anything is written; confirmed once lessons are over."""
    today = timezone.localdate()
    turn = plan_turn(year=next_turn(today))
    form = TurnForm(turn, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("end_posts", [])
        try:
            turn_year(year=turn.year, new_classes=form.cleaned_data["new_classes"], end_posts=chosen, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Done. The new first grade's children come with the import."))
            return redirect("school:class_list")
    context = {"turn": turn, "form": form, "too_early": too_early(year=turn.year, today=today)}
    return render(request, "school/year_turn.html", context)


@role_required(*OFFICE)
def regroup(request: HttpRequest) -> HttpResponse:
    """Takes the filled-in workbook and shows what would move; nothing is written before it is confirmed."""
    form = RegroupForm(request.POST or None, request.FILES or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        entry_year = school_year_of(day) - form.cleaned_data["grade"] + 1
        try:
            plan = plan_regrouping(data=form.cleaned_data["file"].read(MAX_BYTES + 1), entry_year=entry_year, day=day)
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "plan": plan, "grade_form": GradeForm(auto_id="sheet_%s")}
    return render(request, "school/regroup.html", context)


@role_required(*OFFICE)
def regroup_sheet(request: HttpRequest) -> HttpResponse:
    """The workbook of a grade to fill in; an export of student numbers, so it is logged."""
    form = GradeForm(request.GET)
    if not form.is_valid():
        messages.error(request, _("Choose a grade and a day."))
        return redirect("school:regroup")
    day, reason = form.cleaned_data["day"], _("new classes")
    book, rows = regrouping_sheet(
        entry_year=school_year_of(day) - form.cleaned_data["grade"] + 1,
        day=day,
        watermark=Watermark(who=request.user.name, why=reason),
    )
    log_export(user=request.user, fields=["name", "number"], rows=rows, reason=reason, title=_("Regroup classes"))
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="classes-{form.cleaned_data["grade"]}.xlsx"'
    return response


@role_required(*OFFICE)
@require_POST
def regroup_confirm(request: HttpRequest) -> HttpResponse:
    try:
        count = apply_regrouping(token=request.POST.get("plan", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, ngettext("%d child has a new class.", "%d children have a new class.", count) % count)
    return redirect("school:regroup")
