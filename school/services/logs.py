"""Logs who opened children's sensitive fields and who exported them, and notices unusual reading."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import WHOLE_SCHOOL
from school.models import (
    AccessLog,
    Student,
    UnusualReading,
    User,
)
from web.exporting import needs_reason

LONGEST = 200  # signs of a reason
# A page that is shown again (a refused form, Back) within this is one look.
ONE_LOOK = dt.timedelta(minutes=1)
# Children opened within an hour: a class has up to 55, and offices work through lists.
AN_HOUR = dt.timedelta(hours=1)
UNUSUAL, UNUSUAL_OF_WHOLE_SCHOOL = 50, 200


def log_access(*, user: User, student: Student, fields: list[str]) -> None:
    """Called by whatever shows the fields, whichever way they were asked for."""
    log_accesses(user=user, students=[student], fields=fields)


@transaction.atomic
def log_accesses(*, user: User, students: Iterable[Student], fields: list[str]) -> None:
    now = timezone.now()
    opened = AccessLog.objects.filter(user=user, action=AccessLog.Action.OPENED)
    just_now = set(opened.filter(fields=fields, at__gt=now - ONE_LOOK).values_list("student", flat=True))
    fresh = [one for one in students if one.pk not in just_now]
    if not fresh:
        return
    AccessLog.objects.bulk_create(
        AccessLog(user=user, student=one, fields=fields, action=AccessLog.Action.OPENED) for one in fresh
    )
    children = opened.filter(at__gt=now - AN_HOUR).values("student").distinct().count()
    if children >= (UNUSUAL_OF_WHOLE_SCHOOL if user.has_role(*WHOLE_SCHOOL) else UNUSUAL):
        readings = UnusualReading.objects.filter(user=user, at__gt=now - AN_HOUR, looked_into_at=None)
        if not readings.update(children=children):
            UnusualReading.objects.create(user=user, at=now, children=children)


@transaction.atomic
def look_into(*, reading: UnusualReading, outcome: str, by: User) -> UnusualReading:
    """Somebody else than the reader says what it was."""
    reading = UnusualReading.objects.select_for_update(of=["self"]).get(pk=reading.pk)
    if reading.looked_into_at is not None:
        raise ValidationError(_("A colleague has looked into it already."))
    if reading.user_id == by.pk:
        raise ValidationError(_("It is about you: somebody else looks into it."))
    reading.looked_into_by, reading.looked_into_at, reading.outcome = by, timezone.now(), outcome.strip()
    reading.save()
    return reading


def log_export(*, user: User, fields: list[str], rows: int, reason: str, title: str = "") -> None:
    """Raises ValidationError where what leaves is sensitive and no reason is given."""
    if needs_reason(fields) and not reason.strip():
        raise ValidationError(_("Say what the export is for."))
    if len(reason.strip()) > LONGEST:
        raise ValidationError(_("Say it in %d signs.") % LONGEST)
    AccessLog.objects.create(
        user=user,
        fields=fields,
        title=title[:120],
        rows=rows,
        reason=reason.strip(),
        action=AccessLog.Action.EXPORTED,
    )
