"""Days of which the office has decided that they count for nothing, because no roll was called."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UncountedDay(models.Model):
    """Children without a roll call on the day are not charged for it; a roll that is made up later counts all the same."""

    day = models.DateField(_("day"), unique=True)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("uncounted day")
        verbose_name_plural = _("uncounted days")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="uncountedday_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the days do not count."),
            )
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"
