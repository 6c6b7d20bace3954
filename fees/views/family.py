"""A family's fees on the phone: what was charged and why, what was paid, the statement, asking for a waiver."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.pdf import render_pdf
from documents.responses import pdf_response
from fees.forms import WaiverAskForm
from fees.models import Charge, Entry, Waiver
from fees.services import ask_waiver, pay_code
from fees.views.accounts import account_of
from fees.views.common import current_term
from school.access import role_required
from school.models import SchoolSettings, Student
from web.editing import edit_row


def own_children(request: HttpRequest) -> Any:
    own = Student.objects.of_guardian(request.user)
    return Student.objects.filter(pk__in=own.values("pk")).with_class(timezone.localdate())


@role_required("guardian")
def family_fees(request: HttpRequest) -> HttpResponse:
    """Child by child: the balance, each month with how it was computed, payments with their receipts."""
    children = list(own_children(request)[:12])
    charges: dict[int, list[Charge]] = {child.pk: [] for child in children}
    for charge in (
        Charge.objects.filter(student__in=children)
        .select_related("option", "club", "month")
        .order_by("-month__first", "pk")
    ):
        charges[charge.student_id].append(charge)
    entries: dict[int, list[Entry]] = {child.pk: [] for child in children}
    for entry in Entry.objects.filter(student__in=children).select_related("reversed_by").order_by("-day", "-pk"):
        entries[entry.student_id].append(entry)
    waivers: dict[int, list[Waiver]] = {child.pk: [] for child in children}
    for waiver in Waiver.objects.visible_to(request.user).filter(student__in=children).order_by("-asked_at"):
        waivers[waiver.student_id].append(waiver)
    rows = [
        {
            "child": child,
            "balance": sum((entry.amount for entry in entries[child.pk]), 0),
            "charges": charges[child.pk],
            "entries": [entry for entry in entries[child.pk] if entry.kind != Entry.Kind.CHARGE],
            "waivers": waivers[child.pk],
            "may_ask": not any(waiver.status in Waiver.OPEN for waiver in waivers[child.pk]),
            "pay_code": pay_code(child),
        }
        for child in children
    ]
    return render(request, "fees/family_fees.html", {"rows": rows})


@role_required("guardian", "service_office")
def family_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The account as a paper to print; it is a statement, no receipt."""
    children = Student.objects.with_class(timezone.localdate())
    student = get_object_or_404(children if request.user.has_role("service_office") else own_children(request), pk=pk)
    context = account_of(student) | {
        "school_name": SchoolSettings.load().name,
        "printed_at": timezone.now(),
        "term": current_term(),
    }
    context["entries"] = context["entries"][::-1]
    return pdf_response(
        render_pdf("fees/pdf/statement.html", context, layout="print_list"), f"{_('Statement')} {student.name}.pdf"
    )


@role_required("guardian")
def waiver_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian asks for a waiver: ground, a few words, a photograph of the paper."""
    student = get_object_or_404(own_children(request), pk=pk)
    form = WaiverAskForm(request.POST or None, request.FILES or None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Ask for a waiver for %s") % student.name,
        back=reverse("fees:family_fees"),
        note=_(
            "Only the after-school service office sees what you write here; teachers and other families do not. "
            "Your child takes part as before, whatever is decided."
        ),
        save=lambda: ask_waiver(student=student, term=current_term(), by=request.user, **form.cleaned_data),
        done=_("Sent. The office decides and you see it here."),
    )
