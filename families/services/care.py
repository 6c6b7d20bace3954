"""Care files of children in special groups, what is written into them, and visits to families (R039–R041, R043)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from families.models import CareFile, CareRecord, HomeVisit
from school.models import SpecialGroupMembership, Staff, Student, User


@transaction.atomic
def open_file(
    *, student: Student, helper: Staff, helper_since: dt.date, plan: str, at_risk: bool, by: User
) -> CareFile:
    """For a child of a special group, or one at risk of dropping out. One open file a child."""
    if not at_risk and not SpecialGroupMembership.objects.filter(student=student).exists():
        raise ValidationError(
            _("%s belongs to no special group. Enter the group first, or mark the risk of dropping out.") % student.name
        )
    file = CareFile(student=student, helper=helper, helper_since=helper_since, plan=plan, at_risk=at_risk)
    file.opened_on = timezone.localdate()
    file.full_clean()
    file.save()
    return file


@transaction.atomic
def close_file(*, file: CareFile, reason: str, by: User) -> CareFile:
    if not reason.strip():
        raise ValidationError(_("Say why the file is closed."))
    file.closed_on, file.close_reason = timezone.localdate(), reason.strip()
    file.save()
    return file


@transaction.atomic
def add_record(*, file: CareFile, by: User, **facts: Any) -> CareRecord:
    """Written once. Refused in a closed file and for a day to come."""
    if file.closed_on is not None:
        raise ValidationError(_("The file is closed. Open a new one for this child."))
    if facts["day"] > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))
    record = CareRecord(file=file, by=by, **facts)
    record.full_clean()
    record.save()
    return record


@transaction.atomic
def record_visit(
    *,
    student: Student,
    way: str,
    day: dt.date,
    visitors: Iterable[Staff],
    by: User,
    findings: str = "",
    follows: str = "",
    visit: HomeVisit | None = None,
) -> HomeVisit:
    """A visit that is planned (without findings) or held (with findings, and not on a day to come)."""
    today = timezone.localdate()
    school_class = student.class_or_next(today)
    if school_class is None:
        raise ValidationError(_("%s belongs to no class today.") % student.name)
    if findings.strip() and day > today:
        raise ValidationError(_("This day has not come yet."))
    visit = visit or HomeVisit(student=student, school_class=school_class, by=by)
    visit.way, visit.day, visit.findings, visit.follows = way, day, findings.strip(), follows.strip()
    visit.state = HomeVisit.State.DONE if findings.strip() else HomeVisit.State.PLANNED
    visit.save()
    visit.visitors.set(visitors)
    return visit
