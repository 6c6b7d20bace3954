"""What the work really took: the pupil's record sheet, and who finished at school."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.access import rows_for
from school.history import track

if TYPE_CHECKING:
    from school.models import User


class RecordSheetQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("homework.RecordSheet", user))


@track()
class RecordSheet(models.Model):
    """One child's homework record of a day (作业记录单, R077): actual times, own additions, bedtime, a remark and its answer."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="+", verbose_name=_("student"))
    sheet = models.ForeignKey(
        "homework.ClassSheet", models.PROTECT, related_name="records", verbose_name=_("class sheet")
    )
    extra_content = models.CharField(_("own additions"), max_length=200, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(_("minutes of own additions"), default=0)
    bedtime = models.TimeField(_("went to bed"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    filled_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("filled in by"))
    on_paper = models.BooleanField(_("taken over from paper"), default=False)
    filled_at = models.DateTimeField(_("filled in"))
    reply = models.CharField(_("answer"), max_length=300, blank=True)
    replied_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    replied_at = models.DateTimeField(_("answered"), null=True, blank=True)
    seen_at = models.DateTimeField(_("taken in"), null=True, blank=True)

    objects = RecordSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("record sheet")
        verbose_name_plural = _("record sheets")
        ordering = ["-sheet__day", "student__name_key"]
        constraints = [
            models.UniqueConstraint(name="recordsheet_once", fields=["student", "sheet"]),
            models.CheckConstraint(
                name="recordsheet_extra_makes_sense",
                condition=Q(extra_minutes=0) | (Q(extra_minutes__lte=300) & ~Q(extra_content="")),
                violation_error_message=_("Say what was done on top, 300 minutes at the most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.sheet.day:%Y-%m-%d}"


@track()
class RecordLine(models.Model):
    """The minutes that one child really needed for one entry, and where it was finished."""

    record = models.ForeignKey(RecordSheet, models.CASCADE, related_name="lines", verbose_name=_("record"))
    item = models.ForeignKey("homework.HomeworkItem", models.PROTECT, related_name="lines", verbose_name=_("item"))
    minutes = models.PositiveSmallIntegerField(_("actual minutes"))
    at_school = models.BooleanField(_("finished at school"), default=False)

    class Meta:
        verbose_name = _("line of a record")
        verbose_name_plural = _("lines of a record")
        ordering = ["record", "pk"]
        constraints = [
            models.UniqueConstraint(name="recordline_once", fields=["record", "item"]),
            models.CheckConstraint(
                name="recordline_minutes_make_sense",
                condition=Q(minutes__lte=300),
                violation_error_message=_("At the most 300 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.minutes}"


@track()
class FinishedAtSchool(models.Model):
    """How many of a class finished their written work at school that day, as the care teacher saw it (R083, H12)."""

    SHARES = (100, 90, 75, 50, 25)
    REST = (0, 10, 20, 30)

    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, related_name="finished", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    percent = models.PositiveSmallIntegerField(_("finished (%)"), choices=[(n, f"{n} %") for n in SHARES])
    rest_minutes = models.PositiveSmallIntegerField(
        _("minutes left for the others"), choices=[(n, str(n)) for n in REST], default=0
    )
    by = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("finished at school")
        verbose_name_plural = _("finished at school")
        ordering = ["-day", "school_class"]
        constraints = [
            models.UniqueConstraint(name="finishedatschool_once", fields=["school_class", "day"]),
            models.CheckConstraint(name="finishedatschool_percent", condition=Q(percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.day:%Y-%m-%d} {self.percent} %"
