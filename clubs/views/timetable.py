"""The clubs' week: the timetable in force, a proposal moved by hand, its publication; who is not able when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from clubs.forms.timetable import PlaceForm, ProposeForm, UnavailableForm
from clubs.models import TimetableProposal, Unavailable
from clubs.services.timetable import (
    drafts_in_the_way,
    edit_timetable,
    pinning,
    propose_timetable,
    publish_timetable,
    putting,
    taking_out,
    undo_timetable,
    week_in_force,
    week_of,
)
from clubs.tables.people import UnavailableTable
from clubs.timetabling.checking import learning_help
from clubs.timetabling.facts import load_facts
from clubs.timetabling.grid import grid, unplaced
from clubs.timetabling.shapes import Facts, Week
from clubs.timetabling.wording import given_up, obstacle_on, seats
from school.access import role_required
from school.models import Term
from web.editing import saved
from web.tables import paged
from web.templatetags.formats import weekdays

OFFICE = ("service_office", "academic_office")
READERS = (*OFFICE, "principal", "duty_leader")


def current_term() -> Term:
    term = Term.objects.current(timezone.localdate())
    if term is None:
        raise Http404
    return term


def open_proposal(term: Term) -> TimetableProposal | None:
    return TimetableProposal.objects.unpublished().filter(term=term).select_related("term", "made_by").first()


@role_required(*READERS)
def timetable(request: HttpRequest) -> HttpResponse:
    """The open proposal, or the timetable in force; the office moves, the others read."""
    term = Term.objects.current(timezone.localdate())
    if term is None:
        return render(request, "clubs/timetable_none.html")
    return render(request, "clubs/timetable.html", board_of(request, term))


def board_of(request: HttpRequest, term: Term, error: str = "") -> dict[str, Any]:
    proposal = open_proposal(term)
    facts = load_facts(term, duties_allowed=bool(proposal and proposal.duties_allowed))
    week = week_of(proposal, facts) if proposal else week_in_force(facts)
    days = grid(week, facts)
    may_edit = request.user.has_role(*OFFICE)
    return {
        "term": term,
        "proposal": proposal,
        "days": days,
        "shown": shown_day(request, facts),
        "meetings": sum(day.meetings for day in days),
        "clashes": sum(day.clashes for day in days),
        "trouble": next((day.weekday for day in days if day.clashes), 0),
        "refused": sum(day.refused for day in days),
        "unplaced": [(club, len(week.of(club.pk))) for club in unplaced(week, facts)] if proposal else [],
        "given_up": given_up(week, facts) if proposal else [],
        "pinned": all_pinned(week, facts) if proposal else [],
        "settled": sum(1 for club in facts.clubs.values() if club.settled),
        "learning": learning_help(facts),
        "seats": seats(week, facts),
        "weekdays": facts.weekdays,
        "may_edit": may_edit,
        "may_move": may_edit and proposal is not None and not proposal.is_being_made,
        "form": ProposeForm(initial={"duties_allowed": bool(proposal and proposal.duties_allowed)}),
        "error": error,
    }


def all_pinned(week: Week, facts: Facts) -> list[str]:
    """Where every meeting that could be moved is pinned: the names of those clubs, to say what may be unpinned."""
    free = {club.pk: club.name for club in facts.clubs.values() if not club.settled}
    placed = [place for place in week if place.club in free]
    return list(dict.fromkeys(free[place.club] for place in placed)) if all(p.pinned for p in placed) else []


def shown_day(request: HttpRequest, facts: Facts) -> int:
    """The day that a phone shows: asked for, or today, or the week's first."""
    asked = request.GET.get("day") or request.POST.get("day") or ""
    day = int(asked) if len(asked) == 1 and asked.isdecimal() else timezone.localdate().isoweekday()
    return day if day in facts.weekdays else facts.weekdays[0]


