"""Witnesses and checks: the class monitor's form, the form behind the QR code, spot checks, comparing them."""

import datetime as dt
import hashlib
import hmac
from functools import partial

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings as django_settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework import papers
from homework.comparing import compare, side_by_side
from homework.forms.board import ReportForm
from homework.forms.checks import SpotResultForm, monitor_rows
from homework.models import ClassCode, HomeworkSettings, ParentReport, SpotCheckClass
from homework.services.checking import (
    enter_monitor,
    enter_spot_result,
    read_report,
    renew_code,
    report_homework,
)
from homework.tables import ComparisonTable, ReportTable, SpotTable
from homework.views.common import classes_of_year, read_day
from school.access import public, role_required
from school.models import SchoolClass
from school.models.calendar import school_year_of
from school.views.papers import print_paper
from web.addresses import read_number
from web.editing import show_refusal
from web.tables import Batch, Link, list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date

CHECKERS = ("academic_office", "principal")
MOST_CLASSES = 100  # of a school, so that a day stands on one page


# --- without sign-in ---------------------------------------------------------------------------------------------


@public
def monitor(request: HttpRequest, code: str) -> HttpResponse:
    """The class monitor writes down today's homework; the address is the class's own and names no child."""
    found = get_object_or_404(ClassCode.objects.select_related("school_class"), code=code, revoked_at__isnull=True)
    if not HomeworkSettings.load().monitor_form:
        raise Http404
    today = timezone.localdate()
    rows = monitor_rows(found.school_class, today, request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="homework_monitor", key=code):
            return render(request, "429.html", status=429)
        if all(row.is_valid() for row in rows):
            lines = [row.line() for row in rows if row.cleaned_data.get("content")]
            try:
                enter_monitor(code=found, day=today, lines=lines)
            except ValidationError as error:
                show_refusal(request, error)
            else:
                return redirect(f"{request.path}?saved")
    saved = request.method == "GET" and "saved" in request.GET
    context = {"rows": rows, "label": found.school_class.label(today), "day": today, "saved": saved}
    return render(request, "homework/monitor.html", context)


