"""Opinions of families that wait for an answer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from families.models import Opinion
from families.rows import queue_of
from school.inbox import Task, waiting_rows
from school.models import Role, User

READERS = (Role.Code.SERVICE_OFFICE, Role.Code.ACADEMIC_OFFICE, Role.Code.HOMEROOM_TEACHER)


def waiting_for(user: User) -> Iterator[Task]:
    """Those that are this person's to answer; for the principal those that are late."""
    url = reverse("families:opinion_list")
    title = ngettext_lazy("%(n)d opinion of a family to answer", "%(n)d opinions of families to answer", "n")
    if user.has_role(*READERS):
        rows = queue_of(user, Opinion.objects.visible_to(user))
        yield from waiting_rows(rows, title, url, since="sent_at", action=_("Answer"))
    elif user.has_role(Role.Code.PRINCIPAL):
        late = Opinion.objects.overdue(timezone.localdate())
        late_title = ngettext_lazy(
            "%(n)d opinion is not answered in time", "%(n)d opinions are not answered in time", "n"
        )
        yield from waiting_rows(
            late, late_title, f"{url}?status=overdue", since="sent_at", role=Role.Code.SERVICE_OFFICE
        )
