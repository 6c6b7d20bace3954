"""The monthly roster (每月建档造册, R026): who takes part in which care group, frozen, and how it differs from who came."""

import datetime as dt
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from school.models import Weekday
from school.rows import with_children


class Roster(models.Model):
    first = models.DateField(_("month"), unique=True, help_text=_("The first day of the month."))
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="rosters", verbose_name=_("term"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")
    compared_at = models.DateTimeField(_("compared"), null=True, blank=True)

    class Meta:
        verbose_name = _("monthly roster")
        verbose_name_plural = _("monthly rosters")
        ordering = ["-first"]
        constraints = [models.CheckConstraint(name="roster_begins_a_month", condition=Q(first__day=1))]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> dt.date:
        return (self.first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


class RosterLineQuerySet(models.QuerySet):
    def one_a_child(self, first: dt.date) -> Self:
        """The first line of each child of the month's roster, in the class of then; `line.of_child` are all of them, in order.

        A child that changes its days in the month takes part by two enrolments, one after the other.
        """
        earlier = RosterLine.objects.filter(
            roster=OuterRef("roster"), student=OuterRef("student"), starts_on__lt=OuterRef("starts_on")
        )
        of_then = with_children(self.filter(~Exists(earlier)), first)
        rows = RosterLine.objects.filter(roster__in=self.values("roster")).order_by("starts_on")
        return of_then.prefetch_related(Prefetch("student__roster_lines", rows, to_attr="roster_rows"))


class RosterLine(models.Model):
    """One enrolment of a child as it stood on the roster when it was made. Written once."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="lines")
    group = models.ForeignKey(
        "enrollment.CareGroup", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("care group")
    )
    enrolment = models.ForeignKey("enrollment.Enrolment", models.PROTECT, related_name="roster_lines")
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="roster_lines")
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = RosterLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a roster")
        verbose_name_plural = _("lines of a roster")
        ordering = ["group__grade", "group__name", "student__name_key"]
        constraints = [models.UniqueConstraint(name="rosterline_once", fields=["roster", "enrolment"])]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.roster} {self.student}"

    @property
    def of_child(self) -> "list[RosterLine]":
        """All lines of the child, fetched by one_a_child()."""
        rows: list[RosterLine] = self.student.roster_rows  # type: ignore[attr-defined]
        return rows

    @property
    def last_day(self) -> dt.date | None:
        """Of the child's last line; none while it goes on."""
        return self.of_child[-1].ends_on


class RosterDifference(models.Model):
    """Roster and roll calls disagree about a child; somebody says how that was settled."""

    class Kind(models.TextChoices):
        NEVER_THERE = "never_there", _("on the roster, never there")
        NOT_ENROLLED = "not_enrolled", _("there, but not enrolled")
        OTHER_GROUP = "other_group", _("there in another group")
        ENDED = "ended", _("ended after the roster was made")
        JOINED = "joined", _("joined after the roster was made")
        DAYS = "days", _("other days since the roster was made")
        NO_GROUP = "no_group", _("enrolled, but in no group")

    class Settlement(models.TextChoices):
        ROLL = "roll", _("the roll call was corrected")
        ENROLMENT = "enrolment", _("the enrolment was corrected")
        GROUP = "group", _("the child was moved to the right group")
        EXPLAINED = "explained", _("explained, nothing to change")

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="differences")
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="+", verbose_name=_("student"))
    kind = models.CharField(_("difference"), max_length=14, choices=Kind)
    facts: Any = models.JSONField(_("seen"), default=dict)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    settlement = models.CharField(_("settled"), max_length=10, choices=Settlement, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    settled_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["settled_at", "kind", "student__name_key"]
        constraints = [
            models.UniqueConstraint(name="rosterdifference_once", fields=["roster", "student", "kind"]),
            models.CheckConstraint(
                name="rosterdifference_settled_by_somebody",
                condition=Q(settlement="", settled_by__isnull=True, settled_at__isnull=True)
                | ~Q(settlement="") & Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.get_kind_display()}"
