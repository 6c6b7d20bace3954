"""Waiting lists: a free place is offered to the first in line, kept for a time, and passed on."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import facts_of, fitting_enrolment
from clubs.models import Club, ClubSettings, Membership, Offer, Waiting, WaitingMove
from clubs.services.seating import first_day_in, seat_child
from school.models import Student, User


@transaction.atomic
def set_capacity(*, club: Club) -> None:
    """Keeps the places that the club has been given; more of them are offered to who waits.

    The table's own rule refuses fewer than are taken or offered at this moment (IntegrityError).
    """
    Club.objects.filter(pk=club.pk).update(capacity=club.capacity)
    offer_places(club_pk=club.pk)


@transaction.atomic
def wait_for(*, club: Club, student: Student, by: User) -> Waiting:
    """Adds a child at the end of the waiting list. Raises ValidationError when the child does not fit, or waits or is there
    already.
    """
    facts = facts_of([student], club.term)[student.pk]
    fitting_enrolment(club, facts)
    if club.pk in facts.own:
        raise ValidationError(
            _("%(child)s has a place in %(club)s already.") % {"child": student.name, "club": club.name}
        )
    if not Club.objects.published().filter(pk=club.pk, taken__gte=F("capacity") - F("held")).exists():
        raise ValidationError(_("There are free places in %s; nobody needs to wait.") % club.name)
    try:
        with transaction.atomic():
            return Waiting.objects.create(club=club, student=student, order=order_of(timezone.now()), asked_by=by)
    except IntegrityError as error:
        raise ValidationError(
            _("%(child)s waits for %(club)s already.") % {"child": student.name, "club": club.name}
        ) from error


def order_of(moment: dt.datetime) -> int:
    """The order in microseconds: later requests come later; entries from a draw have small numbers."""
    return int(moment.timestamp() * 1_000_000)


@transaction.atomic
def stop_waiting(*, waiting: Waiting, by: User) -> None:
    """Removes a child from the waiting list; an open offer passes to the next."""
    waiting = Waiting.objects.select_for_update(of=["self"]).get(pk=waiting.pk)
    offer = waiting.offers.open().first()
    if offer is not None:
        refuse_offer(offer=offer)
        return
    if waiting.state == Waiting.State.WAITING:
        waiting.state = Waiting.State.LEFT
        waiting.save()


@transaction.atomic
def move_in_line(*, waiting: Waiting, position: int, reason: str, by: User) -> WaitingMove:
    """Puts a child at `position` of its line (1 is the next) and keeps why. Raises ValidationError without a reason."""
    Club.objects.select_for_update().get(pk=waiting.club_id)
    line = list(Waiting.objects.in_line().filter(club=waiting.club_id))
    before = next((n for n, one in enumerate(line, start=1) if one.pk == waiting.pk), None)
    if before is None:
        raise ValidationError(_("%s is no longer in line.") % waiting.student.name)
    if not reason.strip():
        raise ValidationError(_("Say why the order changes."))
    others = [one for one in line if one.pk != waiting.pk]
    position = max(1, min(position, len(line)))
    if position == before:
        raise ValidationError(_("%(name)s is number %(n)d already.") % {"name": waiting.student.name, "n": before})
    waiting.order = between(others, position - 1)
    waiting.save()
    return WaitingMove.objects.create(
        waiting=waiting, position_before=before, position_after=position, reason=reason.strip(), by=by
    )


def between(others: list[Waiting], place: int) -> int:
    """An order before `others[place]`; if no number is free, the following entries are renumbered."""
    if place >= len(others):
        return others[-1].order + 1 if others else order_of(timezone.now())
    below = others[place - 1].order if place else others[0].order - 2
    above = others[place].order
    if above - below < 2:
        for one in others[place:]:
            one.order += 2
        Waiting.objects.bulk_update(others[place:], ["order"])
    return below + 1 if place else above - 1


def offer_places(*, club_pk: int) -> list[Offer]:
    """Offers every free place of the club to the first in line who can take it; called wherever one becomes free.

    A child whose participation no longer fits stays in line and is passed over. Runs inside the caller's transaction.
    """
    club = Club.objects.select_for_update().select_related("term").get(pk=club_pk)
    free = club.places_left
    if free <= 0 or club.status != Club.Status.PUBLISHED or club.term.ends_on < timezone.localdate():
        return []
    line = list(Waiting.objects.in_line().filter(club=club, state=Waiting.State.WAITING).select_related("student"))
    facts = facts_of([waiting.student for waiting in line], club.term) if line else {}
    now = timezone.now()
    expires_at = now + dt.timedelta(hours=ClubSettings.load().offer_hours)
    offers: list[Offer] = []
    for waiting in line:
        if len(offers) == free:
            break
        try:
            fitting_enrolment(club, facts[waiting.student_id])
        except ValidationError:
            continue
        waiting.state = Waiting.State.OFFERED
        waiting.save()
        offers.append(
            Offer.objects.create(
                waiting=waiting, club=club, secret=secrets.token_hex(16), offered_at=now, expires_at=expires_at
            )
        )
    Club.objects.filter(pk=club.pk).update(held=F("held") + len(offers))
    return offers


@transaction.atomic
def accept_offer(*, offer: Offer, by: User) -> Membership:
    """The child takes the place that was kept. Raises ValidationError when the offer is over or the child is elsewhere."""
    offer = locked_offer(offer)
    if offer.answered_at is not None or offer.expires_at <= timezone.now():
        raise ValidationError(_("This offer is over: %s") % (offer.get_answer_display() or _("not answered in time")))
    club, student = offer.club, offer.waiting.student
    first, enrolment = first_day_in(club), fitting_enrolment(club, facts_of([student], club.term)[student.pk])
    return seat_child(
        club=club, student=student, enrolment=enrolment, first_day=first, how=Membership.How.OFFERED, by=by
    )


@transaction.atomic
def refuse_offer(*, offer: Offer) -> bool:
    """The family does not want the place: it goes to the next at once. False where it was answered before."""
    return let_go(locked_offer(offer), Offer.Answer.REFUSED, Waiting.State.REFUSED)


def end_waiting(clubs: QuerySet[Club]) -> None:
    """Closes the waiting lists of clubs that are no more, and takes their open offers back."""
    ended = list(clubs.values_list("pk", flat=True))
    offers = Offer.objects.open().filter(club__in=ended).select_for_update().order_by("pk")
    taken_back = list(offers.values_list("pk", flat=True))
    Offer.objects.filter(pk__in=taken_back).update(answer=Offer.Answer.WITHDRAWN, answered_at=timezone.now())
    Waiting.objects.in_line().filter(club__in=ended).order_by().update(state=Waiting.State.LEFT)
    Club.objects.filter(pk__in=ended, held__gt=0).update(held=0)


@transaction.atomic
def end_waiting_of_past_terms() -> None:
    end_waiting(Club.objects.filter(term__ends_on__lt=timezone.localdate()))


def expire_offers() -> int:
    """Passes on what was not answered in time; each offer in a transaction of its own. Returns how many."""
    count = 0
    for offer in Offer.objects.overdue(timezone.now()).order_by("expires_at"):
        with transaction.atomic():
            count += let_go(locked_offer(offer), Offer.Answer.EXPIRED, Waiting.State.EXPIRED)
    return count


def locked_offer(offer: Offer) -> Offer:
    offers = Offer.objects.select_for_update(of=["self"]).select_related("club__term", "waiting__student")
    found: Offer = offers.prefetch_related("club__slots__period").get(pk=offer.pk)
    return found


def let_go(offer: Offer, answer: str, state: str) -> bool:
    if offer.answered_at is not None:
        return False
    offer.answer, offer.answered_at = answer, timezone.now()
    offer.save()
    offer.waiting.state = state
    offer.waiting.save()
    Club.objects.filter(pk=offer.club_id).update(held=F("held") - 1)
    offer_places(club_pk=offer.club_id)
    return True
