"""Policy rules as data, each with its source.

Facts and defaults: loaded by school.policy_defaults from the table in docs/policy.md. A rule's value is
looked up with PolicyRule.objects.value(key, day=…); which layer wins and who may loosen is decided here.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.history import track
from school.models.calendar import Weekday
from school.models.dated import Dated, on_day, ordered_days
from web.templatetags.formats import bracketed

# Units as people write them, in the order of the language.
UNITS = {"min": _("minutes"), "h": _("hours"), "d": _("days"), "g": _("grammes")}


class PolicyRuleQuerySet(models.QuerySet["PolicyRule"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(on_day(day), enabled=True)

    def in_scope(
        self, *, day: dt.date, grade: int | None = None, service: str | None = None, measure: str | None = None
    ) -> Self:
        """Rules in force on that day for a grade (1–9), a PolicyRule.Service and a measure; None does not narrow."""
        rules = self.on(day).filter(Q(weekday__isnull=True) | Q(weekday=day.isoweekday()))
        if measure is not None:
            rules = rules.filter(measure=measure)
        if service is not None:
            rules = rules.filter(Q(service="") | Q(service=service))
        if grade is not None:
            rules = rules.filter(
                Q(grade_from__isnull=True) | Q(grade_from__lte=grade), Q(grade_to__isnull=True) | Q(grade_to__gte=grade)
            )
        return rules

    def up_to_grade(self, top: int) -> Self:
        """Without the rules of grades that a school whose highest grade is `top` does not have."""
        return self.filter(Q(grade_from__isnull=True) | Q(grade_from__lte=top))

    def of_all_subjects(self) -> Self:
        """Without the rules that speak of a group of subjects only."""
        return self.filter(subjects__isnull=True)

    def tightest(self) -> "PolicyRule | None":
        return tightest_of(self)

    def effective(
        self,
        key: str,
        *,
        day: dt.date,
        grade: int | None = None,
        service: str | None = None,
        measure: str | None = None,
    ) -> "PolicyRule | None":
        """The rule of that key which decides on that day for that scope, or None where none applies."""
        scoped = self.filter(key=key).in_scope(day=day, grade=grade, service=service, measure=measure)
        return scoped.of_all_subjects().tightest()

    def blocking(self, key: str, *, day: dt.date, **scope: Any) -> "PolicyRule | None":
        """The rule of that key if it is in force, is not switched off by its value, and refuses (severity «block»)."""
        rule = self.effective(key, day=day, **scope)
        return rule if rule and rule.severity == PolicyRule.Severity.BLOCK and rule.value is not False else None

    def value(
        self,
        key: str,
        *,
        day: dt.date,
        grade: int | None = None,
        service: str | None = None,
        measure: str | None = None,
    ) -> Any:
        """The value in force, or None where no rule applies (switched off, or out of scope)."""
        rule = self.effective(key, day=day, grade=grade, service=service, measure=measure)
        return None if rule is None else rule.value


def tightest_of(rules: "Iterable[PolicyRule]") -> "PolicyRule | None":
    """The deciding rule: the tightest, since a lower layer may only tighten; among equals the lowest layer."""
    decides: PolicyRule | None = None
    for rule in sorted(rules, key=lambda rule: (rule.layer, rule.starts_on, rule.pk)):
        if decides is not None and decides.measure != rule.measure:
            raise ValueError(f"{rule.key} has rules of several measures: name the one you mean")
        if decides is None or not decides.is_tighter_than(rule.value):
            decides = rule
    return decides


@track()
class PolicyRule(Dated):
    class Layer(models.IntegerChoices):
        NATIONAL = 1, _("national")
        PROVINCE = 2, _("province")
        COUNTY = 3, _("county")
        SCHOOL = 4, _("school")

    class Severity(models.TextChoices):
        BLOCK = "block", pgettext_lazy("severity of a rule", "refused")
        WARN = "warn", _("allowed after confirmation, counted")
        REPORT = "report", _("only counted")

    class Tighter(models.TextChoices):
        LOWER = "lower", _("lower is tighter")
        HIGHER = "higher", _("higher is tighter")
        TRUE = "true", _("required is tighter than not")

    class Service(models.TextChoices):
        ANY = "", _("all services")
        CARE = "care", _("after-school care")
        MORNING = "morning", _("before-school care")
        NOON = "noon", _("lunch care")
        EVENING = "evening", _("evening study")
        SATURDAY = "saturday", _("Saturday clubs")

    key = models.CharField(_("key"), max_length=20)
    title = models.CharField(_("rule"), max_length=120)
    measure = models.CharField(_("measure"), max_length=40, blank=True)
    value: Any = models.JSONField(_("value"), help_text=_("A number, a time like 17:30, or true / false."))
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    tighter = models.CharField(_("direction"), max_length=6, choices=Tighter)
    grade_from = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)
    service = models.CharField(_("service"), max_length=10, choices=Service, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, null=True, blank=True)
    subjects: models.ManyToManyField = models.ManyToManyField(
        "school.Subject",
        blank=True,
        related_name="+",
        verbose_name=_("subjects"),
        help_text=_("The rule counts these subjects together; none means all of the day."),
    )
    layer = models.PositiveSmallIntegerField(_("layer"), choices=Layer, default=Layer.SCHOOL)
    severity = models.CharField(_("when broken"), max_length=6, choices=Severity)
    warn_percent = models.PositiveSmallIntegerField(_("warn from (%)"), null=True, blank=True)
    source_title = models.CharField(_("document"), max_length=120)
    source_number = models.CharField(_("document number"), max_length=60, blank=True)
    source_date = models.DateField(_("date of the document"), null=True, blank=True)
    verified = models.BooleanField(_("found in a public copy"), default=False)
    enabled = models.BooleanField(_("in force"), default=True)

    objects = PolicyRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy rule")
        verbose_name_plural = _("policy rules")
        ordering = ["key", "layer", "grade_from", "starts_on"]
        constraints = [
            ordered_days("policyrule"),
            models.CheckConstraint(
                name="policyrule_grades_in_order",
                condition=Q(grade_from__isnull=True)
                | Q(grade_to__isnull=True)
                | Q(grade_to__gte=models.F("grade_from")),
                violation_error_message=_("The first grade is above the last."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    def covers(self, grade: int) -> bool:
        """Whether the rule speaks of this grade; one without grades speaks of all."""
        return (self.grade_from or grade) <= grade <= (self.grade_to or grade)

    @property
    def source(self) -> str:
        """The source shown beside a refusal: the document's number, or its title."""
        return self.source_number or self.source_title

    def refusal(self, sentence: str) -> ValidationError:
        """The error to raise: the sentence with the source of the rule behind it."""
        return ValidationError(f"{sentence}{bracketed(self.source)}", code=self.key)

    @property
    def value_text(self) -> str:
        """The value as people read it: «60 min», «17:30», «required»."""
        if isinstance(self.value, bool):
            return str(_("required") if self.value else _("not required"))
        return f"{self.value} {UNITS.get(self.unit, self.unit)}".strip()

    @property
    def limit_text(self) -> str:
        """The value with its direction: «48 小时（不得少于）», «17:30（不得早于）»; a requirement has none."""
        if isinstance(self.value, bool):
            return self.value_text
        clock = isinstance(self.value, str)
        if self.tighter == self.Tighter.LOWER:
            limit = _("no later") if clock else _("no more")
        else:
            limit = _("no earlier") if clock else _("no less")
        return str(_("%(value)s (%(limit)s)") % {"value": self.value_text, "limit": limit})

    def is_tighter_than(self, value: Any) -> bool:
        """Whether this rule's own value is strictly tighter than `value`."""
        if self.tighter == self.Tighter.LOWER:
            return self.value < value
        if self.tighter == self.Tighter.HIGHER:
            return self.value > value
        return bool(self.value) and not bool(value)

    def clean(self) -> None:
        """A lower layer may tighten a value, never loosen it: refused with both shown."""
        super().clean()
        if isinstance(self.value, (int, float)) and self.value < 0:
            raise ValidationError({"value": _("A value is not below 0.")})
        if not self.enabled or self.layer == self.Layer.NATIONAL or self.starts_on is None:
            return
        for above in self._overlapping_above():
            if type(above.value) is not type(self.value):
                raise ValidationError(
                    {"value": _("The value must be of the same kind as %(v)s.") % {"v": above.value_text}}
                )
            if above.is_tighter_than(self.value):
                raise ValidationError(
                    {
                        "value": _(
                            "%(own)s is looser than %(above)s, which %(source)s sets (%(layer)s). "
                            "A lower layer may only tighten."
                        )
                        % {
                            "own": self.value_text,
                            "above": above.value_text,
                            "source": above.source,
                            "layer": above.get_layer_display(),
                        }
                    }
                )

    def _overlapping_above(self) -> PolicyRuleQuerySet:
        """Enabled rules of higher layers whose scope and days touch this one's."""
        rules = PolicyRule.objects.of_all_subjects().filter(enabled=True, measure=self.measure, layer__lt=self.layer)
        if not self.measure:
            rules = rules.filter(key=self.key)
        rules = rules.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on))
        if self.ends_on:
            rules = rules.filter(starts_on__lte=self.ends_on)
        if self.grade_to:
            rules = rules.filter(Q(grade_from__isnull=True) | Q(grade_from__lte=self.grade_to))
        if self.grade_from:
            rules = rules.filter(Q(grade_to__isnull=True) | Q(grade_to__gte=self.grade_from))
        if self.service:
            rules = rules.filter(Q(service="") | Q(service=self.service))
        if self.weekday:
            rules = rules.filter(Q(weekday__isnull=True) | Q(weekday=self.weekday))
        return rules
