"""Which skills the clubs need and who has them. Reads only."""

from dataclasses import dataclass

from django.utils import timezone

from clubs.models import Club
from clubs.models.people import Skill, StaffSkill
from school.models import Staff, Term


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
