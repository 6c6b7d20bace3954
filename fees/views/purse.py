"""Income and spending by purpose (R031), the distribution plan with its steps (R035), balances by class, the overview."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.workbooks import Column
from fees.balances import account_balance, by_purpose, classes_with_sums, fee_income, month_rows, paid_in, term_sums
from fees.forms import AccountLineForm, PlanForm, ReasonForm, StepForm
from fees.models import AccountLine, DistributionPlan, PlanStep
from fees.money import ZERO
from fees.services import record_line, record_step, reverse_line, save_plan
from fees.tables.office import LineTable
from fees.tasks_waiting import waiting_for
from fees.views.common import OFFICE, READERS, current_term
from school.access import role_required
from web.editing import edit_row
from web.exporting import export_asked, export_list
from web.tables import Link, list_page
from web.templatetags.components import TimelineEntry
from web.templatetags.formats import cn_date


@role_required(*READERS)
def overview(request: HttpRequest) -> HttpResponse:
    """The state of the term's money in a few figures, each leading to its rows, and what waits for the office."""
    term = current_term()
    may_edit = request.user.has_role(*OFFICE)
    context = term_sums(term) | {
        "term": term,
        "months": month_rows(term),
        "waiting": list(waiting_for(request.user)) if may_edit else [],
        "may_edit": may_edit,
    }
    return render(request, "fees/overview.html", context)


@role_required(*READERS)
def class_balance(request: HttpRequest) -> HttpResponse:
    """Counts and sums by class, no child named; for the office and the principal only."""
    rows = classes_with_sums(current_term())
    if export_asked(request):
        columns = [_("Class"), _("Children"), _("Charged"), _("Paid"), _("Paid ahead"), _("Owed"), _("Children owing")]
        names = ("label", "children", "charged", "paid", "ahead", "owed", "owing")
        values = [tuple(row[name] for name in names) for row in rows]
        return export_list(
            request, title=_("Balance by class"), columns=[Column(one) for one in columns], rows=values, fields=["sums"]
        )
    total = {name: sum((row[name] for row in rows), ZERO) for name in ("charged", "paid", "ahead", "owed")}
    total |= {name: sum(row[name] for row in rows) for name in ("children", "owing")}
    return render(request, "fees/class_balance.html", {"rows": rows, "total": total, "term": current_term()})


@role_required(*READERS)
def purse(request: HttpRequest) -> HttpResponse:
    """Where the money came from and what it was spent on; the balance is the sum."""
    term = current_term()
    lines = AccountLine.objects.filter(term=term).select_related("by", "reverses", "reversed_by")
    may_edit = request.user.has_role(*OFFICE)
    table = LineTable(lines.order_by("-day", "-pk"), exclude=() if may_edit else ("actions",))
    table.subtitle = str(term)
    links = [Link(_("Enter"), reverse("fees:purse_add"), "plus", primary=True)] if may_edit else []
    sums = by_purpose(term)
    return list_page(
        request,
        table,
        template="fees/purse.html",
        links=[*links, Link(_("Distribution plan"), reverse("fees:plan"))],
        here="purse",
        fees=paid_in(term),
        given_back=fee_income(term) - paid_in(term),
        income=[(AccountLine.Purpose(p).label, sums[p]) for p in AccountLine.INCOME],
        spending=[(AccountLine.Purpose(p).label, sums[p]) for p in AccountLine.SPENDING],
        balance=account_balance(term),
        plan=DistributionPlan.objects.filter(term=term).first(),
    )


@role_required(*OFFICE)
def purse_add(request: HttpRequest) -> HttpResponse:
    form = AccountLineForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Income or spending"),
        back=reverse("fees:purse"),
        note=_("Spending is for labour pay of teachers and supplies for the children's service, nothing else."),
        save=lambda: record_line(term=current_term(), by=request.user, **form.cleaned_data),
    )


@role_required(*OFFICE)
def purse_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(AccountLine, pk=pk)
    form = ReasonForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Reverse: %s") % line.get_purpose_display(),
        back=reverse("fees:purse"),
        note=_("The entry stays; a second one of the opposite amount, with your reason, takes it back."),
        save=lambda: reverse_line(line=line, by=request.user, **form.cleaned_data),
        done=_("Reversed."),
    )


@role_required(*READERS)
def plan(request: HttpRequest) -> HttpResponse:
    """The distribution plan: its text, and its steps in their order."""
    term = current_term()
    found = DistributionPlan.objects.filter(term=term).first()
    may_edit = request.user.has_role(*OFFICE)
    form = PlanForm(request.POST or None, instance=found) if may_edit else None
    if request.method == "POST" and form and form.is_valid():
        try:
            save_plan(term=term, text=form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("fees:plan")
    steps = list(found.steps.select_related("by")) if found else []
    context = {
        "term": term,
        "plan": found,
        "form": form,
        "may_edit": may_edit,
        "entries": [TimelineEntry(s.get_kind_display(), cn_date(s.day), s.by.name, s.note, "ok") for s in steps],
        "next": [label for code, label in PlanStep.Kind.choices if code not in {s.kind for s in steps}],
    }
    return render(request, "fees/plan.html", context)


@role_required(*OFFICE)
def plan_step(request: HttpRequest) -> HttpResponse:
    found = get_object_or_404(DistributionPlan, term=current_term())
    done = set(found.steps.values_list("kind", flat=True))
    following = next((code for code in PlanStep.Kind.values if code not in done), None)
    form = StepForm(request.POST or None, initial={"kind": following})
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Record a step of the plan"),
        back=reverse("fees:plan"),
        save=lambda: record_step(plan=found, by=request.user, **form.cleaned_data),
    )
