"""The daily sheet of a class, what was done with it, and its published versions."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    `released` what was allowed on top with a reason, of which `counted` was granted by nobody: a cap that only warns, or
    one that was tightened later. All four are written under the row's lock by homework.services. A release lifts a
    school's tighter cap, never the national one. `stage` is the step whose turn it is; empty once the sheet is published.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("being gathered")
        REVIEW = "review", _("under review")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")

    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, related_name="sheets", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    stage = models.ForeignKey(
        "homework.SheetStage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("waits for")
    )
    minutes = models.PositiveSmallIntegerField(_("written minutes"), default=0)
    cap = models.PositiveSmallIntegerField(_("cap (minutes)"))
    cap_source = models.CharField(_("source of the cap"), max_length=120)
    released = models.PositiveSmallIntegerField(_("released (minutes)"), default=0)
    counted = models.PositiveSmallIntegerField(_("over the cap, counted (minutes)"), default=0)
    release_reason = models.CharField(_("reason for the release"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)
    published_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    objects = ClassSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("class sheet")
        verbose_name_plural = _("class sheets")
        ordering = ["-day", "school_class"]
        indexes = [models.Index(name="classsheet_by_day", fields=["day"])]
        constraints = [
            models.UniqueConstraint(name="classsheet_once", fields=["school_class", "day"]),
            models.CheckConstraint(
                name="classsheet_within_cap",
                condition=Q(minutes__lte=F("cap") + F("released")),
                violation_error_message=_("The written minutes of the day are over the cap."),
            ),
            models.CheckConstraint(name="classsheet_counted_within_released", condition=Q(counted__lte=F("released"))),
            models.CheckConstraint(
                name="classsheet_release_has_reason",
                condition=Q(released=0) | ~Q(release_reason=""),
                violation_error_message=_("A release needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.day:%Y-%m-%d}"

    @property
    def granted(self) -> int:
        """The minutes on top of the cap that somebody allowed; those that are only counted nobody did."""
        return self.released - self.counted

    @property
    def label(self) -> str:
        """The class as it was called on the sheet's day."""
        return self.school_class.label(self.day)

    @property
    def has_packages(self) -> bool:
        """Whether children choose between packages that day (from the prefetched `items`)."""
        return any(item.tier.startswith("package") for item in self.items.all())

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class SheetAction(models.Model):
    """One step taken with a sheet, by whom and when. Append-only. `at` is the beginning of the transaction."""

    class Kind(models.TextChoices):
        PASSED = "passed", _("passed on")
        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned")
        REOPENED = "reopened", _("changed, to be coordinated again")
        CUT = "cut", _("minutes cut")
        RELEASED = "released", _("minutes released")

    class Ground(models.TextChoices):
        NONE = "", "–"
        TOO_MUCH = "too_much", _("too much altogether")
        MECHANICAL = "mechanical", _("mechanical repetition")
        BEYOND = "beyond", _("beyond the syllabus")
        PUNITIVE = "punitive", _("a punishment")
        PARENTS = "parents", _("something for parents to do, mark or print")
        UNCLEAR = "unclear", _("unclear or incomplete")

    sheet = models.ForeignKey(ClassSheet, models.PROTECT, related_name="actions", verbose_name=_("sheet"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    step = models.CharField(_("step"), max_length=20, blank=True)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(_("version"))
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="sheetaction_return_has_ground",
                condition=~Q(kind="returned") | ~Q(ground=""),
                violation_error_message=_("Say why the sheet is returned."),
            ),
            models.CheckConstraint(
                name="sheetaction_cut_has_note",
                condition=~Q(kind="cut") | ~Q(note=""),
                violation_error_message=_("Say why minutes are cut."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.get_kind_display()}"


class SheetVersion(models.Model):
    """A version of the published sheet. Append-only.

    `entries` is a list of {"item", "subject", "content", "kind", "tier", "minutes", "place"}, the subject by its name.
    """

    sheet = models.ForeignKey(ClassSheet, models.PROTECT, related_name="versions", verbose_name=_("sheet"))
    number = models.PositiveSmallIntegerField(_("version"))
    minutes = models.PositiveSmallIntegerField(_("written minutes"))
    entries: Any = models.JSONField(pgettext_lazy("of a class sheet", "entries"))
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(name="sheetversion_once", fields=["sheet", "number"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.sheet} v{self.number}"
