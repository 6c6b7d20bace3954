"""A term's service options with their fee, and the letter to parents."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.history import track
from school.models import PolicyRule, Weekday
from school.models.calendar import school_year_of


class Letter(models.Model):
    """The letter to parents (告家长书) of a term, with the eight facts that a family must know before it chooses (R006)."""

    FACTS = ("way", "content", "times", "place", "staffing", "cost", "use_of_money", "safety")

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="letters", verbose_name=_("term"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=100)
    way = models.TextField(_("way of the service"), blank=True)
    content = models.TextField(_("content of the service"), blank=True)
    times = models.TextField(_("times of the service"), blank=True)
    place = models.TextField(_("place of the service"), blank=True)
    staffing = models.TextField(_("who looks after the children"), blank=True)
    cost = models.TextField(_("what it costs"), blank=True)
    use_of_money = models.TextField(_("what the money is for"), blank=True)
    safety = models.TextField(_("how the children are kept safe"), blank=True)
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-term__starts_on", "-version"]
        constraints = [
            models.UniqueConstraint(name="letter_once", fields=["term", "version"]),
            models.CheckConstraint(
                name="letter_published_with_all_facts",
                condition=Q(published_at__isnull=True)
                | ~(
                    Q(way="")
                    | Q(content="")
                    | Q(times="")
                    | Q(place="")
                    | Q(staffing="")
                    | Q(cost="")
                    | Q(use_of_money="")
                    | Q(safety="")
                ),
                violation_error_message=_("All eight facts have to be there before the letter is published."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def facts(self) -> list[tuple[str, str]]:
        """(label, text) of the eight facts in the order of the letter."""
        return [
            (str(getattr(self._meta.get_field(name), "verbose_name", name)), getattr(self, name)) for name in self.FACTS
        ]

    def missing_facts(self) -> list[str]:
        return [label for label, text in self.facts() if not text.strip()]


class ServiceOptionQuerySet(models.QuerySet):
    def open_at(self, moment: dt.datetime) -> Self:
        return self.filter(opens_at__lte=moment, closes_at__gt=moment, letter__published_at__isnull=False)

    def held_on(self, day: dt.date, weekday: int) -> Self:
        """After-school care that families can have on that day, whose weekday (1–7) the timetable follows."""
        return self.after_school().filter(starts_on__lte=day, ends_on__gte=day, weekdays__contains=[weekday])

    def after_school(self) -> Self:
        return self.filter(service__in=AFTER_SCHOOL)


# S4: before-school care, lunch care and evening study are not after-school service.
AFTER_SCHOOL = (PolicyRule.Service.ANY, PolicyRule.Service.CARE)


@track()
class ServiceOption(models.Model):
    """Something families can apply for: on which weekdays and periods, for which grades, at which fee."""

    class FeeMode(models.TextChoices):
        NONE = "none", _("free of charge")
        MONTH = "month", _("by the month")
        PERIOD = "period", _("by the period attended")
        DAY = "day", _("by the day attended")
        TERM = "term", _("by the term")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="options", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    service = models.CharField(_("service"), max_length=10, choices=PolicyRule.Service, default=PolicyRule.Service.CARE)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"), help_text=_("1 is Monday")
    )
    periods: models.ManyToManyField = models.ManyToManyField(
        "school.Period", related_name="options", verbose_name=_("periods")
    )
    grade_from = models.PositiveSmallIntegerField(_("from grade"), default=1)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), default=6)
    fee_mode = models.CharField(_("fee"), max_length=10, choices=FeeMode, default=FeeMode.NONE)
    fee_amount = models.DecimalField(_("amount (yuan)"), max_digits=8, decimal_places=2, default=0)
    half_under_half = models.BooleanField(
        _("half price under half attendance"),
        default=False,
        help_text=_("A month in which the child was there less than half of its days costs half."),
    )
    fee_document = models.CharField(_("document that sets the fee"), max_length=100, blank=True)
    fee_published_at = models.DateTimeField(_("fee published"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: every child who applies has a place.")
    )
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="options", verbose_name=_("letter")
    )
    starts_on = models.DateField(_("service from"))
    ends_on = models.DateField(_("service to"))
    opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("sign-up closes"), null=True, blank=True)

    objects = ServiceOptionQuerySet.as_manager()

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its periods; empty where none is named, which means all."""
        return frozenset(period.number for period in self.periods.all())

    class Meta:
        verbose_name = _("service option")
        verbose_name_plural = _("service options")
        ordering = ["term", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="serviceoption_once",
                fields=["term", "name"],
                violation_error_message=_("This option exists already in the term."),
            ),
            models.CheckConstraint(
                name="serviceoption_free_is_free",
                condition=~Q(fee_mode="none") | Q(fee_amount=0),
                violation_error_message=_("A service free of charge has no amount."),
            ),
            models.CheckConstraint(
                name="serviceoption_days_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                name="serviceoption_window_in_order",
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Sign-up closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def entry_years(self, day: dt.date) -> tuple[int, int]:
        """The first and the last year in which children of its grades entered the school; grades as they are on `day`."""
        year = school_year_of(day)
        return year - self.grade_to + 1, year - self.grade_from + 1

    class SignUp(models.TextChoices):
        """Where the sign-up stands now; nothing of it is stored."""

        NOT_YET = "not_yet", _("not opened yet")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    @property
    def sign_up(self) -> "ServiceOption.SignUp":
        now = timezone.now()
        if not (self.letter and self.letter.published_at and self.opens_at and self.closes_at) or now < self.opens_at:
            return self.SignUp.NOT_YET
        return self.SignUp.OPEN if now < self.closes_at else self.SignUp.CLOSED

    @property
    def is_open(self) -> bool:
        return self.sign_up == self.SignUp.OPEN


class Receipt(models.Model):
    """The answer to the letter for one child: read, and taking part or not. One answer per child; both adults see it."""

    class Answer(models.TextChoices):
        JOIN = "join", _("takes part")
        DECLINE = "decline", _("does not take part")

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="receipts", verbose_name=_("letter"))
    student = models.ForeignKey("school.Student", models.CASCADE, related_name="receipts", verbose_name=_("student"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    on_paper = models.BooleanField(_("on paper"), default=False)

    class Meta:
        verbose_name = _("return slip")
        verbose_name_plural = _("return slips")
        constraints = [
            models.UniqueConstraint(name="receipt_once", fields=["letter", "student"]),
            models.CheckConstraint(
                name="receipt_answer_has_author",
                condition=Q(answer="") | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.get_answer_display() or _('read')}"
