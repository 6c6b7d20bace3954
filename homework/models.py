"""The daily homework sheet of a class and its entries."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from school.access import rows_for
from school.history import track

if TYPE_CHECKING:
    from school.models import User


class ClassSheetQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("homework.ClassSheet", user))

    def published(self) -> Self:
        return self.filter(status=ClassSheet.Status.PUBLISHED)

    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)


@track()
class ClassSheet(models.Model):
    """One sheet a class and day (班级每日作业清单).

    `minutes` is the heaviest path of written work that a pupil can choose, `cap` the grade's cap on that day and
    `released` what was allowed on top with a reason; all three are written under the row's lock by
    homework.services. A release lifts a school's tighter cap, never the national one.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("being gathered")
        PUBLISHED = "published", _("published")

    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, related_name="sheets", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    minutes = models.PositiveSmallIntegerField(_("written minutes"), default=0)
    cap = models.PositiveSmallIntegerField(_("cap (minutes)"))
    cap_source = models.CharField(_("source of the cap"), max_length=120)
    released = models.PositiveSmallIntegerField(_("released (minutes)"), default=0)
    release_reason = models.CharField(_("reason for the release"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    objects = ClassSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("class sheet")
        verbose_name_plural = _("class sheets")
        ordering = ["-day", "school_class"]
        constraints = [
            models.UniqueConstraint(name="classsheet_once", fields=["school_class", "day"]),
            models.CheckConstraint(
                name="classsheet_within_cap",
                condition=Q(minutes__lte=F("cap") + F("released")),
                violation_error_message=_("The written minutes of the day are over the cap."),
            ),
            models.CheckConstraint(
                name="classsheet_release_has_reason",
                condition=Q(released=0) | ~Q(release_reason=""),
                violation_error_message=_("A release needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.day:%Y-%m-%d}"

    @property
    def minutes_left(self) -> int:
        return self.cap + self.released - self.minutes


@track()
class HomeworkItem(models.Model):
    class Kind(models.TextChoices):
        WRITTEN = "written", _("written")
        ORAL = "oral", _("oral")
        READING = "reading", _("reading")
        PRACTICAL = "practical", _("practical")
        SPORT = "sport", _("sport")
        LABOUR = "labour", _("housework")

    class Place(models.TextChoices):
        HOME = "home", _("at home")
        SERVICE = "service", _("in after-school care")
        CLASS = "class", _("in the lesson")

    class Tier(models.TextChoices):
        ALL = "all", _("for all")
        BASIC = "basic", _("basic")
        IMPROVING = "improving", _("improving")
        EXTENDING = "extending", _("extending")

    sheet = models.ForeignKey(ClassSheet, models.CASCADE, related_name="items", verbose_name=_("sheet"))
    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    teacher = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    content = models.CharField(_("content"), max_length=300)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WRITTEN)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier, default=Tier.ALL)
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("for an average pupil"))
    place = models.CharField(_("done"), max_length=10, choices=Place, default=Place.HOME)
    due_on = models.DateField(_("due"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("homework item")
        verbose_name_plural = _("homework items")
        ordering = ["sheet", "subject__order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="homeworkitem_minutes_make_sense",
                condition=Q(minutes__gte=1, minutes__lte=240),
                violation_error_message=_("Minutes are between 1 and 240."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.content[:20]}"
