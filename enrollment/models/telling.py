"""What somebody of the family told by telephone, by chat or in person, and a colleague entered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Told(models.Model):
    """Who said it, how and when; all empty where the family entered it itself."""

    class How(models.TextChoices):
        PHONE = "phone", _("by telephone")
        CHAT = "chat", _("by chat message")
        NOTE = "note", _("by a written note")
        IN_PERSON = "in_person", _("in person")

    told_by = models.ForeignKey(
        "school.Guardian", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who said it")
    )
    told_how = models.CharField(pgettext_lazy("of what was told", "how"), max_length=10, choices=How, blank=True)
    told_at = models.DateTimeField(pgettext_lazy("of what was told", "when"), null=True, blank=True)

    class Meta:
        abstract = True


def told_whole(model_name: str) -> models.CheckConstraint:
    """Who, how and when stand together or not at all."""
    return models.CheckConstraint(
        name=f"{model_name}_told_whole",
        condition=Q(told_by__isnull=True, told_how="", told_at__isnull=True)
        | (Q(told_by__isnull=False, told_at__isnull=False) & ~Q(told_how="")),
    )
