"""The clubs' timetable: proposed by the solver, edited by hand with every clash named, undone, put into force in one
transaction.
"""

from collections.abc import Callable
from dataclasses import asdict, replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Membership, TimetableProposal
from clubs.services.meeting import date_what_was, follow_plan, plan_of
from clubs.timetabling.checking import conflicts, conflicts_of
from clubs.timetabling.facts import load_facts
from clubs.timetabling.shapes import Facts, Place, Week
from clubs.timetabling.solving import SEED, solve
from clubs.timetabling.wording import given_up
from school.models import Term, User
from web import jobs
from web.templatetags.formats import weekdays

State = TimetableProposal.State
UNDO_STEPS = 20


# --- proposing -------------------------------------------------------------------------------------------------------


@transaction.atomic
def propose_timetable(*, term: Term, by: User, start: str = "best", duties_allowed: bool = False) -> TimetableProposal:
    """Starts a proposal without effect: solved by a worker, or (`start="now"`) a copy of the timetable in force.

    The term's open proposal is made anew: its pins stay, its plan can be had again by undo. While it is being made, asking
    again gives the same. Raises ValidationError where there is no club to place.
    """
    Term.objects.select_for_update(no_key=True).get(pk=term.pk)
    proposal = TimetableProposal.objects.unpublished().filter(term=term).first()
    if proposal and proposal.is_being_made and not proposal.is_overdue:
        return proposal
    facts = load_facts(term, duties_allowed=duties_allowed)
    if not facts.clubs:
        raise ValidationError(_("There is no club to place: none of the term is proposed or in the catalogue."))
    if proposal is None:
        proposal = TimetableProposal(term=term)
    elif proposal.plan:
        proposal.undo = [*proposal.undo, proposal.plan][-UNDO_STEPS:]
    proposal.made_by, proposal.made_at, proposal.duties_allowed = by, timezone.now(), duties_allowed
    proposal.made, proposal.error, proposal.relaxed, proposal.details = proposal.made + 1, "", [], {}
    if start == "now":
        proposal.state = State.OPEN
        proposal.plan = as_plan(place for club in facts.clubs.values() for place in club.slots)
    else:
        proposal.state = State.WAITING
    proposal.save()
    if proposal.state == State.WAITING:
        pk, made = proposal.pk, proposal.made
        transaction.on_commit(lambda: send_making(pk, made))
    return proposal


def send_making(pk: int, made: int) -> None:
    """Sends the task. If the broker is down the proposal waits, and the page offers to try again."""
    jobs.send("clubs.tasks.make_timetable", pk, made)


def make_timetable(*, pk: int, made: int) -> None:
    """Solves a waiting proposal, unless another worker holds it, it was requested anew, or it is done. Safe to call twice."""
    waiting = TimetableProposal.objects.filter(pk=pk, made=made, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, made_at=timezone.now()):
        return
    mine = TimetableProposal.objects.filter(pk=pk, made=made, state=State.RUNNING)
    proposal = mine.select_related("term").get()
    failed = _("The proposal could not be made. The server's log says why; the timetable in force is not touched.")
    result: dict[str, object] = {"state": State.FAILED, "error": failed}
    try:
        with translation.override(settings.LANGUAGE_CODE):
            result = _solved(proposal)
    finally:
        mine.update(**result)


def _solved(proposal: TimetableProposal) -> dict[str, object]:
    facts = load_facts(proposal.term, duties_allowed=proposal.duties_allowed)
    pins = [place for place in week_of(proposal, facts) if place.pinned]
    solution = solve(facts, pins)
    return {
        "state": State.OPEN,
        "plan": as_plan(solution.places),
        "relaxed": [one.text for one in given_up(Week(solution.places), facts)],
        "details": {
            "seed": SEED,
            "seconds": solution.seconds,
            "objective": solution.objective,
            "bound": solution.bound,
            "status": solution.status,
        },
    }


def as_plan(places) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]  # any iterable of Place
    return [asdict(place) for place in sorted(places, key=lambda p: (*p.slot, p.club))]


def week_of(proposal: TimetableProposal, facts: Facts) -> Week:
    """The plan without clubs, rooms and periods that no longer exist; settled clubs stay where they are."""
    planned = [Place(**row) for row in proposal.plan]
    settled = [place for club in facts.clubs.values() if club.settled for place in club.slots]
    return Week(
        [
            *settled,
            *(
                place
                for place in planned
                if place.club in facts.clubs
                and not facts.clubs[place.club].settled
                and place.room in facts.rooms
                and place.period in facts.periods
            ),
        ]
    )


