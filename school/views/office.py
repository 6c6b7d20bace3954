"""Calendar, policy rules, settings: what the office keeps in order."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.forms import DaysRangeForm, NewTermForm, RuleForm, SchoolDayForm, SettingsForm, SeverityForm, TermForm
from school.models import PolicyRule, SchoolDay, SchoolSettings, Term
from school.services import change_day, change_rule, enter_days, first_unpublished, load_calendar
from school.tables import PolicyTable
from web.caching import forget
from web.editing import saved
from web.tables import list_page

OFFICE = ("service_office", "academic_office")


@role_required(*OFFICE, "principal")
def calendar(request: HttpRequest) -> HttpResponse:
    """The term's days, month by month; what is not loaded says so and can be entered by the offices."""
    term, may_edit = Term.objects.asked(request.GET.get("term"), timezone.localdate()), request.user.has_role(*OFFICE)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = DaysRangeForm(request.POST or None, initial=days_missing(term) if term else None)
    if request.method == "POST" and "load" in request.POST and term:
        if added := load_calendar(term=term):
            messages.success(request, _("%d days added from the published calendar.") % added)
        else:
            messages.warning(request, _("The published calendar has no more days of this term."))
        return redirect(request.get_full_path())
    if request.method == "POST" and "load" not in request.POST and form.is_valid():
        count = enter_days(by=request.user, **form.cleaned_data)
        messages.success(request, _("%d days entered.") % count)
        if year := first_unpublished(form.cleaned_data["first"], form.cleaned_data["last"]):
            words = _("The holidays of %d are not published yet: set its festivals to days off yourself, day by day.")
            messages.warning(request, words % year)
        return redirect(request.get_full_path())
    context = {
        "term": term,
        "months": months_of(term) if term else [],
        "form": form,
        "terms": Term.objects.all()[:8],
        "may_edit": may_edit,
    }
    return render(request, "school/calendar.html", context)


def days_missing(term: Term) -> dict[str, dt.date]:
    """From the first to the last day of the term that is not loaded."""
    loaded = set(SchoolDay.objects.of_term(term).values_list("day", flat=True))
    days = [term.starts_on + dt.timedelta(days=n) for n in range((term.ends_on - term.starts_on).days + 1)]
    missing = [day for day in days if day not in loaded]
    return {"first": missing[0], "last": missing[-1]} if missing else {}


def months_of(term: Term) -> list[tuple[dt.date, list[list[tuple[dt.date, SchoolDay | None] | None]]]]:
    """(first of the month, weeks of (day, SchoolDay or None when not loaded)); None pads a week."""
    known = {row.day: row for row in SchoolDay.objects.of_term(term)}
    months = []
    month = term.starts_on.replace(day=1)
    while month <= term.ends_on:
        following = (month + dt.timedelta(days=32)).replace(day=1)
        cells: list[tuple[dt.date, SchoolDay | None] | None] = [None] * (month.isoweekday() - 1)
        for offset in range((following - month).days):
            day = month + dt.timedelta(days=offset)
            cells.append((day, known.get(day)) if term.starts_on <= day <= term.ends_on else None)
        cells += [None] * (-len(cells) % 7)
        months.append((month, [cells[i : i + 7] for i in range(0, len(cells), 7)]))
        month = following
    return months


@role_required(*OFFICE)
def day_edit(request: HttpRequest, day: str) -> HttpResponse:
    """One day: an own closure, or the weekday that a make-up day follows."""
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        messages.error(request, _("There is no such day."))
        return redirect("school:calendar")
    row = SchoolDay.objects.filter(day=date).first() or SchoolDay(day=date, kind="school", follows_weekday=None)
    form = SchoolDayForm(request.POST or None, instance=row)

    def save() -> SchoolDay:
        return change_day(day=form.save(commit=False), by=request.user)

    if request.method == "POST" and form.is_valid() and saved(form, save):
        messages.success(request, _("Saved."))
        return redirect("school:calendar")
    return render(request, "school/day_edit.html", {"form": form, "day": date})


