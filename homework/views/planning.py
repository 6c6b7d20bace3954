"""The week's plans with their review and what became of them, the bank, the learning points."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework.forms.planning import BankFilter, BankForm, PlanFormSet, PlanReviewForm, PlanStartForm, PointForm
from homework.models import BankItem, LearningPoint, WeekPlan, WeekPlanItem
from homework.plans import deviations, loads_of
from homework.rows import STAFF, WRITERS, may_change_bank, may_change_point, may_retire_bank, with_teachings
from homework.services.planning import due_day, hand_in_plan, review_plan, save_plan
from homework.tables import BankTable, PlanComparisonTable, PlanTable
from homework.views.common import read_week, staff_of
from school.access import may_enter, role_required
from school.models import SchoolSettings, Staff, User
from school.models.places import grade_name
from web.addresses import read_number
from web.editing import edit_row, show_refusal
from web.tables import Link, list_page, paged
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date

MOST_ROWS = 300  # a week stands on one page
REVIEWERS = ("academic_office", "grade_head")


def weeks_around(week: dt.date) -> dict[str, dt.date]:
    """The week and its neighbours, by the names that the pages know them by."""
    return {"week": week, "before": week - dt.timedelta(days=7), "after": week + dt.timedelta(days=7)}


def plans_url(week: dt.date) -> str:
    return f"{reverse('homework:plan_list')}?day={week.isoformat()}"


@role_required(*STAFF)
def plan_list(request: HttpRequest) -> HttpResponse:
    """A week's plans, what they add up to grade by grade, and who has not handed in."""
    default = timezone.localdate() + dt.timedelta(days=7)
    week = read_week(request.GET.get("day") or default.isoformat())
    plans = list(WeekPlan.objects.filter(week=week).with_entries())
    status = request.GET.get("status", "")
    labels = {"": _("All"), **dict(WeekPlan.State.choices)}
    context = {
        **weeks_around(week),
        "due": due_day(week),
        "table": paged(request, PlanTable([plan for plan in plans if status in ("", plan.state)]), MOST_ROWS),
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
    table = PlanComparisonTable(deviations(week, grade))
    table.subtitle = _("Week of %(day)s") % {"day": cn_date(week, "year")}
    return list_page(
        request,
        table,
        template="homework/plan_compare.html",
        back=reverse("homework:plan_list"),
        per_page=MOST_ROWS,
        **weeks_around(week),
        grade=grade,
        grades=[(n, grade_name(n)) for n in range(1, SchoolSettings.load().top_grade + 1)],
    )


# --- the bank ----------------------------------------------------------------------------------------------------


@role_required(*STAFF)
def bank_list(request: HttpRequest) -> HttpResponse:
    """What the preparation groups keep, unit by unit; how often each was used."""
    form = BankFilter(request.GET)
    rows = form.apply(BankItem.objects.current().select_related("subject", "made_by"))
    rows = rows.annotate(times_used=Count("used")).order_by("grade", "subject__order", "unit", "pk")
    user, staff = request.user, with_teachings(staff_of(request))
    table = BankTable(
        rows,
        may_change=lambda item: may_change_bank(user, item, staff),
        may_retire=lambda item: may_retire_bank(user, item),
        exclude=() if user.has_role(*WRITERS) else ("actions",),
    )
    add = Link(_("Add to the bank"), reverse("homework:bank_add"), "plus", primary=True)
    links = [add] if may_enter(user, add.url) else []
    return list_page(request, table, template="homework/bank_list.html", form=form, links=links)


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
    item = get_object_or_404(BankItem.objects.current().select_related("made_by"), pk=pk)
    if not may_retire_bank(request.user, item):
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
        **weeks_around(week),
        "points": [(point, may_write and may_change_point(request.user, point, staff)) for point in points],
        "may_write": may_write,
    }
    return render(request, "homework/point_list.html", context)


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
