"""Rectification notices from finding to close, and the letters that all teachers sign."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.pdf import render_pdf
from documents.responses import pdf_response
from homework.forms.checks import RecheckForm, RectificationForm, ResponsibilityForm, SentenceForm, SignForm
from homework.models import LetterSignature, Rectification, ResponsibilityLetter
from homework.services.rectifying import (
    answer_rectification,
    close_rectification,
    issue_rectification,
    make_public,
    publish_responsibility,
    recheck,
    sign_responsibility,
    talk_about,
    unsigned,
)
from homework.tables import RectificationTable
from homework.views.common import read_day, staff_of
from school.access import role_required
from school.models import SchoolSettings, Staff, Teaching
from web.addresses import read_number
from web.cleaning import NUMERALS
from web.editing import show_refusal
from web.tables import Link, list_page
from web.templatetags.components import CountTab, TimelineEntry
from web.templatetags.formats import cn_date, cn_datetime

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
    context = {
        "notice": notice,
        "sections": [
            (numeral, title, text) for numeral, (title, text) in zip(NUMERALS, paragraphs(notice), strict=False)
        ],
        "school_name": SchoolSettings.load().name,
        "issued_on": timezone.localtime(notice.issued_at).date(),
    }
    return pdf_response(
        render_pdf("homework/pdf/rectification.html", context), f"{_('Rectification notice')}{notice}.pdf"
    )


def paragraphs(notice: Rectification) -> list[tuple[str, str]]:
    """(heading, text) of the paper, as far as the notice has come."""
    facts = {
        "day": cn_date(notice.day, "year"),
        "label": notice.label,
        "subject": notice.subject or "",
        "origin": notice.get_origin_display(),
    }
    found = _("%(day)s, %(label)s %(subject)s (found by: %(origin)s).") % facts
    until = _("Please answer in writing until %(day)s.") % {"day": cn_date(notice.answer_by, "year")}
    rows = [
        (_("What was found"), f"{found}{notice.finding}"),
        (_("To be changed"), notice.demand),
        (_("Deadline"), until),
    ]
    for step in notice.steps.exclude(kind__in=["public", "withdrawn"]):
        day = cn_date(timezone.localtime(step.at).date(), "year")
        rows.append((step.get_kind_display(), f"{day}{'：' if step.text else ''}{step.text}"))
    return rows


# --- letters of responsibility -----------------------------------------------------------------------------------


@role_required(*READERS)
def responsibility_list(request: HttpRequest) -> HttpResponse:
    """The letters with how many have signed; a teacher signs the newest here."""
    rows = ResponsibilityLetter.objects.annotate(signed=Count("signatures")).order_by("-pk")
    office = request.user.has_role("academic_office")
    if not office:
        rows = rows.filter(published_at__isnull=False)
    staff = staff_of(request)
    signed = set(LetterSignature.objects.filter(staff=staff).values_list("letter", flat=True)) if staff else set()
    page_obj = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "signed": signed, "office": office}
    return render(request, "homework/responsibility_list.html", context)


@role_required("academic_office")
def responsibility_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A draft, changed until it is published."""
    letter = (
        get_object_or_404(ResponsibilityLetter, pk=pk, published_at__isnull=True)
        if pk
        else ResponsibilityLetter(made_by=request.user)
    )
    form = ResponsibilityForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        if "publish" in request.POST:
            publish_responsibility(letter=saved, by=request.user)
            messages.success(request, _("Published: all teachers can sign it now."))
        return redirect("homework:responsibility_detail", saved.pk)
    return render(request, "homework/responsibility_edit.html", {"form": form, "letter": letter})


@role_required(*READERS)
def responsibility_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to read and sign; the office sees who has signed, and who has not."""
    letter = get_object_or_404(ResponsibilityLetter, pk=pk)
    office, staff = request.user.has_role("academic_office", "principal"), staff_of(request)
    if letter.published_at is None and not request.user.has_role("academic_office"):
        raise PermissionDenied
    own = letter.signatures.filter(staff=staff).first() if staff else None
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and signed(letter, staff, form):
        messages.success(request, _("Signed on %s.") % cn_date(timezone.localdate()))
        return redirect("homework:responsibility_detail", pk)
    context = {
        "letter": letter,
        "own": own,
        "form": form,
        "office": office,
        "may_sign": staff is not None and own is None and letter.published_at is not None,
        "signatures": letter.signatures.select_related("staff")[:300] if office else [],
        "unsigned": unsigned(letter) if office and letter.published_at else [],
    }
    return render(request, "homework/responsibility_detail.html", context)


def signed(letter: ResponsibilityLetter, staff: Staff | None, form: SignForm) -> bool:
    if staff is None:
        raise PermissionDenied
    try:
        sign_responsibility(letter=letter, staff=staff, name=form.cleaned_data["name"])
    except ValidationError as error:
        form.add_error("name", error)
        return False
    return True


@role_required("academic_office", "principal")
def responsibility_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with its signatures, for the file."""
    letter = get_object_or_404(ResponsibilityLetter, pk=pk, published_at__isnull=False)
    context = {
        "letter": letter,
        "paragraphs": [line for line in letter.body.splitlines() if line.strip()],
        "signatures": letter.signatures.order_by("at"),
        "school_name": SchoolSettings.load().name,
        "published_on": timezone.localtime(letter.published_at).date(),
    }
    return pdf_response(render_pdf("homework/pdf/responsibility.html", context), f"{letter.title}.pdf")


@role_required("academic_office")
@require_POST
def responsibility_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that nobody needs is deleted; a published letter stays."""
    get_object_or_404(ResponsibilityLetter, pk=pk, published_at__isnull=True).delete()
    messages.success(request, _("Deleted."))
    return redirect("homework:responsibility_list")
