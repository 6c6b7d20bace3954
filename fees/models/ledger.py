"""Months, what each child is charged in them and why, and the entries of which every balance is the sum."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fees.money import ZERO
from school.access import rows_for

if TYPE_CHECKING:
    from school.models import User

LOCKED = """
    IF EXISTS (SELECT 1 FROM fees_chargemonth m WHERE m.id = {row}.month_id AND m.locked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the month is locked' USING ERRCODE = 'check_violation';
    END IF;
"""


class ChargeMonth(models.Model):
    """The charges of one month: a draft that may be made again until it is locked; then it never changes."""

    first = models.DateField(_("month"), unique=True, help_text=_("The first day of the month."))
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="charge_months", verbose_name=_("term"))
    roster = models.ForeignKey("fees.Roster", models.PROTECT, related_name="charge_months", verbose_name=_("roster"))
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("month of charges")
        verbose_name_plural = _("months of charges")
        ordering = ["-first"]
        constraints = [
            models.CheckConstraint(name="chargemonth_begins_a_month", condition=Q(first__day=1)),
        ]
        triggers = [
            pgtrigger.Protect(
                name="locked_is_locked",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> dt.date:
        return (self.first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)

    @property
    def is_over(self) -> bool:
        return self.last < timezone.localdate()


class ChargeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("fees.Charge", user))


class Charge(models.Model):
    """One child, one line of the scale, one month, with what it was computed from.

    `for_month` is the month that the line is about; where it is earlier than the month's own, the line is a correction
    of a month that was locked when the facts changed, and may be negative.
    """

    month = models.ForeignKey(ChargeMonth, models.PROTECT, related_name="charges", verbose_name=_("month"))
    for_month = models.DateField(_("for the month"))
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="charges", verbose_name=_("student"))
    option = models.ForeignKey(
        "enrollment.ServiceOption", models.PROTECT, null=True, blank=True, related_name="charges"
    )
    club = models.ForeignKey("clubs.Club", models.PROTECT, null=True, blank=True, related_name="charges")
    notice = models.ForeignKey(
        "fees.FeeNotice", models.PROTECT, null=True, blank=True, related_name="charges", verbose_name=_("fee notice")
    )
    mode = models.CharField(max_length=10)
    rate = models.DecimalField(_("rate"), max_digits=8, decimal_places=2, default=0)
    facts: Any = models.JSONField(_("computed from"), default=dict)
    gross = models.DecimalField(_("fee"), max_digits=9, decimal_places=2, default=0)
    waived = models.DecimalField(_("waived"), max_digits=9, decimal_places=2, default=0)
    due = models.DecimalField(_("to pay"), max_digits=9, decimal_places=2, default=0)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["month", "student__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(name="charge_option_once", fields=["month", "student", "option", "for_month"]),
            models.UniqueConstraint(name="charge_club_once", fields=["month", "student", "club", "for_month"]),
            models.CheckConstraint(
                name="charge_of_one_thing",
                condition=Q(option__isnull=False, club__isnull=True) | Q(option__isnull=True, club__isnull=False),
            ),
            models.CheckConstraint(name="charge_adds_up", condition=Q(due=F("gross") - F("waived"))),
            # A correction may give back; its facts say so with «correction».
            models.CheckConstraint(
                name="charge_never_negative", condition=Q(due__gte=0) | Q(facts__has_key="correction")
            ),
            models.CheckConstraint(
                name="charge_rests_on_a_notice",
                condition=Q(notice__isnull=False) | Q(gross=0),
                violation_error_message=_("Nothing is charged outside the published scale."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_month",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=LOCKED.format(row="NEW") + "RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="locked_month_keeps_all",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=LOCKED.format(row="OLD") + "RETURN OLD;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.thing} · {self.for_month:%Y-%m}"

    @property
    def thing(self) -> str:
        return str(self.option or self.club)

    @property
    def is_correction(self) -> bool:
        return "correction" in self.facts


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("fees.Entry", user))

    def balance(self) -> Decimal:
        """The balance in yuan: positive, the family owes; negative, it has paid too much."""
        return self.aggregate(total=Sum("amount"))["total"] or ZERO

    def receipts(self) -> Self:
        """Payments that were not reversed."""
        return self.filter(kind=Entry.Kind.PAYMENT, reversed_by=None)


class Entry(models.Model):
    """A movement on a child's account. Never changed, never deleted: a mistake is reversed by another entry."""

    class Kind(models.TextChoices):
        CHARGE = "charge", _("charge")
        PAYMENT = "payment", _("payment")
        CREDIT = "credit", _("given back by rule")
        REFUND = "refund", _("refund paid out")
        REVERSAL = "reversal", _("reversal")

    class Method(models.TextChoices):
        NONE = "", _("–")
        CASH = "cash", _("cash")
        TRANSFER = "transfer", _("transfer")
        BANK = "bank", _("bank's file")

    student = models.ForeignKey("school.Student", models.PROTECT, related_name="fee_entries", verbose_name=_("student"))
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="fee_entries", verbose_name=_("term"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    day = models.DateField(_("day"))
    method = models.CharField(_("way"), max_length=10, choices=Method, blank=True, default=Method.NONE)
    receipt_number = models.CharField(
        _("number of the official receipt"), max_length=40, blank=True, help_text=_("As printed on the 票据.")
    )
    payer = models.CharField(_("paid by"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, blank=True, related_name="entry")
    refund = models.ForeignKey("fees.Refund", models.PROTECT, null=True, blank=True, related_name="entries")
    bank_line = models.OneToOneField("fees.BankLine", models.PROTECT, null=True, blank=True, related_name="entry")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["day", "pk"]
        indexes = [models.Index(name="entry_student", fields=["student", "day"])]
        constraints = [
            models.CheckConstraint(
                name="entry_sign_by_kind",
                condition=Q(kind="charge")
                | Q(kind="reversal")
                | Q(kind="refund", amount__gt=0)
                | Q(kind__in=["payment", "credit"], amount__lt=0),
                violation_error_message=_("An amount is more than zero."),
            ),
            models.CheckConstraint(
                name="entry_reversal_names_its_entry",
                condition=Q(kind="reversal", reverses__isnull=False) & ~Q(note="")
                | ~Q(kind="reversal") & Q(reverses__isnull=True),
                violation_error_message=_("Say why the entry is reversed."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="written_once", exclude=["receipt_number"]),
            pgtrigger.Protect(
                name="receipt_written_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__receipt_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.get_kind_display()} {self.amount}"

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversed_by")


class RefundQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("fees.Refund", user))


class Refund(models.Model):
    """Money that goes back: proposed from a rule (or because too much was paid, F4), decided, paid out."""

    class Kind(models.TextChoices):
        LEFT = "left", _("left early")
        CANCELLED = "cancelled", _("service not held")
        OVERPAID = "overpaid", _("paid too much")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved, to be paid out")
        DECLINED = "declined", _("declined")
        PAID = "paid", _("paid out")

    student = models.ForeignKey("school.Student", models.PROTECT, related_name="fee_refunds", verbose_name=_("student"))
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="fee_refunds", verbose_name=_("term"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    rule = models.ForeignKey("fees.RefundRule", models.PROTECT, null=True, blank=True, related_name="refunds")
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, blank=True, related_name="refunds")
    credit = models.DecimalField(_("given back by rule"), max_digits=9, decimal_places=2, default=0)
    amount = models.DecimalField(
        _("asked for"), max_digits=9, decimal_places=2, null=True, blank=True, help_text=_("Empty: all that is there.")
    )
    facts: Any = models.JSONField(_("computed from"), default=dict)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    opinion = models.CharField(_("opinion"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(pgettext_lazy("moment", "proposed"), auto_now_add=True)
    decided_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="refund_once_a_charge",
                fields=["kind", "charge"],
                violation_error_message=_("This charge has been refunded already."),
            ),
            models.UniqueConstraint(
                name="refund_one_overpaid_open",
                fields=["student"],
                condition=Q(kind="overpaid", status__in=["proposed", "approved"]),
                violation_error_message=_("A refund for this child is under way already."),
            ),
            models.CheckConstraint(name="refund_not_negative", condition=Q(credit__gte=0)),
            models.CheckConstraint(
                name="refund_asked_for_something",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                violation_error_message=_("An amount is more than zero."),
            ),
            models.CheckConstraint(
                name="refund_refusal_has_reason",
                condition=~Q(status="declined") | ~Q(opinion=""),
                violation_error_message=_("A refusal needs a reason the family can understand."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.student} · {self.get_kind_display()}"
