"""What the public board shows: published sheets of days and weeks. Names no child and no teacher."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet

from homework.models import ClassSheet, HomeworkItem
from school.models import SchoolClass


def published(first: dt.date, last: dt.date) -> QuerySet[ClassSheet]:
    items = HomeworkItem.objects.select_related("subject").order_by("subject__order", "pk")
    sheets: QuerySet[ClassSheet] = ClassSheet.objects.published().filter(day__range=(first, last))
    return sheets.select_related("school_class").prefetch_related(Prefetch("items", queryset=items))


def sheets_between(first: dt.date, last: dt.date, grade: int | None) -> QuerySet[ClassSheet]:
    """Published sheets of the days, of one grade or of all."""
    sheets = published(first, last)
    return sheets.filter(school_class__in=SchoolClass.objects.of_grade(grade, first)) if grade else sheets


def published_on(day: dt.date, grade: int | None = None) -> list[ClassSheet]:
    return list(sheets_between(day, day, grade).order_by("-school_class__entry_year", "school_class__number"))


def week_of(school_class: SchoolClass, monday: dt.date) -> dict[str, Any]:
    last = monday + dt.timedelta(days=6)
    sheets = {sheet.day: sheet for sheet in published(monday, last).filter(school_class=school_class)}
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    return {
        "school_class": school_class,
        "label": school_class.label(monday),
        "monday": monday,
        "friday": monday + dt.timedelta(days=4),
        "days": [(day, sheets.get(day)) for day in days if day.isoweekday() <= 5 or day in sheets],
    }
