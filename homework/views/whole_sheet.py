"""All subjects of a class on one screen: the homeroom teacher enters what the subject teachers told her."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from homework.entering import bars
from homework.forms.entering import AllForm, RowForm
from homework.models import Declaration, HomeworkItem, WeekPlanItem
from homework.plans import planned_for
from homework.rows import WRITERS, coordinates
from homework.rulebook import Rulebook
from homework.services import NeedsConfirmation, declare, enter_sheet
from homework.services.entering import STATEMENT, entered_twice
from homework.views.common import read_day, staff_of
from school.access import role_required
from school.models import SchoolClass, Staff, Subject, Teaching, User

Line = tuple[Subject, Staff | None, RowForm]


@role_required(*WRITERS)
def sheet_all(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """A row each, saved together or not at all."""
    date, staff = read_day(day), staff_of(request)
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    if staff is None or not coordinates(request.user, school_class.pk):
        raise PermissionDenied
    lines = lines_of(request, school_class, date)
    form = AllForm(request.POST or None, declared=Declaration.objects.filter(staff=staff, day=date).exists())
    context: dict[str, Any] = {"school_class": school_class, "day": date, "lines": lines, "form": form}
    if request.method == "POST" and form.is_valid() and all(row.is_valid() for _s, _t, row in lines):
        items = [made for subject, teacher, row in lines if (made := item_of(row, subject, teacher or staff))]
        context["to_confirm"] = enter_all(school_class, date, items, form, request.user)
        if not context["to_confirm"] and form.is_valid():
            declare(staff=staff, day=date)
            messages.success(request, _("%d entries made.") % len(items))
            return redirect("homework:sheet_detail", class_pk, date.isoformat())
    entered = HomeworkItem.objects.filter(sheet__school_class=school_class, sheet__day=date)
    context |= {
        "statement": STATEMENT,
        "bars": bars([school_class], date, []),
        "entered": entered.select_related("subject", "teacher"),
    }
    return render(request, "homework/sheet_all.html", context)


def enter_all(school_class: SchoolClass, day: dt.date, items: list[HomeworkItem], form: AllForm, by: User) -> list[str]:
    """Gives what is to be confirmed first; what is refused stands in the form."""
    confirmed = form.cleaned_data["confirmed"]
    try:
        if not confirmed and (twice := entered_twice([school_class], day, items)):
            return twice
        enter_sheet(school_class=school_class, day=day, items=items, by=by, confirmed=confirmed)
    except NeedsConfirmation as error:
        return error.messages
    except ValidationError as error:
        form.add_error(None, error.messages)
    return []


def lines_of(request: HttpRequest, school_class: SchoolClass, day: dt.date) -> list[Line]:
    """A row for each subject that is taught in the class, filled in with what the week's plan foresees."""
    taught = Teaching.objects.on(day).filter(school_class=school_class).select_related("subject", "staff")
    teachers = {row.subject: row.staff for row in taught.order_by("subject__order", "pk")}
    subjects: dict[Subject, Staff | None] = {**teachers}
    if not subjects:
        subjects = dict.fromkeys(Subject.objects.all(), None)
    planned = {item.plan.subject_id: item for item in planned_for([school_class], day)[school_class.pk]}
    # Where nothing written may be taken home (H1) most entries are done in after-school care.
    place = "home" if Rulebook(day).cap(school_class.grade(day)).value else "service"
    lines = []
    for subject, teacher in subjects.items():
        initial: dict[str, Any] = {"kind": "written", "place": place, "tier": "all"}
        if item := planned.get(subject.pk):
            initial = {name: getattr(item, name) for name in ("content", "minutes", "kind", "place", "tier")}
            initial["plan_item"] = item.pk
        lines.append((subject, teacher, RowForm(request.POST or None, prefix=f"s{subject.pk}", initial=initial)))
    return lines


def item_of(row: RowForm, subject: Subject, teacher: Staff) -> HomeworkItem | None:
    data = dict(row.cleaned_data)
    planned = WeekPlanItem.objects.filter(pk=data.pop("plan_item") or 0, plan__subject=subject).first()
    if not data["content"]:
        return None
    return HomeworkItem(subject=subject, teacher=teacher, plan_item=planned, **data)
