"""From the family's application to the child's enrolment."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.models.offers import ServiceOption
from school.access import rows_for
from school.history import track
from school.models import PolicyRule, Weekday
from school.models.dated import Dated, DatedQuerySet, no_overlap, ordered_days

if TYPE_CHECKING:
    from school.models import User


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("enrollment.Application", user))

    def waiting_for(self, user: "User") -> Self:
        """Applications whose next step is this user's."""
        waiting = Q(pk__in=[])
        if user.has_role("homeroom_teacher"):
            waiting |= Q(status=Application.Status.SUBMITTED)
        if user.has_role("service_office"):
            waiting |= Q(status=Application.Status.REVIEWED)
            if PolicyRule.objects.blocking("S6", day=timezone.localdate()) is None:
                waiting |= Q(status=Application.Status.SUBMITTED)
        return self.visible_to(user).filter(waiting)


@track()
class Application(models.Model):
    """A guardian asks for a place. Order of steps: S6 (申请 → 班级审核 → 学校实施)."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for the homeroom teacher")
        REVIEWED = "reviewed", _("waiting for the office")
        TO_SIGN = "to_sign", _("approved, waiting for the signature")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (Status.SUBMITTED, Status.REVIEWED, Status.TO_SIGN, Status.APPROVED)

    option = models.ForeignKey(ServiceOption, models.PROTECT, related_name="applications", verbose_name=_("option"))
    student = models.ForeignKey(
        "school.Student", models.PROTECT, related_name="applications", verbose_name=_("student")
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    starts_on = models.DateField(_("from"))
    note = models.CharField(_("note for the school"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED)
    submitted_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("applied by"))
    submitted_at = models.DateTimeField(_("applied"), default=timezone.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="application_one_open",
                fields=["option", "student"],
                condition=Q(status__in=["submitted", "reviewed", "to_sign", "approved"]),
                violation_error_message=_("The other guardian has applied for this child already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.option}"

    def get_absolute_url(self) -> str:
        return reverse("enrollment:application_detail", args=[self.pk])


class ReviewStep(models.Model):
    """Who decided what, when and why; written once."""

    class Step(models.TextChoices):
        CLASS_REVIEW = "class_review", _("review by the class")
        SCHOOL_APPROVAL = "school_approval", _("approval by the school")
        WITHDRAWAL = "withdrawal", _("withdrawal by the family")

    class Decision(models.TextChoices):
        APPROVE = "approve", _("agreed")
        DECLINE = "decline", _("declined")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    opinion = models.CharField(_("opinion"), max_length=200, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="reviewstep_refusal_has_reason",
                condition=~Q(decision="decline") | ~Q(opinion=""),
                violation_error_message=_("A refusal needs a reason the family can understand."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.get_decision_display()}"


class EnrolmentQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("enrollment.Enrolment", user))

    def taking_part_on(self, day: dt.date, weekday: int) -> Self:
        """Enrolments that hold on `day` and include the weekday (1–7) whose timetable the day follows."""
        return self.on(day).filter(weekdays__contains=[weekday])


@track()
class Enrolment(Dated):
    """A child takes part, from a day to a day. Ended, never deleted."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="enrolment", verbose_name=_("application")
    )
    option = models.ForeignKey(ServiceOption, models.PROTECT, related_name="enrolments", verbose_name=_("option"))
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="enrolments", verbose_name=_("student"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    end_reason = models.CharField(_("reason for ending"), max_length=200, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["student__name_key", "starts_on"]
        constraints = [
            ordered_days("enrolment"),
            no_overlap(
                "enrolment_once_a_day", "student", "option", message=_("The child takes part in these days already.")
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.student} · {self.option}"
