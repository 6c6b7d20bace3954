"""The rows behind the figures, in the few shapes they have: children, class sheets, roll calls …"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enrollment.models import Enrolment
from reports.figures.base import Column, Rows
from school.models import SchoolClass, Student
from web.templatetags.formats import cn_date, cn_datetime, weekdays


def children(day: dt.date, students: QuerySet[Any] | Collection[int]) -> Rows:
    """`students` gives their keys: a queryset of Student or of one value, or the keys themselves."""
    rows = Student.objects.filter(pk__in=students).with_class(day)
    return Rows(
        rows.order_by("-entry_year", "class_number", "name_key", "pk"),
        (Column(_("Child"), lambda s: s.name), Column(_("Class"), lambda s: s.class_label)),
        lambda s: reverse("school:student_detail", args=[s.pk]),
    )


def enrolments(rows: QuerySet[Enrolment]) -> Rows:
    return Rows(
        rows.select_related("student", "option").order_by("student__name_key", "pk"),
        (
            Column(_("Child"), lambda e: e.student.name),
            Column(_("Service"), lambda e: e.option.name),
            Column(_("Weekdays"), lambda e: weekdays(e.weekdays)),
            Column(_("From"), lambda e: cn_date(e.starts_on)),
            Column(_("To"), lambda e: cn_date(e.ends_on)),
            Column(_("Reason"), lambda e: e.end_reason),
        ),
        lambda e: reverse("enrollment:application_detail", args=[e.application_id]),
    )


def classes(day: dt.date, counts: dict[int, str]) -> Rows:
    """`counts` says of each class how many of its children: «41/41»."""
    return Rows(
        SchoolClass.objects.filter(pk__in=counts).order_by("-entry_year", "number"),
        (Column(_("Class"), lambda c: c.label(day)), Column(_("Of its children"), lambda c: counts[c.pk])),
        lambda c: reverse("school:class_detail", args=[c.pk]),
    )


def sheets(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("school_class").order_by("-day", "-school_class__entry_year", "school_class__number"),
        (
            Column(_("Class"), lambda s: s.school_class.label(s.day)),
            Column(_("Day"), lambda s: cn_date(s.day)),
            Column(_("Written minutes"), lambda s: s.minutes),
            Column(_("Cap"), lambda s: s.cap),
            Column(_("Released"), lambda s: s.granted or ""),
            Column(_("Reason"), lambda s: s.release_reason),
        ),
        lambda s: reverse("homework:sheet_detail", args=[s.school_class_id, s.day.isoformat()]),
    )


def finished(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("school_class", "by").order_by("-day", "-school_class__entry_year", "school_class__number"),
        (
            Column(_("Class"), lambda r: r.school_class.label(r.day)),
            Column(_("Day"), lambda r: cn_date(r.day)),
            Column(_("Finished (%)"), lambda r: r.percent),
            Column(_("By"), lambda r: r.by.name),
        ),
        lambda r: reverse("homework:sheet_detail", args=[r.school_class_id, r.day.isoformat()]),
    )


def entries(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("sheet__school_class", "subject", "teacher").order_by("-sheet__day", "pk"),
        (
            Column(_("Class"), lambda i: i.sheet.school_class.label(i.sheet.day)),
            Column(_("Day"), lambda i: cn_date(i.sheet.day)),
            Column(_("Subject"), lambda i: i.subject.name),
            Column(_("Content"), lambda i: i.content),
            Column(_("Teacher"), lambda i: i.teacher.name),
        ),
        lambda i: reverse("homework:sheet_detail", args=[i.sheet.school_class_id, i.sheet.day.isoformat()]),
    )


def markings(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("item__sheet__school_class", "item__subject", "by").order_by("-due_on", "pk"),
        (
            Column(_("Class"), lambda r: r.item.sheet.school_class.label(r.item.sheet.day)),
            Column(_("Subject"), lambda r: r.item.subject.name),
            Column(_("Content"), lambda r: r.item.content),
            Column(_("To be marked until"), lambda r: cn_date(r.due_on)),
            Column(_("Marked"), lambda r: cn_date(r.marked_on)),
        ),
        lambda r: reverse("homework:sheet_detail", args=[r.item.sheet.school_class_id, r.item.sheet.day.isoformat()]),
    )


def spot_checks(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("spot_check", "school_class").order_by("-spot_check__day", "pk"),
        (
            Column(_("Day"), lambda r: cn_date(r.spot_check.day)),
            Column(_("Class"), lambda r: r.school_class.label(r.spot_check.day)),
            Column(_("Result"), lambda r: r.get_result_display()),
            Column(_("Families asked"), lambda r: r.asked),
        ),
    )


def rectifications(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("school_class", "subject").order_by("-year", "-number"),
        (
            Column(_("Number"), str),
            Column(_("Class"), lambda r: r.school_class.label(r.day)),
            Column(_("Subject"), lambda r: r.subject or ""),
            Column(_("Day"), lambda r: cn_date(r.day)),
            Column(_("Status"), lambda r: r.get_state_display()),
        ),
    )


def sessions(rows: Any) -> Rows:
    related = rows.with_gaps().select_related("care_group", "meeting__club", "period", "staff")
    return Rows(
        related.order_by("-day", "period__number", "pk"),
        (
            Column(_("Session"), lambda s: s.title),
            Column(_("Day"), lambda s: cn_date(s.day)),
            Column(_("Period"), lambda s: s.period),
            Column(_("Responsible adult"), lambda s: s.adult),
        ),
        lambda s: reverse("safety:roll", args=[s.pk]),
    )


def roll_calls(rows: QuerySet[Any]) -> Rows:
    related = rows.select_related("student", "session__care_group", "session__meeting__club", "session__period")
    return Rows(
        related.order_by("-session__day", "student__name_key", "session__period__number"),
        (
            Column(_("Child"), lambda r: r.student.name),
            Column(_("Day"), lambda r: cn_date(r.session.day)),
            Column(_("Period"), lambda r: r.session.period),
            Column(_("Session"), lambda r: r.session.title),
            Column(_("Status"), lambda r: r.get_status_display()),
            Column(_("Entered"), lambda r: cn_datetime(r.at)),
        ),
        lambda r: reverse("safety:roll", args=[r.session_id]),
    )


def releases(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("student", "by").order_by("-day", "-at", "pk"),
        (
            Column(_("Child"), lambda r: r.student.name),
            Column(_("Day"), lambda r: cn_date(r.day)),
            Column(_("At"), lambda r: cn_datetime(r.at)),
            Column(_("How"), lambda r: r.get_how_display()),
            Column(_("To whom"), lambda r: r.to_name),
            Column(_("By"), lambda r: r.by.name),
        ),
    )


def staff(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.order_by("number"),
        (Column(_("Name"), lambda s: s.name), Column(_("Kind"), lambda s: s.get_kind_display())),
    )


def clubs(rows: QuerySet[Any], led_by: Coalesce) -> Rows:
    """`led_by` gives the name of who led each at the end of the period."""
    return Rows(
        rows.annotate(led_by=led_by).select_related("room").order_by("category", "name"),
        (
            Column(_("Club"), lambda c: c.name),
            Column(_("Category"), lambda c: c.get_category_display()),
            Column(_("Instructor"), lambda c: c.led_by),
            Column(_("Places"), lambda c: c.capacity),
        ),
    )


def club_places(rows: QuerySet[Any]) -> Rows:
    return Rows(
        rows.select_related("club", "student").order_by("club__category", "club__name", "student__name_key", "pk"),
        (
            Column(_("Club"), lambda m: m.club.name),
            Column(_("Child"), lambda m: m.student.name),
            Column(_("From"), lambda m: cn_date(m.starts_on)),
        ),
    )
