"""Rotations (轮替): whole care groups that change clubs every week or every few weeks."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models.catalogue import Club
from school.history import track
from school.models import Weekday


@track()
class Rotation(models.Model):
    """On this weekday and period its groups are at its stops; every so many weeks each moves on to the next (R112, R121)."""

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="rotations", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="+", verbose_name=_("period"))
    every_weeks = models.PositiveSmallIntegerField(_("moves on every (weeks)"), default=2)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        verbose_name = _("rotation")
        verbose_name_plural = _("rotations")
        ordering = ["weekday", "name"]
        constraints = [
            models.UniqueConstraint(
                name="rotation_once",
                fields=["term", "name"],
                violation_error_message=_("A rotation of this name exists in the term."),
            ),
            models.CheckConstraint(
                name="rotation_days_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                name="rotation_weeks_make_sense",
                condition=Q(every_weeks__gte=1, every_weeks__lte=8),
                violation_error_message=_("A rotation moves on every one to eight weeks."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def turn_on(self, day: dt.date) -> int:
        """The number of moves by that day."""
        return (day - self.starts_on).days // 7 // self.every_weeks

    def places_on(self, day: dt.date) -> "list[tuple[RotationStop, RotationGroup]]":
        """Who is where on a day, from the prefetched stops and groups: group n begins at stop n and moves on from there."""
        stops, turn = list(self.stops.all()), self.turn_on(day)
        return [(stops[(n + turn) % len(stops)], group) for n, group in enumerate(self.groups.all())]


class RotationStop(models.Model):
    rotation = models.ForeignKey(Rotation, models.CASCADE, related_name="stops", verbose_name=_("rotation"))
    order = models.PositiveSmallIntegerField(_("order"))
    club = models.ForeignKey(Club, models.PROTECT, related_name="+", verbose_name=_("club"))

    class Meta:
        verbose_name = _("stop of a rotation")
        verbose_name_plural = _("stops of rotations")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="rotationstop_once", fields=["rotation", "club"])]

    def __str__(self) -> str:
        return f"{self.order} {self.club}"


class RotationGroup(models.Model):
    rotation = models.ForeignKey(Rotation, models.CASCADE, related_name="groups", verbose_name=_("rotation"))
    order = models.PositiveSmallIntegerField(_("order"))
    group = models.ForeignKey(
        "enrollment.CareGroup", models.CASCADE, related_name="rotations", verbose_name=_("care group")
    )

    class Meta:
        verbose_name = _("group of a rotation")
        verbose_name_plural = _("groups of rotations")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="rotationgroup_once", fields=["rotation", "group"])]

    def __str__(self) -> str:
        return f"{self.order} {self.group}"
