"""What of the clubs waits for somebody: an open offer, a round without choices yet, a proposal, a record."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from clubs.fitting import ChildFacts, facts_of, why_not
from clubs.models import ChoiceRound, ChoiceSheet, Club, Offer, Visit, VisitChild
from clubs.records import held_meetings, led_by
from school.inbox import Task, waiting_rows, watches
from school.models import ExemptionRequest, Role, Student, Term, User

OFFICE = Role.Code.SERVICE_OFFICE


def waiting_for(user: User) -> Iterator[Task]:
    if user.has_role(Role.Code.GUARDIAN):
        own = Student.objects.of_guardian(user)
        yield from [*offers_for(own), *rounds_for(own), *visits_for(own)]
    yield from sent_back_to(user)
    if watches(user, OFFICE):
        yield from for_the_office()
    yield from records_of(user)


def for_the_office() -> Iterator[Task]:
    """Proposals, requests not to take part, rounds whose time is over."""
    now = timezone.now()
    rounds = ChoiceRound.objects.exclude(way=ChoiceRound.Way.FIRST_COME)
    ended = rounds.filter(state=ChoiceRound.State.ANNOUNCED, closes_at__lt=now) | rounds.filter(
        state=ChoiceRound.State.DRAWN
    )
    yield from waiting_rows(
        Club.objects.filter(status=Club.Status.PROPOSED),
        ngettext_lazy("%(n)d proposal of a club to decide", "%(n)d proposals of clubs to decide", "n"),
        f"{reverse('clubs:club_list')}?status=proposed",
        role=OFFICE,
        action=_("Decide"),
    )
    yield from waiting_rows(
        ExemptionRequest.objects.asked(),
        ngettext_lazy("%(n)d request not to take part", "%(n)d requests not to take part", "n"),
        reverse("clubs:exemption_list"),
        since="asked_at",
        role=OFFICE,
        action=_("Decide"),
    )
    yield from waiting_rows(
        ended,
        ngettext_lazy(
            "%(n)d round of choice: give the places",
            "%(n)d rounds of choice: give the places",
            "n",
        ),
        reverse("clubs:round_list"),
        since="closes_at",
        role=OFFICE,
        action=_("Give the places"),
    )


def records_of(user: User) -> Iterator[Task]:
    """Meetings of the person's own clubs that are over and have no record."""
    today = timezone.localdate()
    term = Term.objects.current(today)
    if term and user.has_role(Role.Code.TEACHER, Role.Code.HOMEROOM_TEACHER):
        rows = held_meetings(term, today).filter(led_by(user), record=None)
        title = ngettext_lazy("%(n)d record of a club is missing", "%(n)d records of clubs are missing", "n")
        url = f"{reverse('clubs:record_list')}?status=missing"
        yield from waiting_rows(rows, title, url, since="day", action=pgettext("button", "Write"))


def sent_back_to(user: User) -> list[Task]:
    """Proposals of the person that the office sent back with a sentence."""
    clubs = Club.objects.filter(status=Club.Status.DRAFT, proposed_by=user).exclude(opinion="")
    return [
        Task(
            title=_("%(club)s is sent back: %(opinion)s") % {"club": club.name, "opinion": club.opinion},
            url=reverse("clubs:club_edit", args=[club.pk]),
            action=_("Change it"),
        )
        for club in clubs
    ]


def offers_for(own: QuerySet[Student]) -> list[Task]:
    now = timezone.now()
    offers = Offer.objects.open().filter(waiting__student__in=own, expires_at__gt=now)
    return [
        Task(
            title=_("A place in %s is kept for your child") % offer.club.name,
            url=reverse("clubs:offer_answer", args=[offer.secret]),
            closes_at=offer.expires_at,
            student=offer.waiting.student,
            action=_("Take it or let it go"),
        )
        for offer in offers.select_related("club", "waiting__student")
    ]


def rounds_for(own: QuerySet[Student]) -> list[Task]:
    """Rounds with choices that are open now, for children who have not chosen and to whom one of its clubs is open."""
    choosable = ChoiceRound.objects.choosable(timezone.now()).exclude(way=ChoiceRound.Way.FIRST_COME)
    rounds = list(choosable.select_related("term").prefetch_related("clubs__slots__period"))
    if not rounds:
        return []
    children = list(own)
    done = set(ChoiceSheet.objects.filter(round__in=rounds, student__in=children).values_list("round", "student"))
    facts = {term: facts_of(children, term) for term in {one.term for one in rounds}}
    return [
        Task(
            title=one.name,
            url=reverse("clubs:choices_edit", args=[one.pk, child.pk]),
            closes_at=one.closes_at,
            student=child,
            action=_("Choose clubs"),
        )
        for one in rounds
        for child in children
        if (one.pk, child.pk) not in done and is_for(one, facts[one.term][child.pk])
    ]


def is_for(round: ChoiceRound, child: ChildFacts) -> bool:
    """Whether at least one club of the round takes the child: by grade, days and hours."""
    return any(not why_not(club, child, clashes=False) for club in round.clubs.all())


def visits_for(own: QuerySet[Student]) -> list[Task]:
    """Visits outside that are still being planned, for which the family has not said yes or no."""
    rows = VisitChild.objects.filter(
        student__in=own,
        answer=VisitChild.Answer.OPEN,
        visit__state=Visit.State.PLANNED,
        visit__day__gte=timezone.localdate(),
    )
    return [
        Task(
            title=_("May your child come along: %s?") % row.visit.name,
            url=reverse("clubs:visit_answer", args=[row.pk]),
            student=row.student,
            action=_("Answer"),
        )
        for row in rows.select_related("visit", "student").distinct()
    ]
