"""Work designed ahead: the unit's bank, the week's plan of a grade, the learning points of the first grades."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import ExtractIsoWeekDay
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homework.models.items import Work
from school.history import track
from school.models.places import GRADE_CHOICES


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


class WeekPlanQuerySet(models.QuerySet):
    def with_entries(self) -> Self:
        """By grade and subject, each with how many `entries` it has."""
        rows = self.select_related("subject", "by").annotate(entries=Count("items"))
        return rows.order_by("grade", "subject__order")


class BankItemQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(retired_on__isnull=True)


@track()
class BankItem(Work):
    """A piece of homework that a preparation group keeps for a unit; used by copying it (单元作业库)."""

    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    grade = models.PositiveSmallIntegerField(_("grade"), choices=GRADE_CHOICES)
    unit = models.CharField(_("teaching unit"), max_length=60)
    abilities = models.CharField(_("abilities"), max_length=120, blank=True, help_text=_("What it trains."))
    made_by = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("made by"))
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = BankItemQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name = _("bank item")
        verbose_name_plural = _("homework bank")
        ordering = ["grade", "subject__order", "unit", "pk"]

    def __str__(self) -> str:
        return f"{self.unit} · {self.content[:20]}"


@track()
class WeekPlan(models.Model):
    """What a preparation group means to set in one subject of a grade in one week, handed in the week before.

    Source: R071, R072 (周作业预布置清单).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        HANDED_IN = "handed_in", _("handed in")
        RETURNED = "returned", _("returned")
        CONFIRMED = "confirmed", _("confirmed")

    grade = models.PositiveSmallIntegerField(_("grade"), choices=GRADE_CHOICES)
    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    week = models.DateField(_("week from"), help_text=_("A Monday."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    by = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("handed in by"))
    handed_in_at = models.DateTimeField(pgettext_lazy("moment", "handed in"), null=True, blank=True)
    late = models.BooleanField(_("handed in late"), default=False)
    reviewed_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = WeekPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("week plan")
        verbose_name_plural = _("week plans")
        ordering = ["-week", "grade", "subject__order"]
        constraints = [
            models.UniqueConstraint(
                name="weekplan_once",
                fields=["grade", "subject", "week"],
                violation_error_message=_("There is a plan of this subject for this week already."),
            ),
            models.CheckConstraint(
                name="weekplan_from_monday",
                condition=Exact(ExtractIsoWeekDay("week"), 1),
                violation_error_message=_("A week begins on a Monday."),
            ),
            models.CheckConstraint(
                name="weekplan_return_has_note",
                condition=~Q(state="returned") | ~Q(note=""),
                violation_error_message=_("Say what is to be changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.week:%Y-%m-%d}"

    @property
    def title(self) -> str:
        return f"{self.get_grade_display()} {self.subject}"


class WeekPlanItem(Work):
    plan = models.ForeignKey(WeekPlan, models.CASCADE, related_name="items", verbose_name=_("week plan"))
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    bank_item = models.ForeignKey(
        BankItem, models.SET_NULL, null=True, blank=True, related_name="planned", verbose_name=_("from the bank")
    )

    class Meta(Work.Meta):
        verbose_name = _("planned item")
        verbose_name_plural = _("planned items")
        ordering = ["plan", "weekday", "pk"]
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(name="weekplanitem_weekday", condition=Q(weekday__gte=1, weekday__lte=7)),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.weekday} {self.content[:20]}"

    @property
    def day(self) -> dt.date:
        return self.plan.week + dt.timedelta(days=self.weekday - 1)


@track()
class LearningPoint(models.Model):
    """What the first grades learn in a week, since they get no written work (一周学习要点, R075)."""

    grade = models.PositiveSmallIntegerField(_("grade"), choices=GRADE_CHOICES)
    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    week = models.DateField(_("week from"))
    text = models.TextField(_("learning points"), max_length=500)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("learning points")
        verbose_name_plural = _("learning points")
        ordering = ["-week", "grade", "subject__order"]
        constraints = [
            models.UniqueConstraint(
                name="learningpoint_once",
                fields=["grade", "subject", "week"],
                violation_error_message=_("This subject's points of the week are entered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.subject} {self.week:%Y-%m-%d}"
