"""Asking for a class's or a grade's agreements as one file, and following its making."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.forms import AgreementPrintForm
from reports.menu import OFFICE
from reports.models import ReportRun
from reports.services import request_agreements
from reports.tables import FileTable
from school.access import role_required
from school.models import Term
from web.tables import paged


@role_required(*OFFICE)
def agreement_print(request: HttpRequest) -> HttpResponse:
    """The form, what the list was filtered by as its beginning, and the files made so far."""
    term = Term.objects.current(timezone.localdate())
    form = AgreementPrintForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        arguments: dict[str, Any] = {name: data[name] for name in ("kind", "grade", "state") if data[name]}
        if data["school_class"]:
            arguments["school_class"] = data["school_class"].pk
        arguments["site"] = request.build_absolute_uri("/")
        try:
            if term is None:
                raise ValidationError(_("There is no term today; enter one first."))
            return redirect(request_agreements(term=term, arguments=arguments, reason=data["reason"], by=request.user))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    runs = ReportRun.objects.filter(kind=ReportRun.Kind.AGREEMENTS).select_related("term", "requested_by")
    table = paged(request, FileTable(runs))
    return render(request, "reports/agreement_print.html", {"form": form, "table": table})
