"""The published scale of fees, refund rules, and who bears the cost."""

import datetime as dt
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enrollment.models import ServiceOption
from school.history import track


class TermFunding(models.Model):
    """Who bears the cost of a term's service (R033). Where families do not, every charge is zero."""

    class Source(models.TextChoices):
        FAMILIES = "families", _("families and the government")
        PUBLIC = "public", _("the school's public funds")
        PURCHASED = "purchased", _("service bought by the government")

    term = models.OneToOneField("school.Term", models.CASCADE, related_name="funding", verbose_name=_("term"))
    source = models.CharField(_("who pays"), max_length=10, choices=Source, default=Source.FAMILIES)
    document = models.CharField(_("document"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("funding of a term")
        verbose_name_plural = _("funding of terms")

    def __str__(self) -> str:
        return f"{self.term} · {self.get_source_display()}"


class FeeSettings(models.Model):
    """One row: which special groups are the aid list (资助名单) from which waivers are proposed (R041)."""

    aid_groups: models.ManyToManyField = models.ManyToManyField(
        "school.SpecialGroup", blank=True, related_name="+", verbose_name=_("groups of the aid list")
    )

    class Meta:
        verbose_name = _("settings of the fees")
        verbose_name_plural = _("settings of the fees")
        constraints = [models.CheckConstraint(name="feesettings_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def load(cls) -> "FeeSettings":
        return cls.objects.get_or_create(pk=1)[0]


class FeeNoticeQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def in_force(self, first: dt.date) -> Self:
        """Per option or club the latest notice that applies to the month beginning on `first`, service notices first."""
        month_end = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        rows = self.published().filter(
            Q(applies_from__lte=first)
            | Q(applies_from__lte=month_end, option__starts_on__gte=first)
            | Q(applies_from__lte=month_end, club__isnull=False)
        )
        return rows.order_by("option_id", "club_id", "-applies_from", "-published_at").distinct("option_id", "club_id")


class FeeNotice(models.Model):
    """One line of the published scale (收费公示). Nothing outside it can be charged (S4, F1, F2); published, it is frozen."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("after-school service")
        COST = "cost", _("collected at cost")

    class Payee(models.TextChoices):
        SCHOOL = "school", _("the school's account")
        COMMITTEE = "committee", _("parents' committee")
        THIRD_PARTY = "third_party", _("another organisation or person")

    class Partial(models.TextChoices):
        DAYS = "days", _("by its days")
        WHOLE = "whole", _("counts whole")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SERVICE)
    option = models.ForeignKey(
        ServiceOption, models.PROTECT, null=True, blank=True, related_name="fee_notices", verbose_name=_("option")
    )
    club = models.ForeignKey(
        "clubs.Club", models.PROTECT, null=True, blank=True, related_name="fee_notices", verbose_name=_("club")
    )
    mode = models.CharField(_("fee"), max_length=10, choices=ServiceOption.FeeMode)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=8, decimal_places=2)
    half_under_half = models.BooleanField(_("half price under half attendance"), default=False)
    partial_month = models.CharField(
        pgettext_lazy("of a fee", "a month begun or left in its middle"),
        max_length=10,
        choices=Partial,
        default=Partial.DAYS,
    )
    period_rate = models.DecimalField(
        _("yuan a month for each daily period"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Where the pricing document sets the price by periods: 50 × 2 periods = 100. Else empty."),
    )
    cost = models.DecimalField(
        _("what it costs the school (yuan)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("For what is collected at cost: the same as the amount."),
    )
    basis = models.TextField(_("basis of the fee"), blank=True)
    document_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    payee = models.CharField(_("who receives the money"), max_length=12, choices=Payee, default=Payee.SCHOOL)
    complaints = models.CharField(_("phone for complaints"), max_length=40, blank=True)
    applies_from = models.DateField(_("applies from"))
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)
    published_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = FeeNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee notice")
        verbose_name_plural = _("fee notices")
        ordering = ["-applies_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="feenotice_of_one_thing",
                condition=Q(kind="service", option__isnull=False, club__isnull=True)
                | Q(kind="cost", option__isnull=True, club__isnull=False),
            ),
            models.CheckConstraint(
                name="feenotice_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An amount is not negative."),
            ),
            models.CheckConstraint(
                name="feenotice_paid_to_the_school",
                condition=Q(published_at__isnull=True) | Q(payee="school"),
                violation_error_message=_("Fees are paid to the school's account only."),
            ),
            models.CheckConstraint(
                name="feenotice_published_with_document",
                condition=Q(published_at__isnull=True) | ~Q(document_number=""),
                violation_error_message=_("Name the document that sets the fee."),
            ),
            models.CheckConstraint(
                name="feenotice_collected_at_cost",
                condition=Q(published_at__isnull=True) | ~Q(kind="cost") | Q(cost__isnull=False, cost=F("amount")),
                violation_error_message=_("What is collected for others is collected at cost."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.option or self.club)

    def says_price_of(self, option: ServiceOption) -> bool:
        own = (option.fee_mode, option.fee_amount, option.half_under_half)
        return (self.mode, self.amount, self.half_under_half) == own

    @property
    def unit_label(self) -> str:
        return str(_("once")) if self.kind == self.Kind.COST else str(self.get_mode_display())


class RefundRuleQuerySet(models.QuerySet["RefundRule"]):
    def with_effect(self) -> Self:
        """Each with `has_effect`: whether an option that it is about is charged in the way that it speaks of."""
        mode = Case(When(kind="left_within", then=Value("term")), default=Value("month"))
        options = ServiceOption.objects.filter(term=OuterRef("term"), fee_mode=OuterRef("mode"))
        own = Exists(options.filter(pk=OuterRef("option")))
        return self.annotate(mode=mode).annotate(has_effect=Case(When(option=None, then=Exists(options)), default=own))


@track()
class RefundRule(models.Model):
    """What a family gets back, as the school published it: shares in percent."""

    class Kind(models.TextChoices):
        LEFT_WITHIN = "left_within", _("left within a time from the first day")
        CANCELLED = "cancelled", _("days on which the school held no service")

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        MONTHS = "months", _("months")

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="refund_rules", verbose_name=_("term"))
    option = models.ForeignKey(
        ServiceOption,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="refund_rules",
        verbose_name=_("option"),
        help_text=_("Empty: all options of the term."),
    )
    kind = models.CharField(_("when"), max_length=12, choices=Kind)
    within = models.PositiveSmallIntegerField(_("within"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit, default=Unit.MONTHS)
    percent = models.PositiveSmallIntegerField(_("share returned (%)"), default=50)
    document = models.CharField(_("document"), max_length=120, blank=True)

    objects = RefundRuleQuerySet.as_manager()
    has_effect: bool

    class Meta:
        verbose_name = _("refund rule")
        verbose_name_plural = _("refund rules")
        ordering = ["kind", "unit", "within", "pk"]
        constraints = [
            models.CheckConstraint(
                name="refundrule_a_share",
                condition=Q(percent__gte=1, percent__lte=100),
                violation_error_message=_("A share is between 1 and 100 percent."),
            ),
            models.CheckConstraint(
                name="refundrule_time_given",
                condition=~Q(kind="left_within") | Q(within__isnull=False, within__gte=1),
                violation_error_message=_("Say within how many days or months."),
            ),
        ]

    @property
    def gives_nothing(self) -> str:
        """Why no refund can follow from a rule of with_effect(); empty where one can.

        Who leaves a service that is not charged by the term owes no later days.
        """
        if self.has_effect:
            return ""
        if self.kind == self.Kind.LEFT_WITHIN:
            return str(_("of no effect: no such option is charged by the term, and who leaves pays no later days"))
        return str(_("of no effect: no such option is charged by the month"))

    def __str__(self) -> str:
        if self.kind == self.Kind.CANCELLED:
            return _("Days without service: %(percent)d %% back") % {"percent": self.percent}
        return _("Left within %(n)d %(unit)s: %(percent)d %% back") % {
            "n": self.within or 0,
            "unit": self.get_unit_display(),
            "percent": self.percent,
        }
