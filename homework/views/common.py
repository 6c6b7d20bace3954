"""What the pages of this app share: the day and week in the address, the person, the classes of the year."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest

from homework.models.planning import monday_of
from homework.rows import writable_classes
from school.models import SchoolClass, Staff, User
from school.models.calendar import school_year_of
from web.addresses import read_day


def read_week(text: str | None) -> dt.date:
    """The Monday of a day from the address."""
    return monday_of(read_day(text))


def classes_of_year(day: dt.date) -> list[SchoolClass]:
    return list(SchoolClass.objects.in_year(school_year_of(day)).order_by("-entry_year", "number"))


def classes_for(user: User, day: dt.date) -> QuerySet[SchoolClass]:
    """The classes in which the person may enter homework."""
    classes: QuerySet[SchoolClass] = SchoolClass.objects.in_year(school_year_of(day))
    return classes.filter(writable_classes(user)).order_by("-entry_year", "number")


def staff_of(request: HttpRequest) -> Staff | None:
    return Staff.objects.of_user(request.user).select_related("subject").first()
