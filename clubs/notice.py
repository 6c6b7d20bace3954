"""Tasks of clubs: an open offer, a round without choices yet, a returned proposal."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ChoiceRound, ChoiceSheet, Club, Offer, Visit, VisitChild
from enrollment.models import Enrolment
from school.models import Student, User
from school.notices import Task


def waiting_for(user: User) -> list[Task]:
    own = Student.objects.of_guardian(user)
    return [*offers_for(own), *rounds_for(own), *visits_for(own), *sent_back_to(user)]


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
    """Rounds with choices that are open now, for children who take part in care and have none."""
    rounds = list(ChoiceRound.objects.choosable(timezone.now()).exclude(way=ChoiceRound.Way.FIRST_COME))
    if not rounds:
        return []
    there = Enrolment.objects.on(timezone.localdate()).filter(student__in=own).values("student")
    children = list(own.filter(pk__in=there).distinct())
    done = set(ChoiceSheet.objects.filter(round__in=rounds, student__in=children).values_list("round", "student"))
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
        if (one.pk, child.pk) not in done
    ]


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
