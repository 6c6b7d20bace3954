"""The service's account: other income, spending by purpose (R031), and the distribution plan (R035)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountLine(models.Model):
    """Money besides the families' own: grants in; labour pay and supplies out, and nothing else (专款专用)."""

    class Purpose(models.TextChoices):
        GRANT = "grant", _("grant of the government")
        PUBLIC_FUNDS = "public_funds", _("the school's public funds")
        LABOUR = "labour", _("labour pay of teachers")
        SUPPLIES = "supplies", _("supplies for the children's service")

    INCOME = (Purpose.GRANT, Purpose.PUBLIC_FUNDS)
    SPENDING = (Purpose.LABOUR, Purpose.SUPPLIES)

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="account_lines", verbose_name=_("term"))
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=10, decimal_places=2, help_text=_("Income above zero, spending below.")
    )
    day = models.DateField(_("day"))
    document = models.CharField(_("number of the voucher"), max_length=60)
    note = models.CharField(_("note"), max_length=200, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("line of the account")
        verbose_name_plural = _("lines of the account")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accountline_only_these_purposes",
                condition=Q(purpose__in=["grant", "public_funds", "labour", "supplies"]),
                violation_error_message=_("The money is for labour pay and service supplies only."),
            ),
            models.CheckConstraint(
                name="accountline_sign_by_purpose",
                condition=Q(reverses__isnull=False)
                | Q(purpose__in=["grant", "public_funds"], amount__gt=0)
                | Q(purpose__in=["labour", "supplies"], amount__lt=0),
                violation_error_message=_("An amount is more than zero."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.amount}"

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversed_by")


class DistributionPlan(models.Model):
    """How the term's funds are shared out (经费分配方案): each of its steps is recorded, in this order."""

    term = models.OneToOneField("school.Term", models.PROTECT, related_name="distribution_plan", verbose_name=_("term"))
    text = models.TextField(_("plan"))

    class Meta:
        verbose_name = _("distribution plan")
        verbose_name_plural = _("distribution plans")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} · {self.term}"


class PlanStep(models.Model):
    class Kind(models.TextChoices):
        DRAFTED = "1_drafted", _("drafted by the leading group")
        TEACHERS = "2_teachers", _("discussed with the participating teachers")
        COMMITTEE = "3_committee", _("discussed with the parents' committee")
        SENT_UP = "4_sent_up", _("sent to the upper office")
        APPROVED = "5_approved", _("approved")
        CARRIED_OUT = "6_carried_out", _("carried out")

    plan = models.ForeignKey(DistributionPlan, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=16, choices=Kind)
    day = models.DateField(_("day"))
    note = models.CharField(_("what was said or decided"), max_length=300, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("step of the plan")
        verbose_name_plural = _("steps of the plan")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                name="planstep_once",
                fields=["plan", "kind"],
                violation_error_message=_("This step has been recorded already."),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_kind_display()
