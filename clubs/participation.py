"""Who of the staff takes part (R138), and which skills clubs have and lack. Reads only."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clubs.models import Club
from clubs.models.people import Skill, StaffSkill
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
    day = min(max(timezone.localdate(), term.starts_on), term.ends_on)
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


@dataclass(frozen=True)
class Supply:
    """A category: its clubs of the term, and the adults who have a skill of it on file."""

    category: str
    label: str
    clubs: int
    able: int

    @property
    def short(self) -> bool:
        return self.able < self.clubs


def supplies(term: Term) -> list[Supply]:
    """Each category that is offered or known, the shortest first; two queries."""
    clubs = Club.objects.filter(term=term).exclude(status=Club.Status.CANCELLED).values_list("category", flat=True)
    wanted = list(clubs)
    able: dict[str, set[int]] = {}
    day = timezone.localdate()
    rows = StaffSkill.objects.filed().filter(staff__in=Staff.objects.active(day))
    for category, staff in rows.values_list("skill__category", "staff"):
        able.setdefault(category, set()).add(staff)
    found = [
        Supply(code, str(label), wanted.count(code), len(able.get(code, ())))
        for code, label in Club.Category.choices
        if code in wanted or code in able
    ]
    return sorted(found, key=lambda row: (row.able - row.clubs, row.label))


def unused_skills() -> list[Skill]:
    return list(Skill.objects.filter(holders=None)[:25])
