"""Monthly rosters: made, compared with the roll calls, differences settled one by one or together, printed by group."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.pdf import render_pdf
from documents.responses import pdf_response
from documents.workbooks import Column
from enrollment.models import CareGroup
from fees.forms import ListFilter, SettleForm
from fees.models import Roster
from fees.services import compare_roster, make_roster, settle_differences
from fees.services.months import month_of
from fees.templatetags.money import month_name
from fees.views.common import OFFICE, current_term, page, say, students_asked
from school.access import role_required
from school.models import SchoolSettings
from school.rows import with_children
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab
from web.templatetags.formats import weekdays


@role_required(*OFFICE)
def roster_list(request: HttpRequest) -> HttpResponse:
    """The rosters of the term, with what is still to settle in each."""
    term = current_term()
    rosters = Roster.objects.filter(term=term).annotate(
        children=Count("lines__student", distinct=True),
        open=Count("differences", filter=Q(differences__settled_at=None), distinct=True),
        settled=Count("differences", filter=Q(differences__settled_at__isnull=False), distinct=True),
    )
    rosters = rosters.order_by("-first")
    this_month = month_of(min(max(timezone.localdate(), term.starts_on), term.ends_on))
    context = {
        "term": term,
        "page_obj": page(request, rosters),
        "this_month": this_month,
        "is_made": rosters.filter(first=this_month).exists(),
    }
    return render(request, "fees/roster_list.html", context)


@role_required(*OFFICE)
@require_POST
def roster_make(request: HttpRequest) -> HttpResponse:
    """This month's roster, if the clock has not made it; made once."""
    try:
        roster = make_roster(first=month_of(timezone.localdate()), by=request.user)
    except ValidationError as error:
        say(request, error)
        return redirect("fees:roster_list")
    return redirect("fees:roster_detail", roster.pk)


@role_required(*OFFICE)
@require_POST
def roster_compare(request: HttpRequest, pk: int) -> HttpResponse:
    n = compare_roster(roster=get_object_or_404(Roster, pk=pk))
    messages.success(
        request, ngettext("Compared: %d difference to settle.", "Compared: %d differences to settle.", n) % n
    )
    return redirect("fees:roster_differences", pk)


@role_required(*OFFICE)
def roster_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen list by care group."""
    roster = get_object_or_404(Roster, pk=pk)
    lines = roster.lines.select_related("group")
    if (students := students_asked(request)) is not None:
        lines = lines.filter(student__in=students)
    lines = with_children(lines)
    if export_asked(request):
        columns = [_("Care group"), _("Child"), _("Class"), _("Weekdays"), _("From"), _("To")]
        values = [
            (str(x.group or ""), x.student.name, x.student.class_label, weekdays(x.weekdays), x.starts_on, x.ends_on)
            for x in lines
        ]
        title = _("Roster %s") % roster
        return export_list(request, title=title, columns=[Column(one) for one in columns], rows=values, fields=["name"])
    groups = roster.lines.filter(group__isnull=False).order_by("group__grade", "group__name")
    context = {
        "roster": roster,
        "page_obj": page(request, lines),
        "form": ListFilter(request.GET),
        "groups": groups.values("group", "group__name").annotate(n=Count("student", distinct=True)),
        "open": roster.differences.filter(settled_at=None).count(),
    }
    return render(request, "fees/roster_detail.html", context)


@role_required(*OFFICE)
def roster_differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Where roster and roll calls disagree; the ticked ones are settled together."""
    roster = get_object_or_404(Roster, pk=pk)
    form = SettleForm(request.POST if request.POST.get("action") == "settle" else None)
    rows = roster.differences.all()
    if form.is_bound and form.is_valid():
        chosen = list(rows.filter(pk__in=request.POST.getlist("row")))
        try:
            n = settle_differences(differences=chosen, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("note", error.messages)
        else:
            messages.success(request, ngettext("%d difference settled.", "%d differences settled.", n) % n)
            return redirect(request.get_full_path())
    states = {"": Q(settled_at=None), "settled": Q(settled_at__isnull=False)}
    status = request.GET.get("status", "")
    counts = rows.aggregate(all=Count("pk"), **{name or "open": Count("pk", filter=q) for name, q in states.items()})
    labels = {"": _("to settle"), "settled": _("settled"), "all": _("All")}
    shown = with_children(rows.filter(states.get(status, Q())).select_related("settled_by"))
    if export_asked(request):
        return export_differences(request, roster, shown)
    context = {
        "roster": roster,
        "page_obj": page(request, shown),
        "tabs": [CountTab(k, label, counts[k or "open"]) for k, label in labels.items()],
        "form": form,
        "status": status,
    }
    return render(request, "fees/roster_differences.html", context)


def export_differences(request: HttpRequest, roster: Roster, rows) -> HttpResponse:  # type: ignore[no-untyped-def]
    columns = [_("Child"), _("Class"), _("Difference"), _("Settled"), _("Note"), _("By")]
    values = [
        (
            d.student.name,
            d.student.class_label,
            d.get_kind_display(),
            d.get_settlement_display(),
            d.note,
            d.settled_by.name if d.settled_by else "",
        )
        for d in rows
    ]
    title = _("Differences %s") % roster
    return export_list(request, title=title, columns=[Column(one) for one in columns], rows=values, fields=["name"])


@role_required(*OFFICE)
def roster_sheet(request: HttpRequest, pk: int, group_pk: int) -> HttpResponse:
    """A group's roll book of the month (点名册) to print."""
    roster = get_object_or_404(Roster, pk=pk)
    group = get_object_or_404(CareGroup.objects.select_related("room"), pk=group_pk)
    lines = list(with_children(roster.lines.filter(group=group)))
    if not lines:
        raise Http404
    context = {
        "roster": roster,
        "group": group,
        "lines": lines,
        "school_name": SchoolSettings.load().name,
        "printed_at": timezone.now(),
    }
    pdf = render_pdf("fees/pdf/roster_sheet.html", context, layout="print_list", one_page=True)
    return pdf_response(pdf, f"{group.name} {month_name(roster.first)}.pdf")
