"""Children's accounts: balances, payments with the number of the official receipt, reversals."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.workbooks import Column
from fees.forms import ListFilter, PaymentForm, ReasonForm, ReceiptForm
from fees.models import Charge, Entry, Refund
from fees.money import ZERO
from fees.services import ask_refund, balance_of, pay_code, record_payment, reverse_entry, set_receipt
from fees.views.common import OFFICE, READERS, current_term, page, say, students_asked
from school.access import role_required
from school.models import Student
from school.rows import with_children
from web.editing import edit_row
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab

OWING = {"owing": Q(owed__gt=0), "credit": Q(owed__lt=0), "even": Q(owed=0)}


def account_address(student_pk: int) -> str:
    return reverse("fees:account_detail", args=[student_pk])


@role_required(*READERS)
def account_list(request: HttpRequest) -> HttpResponse:
    """What every family owes or has paid too much; those who owe first."""
    accounts = accounts_with_sums()
    status = request.GET.get("status", "")
    rows = accounts.filter(OWING.get(status, Q()))
    if (students := students_asked(request)) is not None:
        rows = rows.filter(pk__in=students)
    rows = rows.order_by("-owed", "name_key")
    if export_asked(request):
        columns = [_("Child"), _("Class"), _("Charged"), _("Paid"), _("Owed")]
        values = [(s.name, s.class_label, s.charged, -s.paid, s.owed) for s in rows]
        return export_list(
            request,
            title=_("Accounts of the families"),
            columns=[Column(one) for one in columns],
            rows=values,
            fields=["name", "fees"],
        )
    context = {"page_obj": page(request, rows), "tabs": tabs_of(), "form": ListFilter(request.GET)}
    return render(request, "fees/account_list.html", context)


def accounts_with_sums() -> Any:
    charged = Q(fee_entries__kind__in=["charge", "credit"])
    return (
        Student.objects.filter(fee_entries__isnull=False)
        .with_class(timezone.localdate())
        .annotate(
            owed=Sum("fee_entries__amount"),
            charged=Sum("fee_entries__amount", filter=charged, default=0),
            paid=Sum("fee_entries__amount", filter=~charged, default=0),
        )
    )


def tabs_of() -> list[CountTab]:
    sums = Student.objects.filter(fee_entries__isnull=False).annotate(owed=Sum("fee_entries__amount"))
    counts = sums.aggregate(all=Count("pk"), **{name: Count("pk", filter=q) for name, q in OWING.items()})
    labels = {"owing": _("owing"), "credit": _("paid too much"), "even": _("even")}
    return [CountTab("", _("All"), counts["all"]), *(CountTab(k, label, counts[k]) for k, label in labels.items())]


@role_required(*READERS)
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A child's account: every entry, what stands behind it, and the balance that is their sum."""
    student = get_object_or_404(Student.objects.with_class(timezone.localdate()), pk=pk)
    context = account_of(student) | {"may_edit": request.user.has_role(*OFFICE)}
    return render(request, "fees/account_detail.html", context)


def account_of(student: Student) -> dict[str, Any]:
    """What the office's page, the family's and the printed statement show of one child."""
    rows = student.fee_entries.select_related(
        "charge__option", "charge__club", "charge__month", "refund", "by", "reverses", "reversed_by"
    )
    entries: list[tuple[Entry, Decimal]] = []
    total = ZERO
    for entry in rows.order_by("day", "pk"):
        total += entry.amount
        entries.append((entry, total))
    drafts = Charge.objects.filter(student=student, month__locked_at=None).select_related("option", "club", "month")
    return {
        "student": student,
        "entries": entries[::-1],
        "balance": total,
        "drafts": list(drafts),
        "pay_code": pay_code(student),
        "refunds": list(Refund.objects.filter(student=student).select_related("rule")),
    }


