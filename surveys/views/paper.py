"""Answers on paper, entered by the class teacher for families without a phone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.models import SchoolClass, Student
from school.notices import classes_to_notify, within
from surveys.forms import AnswerForm
from surveys.models import Sheet, Survey
from surveys.open_surveys import questions_for
from surveys.services import answer_survey, enter_loose_paper, mark_paper_returned
from surveys.services.answering import loose_papers
from surveys.views.office import OFFICE, PAGE, seen_survey
from web.templatetags.components import CountTab

TYPISTS = (*OFFICE, "homeroom_teacher", "grade_head")


def own_class(request: HttpRequest, survey: Survey, pk: int) -> SchoolClass:
    found = next((one for one in classes_to_notify(request.user) if one.pk == pk), None)
    if found is None or not survey.asks_grade(found.grade()):
        raise Http404
    return found


@role_required(*TYPISTS)
def paper_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Children of a class of whom nobody has answered. Anonymous: tick who handed in, enter the papers apart."""
    survey = seen_survey(request, pk)
    if survey.is_draft:
        raise Http404
    classes = [one for one in classes_to_notify(request.user) if survey.asks_grade(one.grade())]
    if not classes:
        raise Http404
    if request.method == "POST":
        return paper_returned(request, survey, classes)
    chosen = request.GET.get("school_class", "")
    school_class = next((one for one in classes if str(one.pk) == chosen), classes[0])
    answered = survey.participations.values("student")
    waiting = within(survey.addressed(), [school_class]).exclude(pk__in=answered).search(request.GET.get("q", ""))
    context = {
        "survey": survey,
        "school_class": school_class,
        "tabs": [CountTab(str(one.pk), one.label()) for one in classes] if len(classes) > 1 else [],
        "page_obj": Paginator(waiting.order_by("name_key"), PAGE).get_page(request.GET.get("page")),
        "loose": loose_papers(survey, school_class) if survey.anonymous else 0,
    }
    return render(request, "surveys/paper_list.html", context)


def paper_returned(request: HttpRequest, survey: Survey, classes: list[SchoolClass]) -> HttpResponse:
    key = request.POST.get("student", "")
    student = get_object_or_404(within(survey.addressed(), classes), pk=key if key.isdecimal() else 0)
    if not survey.anonymous:
        raise Http404
    try:
        mark_paper_returned(survey=survey, student=student, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The paper of %s is ticked; enter what stands on it apart.") % student.name)
    return redirect(request.get_full_path())


@role_required(*TYPISTS)
def paper_fill(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """The paper of one child, of a survey with names."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user), pk=pk, anonymous=False)
    children = within(survey.addressed(), classes_to_notify(request.user)).with_class_to_come(timezone.localdate())
    student: Student = get_object_or_404(children, pk=student_pk)
    school_class = student.class_or_next(timezone.localdate())
    sheet = Sheet.objects.filter(survey=survey, student=student).select_related("by").first()
    form = AnswerForm(
        questions_for(survey, school_class.grade() if school_class else 0),
        request.POST or None,
        answers=sheet.answers if sheet else None,
        initial={"version": sheet.version if sheet else 0},
    )

    def save() -> None:
        facts = {"answers": form.answers(), "version": form.cleaned_data["version"] or 0, "paper": True}
        answer_survey(survey=survey, student=student, by=request.user, **facts)

    heading = {"title": student.name, "subtitle": student.class_label, "sheet": sheet}
    return enter(request, survey, school_class, form, save, heading)


@role_required(*TYPISTS)
def paper_loose(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """One unnamed paper of an anonymous survey: into the box of its class, nobody knows whose."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user), pk=pk, anonymous=True)
    school_class = own_class(request, survey, class_pk)
    form = AnswerForm(questions_for(survey, school_class.grade()), request.POST or None)

    def save() -> None:
        enter_loose_paper(survey=survey, school_class=school_class, answers=form.answers(), by=request.user)

    loose = loose_papers(survey, school_class)
    heading = {"title": _("A paper without a name"), "subtitle": school_class.label(), "loose": loose}
    return enter(request, survey, school_class, form, save, heading)


def enter(
    request: HttpRequest,
    survey: Survey,
    school_class: SchoolClass | None,
    form: AnswerForm,
    save: Any,
    heading: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Entered."))
            key = school_class.pk if school_class else ""
            response = redirect("surveys:paper_list", survey.pk)
            response["Location"] += f"?school_class={key}"
            return response
    context = heading | {"survey": survey, "school_class": school_class, "form": form}
    return render(request, "surveys/paper_fill.html", context)
