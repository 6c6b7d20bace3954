"""Sheets for those who write and coordinate them: the day's list, one class's sheet, the steps to the board."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from homework.days import Row, rights_on, room_in, rows_of, sheet_of
from homework.forms.entering import DecisionForm, ReleaseForm, ReturnForm
from homework.models import (
    ClassSheet,
    HomeworkItem,
    HomeworkSettings,
    ReleaseRequest,
    SheetAction,
    SheetVersion,
)
from homework.plans import planned_for
from homework.rows import STAFF, WRITERS, collects, coordinates, hand_of
from homework.rulebook import Rulebook
from homework.services import decide_release, pass_class, pass_sheet, release_minutes, return_sheet
from homework.services.entering import release_possible
from homework.tasks_waiting import own_tasks
from homework.versions import differences
from homework.views.common import read_day
from school.access import role_required
from school.models import SchoolClass, SchoolDay
from web.addresses import read_number
from web.templatetags.components import CountTab, TimelineEntry
from web.templatetags.formats import cn_datetime


@role_required(*STAFF)
def sheet_list(request: HttpRequest) -> HttpResponse:
    """The day's sheets, class by class: one's own first; what is not filed or waits for the reader has a tab."""
    day = read_day(request.GET.get("day"))
    parts = parts_of(rows_of(request.user, day))
    # Who has no class of her own looks at all of them.
    status = request.GET.get("status", "" if parts[""][1] else "all")
    settings = HomeworkSettings.load()
    context = {
        "day": day,
        "status": status,
        "rows": parts.get(status, parts[""])[1],
        "tabs": [CountTab(key, label, len(rows)) for key, (label, rows) in parts.items()],
        "unfiled": len(parts["unfiled"][1]),
        "gather_by": settings.gather_by,
        "past_gathering": settings.is_gathered(day),
        "may_enter": request.user.has_role(*WRITERS),
        "waiting": list(own_tasks(request.user)),
        "school_day": SchoolDay.objects.of(day),
    }
    return render(request, "homework/sheet_list.html", context)


def parts_of(rows: list[Row]) -> dict[str, tuple[str, list[Row]]]:
    """Tab → (label, the rows of it)."""
    return {
        "": (_("My classes"), [row for row in rows if row.own]),
        "turn": (_("Waiting for me"), [row for row in rows if row.waits]),
        "unfiled": (_("Not filed"), [row for row in rows if not row.filed]),
        "open": (_("Not published"), [row for row in rows if not row.published]),
        "all": (_("All classes"), rows),
    }


@role_required(*STAFF)
def sheet_detail(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """One class's sheet of a day: entries against the cap, what is asked and planned, the next step, what was done."""
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    return render(request, "homework/sheet_detail.html", sheet_context(request, school_class, read_day(day)))


def sheet_context(request: HttpRequest, school_class: SchoolClass, day: dt.date) -> dict[str, Any]:
    rules = Rulebook(day)
    rule = rules.cap(school_class.grade(day))
    sheet = sheet_of(school_class, day, rule)
    rights = rights_on(request.user, sheet)
    returned = sheet.actions.filter(kind=SheetAction.Kind.RETURNED) if sheet.status == sheet.Status.RETURNED else None
    return {
        "school_class": school_class,
        "day": day,
        "day_text": day.isoformat(),
        "school_day": SchoolDay.objects.of(day),
        "sheet": sheet,
        "rule": rule,
        **room_in(sheet, rule),
        **rights,
        "keeps_records": HomeworkSettings.load().records_on(day) and collects(request.user, school_class.pk),
        "may_release": rights["balances"] and release_possible(sheet, rules),
        "requests": sheet.requests.filter(state=ReleaseRequest.State.WAITING).select_related("teacher")
        if sheet.pk
        else [],
        "planned": planned_for([school_class], day)[school_class.pk] if rights["may_write"] else [],
        "returned": returned.select_related("by").last() if returned is not None else None,
        "done": timeline_of(sheet) if sheet.pk else [],
    }


def timeline_of(sheet: ClassSheet) -> list[TimelineEntry]:
    kinds = {"published": "ok", "passed": "ok", "returned": "attention", "reopened": "attention"}
    return [
        TimelineEntry(
            f"{action.get_kind_display()}{' · ' + action.get_ground_display() if action.ground else ''}",
            cn_datetime(action.at),
            action.by.name,
            action.note,
            kinds.get(action.kind, "neutral"),
        )
        for action in sheet.actions.select_related("by")
    ]


