"""The charges of a month: the list, how each was computed, making and locking."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clubs.models import Club
from enrollment.models import ServiceOption
from fees.computing import Line
from fees.forms import LeaveOutForm, ListFilter
from fees.models import Charge, ChargeMonth, Waiver
from fees.money import ZERO
from fees.months import last_of, months_of, term_of
from fees.scale import unpublished_in
from fees.services import check_lockable, leave_out_days, lock_month, make_charges, open_days, plan_charges
from fees.tables.accounts import ChargeTable
from fees.templatetags.money import money
from fees.views.common import OFFICE, READERS, chosen_month, current_term, in_state, month_asked, say, state_tabs
from safety.models import RollCall, Session
from school.access import role_required
from school.rows import with_children
from web.editing import edit_row
from web.tables import Empty, list_page
from web.templatetags.formats import month_name

STATES = {
    "to_pay": (gettext_lazy("to pay"), Q(due__gt=0) & ~Q(facts__has_key="correction")),
    "free": (gettext_lazy("nothing to pay"), Q(due=0)),
    "waiver": (gettext_lazy("with waiver"), ~Q(waived=0)),
    "corrections": (gettext_lazy("corrections"), Q(facts__has_key="correction")),
}
NONE_FITS = Empty("search", gettext_lazy("Nobody here"), gettext_lazy("No charge fits what you are looking for."))
NOT_MADE = Empty(
    "calculator",
    gettext_lazy("The charges of this month are not made yet"),
    gettext_lazy(
        "They are computed from the places, the calendar, the roll calls, the published fees and the waivers; you see "
        "them before anything is written."
    ),
)


def charge_address(first: dt.date) -> str:
    return f"{reverse('fees:charge_list')}?month={first:%Y-%m}"


@role_required(*READERS)
def charge_list(request: HttpRequest) -> HttpResponse:
    """One month's charges with how each was computed; draft until it is locked."""
    first = chosen_month(request)
    month = ChargeMonth.objects.filter(first=first).select_related("roster", "locked_by").first()
    of_month = Charge.objects.visible_to(request.user).filter(month=month)
    search = ListFilter(request.GET)
    rows = search.narrowed(of_month.filter(in_state(STATES, request.GET.get("status", ""))))
    rows = with_children(rows.select_related("option", "club", "month").order_by("student__name_key", "pk"), first)
    table = ChargeTable(rows)
    table.subtitle, table.workbook_title = month_name(first), _("Charges %s") % f"{first:%Y-%m}"
    table.empty = NONE_FITS if month and month.made_at else NOT_MADE
    return list_page(
        request,
        table,
        template="fees/charge_list.html",
        here="charges",
        first=first,
        month=month,
        months=months_of(current_term(), timezone.localdate()),
        states=state_tabs(of_month, STATES),
        sums=of_month.aggregate(gross=Sum("gross"), waived=Sum("waived"), due=Sum("due")),
        search=search,
        may_edit=request.user.has_role(*OFFICE),
        open_differences=month.roster.differences.filter(settled_at=None).count() if month else 0,
    )


