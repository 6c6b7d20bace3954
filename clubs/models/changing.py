"""What is different on a day: meetings called off or moved, and days on which it rains."""

import datetime as dt
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models.meetings import Meeting
from school.history import track
from web.caching import cached_between_changes


class RainDayManager(models.Manager["RainDay"]):
    def standing(self, day: dt.date) -> "RainDay | None":
        return cached_between_changes(f"rain:{day}", lambda: self.filter(day=day, ended_at__isnull=True).first())


@track()
class RainDay(models.Model):
    """It rains: outdoor clubs went to their rain rooms or into the care groups, children are collected elsewhere.

    One that was taken back stays on file; at most one a day stands.
    """

    day = models.DateField(_("day"))
    point = models.CharField(_("where children are collected"), max_length=100, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    ended_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )
    ended_at = models.DateTimeField(pgettext_lazy("moment", "taken back"), null=True, blank=True)

    objects = RainDayManager()

    class Meta:
        verbose_name = _("rainy day")
        verbose_name_plural = _("rainy days")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(name="rainday_one_stands", fields=["day"], condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class ClubChangeQuerySet(models.QuerySet):
    def between(self, first: dt.date, last: dt.date) -> Self:
        """Changes of meetings that were to be, or now are, in these days; the newest first."""
        days = (first, last)
        return self.filter(Q(meeting__day__range=days) | Q(became__day__range=days)).with_places()

    def with_places(self) -> Self:
        return self.select_related(
            "meeting__club", "meeting__period", "meeting__room", "became__period", "became__room", "by"
        )


class ClubChange(models.Model):
    """One change of one meeting, written once. A move to another time leaves the old meeting cancelled: it `became` another."""

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", pgettext_lazy("of a club's meeting", "called off")
        MOVED = "moved", _("moved")
        ROOM = "room", _("another room")
        RESTORED = "restored", _("takes place after all")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    became = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="moved_from", verbose_name=_("became")
    )
    room_before = models.ForeignKey(
        "school.Room", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room before")
    )
    rain = models.ForeignKey(
        RainDay, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("rainy day")
    )
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = ClubChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a meeting")
        verbose_name_plural = _("changes of meetings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="clubchange_move_names_both", condition=Q(kind="moved", became__isnull=False) | ~Q(kind="moved")
            )
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.get_kind_display()}"
