"""The office makes a survey: questions, publication, end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from school.access import role_required
from surveys.forms import AnswerForm, ExtendForm, NewSurveyForm, QuestionForm, SectionForm, SurveyForm
from surveys.models import Question, Section, Survey
from surveys.open_surveys import questions_for
from surveys.services import (
    add_question,
    close_survey,
    copy_survey,
    create_survey,
    extend_survey,
    move_row,
    publish_survey,
    save_question,
)
from surveys.views.office import OFFICE, seen_survey
from web.templatetags.formats import cn_datetime

DRAFTS = Survey.objects.filter(status=Survey.Status.DRAFT)


@role_required(*OFFICE)
def survey_add(request: HttpRequest) -> HttpResponse:
    """A starter questionnaire of a kind, or the questions of an earlier survey."""
    form = NewSurveyForm(request.POST or None, initial={"copy_of": request.GET.get("copy_of")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["copy_of"]:
            survey = copy_survey(survey=data["copy_of"], term=data["term"], by=request.user)
        else:
            survey = create_survey(kind=data["kind"], term=data["term"], by=request.user)
        messages.success(request, _("The questions are there. Change what you like, then publish."))
        return redirect(survey)
    return render(request, "surveys/survey_add.html", {"form": form})


def edit_form(request: HttpRequest, form: Any, title: str, survey: Survey, save: Callable[[], Any]) -> HttpResponse:
    """A form about one row of a draft: saved, refused with its sentence, or shown."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(survey)
    return render(request, "surveys/_edit.html", {"form": form, "title": title, "survey": survey})


@role_required(*OFFICE)
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(DRAFTS.all(), pk=pk)
    form = SurveyForm(request.POST or None, instance=survey)
    return edit_form(request, form, _("Title, families, time"), survey, form.save)


@role_required(*OFFICE)
def survey_extend(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.filter(status=Survey.Status.PUBLISHED), pk=pk)
    form = ExtendForm(request.POST or None, initial={"closes_at": survey.closes_at})

    def save() -> None:
        extend_survey(survey=survey, closes_at=form.cleaned_data["closes_at"], by=request.user)

    return edit_form(request, form, _("Another closing time"), survey, save)


@role_required(*OFFICE)
def section_add(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(DRAFTS.all(), pk=pk)
    section = Section(
        survey=survey, grade_from=survey.grade_from, grade_to=survey.grade_to, order=survey.sections.count()
    )
    form = SectionForm(request.POST or None, instance=section)
    return edit_form(request, form, _("Add a section"), survey, form.save)


@role_required(*OFFICE)
def section_edit(request: HttpRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(Section.objects.filter(survey__in=DRAFTS.all()), pk=pk)
    form = SectionForm(request.POST or None, instance=section)
    return edit_form(request, form, section.title, section.survey, form.save)


@role_required(*OFFICE)
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(Section.objects.filter(survey__in=DRAFTS.all()), pk=pk)
    form = QuestionForm(request.POST or None, instance=Question(section=section))

    def save() -> None:
        add_question(question=form.instance, texts=form.cleaned_data["texts"], by=request.user)

    return edit_form(request, form, _("Add a question"), section.survey, save)


@role_required(*OFFICE)
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.filter(section__survey__in=DRAFTS.all()), pk=pk)
    form = QuestionForm(request.POST or None, instance=question)

    def save() -> None:
        save_question(question=form.instance, texts=form.cleaned_data["texts"], by=request.user)

    return edit_form(request, form, _("Question"), question.section.survey, save)


@role_required(*OFFICE)
@require_POST
def section_move(request: HttpRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(Section.objects.filter(survey__in=DRAFTS.all()), pk=pk)
    move_row(row=section, step=-1 if request.POST.get("to") == "up" else 1, by=request.user)
    return redirect(f"{section.survey.get_absolute_url()}#section-{pk}")


@role_required(*OFFICE)
@require_POST
def question_move(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.filter(section__survey__in=DRAFTS.all()), pk=pk)
    move_row(row=question, step=-1 if request.POST.get("to") == "up" else 1, by=request.user)
    return redirect(f"{question.section.survey.get_absolute_url()}#question-{pk}")


def confirm(request: HttpRequest, survey: Survey, **words: str) -> HttpResponse:
    return render(request, "components/confirm_page.html", words | {"cancel_url": survey.get_absolute_url()})


@role_required(*OFFICE)
def section_delete(request: HttpRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(Section.objects.filter(survey__in=DRAFTS.all()), pk=pk)
    if request.method == "POST":
        section.delete()
        return redirect(section.survey)
    text = _("«%s» goes with all its questions.") % section.title
    return confirm(request, section.survey, title=_("Delete the section?"), text=text, submit=_("Delete"))


@role_required(*OFFICE)
def question_delete(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.filter(section__survey__in=DRAFTS.all()), pk=pk)
    survey = question.section.survey
    if request.method == "POST":
        question.delete()
        return redirect(survey)
    return confirm(request, survey, title=_("Delete the question?"), text=f"«{question.text}»", submit=_("Delete"))


@role_required(*OFFICE)
def survey_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts only: what was published stays."""
    survey = get_object_or_404(DRAFTS.all(), pk=pk)
    if request.method == "POST":
        survey.delete()
        messages.success(request, _("The draft is deleted."))
        return redirect("surveys:survey_list")
    text = _("«%s» has not been published; its questions go with it.") % survey.title
    return confirm(request, survey, title=_("Delete the draft?"), text=text, submit=_("Delete"))


@role_required(*OFFICE)
def survey_publish(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    if request.method == "POST":
        try:
            publish_survey(survey=survey, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(survey)
        messages.success(request, _("Published. Send it to the class groups now."))
        return redirect(reverse("school:notice_detail", args=["survey", pk]))
    text = _("%(n)d families are asked, until %(moment)s. From then on the questions are fixed.") % {
        "n": survey.addressed().count(),
        "moment": cn_datetime(survey.closes_at) if survey.closes_at else "–",
    }
    return confirm(request, survey, title=_("Publish the survey?"), text=text, submit=_("Publish"), kind="primary")


@role_required(*OFFICE)
def survey_close(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.exclude(status=Survey.Status.DRAFT), pk=pk)
    if request.method == "POST":
        close_survey(survey=survey, by=request.user)
        messages.success(request, _("Closed. The results are complete."))
        return redirect("surveys:survey_results", pk)
    text = _("Families cannot answer «%s» any more. It cannot be opened again.") % survey.title
    return confirm(request, survey, title=_("Close the survey now?"), text=text, submit=_("Close"))


@role_required(*OFFICE)
def survey_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As a family of the grade sees it; nothing is sent."""
    survey = seen_survey(request, pk)
    asked = request.GET.get("grade", "")
    grade = int(asked) if asked.isdecimal() and survey.asks_grade(int(asked)) else survey.grade_from
    context = {
        "survey": survey,
        "grade": grade,
        "grades": range(survey.grade_from, survey.grade_to + 1),
        "form": AnswerForm(questions_for(survey, grade)),
        "today": timezone.localdate(),
    }
    return render(request, "surveys/survey_preview.html", context)
