"""Which rows of sign-up a person sees: those of their own children, their class, or the whole school."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from enrollment.models import CareDuty, CareGroupRoom
from school.access import EVERYTHING, NOTHING, WHOLE_SCHOOL
from school.models import Room, SchoolDay, Staff, Student, User
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
    duties = CareDuty.objects.on(day).filter(staff__in=Staff.objects.of_user(user))
    return {"teacher"} if duties.exists() else set()


def busy_on_duty(term, weekday: int, period: int, day: dt.date) -> set[int]:  # type: ignore[no-untyped-def]
    duties = CareDuty.objects.filter(term=term, weekday=weekday, period=period)
    return set(duties.from_day(day).values_list("staff", flat=True))


def groups_in(room: Room, day: dt.date) -> list[str]:
    held = CareGroupRoom.objects.filter(room=room, term__ends_on__gte=day).from_day(day)
    return list(held.values_list("group__name", flat=True).distinct().order_by("group__name"))


def duties_after(staff, day) -> list[str]:  # type: ignore[no-untyped-def]
    held = CareDuty.objects.filter(staff=staff, term__ends_on__gt=day).exclude(ends_on__lte=day)
    # What was handed over from the next school day on is not held any more over the days without lessons before it.
    school_days = SchoolDay.objects.teaching().filter(day__gt=day)
    comes = school_days.filter(follows_weekday=OuterRef("weekday"), day__lte=OuterRef("ends_on"))
    held = held.filter(Q(ends_on=None) | Exists(comes))
    return [str(duty) for duty in held.select_related("group", "period")]
