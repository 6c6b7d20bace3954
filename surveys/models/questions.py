"""Sections for some grades, questions and options of a survey. Fixed once the survey is published."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from school.models.places import GRADE_CHOICES, MAX_GRADE
from surveys.models.surveys import Survey


def fixed_once_published(survey_of: str) -> pgtrigger.Trigger:
    """`survey_of`: SQL that gives the survey's id from a row named ROW."""
    new, old = survey_of.replace("ROW", "NEW"), survey_of.replace("ROW", "OLD")
    return pgtrigger.Trigger(
        name="fixed_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP <> 'INSERT' AND EXISTS (
                SELECT 1 FROM surveys_survey WHERE id = ({old}) AND status <> 'draft'
            ) OR TG_OP <> 'DELETE' AND EXISTS (
                SELECT 1 FROM surveys_survey WHERE id = ({new}) AND status <> 'draft'
            ) THEN
                RAISE EXCEPTION 'surveys: the questions of a published survey are fixed';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - names of our own
    )


class Section(models.Model):
    """Questions for children of some grades."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=60)
    grade_from = models.PositiveSmallIntegerField(_("from grade"), choices=GRADE_CHOICES, default=1)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), choices=GRADE_CHOICES, default=MAX_GRADE)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="section_grades_in_order",
                condition=Q(grade_to__gte=F("grade_from")),
                violation_error_message=_("The first grade is above the last."),
            )
        ]
        triggers = [fixed_once_published("ROW.survey_id")]

    def __str__(self) -> str:
        return self.title

    def asks_grade(self, grade: int) -> bool:
        return self.grade_from <= grade <= self.grade_to


class Question(models.Model):
    class Kind(models.TextChoices):
        CHOICE = "choice", _("one of several")
        MANY = "many", _("several of several")
        SCALE = "scale", _("scale from 1 to 5")
        TEXT = "text", _("free text")

    class Meaning(models.TextChoices):
        """What the application computes from the answers; the first four make their options themselves."""

        TAKES_PART = "takes_part", _("takes part or not")
        WEEKDAYS = "weekdays", _("weekdays wanted")
        PERIODS = "periods", _("periods wanted")
        OPTION = "option", _("service options wanted")
        CATEGORY = "category", _("kinds of clubs wanted")
        PICK_UP = "pick_up", _("who collects the child")
        PICK_UP_TIME = "pick_up_time", _("when the child is collected")

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("explanation"), max_length=200, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.CHOICE)
    required = models.BooleanField(_("has to be answered"), default=True)
    low = models.CharField(_("1 means"), max_length=20, blank=True)
    high = models.CharField(_("5 means"), max_length=20, blank=True)
    meaning = models.CharField(_("counts as"), max_length=15, choices=Meaning, blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    MAKES_OPTIONS = (Meaning.TAKES_PART, Meaning.WEEKDAYS, Meaning.PERIODS, Meaning.OPTION)
    WITH_OPTIONS = (Kind.CHOICE, Kind.MANY)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section__order", "section", "order", "pk"]
        triggers = [
            fixed_once_published("SELECT survey_id FROM surveys_section WHERE surveys_section.id = ROW.section_id")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """The key of an answer in a sheet."""
        return str(self.pk)

    @property
    def field_name(self) -> str:
        return f"q{self.pk}"

    @property
    def has_options(self) -> bool:
        return self.kind in self.WITH_OPTIONS

    def words(self, value: Any) -> str:
        """An answer as people read it; needs the options prefetched."""
        if value in (None, "", []):
            return ""
        if not self.has_options:
            return str(value)
        chosen = value if isinstance(value, list) else [value]
        return "、".join(option.text for option in self.options.all() if option.pk in chosen)


class Option(models.Model):
    """`value` is what the application reads: yes or no, a weekday's number, a period's or service option's key."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    text = models.CharField(_("option"), max_length=80)
    value = models.CharField(max_length=20, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["order", "pk"]
        triggers = [
            fixed_once_published(
                "SELECT survey_id FROM surveys_question JOIN surveys_section ON surveys_section.id = section_id"
                " WHERE surveys_question.id = ROW.question_id"
            )
        ]

    def __str__(self) -> str:
        return self.text
