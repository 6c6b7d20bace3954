"""Memberships, seats, waiting lists and offers."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models.catalogue import Club
from school.access import rows_for
from school.history import track
from school.models.dated import Dated, DatedQuerySet, ordered_days

if TYPE_CHECKING:
    from school.models import User


class MembershipQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("clubs.Membership", user))


@track()
class Membership(Dated):
    """A child has a place in a club, from a day to a day. Ended, never deleted."""

    class How(models.TextChoices):
        CHOSEN = "chosen", _("chosen, first come")
        DRAWN = "drawn", _("by lot")
        AUDITION = "audition", _("by audition")
        OFFERED = "offered", _("from the waiting list")
        PLACED = "placed", _("placed by the office")
        MOVED = "moved", _("moved from another club")

    club = models.ForeignKey(Club, models.PROTECT, related_name="memberships", verbose_name=_("club"))
    student = models.ForeignKey(
        "school.Student", models.PROTECT, related_name="club_memberships", verbose_name=_("student")
    )
    enrolment = models.ForeignKey(
        "enrollment.Enrolment", models.PROTECT, related_name="club_memberships", verbose_name=_("enrolment")
    )
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.CHOSEN)
    round = models.ForeignKey(
        "clubs.ChoiceRound",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("round"),
    )
    trial_until = models.DateField(_("on trial until"), null=True, blank=True)
    end_reason = models.CharField(_("reason for ending"), max_length=200, blank=True)
    joined_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("chosen by"))
    joined_at = models.DateTimeField(_("chosen"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("club membership")
        verbose_name_plural = _("club memberships")
        ordering = ["club", "student__name_key"]
        constraints = [ordered_days("membership")]

    @property
    def on_trial(self) -> bool:
        return self.trial_until is not None and timezone.localdate() <= self.trial_until

    def __str__(self) -> str:
        return f"{self.student} · {self.club}"


class Seat(models.Model):
    """A child's slot in the week, held by a membership while it goes on and deleted with its end.

    A lock, not history: a child cannot be in two places, and a two-day club holds all its slots or none.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="seats")
    student = models.ForeignKey("school.Student", models.CASCADE, related_name="+")
    term = models.ForeignKey("school.Term", models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                name="seat_child_one_place",
                fields=["term", "student", "weekday", "period"],
                violation_error_message=_("The child is in another club then."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.weekday} {self.period_id}"


class WaitingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("clubs.Waiting", user))

    def in_line(self) -> Self:
        """Entries that still wait or have an offer, in order."""
        return self.filter(state__in=[Waiting.State.WAITING, Waiting.State.OFFERED]).order_by("order", "pk")

    def with_position(self) -> Self:
        """Annotates `position`: 1 is the next of its line."""
        before = Waiting.objects.filter(state__in=["waiting", "offered"], club=OuterRef("club")).filter(
            Q(order__lt=OuterRef("order")) | Q(order=OuterRef("order"), pk__lte=OuterRef("pk"))
        )
        counted = before.order_by().values("club").annotate(n=Count("pk")).values("n")
        return self.annotate(position=Subquery(counted))


@track()
class Waiting(models.Model):
    """A child waits for a place in a club. Its position is counted, not stored: those of `in_line()` before it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        OFFERED = "offered", _("a place is offered")
        TAKEN = "taken", _("took the place")
        REFUSED = "refused", _("refused the place")
        EXPIRED = "expired", _("did not answer in time")
        LEFT = "left", _("no longer waits")

    club = models.ForeignKey(Club, models.PROTECT, related_name="waiting", verbose_name=_("club"))
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="club_waits", verbose_name=_("student"))
    order = models.BigIntegerField(_("order"), help_text=_("Smaller comes first; changed only with a reason."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(pgettext_lazy("request", "asked"), default=timezone.now)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on a waiting list")
        verbose_name_plural = _("waiting lists")
        ordering = ["club", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="waiting_once",
                fields=["club", "student"],
                condition=Q(state__in=["waiting", "offered"]),
                violation_error_message=_("The child is on this waiting list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.club}"


class WaitingMove(models.Model):
    """The reason why an entry was moved up a waiting list. Append-only."""

    waiting = models.ForeignKey(
        Waiting, models.CASCADE, related_name="moves", verbose_name=_("place on a waiting list")
    )
    position_before = models.PositiveIntegerField(_("position before"))
    position_after = models.PositiveIntegerField(_("position after"))
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of order")
        verbose_name_plural = _("changes of order")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="waitingmove_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the order changes."),
            )
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.position_before} → {self.position_after}"


class OfferQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at__isnull=True)

    def overdue(self, now: dt.datetime) -> Self:
        return self.open().filter(expires_at__lte=now)


@track()
class Offer(models.Model):
    """A free place offered to the first who waits; it is kept (`Club.held`) until answered or expired."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("let go")
        EXPIRED = "expired", _("not answered in time")
        WITHDRAWN = "withdrawn", _("taken back")

    waiting = models.ForeignKey(
        Waiting, models.PROTECT, related_name="offers", verbose_name=_("place on a waiting list")
    )
    club = models.ForeignKey(Club, models.PROTECT, related_name="offers", verbose_name=_("club"))
    secret = models.CharField(max_length=32, unique=True, editable=False)
    offered_at = models.DateTimeField(pgettext_lazy("moment", "offered"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(name="offer_one_open", fields=["waiting"], condition=Q(answered_at__isnull=True)),
            models.CheckConstraint(
                name="offer_answer_has_time",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(name="offer_lasts", condition=Q(expires_at__gt=F("offered_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.waiting}"
