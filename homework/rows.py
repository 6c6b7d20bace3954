"""Whose sheets a person sees and writes. What is on a sheet is public (the board); writing is not."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from school.access import EVERYTHING, classes_led
from school.models.dated import on_day

if TYPE_CHECKING:
    from school.models import User

STAFF = ("teacher", "homeroom_teacher", "grade_head", "academic_office", "service_office", "duty_leader", "principal")


def sheets_of(user: "User") -> Q | None:
    return EVERYTHING if user.has_role(*STAFF) else None


def writable_classes(user: "User") -> Q:
    """Classes in which the person may enter homework: those led or taught; all, while no lessons are assigned to them."""
    from school.models import Teaching

    if user.has_role("academic_office"):
        return EVERYTHING
    if not user.has_role("teacher"):
        return Q(pk__in=[])
    taught = Teaching.objects.filter(on_day(timezone.localdate()), staff__user=user)
    led = classes_led(user, timezone.localdate())
    return Q(pk__in=taught.values("school_class")) | led if taught.exists() else EVERYTHING
