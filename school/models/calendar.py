"""Terms, school days and periods."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.history import track
from school.models.dated import DatedQuerySet, ordered_days
from web.caching import cached_between_changes


def school_year_of(day: dt.date) -> int:
    """The school year a day belongs to, named by the autumn in which it begins (1 August turns it)."""
    return day.year if day.month >= 8 else day.year - 1


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class TermManager(models.Manager["Term"]):
    def current(self, day: dt.date) -> "Term | None":
        """The term of that day; between terms the next one, after the last the last."""

        def find() -> "Term | None":
            return self.filter(ends_on__gte=day).order_by("starts_on").first() or self.order_by("-ends_on").first()

        return cached_between_changes(f"term:{day}", find)

    def asked(self, key: str | None, day: dt.date) -> "Term | None":
        """The term that an address names (?term=), else the current one."""
        found = self.filter(pk=key).first() if key and key.isdecimal() else None
        return found or self.current(day)


@track()
class Term(models.Model):
    class Half(models.IntegerChoices):
        FIRST = 1, _("first term")
        SECOND = 2, _("second term")

    school_year = models.PositiveSmallIntegerField(_("school year"), help_text=_("The year in which it begins."))
    half = models.PositiveSmallIntegerField(_("term"), choices=Half)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    winter_from = models.DateField(_("winter times from"), null=True, blank=True)
    winter_until = models.DateField(_("winter times until"), null=True, blank=True)

    objects = TermManager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                name="term_once", fields=["school_year", "half"], violation_error_message=_("This term exists.")
            ),
            models.CheckConstraint(
                name="term_days_in_order",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year}—{self.school_year + 1}学年第{'一二'[self.half - 1]}学期"

    def nearest(self, day: dt.date) -> dt.date:
        """The day itself within the term, else the term's first or last day."""
        return min(max(day, self.starts_on), self.ends_on)

    def season_on(self, day: dt.date) -> "PeriodTime.Season":
        in_winter = (
            self.winter_from is not None
            and day >= self.winter_from
            and (self.winter_until is None or day <= self.winter_until)
        )
        return PeriodTime.Season.WINTER if in_winter else PeriodTime.Season.SUMMER


def season_on(day: dt.date, term: Term | None) -> "PeriodTime.Season":
    return term.season_on(day) if term else PeriodTime.Season.SUMMER


class SchoolDayQuerySet(models.QuerySet):
    def teaching(self) -> Self:
        """Days on which lessons are held: those that follow a weekday's timetable."""
        return self.filter(follows_weekday__isnull=False)

    def of_term(self, term: Term) -> Self:
        return self.filter(day__range=(term.starts_on, term.ends_on))


class SchoolDayManager(models.Manager.from_queryset(SchoolDayQuerySet)):
    def of(self, day: dt.date) -> "SchoolDay | None":
        """The day's row; None where the calendar is not loaded."""
        return cached_between_changes(f"school day:{day}", lambda: self.filter(day=day).first())

    def last_with_lessons(self, day: dt.date) -> dt.date | None:
        """The day itself, or the last one before it on which lessons were held."""
        if self.weekday_of(day):
            return day
        rows = self.teaching().filter(day__lt=day).order_by("-day")
        return cached_between_changes(f"lessons before:{day}", lambda: rows.values_list("day", flat=True).first())

    def weekday_of(self, day: dt.date) -> int | None:
        """The weekday (1–7) whose timetable the day follows; None on a day without lessons, or not in the calendar."""
        found = self.of(day)
        return found.follows_weekday if found else None


