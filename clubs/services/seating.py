"""Gives one place: membership, seats and counter. Every way to a place uses it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import clash, facts_of
from clubs.models import Club, ClubSettings, ClubSlot, Membership, Offer, Seat, Waiting
from enrollment.models import Enrolment
from school.models import SchoolDay, Student, Term, User


class ClubFull(ValidationError):
    """No place is left."""


@transaction.atomic
def seat_child(
    *, club: Club, student: Student, enrolment: Enrolment, first_day: dt.date, how: str, by: User
) -> Membership:
    """Membership, seats and counter; a place that was kept for the child is used. Raises ClubFull, or ValidationError."""
    kept = kept_places([(student.pk, club.pk)])
    begins = max(first_day, enrolment.starts_on)
    slots = list(ClubSlot.objects.filter(club=club.pk))  # read again: they may have changed since
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                club=club,
                student=student,
                enrolment=enrolment,
                how=how,
                joined_by=by,
                starts_on=begins,
                trial_until=trial_end(begins),
            )
            Seat.objects.bulk_create(
                Seat(
                    membership=membership,
                    student=student,
                    term_id=club.term_id,
                    weekday=slot.weekday,
                    period_id=slot.period_id,
                )
                for slot in slots
            )
    except IntegrityError as error:
        raise ValidationError(clash(club, facts_of([student], club.term)[student.pk])) from error
    held = answer_by_place([(student.pk, club.pk)], kept)[club.pk]
    free = Club.objects.filter(pk=club.pk, taken__lt=F("capacity") - F("held") + held)
    if not free.update(taken=F("taken") + 1, held=F("held") - held):
        raise ClubFull(full_words(club))
    return membership


def first_days_in(term: Term, clubs: Iterable[int]) -> dict[int, dt.date]:
    """Key of a club → the first day of a place that is given now: today, or tomorrow once its time of today has begun.

    What was held without the child does not gain it afterwards. Three queries.
    """
    now = timezone.localtime()
    today, weekday = now.date(), SchoolDay.objects.weekday_of(now.date())
    days = dict.fromkeys(clubs, today)
    slots = ClubSlot.objects.filter(club__in=days, weekday=weekday).select_related("club", "period")
    for slot in slots.prefetch_related("period__period_times") if weekday else ():
        times = slot.period.times_on(today, term, grade=slot.club.grade_from, weekday=weekday)
        if times and times.starts_at <= now.time():
            days[slot.club_id] = today + dt.timedelta(days=1)
    return days


def first_day_in(club: Club) -> dt.date:
    return first_days_in(club.term, [club.pk])[club.pk]


Place = tuple[int, int]
"""(student pk, club pk)."""


def kept_places(places: list[Place]) -> dict[Place, int]:
    """Those of the places for which an offer is open → its pk. The offers are locked, before any row of a club."""
    offers = Offer.objects.open().filter(
        waiting__student__in={student for student, _club in places}, club__in={club for _student, club in places}
    )
    rows = offers.select_for_update(of=["self"]).order_by("pk").values_list("waiting__student", "club", "pk")
    found = {(student, club): pk for student, club, pk in rows}
    return {place: found[place] for place in places if place in found}


def answer_by_place(given: list[Place], kept: dict[Place, int]) -> Counter[int]:
    """Who has a place waits no longer: its offer is accepted, its row closed. Gives club pk → how many kept places are used."""
    used = {place: kept[place] for place in given if place in kept}
    Offer.objects.filter(pk__in=used.values()).update(answer=Offer.Answer.ACCEPTED, answered_at=timezone.now())
    line = (
        Waiting.objects.in_line()
        .order_by()
        .filter(student__in={student for student, _club in given}, club__in={club for _student, club in given})
    )
    places = set(given)
    done = [pk for pk, student, club in line.values_list("pk", "student", "club") if (student, club) in places]
    Waiting.objects.filter(pk__in=done).update(state=Waiting.State.TAKEN)
    return Counter(club for _student, club in used)


def full_words(club: Club) -> str:
    held = Club.objects.filter(pk=club.pk, taken__lt=F("capacity")).values_list("held", flat=True).first()
    if held:
        return _("The free places of %(club)s (%(n)d) are kept for children who wait.") % {"club": club.name, "n": held}
    return _("The last place in %s has just been taken.") % club.name


def trial_end(first_day: dt.date) -> dt.date | None:
    days = ClubSettings.load().trial_days
    return first_day + dt.timedelta(days=days - 1) if days else None


def end_places(memberships: list[Membership], last_day: dt.date, reason: str) -> dict[int, int]:
    """Ends places and takes their seats back at once; gives club pk → how many became free, counters already written."""
    for membership in memberships:
        membership.ends_on = max(last_day, membership.starts_on)
        membership.end_reason = reason
    Membership.objects.bulk_update(memberships, ["ends_on", "end_reason"])
    return take_back(memberships)


def take_back(memberships: list[Membership]) -> dict[int, int]:
    """Deletes the seats of ended places; the club rows last, in the order of their keys."""
    Seat.objects.filter(membership__in=memberships).delete()
    counts = Counter(membership.club_id for membership in memberships)
    for club_pk in sorted(counts):
        Club.objects.filter(pk=club_pk).update(taken=F("taken") - counts[club_pk])
    return counts
