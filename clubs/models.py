"""Clubs, their weekly slots, the children in them and the dated meetings."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.access import rows_for
from school.history import track
from school.models import Weekday
from school.models.dated import Dated, DatedQuerySet, ordered_days

if TYPE_CHECKING:
    from school.models import User


class ClubQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("clubs.Club", user))

    def open_for(self, grade: int) -> Self:
        return self.filter(status=Club.Status.PUBLISHED, grade_from__lte=grade, grade_to__gte=grade)


@track(exclude=["taken"])
class Club(models.Model):
    """An offer of the catalogue. `taken` counts its seats and is written only by clubs.services, last in its transaction."""

    class Category(models.TextChoices):
        ARTS = "艺术", _("arts")
        SPORTS = "体育", _("sports")
        SCIENCE = "科技", _("science")
        PUZZLES = "益智", _("puzzles")
        HUMANITIES = "人文", _("humanities")
        LABOUR = "劳动", _("labour")
        OTHER = "其他", _("other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        PUBLISHED = "published", _("in the catalogue")
        CANCELLED = "cancelled", _("cancelled")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="clubs", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    category = models.CharField(_("category"), max_length=10, choices=Category, default=Category.OTHER)
    aim = models.TextField(_("aim and content"), blank=True)
    grade_from = models.PositiveSmallIntegerField(_("from grade"))
    grade_to = models.PositiveSmallIntegerField(_("to grade"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("taken"), default=0, editable=False)
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="clubs", verbose_name=_("room"))
    instructor = models.ForeignKey("school.Staff", models.PROTECT, related_name="clubs", verbose_name=_("instructor"))
    materials_fee = models.DecimalField(_("materials (yuan a term)"), max_digits=8, decimal_places=2, default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    opens_at = models.DateTimeField(_("choice opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("choice closes"), null=True, blank=True)

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = _("club")
        verbose_name_plural = _("clubs")
        ordering = ["category", "name"]
        constraints = [
            models.UniqueConstraint(
                name="club_once",
                fields=["term", "name"],
                violation_error_message=_("A club of this name exists in the term."),
            ),
            models.CheckConstraint(
                name="club_never_oversold",
                condition=Q(taken__lte=F("capacity")),
                violation_error_message=_("More children than places."),
            ),
            models.CheckConstraint(
                name="club_grades_in_order",
                condition=Q(grade_to__gte=F("grade_from")),
                violation_error_message=_("The first grade is above the last."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def places_left(self) -> int:
        return self.capacity - self.taken


class ClubSlot(models.Model):
    """A weekday and period on which the club meets. Room and instructor are copied, so that the database sees clashes."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="+")
    club = models.ForeignKey(Club, models.CASCADE, related_name="slots", verbose_name=_("club"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="club_slots", verbose_name=_("period"))
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="+", verbose_name=_("room"))
    instructor = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("instructor"))

    class Meta:
        verbose_name = _("weekly slot")
        verbose_name_plural = _("weekly slots")
        ordering = ["weekday", "period__number"]
        constraints = [
            models.UniqueConstraint(
                name="clubslot_room_one_place",
                fields=["term", "weekday", "period", "room"],
                violation_error_message=_("Another club is in this room then."),
            ),
            models.UniqueConstraint(
                name="clubslot_instructor_one_place",
                fields=["term", "weekday", "period", "instructor"],
                violation_error_message=_("This person leads another club then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.period}"


class MembershipQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("clubs.Membership", user))


@track()
class Membership(Dated):
    """A child has a place in a club, from a day to a day. Ended, never deleted."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="memberships", verbose_name=_("club"))
    student = models.ForeignKey(
        "school.Student", models.PROTECT, related_name="club_memberships", verbose_name=_("student")
    )
    enrolment = models.ForeignKey(
        "enrollment.Enrolment", models.PROTECT, related_name="club_memberships", verbose_name=_("enrolment")
    )
    joined_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("chosen by"))
    joined_at = models.DateTimeField(_("chosen"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("club membership")
        verbose_name_plural = _("club memberships")
        ordering = ["club", "student__name_key"]
        constraints = [ordered_days("membership")]

    def __str__(self) -> str:
        return f"{self.student} · {self.club}"


class Seat(models.Model):
    """A child's slot in the week, held by a membership while it goes on and deleted with its end.

    Not history but a lock: a child cannot be in two places, and a two-day club holds all its slots or none.
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


class MeetingQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)


@track()
class Meeting(models.Model):
    """One dated meeting of a club in one period; who leads it and where may differ from the week's plan."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="meetings", verbose_name=_("club"))
    day = models.DateField(_("day"), db_index=True)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="+", verbose_name=_("period"))
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="+", verbose_name=_("room"))
    instructor = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("instructor"))
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
