"""Classes, memberships, rooms, and what is taught there."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from school.access import rows_for
from school.history import track
from school.models.calendar import Weekday, school_year_of
from school.models.dated import Dated, DatedQuerySet, no_overlap, on_day, ordered_days
from web.cleaning import NUMERALS
from web.ordering import natural

if TYPE_CHECKING:
    from school.models.accounts import User
    from school.models.people import Staff

MAX_GRADE = 9


def grade_name(grade: int) -> str:
    """«三年级» in Chinese, «Grade 3» otherwise."""
    if (get_language() or "zh").startswith("zh") and 1 <= grade <= MAX_GRADE:
        return f"{NUMERALS[grade - 1]}年级"
    return f"Grade {grade}"


GRADE_CHOICES = [(grade, lazy(grade_name, str)(grade)) for grade in range(1, MAX_GRADE + 1)]


class SchoolClassQuerySet(models.QuerySet):
    def in_year(self, school_year: int, *, top_grade: int = MAX_GRADE) -> Self:
        """Classes that have a grade in that school year (not yet graduated, already begun)."""
        return self.filter(
            entry_year__lte=school_year, entry_year__gt=school_year - top_grade, graduated_on__isnull=True
        )

    def of_grade(self, grade: int, day: dt.date) -> Self:
        return self.filter(entry_year=school_year_of(day) - grade + 1)

    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("school.SchoolClass", user))


@track()
class SchoolClass(models.Model):
    """A cohort: the year in which it entered grade 1, and its number. Its grade derives from the school year."""

    entry_year = models.PositiveSmallIntegerField(_("year of entry"))
    number = models.PositiveSmallIntegerField(_("class number"))
    room = models.ForeignKey(
        "school.Room", models.SET_NULL, null=True, blank=True, related_name="classes", verbose_name=_("classroom")
    )
    graduated_on = models.DateField(_("graduated on"), null=True, blank=True)

    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["-entry_year", "number"]
        constraints = [
            models.UniqueConstraint(
                name="schoolclass_once",
                fields=["entry_year", "number"],
                violation_error_message=_("This class exists already."),
            )
        ]

    def __str__(self) -> str:
        return self.label()

    def grade(self, day: dt.date | None = None) -> int:
        return school_year_of(day or timezone.localdate()) - self.entry_year + 1

    def label(self, day: dt.date | None = None) -> str:
        """As a school writes it on its door: 三(2)班."""
        return class_label(self.grade(day), self.number)


def class_label(grade: int, number: int) -> str:
    if (get_language() or "zh").startswith("zh") and 1 <= grade <= MAX_GRADE:
        return f"{NUMERALS[grade - 1]}({number})班"
    return f"{grade}({number})"


class ClassMembershipQuerySet(DatedQuerySet):
    def held_or_to_come(self, day: dt.date) -> Self:
        """Those that hold on the day, and those that begin later of children who belong to no class on it."""
        there = ClassMembership.objects.on(day).filter(student=models.OuterRef("student"))
        return self.filter(on_day(day) | Q(starts_on__gt=day) & ~models.Exists(there))

    def held_or_next(self, day: dt.date, student: str) -> Self:
        """For a subquery: the class of the outer row's `student` on the day, or else the one it comes to, first."""
        return self.from_day(day).filter(student=models.OuterRef(student)).order_by("starts_on")


@track()
class ClassMembership(Dated):
    student = models.ForeignKey(
        "school.Student", models.CASCADE, related_name="class_memberships", verbose_name=_("student")
    )
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="memberships", verbose_name=_("class"))

    objects = ClassMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("class membership")
        verbose_name_plural = _("class memberships")
        ordering = ["-starts_on"]
        constraints = [
            ordered_days("classmembership"),
            no_overlap(
                "classmembership_one_a_day",
                "student",
                message=_("The child belongs to another class in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.school_class}"


class RoomQuerySet(models.QuerySet):
    def usable(self, day: dt.date) -> Self:
        """Rooms that are not closed on the day."""
        return self.filter(Q(closed_from__isnull=True) | Q(closed_from__gt=day))


@track()
class Room(models.Model):
    class Kind(models.TextChoices):
        CLASSROOM = "classroom", _("classroom")
        SPECIAL = "special", _("special room")
        OUTDOOR = "outdoor", _("outdoors")
        OTHER = "other", _("other")

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=50, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CLASSROOM)
    capacity = models.PositiveSmallIntegerField(_("holds"), help_text=_("children"))
    location = models.CharField(_("place"), max_length=50, blank=True)
    closed_from = models.DateField(
        _("closed from"), null=True, blank=True, help_text=_("From this day on nobody is put into it.")
    )

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["kind", natural("name"), "pk"]

    def __str__(self) -> str:
        return self.name

    def is_closed_on(self, day: dt.date) -> bool:
        return self.closed_from is not None and self.closed_from <= day


class Subject(models.Model):
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=50)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


@track()
class Teaching(Dated):
    """Who teaches which subject in which class."""

    staff = models.ForeignKey(
        "school.Staff", models.CASCADE, related_name="teachings", verbose_name=_("member of staff")
    )
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="teachings", verbose_name=_("class"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="teachings", verbose_name=_("subject"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("teaching assignment")
        verbose_name_plural = _("teaching assignments")
        ordering = ["school_class", "subject"]
        constraints = [
            ordered_days("teaching"),
            models.UniqueConstraint(
                name="teaching_once",
                fields=["staff", "school_class", "subject", "starts_on"],
                violation_error_message=_("This is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.subject} {self.staff}"


class LessonQuerySet(models.QuerySet):
    def on(self, weekday: int) -> Self:
        return self.filter(weekday=weekday)

    def taught_by(self, staff: "Staff", day: dt.date) -> Self:
        """Lessons of the classes and subjects that are assigned to somebody on that day."""
        mine = Teaching.objects.on(day).filter(
            staff=staff, school_class=models.OuterRef("school_class"), subject=models.OuterRef("subject")
        )
        return self.filter(models.Exists(mine))


class Lesson(models.Model):
    """One cell of the weekly timetable: a class's subject in a lesson. The timetable is replaced as a whole each term."""

    MOST = 10

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="lessons", verbose_name=_("class"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    number = models.PositiveSmallIntegerField(_("lesson"), help_text=_("First lesson of the day is 1."))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("subject"))

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("timetable")
        ordering = ["school_class", "weekday", "number"]
        constraints = [
            models.UniqueConstraint(name="lesson_one_subject", fields=["school_class", "weekday", "number"]),
            models.CheckConstraint(name="lesson_number_makes_sense", condition=models.Q(number__gte=1, number__lte=10)),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.get_weekday_display()} {self.number} {self.subject}"
