"""Who of the staff takes part (R138). Reads only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from clubs.models import Club, ClubSlot, Meeting, RotationStop
from clubs.models.catalogue import ClubQuerySet
from clubs.placing import club_places
from enrollment.models import CareDuty
from school.models import ExemptionRequest, Staff, Term
from school.models.people import StaffQuerySet


@dataclass(frozen=True)
class Participation:
    """Of all employees: who has a duty or a club this term (R189), and who is exempt from one (R138)."""

    taking_part: int
    employees: int
    exempt: int


def clubs_that_run(term: Term, day: dt.date) -> ClubQuerySet:
    """Clubs that were in the catalogue by the day and have a child or have not met yet, and every club that met with children.

    The last are counted also when the club was called off later. A club whose meetings pass without a child does not run, nor
    does one of a rotation before its first day.
    """
    meetings = Meeting.objects.filter(club__term=term, day__lte=day)
    with_a_child = Q(pk__in=club_places(term, day).values("club"))
    to_come = ~Q(pk__in=meetings.filter(cancelled=False).values("club")) & ~goes_round(
        term, rotation__starts_on__gt=day
    )
    met = Q(pk__in=meetings.with_children().values("club"))
    published, cancelled = Q(status=Club.Status.PUBLISHED), Q(status=Club.Status.CANCELLED)
    to_come &= Q(published_on=None) | Q(published_on__lte=max(day, term.starts_on))
    return Club.objects.filter(published & (with_a_child | to_come | met) | cancelled & met, term=term)


def goes_round(term: Term, **which: Any) -> Q:
    """Clubs without days of their own, to which groups come by a rotation (of those named)."""
    stops = RotationStop.objects.filter(rotation__term=term, **which)
    # Not `slots=None`: the join would give a club with two days twice.
    return ~Q(Exists(ClubSlot.objects.filter(club=OuterRef("pk")))) & Q(pk__in=stops.values("club"))


def has_task(term: Term, day: dt.date) -> Q:
    """Staff with a duty of the term, with a club that runs and that they lead or help to lead, or who have led one."""
    duties = CareDuty.objects.filter(term=term, staff=OuterRef("pk"), starts_on__lte=max(day, term.starts_on))
    leads = Q(instructor=OuterRef("pk")) | Q(assistant=OuterRef("pk"))
    led = Meeting.objects.with_children().filter(club__term=term, day__lte=day, session__substitutions=None)
    # Once a club has met, its meetings say who led it by then: it may have been handed over since. Who stood in did not lead it.
    clubs = clubs_that_run(term, day).published().filter(leads).exclude(pk__in=led.values("club"))
    led = led.filter(leads)
    return Q(Exists(duties)) | Q(Exists(clubs)) | Q(Exists(led))


def is_exempt(term: Term) -> Q:
    return Q(Exists(ExemptionRequest.objects.granted(term).filter(staff=OuterRef("pk"))))


def employees(day: dt.date) -> StaffQuerySet:
    """The school's own people on a day."""
    return Staff.objects.active(day).filter(kind=Staff.Kind.EMPLOYEE)


def idle_employees(term: Term) -> StaffQuerySet:
    """Who has neither a duty nor a club, and is not exempt."""
    day = term.nearest(timezone.localdate())
    leading = clubs_that_run(term, day).published().filter(Q(instructor=OuterRef("pk")) | Q(assistant=OuterRef("pk")))
    return employees(day).exclude(has_task(term, day) | Q(Exists(leading))).exclude(is_exempt(term))


def participation(term: Term, day: dt.date) -> Participation:
    rows = employees(day)
    counts = rows.aggregate(
        taking_part=Count("pk", filter=has_task(term, day)),
        employees=Count("pk"),
        exempt=Count("pk", filter=is_exempt(term)),
    )
    return Participation(**counts)
