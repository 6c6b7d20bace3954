"""Who may take a child home, who may not, and who goes alone."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.history import track
from school.models import Weekday
from school.models.dated import Dated, DatedQuerySet, ordered_days


class CollectorQuerySet(DatedQuerySet):
    def allowed(self, day: dt.date) -> Self:
        return self.on(day).exclude(kind=Collector.Kind.BARRED)


@track()
class Collector(Dated):
    """An adult and a child: authorised for the term, a proxy for a day, or barred. A bar wins over all else."""

    class Kind(models.TextChoices):
        AUTHORISED = "authorised", _("authorised")
        PROXY = "proxy", _("proxy for a day")
        BARRED = "barred", _("barred")

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="collectors", verbose_name=_("student"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AUTHORISED)
    name = models.CharField(_("name"), max_length=50)
    relation = models.CharField(_("relation"), max_length=20)
    phone = models.CharField(_("mobile phone"), max_length=11, blank=True)
    guardian = models.ForeignKey(
        "school.Guardian", models.CASCADE, null=True, blank=True, related_name="collecting", verbose_name=_("guardian")
    )
    document = models.CharField(_("document behind it"), max_length=200, blank=True)
    entered_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = CollectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("collector")
        verbose_name_plural = _("collectors")
        ordering = ["student", "kind", "pk"]
        constraints = [
            ordered_days("collector"),
            models.CheckConstraint(
                name="collector_proxy_is_for_a_day",
                condition=~Q(kind="proxy") | Q(ends_on=models.F("starts_on")),
                violation_error_message=_("A proxy is for one day."),
            ),
            models.CheckConstraint(
                name="collector_bar_needs_document",
                condition=~Q(kind="barred") | ~Q(document=""),
                violation_error_message=_("Name the document that bars this adult."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.relation})"


@track()
class LeavesAlone(Dated):
    """A guardian signed that the child goes home alone on these weekdays."""

    student = models.ForeignKey(
        "school.Student", models.CASCADE, related_name="leaves_alone", verbose_name=_("student")
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    agreement = models.ForeignKey(
        "enrollment.Agreement", models.PROTECT, related_name="leaves_alone", verbose_name=_("signed in")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("goes home alone")
        verbose_name_plural = _("go home alone")
        constraints = [ordered_days("leavesalone")]

    def __str__(self) -> str:
        return f"{self.student}"
