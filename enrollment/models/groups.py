"""Care groups (课后服务班), their children and their duties."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enrollment.models.applications import Enrolment
from school.history import track
from school.models import Weekday
from school.models.dated import Dated, DatedQuerySet, no_overlap, on_day, ordered_days
from school.vetting import check_may_work
from web.ordering import natural

if TYPE_CHECKING:
    from school.models import Room


class CareGroupQuerySet(models.QuerySet):
    def with_counts(self, day: dt.date) -> Self:
        """Annotates `children` and `duties_there` of the day."""
        children = Count("members", filter=on_day(day, "members__"), distinct=True)
        duties = Count("duties", filter=on_day(day, "duties__"), distinct=True)
        return self.annotate(children=children).annotate(duties_there=duties)

    def with_rooms(self) -> Self:
        """For `room_on()`; two queries more, however many groups."""
        return self.prefetch_related("rooms__room")


@track()
class CareGroup(models.Model):
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="care_groups", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    grade = models.PositiveSmallIntegerField(_("grade"))
    school_class = models.ForeignKey(
        "school.SchoolClass",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="care_groups",
        verbose_name=_("class"),
        help_text=_("Empty for a group merged from several classes."),
    )
    published_at = models.DateTimeField(_("list published"), null=True, blank=True)

    objects = CareGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("care group")
        verbose_name_plural = _("care groups")
        ordering = ["grade", natural("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="caregroup_once",
                fields=["term", "name"],
                violation_error_message=_("A group of this name exists in the term."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def room_on(self, day: dt.date) -> "Room | None":
        """The room of the day, from the prefetched `rooms`."""
        return next((row.room for row in self.rooms.all() if row.holds_on(day)), None)


class GroupFactQuerySet(DatedQuerySet):
    """What is arranged for a group from a day to a day, at the longest until its term ends."""

    def on(self, day: dt.date) -> Self:
        return super().on(day).filter(term__starts_on__lte=day, term__ends_on__gte=day)


@track()
class CareGroupRoom(Dated):
    """Where a group is, from a day on."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="+")
    group = models.ForeignKey(CareGroup, models.CASCADE, related_name="rooms", verbose_name=_("care group"))
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="care_groups", verbose_name=_("room"))

    objects = GroupFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("room of a care group")
        verbose_name_plural = _("rooms of care groups")
        ordering = ["group", "starts_on"]
        constraints = [
            ordered_days("caregrouproom"),
            no_overlap("caregrouproom_one_a_day", "group", message=_("The group has a room then.")),
            no_overlap("caregrouproom_one_group", "term", "room", message=_("Another group has this room.")),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.room}"


@track()
class CareGroupAdult(Dated):
    """An adult whom the office chose for a group: on its duties wherever that adult is free."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="+")
    group = models.ForeignKey(CareGroup, models.CASCADE, related_name="adults", verbose_name=_("care group"))
    staff = models.ForeignKey(
        "school.Staff", models.PROTECT, related_name="care_groups", verbose_name=_("member of staff")
    )

    objects = GroupFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("own adult of a care group")
        verbose_name_plural = _("own adults of care groups")
        ordering = ["group", "starts_on", "pk"]
        constraints = [
            ordered_days("caregroupadult"),
            no_overlap("caregroupadult_once", "group", "staff", message=_("This adult is with the group then.")),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.staff}"


@track()
class CareGroupMember(Dated):
    group = models.ForeignKey(CareGroup, models.CASCADE, related_name="members", verbose_name=_("care group"))
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="group_places", verbose_name=_("enrolment"))
    student = models.ForeignKey(
        "school.Student", models.PROTECT, related_name="group_places", verbose_name=_("student")
    )
    reason = models.CharField(_("reason of the change"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a care group")
        verbose_name_plural = _("places in care groups")
        constraints = [
            ordered_days("caregroupmember"),
            no_overlap("caregroupmember_one_a_day", "student", message=_("The child is in another group already.")),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.group}"


@track()
class CareDuty(Dated):
    """Who looks after a group on a weekday and period, from a day on (课后服务安排表). Until the term ends where it goes on."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="duties")
    group = models.ForeignKey(CareGroup, models.CASCADE, related_name="duties", verbose_name=_("care group"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="duties", verbose_name=_("period"))
    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="duties", verbose_name=_("member of staff"))

    objects = GroupFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["weekday", "period__number", "group"]
        constraints = [
            ordered_days("careduty"),
            no_overlap(
                "careduty_one_place",
                "term",
                "weekday",
                "period",
                "staff",
                message=_("This person looks after another group then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.period} {self.group} {self.staff}"

    def clean(self) -> None:
        """The adult must have the required papers (S10–S12)."""
        super().clean()
        if self.staff_id and self.term_id:
            check_may_work(self.staff, max(timezone.localdate(), self.starts_on or self.term.starts_on))


class DutyChange(models.Model):
    """What was changed on the duty table from a day on, so that it can be undone until that day is over.

    `done`: `ended` ([duty pk, its last day before or null]), `dropped` (the fields of duties that had not begun), `opened`
    (duty pks) and `clubs` (what clubs.services.handing_over did).
    """

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="duty_changes", verbose_name=_("term"))
    day = models.DateField(_("from"))
    text = models.CharField(_("change"), max_length=300)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    done = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of the duty table")
        verbose_name_plural = _("changes of the duty table")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.day >= timezone.localdate()


class GroupProposal(models.Model):
    """A proposal of the groups from `day` on: edited by hand, then put into force and published in one transaction.

    `plan` is a list of enrollment.planning.PlanGroup as dicts; `undo` keeps earlier plans, the newest last.
    """

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="group_proposals", verbose_name=_("term"))
    day = models.DateField(_("from"))
    plan = models.JSONField(default=list)
    undo = models.JSONField(default=list)
    made_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal of care groups")
        verbose_name_plural = _("proposals of care groups")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="groupproposal_one_open", fields=["term"], condition=Q(published_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.day}"


class GroupPublication(models.Model):
    """The lists as published: the next publication is compared with them. Never changed.

    `snapshot`: one dict a group with name, grade, room, adults (names) and children ([student pk, name]).
    """

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="group_publications", verbose_name=_("term"))
    number = models.PositiveSmallIntegerField(_("number"))
    day = models.DateField(_("as of"))
    note = models.CharField(_("reason of the change"), max_length=200, blank=True)
    snapshot = models.JSONField()
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(pgettext_lazy("moment", "published"), default=timezone.now)

    class Meta:
        verbose_name = _("publication of care groups")
        verbose_name_plural = _("publications of care groups")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="grouppublication_once", fields=["term", "number"])]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.term} · {self.number}"
