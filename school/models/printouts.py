"""Papers that were asked for: what waits, what is being printed, and what is kept for whoever asks for the same content."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PrintoutQuerySet(models.QuerySet):
    def waiting(self) -> "PrintoutQuerySet":
        """In the order in which they are printed."""
        return self.filter(status=Printout.Status.QUEUED).order_by("asked_at", "pk")

    def forgotten(self, now: dt.datetime) -> "PrintoutQuerySet":
        return self.filter(kept_until__lt=now, status__in=[Printout.Status.DONE, Printout.Status.FAILED])


class Printout(models.Model):
    """One content on paper, found by its digest. The content waits in `html` and is emptied with the printing.

    Only one is printed at a time: two would take both processors from the pages.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being printed")
        DONE = "done", _("ready")
        FAILED = "failed", _("failed")

    # Renewed with each page that is laid out; longer than a press may be silent (documents.pdf.LONGEST).
    LEASE = dt.timedelta(minutes=6)
    MOST_ATTEMPTS = 3

    digest = models.CharField(max_length=64, unique=True)
    paper = models.CharField(_("paper"), max_length=40)
    file_name = models.CharField(_("file"), max_length=150)
    html = models.TextField(blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    lease_until = models.DateTimeField(null=True)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    file = models.FileField(_("PDF"), upload_to="printouts/%Y/%m/", blank=True)
    picture = models.FileField(_("first page"), upload_to="printouts/%Y/%m/", blank=True)
    asked_at = models.DateTimeField(_("requested"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    kept_until = models.DateTimeField(db_index=True)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("printout")
        verbose_name_plural = _("printouts")
        constraints = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="running"), name="printout_one_at_a_time"),
            models.CheckConstraint(
                name="printout_done_has_its_file_only",
                condition=~Q(status="done") | (~Q(file="") & Q(html="", finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def before(self) -> int:
        """How many are printed before this one."""
        if self.status != self.Status.QUEUED:
            return 0
        earlier = Q(asked_at__lt=self.asked_at) | Q(asked_at=self.asked_at, pk__lt=self.pk)
        waiting = Printout.objects.waiting().filter(earlier).count()
        return waiting + Printout.objects.filter(status=self.Status.RUNNING).count()
