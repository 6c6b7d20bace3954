"""The menu for families: what fits their children, the places they hold, and the lists they wait on."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs.fitting import ChildFacts, facts_of, why_not
from clubs.forms.catalogue import MenuFilter
from clubs.models import ChoiceRound, ChoiceSheet, Club, Membership, Offer, ThemeMonth, Waiting
from clubs.services import ClubFull, join_club, leave_club, stop_waiting, wait_for
from clubs.views.common import OFFICE, clubs_with_slots, rounds_of, this_term
from clubs.weekly import tell_rooms_of_today
from enrollment.children import children_of, own_child
from school.access import role_required, signed_in
from school.models import Student, Term
from web.addresses import read_number
from web.editing import show_refusal
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_datetime

MENU = 12


@dataclass
class Entry:
    """A club as one child's menu shows it. `act`: join, wait, choose, or nothing; `why` says why nothing."""

    club: Club
    round: ChoiceRound | None
    act: str = ""
    why: str = ""
    fits: bool = True


def entry_of(club: Club, facts: ChildFacts, round: ChoiceRound | None) -> Entry:
    """What the child can do about the club now."""
    if waiting := facts.waiting.get(club.pk):
        position = waiting.position  # type: ignore[attr-defined]
        return Entry(club, round, "", _("On the waiting list: number %d.") % position)
    if reason := why_not(club, facts):
        return Entry(club, round, "", reason, fits=False)
    now = timezone.now()
    if round is not None and round.state == ChoiceRound.State.DRAWN:
        return Entry(club, round, "", _("Drawn; the result is published soon."))
    if round is not None and now < round.opens_at:
        return Entry(club, round, "", _("Can be chosen from %s.") % cn_datetime(round.opens_at))
    if round is not None and round.is_choosable(now):
        if round.way != ChoiceRound.Way.FIRST_COME:
            return Entry(club, round, "choose")
        return Entry(club, round, "join" if club.places_left > 0 else "wait")
    if club.places_left <= 0:
        return Entry(club, round, "wait")
    return Entry(club, round, "", _("Places cannot be chosen now. Ask the service office."))


@role_required("guardian")
def family_clubs(request: HttpRequest) -> HttpResponse:
    """One child at a time: offers, rounds and places above, below the menu with what fits."""
    term = this_term()
    children = list(children_of(request).distinct()[:12])
    child = next((c for c in children if c.pk == read_number(request.GET.get("child"))), next(iter(children), None))
    if child is None or term is None:
        return render(request, "clubs/family_clubs.html", {"term": term, "child": None})
    facts = facts_of([child], term)[child.pk]
    tell_rooms_of_today(place.club for place in facts.places)
    form = MenuFilter(request.GET or None)
    entries = menu_of(term, facts, form)
    theme, known = ThemeMonth.objects.of(term, timezone.localdate()), child.class_today()
    context = {
        "term": term,
        "child": child,
        "theme": theme,
        "theme_words": theme.emphasis(known[0]) if theme and known else "",
        "tabs": [CountTab(str(c.pk) if n else "", c.name) for n, c in enumerate(children)] if len(children) > 1 else [],
        "facts": facts,
        "form": form,
        "page_obj": Paginator(entries, MENU).get_page(request.GET.get("page")),
        "rounds": rounds_for(term, facts),
        "offers": Offer.objects.open().filter(waiting__student=child).select_related("club__room"),
        "waiting": waiting_of(child, term),
    }
    return render(request, "clubs/family_clubs.html", context)


def menu_of(term: Term, facts: ChildFacts, form: MenuFilter) -> list[Entry]:
    """The catalogue as the filter asks, what the child can take on top."""
    clubs = form.narrow(clubs_with_slots().published().filter(term=term).exclude(pk__in=facts.own))
    rounds = rounds_of(term)
    entries = [entry_of(club, facts, rounds.get(club.pk)) for club in clubs]
    if form.is_bound and form.cleaned_data.get("fits"):
        entries = [entry for entry in entries if entry.fits]
    return sorted(entries, key=lambda entry: (not entry.act, not entry.fits))