@track()
class SchoolDay(models.Model):
    """One date of the calendar. A date without a row is «not loaded»: nothing is known of it yet.

    `follows_weekday` is the weekday (1–7) whose timetable is taught, empty on days without lessons. A make-up
    workday is not by itself a teaching day: the office says which weekday it follows.
    """

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school day")
        WEEKEND = "weekend", _("weekend")
        HOLIDAY = "holiday", _("public holiday")
        MAKE_UP = "make_up", _("make-up workday")
        CLOSURE = "closure", _("own closure")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    follows_weekday = models.PositiveSmallIntegerField(
        _("follows the timetable of"), choices=Weekday, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)

    objects = SchoolDayManager()

    class Meta:
        verbose_name = _("school day")
        verbose_name_plural = _("school days")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="schoolday_no_lessons_when_closed",
                condition=Q(kind__in=["school", "make_up"]) | Q(follows_weekday__isnull=True),
                violation_error_message=_("There are no lessons on a day off."),
            ),
            models.CheckConstraint(
                name="schoolday_school_has_weekday", condition=~Q(kind="school") | Q(follows_weekday__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class PeriodManager(models.Manager["Period"]):
    def with_times(self) -> "list[Period]":
        """All slots in order, with their times of every season."""
        return cached_between_changes("periods", lambda: list(self.prefetch_related("period_times")))


class Period(models.Model):
    """A slot of the afternoon; its times depend on the season."""

    class Kind(models.TextChoices):
        LEARNING = "learning", _("homework and reading")
        ACTIVITY = "activity", _("activities and clubs")

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)

    objects = PeriodManager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    def times_on(
        self, day: dt.date, term: "Term | None", *, grade: int | None = None, weekday: int | None = None
    ) -> "PeriodTime | None":
        """The slot's times on a day of the term (without one: in summer), None where it is not held."""
        return self.times(season_on(day, term), day, grade=grade, weekday=weekday)

    def times(
        self, season: str, day: dt.date, *, grade: int | None = None, weekday: int | None = None
    ) -> "PeriodTime | None":
        """The slot's times in a season as they stand on `day` (from the prefetched `period_times`), None where it is not held.

        Of the rows that fit the grade and the weekday the most specific wins: one for a weekday before one for
        grades only, a narrow band of grades before a wide one, the general row last.
        """
        standing = [t for t in self.period_times.all() if t.season == season and t.holds_on(day)]
        fitting = [t for t in standing if t.fits(grade, weekday)]
        return min(fitting, key=PeriodTime.generality, default=None)


class PeriodTimeQuerySet(DatedQuerySet):
    def on(self, day: dt.date) -> Self:
        """Those that hold on the day; without `starts_on` it was always so."""
        return self.from_day(day).filter(Q(starts_on=None) | Q(starts_on__lte=day))

    def exceptions(self) -> Self:
        return self.exclude(weekday=None, grade_from=None)

    def general(self) -> Self:
        return self.filter(weekday=None, grade_from=None)

    def for_some_of(self, weekdays: list[int], first: int, last: int) -> Self:
        """Those that speak of any of these weekdays and any of the grades from first to last."""
        days = Q(weekday=None) | Q(weekday__in=weekdays)
        return self.filter(days, Q(grade_from=None) | Q(grade_from__lte=last, grade_to__gte=first))


class PeriodTime(models.Model):
    """When a period is held in a season: for all, or otherwise for some grades, on one weekday, or both.

    Without `starts_on` it was always so, without `ends_on` it goes on. New times begin on a day: what was late before
    it stays late.
    """

    class Season(models.TextChoices):
        SUMMER = "summer", _("summer times")
        WINTER = "winter", _("winter times")

    period = models.ForeignKey(Period, models.CASCADE, related_name="period_times", verbose_name=_("period"))
    season = models.CharField(_("season"), max_length=6, choices=Season)
    grade_from = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, null=True, blank=True)
    starts_at = models.TimeField(_("begins"))
    ends_at = models.TimeField(_("ends"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = PeriodTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("times of a period")
        verbose_name_plural = _("times of periods")
        ordering = ["season", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                name="periodtime_once",
                fields=["period", "season", "grade_from", "grade_to", "weekday", "starts_on"],
                nulls_distinct=False,
                violation_error_message=_("These times are entered already."),
            ),
            models.CheckConstraint(
                name="periodtime_grades_in_order",
                condition=Q(grade_from__isnull=True, grade_to__isnull=True)
                | Q(grade_from__isnull=False, grade_to__isnull=False, grade_to__gte=F("grade_from")),
                violation_error_message=_("Name the first and the last grade, in order, or neither."),
            ),
            models.CheckConstraint(
                name="periodtime_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A period ends after it begins."),
            ),
            ordered_days("periodtime"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    @property
    def is_exception(self) -> bool:
        """Whether it speaks of some grades or of one weekday only."""
        return self.weekday is not None or self.grade_from is not None

    def whom(self) -> str:
        """The scope in words, «Wednesday · grades 1–2»; empty for the general times."""
        parts = [str(self.get_weekday_display())] if self.weekday else []
        if self.grade_from is not None and self.grade_from == self.grade_to:
            parts.append(_("grade %d") % self.grade_from)
        elif self.grade_from is not None:
            parts.append(_("grades %(first)d–%(last)d") % {"first": self.grade_from, "last": self.grade_to})
        return " · ".join(parts)

    def holds_on(self, day: dt.date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    @property
    def facts(self) -> tuple[Any, ...]:
        """Season, scope and times: two rows with the same facts say the same of different days."""
        return self.season, self.weekday, self.grade_from, self.grade_to, self.starts_at, self.ends_at

    def fits(self, grade: int | None, weekday: int | None) -> bool:
        """Whether it holds for that grade and weekday; without them only general times fit."""
        if self.weekday is not None and self.weekday != weekday:
            return False
        if self.grade_from is None or self.grade_to is None:
            return True
        return grade is not None and self.grade_from <= grade <= self.grade_to

    def generality(self) -> tuple[bool, int]:
        band = 99 if self.grade_from is None or self.grade_to is None else self.grade_to - self.grade_from
        return self.weekday is None, band
