"""Unavailable times, timetable proposals, and calendar feeds."""

import datetime as dt
import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.history import track
from school.models import Weekday


@track()
class Unavailable(models.Model):
    """A member of staff cannot lead a club on a weekday of the term, in one period or the whole afternoon."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="unavailable", verbose_name=_("term"))
    staff = models.ForeignKey(
        "school.Staff", models.CASCADE, related_name="unavailable", verbose_name=_("member of staff")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    period = models.ForeignKey(
        "school.Period",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("period"),
        help_text=_("Empty for the whole afternoon."),
    )
    reason = models.CharField(_("reason"), max_length=60, blank=True, help_text=_("Colleagues of the office read it."))

    class Meta:
        verbose_name = _("time not able")
        verbose_name_plural = _("times not able")
        ordering = ["staff__name_key", "weekday", "period__number"]
        constraints = [
            models.UniqueConstraint(
                name="unavailable_once",
                fields=["term", "staff", "weekday", "period"],
                nulls_distinct=False,
                violation_error_message=_("This is entered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.get_weekday_display()} {self.period or ''}".strip()


class TimetableProposalQuerySet(models.QuerySet):
    def unpublished(self) -> Self:
        return self.exclude(state=TimetableProposal.State.PUBLISHED)


class TimetableProposal(models.Model):
    """A proposal of the clubs' week: made by the solver, edited by hand, then put into force in one transaction.

    `plan`: clubs.timetabling.Place as dicts. `relaxed`: what the solver gave up, in words of that moment. `details`: seed,
    seconds, objective, bound, status. `undo`: earlier plans, the newest last. `made` counts the makings, so that a worker
    that comes late does not write over a newer one.
    """

    LEASE = dt.timedelta(minutes=3)

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a free worker")
        RUNNING = "running", _("being made")
        OPEN = "open", _("proposal")
        FAILED = "failed", _("not made")
        PUBLISHED = "published", _("published")

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="timetable_proposals", verbose_name=_("term"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    plan = models.JSONField(_("plan"), default=list)
    relaxed = models.JSONField(_("given up"), default=list)
    details = models.JSONField(_("details"), default=dict)
    undo = models.JSONField(default=list)
    duties_allowed = models.BooleanField(
        _("clubs may be put over care duties"),
        default=False,
        help_text=_("Somebody else then has to be found for those duties."),
    )
    made = models.PositiveIntegerField(default=0, editable=False)
    error = models.CharField(_("error"), max_length=300, blank=True)
    made_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)

    objects = TimetableProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of a timetable")
        verbose_name_plural = _("proposals of timetables")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="timetableproposal_one_open", fields=["term"], condition=~Q(state="published")
            ),
            models.CheckConstraint(
                name="timetableproposal_published_has_time",
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {timezone.localtime(self.made_at):%m-%d %H:%M}"

    @property
    def is_being_made(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_overdue(self) -> bool:
        """Whether the worker that made it is presumed dead."""
        return self.is_being_made and timezone.now() - self.made_at > self.LEASE


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeedQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(revoked_at=None)


@track(exclude=["token"])
class CalendarFeed(models.Model):
    """A secret address from which a calendar takes the duties of an adult or the clubs of a child. Revoked, never deleted.

    The token is stored in plain text, because its owner may look at the address again. It gives times and rooms, no names of
    children.
    """

    owner = models.ForeignKey("school.User", models.CASCADE, related_name="calendar_feeds", verbose_name=_("owner"))
    student = models.ForeignKey(
        "school.Student",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feeds",
        verbose_name=_("student"),
        help_text=_("Empty for the owner's own duties."),
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                name="calendarfeed_one_live",
                fields=["owner", "student"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.created_at:%Y-%m-%d}"
