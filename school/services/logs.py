"""Logs who opened a child's sensitive fields and who exported them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from school.models import (
    AccessLog,
    Student,
    User,
)

LONGEST = 200  # signs of a reason


def log_access(*, user: User, student: Student, fields: list[str]) -> None:
    AccessLog.objects.create(user=user, student=student, fields=fields, action=AccessLog.Action.OPENED)


def log_export(*, user: User, fields: list[str], rows: int, reason: str) -> None:
    """Raises ValidationError without a reason: an export needs one."""
    if not reason.strip():
        raise ValidationError(_("Say what the export is for."))
    if len(reason.strip()) > LONGEST:
        raise ValidationError(_("Say it in %d signs.") % LONGEST)
    AccessLog.objects.create(
        user=user, fields=fields, rows=rows, reason=reason.strip(), action=AccessLog.Action.EXPORTED
    )
