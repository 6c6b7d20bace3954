"""An uploaded workbook with its plan and its result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportBatch(models.Model):
    class Status(models.TextChoices):
        UNREAD = "unread", _("its columns are to be named")
        PREVIEWED = "previewed", _("waiting for confirmation")
        APPLIED = "applied", _("imported")
        DISCARDED = "discarded", _("discarded")

    file = models.FileField(upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREVIEWED)
    plan = models.JSONField(default=dict, help_text="school.importing.Plan.as_json()")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    applied_at = models.DateTimeField(pgettext_lazy("moment", "imported"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportReading(models.Model):
    """What the columns of files with certain headings are, as somebody said once: the next such file is read so."""

    headings = models.CharField(_("headings"), max_length=64, unique=True, help_text=_("A digest of the headings."))
    reading = models.JSONField(_("how they are read"), default=dict, help_text="school.importing.shapes.Reading")
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("reading of a file")
        verbose_name_plural = _("readings of files")
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.reading.get("sheet", ""))
