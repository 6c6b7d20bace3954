"""Rectification notices, from finding to close."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from homework import papers
from homework.forms.checks import RecheckForm, RectificationForm, SentenceForm
from homework.models import Rectification
from homework.services.rectifying import (
    answer_rectification,
    close_rectification,
    issue_rectification,
    make_public,
    recheck,
    talk_about,
)
from homework.tables import RectificationTable
from homework.views.common import read_day
from school.access import role_required
from school.models import Teaching
from school.views.papers import print_paper
from web.addresses import read_number
from web.editing import show_refusal
from web.tables import Link, list_page
from web.templatetags.components import CountTab, TimelineEntry
from web.templatetags.formats import cn_datetime

READERS = ("teacher", "homeroom_teacher", "grade_head", "academic_office", "principal")
KINDS = {"issued": "attention", "talked": "wait", "answered": "wait", "rechecked": "ok", "closed": "neutral"}


@role_required(*READERS)
def rectification_list(request: HttpRequest) -> HttpResponse:
    """The office's and the principal's list; a teacher sees notices about her own homework."""
    today = timezone.localdate()
    visible = Rectification.objects.visible_to(request.user)
    parts = {
        "": visible.open(),
        "overdue": visible.overdue(today),
        "closed": visible.filter(state=Rectification.State.CLOSED),
    }
    labels = {"": _("Open"), "overdue": _("Answer overdue"), "closed": _("Closed after recheck")}
    rows = parts.get(request.GET.get("status", ""), parts[""]).select_related("school_class", "subject", "teacher")
    issue = Link(_("Issue a notice"), reverse("homework:rectification_add"), "plus", primary=True)
    may_issue = request.user.has_role("academic_office")
    return list_page(
        request,
        RectificationTable(rows),
        template="homework/rectification_list.html",
        tabs=[CountTab(key, labels[key], part.count()) for key, part in parts.items()],
        links=[issue] if may_issue else [],
        may_issue=may_issue,
    )


@role_required("academic_office")
def rectification_add(request: HttpRequest) -> HttpResponse:
    """A notice, filled in with the class, subject, day and teacher that the finding names."""
    form = RectificationForm(request.POST or None, initial=from_address(request))
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            notice = issue_rectification(by=request.user, **data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Issued: %s.") % notice)
            return redirect("homework:rectification_detail", notice.pk)
    context = {"form": form, "back": reverse("homework:rectification_list"), "title": _("Issue a rectification notice")}
    return render(request, "homework/rectification_add.html", context)


def from_address(request: HttpRequest) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "school_class": read_number(request.GET.get("class")),
        "subject": read_number(request.GET.get("subject")),
        "day": read_day(request.GET.get("day")),
        "origin": request.GET.get("origin", "comparison"),
    }
    if initial["school_class"] and initial["subject"]:
        taught = Teaching.objects.on(initial["day"]).filter(
            school_class=initial["school_class"], subject=initial["subject"]
        )
        initial["teacher"] = taught.values_list("staff", flat=True).first()
    return initial


@role_required(*READERS)
def rectification_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice with what was done, and the next step for whom it is."""
    rows = Rectification.objects.visible_to(request.user).select_related(
        "school_class", "subject", "teacher", "issued_by"
    )
    notice = get_object_or_404(rows, pk=pk)
    step = next_step(request, notice)
    if request.method == "POST":
        return act_on(request, notice, step)
    context = {"notice": notice, "label": notice.label, "kind": KINDS[notice.state]}
    context["done"] = [
        TimelineEntry(one.get_kind_display(), cn_datetime(one.at), one.by.name, one.text)
        for one in notice.steps.select_related("by")
    ]
    return render(request, "homework/rectification_detail.html", context | {"step": step})


Step = tuple[str, Any, Callable[..., Any]]


def next_step(request: HttpRequest, notice: Rectification) -> Step | None:
    """(title, form, service) of what this person can do next with the notice."""
    office, own = request.user.has_role("academic_office"), notice.teacher.user_id == request.user.pk
    data = request.POST if request.method == "POST" else None
    states = Rectification.State
    if office and notice.state == states.ISSUED:
        return _("Talk with the teacher"), SentenceForm(data), talk_about
    if own and notice.state == states.TALKED:
        return _("Your answer"), SentenceForm(data), answer_rectification
    if office and notice.state == states.ANSWERED:
        return _("Recheck"), RecheckForm(data), recheck
    if office and notice.state == states.RECHECKED:
        return _("Close the notice"), None, close_rectification
    return None


def act_on(request: HttpRequest, notice: Rectification, step: Step | None) -> HttpResponse:
    if "publish" in request.POST:
        if not request.user.has_role("academic_office"):
            raise PermissionDenied
        step = ("", None, lambda **by: make_public(public=request.POST["publish"] == "1", **by))
    if step is None:
        raise PermissionDenied
    _title, form, service = step
    if form is None or form.is_valid():
        try:
            service(notice=notice, by=request.user, **(form.cleaned_data if form else {}))
        except ValidationError as error:
            show_refusal(request, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("homework:rectification_detail", notice.pk)
    context = {"notice": notice, "label": notice.label, "kind": KINDS[notice.state]}
    return render(request, "homework/rectification_detail.html", context | {"step": step})


@role_required(*READERS)
def rectification_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as an official paper."""
    rows = Rectification.objects.visible_to(request.user).select_related("school_class", "subject", "teacher")
    notice = get_object_or_404(rows, pk=pk)
    return print_paper(request, papers.RECTIFICATION, notice)
