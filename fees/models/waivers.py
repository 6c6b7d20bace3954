"""Waivers (减免) for families in difficulty. Ground and evidence are seen by the service office alone."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.uploads import DocumentColumn
from fees.money import ZERO, fen
from school.access import rows_for
from school.history import track
from school.models.dated import Dated, DatedQuerySet, no_overlap, ordered_days

if TYPE_CHECKING:
    from school.models import User


class WaiverQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("fees.Waiver", user))

    def granted_in(self, first: dt.date, last: dt.date) -> Self:
        """Granted waivers that hold on a day of the range."""
        rows = self.filter(status=Waiver.Status.GRANTED, starts_on__lte=last)
        return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))


@track()
class Waiver(Dated):
    """A child pays nothing, half, or an amount less, from a day to a day. Counts for each month that it touches."""

    class Ground(models.TextChoices):
        AID_LIST = "aid_list", _("on the aid list")
        LOW_INCOME = "low_income", _("low income or hardship")
        DISABLED = "disabled", _("disability in the family")
        ORPHAN = "orphan", _("orphan or without care by parents")
        MARTYR = "martyr", _("child of a martyr or hero")
        OTHER = "other", _("other")

    class Share(models.TextChoices):
        FULL = "full", _("free of charge")
        HALF = "half", _("half price")
        AMOUNT = "amount", _("an amount less")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed from the aid list")
        APPLIED = "applied", _("applied for by the family")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    OPEN = (Status.PROPOSED, Status.APPLIED)

    student = models.ForeignKey("school.Student", models.PROTECT, related_name="waivers", verbose_name=_("student"))
    ground = models.CharField(_("ground"), max_length=12, choices=Ground, default=Ground.LOW_INCOME)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    evidence = DocumentColumn(_("evidence"), upload_to="waivers/%Y/%m/", blank=True)
    evidence_name = models.CharField(max_length=120, blank=True)
    share = models.CharField(_("share"), max_length=8, choices=Share, default=Share.FULL)
    amount = models.DecimalField(_("less by (yuan)"), max_digits=8, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.APPLIED)
    asked_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(pgettext_lazy("request", "asked"), auto_now_add=True)
    decided_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    opinion = models.CharField(_("opinion"), max_length=200, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["asked_at", "pk"]
        constraints = [
            ordered_days("waiver"),
            no_overlap(
                "waiver_one_a_day",
                "student",
                condition=Q(status="granted"),
                message=_("The child has a waiver for these days already."),
            ),
            models.UniqueConstraint(
                name="waiver_one_open",
                fields=["student"],
                condition=Q(status__in=["proposed", "applied"]),
                violation_error_message=_("A waiver for this child waits for the office's decision already."),
            ),
            models.CheckConstraint(
                name="waiver_amount_where_it_is_one",
                condition=Q(share="amount", amount__isnull=False, amount__gt=0)
                | (~Q(share="amount") & Q(amount__isnull=True)),
                violation_error_message=_("Say how many yuan less; leave it empty for the other shares."),
            ),
            models.CheckConstraint(
                name="waiver_refusal_has_reason",
                condition=~Q(status="declined") | ~Q(opinion=""),
                violation_error_message=_("A refusal needs a reason the family can understand."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.student} · {self.get_share_display()}"

    def taken_off(self, gross: Decimal) -> Decimal:
        """What the waiver takes off an amount: never more than the amount itself."""
        if self.share == self.Share.FULL:
            return gross
        if self.share == self.Share.HALF:
            return fen(gross / 2)
        return min(gross, self.amount or ZERO)
