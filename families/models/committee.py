"""The parents' committee (家委会) and the meetings of parents (R007, R036)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.access import rows_for
from school.models import User
from school.models.dated import Dated, DatedQuerySet, no_overlap, ordered_days
from web.fields import CleanColumn


class CommitteeMember(Dated):
    """A guardian who stands for a class, from a day to a day; those with a function make the standing committee."""

    class Function(models.TextChoices):
        CHAIR = "chair", _("chair of the committee")
        VICE = "vice", _("deputy chair")
        STANDING = "standing", _("member of the standing committee")
        MEMBER = "member", _("member for the class")

    guardian = models.ForeignKey(
        "school.Guardian", models.CASCADE, related_name="committee_seats", verbose_name=_("guardian")
    )
    school_class = models.ForeignKey(
        "school.SchoolClass", models.CASCADE, related_name="committee_seats", verbose_name=_("class")
    )
    function = models.CharField(_("function"), max_length=10, choices=Function, default=Function.MEMBER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the parents' committee")
        verbose_name_plural = _("members of the parents' committee")
        ordering = ["school_class__entry_year", "school_class__number", "pk"]
        constraints = [
            ordered_days("committeemember"),
            no_overlap(
                "committeemember_one_seat",
                "guardian",
                message=_("This guardian has a seat on the committee in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} · {self.school_class}"


class CommitteeMeetingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(rows_for("families.Meeting", user))


class Meeting(models.Model):
    """A meeting of the committee, of all parents or of a class's, with its minutes."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("meeting of the parents' committee")
        SCHOOL = "school", _("parents' meeting of the whole school")
        CLASS = "class", _("parents' meeting of a class")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="meetings", verbose_name=_("term"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    school_class = models.ForeignKey(
        "school.SchoolClass",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parents_meetings",
        verbose_name=_("class"),
    )
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=60)
    chair = CleanColumn(_("led by"), max_length=50)
    topics = models.TextField(_("topics"))
    decisions = models.TextField(_("decisions"), blank=True)
    invited = models.PositiveIntegerField(_("families invited"), default=0)
    attended = models.PositiveIntegerField(_("families present"), default=0)
    attendees: models.ManyToManyField = models.ManyToManyField(
        "school.Guardian", blank=True, related_name="meetings", verbose_name=_("present by name")
    )
    recorded_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("minutes by"))
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)

    objects = CommitteeMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("parents' meeting")
        verbose_name_plural = _("parents' meetings")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_class_by_kind",
                condition=Q(kind="class", school_class__isnull=False)
                | (~Q(kind="class") & Q(school_class__isnull=True)),
                violation_error_message=_("A class's meeting names its class, the others name none."),
            ),
            models.CheckConstraint(
                name="meeting_published_with_decisions",
                condition=Q(published_at__isnull=True) | ~Q(decisions=""),
                violation_error_message=_("Write down what was decided before you publish the minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("families:meeting_detail", args=[self.pk])
