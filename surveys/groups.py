"""Whose answers a person looks at: the school's, a grade's or a class's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from school.access import WHOLE_SCHOOL
from school.models import SchoolClass, User
from school.models.places import grade_name
from school.notices import classes_to_notify
from surveys.results import FEWEST, Answers
from web.templatetags.components import CountTab


@dataclass
class Group:
    """The classes looked at; `hidden` where their answers are too few to be shown; the tabs that lead to others."""

    classes: list[int]
    label: str
    hidden: bool
    grade_tabs: list[CountTab]
    class_tabs: list[CountTab]


class Groups:
    """The groups of a survey that a person may look at; who leads classes sees these alone."""

    def __init__(self, answers: Answers, user: User) -> None:
        own = {one.pk for one in classes_to_notify(user)}
        self.answers = answers
        self.whole = user.has_role(*WHOLE_SCHOOL)
        self.classes = [one for one in answers.classes if one.pk in own]

    def find(self, year: str, key: str) -> Group | None:
        """By a year of entry and the key of a class, as the address has them; None for a group that is not theirs."""
        in_year = [one for one in self.classes if str(one.entry_year) == year] if self.whole else self.classes
        one = next((one for one in in_year if str(one.pk) == key), None)
        if (year and self.whole and not in_year) or (key and not self.whole and one is None):
            return None
        if not self.whole and one is None and self.classes:
            one = self.classes[0]
        return Group(*self._shown(one, in_year), self._grade_tabs(), self._class_tabs(in_year, year))

    def _shown(self, one: SchoolClass | None, in_year: list[SchoolClass]) -> tuple[list[int], str, bool]:
        """(classes, label, hidden) of a class, else of a grade, else of the school."""
        answers = self.answers
        if one is not None:
            return [one.pk], one.label(answers.day), one.pk in answers.hidden
        if self.whole and in_year:
            year = in_year[0].entry_year
            return [c.pk for c in in_year], grade_name(answers.grade(year)), year in answers.hidden_grades
        every = [c.pk for c in answers.classes] if self.whole else []
        return every, _("Whole school"), answers.survey.anonymous and 0 < answers.total(every) < FEWEST

    def _grade_tabs(self) -> list[CountTab]:
        if not self.whole:
            return []
        tabs = [CountTab("", _("Whole school"), self.answers.total())]
        for year in dict.fromkeys(one.entry_year for one in self.classes):
            total = self.answers.total(c.pk for c in self.classes if c.entry_year == year)
            tabs.append(CountTab(str(year), grade_name(self.answers.grade(year)), total))
        return tabs

    def _class_tabs(self, in_year: list[SchoolClass], year: str) -> list[CountTab]:
        """The classes of the grade; where somebody leads one class alone, there is nothing to choose."""
        if self.whole:
            tabs = [CountTab("", _("Whole grade"))] if year else []
        elif len(in_year) < 2:
            return []
        else:
            tabs = []
        answers = self.answers
        return tabs + [CountTab(str(c.pk), c.label(answers.day), answers.total([c.pk])) for c in in_year]
