"""Which notice went to families by which channel, when and to which classes: the office's log of channels."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.access import rows_for

if TYPE_CHECKING:
    from school.models.accounts import User


class NoticeLogQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("school.NoticeLog", user))


class NoticeLog(models.Model):
    """One sending, or one reminder: append-only. The notice is named by kind and key (school.notices), its title copied."""

    class Channel(models.TextChoices):
        CLASS_GROUP = "class_group", _("class group")
        POSTER = "poster", _("poster")
        LEAFLET = "leaflet", _("leaflet")
        MEETING = "meeting", _("parents' meeting")
        PHONE = "phone", _("phone call")
        SMS = "sms", _("SMS platform")
        ACCOUNT = "account", _("WeChat account")

    kind = models.CharField(_("kind"), max_length=30)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(_("notice"), max_length=100)
    channel = models.CharField(_("channel"), max_length=15, choices=Channel)
    reminder = models.BooleanField(_("reminder"), default=False)
    school_classes: models.ManyToManyField = models.ManyToManyField(
        "school.SchoolClass", related_name="+", verbose_name=_("classes")
    )
    day = models.DateField(_("day"), default=timezone.localdate)
    note = models.CharField(_("note"), max_length=200, blank=True)
    addressed = models.PositiveIntegerField(_("children addressed"))
    outstanding = models.PositiveIntegerField(_("outstanding then"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = NoticeLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel entry")
        verbose_name_plural = _("log of channels")
        ordering = ["-at"]
        indexes = [models.Index(name="noticelog_of_notice", fields=["kind", "object_id"])]
        constraints = [
            models.CheckConstraint(
                name="noticelog_outstanding_are_addressed", condition=models.Q(outstanding__lte=models.F("addressed"))
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.title} · {self.get_channel_display()} {self.day:%Y-%m-%d}"
