"""A colleague enters what a guardian told: who said it, how and when stay with the record."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models.telling import Told
from school.models import Guardian, Guardianship, Student


@dataclass(frozen=True)
class Telling:
    """`how` is one of Told.How."""

    by: Guardian
    how: str
    at: dt.datetime


def keep_telling(row: Told, telling: Telling | None, student: Student) -> None:
    """Writes it on the unsaved row. Raises ValidationError for an adult who may not say it, and for a time to come."""
    if telling is None:
        return
    if not Guardianship.objects.filter(student=student, guardian=telling.by, barred=False).exists():
        raise ValidationError(
            _("%(who)s is no guardian of %(child)s.") % {"who": telling.by.name, "child": student.name}
        )
    if telling.at > timezone.now():
        raise ValidationError(_("The time at which it was said is still to come."))
    row.told_by, row.told_how, row.told_at = telling.by, telling.how, telling.at
