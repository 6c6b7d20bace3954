"""The week's plans with their review and what became of them, the bank, the learning points."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework.forms.planning import BankFilter, BankForm, PlanFormSet, PlanReviewForm, PlanStartForm, PointForm
from homework.models import BankItem, LearningPoint, WeekPlan, WeekPlanItem
from homework.rows import STAFF, WRITERS
from homework.services.planning import deviations, due_day, hand_in_plan, loads_of, review_plan, save_plan
from homework.views.common import read_week, staff_of
from school.access import role_required
from school.models import SchoolSettings, Staff, User
from school.models.places import grade_name
from web.addresses import read_number
from web.editing import edit_row, show_refusal
from web.templatetags.components import CountTab

PAGE = 25
REVIEWERS = ("academic_office", "grade_head")


def plans_url(week: dt.date) -> str:
    return f"{reverse('homework:plan_list')}?day={week.isoformat()}"


@role_required(*STAFF)
def plan_list(request: HttpRequest) -> HttpResponse:
    """A week's plans, what they add up to grade by grade, and who has not handed in."""
    default = timezone.localdate() + dt.timedelta(days=7)
    week = read_week(request.GET.get("day") or default.isoformat())
    plans = list(
        WeekPlan.objects.filter(week=week)
        .select_related("subject", "by")
        .annotate(entries=Count("items"))
        .order_by("grade", "subject__order")
    )
    status = request.GET.get("status", "")
    labels = {"": _("All"), **dict(WeekPlan.State.choices)}
    context = {
        "week": week,
        "before": week - dt.timedelta(days=7),
        "after": week + dt.timedelta(days=7),
        "due": due_day(week),
        "plans": [plan for plan in plans if status in ("", plan.state)],
        "loads": loads_of([plan for plan in plans if plan.state != WeekPlan.State.DRAFT]),
        "tabs": [CountTab(key, label, sum(key in ("", p.state) for p in plans)) for key, label in labels.items()],
        "form": PlanStartForm(request.POST or None),
        "may_plan": request.user.has_role(*WRITERS),
    }
    if request.method == "POST" and request.user.has_role(*WRITERS) and context["form"].is_valid():
        return begin_plan(request, context["form"], week)
    return render(request, "homework/plan_list.html", context)


def begin_plan(request: HttpRequest, form: PlanStartForm, week: dt.date) -> HttpResponse:
    """The plan of that grade, subject and week; an existing one is opened instead of a second one made."""
    staff = staff_of(request)
    if staff is None:
        raise PermissionDenied
    plan, _made = WeekPlan.objects.get_or_create(
        grade=form.cleaned_data["grade"], subject=form.cleaned_data["subject"], week=week, defaults={"by": staff}
    )
    return redirect("homework:plan_edit", plan.pk)


def may_edit_plan(user: User, plan: WeekPlan, staff: Staff | None) -> bool:
    """Everybody who teaches the subject works at the plan; a confirmed one is the office's to return."""
    if user.has_role(*REVIEWERS):
        return True
    teaches = staff is not None and (
        staff.pk == plan.by_id
        or staff.subject_id == plan.subject_id
        or staff.teachings.filter(subject=plan.subject_id).exists()
    )
    return teaches and plan.state != WeekPlan.State.CONFIRMED


@role_required(*STAFF)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's entries by weekday; saved, then handed in."""
    plan = get_object_or_404(WeekPlan.objects.select_related("subject", "by"), pk=pk)
    edits = may_edit_plan(request.user, plan, staff_of(request))
    formset = PlanFormSet(request.POST or None, queryset=plan.items.order_by("weekday", "pk"), prefix="row")
    if request.method == "POST":
        if not edits:
            raise PermissionDenied
        if formset.is_valid() and save_posted(request, plan, formset):
            return redirect(plans_url(plan.week)) if "hand_in" in request.POST else redirect("homework:plan_edit", pk)
    context = {
        "plan": plan,
        "formset": formset,
        "items": plan.items.all(),
        "edits": edits,
        "loads": loads_of([plan]),
        "back": plans_url(plan.week),
        "reviews": request.user.has_role(*REVIEWERS) and plan.state in ("handed_in", "confirmed"),
        "review_form": PlanReviewForm(),
    }
    return render(request, "homework/plan_edit.html", context)


def save_posted(request: HttpRequest, plan: WeekPlan, formset: Any) -> bool:
    items: list[WeekPlanItem] = []
    for form in formset.forms:
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and (form.has_changed() or form.instance.pk):
            items.append(form.save(commit=False))
    try:
        save_plan(plan=plan, items=items, by=request.user)
        if "hand_in" in request.POST:
            hand_in_plan(plan=plan, by=request.user)
    except ValidationError as error:
        show_refusal(request, error)
        return False
    messages.success(request, _("Handed in.") if "hand_in" in request.POST else _("Saved."))
    return True


