"""Report runs: the request, its progress, the stored figures, the files."""

import datetime as dt
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from school.models import User


class ReportRunQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "ReportRunQuerySet":
        """Papers with children's names and signatures are the offices'; figures are for all who read reports."""
        if user.has_role("service_office", "academic_office"):
            return self
        return self.exclude(kind=ReportRun.Kind.AGREEMENTS)

    def expired(self, now: dt.datetime) -> "ReportRunQuerySet":
        """Runs whose worker went silent, or whose message was lost: to be picked up again."""
        waiting = self.filter(status__in=[ReportRun.Status.QUEUED, ReportRun.Status.RUNNING])
        return waiting.filter(Q(lease_until__lt=now) | Q(lease_until__isnull=True))


class ReportRun(models.Model):
    """One making of a report. A worker holds it by a lease that its heartbeat renews; the key makes one result.

    Once done it is never computed again; approval freezes it for good.
    """

    class Kind(models.TextChoices):
        TERM_SUMMARY = "term_summary", _("term summary")
        AGREEMENTS = "agreements", _("agreements on paper")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("failed")

    LEASE = dt.timedelta(seconds=60)
    MOST_ATTEMPTS = 3
    OPEN = (Status.QUEUED, Status.RUNNING)

    kind = models.CharField(_("report"), max_length=20, choices=Kind, default=Kind.TERM_SUMMARY)
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="report_runs", verbose_name=_("term"))
    until = models.DateField(_("figures until"))
    arguments = models.JSONField(_("what was asked for"), default=dict, blank=True)
    key = models.CharField(max_length=80, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    # While it waits: until when a worker should have taken it. While it is made: until when its worker is believed alive.
    lease_until = models.DateTimeField(null=True)
    figures = models.JSONField(_("figures"), default=dict)
    pdf = models.FileField(_("PDF"), upload_to="reports/%Y/%m/", blank=True)
    xlsx = models.FileField(_("Excel"), upload_to="reports/%Y/%m/", blank=True)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    requested_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    approved_at = models.DateTimeField(pgettext_lazy("moment", "approved"), null=True)
    approved_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("report run")
        verbose_name_plural = _("report runs")
        ordering = ["-requested_at"]
        triggers = [
            pgtrigger.Protect(
                name="approved_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__approved_at__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="reportrun_done_has_files",
                condition=~Q(status="done") | (~Q(pdf="") & ~Q(xlsx="") & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="reportrun_approved_is_done", condition=Q(approved_at__isnull=True) | Q(status="done")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.term}"

    def get_absolute_url(self) -> str:
        return reverse("reports:run_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN
