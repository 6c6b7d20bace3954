"""The school's settings for clubs."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.history import track
from web.caching import cached_briefly


@track()
class ClubSettings(models.Model):
    """One row. What outside people must bring is a policy rule (S10–S12), not a setting."""

    two_adults = models.BooleanField(
        _("every club has two adults"), default=False, help_text=_("A club without the second is not published.")
    )
    offer_hours = models.PositiveSmallIntegerField(_("an offered place is kept for (hours)"), default=24)
    trial_days = models.PositiveSmallIntegerField(
        _("trial (days)"), default=7, help_text=_("Who leaves within them has been on trial; 0 for none.")
    )
    credit_for_losses = models.BooleanField(
        _("who got nothing in a draw comes first in the next term's"), default=False
    )
    photos = models.BooleanField(
        _("photos in the records of meetings"), default=False, help_text=_("Of works and rooms; never of faces.")
    )
    family_evaluations = models.BooleanField(_("families evaluate their clubs"), default=True)
    children_per_adult = models.PositiveSmallIntegerField(
        _("children to one adult on visits outside"), default=10, help_text=_("At least two adults come along always.")
    )
    direct_from = models.TimeField(
        _("the office assigns a substitute directly from"),
        default=dt.time(15),
        help_text=_("Before that, somebody is asked and may decline."),
    )
    answer_minutes = models.PositiveSmallIntegerField(
        _("who is asked to stand in answers within (minutes)"), default=30
    )
    rain_point = models.CharField(
        _("where children are collected when it rains"), max_length=100, blank=True, help_text=_("Empty: as always.")
    )

    class Meta:
        verbose_name = _("club settings")
        verbose_name_plural = _("club settings")
        constraints = [
            models.CheckConstraint(name="clubsettings_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="clubsettings_adults_have_children",
                condition=Q(children_per_adult__gte=1),
                violation_error_message=_("At least one child to an adult."),
            ),
            models.CheckConstraint(
                name="clubsettings_offer_lasts",
                condition=Q(offer_hours__gte=1, offer_hours__lte=24 * 14),
                violation_error_message=_("An offer lasts from one hour to fourteen days."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("club settings"))

    @classmethod
    def load(cls) -> "ClubSettings":
        """For reading (cached briefly); use `fresh` to change the row."""
        return cached_briefly("club settings", cls.fresh)

    @classmethod
    def fresh(cls) -> "ClubSettings":
        return cls.objects.get_or_create(pk=1)[0]
