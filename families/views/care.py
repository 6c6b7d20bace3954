"""Care files of children in special groups (R039–R041). Opening one is logged, and the log stands in the file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families import papers
from families.forms import CareFileForm, CareFilter, CareRecordForm, ReasonForm
from families.models import CareFile
from families.rows import OFFICE
from families.services import add_record, close_file, open_file
from families.tables import CareFileTable, WithoutFileTable
from school.access import role_required, signed_in
from school.models import AccessLog, Student, User
from school.rows import homeroom_children, with_children
from school.services import log_access, log_export
from school.views.papers import print_paper
from web.editing import edit_row
from web.tables import list_page
from web.templatetags.components import CountTab

CARERS = (*OFFICE, "homeroom_teacher", "teacher")


def children_for(user: User) -> Any:
    """Children for whom the person may open a file: the whole school's for the offices, a homeroom teacher's own."""
    today = timezone.localdate()
    children = Student.objects.of_the_school(today).with_class_to_come(today)
    return children if user.has_role(*OFFICE) else children.filter(homeroom_children(user))


@role_required(*CARERS)
def care_list(request: HttpRequest) -> HttpResponse:
    """The ledger: open files, children of special groups without one, those at risk, closed files."""
    form = CareFilter(request.GET)
    files = form.care_files(CareFile.objects.visible_to(request.user))
    without = form.without_file(children_for(request.user))
    parts: dict[str, Any] = {
        "": files.open(),
        "risk": files.open().filter(at_risk=True),
        "without": without,
        "closed": files.filter(closed_on__isnull=False),
    }
    labels = {"": _("Open files"), "risk": _("At risk"), "without": _("Without a file"), "closed": _("Closed")}
    tabs = [CountTab(key, labels[key], part.count()) for key, part in parts.items()]
    status = request.GET.get("status", "")
    if status == "without":
        return list_page(request, WithoutFileTable(without), form=form, tabs=tabs)
    rows = parts.get(status, parts[""]).select_related("helper")
    rows = rows.annotate(n=Count("records"), last=Max("records__day")).order_by("student__name_key", "pk")
    return list_page(request, CareFileTable(with_children(rows)), form=form, tabs=tabs)


@role_required(*OFFICE, "homeroom_teacher")
def care_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens a file for a child: helper and plan."""
    student = get_object_or_404(children_for(request.user), pk=pk)
    form = CareFileForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="families/_edit.html",
        title=_("Care file for %s") % student.name,
        back=reverse("families:care_list"),
        save=lambda: open_file(student=student, by=request.user, **form.cleaned_data),
    )


def file_for(request: HttpRequest, pk: int) -> CareFile:
    rows = CareFile.objects.visible_to(request.user).select_related("helper")
    return get_object_or_404(with_children(rows), pk=pk)


def leads(user: User, file: CareFile) -> bool:
    """The offices and the homeroom teacher: who changes helper and plan, and closes the file."""
    return user.has_role(*OFFICE) or Student.objects.filter(homeroom_children(user), pk=file.student_id).exists()


@signed_in
def care_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The file: helper, plan, records, visits, and who opened it."""
    file = file_for(request, pk)
    log_access(user=request.user, student=file.student, fields=["care_file"])
    form = CareRecordForm(request.POST or None) if file.closed_on is None else None
    if request.method == "POST" and form:
        return edit_row(
            request,
            form,
            template="families/_edit.html",
            title=_("Record for %s") % file.student.name,
            back=reverse("families:care_detail", args=[pk]),
            save=lambda: add_record(file=file, by=request.user, **form.cleaned_data),
        )
    log = AccessLog.objects.filter(student=file.student, fields__contains=["care_file"]).select_related("user")
    context = papers.contents_of(file) | {"form": form, "log": log[:20], "leads": leads(request.user, file)}
    return render(request, "families/care_detail.html", context)


@signed_in
def care_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another helper, another plan; the database keeps what it was."""
    file = file_for(request, pk)
    if not leads(request.user, file):
        raise PermissionDenied
    log_access(user=request.user, student=file.student, fields=["care_file"])
    return edit_row(
        request,
        CareFileForm(request.POST or None, instance=file),
        template="families/_edit.html",
        title=_("Helper and plan for %s") % file.student.name,
        back=reverse("families:care_detail", args=[pk]),
    )


@signed_in
def care_close(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_for(request, pk)
    if not leads(request.user, file):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="families/_edit.html",
        title=_("Close the file of %s") % file.student.name,
        back=reverse("families:care_list"),
        note=_("The helper no longer sees it. Nothing in it is deleted."),
        save=lambda: close_file(file=file, by=request.user, **form.cleaned_data),
    )


@signed_in
def care_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The file on paper; asks for the reason, which is logged."""
    file = file_for(request, pk)
    if not leads(request.user, file):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        log_export(user=request.user, fields=["care_file"], rows=1, reason=form.cleaned_data["reason"])
        log_access(user=request.user, student=file.student, fields=["care_file"])
        return print_paper(request, papers.CARE_FILE, file)
    context = {
        "title": _("Print the care file of %s") % file.student.name,
        "text": _("The paper says what few may know. Keep it under lock; the reason is logged."),
        "submit": _("Print"),
        "cancel_url": reverse("families:care_detail", args=[pk]),
        "form": form,
        "kind": "primary",
    }
    return render(request, "components/confirm_page.html", context)
