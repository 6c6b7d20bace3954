"""Monitors' and parents' entries, spot checks, and rectification notices."""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.access import rows_for
from school.history import track
from web.fields import CleanColumn

if TYPE_CHECKING:
    from school.models import User


class ClassCode(models.Model):
    """The code in the address of a class monitor's form; it names no child and opens nothing else."""

    school_class = models.ForeignKey("school.SchoolClass", models.CASCADE, related_name="+", verbose_name=_("class"))
    code = models.CharField(_("code"), max_length=16, unique=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey("school.User", models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("code of a class")
        verbose_name_plural = _("codes of classes")
        constraints = [
            models.UniqueConstraint(
                name="classcode_one_open", fields=["school_class"], condition=Q(revoked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_class}"


class Witness(models.Model):
    """Written work as reported by somebody else than the teachers: class, day, subject, minutes."""

    school_class = models.ForeignKey("school.SchoolClass", models.CASCADE, related_name="+", verbose_name=_("class"))
    day = models.DateField(_("day"))
    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    content = models.CharField(_("content"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_minutes_make_sense",
                condition=Q(minutes__lte=300),
                violation_error_message=_("At the most 300 minutes."),
            )
        ]

    @property
    def label(self) -> str:
        """The class as it was called on that day."""
        return self.school_class.label(self.day)


@track()
class MonitorEntry(Witness):
    """From the class monitor's form (家庭作业跟踪登记表, R080–R082): one line a subject and day, the last one counts."""

    class Meta(Witness.Meta):
        verbose_name = _("entry of the class monitor")
        verbose_name_plural = _("entries of class monitors")
        ordering = ["-day", "school_class", "subject__order"]
        constraints = [
            *Witness.Meta.constraints,
            models.UniqueConstraint(name="monitorentry_once", fields=["school_class", "day", "subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.day:%Y-%m-%d} {self.subject}"


class ParentReportQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=ParentReport.State.NEW)

    def counted(self) -> Self:
        """Reports used in comparisons: read by the office and not set aside."""
        return self.filter(state=ParentReport.State.CONFIRMED)


@track()
class ParentReport(Witness):
    """From the form behind the QR code, without sign-in (R092).

    Until it has been read, only the academic office and the principal see it.

    `source` is a keyed hash of the sender's address and the day: it distinguishes senders without identifying them.
    """

    class State(models.TextChoices):
        NEW = "new", _("to be read")
        CONFIRMED = "confirmed", _("counts")
        ASIDE = "aside", _("set aside")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    source = models.CharField(max_length=16)
    read_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = ParentReportQuerySet.as_manager()

    class Meta(Witness.Meta):
        verbose_name = _("report of a parent")
        verbose_name_plural = _("reports of parents")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.school_class} {self.day:%Y-%m-%d} {self.subject}"


class SpotCheck(models.Model):
    """A day's draw (R091): from the seed anybody can work out again which classes it gave. Append-only."""

    day = models.DateField(_("day"), unique=True)
    seed = models.CharField(_("seed"), max_length=64)
    grades: models.JSONField = models.JSONField(_("grades drawn"))
    count = models.PositiveSmallIntegerField(_("classes drawn"))
    candidates: models.JSONField = models.JSONField(_("classes to draw from"), help_text="[[pk, grade], …]")
    at = models.DateTimeField(pgettext_lazy("moment", "drawn"), auto_now_add=True)

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        ordering = ["-day"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @staticmethod
    def lot(seed: str, name: str) -> str:
        """The hash that decides about a candidate; the smallest are drawn."""
        return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


@track()
class SpotCheckClass(models.Model):
    """One class of a draw, with the result of the calls to parents."""

    class Result(models.TextChoices):
        OPEN = "open", _("result to be entered")
        AGREES = "agrees", _("agrees with the sheet")
        MORE = "more", _("more was set than on the sheet")
        LESS = "less", _("less was set than on the sheet")

    spot_check = models.ForeignKey(SpotCheck, models.PROTECT, related_name="classes", verbose_name=_("spot check"))
    school_class = models.ForeignKey("school.SchoolClass", models.PROTECT, related_name="+", verbose_name=_("class"))
    result = models.CharField(_("result"), max_length=10, choices=Result, default=Result.OPEN)
    asked = models.PositiveSmallIntegerField(_("families asked"), default=0)
    minutes = models.PositiveSmallIntegerField(_("written minutes they said"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    at = models.DateTimeField(_("entered"), null=True, blank=True)

    class Meta:
        verbose_name = _("class of a spot check")
        verbose_name_plural = _("classes of spot checks")
        ordering = ["-spot_check__day", "pk"]
        constraints = [
            models.UniqueConstraint(name="spotcheckclass_once", fields=["spot_check", "school_class"]),
            models.CheckConstraint(
                name="spotcheckclass_result_has_families",
                condition=Q(result="open") | Q(asked__gte=1, at__isnull=False),
                violation_error_message=_("Say how many families were asked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spot_check} {self.school_class}"


class RectificationQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("homework.Rectification", user))

    def open(self) -> Self:
        return self.exclude(state=Rectification.State.CLOSED)

    def overdue(self, day: dt.date) -> Self:
        return self.filter(state__in=["issued", "talked"], answer_by__lt=day)


@track()
class Rectification(models.Model):
    """A rectification notice (整改通知书, R094): finding, deadline, talk, answer, recheck, closed.

    The public sees class, subject and day only, and only once the finding is confirmed (R093).
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("notice issued")
        TALKED = "talked", _("talked through")
        ANSWERED = "answered", _("teacher has answered")
        RECHECKED = "rechecked", _("rechecked")
        CLOSED = "closed", _("closed after recheck")

    class Origin(models.TextChoices):
        SPOT_CHECK = "spot_check", _("spot check")
        COMPARISON = "comparison", _("comparison with class monitor and parents")
        REPORT = "report", _("complaint")
        PATROL = "patrol", _("patrol")

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    school_class = models.ForeignKey("school.SchoolClass", models.PROTECT, related_name="+", verbose_name=_("class"))
    subject = models.ForeignKey(
        "school.Subject", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subject")
    )
    teacher = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    day = models.DateField(_("day of the finding"))
    origin = models.CharField(_("found by"), max_length=12, choices=Origin)
    finding = models.CharField(_("finding"), max_length=300)
    demand = models.CharField(_("what is to be changed"), max_length=300)
    answer_by = models.DateField(_("to be answered until"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ISSUED)
    issued_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("notice issued by"))
    issued_at = models.DateTimeField(_("issued on"))
    talked_on = models.DateField(_("talk on"), null=True, blank=True)
    talk_note = models.CharField(_("what was agreed"), max_length=300, blank=True)
    answer = models.CharField(_("answer of the teacher"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    rechecked_on = models.DateField(_("rechecked on"), null=True, blank=True)
    recheck_note = models.CharField(_("what the recheck found"), max_length=300, blank=True)
    recheck_good = models.BooleanField(_("put right"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed after recheck on"), null=True, blank=True)
    published_at = models.DateTimeField(_("made public"), null=True, blank=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification notice")
        verbose_name_plural = _("rectification notices")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(name="rectification_number", fields=["year", "number"]),
            models.UniqueConstraint(
                name="rectification_once_an_event",
                fields=["school_class", "subject", "day"],
                nulls_distinct=False,
                violation_error_message=_("There is a notice about this class, subject and day already."),
            ),
            models.CheckConstraint(
                name="rectification_closed_when_good",
                condition=~Q(state="closed") | Q(recheck_good=True, closed_at__isnull=False),
                violation_error_message=_("A notice closes once the recheck found it put right."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_number

    def get_absolute_url(self) -> str:
        return reverse("homework:rectification_detail", args=[self.pk])

    @property
    def full_number(self) -> str:
        """As it stands on the paper."""
        return f"〔{self.year}〕{self.number}号"

    @property
    def label(self) -> str:
        """The class as it was called on that day."""
        return self.school_class.label(self.day)


class RectificationStep(models.Model):
    """The steps of a notice, round by round. Append-only; the notice itself holds the last round."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk with the teacher")
        ANSWER = "answer", _("answer of the teacher")
        GOOD = "good", _("recheck: put right")
        NOT_YET = "not_yet", _("recheck: not put right yet")
        CLOSED = "closed", _("closed after recheck")
        PUBLIC = "public", _("class and subject made public")
        WITHDRAWN = "withdrawn", _("taken off the public page")

    notice = models.ForeignKey(
        Rectification, models.PROTECT, related_name="steps", verbose_name=_("rectification notice")
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    text = models.CharField(_("what was said"), max_length=300, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a notice")
        verbose_name_plural = _("steps of a notice")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.notice} · {self.get_kind_display()}"


class ResponsibilityLetter(models.Model):
    """The text that all teachers sign (减负责任书, R097); a published one never changes."""

    title = models.CharField(_("title"), max_length=60)
    body = models.TextField(_("text"), max_length=4000)
    made_by = models.ForeignKey("school.User", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter of responsibility")
        verbose_name_plural = _("letters of responsibility")
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(
                name="fixed_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def digest(self) -> str:
        """SHA-256 of title and text, in hex."""
        return hashlib.sha256(f"{self.title}\n{self.body}".encode()).hexdigest()


class LetterSignature(models.Model):
    """A teacher's signature under the text with that SHA-256: append-only."""

    letter = models.ForeignKey(
        ResponsibilityLetter, models.PROTECT, related_name="signatures", verbose_name=_("letter of responsibility")
    )
    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    name = CleanColumn(_("name as signed"), max_length=50)
    digest = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(_("signed"), auto_now_add=True)

    class Meta:
        verbose_name = _("signature under a letter")
        verbose_name_plural = _("signatures under letters")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(name="lettersignature_once", fields=["letter", "staff"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} · {self.letter}"
