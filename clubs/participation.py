"""Who of the staff takes part (R138). Reads only."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clubs.models import Club
from enrollment.models import CareDuty
from school.models import ExemptionRequest, Staff, Term
from school.models.people import StaffQuerySet


@dataclass(frozen=True)
class Participation:
    """Employees with a duty or a club this term, of those who are not exempt."""

    taking_part: int
    bound: int
    exempt: int


def employees(term: Term) -> StaffQuerySet:
    """The school's own people of the term, with `has_duty`, `has_club` and `is_exempt`."""
    day = term.nearest(timezone.localdate())
    duties = CareDuty.objects.filter(term=term, staff=OuterRef("pk"))
    clubs = Club.objects.published().filter(term=term)
    clubs = clubs.filter(Q(instructor=OuterRef("pk")) | Q(assistant=OuterRef("pk")))
    exempt = ExemptionRequest.objects.granted(term).filter(staff=OuterRef("pk"))
    rows = Staff.objects.active(day).filter(kind=Staff.Kind.EMPLOYEE)
    return rows.annotate(has_duty=Exists(duties), has_club=Exists(clubs), is_exempt=Exists(exempt))


def idle_employees(term: Term) -> StaffQuerySet:
    """Who has neither a duty nor a club, and is not exempt."""
    return employees(term).filter(is_exempt=False, has_duty=False, has_club=False)


def participation(term: Term) -> Participation:
    rows = employees(term)
    bound = rows.filter(is_exempt=False)
    return Participation(
        taking_part=bound.filter(Q(has_duty=True) | Q(has_club=True)).count(),
        bound=bound.count(),
        exempt=rows.filter(is_exempt=True).count(),
    )
