"""Care groups (课后服务班), their children and their duties."""

import datetime as dt
from typing import Self

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


class CareGroupQuerySet(models.QuerySet):
    def with_counts(self, day: dt.date) -> Self:
        """Annotates `children` of the day and `duties_there`."""
        children = Count("members", filter=on_day(day, "members__"), distinct=True)
        return self.annotate(children=children).annotate(duties_there=Count("duties", distinct=True))


@track()
class CareGroup(models.Model):
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="care_groups", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    grade = models.PositiveSmallIntegerField(_("grade"))
    room = models.ForeignKey(
        "school.Room", models.PROTECT, null=True, blank=True, related_name="care_groups", verbose_name=_("room")
    )
    school_class = models.ForeignKey(
        "school.SchoolClass",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="care_groups",
        verbose_name=_("class"),
        help_text=_("Empty for a group merged from several classes."),
    )
    teachers: models.ManyToManyField = models.ManyToManyField(
        "school.Staff", related_name="care_groups", blank=True, verbose_name=_("own adults")
    )
    published_at = models.DateTimeField(_("list published"), null=True, blank=True)

    objects = CareGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("care group")
        verbose_name_plural = _("care groups")
        ordering = ["grade", "name"]
        constraints = [
            models.UniqueConstraint(
                name="caregroup_once",
                fields=["term", "name"],
                violation_error_message=_("A group of this name exists in the term."),
            ),
            models.UniqueConstraint(
                name="caregroup_one_a_room",
                fields=["term", "room"],
                condition=Q(room__isnull=False),
                violation_error_message=_("Another group has this room."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
class CareDuty(models.Model):
    """Who looks after a group on a weekday and period of the term (课后服务安排表)."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="duties")
    group = models.ForeignKey(CareGroup, models.CASCADE, related_name="duties", verbose_name=_("care group"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="duties", verbose_name=_("period"))
    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="duties", verbose_name=_("member of staff"))

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["weekday", "period__number", "group"]
        constraints = [
            models.UniqueConstraint(
                name="careduty_staff_one_place",
                fields=["term", "weekday", "period", "staff"],
                violation_error_message=_("This person looks after another group then."),
            ),
            models.UniqueConstraint(name="careduty_once", fields=["group", "weekday", "period", "staff"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.period} {self.group} {self.staff}"

    def clean(self) -> None:
        """The adult must have the required papers (S10–S12)."""
        super().clean()
        if self.staff_id and self.term_id:
            check_may_work(self.staff, max(timezone.localdate(), self.term.starts_on))


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
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

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
    at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("publication of care groups")
        verbose_name_plural = _("publications of care groups")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="grouppublication_once", fields=["term", "number"])]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.term} · {self.number}"
