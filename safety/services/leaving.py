"""A child leaves the school: what its days here allow."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safety.models import RollCall
from school.models import Student, User
from web.templatetags.formats import cn_date


def check_not_here_after(student: Student, last_day: dt.date, by: User) -> list[str]:
    """Raises ValidationError where the child was present after the day that is named as its last. Ends nothing itself."""
    here = RollCall.objects.filter(student=student, status=RollCall.Status.PRESENT, session__day__gt=last_day)
    if latest := here.order_by("-session__day").values_list("session__day", flat=True).first():
        raise ValidationError(
            _("%(child)s was here on %(day)s: the last day is that one or later.")
            % {"child": student.name, "day": cn_date(latest)}
        )
    return []