@role_required(*REVIEWERS)
@require_POST
def plan_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirmed, or returned with what is to be changed."""
    plan = get_object_or_404(WeekPlan, pk=pk)
    form = PlanReviewForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        review_plan(plan=plan, confirm=request.POST.get("decision") == "confirm", text=text, by=request.user)
    except ValidationError as error:
        show_refusal(request, error)
        return redirect("homework:plan_edit", pk)
    messages.success(request, _("Saved."))
    return redirect(plans_url(plan.week))


@role_required(*STAFF)
def plan_compare(request: HttpRequest) -> HttpResponse:
    """A grade's week: what was planned beside what was set."""
    week, grade = read_week(request.GET.get("day")), read_number(request.GET.get("grade")) or 1
    rows = deviations(week, grade)
    context = {
        "week": week,
        "before": week - dt.timedelta(days=7),
        "after": week + dt.timedelta(days=7),
        "grade": grade,
        "grades": [(n, grade_name(n)) for n in range(1, SchoolSettings.load().top_grade + 1)],
        "rows": [(row, row.school_class.label(week)) for row in rows],
    }
    return render(request, "homework/plan_compare.html", context)


# --- the bank ----------------------------------------------------------------------------------------------------


@role_required(*STAFF)
def bank_list(request: HttpRequest) -> HttpResponse:
    """What the preparation groups keep, unit by unit; how often each was used."""
    form = BankFilter(request.GET)
    rows = BankItem.objects.current().select_related("subject", "made_by")
    if form.is_valid():
        data = form.cleaned_data
        if data["q"]:
            rows = rows.filter(Q(content__icontains=data["q"]) | Q(unit__icontains=data["q"]))
        rows = rows.filter(**{name: data[name] for name in ("grade", "subject") if data[name]})
    rows = rows.annotate(times_used=Count("used")).order_by("grade", "subject__order", "unit", "pk")
    page_obj = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    staff = with_teachings(staff_of(request))
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": [(item, may_change_bank(request.user, item, staff)) for item in page_obj],
        "may_enter": request.user.has_role(*WRITERS),
        "whole": request.user.has_role("academic_office"),
    }
    return render(request, "homework/bank_list.html", context)


def with_teachings(staff: Staff | None) -> Staff | None:
    """What they teach is read once, however many rows are asked about."""
    if staff is not None:
        prefetch_related_objects([staff], "teachings")
    return staff


def may_change_bank(user: User, item: BankItem, staff: Staff | None) -> bool:
    """Who made it, who teaches its subject, the academic office."""
    if staff is None:
        return False
    if user.has_role("academic_office") or item.subject_id == staff.subject_id or item.made_by_id == staff.pk:
        return True
    return any(row.subject_id == item.subject_id for row in staff.teachings.all())


@role_required(*WRITERS)
def bank_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    staff = staff_of(request)
    if staff is None:
        raise PermissionDenied
    item = get_object_or_404(BankItem.objects.current(), pk=pk) if pk else BankItem(made_by=staff)
    if pk and not may_change_bank(request.user, item, staff):
        raise PermissionDenied
    if not pk and staff.subject:
        item.subject = staff.subject
    return edit_row(
        request,
        BankForm(request.POST or None, instance=item),
        template="homework/bank_edit.html",
        title=_("Edit a bank item") if pk else _("Add to the bank"),
        back=reverse("homework:bank_list"),
        note=_("Everybody in the school may use it; using copies it, so that later changes leave old sheets alone."),
    )


@role_required(*WRITERS)
@require_POST
def bank_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the bank; what was set with it stays."""
    staff = staff_of(request)
    item = get_object_or_404(BankItem.objects.current(), pk=pk)
    if not request.user.has_role("academic_office") and (staff is None or item.made_by_id != staff.pk):
        raise PermissionDenied
    item.retired_on = timezone.localdate()
    item.save()
    messages.success(request, _("Taken out of the bank."))
    return redirect("homework:bank_list")


# --- learning points of the first grades ---------------------------------------------------------------------------


@role_required(*STAFF)
def point_list(request: HttpRequest) -> HttpResponse:
    """The week's learning points; they stand on the board (R075)."""
    week, staff = read_week(request.GET.get("day")), with_teachings(staff_of(request))
    points = LearningPoint.objects.filter(week=week).select_related("subject", "by")
    may_write = request.user.has_role(*WRITERS)
    context = {
        "week": week,
        "before": week - dt.timedelta(days=7),
        "after": week + dt.timedelta(days=7),
        "points": [(point, may_write and may_change_point(request.user, point, staff)) for point in points],
        "may_write": may_write,
    }
    return render(request, "homework/point_list.html", context)


def may_change_point(user: User, point: LearningPoint, staff: Staff | None) -> bool:
    """Its author, a teacher of the subject, the academic office."""
    if user.has_role("academic_office") or point.by_id == user.pk:
        return True
    if staff is None:
        return False
    taught = [row.subject_id for row in staff.teachings.all() if row.holds_on(timezone.localdate())]
    return point.subject_id in (staff.subject_id, *taught)


@role_required(*WRITERS)
def point_edit(request: HttpRequest, week: str, pk: int | None = None) -> HttpResponse:
    monday = read_week(week)
    point = get_object_or_404(LearningPoint, pk=pk) if pk else LearningPoint(week=monday)
    staff = staff_of(request)
    if not pk and staff and staff.subject:
        point.subject = staff.subject
    if pk and not may_change_point(request.user, point, staff):
        raise PermissionDenied
    point.by = request.user  # type: ignore[assignment]  # behind role_required it is a user
    return edit_row(
        request,
        PointForm(request.POST or None, instance=point),
        template="homework/point_edit.html",
        title=_("Learning points of the week"),
        back=f"{reverse('homework:point_list')}?day={monday.isoformat()}",
    )