def page_of(sheet: ClassSheet, *, done: bool = False) -> HttpResponse:
    """Back to the sheet. `done` says what was done from the address: a message in the session would cost a write."""
    address = reverse("homework:sheet_detail", args=[sheet.school_class_id, sheet.day.isoformat()])
    return redirect(f"{address}?done" if done else address)


@role_required(*WRITERS)
@require_POST
def sheet_pass(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """Takes the step whose turn it is; a class without homework is passed on empty."""
    if not hand_of(request.user).coordinates(class_pk):
        raise PermissionDenied
    seen = read_number(request.POST.get("turn"))
    try:
        sheet = pass_class(class_pk=class_pk, day=read_day(day), by=request.user, seen=seen)
    except SchoolClass.DoesNotExist as missing:
        raise Http404 from missing
    return page_of(sheet, done=True)


@role_required(*WRITERS)
@require_POST
def sheet_pass_many(request: HttpRequest) -> HttpResponse:
    """The chosen sheets each take the step whose turn it is."""
    # «sheet» or «sheet-step»: a second tap finds another step waiting and takes nothing.
    rows = [one.partition("-") for one in request.POST.getlist("row")]
    seen = {pk: read_number(step) for sheet, _sign, step in rows if (pk := read_number(sheet))}
    chosen = ClassSheet.objects.visible_to(request.user).filter(pk__in=seen)
    passed = []
    for sheet in chosen.select_related("school_class").order_by("pk"):
        try:
            pass_sheet(sheet=sheet, by=request.user, seen=seen[sheet.pk])
        except PermissionDenied:
            messages.error(request, _("%s waits for somebody else.") % sheet.school_class.label(sheet.day))
        else:
            passed.append(sheet.pk)
    published = ClassSheet.objects.published().filter(pk__in=passed).count()
    if published:
        messages.success(request, ngettext("%d sheet published.", "%d sheets published.", published) % published)
    if (count := len(passed) - published) or not passed:
        messages.success(request, ngettext("%d sheet passed on.", "%d sheets passed on.", count) % count)
    day = read_day(request.POST.get("day"))
    return redirect(f"{reverse('homework:sheet_list')}?day={day.isoformat()}&status={request.POST.get('status', '')}")


def own_sheet(request: HttpRequest, pk: int) -> ClassSheet:
    """A sheet whose class this person coordinates."""
    sheet = get_object_or_404(ClassSheet.objects.visible_to(request.user).select_related("school_class"), pk=pk)
    if not coordinates(request.user, sheet.school_class_id):
        raise PermissionDenied
    return sheet


@role_required(*WRITERS)
def sheet_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to be coordinated, with a ground that is counted."""
    sheet = own_sheet(request, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return_sheet(sheet=sheet, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Returned."))
            return page_of(sheet)
    return render(request, "homework/sheet_return.html", {"form": form, "sheet": sheet})


@role_required(*WRITERS)
def sheet_release(request: HttpRequest, pk: int) -> HttpResponse:
    """The homeroom teacher lifts the school's tighter cap for the day, with a reason; counted."""
    sheet = own_sheet(request, pk)
    form = ReleaseForm(request.POST or None, initial={"minutes": sheet.granted, "reason": sheet.release_reason})
    if request.method == "POST" and form.is_valid():
        try:
            release_minutes(sheet=sheet, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return page_of(sheet)
    return render(request, "homework/sheet_release.html", {"form": form, "sheet": sheet})


@role_required(*WRITERS)
def release_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A teacher asked for more than the cap: granted, and entered in the same act, or refused with a sentence."""
    asked = get_object_or_404(ReleaseRequest.objects.select_related("sheet__school_class", "teacher"), pk=pk)
    if not coordinates(request.user, asked.sheet.school_class_id):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_release(
                request=asked, grant=request.POST.get("decision") == "grant", by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return page_of(asked.sheet)
    return render(request, "homework/release_decide.html", {"form": form, "asked": asked, "sheet": asked.sheet})


@role_required(*STAFF)
def sheet_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What stood on the board from when to when, and what each version changed."""
    sheet = get_object_or_404(ClassSheet.objects.visible_to(request.user).select_related("school_class"), pk=pk)
    versions = list(sheet.versions.select_related("by"))
    before: SheetVersion | None = None
    rows = []
    for version in versions:
        rows.append((version, differences(before, version)))
        before = version
    context = {
        "sheet": sheet,
        "rows": rows[::-1],
        "kinds": dict(HomeworkItem.Kind.choices),
        "places": dict(HomeworkItem.Place.choices),
        "tiers": dict(HomeworkItem.Tier.choices),
    }
    return render(request, "homework/sheet_versions.html", context)
