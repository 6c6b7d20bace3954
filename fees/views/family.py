"""A family's fees on the phone: what was charged and why, what was paid, the statement, asking for a waiver."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.children import children_of, own_child
from fees import papers
from fees.balances import family_accounts
from fees.forms import WaiverAskForm
from fees.services import ask_waiver
from fees.views.common import current_term
from school.access import role_required
from school.models import Student
from school.views.papers import print_paper
from web.editing import edit_row


@role_required("guardian")
def family_fees(request: HttpRequest) -> HttpResponse:
    """Child by child: the balance, each month with how it was computed, payments with their receipts."""
    rows = family_accounts(list(children_of(request)[:12]), request.user)
    return render(request, "fees/family_fees.html", {"rows": rows})


@role_required("guardian", "service_office")
def family_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The account as a paper to print; it is a statement, no receipt."""
    everybody = Student.objects.with_class(timezone.localdate())
    seen = everybody if request.user.has_role("service_office") else children_of(request)
    student = get_object_or_404(seen, pk=pk)
    return print_paper(request, papers.STATEMENT, student, current_term())


@role_required("guardian")
def waiver_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian asks for a waiver: ground, a few words, a photograph of the paper."""
    student = own_child(request, pk)
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