@role_required(*OFFICE)
@require_POST
def timetable_propose(request: HttpRequest) -> HttpResponse:
    form = ProposeForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Choose with what the proposal begins."))
        propose_timetable(term=current_term(), by=request.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("clubs:timetable")


@role_required(*READERS)
def timetable_state(request: HttpRequest) -> HttpResponse:
    """The part of the page that follows the making; when it ends the page is loaded anew."""
    proposal = open_proposal(current_term())
    if proposal is None or not proposal.is_being_made or proposal.is_overdue:
        return HttpResponseClientRefresh()
    return render(request, "clubs/_timetable_state.html", {"proposal": proposal})


@role_required(*OFFICE)
@require_POST
def timetable_edit(request: HttpRequest) -> HttpResponse:
    """One change by hand: `action` is pin, unpin, out or undo. By htmx the grid comes back, else the page."""
    term = current_term()
    proposal, error = open_proposal(term), ""
    if proposal is None:
        return redirect("clubs:timetable")
    try:
        change(request, proposal)
    except ValidationError as refusal:
        error = " ".join(refusal.messages)
    if request.headers.get("HX-Request"):
        context = board_of(request, term, error)
        return render(request, "clubs/_timetable_grid.html", context, status=422 if error else 200)
    if error:
        messages.error(request, error)
    return redirect(f"{reverse('clubs:timetable')}?day={request.POST.get('day', '')}")


def change(request: HttpRequest, proposal: TimetableProposal) -> None:
    action = request.POST.get("action", "")
    if action == "undo":
        undo_timetable(proposal=proposal, by=request.user)
        return
    try:
        club, weekday, period = (int(part) for part in request.POST.get("place", "").split("-"))
    except ValueError:
        raise ValidationError(_("This meeting is not there any more. Look once more.")) from None
    slot = (weekday, period)
    edit = taking_out(club, slot) if action == "out" else pinning(club, slot, pinned=action == "pin")
    edit_timetable(proposal=proposal, edit=edit, by=request.user)


@role_required(*OFFICE)
def timetable_move(request: HttpRequest, pk: int, weekday: int = 0, period: int = 0) -> HttpResponse:
    """One club to another slot or room, or (without weekday and period) to its first; what stands against each day."""
    term = current_term()
    proposal = open_proposal(term)
    if proposal is None:
        return redirect("clubs:timetable")
    facts = load_facts(term, duties_allowed=proposal.duties_allowed)
    club, week = facts.clubs.get(pk), week_of(proposal, facts)
    place = next((one for one in week.of(pk) if one.slot == (weekday, period)), None)
    if club is None or (weekday and place is None):
        raise Http404
    form = PlaceForm(facts, club, place, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            to = form.place(pk)
            edit = putting(to, instead_of=place.slot if place else None)
            edit_timetable(proposal=proposal, edit=edit, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Moved. The button «Undo» takes it back."))
            return redirect(f"{reverse('clubs:timetable')}?day={to.weekday}")
    context = {"form": form, "club": club, "place": place, "against": against(facts, week, pk)}
    return render(request, "clubs/timetable_move.html", context)


def against(facts: Facts, week: Week, pk: int) -> list[tuple[str, str]]:
    """(day, why the club cannot be there or empty), the other clubs being where they are."""
    club = facts.clubs[pk]
    return [(weekdays([day]), obstacle_on(club, day, week, facts, free="")) for day in facts.weekdays]


@role_required(*OFFICE)
def timetable_publish(request: HttpRequest) -> HttpResponse:
    """What will be in force, what it leaves out; by POST it is."""
    term = current_term()
    proposal = open_proposal(term)
    if proposal is None:
        messages.warning(request, _("There is no open proposal: perhaps a colleague has published it."))
        return redirect("clubs:timetable")
    if request.method == "POST":
        try:
            count = publish_timetable(proposal=proposal, by=request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(
                request, _("The timetable is in force: %d meetings a week. Print it for the wall.") % count
            )
        return redirect("clubs:timetable")
    facts = load_facts(term, duties_allowed=proposal.duties_allowed)
    drafts = drafts_in_the_way(term, week_of(proposal, facts), facts)
    context = board_of(request, term) | {"drafts": list(dict.fromkeys(slot.club.name for slot in drafts))}
    return render(request, "clubs/timetable_publish.html", context)


@role_required(*OFFICE)
def unavailable_list(request: HttpRequest) -> HttpResponse:
    """When members of staff cannot lead a club; by POST one more."""
    term = current_term()
    form = UnavailableForm(request.POST or None, instance=Unavailable(term=term))
    if request.method == "POST" and form.is_valid() and saved(form, form.save):
        messages.success(request, _("Saved."))
        return redirect("clubs:unavailable_list")
    rows = Unavailable.objects.filter(term=term).select_related("staff", "period")
    context = {"form": form, "table": paged(request, UnavailableTable(rows)), "term": term}
    return render(request, "clubs/unavailable_list.html", context)


@role_required(*OFFICE)
@require_POST
def unavailable_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Unavailable.objects.select_related("staff"), pk=pk)
    row.delete()
    messages.success(request, _("%s can be planned again then.") % row.staff.name)
    return redirect("clubs:unavailable_list")
