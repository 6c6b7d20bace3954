"""What is said of a day: leave, and its closings."""

import datetime as dt
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enrollment.models.telling import Told, told_whole
from safety.models.afternoon import DAY_LOCK
from school.models import Guardianship
from web.caching import cached_between_changes


class LeaveQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Excludes leave requested or told by an adult who is barred now: the child is expected as usual."""
        asked = Q(guardian__user=models.OuterRef("by")) | Q(guardian=models.OuterRef("told_by"))
        barred = Guardianship.objects.filter(asked, barred=True, student=models.OuterRef("student"))
        return self.exclude(models.Exists(barred))


class Leave(Told):
    """A guardian says that the child does not stay on a day."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="leaves", verbose_name=_("student"))
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    at = models.DateTimeField(pgettext_lazy("leave", "asked"), auto_now_add=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ["-day"]
        constraints = [
            told_whole("leave"),
            models.UniqueConstraint(
                name="leave_once_a_day",
                fields=["student", "day"],
                violation_error_message=_("The child is on leave that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.day}"


class DayCloseQuerySet(models.QuerySet["DayClose"]):
    def in_force(self) -> Self:
        """Closings that no reopening has followed: at most one a day."""
        later = DayClose.objects.filter(day=models.OuterRef("day"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later), kind=DayClose.Kind.CLOSED)


class DayCloseManager(models.Manager.from_queryset(DayCloseQuerySet)):
    def of(self, day: dt.date) -> "DayClose | None":
        """The closing that holds for the day, None while it is open."""

        def find() -> "DayClose | None":
            found: DayClose | None = self.in_force().filter(day=day).select_related("by").first()
            return found

        return cached_between_changes(f"closed:{day}", find)


class DayClose(models.Model):
    """The duty leader closed a day, or opened it again with a reason: the newest row of a day decides. Append-only.

    A day is closed only when every child has left. `expected` keeps who was expected then, so that no later change
    of an enrolment, group or club alters a closed day: {"children": [pk, …], "sessions": {session pk: [pk, …]}}. It is empty
    for days that were closed before it was kept; their lists are derived.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("opened again")

    day = models.DateField(_("day"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CLOSED)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    expected: Any = models.JSONField(_("who was expected"), default=dict, editable=False)

    objects = DayCloseManager()

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="dayclose_reopened_with_a_reason",
                condition=~Q(kind="reopened") | ~Q(note=""),
                violation_error_message=_("Say why the day is opened again."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="nobody_left_behind",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__kind="closed"),
                func=f"""
                    PERFORM pg_advisory_xact_lock({DAY_LOCK}, NEW.day - DATE '2000-01-01');
                    IF EXISTS (SELECT 1 FROM safety_custody c WHERE c.day = NEW.day AND c.until IS NULL) THEN
                        RAISE EXCEPTION 'children are in care on %', NEW.day USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608  # constants only
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.get_kind_display()}"
