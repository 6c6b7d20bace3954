"""Children's accounts: balances, payments with the number of the official receipt, reversals."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fees.balances import account_of, accounts_with_sums, balance_of
from fees.forms import GiveBackForm, ListFilter, PaymentForm, ReasonForm, ReceiptsForm
from fees.models import Entry, Refund
from fees.prepaying import is_still_charged, still_charged
from fees.services import ask_refund, record_payment, reverse_entry, set_receipt
from fees.tables.accounts import AccountTable, PaymentTable
from fees.views.common import LIST, OFFICE, READERS, current_term, in_state, state_tabs
from school.access import role_required
from school.models import Student, User
from school.rows import with_children
from web.addresses import read_numbers
from web.asking import Asked
from web.editing import edit_row
from web.tables import MOST_AT_ONCE, Batch, Link, list_page

OWING = {
    "owing": (gettext_lazy("owing"), Q(owed__gt=0)),
    "prepaid": (gettext_lazy("prepaid"), Q(owed__lt=0, still_charged=True)),
    "credit": (gettext_lazy("paid too much"), Q(owed__lt=0, still_charged=False)),
    "even": (gettext_lazy("even"), Q(owed=0)),
}
PAYMENTS = {
    "missing": (gettext_lazy("receipt to enter"), Q(receipt_number="", reversed_by=None)),
    "bank": (gettext_lazy("bank's file"), Q(method=Entry.Method.BANK)),
    "reversed": (gettext_lazy("reversed"), Q(reversed_by__isnull=False)),
}


def account_address(student_pk: int) -> str:
    return reverse("fees:account_detail", args=[student_pk])


@role_required(*READERS)
def account_list(request: HttpRequest) -> HttpResponse:
    """What every family owes or has paid too much; those who owe first."""
    sums = Student.objects.filter(fee_entries__isnull=False).annotate(
        owed=Sum("fee_entries__amount"), still_charged=still_charged()
    )
    form = ListFilter(request.GET)
    rows = form.narrowed(accounts_with_sums().filter(in_state(OWING, request.GET.get("status", ""))), "pk")
    table = AccountTable(rows.order_by("-owed", "name_key"))
    return list_page(request, table, template=LIST, form=form, tabs=state_tabs(sums, OWING), here="accounts")


@role_required(*READERS)
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A child's account: every entry, what stands behind it, and the balance that is their sum."""
    student = get_object_or_404(Student.objects.with_class(timezone.localdate()), pk=pk)
    context = account_of(student) | {"may_edit": request.user.has_role(*OFFICE)}
    return render(request, "fees/account_detail.html", context)


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
    form = ListFilter(request.GET)
    status, may_edit = request.GET.get("status", ""), request.user.has_role(*OFFICE)
    rows = form.narrowed(payments.filter(in_state(PAYMENTS, status))).select_related("by", "reversed_by")
    in_pile = may_edit and status == "missing"
    table = PaymentTable(with_children(rows.order_by("-day", "-pk")), exclude=() if in_pile else ("select",))
    table.may_edit = may_edit
    batch = [Batch("enter", _("Enter the receipts of the selected"), pile_of, "receipt")] if in_pile else []
    links = [Link(_("Bank's files"), reverse("fees:bank_list"), "building-bank")] if may_edit else []
    tabs = state_tabs(payments, PAYMENTS)
    shown: dict[str, Any] = {"form": form, "tabs": tabs, "links": links, "batch": batch, "here": "payments"}
    return list_page(request, table, template=LIST, **shown)


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
def receipt_enter(request: HttpRequest) -> HttpResponse:
    """Numbers of official receipts, a line a payment, in the order of the list. What is refused stays, with its reason."""
    waiting = Entry.objects.visible_to(request.user).receipts().filter(receipt_number="")
    keys = read_numbers(request.GET.getlist("row"))[:MOST_AT_ONCE]
    found, back = with_children(waiting).in_bulk(keys), f"{reverse('fees:payment_list')}?status=missing"
    payments = [found[key] for key in keys if key in found]
    if not payments:
        messages.info(request, _("No receipt is to be entered for this payment."))
        return redirect(back)
    form = ReceiptsForm(payments, request.POST or None, first=request.GET.get("first", "").strip()[:40])
    if request.method == "POST" and form.is_valid():
        entered = enter_receipts(form, request.user)
        if entered:
            messages.success(request, ngettext("%d receipt entered.", "%d receipts entered.", entered) % entered)
        if not form.errors:
            return redirect(back)
    context = {"form": form, "back": back, "keys": [payment.pk for payment in payments]}
    return render(request, "fees/receipt_enter.html", context)


def enter_receipts(form: ReceiptsForm, by: User) -> int:
    """Enters each number; how many. A refusal or a question is written at its payment, which stays in the form."""
    entered, another = 0, form.cleaned_data["another"]
    for name, payment, number in form.numbers():
        try:
            set_receipt(entry=payment, number=number, by=by, another=another)
        except Asked as question:
            form.ask(question, name)
        except ValidationError as error:
            form.add_error(name, error.messages)
        else:
            form.leave_out(name)
            entered += 1
    return entered


def pile_of(request: HttpRequest, keys: list[int]) -> HttpResponse:
    """The page on which the receipts of those that were ticked are entered."""
    return redirect(f"{reverse('fees:receipt_enter')}?{urlencode({'row': keys}, doseq=True)}")


@role_required(*OFFICE)
def refund_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives back what a family has paid too much (F4), or a part of it."""
    student = get_object_or_404(Student, pk=pk)
    credit = -balance_of(student)
    prepaid = credit > 0 and is_still_charged(student)
    form = GiveBackForm(request.POST or None, initial={"amount": credit} if credit > 0 and not prepaid else None)
    note = _("A refund over this amount is proposed, to be approved and paid out.")
    if prepaid:
        note += " " + _("%s yuan are prepaid: they answer charges to come, unless you give them back.") % credit
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Give back to %s?") % student.name,
        back=f"{reverse('fees:refund_list')}?status={Refund.Status.PROPOSED}",
        note=note,
        save=lambda: ask_refund(student=student, term=current_term(), by=request.user, **form.cleaned_data),
        done=_("The refund is proposed; approve it next."),
    )
