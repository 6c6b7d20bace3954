"""Agreements: the list with what is missing, each on paper, and the public check of a printed one."""

import hashlib

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment import papers
from enrollment.forms.office import AgreementFilter
from enrollment.merging import privacy_template
from enrollment.models import Agreement, Consent
from enrollment.tables.agreements import AgreementTable, ConsentTable
from school.access import bounded, public, role_required, signed_in
from school.models import Student
from school.views.papers import print_paper
from web.tables import Link, list_page
from web.templatetags.components import CountTab

SEES_AGREEMENTS = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")


@role_required(*SEES_AGREEMENTS)
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Every agreement by state: waiting for signatures, in force, withdrawn; by class, grade, kind and name."""
    form = AgreementFilter(request.user, request.GET)
    rows = form.narrowed(Agreement.objects.visible_to(request.user))
    parts = {"": rows} | rows.by_state()
    labels = {"": _("All")} | {state: state.label for state in Agreement.State}
    tabs = [CountTab(code, labels[code], part.count()) for code, part in parts.items()]
    shown = parts.get(request.GET.get("status", ""), rows).select_related("template", "application")
    children = Prefetch("application__student", Student.objects.with_class_to_come(timezone.localdate()))
    shown = shown.prefetch_related(children, "signatures").order_by("application__student__name_key", "kind", "pk")
    links = [Link(_("Consents"), reverse("enrollment:consent_list"), "shield-lock")]
    if request.user.has_role("service_office", "academic_office"):
        paper = f"{reverse('reports:agreement_print')}?{request.GET.urlencode()}"
        links.append(Link(_("Print a class or grade"), paper, "printer", primary=True))
    return list_page(request, AgreementTable(shown), form=form, tabs=tabs, links=links)


@role_required(*SEES_AGREEMENTS)
def consent_list(request: HttpRequest) -> HttpResponse:
    """The newest decision on each child's data: given, refused, withdrawn, or none yet."""
    students = Student.objects.visible_to(request.user).on_roll(AgreementFilter.day())
    decided = Consent.objects.decisions(students)
    none = students.count() - len(decided)
    tabs = [CountTab("", _("All"), none + len(decided)), CountTab("none", _("no decision yet"), none)]
    found = list(decided.values())
    tabs += [CountTab(code, label, found.count(code)) for code, label in Consent.Decision.choices]
    rows = students.with_class(AgreementFilter.day()).order_by("-entry_year", "class_number", "name_key")
    status = request.GET.get("status", "")
    if status == "none":
        rows = rows.exclude(pk__in=decided)
    elif status:
        rows = rows.filter(pk__in=[pk for pk, decision in decided.items() if decision == status])
    return list_page(
        request,
        ConsentTable(rows.search(request.GET.get("q", ""))),
        template="enrollment/consent_list.html",
        tabs=tabs,
        back=reverse("enrollment:agreement_list"),
        text=privacy_template(),
    )


@signed_in
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as signed: number, text version, signatures with time, and a QR code for checking it."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user).for_paper(), pk=pk)
    return print_paper(request, papers.AGREEMENT, agreement, request.build_absolute_uri)


@public
@bounded("agreement_check")
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
