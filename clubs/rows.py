"""Whose clubs and members a person sees, and who is taken when."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from school.access import EVERYTHING, WHOLE_SCHOOL, students_of
from school.models.dated import on_day

if TYPE_CHECKING:
    from school.models import Staff, Term, User


def clubs_of(user: "User") -> Q | None:
    """Families and staff see the catalogue; what is being prepared only the office and its instructor."""
    from clubs.models import Club

    if user.has_role("service_office", "academic_office"):
        return EVERYTHING
    return ~Q(status=Club.Status.DRAFT) | Q(instructor__user=user)


def memberships_of(user: "User") -> Q | None:
    """The instructor's own members; otherwise those of the children one sees."""
    from school.models import Student

    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    children = students_of(user) or Q(pk__in=[])
    return Q(club__instructor__user=user) | Q(student__in=Student.objects.filter(children))


def members_of_my_clubs(user: "User") -> Q | None:
    from clubs.models import Membership

    today = timezone.localdate()
    return Q(pk__in=Membership.objects.filter(on_day(today), club__instructor__user=user).values("student"))


def instructor_roles(user: "User", day: dt.date) -> set[str]:
    """Whoever leads a club this term has a teacher's pages."""
    from clubs.models import Club

    led = Club.objects.filter(instructor__user=user, term__starts_on__lte=day, term__ends_on__gte=day)
    return {"teacher"} if led.exists() else set()


def busy_in_clubs(term: "Term", weekday: int, period: int) -> set[int]:
    from clubs.models import ClubSlot

    slots = ClubSlot.objects.filter(term=term, weekday=weekday, period=period)
    return set(slots.values_list("instructor", flat=True))


def rooms_of_clubs(term: "Term", weekday: int, period: int) -> set[int]:
    from clubs.models import ClubSlot

    return set(ClubSlot.objects.filter(term=term, weekday=weekday, period=period).values_list("room", flat=True))


def clubs_after(staff: "Staff", day: dt.date) -> list[str]:
    from clubs.models import Club

    return list(Club.objects.filter(instructor=staff, term__ends_on__gt=day).values_list("name", flat=True))