@role_required(*READERS, "guardian")
def charge_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How one charge came about, down to the roll calls behind it; the family sees the same facts as the office."""
    rows = with_children(Charge.objects.visible_to(request.user).select_related("option", "club", "notice", "month"))
    charge = get_object_or_404(rows, pk=pk)
    calls = RollCall.objects.filter(
        student=charge.student, session__day__range=(charge.for_month, last_of(charge.for_month))
    )
    if charge.option:
        calls = calls.filter(session__period__in=charge.option.periods.all())
    calls = calls.select_related("session__period", "session__care_group", "session__meeting__club")
    staff = request.user.has_role(*READERS)
    context = {
        "charge": charge,
        "calls": calls.order_by("session__day", "session__period__number"),
        "is_staff": staff,
        "back": charge_address(charge.month.first) if staff else reverse("fees:family_fees"),
    }
    return render(request, "fees/charge_detail.html", context)


@role_required(*OFFICE)
def month_make(request: HttpRequest, month: str) -> HttpResponse:
    """What would be charged, shown before it is written; made again it only brings the draft up to date."""
    first = month_asked(month)
    if first is None:
        raise Http404
    try:
        if request.method == "POST":
            make_charges(first=first, by=request.user)
            messages.success(
                request, _("The charges of %s are made; they are a draft until you lock them.") % month_name(first)
            )
            return redirect(charge_address(first))
        lines = plan_charges(first)
    except ValidationError as error:
        say(request, error)
        return redirect(charge_address(first))
    context = {
        "first": first,
        "groups": summary(lines),
        "back": charge_address(first),
        "open_days": open_days(lines, first),
        "unpublished": unpublished_in(term_of(first)),
    }
    return render(request, "fees/month_make.html", context)


@role_required(*OFFICE)
def month_days(request: HttpRequest, month: str) -> HttpResponse:
    """Days without a roll call: each is made up, or left out with a reason, before the charges are made."""
    first = month_asked(month)
    if first is None:
        raise Http404
    back = reverse("fees:month_make", args=[month])
    try:
        days = open_days(plan_charges(first), first)
    except ValidationError as error:
        say(request, error)
        return redirect(charge_address(first))
    form = LeaveOutForm(request.POST or None, days=days)
    sessions = Session.objects.held().filter(day__in=days, roll_taken_at=None)
    sessions = sessions.select_related("period", "care_group", "meeting__club", "staff")
    return edit_row(
        request,
        form,
        template="fees/month_days.html",
        title=_("Days without a roll call"),
        back=back,
        save=lambda: leave_out_days(by=request.user, **form.cleaned_data),
        more={"sessions": sessions.order_by("day", "period__number", "pk")[:200]},
    )


def summary(lines: list[Line]) -> list[dict[str, Any]]:
    """Counts and sums of a preview by line of the scale, corrections apart."""
    names: dict[tuple[int | None, int | None], str] = {}
    names |= {(pk, None): name for pk, name in ServiceOption.objects.values_list("pk", "name")}
    names |= {(None, pk): name for pk, name in Club.objects.values_list("pk", "name")}
    groups: dict[str, dict[str, Any]] = {}
    for line in lines:
        correction = "correction" in line.facts
        label = names[line.option, line.club]
        label = _("%s: corrections of earlier months") % label if correction else label
        group = groups.setdefault(
            label, {"label": label, "students": set(), "gross": 0, "waived": 0, "due": 0, "unrecorded": 0}
        )
        group["students"].add(line.student)
        group["unrecorded"] += bool(line.facts.get("unrecorded"))
        for name in ("gross", "waived", "due"):
            group[name] += getattr(line, name)
    return list(groups.values())


def what_is_locked(month: ChargeMonth) -> str:
    """The sums of the draft, and what the office has not decided yet."""
    sums = month.charges.aggregate(n=Count("pk"), gross=Sum("gross"), waived=Sum("waived"), due=Sum("due"))
    facts = {name: money(sums[name] or ZERO) for name in ("gross", "waived", "due")}
    words = ngettext("%(n)d charge", "%(n)d charges", sums["n"]) % {"n": sums["n"]}
    sentences = [_("%(what)s: %(gross)s, waived %(waived)s, to pay %(due)s.") % (facts | {"what": words})]
    if open_waivers := Waiver.objects.filter(status__in=Waiver.OPEN).count():
        waits = ngettext(
            "%d waiver is not decided; granted later it is taken off with the next month.",
            "%d waivers are not decided; granted later they are taken off with the next month.",
            open_waivers,
        )
        sentences.append(waits % open_waivers)
    return " ".join(sentences)


@role_required(*OFFICE)
def month_lock(request: HttpRequest, pk: int) -> HttpResponse:
    month = get_object_or_404(ChargeMonth, pk=pk)
    back = charge_address(month.first)
    if request.method == "POST":
        try:
            n = lock_month(month=month, by=request.user)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("Locked: %d charges stand on the families' accounts.") % n)
            if free := month.charges.count() - n:
                words = ngettext(
                    "%d charge is nothing and stands on none.", "%d charges are nothing and stand on none.", free
                )
                messages.info(request, words % free)
        return redirect(back)
    try:
        check_lockable(month)
    except ValidationError as error:
        # Said before the question, not after the answer.
        say(request, error)
        return redirect(back)
    context = {
        "title": _("Lock %s?") % month_name(month.first),
        "text": f"{what_is_locked(month)} "
        + _(
            "The charges become part of the families' accounts and never change again. "
            "What turns out later goes into the next month as a correction."
        ),
        "submit": _("Lock the month"),
        "cancel_url": back,
        "kind": "primary",
    }
    return render(request, "components/confirm_page.html", context)
