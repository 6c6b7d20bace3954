"""Which rows of sign-up a person sees: those of their own children, their class, or the whole school."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from enrollment.models import CareDuty, CareGroup
from school.access import EVERYTHING, NOTHING, WHOLE_SCHOOL
from school.models import Room, Student, User
from school.models.dated import on_day
from school.rows import students_of


def by_student(user: User) -> Q | None:
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    rows = students_of(user)
    return None if rows is None else Q(student__in=Student.objects.filter(rows))


def collectors_of(user: User) -> Q | None:
    """The offices and the duty leader see all, the gate those of today, a family its own; bars only the former."""
    if user.has_role("service_office", "academic_office", "duty_leader"):
        return EVERYTHING
    today = timezone.localdate()
    own = Student.objects.of_guardian(user)
    seen = Q(student__in=own) | (on_day(today) if user.has_role("gate") else NOTHING)
    return seen & ~Q(kind="barred")


def duty_roles(user: User, day: dt.date) -> set[str]:
    """Adults with a duty in a care group this term have the role «teacher»."""
    duties = CareDuty.objects.filter(staff__user=user, term__starts_on__lte=day, term__ends_on__gte=day)
    return {"teacher"} if duties.exists() else set()


def busy_on_duty(term, weekday: int, period: int) -> set[int]:  # type: ignore[no-untyped-def]
    return set(CareDuty.objects.filter(term=term, weekday=weekday, period=period).values_list("staff", flat=True))


def groups_in(room: Room, day: dt.date) -> list[str]:
    return list(CareGroup.objects.filter(room=room, term__ends_on__gte=day).values_list("name", flat=True))


def duties_after(staff, day) -> list[str]:  # type: ignore[no-untyped-def]
    return [str(duty) for duty in CareDuty.objects.filter(staff=staff, term__ends_on__gt=day)[:5]]
