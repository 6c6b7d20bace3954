"""Asking for a term summary, following it, reading its figures down to their rows, taking its files, approving it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from reports.figures import FIGURES, SECTIONS, Scope, in_section, stored
from reports.forms import SummaryForm
from reports.menu import OFFICE, READERS
from reports.models import ReportRun
from reports.services import approve_run, ask_again, request_summary
from reports.tables import BehindTable, RunTable
from reports.wording import result
from school.access import role_required
from web.tables import list_page

ASKERS = (*OFFICE, "principal")
KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def get_run(request: HttpRequest, pk: int) -> ReportRun:
    runs = ReportRun.objects.visible_to(request.user)
    return get_object_or_404(runs.select_related("term", "requested_by", "approved_by"), pk=pk)


@role_required(*READERS)
def run_list(request: HttpRequest) -> HttpResponse:
    """All summaries, the newest first, and the form that asks for one."""
    may_ask = request.user.has_role(*ASKERS)
    form = SummaryForm(request.POST if may_ask and request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect(request_summary(by=request.user, **form.cleaned_data))
        except ValidationError as error:
            form.add_error("until", error)
    runs = ReportRun.objects.filter(kind=ReportRun.Kind.TERM_SUMMARY)
    runs = runs.select_related("term", "requested_by", "approved_by")
    return list_page(request, RunTable(runs), template="reports/run_list.html", asking=form if may_ask else None)


@role_required(*READERS)
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One summary: how far it is, or its files and figures, each leading to its rows."""
    run = get_run(request, pk)
    values = stored(run.figures)
    sections = [
        (title, [(one, result(one, values[one.key])) for one in in_section(code) if one.key in values])
        for code, title in SECTIONS.items()
    ]
    context = {
        "run": run,
        "sections": [section for section in sections if section[1]],
        "may_ask": request.user.has_role(*ASKERS),
        "is_summary": run.kind == ReportRun.Kind.TERM_SUMMARY,
        "may_approve": request.user.has_role("principal") and run.status == ReportRun.Status.DONE,
    }
    return render(request, "reports/run_detail.html", context)


@role_required(*READERS)
def run_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that follows the making; when it ends the page is loaded anew."""
    run = get_run(request, pk)
    if not run.is_open:
        return HttpResponseClientRefresh()
    return render(request, "reports/_run_state.html", {"run": run})


@role_required(*ASKERS)
@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A run that failed is tried again."""
    run = get_run(request, pk)
    if run.kind == ReportRun.Kind.AGREEMENTS:
        return redirect(ask_again(run=run))
    return redirect(request_summary(term=run.term, until=run.until, by=request.user))


@role_required("principal")
def run_approve(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    if request.method != "POST":
        context = {
            "title": _("Approve this summary?"),
            "text": _("Its figures and files are frozen: nobody can change them any more."),
            "submit": _("Approve"),
            "cancel_url": run.get_absolute_url(),
            "kind": "primary",
        }
        return render(request, "components/confirm_page.html", context)
    try:
        approve_run(run=run, by=request.user)
        messages.success(request, _("Approved. The figures are frozen."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(run)


@role_required(*READERS)
def run_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The PDF opens, the workbook is saved."""
    run = get_run(request, pk)
    if kind not in KINDS or run.status != ReportRun.Status.DONE:
        raise Http404
    file = run.pdf if kind == "pdf" else run.xlsx
    return FileResponse(
        file.open("rb"),
        as_attachment=kind == "xlsx",
        filename=f"{run}-{run.until}.{kind}",
        content_type=KINDS[kind],
    )


@role_required(*READERS)
def figure_rows(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The rows that a figure of this summary counts, as the records stand now."""
    run = get_run(request, pk)
    one = FIGURES.get(key)
    values = stored(run.figures)
    if one is None or one.rows is None or key not in values:
        raise Http404
    table = BehindTable(one.rows(Scope(run.term, run.until)), request.user)
    table.title, table.subtitle = one.label, one.definition
    then = result(one, values[key])
    back = run.get_absolute_url()
    return list_page(request, table, template="reports/figure_rows.html", back=back, run=run, then=then)