@role_required(*OFFICE)
def payment_add(request: HttpRequest, pk: int) -> HttpResponse:
    student = get_object_or_404(Student, pk=pk)
    owed = balance_of(student)
    form = PaymentForm(request.POST or None, initial={"amount": owed} if owed > 0 else None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Payment for %s") % student.name,
        back=account_address(pk),
        note=_("Enter what came in. The official receipt is written on the 票据 of the finance office."),
        save=lambda: record_payment(student=student, term=current_term(), by=request.user, **form.cleaned_data),
        done=_("Payment noted."),
    )


@role_required(*READERS)
def payment_list(request: HttpRequest) -> HttpResponse:
    """All payments, latest first; those whose official receipt is not entered yet apart."""
    payments = Entry.objects.visible_to(request.user).filter(kind=Entry.Kind.PAYMENT)
    states = {
        "missing": Q(receipt_number="", reversed_by=None),
        "bank": Q(method=Entry.Method.BANK),
        "reversed": Q(reversed_by__isnull=False),
    }
    rows = payments.filter(states.get(request.GET.get("status", ""), Q()))
    if (students := students_asked(request)) is not None:
        rows = rows.filter(student__in=students)
    rows = with_children(rows.select_related("by", "reversed_by").order_by("-day", "-pk"))
    if export_asked(request):
        columns = [_("Day"), _("Child"), _("Class"), _("Amount"), _("Way"), _("Receipt"), _("Paid by"), _("Reversed")]
        values = [
            (
                e.day,
                e.student.name,
                e.student.class_label,
                -e.amount,
                e.get_method_display(),
                e.receipt_number,
                e.payer,
                _("yes") if e.is_reversed else "",
            )
            for e in rows
        ]
        return export_list(
            request, title=_("Payments"), columns=[Column(one) for one in columns], rows=values, fields=["name", "fees"]
        )
    counts = payments.aggregate(all=Count("pk"), **{name: Count("pk", filter=q) for name, q in states.items()})
    labels = {"missing": _("receipt to enter"), "bank": _("bank's file"), "reversed": _("reversed")}
    tabs = [CountTab("", _("All"), counts["all"]), *(CountTab(k, label, counts[k]) for k, label in labels.items())]
    context = {
        "page_obj": page(request, rows),
        "tabs": tabs,
        "form": ListFilter(request.GET),
        "may_edit": request.user.has_role(*OFFICE),
    }
    return render(request, "fees/payment_list.html", context)


@role_required(*OFFICE)
def entry_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.select_related("student"), pk=pk)
    form = ReasonForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Reverse an entry of %s") % entry.student.name,
        back=account_address(entry.student_id),
        note=_("The entry stays; a second one of the opposite amount, with your reason, takes it back."),
        save=lambda: reverse_entry(entry=entry, by=request.user, **form.cleaned_data),
        done=_("Reversed."),
    )


@role_required(*OFFICE)
def receipt_enter(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.select_related("student"), pk=pk, kind=Entry.Kind.PAYMENT)
    form = ReceiptForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Receipt for %s") % entry.student.name,
        back=account_address(entry.student_id),
        note=_("The number is entered once and does not change afterwards."),
        save=lambda: set_receipt(entry=entry, by=request.user, **form.cleaned_data),
    )


@role_required(*OFFICE)
def refund_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives back what a family has paid too much (F4)."""
    student = get_object_or_404(Student, pk=pk)
    if request.method == "POST":
        try:
            refund = ask_refund(student=student, term=current_term(), by=request.user)
        except ValidationError as error:
            say(request, error)
            return redirect(account_address(pk))
        messages.success(request, _("The refund is proposed; approve it next."))
        return redirect("fees:refund_detail", refund.pk)
    context = {
        "title": _("Give back to %s?") % student.name,
        "text": _("A refund over what was paid too much is proposed, to be approved and paid out."),
        "submit": _("Propose the refund"),
        "cancel_url": account_address(pk),
        "kind": "primary",
    }
    return render(request, "components/confirm_page.html", context)
