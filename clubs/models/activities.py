"""What happens in term: records of meetings, theme months, and what families say of a club."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models.meetings import Meeting
from clubs.models.places import Membership
from documents.uploads import PICTURE_SIDE, PictureColumn
from school.history import track

if TYPE_CHECKING:
    from school.models import Term


@track()
class MeetingRecord(models.Model):
    """What a meeting was about. It has no field for homework: no essay may be set after an activity (R145)."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="record", verbose_name=_("meeting"))
    content = models.CharField(_("what the meeting was about"), max_length=300)
    materials = models.CharField(_("materials used"), max_length=200, blank=True)
    remark = models.CharField(_("remark for the office"), max_length=200, blank=True)
    photo = PictureColumn(
        _("photo"),
        side=PICTURE_SIDE,
        upload_to="records/%Y/%m/",
        blank=True,
        help_text=_("Of works and rooms; never of faces."),
    )
    written_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("record of a meeting")
        verbose_name_plural = _("records of meetings")
        ordering = ["-meeting__day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meetingrecord_says_something",
                condition=~Q(content=""),
                violation_error_message=_("Say in a few words what was done."),
            )
        ]

    def __str__(self) -> str:
        return self.content[:40]


class ThemeMonthQuerySet(models.QuerySet["ThemeMonth"]):
    def of(self, term: "Term | None", day: dt.date) -> "ThemeMonth | None":
        return self.filter(term=term, month=day.month).first()


@track()
class ThemeMonth(models.Model):
    """A month of the term with one theme, weighted otherwise in each band of grades."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="theme_months", verbose_name=_("term"))
    month = models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)], help_text=_("1 to 12")
    )
    title = models.CharField(_("theme"), max_length=30)
    lower = models.CharField(_("grades 1 and 2"), max_length=200, blank=True)
    middle = models.CharField(_("grades 3 and 4"), max_length=200, blank=True)
    upper = models.CharField(_("grades 5 and 6"), max_length=200, blank=True)

    objects = ThemeMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme month")
        verbose_name_plural = _("theme months")
        ordering = ["term", "month"]
        constraints = [
            models.UniqueConstraint(
                name="thememonth_once",
                fields=["term", "month"],
                violation_error_message=_("This month has its theme already."),
            ),
            models.CheckConstraint(
                name="thememonth_is_a_month",
                condition=Q(month__gte=1, month__lte=12),
                violation_error_message=_("A month is a number from 1 to 12."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        return _("Month %(month)s: %(title)s") % {"month": self.month, "title": self.title}

    def emphasis(self, grade: int) -> str:
        return self.lower if grade <= 2 else self.middle if grade <= 4 else self.upper


class ClubEvaluation(models.Model):
    """What a family says of a club, once a term and membership: about the club, never about the child (T6).

    Without history: what a family has changed is gone. `by` only keeps it editable; no page shows it.
    """

    LEAST = 5

    membership = models.OneToOneField(
        Membership, models.CASCADE, related_name="evaluation", verbose_name=_("club membership")
    )
    content = models.PositiveSmallIntegerField(_("What the club does"))
    again = models.BooleanField(_("We would choose it again"))
    sentence = models.CharField(_("A sentence to the club"), max_length=200, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("evaluation of a club")
        verbose_name_plural = _("evaluations of clubs")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="clubevaluation_one_to_five",
                condition=Q(content__gte=1, content__lte=5),
                violation_error_message=_("From 1 to 5."),
            )
        ]

    def __str__(self) -> str:
        return str(self.membership_id)
