"""Dated meetings: what the week's plan becomes on a day."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clubs.models.catalogue import Club
from school.history import track
from school.models.dated import on_day


class MeetingQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)

    def with_children(self) -> Self:
        """Those that are not cancelled and are for somebody: for a care group, or for a club that a child belongs to that day.

        A meeting stands once for each child, so it is for subqueries only.
        """
        member = on_day(F("day"), "club__memberships__")
        return self.filter(Q(group__isnull=False) | member, cancelled=False)


@track()
class Meeting(models.Model):
    """One dated meeting of a club in one period; who leads it and where may differ from the week's plan."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="meetings", verbose_name=_("club"))
    day = models.DateField(_("day"), db_index=True)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="+", verbose_name=_("period"))
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="+", verbose_name=_("room"))
    instructor = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("instructor"))
    assistant = models.ForeignKey(
        "school.Staff", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second adult")
    )
    group = models.ForeignKey(
        "enrollment.CareGroup",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("care group"),
        help_text=_("A whole care group that comes by rotation; empty for the club's own members."),
    )
    cancelled = models.BooleanField(_("cancelled"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["day", "period__number", "club"]
        constraints = [
            models.UniqueConstraint(name="meeting_once", fields=["club", "day", "period"]),
            models.UniqueConstraint(
                name="meeting_group_one_place",
                fields=["day", "period", "group"],
                condition=Q(cancelled=False),
                violation_error_message=_("This group is at another club then."),
            ),
            models.UniqueConstraint(
                name="meeting_room_one_place",
                fields=["day", "period", "room"],
                condition=Q(cancelled=False),
                violation_error_message=_("Another club is in this room then."),
            ),
            models.UniqueConstraint(
                name="meeting_instructor_one_place",
                fields=["day", "period", "instructor"],
                condition=Q(cancelled=False),
                violation_error_message=_("This person leads another club then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.club} {self.day:%Y-%m-%d}"
