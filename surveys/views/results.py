"""What was answered: counts and charts by school, grade and class, free texts, demand; and how anonymity is kept."""

from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from documents.charts import bar_chart
from documents.workbooks import Column
from school.access import role_required
from surveys.demand import demand_of
from surveys.groups import Group, Groups
from surveys.models import Box, Participation, Question, Survey
from surveys.results import FEWEST, Answers, QuestionResult
from surveys.views.office import OFFICE, PAGE, READERS, seen_survey
from surveys.workbooks import named_sheets, unnamed_sheets
from web.exporting import export_asked, export_list


def chosen_group(request: HttpRequest, answers: Answers) -> Group:
    """From ?grade= (a year of entry) and ?class=."""
    group = Groups(answers, request.user).find(request.GET.get("grade", ""), request.GET.get("class", ""))
    if group is None:
        raise Http404
    return group


def published_survey(request: HttpRequest, pk: int) -> Survey:
    survey = seen_survey(request, pk)
    if survey.is_draft:
        raise Http404
    return survey


@role_required(*READERS)
def survey_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts of each question, one of them drawn; all sheets as a workbook, unnamed ones without a person."""
    survey = published_survey(request, pk)
    if not survey.shows_results:
        return render(request, "surveys/results_wait.html", {"survey": survey})
    answers = Answers(survey)
    group = chosen_group(request, answers)
    if export_asked(request) and not group.hidden:
        return export_sheets(request, answers, group)
    results = [] if group.hidden else answers.count(group.classes)
    drawn = next((r for r in results if str(r.question.pk) == request.GET.get("chart")), None)
    drawn = drawn or next((r for r in results if r.answered and r.rows), None)
    context = {
        "survey": survey,
        "group": group,
        "total": answers.total(group.classes),
        "results": results,
        "drawn": drawn.question.pk if drawn else None,
        "svg": chart_of(drawn) if drawn else "",
        "fewest": FEWEST,
    }
    return render(request, "surveys/survey_results.html", context)


def chart_of(result: QuestionResult) -> str:
    return bar_chart([(text, float(n)) for text, n in result.rows])


def export_sheets(request: HttpRequest, answers: Answers, group: Group) -> HttpResponse:
    anonymous = answers.survey.anonymous
    columns, rows = (unnamed_sheets if anonymous else named_sheets)(answers, group.classes)
    fields = ["answers"] if anonymous else ["name", "answers"]
    return export_list(request, title=answers.survey.title, columns=columns, rows=rows, fields=fields)


@role_required(*READERS)
def survey_texts(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """The free texts of one question, by pages; without names, in no order of arrival."""
    survey = published_survey(request, pk)
    question = get_object_or_404(Question, pk=question_pk, section__survey=survey, kind=Question.Kind.TEXT)
    if not survey.shows_results:
        return render(request, "surveys/results_wait.html", {"survey": survey})
    answers = Answers(survey)
    group = chosen_group(request, answers)
    texts = [] if group.hidden else sorted(answers.texts_of(question, group.classes))
    if export_asked(request):
        rows = [(text,) for text in texts]
        return export_list(
            request, title=survey.title, columns=[Column(question.text, width=80)], rows=rows, fields=["answers"]
        )
    page_obj = Paginator(texts, PAGE).get_page(request.GET.get("page"))
    context = {"survey": survey, "question": question, "group": group, "page_obj": page_obj, "fewest": FEWEST}
    return render(request, "surveys/survey_texts.html", context)


@role_required(*OFFICE, "principal")
def survey_demand(request: HttpRequest, pk: int) -> HttpResponse:
    """What families want, next to what staff and rooms allow."""
    survey = published_survey(request, pk)
    if not survey.shows_results:
        return render(request, "surveys/results_wait.html", {"survey": survey})
    demand = demand_of(survey)
    if export_asked(request):
        heads = (
            _("Weekday"),
            _("Period"),
            _("Wanted"),
            _("Free staff"),
            _("Staff allow"),
            _("Rooms allow"),
            _("Lacking"),
        )
        rows = [(s.day, s.period.name, s.wanted, s.staff, s.by_staff, s.by_rooms, s.lacking) for s in demand.slots]
        return export_list(
            request, title=_("Demand and capacity"), columns=[Column(h) for h in heads], rows=rows, fields=["none"]
        )
    return render(request, "surveys/survey_demand.html", {"survey": survey, "demand": demand})


@role_required(*READERS, "guardian")
def survey_anonymity(request: HttpRequest) -> HttpResponse:
    """How anonymous surveys are kept, with the columns of the two tables as the database itself names them."""
    tables = [
        (_("Who has answered"), columns_of(Participation._meta.db_table)),
        (_("What was answered"), columns_of(Box._meta.db_table)),
    ]
    return render(request, "surveys/survey_anonymity.html", {"tables": tables, "fewest": FEWEST})


def columns_of(table: str) -> list[tuple[str, str]]:
    """(column, type) from the database's catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return list(cursor.fetchall())
