"""A bank's file: upload, look at what was matched, say whose the rest is, book."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees.forms import BankFileForm, ChildForm, NameFilter
from fees.models import BankFile, BankLine
from fees.services import assign_line, book_bank_file, upload_bank_file
from fees.services.bank import HEADINGS
from fees.tables.office import BankFileTable, BankLineTable
from fees.views.common import OFFICE, current_term, say
from school.access import role_required
from school.importing.containers import WorkbookRefused
from school.models import Student
from school.rows import with_children
from web.tables import list_page
from web.templatetags.components import CountTab


@role_required(*OFFICE)
def bank_list(request: HttpRequest) -> HttpResponse:
    """Files uploaded so far, and the place to upload the next."""
    form = BankFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        known = BankFile.objects.count()
        try:
            file = upload_bank_file(name=upload.name, data=upload.read(), term=current_term(), by=request.user)
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            if BankFile.objects.count() == known:
                messages.info(request, _("This file was uploaded before; here it is."))
            return redirect("fees:bank_detail", file.pk)
    files = BankFile.objects.select_related("uploaded_by").annotate(
        n=Count("lines"), done=Count("lines", filter=Q(lines__state=BankLine.State.BOOKED))
    )
    table = BankFileTable(files.order_by("-uploaded_at"))
    shown = {"upload": form, "headings": HEADINGS.values()}
    return list_page(request, table, template="fees/bank_list.html", here="bank", **shown)


@role_required(*OFFICE)
def bank_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: matched, several fit, nobody fits, booked earlier. Booking takes the matched lines."""
    file = get_object_or_404(BankFile.objects.select_related("uploaded_by"), pk=pk)
    if request.method == "POST" and "action" not in request.POST:
        n = book_bank_file(file=file, term=current_term(), by=request.user)
        messages.success(request, ngettext("%d payment booked.", "%d payments booked.", n) % n)
        return redirect("fees:bank_detail", pk)
    status = request.GET.get("status", "")
    rows = file.lines.filter(state=status) if status else file.lines.all()
    counts = dict(file.lines.order_by().values_list("state").annotate(n=Count("pk")))
    tabs = [CountTab("", _("All"), sum(counts.values()))]
    tabs += [CountTab(code, label, counts.get(code, 0)) for code, label in BankLine.State.choices]
    is_open = file.status != BankFile.Status.DISCARDED and any(state not in BankLine.DONE for state in counts)
    table = BankLineTable(with_children(rows.order_by("number")), exclude=() if is_open else ("actions",))
    table.title, table.subtitle = file.name, file.get_status_display()
    return list_page(
        request,
        table,
        template="fees/bank_detail.html",
        tabs=tabs,
        back=reverse("fees:bank_list"),
        file=file,
        matched=counts.get(BankLine.State.MATCHED, 0),
        is_open=is_open,
    )


@role_required(*OFFICE)
def bank_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose payment a line is: among those that fit, or any child by name."""
    line = get_object_or_404(BankLine.objects.select_related("file"), pk=pk)
    words = request.GET.get("q", "").strip()
    students = Student.objects.with_class(timezone.localdate())
    found = students.search(words).values("pk")[:50] if words else line.candidates
    form = ChildForm(
        request.POST or None,
        candidates=students.filter(Q(pk__in=found) | Q(pk=line.student_id)),
        initial={"student": line.student_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assign_line(line=line, student=form.cleaned_data["student"], by=request.user)
        except ValidationError as error:
            say(request, error)
        return redirect("fees:bank_detail", line.file_id)
    context = {"line": line, "form": form, "search": NameFilter(request.GET)}
    return render(request, "fees/bank_line.html", context)
