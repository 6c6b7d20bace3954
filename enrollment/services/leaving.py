"""A child leaves the school: what it holds of after-school care ends with the last day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from enrollment.models import Application, Collector, Enrolment
from enrollment.services.applying import withdraw_application
from enrollment.services.changing import end_enrolment
from enrollment.services.collecting import collecting_after, end_collecting_of
from school.models import ClassMembership, Student, User
from web.templatetags.formats import cn_date


@transaction.atomic
def end_care_of(student: Student, last_day: dt.date, by: User) -> list[str]:
    """Ends participation, what waits, and who may collect the child; a sentence for each. A bar stays."""
    reason = _("The child has left the school.")
    told = []
    after = Q(ends_on=None) | Q(ends_on__gt=last_day)
    names = [row.name for row in collecting_after(student, last_day) if isinstance(row, Collector)]
    for enrolment in Enrolment.objects.filter(after, student=student).select_related("option"):
        end_enrolment(enrolment=enrolment, last_day=last_day, reason=reason, by=by)
        told.append(_("%(what)s: ends on %(day)s.") % {"what": enrolment.option.name, "day": cn_date(last_day)})
    open_ones = Application.objects.open().exclude(status=Application.Status.APPROVED)
    for application in open_ones.filter(student=student).select_related("option"):
        withdraw_application(application=application, reason=reason, by=by)
        told.append(_("%s: the application is withdrawn.") % application.option.name)
    end_collecting_of(student, last_day, reason)
    if names:
        told.append(_("May collect until %(day)s: %(names)s.") % {"day": cn_date(last_day), "names": "、".join(names)})
    return told


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
