"""Notices to families: text for the class group, poster, whom to phone, and the log of channels."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.qr import qr_svg
from documents.workbooks import Column
from school import papers
from school.access import WHOLE_SCHOOL, role_required
from school.forms.notices import ChannelForm, NoticeLogFilter
from school.models import Guardianship, NoticeLog, SchoolClass, Student
from school.notices import (
    SENDERS,
    Notice,
    classes_to_notify,
    current_notices,
    find_notice,
    log_channel,
    message_text,
    progress,
    within,
)
from school.services import log_access
from school.tables import NoticeLogTable
from school.views.papers import print_paper
from web.exporting import export_asked, export_list
from web.tables import list_page
from web.templatetags.components import CountTab

PAGE = 25


def load(request: HttpRequest, kind: str, pk: int) -> tuple[Notice, list[SchoolClass]]:
    """The notice and those of its classes that are this person's; 404 where it goes to none of them."""
    notice = find_notice(kind, pk)
    classes = [row.school_class for row in progress(notice, classes_to_notify(request.user))] if notice else []
    if notice is None or not (classes or request.user.has_role(*WHOLE_SCHOOL)):
        raise Http404
    return notice, classes


@role_required(*SENDERS)
def notice_list(request: HttpRequest) -> HttpResponse:
    """What families are to answer now, and the log of channels."""
    entries = NoticeLog.objects.visible_to(request.user).select_related("by").prefetch_related("school_classes")
    status = request.GET.get("status", "")
    tabs = [
        CountTab("", _("All"), entries.count()),
        CountTab("reminder", _("Reminders"), entries.filter(reminder=True).count()),
    ]
    rows = entries.filter(reminder=True) if status == "reminder" else entries
    form = NoticeLogFilter(request.GET)
    if form.is_valid():
        rows = rows.filter(channel=form.cleaned_data["channel"]) if form.cleaned_data["channel"] else rows
        rows = rows.filter(title__icontains=form.cleaned_data["q"].strip())
    classes = list(classes_to_notify(request.user))
    current = [(notice, sums(progress(notice, classes))) for notice in current_notices()]
    return list_page(
        request,
        NoticeLogTable(rows),
        template="school/notice_list.html",
        tabs=tabs,
        form=form,
        current=[(notice, total) for notice, total in current if total["addressed"]],
    )


def sums(rows: list[Any]) -> dict[str, int]:
    addressed, outstanding = sum(r.addressed for r in rows), sum(r.outstanding for r in rows)
    return {"addressed": addressed, "outstanding": outstanding, "answered": addressed - outstanding}


def enter_channel(request: HttpRequest, notice: Notice, form: ChannelForm) -> bool:
    """Enters how the notice went out; if that is refused, the reason is added to the form."""
    data = dict(form.cleaned_data)
    classes = data.pop("school_classes")
    try:
        entry = log_channel(notice=notice, classes=classes, by=request.user, **data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Entered; %d families were outstanding.") % entry.outstanding)
    return True


@role_required(*SENDERS)
def notice_detail(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One notice: what to send, how far the answers are, and by which channels it went."""
    notice, classes = load(request, kind, pk)
    form = ChannelForm(classes, request.POST or None)
    if request.method == "POST" and form.is_valid() and enter_channel(request, notice, form):
        return redirect("school:notice_detail", kind, pk)
    link = request.build_absolute_uri(notice.path)
    rows = progress(notice, classes)
    entries = NoticeLog.objects.visible_to(request.user).filter(kind=kind, object_id=pk)
    context = {
        "notice": notice,
        "text": message_text(notice, link),
        "qr": qr_svg(link),
        "rows": rows,
        "total": sums(rows),
        "entries": entries.select_related("by").prefetch_related("school_classes"),
        "form": form,
    }
    return render(request, "school/notice_detail.html", context)


@role_required(*SENDERS)
def notice_poster(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """An A4 page for the classroom's door: title, QR code, closing date, three lines."""
    notice, _classes = load(request, kind, pk)
    return print_paper(request, papers.NOTICE_POSTER, notice, request.build_absolute_uri(notice.path))


@role_required(*SENDERS)
def notice_call(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Whom to phone: children of whom nobody has answered; a phone is masked until opened, which is logged."""
    notice, classes = load(request, kind, pk)
    waiting = within(notice.outstanding, classes)
    if request.method == "POST" and "student" in request.POST:
        return phone_opened(request, notice, waiting)
    chosen = request.GET.get("school_class", "")
    rows = within(waiting, [one for one in classes if str(one.pk) == chosen]) if chosen else waiting
    rows = rows.search(request.GET.get("q", "")).with_class_to_come(timezone.localdate())
    rows = rows.order_by("-entry_year", "class_number", "name_key").prefetch_related("guardianships__guardian")
    if export_asked(request):
        return export_calls(request, notice, rows)
    tabs = [CountTab("", _("All"), waiting.count())]
    if len(classes) > 1:
        found = progress(notice, classes)
        tabs += [CountTab(str(row.school_class.pk), row.school_class.label(), row.outstanding) for row in found]
    page_obj = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"notice": notice, "page_obj": page_obj, "tabs": tabs, "opened": request.GET.get("opened", "")}
    return render(request, "school/notice_call.html", context)


def phone_opened(request: HttpRequest, notice: Notice, waiting: Any) -> HttpResponse:
    """The row of one child with its phones; without a script a page with this row alone."""
    key = request.POST["student"]
    rows = waiting.with_class_to_come(timezone.localdate()).prefetch_related("guardianships__guardian")
    student = get_object_or_404(rows, pk=key if key.isdecimal() else 0)
    log_access(user=request.user, student=student, fields=["phones"])
    context = {"notice": notice, "student": student, "opened": True}
    template = "school/_notice_call_row.html" if request.htmx else "school/notice_phone.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def export_calls(request: HttpRequest, notice: Notice, rows: Any) -> HttpResponse:
    table = [
        (student.class_label, student.name, g.guardian.name, g.relation, g.guardian.phone)
        for student in rows
        for g in callable_adults(student)
    ]
    columns = [Column(_("Class")), Column(_("Child")), Column(_("Guardian")), Column(_("Relation")), Column(_("Phone"))]
    return export_list(
        request, title=_("To phone: %s") % notice.title, columns=columns, rows=table, fields=["name", "phones"]
    )


def callable_adults(student: Student) -> list[Guardianship]:
    """Adults of a child who may be phoned, from the prefetched rows: never one who is barred."""
    return [g for g in student.guardianships.all() if not g.barred]
