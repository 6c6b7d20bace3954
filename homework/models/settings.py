"""What a school decides about its homework: hours, steps, what is switched on."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.history import track
from school.models.dated import Dated, DatedQuerySet, ordered_days
from web.caching import cached_briefly


@track()
class HomeworkSettings(models.Model):
    """One row. Caps and prohibitions are policy rules (H1–H12), not settings."""

    class OverCap(models.TextChoices):
        REFUSE = "refuse", _("is refused")
        ASK = "ask", _("is refused, and a release can be asked of the homeroom teacher")

    class Records(models.TextChoices):
        OFF = "off", _("none")
        DAILY = "daily", _("every day, on the phone")
        SAMPLE = "sample", _("in a sample week, on the phone")
        PAPER = "paper", _("on paper, entered by the homeroom teacher")

    gather_by = models.TimeField(_("sheets are gathered by"), default=dt.time(10))
    afternoon_by = models.TimeField(_("lessons of the afternoon by"), default=dt.time(16))
    morning_lessons = models.PositiveSmallIntegerField(_("lessons in the morning"), default=4)
    closes = models.BooleanField(
        _("after these hours only the homeroom teacher and the office enter"),
        default=False,
        help_text=_("Otherwise what is entered later is marked as late."),
    )
    trial_required = models.BooleanField(
        _("teachers do the work themselves first"),
        default=False,
        help_text=_("An entry then needs the teacher's own minutes."),
    )
    over_cap = models.CharField(_("what is over the cap"), max_length=10, choices=OverCap, default=OverCap.REFUSE)
    records = models.CharField(_("record sheets of the pupils"), max_length=10, choices=Records, default=Records.OFF)
    records_from = models.DateField(_("sample week from"), null=True, blank=True)
    records_until = models.DateField(_("sample week until"), null=True, blank=True)
    monitor_form = models.BooleanField(_("form for the class monitor"), default=False)
    parent_form = models.BooleanField(_("form for parents by QR code"), default=False)
    spot_checks = models.BooleanField(_("daily spot checks"), default=False)
    spot_classes = models.PositiveSmallIntegerField(_("classes a spot check"), default=2)
    spot_grades = models.PositiveSmallIntegerField(_("out of so many grades"), default=2)
    tolerance = models.PositiveSmallIntegerField(
        _("tolerated difference (minutes)"),
        default=10,
        help_text=_("Between the sheet and what class monitor and parents say."),
    )
    rectification_days = models.PositiveSmallIntegerField(_("days to answer a rectification notice"), default=3)
    monday_edition = models.BooleanField(_("Monday edition: the week's plan"), default=True)
    friday_edition = models.BooleanField(_("Friday edition: what was set"), default=True)
    screen_seconds = models.PositiveSmallIntegerField(_("the screen turns its page after (seconds)"), default=20)
    screen_classes = models.PositiveSmallIntegerField(_("classes on a page of the screen"), default=6)

    class Meta:
        verbose_name = _("homework settings")
        verbose_name_plural = _("homework settings")
        constraints = [
            models.CheckConstraint(name="homeworksettings_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="homeworksettings_hours_in_order",
                condition=Q(afternoon_by__gte=F("gather_by")),
                violation_error_message=_("Lessons of the afternoon cannot be due before those of the morning."),
            ),
            models.CheckConstraint(
                name="homeworksettings_sample_has_days",
                condition=~Q(records="sample")
                | Q(records_from__isnull=False, records_until__isnull=False, records_until__gte=F("records_from")),
                violation_error_message=_("Say from which day to which the sample week lasts."),
            ),
            models.CheckConstraint(
                name="homeworksettings_numbers_make_sense",
                condition=Q(spot_classes__gte=1, spot_grades__gte=1, screen_seconds__gte=5, screen_classes__gte=1),
                violation_error_message=_("At least one class, one grade, one class a page, and five seconds."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Homework settings"))

    @classmethod
    def load(cls) -> "HomeworkSettings":
        """For reading (cached briefly); use `fresh` to change the row."""
        return cached_briefly("homework settings", cls.fresh)

    @classmethod
    def fresh(cls) -> "HomeworkSettings":
        return cls.objects.get_or_create(pk=1)[0]

    def records_on(self, day: dt.date) -> bool:
        """Whether pupils' record sheets are kept for that day, on the phone or on paper."""
        if self.records == self.Records.SAMPLE:
            assert self.records_from and self.records_until  # noqa: S101 - homeworksettings_sample_has_days
            return self.records_from <= day <= self.records_until
        return self.records != self.Records.OFF

    def is_gathered(self, day: dt.date) -> bool:
        """Whether the hour by which the sheets of that day are gathered is past."""
        now = timezone.localtime()
        return day < now.date() or (day == now.date() and now.time() > self.gather_by)

    def deadline(self, lesson: int | None) -> dt.time:
        """Until when an entry is in time: later for the lessons of the afternoon."""
        return self.afternoon_by if lesson and lesson > self.morning_lessons else self.gather_by


@track()
class SheetStage(models.Model):
    """One step from the teachers' entries to the board, who takes it, and whether the school has it.

    Source: H11 (公示、统筹、审核). Somebody balances the subjects of a class each day, so coordination cannot be
    switched off (R068, R069).
    """

    class Step(models.TextChoices):
        COORDINATION = "coordination", _("coordination")
        YEAR_CHECK = "year_check", _("check by the grade")
        OFFICE_REVIEW = "office_review", _("review by the office")

    ORDER = (Step.COORDINATION, Step.YEAR_CHECK, Step.OFFICE_REVIEW)

    class Who(models.TextChoices):
        HOMEROOM = "homeroom_teacher", _("homeroom teacher")
        COORDINATOR = "coordinator", _("coordinator of the class")
        GRADE_HEAD = "grade_head", _("grade head")
        OFFICE = "academic_office", _("academic office")

    step = models.CharField(_("step"), max_length=20, choices=Step, unique=True)
    who = models.CharField(_("who takes it"), max_length=20, choices=Who)
    active = models.BooleanField(_("the school has this step"), default=True)

    class Meta:
        verbose_name = _("step of a sheet")
        verbose_name_plural = _("steps of a sheet")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_step_display()

    def clean(self) -> None:
        if self.step == self.Step.COORDINATION and not self.active:
            raise ValidationError({"active": _("Somebody balances the subjects of a class each day.")})

    @classmethod
    def in_order(cls) -> "dict[int, SheetStage]":
        """All steps by their key, in the order in which a sheet takes them."""
        known = {stage.step: stage for stage in cls.objects.all()}
        return {known[step].pk: known[step] for step in cls.ORDER if step in known}


class CoordinatorQuerySet(DatedQuerySet):
    def of(self, school_class: object, day: dt.date) -> Self:
        return self.on(day).filter(school_class=school_class)


@track()
class Coordinator(Dated):
    """The teacher who balances a class's subjects (班级作业协调员), where it is not the homeroom teacher."""

    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    school_class = models.ForeignKey("school.SchoolClass", models.CASCADE, related_name="+", verbose_name=_("class"))

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        ordering = ["school_class", "-starts_on"]
        constraints = [
            ordered_days("coordinator"),
            models.UniqueConstraint(
                name="coordinator_once",
                fields=["staff", "school_class", "starts_on"],
                violation_error_message=_("This is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} · {self.staff}"
