"""Secret addresses for calendars: made by their owner, renewed, revoked; never deleted."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clubs.models import CalendarFeed
from school.models import Staff, Student, User


def may_have_feed(user: User, student: Student | None) -> bool:
    """Whether the user may have this feed: staff for their own duties, guardians for a child from whom they are not barred."""
    if not user.is_active:
        return False
    if student is None:
        return Staff.objects.active(timezone.localdate()).filter(user=user).exists()
    return student.has_guardian(user)


@transaction.atomic
def renew_feed(*, owner: User, student: Student | None = None) -> CalendarFeed:
    """A new address; the one before it stops working. Raises PermissionDenied."""
    if not may_have_feed(owner, student):
        raise PermissionDenied
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    revoke_feed(owner=owner, student=student)
    return CalendarFeed.objects.create(owner=owner, student=student)


def revoke_feed(*, owner: User, student: Student | None = None) -> int:
    """The address stops working at once. Returns how many there were."""
    return CalendarFeed.objects.live().filter(owner=owner, student=student).update(revoked_at=timezone.now())
