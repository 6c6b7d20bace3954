"""Staff participation (R138): exemption requests, the working group's decision, and the rate."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from clubs.models.people import Skill, StaffSkill
from enrollment.models import CareDuty
from school.models import ExemptionRequest, Staff, Term, User
from school.models.people import StaffQuerySet

State = ExemptionRequest.State


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


@transaction.atomic
def ask_exemption(*, request: ExemptionRequest, by: User) -> ExemptionRequest:
    """A teacher's own request, once a term; after a refusal she may ask again."""
    if request.staff.user_id != by.pk:
        raise ValidationError(_("An exemption is asked for by oneself."))
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise ValidationError(_("An exemption has been asked for this term already.")) from error
    return request


@transaction.atomic
def decide_exemption(*, request: ExemptionRequest, grant: bool, opinion: str, by: User) -> ExemptionRequest:
    """After study by the working group, whose opinion is written down. Decided once; duties already given stay."""
    request = ExemptionRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    if request.state != State.ASKED:
        raise ValidationError(_("This is decided already: %s.") % request.get_state_display())
    if not opinion.strip():
        raise ValidationError(_("Write down the opinion of the working group."))
    request.state = State.GRANTED if grant else State.DECLINED
    request.opinion, request.decided_by, request.decided_at = opinion.strip()[:300], by, timezone.now()
    request.save()
    return request


@transaction.atomic
def propose_skill(*, held: StaffSkill, by: User) -> StaffSkill:
    """Entered by the office it is on file at once; by the teacher herself it waits for the office."""
    held.filed_by = by if by.has_role("service_office", "academic_office") else None
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        raise ValidationError(_("This skill is entered already.")) from error
    return held


@transaction.atomic
def file_skill(*, held: StaffSkill, by: User) -> StaffSkill:
    """The office takes a proposal into the register."""
    held.filed_by = by
    held.save()
    return held


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
