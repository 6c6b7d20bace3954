"""Counts answers for the school, a grade or a class; small groups of anonymous answers are hidden."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from school.models import SchoolClass
from school.models.calendar import school_year_of
from surveys.models import Box, Question, Sheet, Survey

# Smaller groups are not shown: people who know the class could guess the authors.
FEWEST = 5
# A scale whose highest level says so asks for satisfaction.
SATISFIED = "满意"


@dataclass(frozen=True)
class QuestionResult:
    """`rows`: (option, how often); `answered`: how many of those asked; `mean` of a scale; `texts`: how many free texts.

    `satisfied`: of a scale, how many answered 4 or 5. `few`: so few were asked that their anonymous answers are not shown.
    """

    question: Question
    answered: int
    rows: list[tuple[str, int]]
    mean: float | None = None
    texts: int = 0
    few: bool = False
    satisfied: int | None = None

    @property
    def is_of_satisfaction(self) -> bool:
        return SATISFIED in self.question.high


class Answers:
    """All answers of a survey, read once: by class, in no order for anonymous ones."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.sheets: dict[int, list[dict[str, Any]]] = {}
        self.texts: dict[int, dict[str, list[str]]] = {}
        if survey.anonymous:
            for box in Box.objects.filter(survey=survey):
                self.sheets[box.school_class_id] = box.sheets
                self.texts[box.school_class_id] = box.texts
        else:
            rows = Sheet.objects.filter(survey=survey).values_list("school_class", "answers")
            for school_class, answers in rows:
                self.sheets.setdefault(school_class, []).append(answers)

    @cached_property
    def questions(self) -> list[Question]:
        rows = Question.objects.filter(section__survey=self.survey)
        return list(rows.select_related("section").prefetch_related("options"))

    @cached_property
    def classes(self) -> list[SchoolClass]:
        return list(SchoolClass.objects.filter(pk__in=self.sheets).order_by("-entry_year", "number"))

    @cached_property
    def day(self) -> dt.date:
        """The day for names and grades of classes: when the survey opened."""
        return timezone.localdate(self.survey.opens_at) if self.survey.opens_at else timezone.localdate()

    def grade(self, entry_year: int) -> int:
        return school_year_of(self.day) - entry_year + 1

    @cached_property
    def sizes(self) -> Counter[int]:
        """Answers by year of entry."""
        sizes: Counter[int] = Counter()
        for one in self.classes:
            sizes[one.entry_year] += len(self.sheets[one.pk])
        return sizes

    @cached_property
    def hidden_grades(self) -> set[int]:
        """Years of entry with too few anonymous answers, and those from which they could be worked out.

        A section for some grades has a sum of its own: among its grades, too, what is hidden must be no small group.
        """
        if not self.survey.anonymous:
            return set()
        sections = {question.section for question in self.questions}
        groups = [{y for y in self.sizes if section.asks_grade(self.grade(y))} for section in sections]
        hidden: set[int] = set()
        for years in (set(self.sizes), *groups):
            hidden |= too_small({y: self.sizes[y] for y in years}, hidden)
        return hidden

    @cached_property
    def hidden(self) -> set[int]:
        """Classes of hidden grades, and within each other grade the same rule."""
        if not self.survey.anonymous:
            return set()
        by_grade: dict[int, dict[int, int]] = {}
        for one in self.classes:
            by_grade.setdefault(one.entry_year, {})[one.pk] = len(self.sheets[one.pk])
        return set().union(
            *(set(sizes) if year in self.hidden_grades else too_small(sizes) for year, sizes in by_grade.items())
        )

    def total(self, classes: Iterable[int] | None = None) -> int:
        return sum(len(self.sheets.get(pk, [])) for pk in self._chosen(classes))

    def _chosen(self, classes: Iterable[int] | None) -> list[int]:
        return list(self.sheets) if classes is None else list(classes)

    def count(self, classes: Iterable[int] | None = None) -> list[QuestionResult]:
        """Each question's counts over the given classes, all of them by default."""
        chosen = self._chosen(classes)
        sheets = [sheet for pk in chosen for sheet in self.sheets.get(pk, [])]
        return [self._count_one(question, sheets, chosen) for question in self.questions]

    def asked_too_few(self, question: Question, classes: Iterable[int]) -> bool:
        """Of an anonymous section for some grades, too few answered to show it even for the whole school."""
        years = {one.pk: one.entry_year for one in self.classes}
        asked = [pk for pk in classes if pk in years and question.section.asks_grade(self.grade(years[pk]))]
        return self.survey.anonymous and 0 < self.total(asked) < FEWEST

    def _count_one(self, question: Question, sheets: list[dict[str, Any]], chosen: list[int]) -> QuestionResult:
        if self.asked_too_few(question, chosen):
            return QuestionResult(question, 0, [], few=True)
        if question.kind == Question.Kind.TEXT:
            texts = len(self.texts_of(question, chosen))
            return QuestionResult(question, texts, [], texts=texts)
        values = [sheet[question.key] for sheet in sheets if question.key in sheet]
        if question.kind == Question.Kind.SCALE:
            times = Counter(values)
            rows = [(scale_label(question, n), times[n]) for n in range(1, 6)]
            mean = sum(values) / len(values) if values else None
            return QuestionResult(question, len(values), rows, mean=mean, satisfied=times[4] + times[5])
        times = Counter(pk for value in values for pk in (value if isinstance(value, list) else [value]))
        rows = [(option.text, times[option.pk]) for option in question.options.all()]
        return QuestionResult(question, len(values), rows)

    def texts_of(self, question: Question, classes: Iterable[int] | None = None) -> list[str]:
        chosen = self._chosen(classes)
        if self.asked_too_few(question, chosen):
            return []
        if self.survey.anonymous:
            return [text for pk in chosen for text in self.texts.get(pk, {}).get(question.key, [])]
        return [sheet[question.key] for pk in chosen for sheet in self.sheets.get(pk, []) if question.key in sheet]


def too_small(sizes: dict[int, int], known: Iterable[int] = ()) -> set[int]:
    """Keys of groups that must not be shown apart; the sum of what is hidden has to be no small group either.

    `known` are keys that are hidden already for another reason.
    """
    hidden = {key for key, n in sizes.items() if 0 < n < FEWEST or (n and key in set(known))}
    shown = sorted((n, key) for key, n in sizes.items() if n >= FEWEST and key not in hidden)
    while hidden and shown and sum(sizes[key] for key in hidden) < FEWEST:
        hidden.add(shown.pop(0)[1])
    return hidden


def scale_label(question: Question, n: int) -> str:
    """The level with its name: of satisfaction each has one, of anything else the ends and the middle."""
    middle = {2: _("dissatisfied"), 4: _("satisfied")} if SATISFIED in question.high else {}
    word = {1: question.low, 3: _("so so"), 5: question.high}.get(n) or middle.get(n, "")
    return f"{n} {word}".strip()


def result_of(survey: Survey) -> dict[str, Any]:
    """The school's counts as plain values, for reports. While an anonymous survey runs, `questions` is empty."""
    answers = Answers(survey)
    return {
        "survey": survey.pk,
        "title": survey.title,
        "kind": survey.kind,
        "anonymous": survey.anonymous,
        "addressed": survey.addressed().count(),
        "answered": survey.participations.count(),
        "questions": [
            {
                "question": row.question.pk,
                "text": row.question.text,
                "kind": row.question.kind,
                "meaning": row.question.meaning,
                "answered": row.answered,
                "counts": [{"option": text, "n": n} for text, n in row.rows],
                "mean": row.mean,
            }
            for row in (answers.count() if survey.shows_results else [])
        ],
    }
