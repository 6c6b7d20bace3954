"""A survey: whom it asks, when, and whether it keeps no link to the person."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.access import WHOLE_SCHOOL
from school.history import track
from school.models import ClassMembership, SchoolClass, Student
from school.models.calendar import school_year_of
from school.models.places import GRADE_CHOICES, grade_name
from school.rows import classes_led

if TYPE_CHECKING:
    from school.models import User
    from school.models.people import StudentQuerySet


class SurveyQuerySet(models.QuerySet):
    def open_at(self, moment: dt.datetime) -> Self:
        return self.filter(status=Survey.Status.PUBLISHED, opens_at__lte=moment, closes_at__gt=moment)

    def visible_to(self, user: "User") -> Self:
        """The two offices see all, the leaders what is published, who leads classes what went to one of these."""
        if user.has_role("service_office", "academic_office"):
            return self
        published = self.exclude(status=Survey.Status.DRAFT)
        if user.has_role(*WHOLE_SCHOOL):
            return published
        today = timezone.localdate()
        reached = Q(pk__in=[])
        for year in SchoolClass.objects.filter(classes_led(user, today)).values_list("entry_year", flat=True):
            grade = school_year_of(today) - year + 1
            reached |= Q(grade_from__lte=grade, grade_to__gte=grade)
        return published.filter(reached)


def changed(*names: str) -> pgtrigger.Q:
    """The SQL condition that one of these columns has changed."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in names))


FIXED = ("kind", "term", "title", "intro", "grade_from", "grade_to", "anonymous", "opens_at")


@track()
class Survey(models.Model):
    """Asks the guardians of all children of some grades, one answer a child.

    From its publication on everything but the closing time is fixed, by triggers; an anonymous one stays anonymous.
    """

    class Kind(models.TextChoices):
        INTENTION = "intention", _("intention")
        SATISFACTION = "satisfaction", _("satisfaction")
        BURDEN = "burden", _("study burden")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="surveys", verbose_name=_("term"))
    title = models.CharField(_("title"), max_length=60)
    intro = models.TextField(_("what families are told"), blank=True)
    grade_from = models.PositiveSmallIntegerField(_("from grade"), choices=GRADE_CHOICES, default=1)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), choices=GRADE_CHOICES, default=6)
    anonymous = models.BooleanField(
        _("anonymous"),
        default=False,
        help_text=_(
            "No answer keeps a link to a person. An answer cannot be changed; results are shown after the end."
        ),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="survey_grades_in_order",
                condition=Q(grade_to__gte=F("grade_from")),
                violation_error_message=_("The first grade is above the last."),
            ),
            models.CheckConstraint(
                name="survey_times_in_order",
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The survey closes before it opens."),
            ),
            models.CheckConstraint(
                name="survey_published_with_times",
                condition=Q(status="draft") | Q(opens_at__isnull=False, closes_at__isnull=False),
                violation_error_message=_("Say from when to when families can answer."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_fixed",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="draft") & (pgtrigger.Q(new__status="draft") | changed(*FIXED)),
            ),
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status="draft"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:survey_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        return (
            self.status == self.Status.PUBLISHED
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= timezone.now() < self.closes_at
        )

    @property
    def is_over(self) -> bool:
        """Nothing can be answered any more."""
        return self.status == self.Status.CLOSED or (
            self.status == self.Status.PUBLISHED and self.closes_at is not None and self.closes_at <= timezone.now()
        )

    @property
    def shows_results(self) -> bool:
        """Whether results may be shown: those of a running anonymous survey would reveal the latest answer."""
        return not self.is_draft and (not self.anonymous or self.is_over)

    @property
    def state(self) -> tuple[str, str]:
        """(word, kind of badge) of its current state."""
        if self.is_draft:
            return str(_("being prepared")), "neutral"
        if self.is_over:
            return str(_("closed")), "neutral"
        return (str(_("taking answers")), "ok") if self.is_open else (str(_("opens later")), "wait")

    @property
    def grades(self) -> str:
        if self.grade_from == self.grade_to:
            return grade_name(self.grade_from)
        return f"{grade_name(self.grade_from)}–{grade_name(self.grade_to)}"

    def asks_grade(self, grade: int) -> bool:
        return self.grade_from <= grade <= self.grade_to

    def addressed(self) -> "StudentQuerySet":
        """Children whose guardians are asked: those of the grades who belong to the school today, or come later; once it
        closed, on that day.
        """
        day = timezone.localdate()
        if self.is_over and self.closes_at is not None:
            day = min(day, timezone.localdate(self.closes_at))
        newest, oldest = school_year_of(day) - self.grade_from + 1, school_year_of(day) - self.grade_to + 1
        members = ClassMembership.objects.held_or_to_come(day).filter(school_class__entry_year__range=(oldest, newest))
        return Student.objects.filter(pk__in=members.values("student"))
