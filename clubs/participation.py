"""Who of the staff takes part (R138). Reads only."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from clubs.models import Club, Meeting
from enrollment.models import CareDuty
from school.models import ExemptionRequest, Staff, Term
from school.models.people import StaffQuerySet


@dataclass(frozen=True)
class Participation:
    """Of all employees: who has a duty or a club this term (R189), and who is exempt from one (R138)."""

    taking_part: int
    employees: int
    exempt: int


def has_task(term: Term) -> Q:
    """Staff with a duty, or a published club that they lead or help to lead, or have led, in the term."""
    duties = CareDuty.objects.filter(term=term, staff=OuterRef("pk"))
    clubs = Club.objects.published().filter(term=term)
    clubs = clubs.filter(Q(instructor=OuterRef("pk")) | Q(assistant=OuterRef("pk")))
    led = Meeting.objects.filter(club__term=term, cancelled=False)
    led = led.filter(Q(instructor=OuterRef("pk")) | Q(assistant=OuterRef("pk")))
    return Q(Exists(duties)) | Q(Exists(clubs)) | Q(Exists(led))


def is_exempt(term: Term) -> Q:
    return Q(Exists(ExemptionRequest.objects.granted(term).filter(staff=OuterRef("pk"))))


def employees(day: dt.date) -> StaffQuerySet:
    """The school's own people on a day."""
    return Staff.objects.active(day).filter(kind=Staff.Kind.EMPLOYEE)


def idle_employees(term: Term) -> StaffQuerySet:
    """Who has neither a duty nor a club, and is not exempt."""
    return employees(term.nearest(timezone.localdate())).exclude(has_task(term)).exclude(is_exempt(term))


def participation(term: Term, day: dt.date) -> Participation:
    rows = employees(day)
    counts = rows.aggregate(
        taking_part=Count("pk", filter=has_task(term)),
        employees=Count("pk"),
        exempt=Count("pk", filter=is_exempt(term)),
    )
    return Participation(**counts)