@public
def report(request: HttpRequest) -> HttpResponse:
    """A parent says what was set and how long it took, without sign-in (R092). Nothing of it is shown unread."""
    if not HomeworkSettings.load().parent_form:
        raise Http404
    today = timezone.localdate()
    classes = SchoolClass.objects.in_year(school_year_of(today))
    form = ReportForm(
        request.POST or None, classes=classes, initial={"school_class": read_number(request.GET.get("class"))}
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.pop("website"):
            return redirect("board:report_done")  # a machine filled in what people do not see
        school_class = form.cleaned_data["school_class"]
        allowed = ratelimit.consume(request, action="homework_report", key=f"class {school_class.pk}")
        if not allowed:
            form.add_error(None, _("Many reports have come in already. Please try again later, or phone the school."))
        else:
            report_homework(source=source_of(request, form.cleaned_data["day"]), **form.cleaned_data)
            return redirect("board:report_done")
    return render(request, "homework/report.html", {"form": form})


def source_of(request: HttpRequest, day: dt.date) -> str:
    """Tells two senders of a day apart and names nobody: a keyed hash of the address and the day."""
    address = get_adapter().get_client_ip(request)
    return hmac.new(django_settings.SECRET_KEY.encode(), f"{day}:{address}".encode(), hashlib.sha256).hexdigest()[:16]


@public
def report_done(request: HttpRequest) -> HttpResponse:
    return render(request, "homework/report_done.html")


# --- the office's ------------------------------------------------------------------------------------------------


@role_required("academic_office")
def code_list(request: HttpRequest) -> HttpResponse:
    """The addresses of the class monitors' forms, and the parents' QR code; each class's code can be renewed.

    By POST all that are missing are made.
    """
    codes = {code.school_class_id: code for code in ClassCode.objects.filter(revoked_at__isnull=True)}
    missing = [c for c in classes_of_year(timezone.localdate()) if c.pk not in codes]
    if request.method == "POST":
        for school_class in missing:
            renew_code(school_class=school_class, by=request.user)
        messages.success(request, _("%d addresses made.") % len(missing))
        return redirect("homework:code_list")
    context = {
        "missing": len(missing),
        "rows": [(c, codes.get(c.pk)) for c in classes_of_year(timezone.localdate())],
        "settings": HomeworkSettings.load(),
        "report_url": request.build_absolute_uri(reverse("board:report")),
    }
    return render(request, "homework/code_list.html", context)


@role_required("academic_office")
@require_POST
def code_renew(request: HttpRequest, class_pk: int) -> HttpResponse:
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    renew_code(school_class=school_class, by=request.user)
    messages.success(request, _("New address for %s; the old one no longer works.") % school_class)
    return redirect("homework:code_list")


@role_required("academic_office")
def code_print(request: HttpRequest) -> HttpResponse:
    """Slips with the QR codes of all classes that have one; with `?parents` the poster for parents."""
    if "parents" in request.GET:
        return print_paper(request, papers.REPORT_POSTER, request.build_absolute_uri(reverse("board:report")))
    slips = papers.slips_of(request.build_absolute_uri("/"), classes_of_year(timezone.localdate()))
    if not slips:
        messages.error(request, _("No class has an address yet."))
        return redirect("homework:code_list")
    return print_paper(request, papers.MONITOR_CODES, slips)


@role_required(*CHECKERS)
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports of parents, the unread first: they count once the office has read them."""
    states = ParentReport.State
    status = request.GET.get("status", "")
    status = status if status in states.values else states.NEW.value
    rows = ParentReport.objects.select_related("school_class", "subject", "read_by")
    may_read = request.user.has_role("academic_office")
    batch = [
        Batch("confirm", _("Count them"), partial(read_reports, True)),
        Batch("aside", _("Set aside"), partial(read_reports, False), "archive"),
    ]
    codes = Link(_("Addresses and codes"), reverse("homework:code_list"), "qrcode")
    return list_page(
        request,
        ReportTable(rows.filter(state=status), exclude=() if may_read else ("select",)),
        template="homework/check_list.html",
        tabs=[CountTab(key, label, rows.filter(state=key).count()) for key, label in states.choices],
        links=[codes] if may_read else [],
        batch=batch if may_read else [],
        here="reports",
    )


def read_reports(counts_on: bool, request: HttpRequest, keys: list[int]) -> None:
    """The chosen ones count, or are set aside."""
    for row in ParentReport.objects.filter(pk__in=keys):
        read_report(report=row, counts_on=counts_on, by=request.user)
    messages.success(request, _("Saved."))


@role_required(*CHECKERS)
def spot_list(request: HttpRequest) -> HttpResponse:
    """Every draw with its seed, worked out again before the reader's eyes, and its results."""
    settings = HomeworkSettings.load()
    table = SpotTable(SpotCheckClass.objects.select_related("spot_check", "school_class"))
    words = _("Each school day %(n)s classes by lot; families are asked by phone.")
    table.subtitle = words % {"n": settings.spot_classes}
    return list_page(request, table, template="homework/spot_list.html", settings=settings)


@role_required("academic_office")
def spot_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What the families who were phoned said, beside the sheet."""
    row = get_object_or_404(SpotCheckClass.objects.select_related("spot_check", "school_class"), pk=pk)
    initial = {"result": row.result if row.at else None, "asked": row.asked or None, "minutes": row.minutes}
    form = SpotResultForm(request.POST or None, initial=initial | {"text": row.note})
    if request.method == "POST" and form.is_valid():
        try:
            enter_spot_result(row=row, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("homework:spot_list")
    context = {
        "row": row,
        "label": row.school_class.label(row.spot_check.day),
        "form": form,
        "lines": side_by_side(row.school_class, row.spot_check.day),
    }
    return render(request, "homework/spot_result.html", context)


@role_required(*CHECKERS)
def comparison(request: HttpRequest) -> HttpResponse:
    """A day's classes of which a witness spoke: sheet, class monitor and parents side by side."""
    day = read_day(request.GET.get("day"))
    table = ComparisonTable(compare(day))
    table.subtitle = cn_date(day)
    return list_page(
        request,
        table,
        template="homework/comparison.html",
        per_page=MOST_CLASSES,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1),
    )


@role_required(*CHECKERS)
def comparison_class(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """One class's day, subject by subject; from here a notice is issued."""
    school_class, date = get_object_or_404(SchoolClass, pk=class_pk), read_day(day)
    context = {
        "school_class": school_class,
        "label": school_class.label(date),
        "day": date,
        "lines": side_by_side(school_class, date),
        "row": next((row for row in compare(date) if row.school_class == school_class), None),
        "may_issue": request.user.has_role("academic_office"),
    }
    return render(request, "homework/comparison_class.html", context)
