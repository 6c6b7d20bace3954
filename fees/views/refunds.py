"""Refunds: proposed by rule, approved, paid out."""

from decimal import Decimal

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fees.forms import ListFilter, PayOutForm, RefundDecisionForm
from fees.models import Entry, Refund, RefundRule
from fees.money import ZERO
from fees.services import decide_refund, pay_refund, payable, propose_refunds
from fees.tables.accounts import REFUND_KIND, RefundReadTable, RefundTable
from fees.views.common import OFFICE, READERS, current_term
from school.access import role_required
from school.rows import with_children
from web.editing import saved
from web.tables import list_page
from web.templatetags.components import CountTab


@role_required(*READERS)
def refund_list(request: HttpRequest) -> HttpResponse:
    refunds = Refund.objects.visible_to(request.user)
    counts = dict(refunds.order_by().values_list("status").annotate(n=Count("pk")))
    tabs = [CountTab("", _("All"), sum(counts.values()))]
    tabs += [CountTab(code, label, counts.get(code, 0)) for code, label in Refund.Status.choices]
    status = request.GET.get("status", "")
    form = ListFilter(request.GET)
    rows = form.narrowed(refunds.filter(status=status) if status else refunds)
    rows = with_children(rows.select_related("rule", "charge__option"))
    may_edit = request.user.has_role(*OFFICE)
    return list_page(
        request,
        RefundTable(rows) if may_edit else RefundReadTable(rows),
        template="fees/refund_list.html",
        form=form,
        tabs=tabs,
        here="refunds",
        rules=RefundRule.objects.filter(term=current_term()).select_related("option").with_effect(),
        may_edit=may_edit,
    )


@role_required(*OFFICE)
@require_POST
def refund_propose(request: HttpRequest) -> HttpResponse:
    if n := propose_refunds(term=current_term(), by=request.user):
        messages.success(request, ngettext("%d refund proposed.", "%d refunds proposed.", n) % n)
    else:
        messages.info(
            request,
            _("Nothing to give back by the rules: nobody falls under them whose refund is not on the list already."),
        )
    return redirect("fees:refund_list")


@role_required(*OFFICE)
def refund_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One refund with what it was computed from, and the next step: the decision, or paying out."""
    refund = get_object_or_404(with_children(Refund.objects.select_related("rule", "charge", "decided_by")), pk=pk)
    form: RefundDecisionForm | PayOutForm | None = None
    if refund.status == Refund.Status.PROPOSED:
        form = RefundDecisionForm(request.POST or None)
    elif refund.status == Refund.Status.APPROVED:
        form = PayOutForm(request.POST or None, most=payable(refund))
    if request.method == "POST" and form and form.is_valid() and saved(form, lambda: _act(request, refund, form)):
        return redirect("fees:refund_detail", pk)
    context = {
        "refund": refund,
        "form": form,
        "kind": REFUND_KIND[refund.status],
        "payable": payable(refund),
        "kept": kept_of(refund) if refund.status == Refund.Status.PAID else 0,
        "entries": refund.entries.select_related("by").order_by("pk"),
    }
    return render(request, "fees/refund_detail.html", context)


def kept_of(refund: Refund) -> Decimal:
    """What of a refund by rule was not paid out, and stands on the account for what comes."""
    paid = sum((entry.amount for entry in refund.entries.filter(kind=Entry.Kind.REFUND)), ZERO)
    return min(max(refund.credit - paid, ZERO), max(-refund.student.fee_entries.balance(), ZERO))


def _act(request: HttpRequest, refund: Refund, form: RefundDecisionForm | PayOutForm) -> None:
    if isinstance(form, PayOutForm):
        entry = pay_refund(refund=refund, by=request.user, **form.cleaned_data)
        set_off = _("Nothing is paid out: it was set off against what the family owes.")
        messages.success(request, _("Paid out.") if entry else set_off)
        return
    approve = form.cleaned_data["decision"] == "approve"
    decide_refund(refund=refund, approve=approve, opinion=form.cleaned_data["opinion"], by=request.user)
    messages.success(request, _("Approved.") if approve else _("Declined."))
