"""An append-only log of opened sensitive fields and of exports."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccessLog(models.Model):
    """A person opened a child's sensitive fields, or exported a list. Source: 个人信息保护法; kept six months at least."""

    class Action(models.TextChoices):
        OPENED = "opened", _("opened")
        EXPORTED = "exported", _("exported")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    action = models.CharField(_("what"), max_length=10, choices=Action)
    student = models.ForeignKey(
        "school.Student", models.SET_NULL, null=True, related_name="access_logs", verbose_name=_("student")
    )
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("fields"))
    title = models.CharField(_("list"), max_length=120, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=1)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering = ["-at"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user} {self.get_action_display()} {self.at:%Y-%m-%d %H:%M}"


class UnusualReading(models.Model):
    """Somebody opened the sensitive fields of many children within an hour; the principal or an office looks into it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    children = models.PositiveIntegerField(_("children"))
    looked_into_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("looked into by")
    )
    looked_into_at = models.DateTimeField(_("looked into"), null=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("unusual reading")
        verbose_name_plural = _("unusual readings")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="unusualreading_closed_in_full",
                condition=models.Q(looked_into_at=None, looked_into_by=None, outcome="")
                | (models.Q(looked_into_at__isnull=False, looked_into_by__isnull=False) & ~models.Q(outcome="")),
            )
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"
