"""Agreements: the list with what is missing, each on paper, and the public check of a printed one."""

import hashlib

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.pdf import render_pdf
from documents.responses import pdf_response
from documents.workbooks import Column
from enrollment.forms.office import AgreementFilter
from enrollment.models import Agreement, Application, Consent
from enrollment.papers import agreement_paper
from enrollment.services.signing import missing_parties, privacy_template
from enrollment.views.reviewing import PAGE, label_classes, of_grade
from school.access import public, role_required, signed_in
from school.models import SchoolSettings, Student
from school.models.dated import on_day
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab

SEES_AGREEMENTS = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")


@role_required(*SEES_AGREEMENTS)
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Every agreement by state: waiting for signatures, in force, withdrawn; by class, grade, kind and name."""
    visible = Agreement.objects.filter(application__in=Application.objects.visible_to(request.user))
    form = AgreementFilter(request.user, request.GET)
    rows = chosen_agreements(form, visible)
    ended = Q(withdrawn_at__isnull=False, withdrawn_at__lte=timezone.now())
    parts = {
        "": rows,
        "waiting": rows.filter(in_force_at=None).exclude(ended),
        "in_force": rows.filter(in_force_at__isnull=False).exclude(ended),
        "withdrawn": rows.filter(ended),
    }
    shown = parts.get(request.GET.get("status", ""), rows).select_related("template", "application__student")
    shown = shown.prefetch_related("signatures").order_by("application__student__name_key", "kind", "pk")
    if export_asked(request):
        return export_agreements(request, list(shown))
    page_obj = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    settings = SchoolSettings.load()
    for row in page_obj:
        row.missing = missing_parties(row, settings)  # type: ignore[attr-defined]
    label_classes([row.application.student for row in page_obj])
    labels = {"": _("All"), "waiting": _("not in force yet"), "in_force": _("in force"), "withdrawn": _("ended")}
    context = {
        "page_obj": page_obj,
        "tabs": [CountTab(code, labels[code], part.count()) for code, part in parts.items()],
        "form": form,
        "may_print": request.user.has_role("service_office", "academic_office"),
    }
    return render(request, "enrollment/agreement_list.html", context)


def chosen_agreements(form: AgreementFilter, rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    data = form.cleaned_data if form.is_valid() else {}
    if words := (data.get("q") or "").strip():
        rows = rows.filter(application__student__in=Student.objects.search(words)) | rows.filter(number=words)
    if data.get("kind"):
        rows = rows.filter(kind=data["kind"])
    if data.get("school_class"):
        members = data["school_class"].memberships.filter(on_day(form.today)).values("student")
        rows = rows.filter(application__student__in=members)
    return of_grade(rows, data.get("grade"), "application__student")


def export_agreements(request: HttpRequest, rows: list[Agreement]) -> HttpResponse:
    label_classes([row.application.student for row in rows])
    columns = [
        _("Number"),
        _("Kind"),
        _("Class"),
        _("Child"),
        _("Version"),
        _("In force since"),
        _("SHA-256 of the text"),
    ]
    lines = [
        (
            a.number,
            a.get_kind_display(),
            a.application.student.class_label,
            a.application.student.name,
            a.template.version,
            a.in_force_at.date() if a.in_force_at else "",
            a.sha256,
        )
        for a in rows
    ]
    return export_list(
        request, title=_("Agreements"), columns=[Column(c) for c in columns], rows=lines, fields=["name"]
    )


@role_required(*SEES_AGREEMENTS)
def consent_list(request: HttpRequest) -> HttpResponse:
    """The newest decision on each child's data: given, refused, withdrawn, or none yet."""
    students = Student.objects.visible_to(request.user).on_roll(AgreementFilter.day())
    newest = (
        Consent.objects.filter(student__in=students.order_by())
        .order_by("student_id", "-at", "-pk")
        .distinct("student_id")
    )
    by_decision = dict.fromkeys(Consent.Decision.values, 0)
    decided: dict[int, str] = {}
    for student, decision in newest.values_list("student", "decision"):
        by_decision[decision] += 1
        decided[student] = decision
    status = request.GET.get("status", "")
    rows = students.with_class(AgreementFilter.day()).order_by("-entry_year", "class_number", "name_key")
    if status == "none":
        rows = rows.exclude(pk__in=decided)
    elif status:
        rows = rows.filter(pk__in=[pk for pk, decision in decided.items() if decision == status])
    rows = rows.search(request.GET.get("q", ""))
    if export_asked(request):
        labels = dict(Consent.Decision.choices)
        lines = [(s.class_label, s.name, labels.get(decided.get(s.pk, ""), "")) for s in rows]
        columns = [Column(_("Class")), Column(_("Child")), Column(_("Decision"))]
        return export_list(request, title=_("Consents"), columns=columns, rows=lines, fields=["name"])
    page_obj = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    details = Consent.objects.latest_of(list(page_obj))
    none = students.count() - len(decided)
    tabs = [CountTab("", _("All"), none + len(decided)), CountTab("none", _("no decision yet"), none)]
    tabs += [CountTab(code, label, by_decision[code]) for code, label in Consent.Decision.choices]
    context = {
        "page_obj": page_obj,
        "rows": [(student, details.get(student.pk)) for student in page_obj],
        "tabs": tabs,
        "template": privacy_template(),
    }
    return render(request, "enrollment/consent_list.html", context)


@signed_in
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as signed: number, text version, signatures with time, and a QR code for checking it."""
    applications = Application.objects.visible_to(request.user)
    agreement = get_object_or_404(
        Agreement.objects.filter(application__in=applications)
        .select_related("template", "application__student")
        .prefetch_related("signatures"),
        pk=pk,
    )
    context = {
        "papers": [agreement_paper(agreement, request.build_absolute_uri)],
        "school_name": SchoolSettings.load().name,
    }
    return pdf_response(render_pdf("enrollment/pdf/agreement.html", context), f"{agreement.number}.pdf")


@public
def agreement_check(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Whether a printed agreement is genuine; shows no child's data."""
    agreement = Agreement.objects.select_related("template").filter(number=number, code=code).first()
    genuine = agreement is not None and hashlib.sha256(agreement.text.encode()).hexdigest() == agreement.sha256
    status = 200 if genuine else 404
    return render(
        request,
        "enrollment/agreement_check.html",
        {"agreement": agreement if genuine else None, "number": number},
        status=status,
    )
