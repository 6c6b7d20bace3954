"""Visits outside the school (研学、走读): a plan, adults, the children whose guardians agree, and counting heads."""

from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models.catalogue import Club
from school.history import track
from school.models import Staff

if TYPE_CHECKING:
    from school.models import User

OFFICE = ("service_office", "academic_office")


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The offices, the principal and the duty leader see all; others those that they made or lead."""
        if user.has_role(*OFFICE, "principal", "duty_leader"):
            return self
        led = VisitLeader.objects.filter(staff__in=Staff.objects.of_user(user)).values("visit")
        return self.filter(Q(made_by=user) | Q(pk__in=led))

    def led_by(self, user: "User") -> Self:
        return self.filter(pk__in=VisitLeader.objects.filter(staff__in=Staff.objects.of_user(user)).values("visit"))


@track()
class Visit(models.Model):
    """A visit goes ahead only after the office has approved plan, adults and agreements together."""

    class State(models.TextChoices):
        PLANNED = "planned", _("being planned")
        APPROVED = "approved", _("approved by the office")
        CALLED_OFF = "called_off", _("does not take place")

    PLAN = ("route", "transport", "emergency_contact", "first_aid", "weather", "missing_child")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="outings", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    purpose = models.CharField(_("purpose of the visit"), max_length=200)
    place = models.CharField(_("place"), max_length=100)
    day = models.DateField(_("day"))
    leaves_at = models.TimeField(_("leaves at"))
    returns_at = models.TimeField(_("is back at"))
    club = models.ForeignKey(
        Club, models.PROTECT, null=True, blank=True, related_name="outings", verbose_name=_("club")
    )
    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, null=True, blank=True, related_name="outings", verbose_name=_("class")
    )
    route = models.TextField(_("way there and back"), max_length=500, blank=True)
    transport = models.TextField(_("how the children travel"), max_length=500, blank=True)
    emergency_contact = models.TextField(_("whom to call in an emergency"), max_length=300, blank=True)
    first_aid = models.TextField(_("first aid"), max_length=300, blank=True)
    weather = models.TextField(_("when the weather turns"), max_length=300, blank=True)
    missing_child = models.TextField(_("if a child is missing"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(_("why it does not take place"), max_length=200, blank=True)
    made_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    approved_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit outside")
        verbose_name_plural = _("visits outside")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_returns_after_it_leaves",
                condition=Q(returns_at__gt=F("leaves_at")),
                violation_error_message=_("It comes back after it has left."),
            ),
            models.CheckConstraint(
                name="visit_approved_says_by_whom",
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status_kind(self) -> str:
        return {"planned": "wait", "approved": "ok"}.get(self.state, "neutral")

    def points(self) -> list[tuple["str | Promise", str]]:
        """The plan's points with what is written about each."""
        fields: dict[str, Any] = {field.name: field for field in self._meta.concrete_fields}
        return [(fields[name].verbose_name, getattr(self, name)) for name in self.PLAN]


@track()
class VisitLeader(models.Model):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="leaders", verbose_name=_("visit outside"))
    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="visits_led", verbose_name=_("adult"))

    class Meta:
        verbose_name = _("adult of a visit")
        verbose_name_plural = _("adults of visits")
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="visitleader_once",
                fields=["visit", "staff"],
                violation_error_message=_("This adult comes along already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.staff)


class VisitChildQuerySet(models.QuerySet):
    def coming(self) -> Self:
        """Those whose guardian has agreed: they alone stand on the list."""
        return self.filter(answer=VisitChild.Answer.AGREED)


@track()
class VisitChild(models.Model):
    """A child who is invited; a child left out at the approval is kept."""

    class Answer(models.TextChoices):
        OPEN = "open", _("not yet answered")
        AGREED = "agreed", _("guardian agrees")
        DECLINED = "declined", _("stays at school")
        LEFT_OUT = "left_out", _("left out: no agreement")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="children", verbose_name=_("visit outside"))
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="outings", verbose_name=_("student"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = VisitChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("child of a visit")
        verbose_name_plural = _("children of visits")
        ordering = ["visit", "student__name_key"]
        constraints = [
            models.UniqueConstraint(
                name="visitchild_once",
                fields=["visit", "student"],
                violation_error_message=_("This child is asked along already."),
            ),
            models.CheckConstraint(
                name="visitchild_answer_says_who",
                condition=~Q(answer__in=["agreed", "declined"])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.visit}"


class VisitCount(models.Model):
    """A head count before leaving, on the way, or after coming back. Append-only; corrected by another count."""

    class Moment(models.TextChoices):
        DEPARTURE = "departure", _("before leaving")
        BETWEEN = "between", _("on the way")
        RETURN = "return", _("after coming back")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="counts", verbose_name=_("visit outside"))
    moment = models.CharField(_("when"), max_length=10, choices=Moment)
    expected = models.PositiveSmallIntegerField(_("expected"))
    present = models.PositiveSmallIntegerField(_("there"))
    absent: models.ManyToManyField = models.ManyToManyField(
        VisitChild, blank=True, related_name="+", verbose_name=_("not there")
    )
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("count of heads")
        verbose_name_plural = _("counts of heads")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="visitcount_not_more_than_all", condition=Q(present__lte=F("expected")))
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.present}/{self.expected}"

    @property
    def absent_names(self) -> str:
        return "、".join(child.student.name for child in self.absent.all())
