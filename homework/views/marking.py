"""Marking: four ticks an entry, what is overdue; and the children who are coached."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework.forms.marking import CoachingForm, MeetingForm
from homework.models import Coaching, Marking
from homework.rulebook import Rulebook
from homework.services.marking import begin_coaching, end_coaching, note_coaching, tick_marking
from homework.views.common import staff_of
from school.access import role_required
from school.models import ClassMembership, SchoolClass, Staff, Student, Teaching, User
from school.rows import classes_led, with_children
from school.services import log_access
from web.templatetags.components import CountTab

PAGE = 25
MARKERS = ("teacher", "homeroom_teacher", "grade_head", "academic_office", "principal")
RECENT = dt.timedelta(days=30)


def step_labels() -> dict[str, str]:
    return {
        "collected": _("taken in"),
        "marked": _("marked"),
        "discussed": _("discussed"),
        "corrected": _("corrected"),
    }


def markings_for(user: User) -> Any:
    """One's own entries; the academic office and the principal see everybody's."""
    rows = Marking.objects.select_related("item__sheet__school_class", "item__subject", "item__teacher", "by")
    return (
        rows
        if user.has_role("academic_office", "principal")
        else rows.filter(item__teacher__in=Staff.objects.of_user(user))
    )


@role_required(*MARKERS)
def marking_list(request: HttpRequest) -> HttpResponse:
    """What is to be marked, the overdue first; each step one tap."""
    today = timezone.localdate()
    rows = markings_for(request.user).filter(item__sheet__day__lte=today)
    parts = {
        "": rows.unmarked().filter(due_on__gte=today),
        "overdue": rows.overdue(today),
        "marked": rows.filter(marked_on__gte=today - RECENT),
    }
    labels = {"": _("To mark"), "overdue": _("Marking overdue"), "marked": _("Marked")}
    status = request.GET.get("status", "")
    found = parts.get(status, parts[""]).order_by("due_on", "pk")
    page_obj = Paginator(found if status != "marked" else found.order_by("-marked_on", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page_obj": page_obj,
        "rows": [row_of(marking, request.user) for marking in page_obj],
        "tabs": [CountTab(key, label, parts[key].count()) for key, label in labels.items()],
        "today": today,
        "rule": Rulebook(today).of_all("teacher_marks_all"),
        "whole": request.user.has_role("academic_office", "principal"),
    }
    return render(request, "homework/marking_list.html", context)


def row_of(marking: Marking, user: User) -> tuple[Marking, str, list[tuple[str, str, dt.date | None]], bool]:
    """(marking, class, (step, label, day done) of all four, whether this person ticks)."""
    labels = step_labels()
    steps = [(step, labels[step], getattr(marking, f"{step}_on")) for step in Marking.STEPS]
    sheet = marking.item.sheet
    return marking, sheet.school_class.label(sheet.day), steps, marking.item.teacher.user_id == user.pk


@role_required(*MARKERS)
@require_POST
def marking_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets or takes back a step; only the teacher of the entry does (H5)."""
    marking = get_object_or_404(markings_for(request.user), pk=pk)
    staff = staff_of(request)
    if staff is None or marking.item.teacher_id != staff.pk:
        raise PermissionDenied
    try:
        done = request.POST.get("done") == "1"
        ticked = tick_marking(marking=marking, step=request.POST.get("step", ""), done=done, by=staff)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("homework:marking_list")
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('homework:marking_list')}?status={request.POST.get('status', '')}")
    ticked.item = marking.item
    return render(
        request, "homework/_marking_row.html", {"row": row_of(ticked, request.user), "today": timezone.localdate()}
    )


# --- coaching ----------------------------------------------------------------------------------------------------


def pupils_of(user: User) -> Any:
    """Children of the classes that the person teaches or leads today."""
    today = timezone.localdate()
    taught = Teaching.objects.on(today).filter(staff__in=Staff.objects.of_user(user)).values("school_class")
    classes = SchoolClass.objects.filter(classes_led(user, today) | Q(pk__in=taught))
    members = ClassMembership.objects.on(today).filter(school_class__in=classes).values("student")
    return Student.objects.filter(pk__in=members).with_class(today).order_by("-entry_year", "class_number", "name_key")


@role_required("teacher", "homeroom_teacher", "grade_head", "academic_office")
def coaching_list(request: HttpRequest) -> HttpResponse:
    """The children one coaches or whose class one leads; opening the list is logged nowhere, opening a child is."""
    today = timezone.localdate()
    visible = Coaching.objects.visible_to(request.user)
    parts = {"": visible.on(today), "ended": visible.filter(ends_on__lt=today)}
    status = request.GET.get("status", "")
    rows = with_children(parts.get(status, parts[""]).select_related("subject", "coach"))
    rows = rows.annotate(times=Count("meetings")).order_by("-starts_on", "pk")
    labels = {"": _("Going on"), "ended": _("Ended")}
    context = {
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "tabs": [CountTab(key, labels[key], part.count()) for key, part in parts.items()],
    }
    return render(request, "homework/coaching_list.html", context)


@role_required("teacher", "homeroom_teacher", "grade_head", "academic_office")
def coaching_add(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    if staff is None:
        raise PermissionDenied
    initial = {"subject": staff.subject_id}
    form = CoachingForm(request.POST or None, students=pupils_of(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            coaching = begin_coaching(coach=staff, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("homework:coaching_detail", coaching.pk)
    return render(request, "homework/coaching_add.html", {"form": form, "back": reverse("homework:coaching_list")})


@role_required("teacher", "homeroom_teacher", "grade_head", "academic_office")
def coaching_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One child's coaching with its meetings."""
    rows = with_children(Coaching.objects.visible_to(request.user).select_related("subject", "coach"))
    coaching = get_object_or_404(rows, pk=pk)
    log_access(user=request.user, student=coaching.student, fields=["coaching"])
    coaches = coaching.coach.user_id == request.user.pk
    form = MeetingForm(request.POST or None)
    if request.method == "POST":
        if not coaches:
            raise PermissionDenied
        if "end" in request.POST:
            end_coaching(coaching=coaching, by=request.user)
            messages.success(request, _("Ended."))
            return redirect("homework:coaching_list")
        if form.is_valid() and met(request, coaching, form):
            return redirect("homework:coaching_detail", pk)
    context = {
        "coaching": coaching,
        "form": form,
        "coaches": coaches,
        "open": coaching.holds_on(timezone.localdate()),
        "meetings": coaching.meetings.select_related("by")[:100],
    }
    return render(request, "homework/coaching_detail.html", context)


def met(request: HttpRequest, coaching: Coaching, form: MeetingForm) -> bool:
    try:
        note_coaching(coaching=coaching, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("Entered."))
    return True
