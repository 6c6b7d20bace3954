"""A family's surveys, on the phone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.models import Student
from surveys.forms import AnswerForm
from surveys.models import Participation, Sheet, Survey
from surveys.open_surveys import open_surveys_for, questions_for
from surveys.services import answer_survey


@role_required("guardian")
def family_surveys(request: HttpRequest) -> HttpResponse:
    """Open surveys, child by child: to answer, or answered; one alone that waits opens at once."""
    rows = open_surveys_for(request.user)
    waiting = [(child, survey) for child, survey, done in rows if done is None]
    children: dict[Student, list[Any]] = {}
    for child, survey, done in rows:
        children.setdefault(child, []).append((survey, done))
    return render(request, "surveys/family_surveys.html", {"children": children.items(), "waiting": len(waiting)})


@role_required("guardian")
def survey_fill(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """The questionnaire of one child; either guardian answers, the other sees it (not where it is anonymous)."""
    own = Student.objects.of_guardian(request.user)
    student = get_object_or_404(own.distinct(), pk=student_pk)
    survey = get_object_or_404(Survey.objects.exclude(status=Survey.Status.DRAFT), pk=pk)
    school_class = student.class_or_next(timezone.localdate())
    grade = school_class.grade() if school_class else 0
    context = {"survey": survey, "student": student, "school_class": school_class}
    if not survey.asks_grade(grade) or not survey.is_open:
        return render(request, "surveys/survey_shut.html", context | {"asked": survey.asks_grade(grade)})
    done = Participation.objects.filter(survey=survey, student=student).first()
    if done and survey.anonymous:
        return render(request, "surveys/survey_done.html", context | {"done": done})
    sheet = Sheet.objects.filter(survey=survey, student=student).select_related("by").first()
    form = AnswerForm(
        questions_for(survey, grade),
        request.POST or None,
        answers=sheet.answers if sheet else None,
        initial={"version": sheet.version if sheet else 0},
    )
    if request.method == "POST" and form.is_valid() and send(request, survey, student, form):
        return redirect("surveys:family_surveys")
    return render(request, "surveys/survey_fill.html", context | {"form": form, "sheet": sheet})


def send(request: HttpRequest, survey: Survey, student: Student, form: AnswerForm) -> bool:
    """Whether the answer was taken; a refusal stands on the form, which keeps what was typed."""
    try:
        answer_survey(
            survey=survey,
            student=student,
            answers=form.answers(),
            by=request.user,
            version=form.cleaned_data["version"] or 0,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Thank you. Your answer for %s has arrived.") % student.name)
    return True
