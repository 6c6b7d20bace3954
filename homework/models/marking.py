"""Marking of items in four steps, and coaching."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from homework.models.items import Work
from school.access import rows_for
from school.history import track
from school.models.dated import Dated, DatedQuerySet, ordered_days

if TYPE_CHECKING:
    from school.models import User


class MarkingTime(models.Model):
    """How many days marking may take for a kind of work, from the day it is handed in; kinds without a row are not collected."""

    kind = models.CharField(_("kind"), max_length=12, choices=Work.Kind, unique=True)
    days = models.PositiveSmallIntegerField(_("days"), help_text=_("0: the same day."))

    class Meta:
        verbose_name = _("time for marking")
        verbose_name_plural = _("times for marking")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.days}"


class MarkingQuerySet(models.QuerySet):
    def unmarked(self) -> Self:
        return self.filter(marked_on__isnull=True)

    def overdue(self, day: dt.date) -> Self:
        return self.unmarked().filter(due_on__lt=day)


class Marking(models.Model):
    """Whether an entry was collected, marked, discussed and corrected (四精四必, R084, R086); H5: by a teacher.

    `due_on` is the last day for marking, written when the sheet is published.
    """

    STEPS = ("collected", "marked", "discussed", "corrected")

    item = models.OneToOneField("homework.HomeworkItem", models.CASCADE, related_name="marking", verbose_name=_("item"))
    due_on = models.DateField(_("to be marked until"))
    collected_on = models.DateField(_("taken in"), null=True, blank=True)
    marked_on = models.DateField(_("marked"), null=True, blank=True)
    discussed_on = models.DateField(_("discussed"), null=True, blank=True)
    corrected_on = models.DateField(_("corrected"), null=True, blank=True)
    by = models.ForeignKey(
        "school.Staff", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )

    objects = MarkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(name="marking_open", fields=["due_on"], condition=Q(marked_on__isnull=True))]
        constraints = [
            models.CheckConstraint(
                name="marking_steps_in_order",
                condition=(Q(marked_on__isnull=True) | Q(collected_on__isnull=False))
                & (Q(discussed_on__isnull=True) | Q(marked_on__isnull=False))
                & (Q(corrected_on__isnull=True) | Q(discussed_on__isnull=False)),
                violation_error_message=_("First collected, then marked, discussed, corrected."),
            ),
            models.CheckConstraint(
                name="marking_has_teacher", condition=Q(marked_on__isnull=True) | Q(by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.due_on:%Y-%m-%d}"

    @property
    def done(self) -> int:
        """The number of completed steps."""
        return sum(getattr(self, f"{step}_on") is not None for step in self.STEPS)


class CoachingQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("homework.Coaching", user))


@track()
class Coaching(Dated):
    """A child whom a teacher helps face to face in a subject (面批面改, R088). Need-to-know: coach, homeroom, office."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="+", verbose_name=_("student"))
    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    coach = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    aim = models.CharField(_("what for"), max_length=200)

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching")
        verbose_name_plural = _("coaching")
        ordering = ["-starts_on", "pk"]
        constraints = [
            ordered_days("coaching"),
            models.UniqueConstraint(
                name="coaching_once_open",
                fields=["student", "subject", "coach"],
                condition=Q(ends_on__isnull=True),
                violation_error_message=_("This teacher coaches the child in this subject already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.subject}"


class CoachingSession(models.Model):
    """One meeting: append-only."""

    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="meetings", verbose_name=_("coaching"))
    day = models.DateField(_("day"))
    note = models.CharField(_("what was done"), max_length=200)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("coaching meeting")
        verbose_name_plural = _("coaching meetings")
        ordering = ["-day", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.coaching} {self.day:%Y-%m-%d}"
