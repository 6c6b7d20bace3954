"""Items of a sheet, teachers' declarations, and requests for minutes above the cap."""

import datetime as dt
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homework.models.sheets import ClassSheet
from school.history import track


class HomeworkItemQuerySet(models.QuerySet):
    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(sheet__day__range=(first, last))

    def published(self) -> Self:
        return self.filter(sheet__status=ClassSheet.Status.PUBLISHED)

    def of_grade(self, grade: int) -> Self:
        """Entries for those who were in that grade on the sheet's day (the school year turns on 1 August)."""
        autumn = ExtractYear("sheet__day") - Case(When(sheet__day__month__gte=8, then=0), default=1)
        return self.annotate(school_year=autumn).filter(sheet__school_class__entry_year=F("school_year") - grade + 1)

    def with_classes(self) -> Self:
        return self.select_related("sheet__school_class", "subject")

    def search(self, words: str) -> Self:
        words = words.strip()
        return self.filter(Q(content__icontains=words) | Q(subject__name__icontains=words)) if words else self


class Work(models.Model):
    """The common fields of homework: on a sheet, in a week's plan, in the bank.

    `minutes` is what an average pupil needs. Tiers are chosen subject by subject; a package is one choice for the
    whole day, across the subjects.
    """

    class Kind(models.TextChoices):
        WRITTEN = "written", _("written")
        COMPOSITION = "composition", _("composition")
        ORAL = "oral", _("oral")
        READING = "reading", _("reading")
        PRACTICAL = "practical", _("practical")
        SPORT = "sport", _("sport")
        LABOUR = "labour", _("housework")
        PROJECT = "project", _("project")

    WRITTEN_KINDS = (Kind.WRITTEN, Kind.COMPOSITION)

    class Place(models.TextChoices):
        HOME = "home", _("at home")
        SERVICE = "service", _("in after-school care")
        CLASS = "class", _("in the lesson")
        NOON = "noon", _("at noon")

    class Tier(models.TextChoices):
        ALL = "all", _("for all")
        BASIC = "basic", _("basic")
        IMPROVING = "improving", _("improving")
        EXTENDING = "extending", _("extending")
        PACKAGE_A = "package_a", _("package A")
        PACKAGE_B = "package_b", _("package B")

    PACKAGES = (Tier.PACKAGE_A, Tier.PACKAGE_B)

    content = models.CharField(_("content"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WRITTEN)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier, default=Tier.ALL)
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("for an average pupil"))
    place = models.CharField(
        pgettext_lazy("where homework is", "done"), max_length=10, choices=Place, default=Place.HOME
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_minutes_make_sense",
                condition=Q(minutes__gte=1, minutes__lte=240),
                violation_error_message=_("Minutes are between 1 and 240."),
            ),
        ]

    @property
    def is_written(self) -> bool:
        return self.kind in self.WRITTEN_KINDS


@track()
class HomeworkItem(Work):
    sheet = models.ForeignKey(ClassSheet, models.CASCADE, related_name="items", verbose_name=_("sheet"))
    subject = models.ForeignKey("school.Subject", models.PROTECT, related_name="+", verbose_name=_("subject"))
    teacher = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    lesson = models.PositiveSmallIntegerField(
        _("set in lesson"), null=True, blank=True, help_text=_("The lesson of the day before whose end it was set.")
    )
    tried_minutes = models.PositiveSmallIntegerField(
        _("own minutes"), null=True, blank=True, help_text=_("How long the teacher took to do it.")
    )
    cut_from = models.PositiveSmallIntegerField(_("minutes before the cut"), null=True, blank=True)
    bank_item = models.ForeignKey(
        "homework.BankItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="used",
        verbose_name=_("from the bank"),
    )
    plan_item = models.ForeignKey(
        "homework.WeekPlanItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="set_items",
        verbose_name=_("from the week's plan"),
    )
    late = models.BooleanField(_("entered late"), default=False)
    entered_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = HomeworkItemQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name = _("homework item")
        verbose_name_plural = _("homework items")
        ordering = ["sheet", "subject__order", "pk"]

    def __str__(self) -> str:
        return f"{self.subject} {self.content[:20]}"


class ItemWarning(models.Model):
    """A broken rule that does not refuse: confirmed by the teacher (warn), or only counted (report).

    Append-only: it keeps the item's text after the item is gone.
    """

    sheet = models.ForeignKey(ClassSheet, models.PROTECT, related_name="warnings", verbose_name=_("sheet"))
    item = models.ForeignKey(
        HomeworkItem, models.SET_NULL, null=True, blank=True, related_name="warnings", verbose_name=_("item")
    )
    content = models.CharField(_("content"), max_length=300)
    rule_key = models.CharField(_("rule"), max_length=20)
    severity = models.CharField(max_length=6)
    sentence = models.CharField(_("what was said"), max_length=300)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("counted warning")
        verbose_name_plural = _("counted warnings")
        ordering = ["-at"]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="append_only", exclude=["item"]),
        ]

    def __str__(self) -> str:
        return f"{self.rule_key} · {self.content[:20]}"


class Declaration(models.Model):
    """A teacher's declaration for a day (三不布置, H6, H7, H9): made with the first item, valid all day."""

    staff = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    day = models.DateField(_("day"))
    text = models.CharField(_("statement"), max_length=300)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [models.UniqueConstraint(name="declaration_once_a_day", fields=["staff", "day"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.staff} {self.day:%Y-%m-%d}"


class WatchWord(models.Model):
    """A word that an item must not contain; the severity of its rule decides what a hit does."""

    class Rule(models.TextChoices):
        H6 = "H6", _("something for parents")
        H7 = "H7", _("repetition or punishment")
        H9 = "H9", _("phone, chat group or printer")

    rule_key = models.CharField(_("rule"), max_length=4, choices=Rule)
    word = models.CharField(
        _("word"), max_length=20, unique=True, help_text=_("* stands for up to four characters; spaces do not count.")
    )

    class Meta:
        verbose_name = _("watch word")
        verbose_name_plural = _("watch words")
        ordering = ["rule_key", "pk"]

    def __str__(self) -> str:
        return self.word


@track()
class ReleaseRequest(models.Model):
    """A teacher asks the homeroom teacher for minutes on top of the cap; granting enters the work in the same act.

    `entry` holds the fields of the entry that did not fit: {"subject", "content", "kind", "tier", "minutes", "place",
    "due_on", "lesson", "tried_minutes", "late", "bank_item", "plan_item"}, other rows by their keys, days in ISO.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("not granted")

    sheet = models.ForeignKey(ClassSheet, models.PROTECT, related_name="requests", verbose_name=_("sheet"))
    entry: Any = models.JSONField(_("homework entry"))
    minutes = models.PositiveSmallIntegerField(_("minutes on top of the cap"))
    reason = models.CharField(_("reason"), max_length=200)
    teacher = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("teacher"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("request for a release")
        verbose_name_plural = _("requests for a release")
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                name="releaserequest_decided_or_waiting",
                condition=Q(state="waiting", decided_at__isnull=True)
                | Q(state__in=["granted", "refused"], decided_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} +{self.minutes}"
