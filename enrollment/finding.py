"""Care groups by their names, for the search."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from enrollment.models import CareGroup
from school.models import Term, User
from school.searching import MOST, Hit


def groups_named(user: User, words: str) -> Iterator[Hit]:
    """Of the running term; for those who look after the groups."""
    if not user.has_role("service_office", "academic_office", "duty_leader"):
        return
    for group in CareGroup.objects.filter(
        term=Term.objects.current(timezone.localdate()), name__icontains=words
    ).order_by("name")[:MOST]:
        yield Hit(group.name, reverse("enrollment:group_detail", args=[group.pk]), "", "users-group")
