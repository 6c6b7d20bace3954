"""Applications, their review, and enrolments."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.models.offers import AFTER_SCHOOL, ServiceOption
from enrollment.models.stages import ReviewStage
from school.access import rows_for
from school.history import track
from school.models import SpecialGroupMembership, Student, Weekday
from school.models.dated import Dated, DatedQuerySet, no_overlap, ordered_days
from school.rows import grade_children, homeroom_children

if TYPE_CHECKING:
    from school.models import User


def leaving_field() -> models.JSONField:
    """Weekday (as text) → number of the last period, for the days on which the child leaves before the end (R019)."""
    return models.JSONField(_("leaves early"), default=dict, blank=True)


def reviewed_by(role: str, user: "User") -> "models.QuerySet[Student]":
    """The children whose applications the user reviews in this role: those of the class, the grade, or the school."""
    if role == "homeroom_teacher":
        return Student.objects.filter(homeroom_children(user))
    if role == "grade_head":
        return Student.objects.filter(grade_children(user))
    return Student.objects.all()


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("enrollment.Application", user))

    def open(self) -> Self:
        """Neither ended nor refused: for such a child nobody applies once more."""
        return self.filter(status__in=Application.OPEN)

    def waiting_for(self, user: "User") -> Self:
        """Applications whose next step is this user's, by the stages as configured."""
        waiting = Q(pk__in=[])
        for status, stage in ReviewStage.next_stages().items():
            if user.has_role(stage.role):
                waiting |= Q(status=status) & Q(student__in=reviewed_by(stage.role, user))
        return self.filter(waiting)

    def with_priority(self) -> Self:
        """Annotates `has_priority`: the child belongs to a group that comes first when places are short (S8)."""
        groups = SpecialGroupMembership.objects.filter(student=OuterRef("student"), group__has_priority=True)
        return self.annotate(has_priority=Exists(groups))


