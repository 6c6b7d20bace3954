"""The surveys that a family can answer, and what it is asked. Reads only."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.inbox import Task
from school.models import Role, Student, User
from surveys.models import Participation, Question, Survey


def questions_for(survey: Survey, grade: int) -> list[Question]:
    """The questions that a child of the grade is asked, with their options and sections."""
    rows = Question.objects.filter(section__survey=survey, section__grade_from__lte=grade, section__grade_to__gte=grade)
    return list(rows.select_related("section").prefetch_related("options"))


def open_surveys_for(user: User) -> list[tuple[Student, Survey, Participation | None]]:
    """(child, open survey, what the family has answered) of each own child; four queries."""
    today = timezone.localdate()
    own = Student.objects.of_guardian(user)
    children = list(own.distinct().with_class_to_come(today))
    surveys = list(Survey.objects.open_at(timezone.now()).order_by("closes_at")) if children else []
    answered = {
        (row.survey_id, row.student_id): row
        for row in Participation.objects.filter(survey__in=surveys, student__in=children)
    }
    return [
        (child, survey, answered.get((survey.pk, child.pk)))
        for child in children
        for survey in surveys
        if (known := child.class_today()) and survey.asks_grade(known[0])
    ]


def waiting_for(user: User) -> list[Task]:
    """Open surveys that nobody of the family has answered, for the page of what is to be done."""
    if not user.has_role(Role.Code.GUARDIAN):
        return []
    return [
        Task(
            title=survey.title,
            url=reverse("surveys:survey_fill", args=[survey.pk, child.pk]),
            closes_at=survey.closes_at,
            student=child,
            action=_("Fill in the survey"),
        )
        for child, survey, done in open_surveys_for(user)
        if done is None
    ]
