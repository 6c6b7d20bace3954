"""Waivers: the office's list and decisions. Ground and evidence open for the service office alone, and the opening is logged."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Min
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.uploads import upload_response
from fees.forms import LastDayForm, ListFilter, WaiverAskForm, WaiverDecisionForm
from fees.models import ChargeMonth, FeeSettings, Waiver
from fees.models.waivers import WaiverQuerySet
from fees.months import last_of
from fees.services import ask_waiver, decide_waiver, end_waiver, propose_waivers
from fees.tables.accounts import WAIVER_KIND, WaiverTable
from fees.views.accounts import account_address
from fees.views.common import OFFICE, current_term
from school.access import role_required
from school.models import Student
from school.rows import with_children
from school.services import log_access
from web.editing import edit_row
from web.tables import Batch, list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import colon, month_name


@role_required(*OFFICE)
def waiver_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, oldest first; what was granted and declined."""
    waivers = Waiver.objects.visible_to(request.user)
    status = request.GET.get("status", "")
    wanted = {"": Waiver.OPEN, "all": Waiver.Status.values}.get(status, (status,))
    form = ListFilter(request.GET)
    rows = form.narrowed(waivers.filter(status__in=wanted))
    table = WaiverTable(with_children(rows.select_related("asked_by")), exclude=("select",) if status else ())
    return list_page(
        request,
        table,
        template="fees/waiver_list.html",
        form=form,
        tabs=tabs_of(waivers),
        batch=[] if status else [Batch("grant", _("Grant in full"), grant_many)],
        here="waivers",
        aid_groups=FeeSettings.load().aid_groups.all(),
    )


def tabs_of(waivers: WaiverQuerySet) -> list[CountTab]:
    counts = dict(waivers.order_by().values_list("status").annotate(n=Count("pk")))
    return [
        CountTab("", _("Waiting"), sum(counts.get(status, 0) for status in Waiver.OPEN)),
        CountTab("granted", _("granted"), counts.get("granted", 0)),
        CountTab("declined", _("declined"), counts.get("declined", 0)),
        CountTab("all", _("All"), sum(counts.values())),
    ]


def grant_many(request: HttpRequest, keys: list[int]) -> None:
    """Grants the ticked ones in full, for the days they ask for; what a rule refuses is named and stays."""
    granted = 0
    for waiver in Waiver.objects.filter(pk__in=keys).select_related("student"):
        try:
            decide_waiver(waiver=waiver, grant=True, by=request.user)
            granted += 1
        except ValidationError as error:
            messages.error(request, f"{colon(waiver.student.name)}{' '.join(error.messages)}")
    messages.success(request, ngettext("%d waiver granted.", "%d waivers granted.", granted) % granted)
    tell_locked_months(request, keys)


def tell_locked_months(request: HttpRequest, keys: list[int]) -> None:
    """A waiver that begins before a locked month takes effect there by a correction in the next one: says so."""
    first = Waiver.objects.filter(pk__in=keys, status=Waiver.Status.GRANTED).aggregate(day=Min("starts_on"))["day"]
    locked = ChargeMonth.objects.filter(locked_at__isnull=False)
    if first and (months := [month_name(one.first) for one in locked.order_by("first") if last_of(one.first) >= first]):
        words = _("%s is locked: what is waived of it is taken off with the next month's charges.")
        messages.info(request, words % "、".join(months))


@role_required(*OFFICE)
@require_POST
def waiver_propose(request: HttpRequest) -> HttpResponse:
    """One proposal for each child of the aid list who takes part and has none."""
    if not FeeSettings.load().aid_groups.exists():
        messages.warning(request, _("Say first which special groups are the aid list."))
        return redirect("fees:fee_settings")
    n = propose_waivers(term=current_term(), by=request.user)
    messages.success(request, ngettext("%d waiver proposed.", "%d waivers proposed.", n) % n)
    return redirect("fees:waiver_list")


@role_required(*OFFICE)
def waiver_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The office enters what a family brought on paper."""
    student = get_object_or_404(Student, pk=pk)
    form = WaiverAskForm(request.POST or None, request.FILES or None)
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("Waiver for %s") % student.name,
        back=account_address(pk),
        save=lambda: ask_waiver(student=student, term=current_term(), by=request.user, **form.cleaned_data),
        done=_("Noted. Decide on it in the list of waivers."),
    )


@role_required(*OFFICE)
def waiver_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Ground, explanation and evidence, and the decision. Opening the page is logged."""
    rows = with_children(Waiver.objects.visible_to(request.user).select_related("asked_by", "decided_by"))
    waiver = get_object_or_404(rows, pk=pk)
    log_access(user=request.user, student=waiver.student, fields=["waiver"])
    term = current_term()
    initial = {"share": waiver.share, "starts_on": waiver.starts_on, "ends_on": waiver.ends_on or term.ends_on}
    is_open = waiver.status in Waiver.OPEN
    form = WaiverDecisionForm(request.POST or None, initial=initial) if is_open else None
    if request.method == "POST" and form and form.is_valid():
        data = form.cleaned_data
        grant = data.pop("decision") == "grant"
        try:
            decide_waiver(waiver=waiver, grant=grant, by=request.user, **data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Decided. The family sees it on its page."))
            if grant:
                tell_locked_months(request, [waiver.pk])
            return redirect("fees:waiver_list")
    return render(
        request, "fees/waiver_detail.html", {"waiver": waiver, "form": form, "kind": WAIVER_KIND[waiver.status]}
    )


@role_required(*OFFICE)
def waiver_evidence(request: HttpRequest, pk: int) -> FileResponse:
    """The paper itself; the opening is logged."""
    waiver = get_object_or_404(Waiver.objects.visible_to(request.user).select_related("student"), pk=pk)
    if not waiver.evidence:
        raise Http404
    log_access(user=request.user, student=waiver.student, fields=["waiver evidence"])
    return upload_response(waiver.evidence)


@role_required(*OFFICE)
def waiver_end(request: HttpRequest, pk: int) -> HttpResponse:
    waiver = get_object_or_404(Waiver.objects.visible_to(request.user).select_related("student"), pk=pk)
    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    return edit_row(
        request,
        form,
        template="fees/_edit.html",
        title=_("End the waiver of %s") % waiver.student.name,
        back=reverse("fees:waiver_detail", args=[pk]),
        note=_("It counts for the whole month in which it ends; months after it cost the full fee."),
        save=lambda: end_waiver(waiver=waiver, by=request.user, **form.cleaned_data),
    )
