"""Answers. Named surveys keep one sheet per child; anonymous ones keep one box per class, without a link to children.

Anonymous: `Participation` says which child's family has answered (for «one answer a child» and for reminders), `Box` holds
what was answered. They share survey and class, nothing else: no key, no time finer than the day, no order. A box is one
database row that is written anew as a whole with each answer, its sheets shuffled; so neither the row's place on the
disk nor its transaction number belongs to one sheet. Free texts are torn off the sheets. Neither table has a history.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.models.surveys import Survey


class Participation(models.Model):
    """Records that the family of this child has answered this survey, named or anonymous."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="participations")
    student = models.ForeignKey("school.Student", models.CASCADE, related_name="+")
    day = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                name="participation_one_answer_a_child",
                fields=["survey", "student"],
                violation_error_message=_("The family of this child has answered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.student_id}"


class Sheet(models.Model):
    """A named answer. `answers`: question's key → option's key, list of keys, 1–5 or text. `version` counts its changes."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sheets")
    student = models.ForeignKey("school.Student", models.CASCADE, related_name="survey_sheets")
    school_class = models.ForeignKey("school.SchoolClass", models.PROTECT, related_name="+")
    answers = models.JSONField()
    version = models.PositiveSmallIntegerField(default=1)
    paper = models.BooleanField(_("on paper"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="sheet_one_a_child", fields=["survey", "student"])]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.student_id}"


class Box(models.Model):
    """The ballot box of one class: `sheets` is a shuffled list of answers, `texts` question's key → shuffled free texts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="boxes")
    school_class = models.ForeignKey("school.SchoolClass", models.PROTECT, related_name="+")
    sheets = models.JSONField(default=list)
    texts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")
        constraints = [models.UniqueConstraint(name="box_one_a_class", fields=["survey", "school_class"])]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.school_class_id}"
