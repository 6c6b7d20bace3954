"""A bank's file of payments: each line matched to a child, looked at by the office, then booked once."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from web.fields import MobileColumn


class BankFileQuerySet(models.QuerySet):
    def to_book(self) -> Self:
        """Files to confirm, and booked ones of which a line has found its child since."""
        found = BankLine.objects.filter(file=OuterRef("pk"), state=BankLine.State.MATCHED)
        return self.filter(Q(status=BankFile.Status.PREVIEWED) | Q(Exists(found), status=BankFile.Status.BOOKED))


class BankFile(models.Model):
    class Status(models.TextChoices):
        PREVIEWED = "previewed", _("waiting for confirmation")
        BOOKED = "booked", _("booked")
        DISCARDED = "discarded", _("discarded")

    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREVIEWED)
    uploaded_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    booked_at = models.DateTimeField(pgettext_lazy("moment", "booked"), null=True, blank=True)

    objects = BankFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank's file")
        verbose_name_plural = _("bank's files")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    class State(models.TextChoices):
        MATCHED = "matched", _("matched")
        AMBIGUOUS = "ambiguous", _("several children fit")
        UNKNOWN = "unknown", _("nobody fits")
        NOTED = "noted", _("an equal payment is noted by hand")
        KNOWN = "known", _("booked earlier")
        BOOKED = "booked", _("booked")

    DONE = (State.KNOWN, State.BOOKED)

    file = models.ForeignKey(BankFile, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))
    paid_on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    payer = models.CharField(_("paid by"), max_length=60, blank=True)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    phone = MobileColumn(_("mobile phone"), max_length=11, blank=True)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("matched by"), max_length=60, blank=True)
    student = models.ForeignKey("school.Student", models.PROTECT, null=True, blank=True, related_name="+")
    candidates: Any = models.JSONField(default=list, help_text="pks of the children that fit")

    class Meta:
        verbose_name = _("line of a bank's file")
        verbose_name_plural = _("lines of a bank's file")
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(
                name="bankline_booked_once",
                fields=["fingerprint"],
                condition=Q(state="booked"),
                violation_error_message=_("This payment has been booked already."),
            ),
            models.CheckConstraint(name="bankline_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"
