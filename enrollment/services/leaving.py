"""A child leaves the school: what it holds of after-school care ends with the last day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Application, Collector, Enrolment, LeavesAlone
from enrollment.models.collectors import Endable
from enrollment.services.applying import withdraw_application
from enrollment.services.changing import end_enrolment
from school.models import ClassMembership, Student, User
from web.templatetags.formats import cn_date


@transaction.atomic
def end_care_of(student: Student, last_day: dt.date, by: User) -> list[str]:
    """Ends participation, what waits, and who may collect the child; a sentence for each. A bar stays."""
    reason = _("The child has left the school.")
    told = []
    after = Q(ends_on=None) | Q(ends_on__gt=last_day)
    for enrolment in Enrolment.objects.filter(after, student=student).select_related("option"):
        end_enrolment(enrolment=enrolment, last_day=last_day, reason=reason, by=by)
        told.append(_("%(what)s: ends on %(day)s.") % {"what": enrolment.option.name, "day": cn_date(last_day)})
    open_ones = Application.objects.open().exclude(status=Application.Status.APPROVED)
    for application in open_ones.filter(student=student).select_related("option"):
        withdraw_application(application=application, reason=reason, by=by)
        told.append(_("%s: the application is withdrawn.") % application.option.name)
    collectors = Collector.objects.from_today().filter(after, student=student).exclude(kind=Collector.Kind.BARRED)
    for row in [*collectors, *LeavesAlone.objects.from_today().filter(after, student=student)]:
        end_row(row, last_day, reason)
    if collectors:
        names = "、".join(row.name for row in collectors)
        told.append(_("May collect until %(day)s: %(names)s.") % {"day": cn_date(last_day), "names": names})
    return told


def end_row(row: Endable, last_day: dt.date, reason: str) -> None:
    """The row holds until the last day; one that would begin only later never holds."""
    if row.starts_on > last_day:
        row.ended_at = timezone.now()
    else:
        row.ends_on = last_day
    row.end_reason = reason
    row.save()


@transaction.atomic
def end_departed(*, day: dt.date, by: User | None = None) -> int:
    """Ends the care of children who left the school before `day`; returns how many took part. Safe to run twice."""
    on_roll = ClassMembership.objects.on(day).values("student")
    ended = 0
    for enrolment in Enrolment.objects.on(day).exclude(student__in=on_roll).select_related("application", "student"):
        last = ClassMembership.objects.filter(student=enrolment.student, ends_on__lt=day).order_by("-ends_on").first()
        if last is not None and last.ends_on is not None:
            end_care_of(enrolment.student, last.ends_on, by or enrolment.application.submitted_by)
            ended += 1
    return ended
