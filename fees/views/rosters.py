"""Monthly rosters: made, compared with the roll calls, differences settled one by one or together, printed by group."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from enrollment.models import CareGroup
from fees import papers
from fees.forms import ListFilter, SettleForm
from fees.models import Roster
from fees.months import month_of
from fees.services import compare_roster, make_roster, settle_differences
from fees.tables.office import DifferenceTable, RosterLineTable, RosterTable
from fees.views.common import OFFICE, current_term, say
from school.access import role_required
from school.rows import with_children
from school.views.papers import print_paper
from web.tables import Link, list_page, selected
from web.templatetags.components import CountTab
from web.templatetags.formats import bracketed, month_name

# A difference is settled or it is not.
DIFFERENCES = {"": Q(settled_at=None), "settled": Q(settled_at__isnull=False)}


@role_required(*OFFICE)
def roster_list(request: HttpRequest) -> HttpResponse:
    """The rosters of the term, with what is still to settle in each."""
    term = current_term()
    rosters = Roster.objects.filter(term=term).annotate(
        children=Count("lines__student", distinct=True),
        open=Count("differences", filter=Q(differences__settled_at=None), distinct=True),
        settled=Count("differences", filter=Q(differences__settled_at__isnull=False), distinct=True),
    )
    table = RosterTable(rosters.order_by("-first"))
    table.subtitle = str(term)
    this_month = month_of(min(max(timezone.localdate(), term.starts_on), term.ends_on))
    is_made = rosters.filter(first=this_month).exists()
    return list_page(request, table, template="fees/roster_list.html", this_month=this_month, is_made=is_made)


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
    form = ListFilter(request.GET)
    table = RosterLineTable(form.narrowed(roster.lines.select_related("group").one_a_child(roster.first)))
    table.title, table.subtitle = month_name(roster.first), _("Roster")
    table.workbook_title = _("Roster %s") % roster
    groups = roster.lines.filter(group__isnull=False).order_by("group__grade", "group__name")
    unsettled = roster.differences.filter(settled_at=None).count()
    return list_page(
        request,
        table,
        template="fees/roster_detail.html",
        form=form,
        links=[Link(f"{_('Differences')}{bracketed(unsettled)}", reverse("fees:roster_differences", args=[pk]))],
        back=reverse("fees:roster_list"),
        roster=roster,
        groups=groups.values("group", "group__name").annotate(n=Count("student", distinct=True)),
    )


@role_required(*OFFICE)
def roster_differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Where roster and roll calls disagree; the ticked ones are settled together."""
    roster = get_object_or_404(Roster, pk=pk)
    form = SettleForm(request.POST if request.POST.get("action") == "settle" else None)
    status = request.GET.get("status", "")
    tabs = difference_tabs(roster)
    rows = roster.differences.filter(DIFFERENCES.get(status, Q())).select_related("settled_by")
    table = DifferenceTable(with_children(rows, roster.first), exclude=("select",) if status else ())
    table.subtitle, table.workbook_title = month_name(roster.first), _("Differences %s") % roster
    if form.is_bound and form.is_valid() and settled(request, roster, form, selected(request, table)):
        return redirect(request.get_full_path())
    return list_page(
        request,
        table,
        template="fees/roster_differences.html",
        tabs=tabs,
        back=reverse("fees:roster_detail", args=[pk]),
        roster=roster,
        settling=None if status else form,
    )


def settled(request: HttpRequest, roster: Roster, form: SettleForm, keys: list[int]) -> bool:
    """Whether the ticked ones are settled now; if not, the reason stands in the form."""
    chosen = list(roster.differences.filter(pk__in=keys))
    try:
        n = settle_differences(differences=chosen, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("note", error.messages)
        return False
    messages.success(request, ngettext("%d difference settled.", "%d differences settled.", n) % n)
    return True


def difference_tabs(roster: Roster) -> list[CountTab]:
    counts = {code: roster.differences.filter(q).count() for code, q in DIFFERENCES.items()}
    labels = {"": _("to settle"), "settled": _("settled")}
    tabs = [CountTab(code, label, counts[code]) for code, label in labels.items()]
    return [*tabs, CountTab("all", _("All"), sum(counts.values()))]


@role_required(*OFFICE)
def roster_sheet(request: HttpRequest, pk: int, group_pk: int) -> HttpResponse:
    """A group's roll book of the month (点名册) to print."""
    roster = get_object_or_404(Roster, pk=pk)
    group = get_object_or_404(CareGroup.objects.with_rooms(), pk=group_pk)
    if not roster.lines.filter(group=group).exists():
        raise Http404
    return print_paper(request, papers.ROSTER_SHEET, roster, group)