def week_in_force(facts: Facts) -> Week:
    return Week(place for club in facts.clubs.values() for place in club.slots)


# --- by hand ---------------------------------------------------------------------------------------------------------

Edit = Callable[[Week, Facts], Week]


@transaction.atomic
def edit_timetable(*, proposal: TimetableProposal, edit: Edit, by: User) -> TimetableProposal:
    """One change by hand; it can be undone."""
    proposal = _locked_proposal(proposal)
    facts = load_facts(proposal.term, duties_allowed=proposal.duties_allowed)
    changed = edit(week_of(proposal, facts), facts)
    proposal.undo = [*proposal.undo, proposal.plan][-UNDO_STEPS:]
    proposal.plan = as_plan(changed)
    proposal.save(update_fields=["plan", "undo"])
    return proposal


@transaction.atomic
def undo_timetable(*, proposal: TimetableProposal, by: User) -> TimetableProposal:
    proposal = _locked_proposal(proposal)
    if not proposal.undo:
        raise ValidationError(_("There is nothing to undo."))
    proposal.plan, proposal.undo = proposal.undo[-1], proposal.undo[:-1]
    proposal.save(update_fields=["plan", "undo"])
    return proposal


def _locked_proposal(proposal: TimetableProposal) -> TimetableProposal:
    proposal = TimetableProposal.objects.select_for_update(of=["self"]).select_related("term").get(pk=proposal.pk)
    if proposal.state == State.PUBLISHED:
        raise ValidationError(_("This proposal is published already. Make a new one."))
    if proposal.is_being_made:
        raise ValidationError(_("The proposal is being made. Wait until it is there."))
    return proposal


def find(week: Week, club: int, weekday: int, period: int) -> Place:
    for place in week.of(club):
        if place.slot == (weekday, period):
            return place
    raise ValidationError(_("This meeting is not there any more. Look once more."))


def free_club(facts: Facts, club: int) -> None:
    """Raises ValidationError for a club that is gone, or whose days children have chosen."""
    if club not in facts.clubs:
        raise ValidationError(_("This club is not there any more. Look once more."))
    if facts.clubs[club].settled:
        raise ValidationError(_("%s keeps its days: children have chosen them.") % facts.clubs[club].name)


def putting(place: Place, *, instead_of: tuple[int, int] | None = None) -> Edit:
    """Moves a club to a slot and room, or from the slot `instead_of`. Double bookings are refused, other clashes are shown."""

    def edit(week: Week, facts: Facts) -> Week:
        free_club(facts, place.club)
        club = facts.clubs[place.club]
        if place.weekday not in facts.weekdays or place.period not in facts.periods or place.room not in facts.rooms:
            raise ValidationError(_("This slot or room is not there any more. Look once more."))
        old = find(week, place.club, *instead_of) if instead_of else None
        others = Week(other for other in week if other != old)
        if any(other.slot == place.slot for other in others.of(place.club)):
            raise ValidationError(_("%s meets at that time already.") % club.name)
        if len(others.of(place.club)) >= club.times:
            words = {"club": club.name, "n": club.times}
            raise ValidationError(_("%(club)s meets as often as it should: %(n)d times a week.") % words)
        refused = [conflict.text for conflict in conflicts_of(place, others, facts) if conflict.hard]
        if refused:
            raise ValidationError(refused)
        others.add(replace(place, pinned=bool(old and old.pinned)))
        return others

    return edit


def taking_out(club: int, slot: tuple[int, int]) -> Edit:
    def edit(week: Week, facts: Facts) -> Week:
        free_club(facts, club)
        old = find(week, club, *slot)
        return Week(place for place in week if place != old)

    return edit


def pinning(club: int, slot: tuple[int, int], *, pinned: bool) -> Edit:
    def edit(week: Week, facts: Facts) -> Week:
        free_club(facts, club)
        old = find(week, club, *slot)
        return Week(replace(place, pinned=pinned) if place == old else place for place in week)

    return edit


# --- publishing ------------------------------------------------------------------------------------------------------


