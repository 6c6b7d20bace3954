"""The homework rules (H1–H12) in force on a day, loaded in one query."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from school.models import PolicyRule, SchoolClass
from school.models.places import MAX_GRADE
from school.models.policy import tightest_of

WRITTEN = "written_minutes"


class NoCap(ValidationError):
    """No rule caps written homework on that day."""


class Rulebook:
    """All rules whose key begins with H, with their groups of subjects, as they hold on `day`."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        rules = PolicyRule.objects.in_scope(day=day).filter(key__startswith="H")
        self.rules = list(rules.prefetch_related("subjects"))

    def of(self, measure: str, grade: int) -> list[PolicyRule]:
        """Rules of a measure for a grade, those of a group of subjects among them."""
        return [rule for rule in self.rules if rule.measure == measure and rule.covers(grade)]

    def deciding(self, measure: str, grade: int) -> PolicyRule | None:
        """The tightest rule for all subjects; None if there is none."""
        rule = tightest_of(rule for rule in self.of(measure, grade) if not rule.subjects.all())
        return None if rule is None or rule.value is False else rule

    def of_all(self, measure: str) -> PolicyRule | None:
        """The rule of a measure that does not depend on the grade."""
        return next((rule for rule in self.rules if rule.measure == measure and rule.value is not False), None)

    def of_groups(self, measure: str, grade: int) -> list[PolicyRule]:
        """Rules for groups of subjects; each of them applies."""
        return [rule for rule in self.of(measure, grade) if rule.subjects.all()]

    def cap(self, grade: int) -> PolicyRule:
        """The rule that caps a grade's written minutes of the day (H1–H3 or a tighter local one).

        A grade without its own rule uses the rule of the next lower or higher grade.
        Raises NoCap when no rule caps written homework at all.
        """
        rule = self._nearest(grade, self.rules)
        if rule is None:
            raise NoCap(_("No policy rule caps written homework. Ask the office to switch one on."))
        return rule

    def ceiling(self, grade: int) -> int | None:
        """The national cap in minutes, which no release goes beyond; None where no national rule is in force."""
        rule = self._nearest(grade, [rule for rule in self.rules if rule.layer == PolicyRule.Layer.NATIONAL])
        return None if rule is None else int(rule.value)

    def _nearest(self, grade: int, rules: list[PolicyRule]) -> PolicyRule | None:
        caps = [rule for rule in rules if rule.measure == WRITTEN and not rule.subjects.all()]
        for distance in range(MAX_GRADE):
            for candidate in (grade - distance, grade + distance):
                rule = tightest_of(rule for rule in caps if rule.covers(candidate))
                if rule is not None:
                    return rule
        return None


def cap_rule(school_class: SchoolClass, day: dt.date) -> PolicyRule:
    """The rule that caps a class's written minutes on a day."""
    return Rulebook(day).cap(school_class.grade(day))