def rounds_for(term: Term, facts: ChildFacts) -> list[tuple[ChoiceRound, ChoiceSheet | None]]:
    """Rounds with choices of which some club fits the child, for two weeks after their end; each with what was chosen."""
    ways = [ChoiceRound.Way.DRAW, ChoiceRound.Way.AUDITION]
    recent = timezone.now() - dt.timedelta(days=14)
    rounds = (
        ChoiceRound.objects.announced()
        .filter(term=term, way__in=ways, closes_at__gt=recent)
        .prefetch_related("clubs__slots__period")
    )
    sheets = ChoiceSheet.objects.filter(round__term=term, student=facts.student).prefetch_related("choices__club")
    known = {sheet.round_id: sheet for sheet in sheets}
    return [
        (one, known.get(one.pk))
        for one in rounds[:8]
        if one.pk in known or any(not why_not(club, facts) for club in one.clubs.all())
    ]


def waiting_of(child: Student, term: Term) -> list[Waiting]:
    line = Waiting.objects.in_line().with_position().filter(student=child, club__term=term, state=Waiting.State.WAITING)
    return list(line.select_related("club"))


@role_required("guardian")
def family_club(request: HttpRequest, student_pk: int, pk: int) -> HttpResponse:
    """One club as a family reads it before it chooses."""
    child = own_child(request, student_pk)
    rows = clubs_with_slots().published().prefetch_related("weeks", "pictures")
    club = get_object_or_404(rows.select_related("term"), pk=pk)
    tell_rooms_of_today([club])
    facts = facts_of([child], club.term)[child.pk]
    place = next((place for place in facts.places if place.club_id == club.pk), None)
    entry = None if place else entry_of(club, facts, rounds_of(club.term).get(club.pk))
    context = {"child": child, "club": club, "place": place, "entry": entry, "back": menu_url(child)}
    return render(request, "clubs/family_club.html", context)


def menu_url(child: Student) -> str:
    return f"{reverse('clubs:family_clubs')}?child={child.pk}"


@signed_in
@require_POST
def club_join(request: HttpRequest, student_pk: int, pk: int) -> HttpResponse:
    """The answer comes at once and is right: the club's page, which says «has a place» or «full».

    Whoever is no guardian has no child here; that saves asking for roles in the busiest minute of the term.
    """
    try:
        join_club(club_pk=pk, student_pk=student_pk, by=request.user)
    except ClubFull:
        pass  # the page says so, and offers the waiting list
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return redirect("clubs:family_club", student_pk, pk)


@role_required("guardian")
@require_POST
def club_wait(request: HttpRequest, student_pk: int, pk: int) -> HttpResponse:
    """At the end of the line of a full club."""
    student = own_child(request, student_pk)
    club = get_object_or_404(clubs_with_slots().published().select_related("term"), pk=pk)
    try:
        wait_for(club=club, student=student, by=request.user)
    except ValidationError as error:
        show_refusal(request, error)
    else:
        messages.success(
            request,
            _("%(child)s waits for %(club)s. As soon as a place is free it is offered to you here.")
            % {"child": student.name, "club": club.name},
        )
    return redirect(menu_url(student))


@role_required("guardian")
@require_POST
def waiting_stop(request: HttpRequest, pk: int) -> HttpResponse:
    waiting = get_object_or_404(
        Waiting.objects.in_line().filter(student__in=children_of(request)).select_related("student", "club"), pk=pk
    )
    stop_waiting(waiting=waiting, by=request.user)
    messages.success(request, _("No longer waiting for %s.") % waiting.club.name)
    return redirect(menu_url(waiting.student))


@role_required("guardian", *OFFICE)
def club_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The family or the office gives a place back; it is free for the next child at once."""
    memberships = Membership.objects.select_related("club", "student")
    office = request.user.has_role(*OFFICE)
    if not office:
        memberships = memberships.filter(student__in=children_of(request))
    membership = get_object_or_404(memberships, pk=pk)
    back = reverse("clubs:club_detail", args=[membership.club_id]) if office else menu_url(membership.student)
    if request.method != "POST":
        names = {"child": membership.student.name, "club": membership.club.name}
        context = {
            "title": _("Give back the place?"),
            "text": _("%(child)s leaves %(club)s today; the place is free for another child at once.") % names,
            "submit": _("Give back"),
            "cancel_url": back,
        }
        return render(request, "components/confirm_page.html", context)
    leave_club(membership=membership, last_day=timezone.localdate(), by=request.user)
    messages.success(request, _("The place in %s is given back.") % membership.club.name)
    return redirect(back)