def publish_timetable(*, proposal: TimetableProposal, by: User) -> int:
    """Puts the proposal in force; returns how many meetings a week it has. All slots are written, or none.

    Raises ValidationError where something clashes, where children have joined a club that it moves, or where a colleague
    published it first.
    """
    try:
        return _publish(proposal, by)
    except ChildrenCame:
        # What is looked at again shows these clubs where their children are.
        edit_timetable(proposal=proposal, edit=lambda week, _facts: week, by=by)
        raise
    except IntegrityError as error:
        raise ValidationError(clash_of(error)) from error


class ChildrenCame(ValidationError):
    """Clubs that the proposal moves have been chosen since."""


def clash_of(error: IntegrityError) -> str:
    told = str(error)
    if "clubslot_room" in told:
        return _("A club that was changed at this moment is in one of these rooms. Look once more.")
    if "clubslot_instructor" in told or "clubslot_assistant" in told:
        return _("An adult was given another club at this moment. Look once more.")
    return _("Somebody entered the same at this moment. Look once more.")


@transaction.atomic
def _publish(proposal: TimetableProposal, by: User) -> int:
    # Not FOR UPDATE: a colleague's new slot refers to term and club; each would wait for the other.
    Term.objects.select_for_update(no_key=True).get(pk=proposal.term_id)
    proposal = _locked_proposal(proposal)
    # Requests that are taking a place finish first; later ones wait for the new slots.
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Membership._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    clubs = Club.objects.select_for_update(of=["self"], no_key=True).filter(term=proposal.term).order_by("pk")
    by_pk = {club.pk: club for club in clubs}
    facts = load_facts(proposal.term, duties_allowed=proposal.duties_allowed)
    _refuse_moved(proposal, facts)
    week = week_of(proposal, facts)
    refused = [conflict.text for conflict in conflicts(week, facts) if conflict.hard]
    if refused:
        raise ValidationError(list(dict.fromkeys(refused)))
    moved = {pk for pk, club in facts.clubs.items() if not club.settled}
    cancelled = {pk for pk, club in by_pk.items() if club.status == Club.Status.CANCELLED}
    slots = [_slot(place, by_pk[place.club]) for place in week if place.club in moved]
    date_what_was(moved)
    before = plan_of(moved)
    ClubSlot.objects.filter(club__in=moved | cancelled).delete()
    ClubSlot.objects.filter(pk__in=[slot.pk for slot in drafts_in_the_way(proposal.term, week, facts)]).delete()
    ClubSlot.objects.bulk_create(slots)
    follow_plan(proposal.term, moved, before)
    proposal.state, proposal.published_at = State.PUBLISHED, timezone.now()
    proposal.save(update_fields=["state", "published_at"])
    return len(list(week))


def drafts_in_the_way(term: Term, week: Week, facts: Facts) -> list[ClubSlot]:
    """Times of clubs that are still being prepared, in whose room or with whose adult another club will be then."""
    found = []
    drafts = ClubSlot.objects.filter(term=term, club__status=Club.Status.DRAFT).exclude(club__in=facts.clubs)
    for slot in drafts.select_related("club").order_by("club__name", "weekday", "period__number"):
        there = week.at((slot.weekday, slot.period_id))
        adults = {person for place in there for person in facts.clubs[place.club].adults}
        if slot.room_id in {place.room for place in there} or adults & {slot.instructor_id, slot.assistant_id}:
            found.append(slot)
    return found


def _slot(place: Place, club: Club) -> ClubSlot:
    return ClubSlot(
        term_id=club.term_id,
        club=club,
        weekday=place.weekday,
        period_id=place.period,
        room_id=place.room,
        instructor_id=club.instructor_id,
        assistant_id=club.assistant_id,
    )


def _refuse_moved(proposal: TimetableProposal, facts: Facts) -> None:
    """Children who joined since the proposal was made chose the days in force."""
    planned: dict[int, set[tuple[int, int]]] = {}
    for row in proposal.plan:
        planned.setdefault(row["club"], set()).add((row["weekday"], row["period"]))
    told = []
    for club in facts.clubs.values():
        days = {place.slot for place in club.slots}
        if club.settled and planned.get(club.pk, days) != days:
            words = {"club": club.name, "days": weekdays(sorted({day for day, _period in days}))}
            told.append(
                _("%(club)s has children now and keeps its days (%(days)s). Look at the proposal again, then publish.")
                % words
            )
    if told:
        raise ChildrenCame(told)
