"""Absences of staff, substitutions, and requests to stand in (代班)."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safety.models.afternoon import Session
from school.access import rows_for
from school.history import track

if TYPE_CHECKING:
    from school.models import User


@track()
class Absence(models.Model):
    """A member of staff cannot be there on a day; which sessions that concerns, its substitutions say."""

    staff = models.ForeignKey(
        "school.Staff", models.PROTECT, related_name="absences", verbose_name=_("member of staff")
    )
    day = models.DateField(_("day"), db_index=True)
    reason = models.CharField(_("reason"), max_length=100)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("reported by"))
    at = models.DateTimeField(_("reported on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(pgettext_lazy("moment", "taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="absence_one_a_day",
                fields=["staff", "day"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("This person is away that day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.day:%Y-%m-%d}"


class SubstitutionQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=Substitution.State.OPEN)

    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("safety.Substitution", user))

    def with_session(self) -> Self:
        return self.select_related(
            "absence__staff",
            "session__period",
            "session__staff",
            "session__care_group",
            "session__meeting__club",
            "session__meeting__room",
            "substitute",
        ).prefetch_related("session__care_group__rooms__room")

    def with_open_asks(self) -> Self:
        """Each with `open_asks`: who is being asked now."""
        asks = SubstitutionAsk.objects.open().select_related("staff")
        return self.prefetch_related(Prefetch("asks", asks, to_attr="open_asks"))


@track()
class Substitution(models.Model):
    """One session of somebody who is away, until somebody stands in or it joins another session.

    The session itself names the responsible adult; this row records how that came about.
    """

    class State(models.TextChoices):
        OPEN = "open", _("nobody yet")
        ACCEPTED = "accepted", _("asked and accepted")
        ASSIGNED = "assigned", _("assigned by the office")
        MERGED = "merged", _("joined with another session")
        WITHDRAWN = "withdrawn", _("no longer needed")

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="substitutions", verbose_name=_("absence"))
    session = models.ForeignKey(Session, models.CASCADE, related_name="substitutions", verbose_name=_("session"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    substitute = models.ForeignKey(
        "school.Staff",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutions",
        verbose_name=_("who stands in"),
    )
    settled_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["session__day", "session__period__number", "pk"]
        constraints = [
            models.UniqueConstraint(name="substitution_one_open", fields=["session"], condition=Q(state="open")),
            models.CheckConstraint(
                name="substitution_settled_by_somebody",
                condition=Q(state="open", substitute__isnull=True, settled_at__isnull=True)
                | Q(state__in=["accepted", "assigned"], substitute__isnull=False, settled_at__isnull=False)
                | Q(state__in=["merged", "withdrawn"], substitute__isnull=True, settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.absence.staff}"


class SubstitutionAskQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answer="")

    def overdue(self, now: dt.datetime) -> Self:
        return self.open().filter(answer_by__lte=now)

    def with_session(self) -> Self:
        return self.select_related(
            "substitution__absence__staff",
            "substitution__session__period",
            "substitution__session__care_group",
            "substitution__session__meeting__club",
            "substitution__session__meeting__room",
        ).prefetch_related("substitution__session__care_group__rooms__room")


@track()
class SubstitutionAsk(models.Model):
    """A request to stand in, with a deadline; one at a time per substitution."""

    class Answer(models.TextChoices):
        OPEN = "", _("not answered yet")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("cannot")
        EXPIRED = "expired", _("no answer in time")
        WITHDRAWN = "withdrawn", _("taken back")

    substitution = models.ForeignKey(Substitution, models.CASCADE, related_name="asks", verbose_name=_("substitution"))
    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="asks", verbose_name=_("member of staff"))
    why = models.CharField(_("why this person"), max_length=200)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answer_by = models.DateTimeField(_("answer until"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = SubstitutionAskQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to stand in")
        verbose_name_plural = _("requests to stand in")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="substitutionask_one_open", fields=["substitution"], condition=Q(answer="")),
            models.UniqueConstraint(name="substitutionask_once", fields=["substitution", "staff"]),
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.substitution}"