@track()
class Application(models.Model):
    """A guardian asks for a place. Order of steps: S6 (申请 → 班级审核 → 学校实施), configured as ReviewStage."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for the class")
        REVIEWED = "reviewed", _("agreed by the class")
        COLLATED = "collated", _("collated by the grade")
        OFFERED = "offered", _("another place offered")
        TO_SIGN = "to_sign", _("approved, waiting for the signature")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("participation ended")

    UNDECIDED = (Status.SUBMITTED, Status.REVIEWED, Status.COLLATED)
    OPEN = (*UNDECIDED, Status.OFFERED, Status.TO_SIGN, Status.APPROVED)

    option = models.ForeignKey(ServiceOption, models.PROTECT, related_name="applications", verbose_name=_("option"))
    student = models.ForeignKey(
        "school.Student", models.PROTECT, related_name="applications", verbose_name=_("student")
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    starts_on = models.DateField(_("from"))
    leaves_after = leaving_field()
    note = models.CharField(_("note for the school"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED)
    on_paper = models.BooleanField(_("entered from paper"), default=False)
    applicant = models.CharField(
        _("applicant"), max_length=50, help_text=_("The guardian who applied: on the phone, or by signing the paper.")
    )
    submitted_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))
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
                condition=Q(status__in=["submitted", "reviewed", "collated", "offered", "to_sign", "approved"]),
                violation_error_message=_("The other guardian has applied for this child already."),
            ),
        ]
        indexes = [models.Index(fields=["status", "submitted_at"], name="application_queue")]

    def __str__(self) -> str:
        return f"{self.student} · {self.option}"

    def status_at(self, moment: dt.datetime) -> "Application.Status":
        """What had become of the application before a moment, by its steps, agreements and the days of its participation.

        Reads `steps`, `alternatives`, `agreements`, `enrolments` and `instead_of`: prefetch them for many.
        """
        status, last_day = Application.Status, timezone.localdate(moment) - dt.timedelta(days=1)
        if self.status == status.ENDED and all(
            row.ends_on and row.ends_on <= last_day for row in self.enrolments.all()
        ):
            return status.ENDED
        if any(one.in_force_at and one.in_force_at < moment for one in self.agreements.all()):
            return status.APPROVED
        found = status(self.instead_of.back_to) if hasattr(self, "instead_of") else status.SUBMITTED
        for step in (one for one in self.steps.all() if one.at < moment):
            found = self._after(step)
        return found

    def _after(self, step: "ReviewStep") -> "Application.Status":
        status, steps, agreed = Application.Status, ReviewStep.Step, step.decision == ReviewStep.Decision.APPROVE
        if step.step == steps.WITHDRAWAL:
            return status.WITHDRAWN
        if step.step == steps.ALTERNATIVE:
            answered = [(one.answered_at, one.back_to) for one in self.alternatives.all() if one.answered_at]
            return status.WITHDRAWN if agreed else status(max(row for row in answered if row[0] <= step.at)[1])
        if step.decision == ReviewStep.Decision.OFFER:
            return status.OFFERED
        if not agreed:
            return status.DECLINED
        signed_late = any(one.in_force_at and one.in_force_at > step.at for one in self.agreements.all())
        if step.step == steps.CLASS_REVIEW:
            return status.REVIEWED
        if step.step == steps.YEAR_COLLATION:
            return status.COLLATED
        return status.TO_SIGN if signed_late else status.APPROVED

    def get_absolute_url(self) -> str:
        return reverse("enrollment:application_detail", args=[self.pk])


class ReviewStep(models.Model):
    """One decision of the review: who, what, when, why, on which ground. Append-only."""

    class Step(models.TextChoices):
        CLASS_REVIEW = "class_review", _("review by the class")
        YEAR_COLLATION = "year_collation", _("collation by the grade")
        SCHOOL_APPROVAL = "school_approval", _("approval by the school")
        PLACEMENT = "placement", _("placement by the office")
        ALTERNATIVE = "alternative", _("answer to the other place")
        WITHDRAWAL = "withdrawal", _("withdrawal by the family")

    class Decision(models.TextChoices):
        APPROVE = "approve", _("agreed")
        DECLINE = "decline", _("declined")
        OFFER = "offer", _("offered another place")

    class Ground(models.TextChoices):
        NOT_ELIGIBLE = "not_eligible", _("not eligible: not on this school's roll, or not of the grades")
        NO_PLACE = "no_place", _("no place left")
        NO_NEED = "no_need", _("the family no longer needs it")
        OTHER = "other", _("another reason")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    ground = models.CharField(_("ground"), max_length=15, choices=Ground, blank=True)
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


class Alternative(models.Model):
    """The place that a reviewer offers instead of the one applied for (R014); the family accepts or declines."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="alternatives", verbose_name=_("application")
    )
    option = models.ForeignKey(ServiceOption, models.PROTECT, related_name="+", verbose_name=_("option"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    message = models.CharField(_("why, and what it offers"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    back_to = models.CharField(max_length=10, choices=Application.Status, editable=False)
    new_application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="instead_of", verbose_name=_("new application")
    )
    offered_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("offered by"))
    offered_at = models.DateTimeField(_("offered at"), default=timezone.now)
    answered_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="alternative_one_open",
                fields=["application"],
                condition=Q(state="offered"),
                violation_error_message=_("The family has not answered the last offer yet."),
            ),
            models.CheckConstraint(
                name="alternative_answer_has_author",
                condition=Q(state="offered") | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} · {self.get_state_display()}"


class EnrolmentQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("enrollment.Enrolment", user))

    def taking_part_on(self, day: dt.date, weekday: int) -> Self:
        """Enrolments that hold on `day` and include the weekday (1–7) whose timetable the day follows."""
        return self.on(day).filter(weekdays__contains=[weekday])

    def after_school(self) -> Self:
        """Enrolments in the after-school service; care in the morning, at noon and in the evening is none (S4)."""
        return self.filter(option__service__in=AFTER_SCHOOL)

    def not_continued(self) -> Self:
        """Without rows that another one follows: other days begin a row of their own, and the child goes on."""
        later = Enrolment.objects.filter(application=OuterRef("application"), starts_on__gt=OuterRef("ends_on"))
        return self.filter(~Exists(later))

    def not_continuing(self) -> Self:
        """Without rows that follow another one: the child took part before, on other days."""
        earlier = Enrolment.objects.filter(application=OuterRef("application"), ends_on__lt=OuterRef("starts_on"))
        return self.filter(~Exists(earlier))

    def there_in_period(self, weekday: int, number: int) -> Self:
        """Excludes children whose option does not cover that period, and those who leave before it on the weekday (R019)."""
        # A numeric key in a JSON lookup is taken for a list index: use containment instead.
        gone = Q(pk__in=[])
        for earlier in range(1, number):
            gone |= Q(leaves_after__contains={str(weekday): earlier})
        named = ServiceOption.periods.through.objects.filter(serviceoption=OuterRef("option"))
        return self.exclude(gone).filter(Exists(named.filter(period__number=number)) | ~Exists(named))

    def leaving_early(self, weekday: int, number: int | None = None) -> Self:
        """Children who leave while the service goes on for others: by agreement (R019), or since their option ends earlier.
        With `number` those who leave after that period.
        """
        named = ServiceOption.periods.through.objects.filter(serviceoption=OuterRef("option"))
        others = ServiceOption.objects.filter(term=OuterRef("option__term"), service__in=AFTER_SCHOOL)
        goes_on = Exists(others.filter(weekdays__contains=[weekday], periods__number__gt=OuterRef("last")))
        rows = self.annotate(last=Subquery(named.order_by("-period__number").values("period__number")[:1]))
        if number is None:
            return rows.filter(Q(leaves_after__has_key=str(weekday)) | goes_on)
        return rows.filter(Q(leaves_after__contains={str(weekday): number}) | Q(goes_on, last=number))


@track()
class Enrolment(Dated):
    """A child takes part from a day to a day. Enrolments are ended, never deleted; other weekdays begin a new row."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="enrolments", verbose_name=_("application")
    )
    option = models.ForeignKey(ServiceOption, models.PROTECT, related_name="enrolments", verbose_name=_("option"))
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="enrolments", verbose_name=_("student"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    leaves_after = leaving_field()
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

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended yet; it may begin later."""
        return self.ends_on is None or self.ends_on >= timezone.localdate()


class ChangeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def waiting(self) -> Self:
        return self.filter(state=ChangeRequest.State.WAITING)


@track()
class ChangeRequest(models.Model):
    """A family changes the days, or stops, from a day on (R017, R018). Stopping needs nobody's approval: it is voluntary."""

    class Kind(models.TextChoices):
        DAYS = "days", _("other days or times")
        STOP = "stop", _("stop taking part")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the office")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("taken back")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="changes", verbose_name=_("enrolment"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    effective_on = models.DateField(_("first day of the change"))
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"), default=list, blank=True
    )
    leaves_after = leaving_field()
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    opinion = models.CharField(_("opinion"), max_length=200, blank=True)
    requested_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("requested by"))
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    decided_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="changerequest_one_waiting",
                fields=["enrolment"],
                condition=Q(state="waiting"),
                violation_error_message=_("A change of these days is waiting already."),
            ),
            models.CheckConstraint(
                name="changerequest_days_are_named",
                condition=~Q(kind="days") | ~Q(weekdays=[]),
                violation_error_message=_("Choose at least one weekday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.student} · {self.get_kind_display()}"