@role_required(*OFFICE)
def term_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    term = get_object_or_404(Term, pk=pk) if pk else None
    form = (
        TermForm(request.POST or None, instance=term)
        if term
        else NewTermForm(request.POST or None, initial=suggested_term())
    )
    if request.method == "POST" and form.is_valid():
        saved_term = form.save()
        load_calendar(term=saved_term)
        messages.success(request, _("Saved."))
        if not form.cleaned_data.get("fill"):
            return redirect(f"{reverse('school:calendar')}?term={saved_term.pk}")
        enter_days(first=saved_term.starts_on, last=saved_term.ends_on, by=request.user)
        # What else the new term needs, item by item.
        return redirect(f"{reverse('enrollment:term_preparation')}?term={saved_term.pk}")
    return render(request, "school/term_edit.html", {"form": form, "term": term})


def suggested_term() -> dict[str, Any]:
    """What the term after the last one may be, to be looked at: spring from the fourth Monday after it, autumn in September."""
    last = Term.objects.order_by("starts_on").last()
    if last is None:
        return {}
    if last.half == Term.Half.FIRST:
        first = last.ends_on + dt.timedelta(days=28 - last.ends_on.weekday())
        days = {"school_year": last.school_year, "half": Term.Half.SECOND, "starts_on": first}
        return days | {"ends_on": first + dt.timedelta(weeks=19, days=4)}
    year = last.school_year + 1
    days = {"school_year": year, "half": Term.Half.FIRST, "starts_on": dt.date(year, 9, 1)}
    return days | {"ends_on": dt.date(year + 1, 1, 22), "winter_from": dt.date(year, 11, 1)}


@role_required(*OFFICE, "principal")
def policy_list(request: HttpRequest) -> HttpResponse:
    """Every rule with its value, scope, layer, source and what a breach does."""
    rules = PolicyRule.objects.up_to_grade(SchoolSettings.load().top_grade).prefetch_related("subjects")
    if request.GET.get("status") == "off":
        rules = rules.filter(enabled=False)
    hidden = () if request.user.has_role(*OFFICE) else ("actions",)
    return list_page(request, PolicyTable(rules, exclude=hidden), per_page=60)


@role_required(*OFFICE)
def policy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule from above: its severity. The school's own: everything, but never looser."""
    rule = get_object_or_404(PolicyRule, pk=pk)
    own = rule.layer == PolicyRule.Layer.SCHOOL
    form = (RuleForm if own else SeverityForm)(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        change_rule(rule=form.save(commit=False), subjects=form.cleaned_data.get("subjects"))
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("school:policy_list")
    return render(request, "school/policy_edit.html", {"form": form, "rule": rule, "own": own})


@role_required(*OFFICE)
def policy_tighten(request: HttpRequest, pk: int) -> HttpResponse:
    """A tighter rule of a lower layer beside the one above it; a looser value is refused with both shown."""
    above = get_object_or_404(PolicyRule, pk=pk)
    rule = PolicyRule(
        key=above.key,
        title=above.title,
        measure=above.measure,
        value=above.value,
        unit=above.unit,
        tighter=above.tighter,
        grade_from=above.grade_from,
        grade_to=above.grade_to,
        service=above.service,
        severity=above.severity,
        warn_percent=above.warn_percent,
        source_title=_("own rule of the school"),
        starts_on=timezone.localdate(),
    )
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("school:policy_list")
    return render(request, "school/policy_edit.html", {"form": form, "rule": rule, "own": True, "above": above})


@role_required(*OFFICE)
def office_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=SchoolSettings.fresh())
    if request.method == "POST" and form.is_valid():
        form.save()
        forget("settings")
        messages.success(request, _("Saved."))
        return redirect("school:office_settings")
    return render(request, "school/office_settings.html", {"form": form})
