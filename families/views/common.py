"""What the pages of this app share."""

from typing import Any

from django.utils import timezone

from families.rows import OFFICE
from school.models import SchoolClass, SchoolSettings, User
from school.models.calendar import school_year_of
from school.rows import classes_led


def classes_for(user: User) -> Any:
    """The classes of this school year that the person works with: the offices and the principal all, teachers those led."""
    today = timezone.localdate()
    classes = SchoolClass.objects.in_year(school_year_of(today), top_grade=SchoolSettings.load().top_grade)
    return classes if user.has_role(*OFFICE, "principal") else classes.filter(classes_led(user, today))
