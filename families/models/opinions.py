"""Opinions of guardians, their answers and what followed (R037, R038)."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.access import rows_for
from school.models import User


class FamilySettings(models.Model):
    """One row: what a school sets for committee and opinions."""

    answer_days = models.PositiveSmallIntegerField(_("opinions are answered within (school days)"), default=3)
    members_a_class = models.PositiveSmallIntegerField(_("members of the committee a class"), default=2)

    class Meta:
        verbose_name = _("settings of home and school")
        verbose_name_plural = _("settings of home and school")
        constraints = [models.CheckConstraint(name="familysettings_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def load(cls) -> "FamilySettings":
        return cls.objects.get_or_create(pk=1)[0]


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(rows_for("families.Opinion", user))

    def waiting(self) -> Self:
        return self.filter(state=Opinion.State.NEW)

    def overdue(self, day: dt.date) -> Self:
        return self.waiting().filter(due_on__lt=day)

    def public(self) -> Self:
        return self.filter(made_public_at__isnull=False)


class Opinion(models.Model):
    """A guardian's opinion and the school's answer. The public wording is a separate text, without names."""

    class About(models.TextChoices):
        CARE = "care", _("after-school care")
        CLUB = "club", _("clubs")
        HOMEWORK = "homework", _("homework")
        SAFETY = "safety", _("safety")
        FEES = "fees", _("fees")
        OTHER = "other", _("other")

    class Addressee(models.TextChoices):
        HOMEROOM = "homeroom", _("homeroom teacher")
        OFFICE = "office", _("service office")

    class Source(models.TextChoices):
        PHONE = "phone", _("written by the guardian")
        MEETING = "meeting", _("said at a meeting")
        SURVEY = "survey", _("from a survey")
        PAPER = "paper", _("on paper or by telephone")

    class State(models.TextChoices):
        NEW = "new", _("waits for an answer")
        ANSWERED = "answered", _("answer given")
        FOLLOWED = "followed", _("followed up")
        CLOSED = "closed", _("dealt with")

    about = models.CharField(_("about"), max_length=10, choices=About)
    to = models.CharField(_("addressed to"), max_length=10, choices=Addressee, default=Addressee.OFFICE)
    source = models.CharField(_("came by"), max_length=10, choices=Source, default=Source.PHONE)
    text = models.TextField(_("opinion"), max_length=1000)
    student = models.ForeignKey(
        "school.Student", models.SET_NULL, null=True, blank=True, related_name="opinions", verbose_name=_("child")
    )
    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("class")
    )
    meeting = models.ForeignKey(
        "families.Meeting",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name=_("said at which meeting"),
    )
    by = models.ForeignKey("school.User", models.PROTECT, related_name="opinions", verbose_name=_("entered by"))
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)
    due_on = models.DateField(_("answer until"))
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    follow_up = models.TextField(_("what was changed"), max_length=500, blank=True)
    followed_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("followed up by")
    )
    followed_on = models.DateField(_("changed on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    public_text = models.TextField(_("opinion, in public words"), max_length=1000, blank=True)
    public_answer = models.TextField(_("answer, in public words"), max_length=1000, blank=True)
    made_public_at = models.DateTimeField(_("public since"), null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(name="opinion_waiting", fields=["due_on"], condition=Q(state="new"))]
        constraints = [
            models.CheckConstraint(
                name="opinion_answered_has_answer",
                condition=Q(state="new", answered_at__isnull=True)
                | (~Q(state="new") & ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="opinion_followed_has_words",
                condition=~Q(state="followed")
                | (~Q(follow_up="") & Q(followed_by__isnull=False, followed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="opinion_public_has_words",
                condition=Q(made_public_at__isnull=True) | (~Q(public_text="") & ~Q(public_answer="")),
            ),
            models.CheckConstraint(
                name="opinion_teacher_has_class",
                condition=~Q(to="homeroom") | Q(school_class__isnull=False),
                violation_error_message=_("An opinion to the homeroom teacher names its class."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.sent_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("families:opinion_detail", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.NEW and self.due_on < timezone.localdate()

    @property
    def beginning(self) -> str:
        """As much of it as a list shows."""
        return self.text[:60]

    @property
    def age_days(self) -> int:
        """Days since it was sent."""
        return (timezone.localdate() - timezone.localdate(self.sent_at)).days
