"""What was answered: counts and charts by school, grade and class, free texts, demand; and how anonymity is kept."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from documents.charts import bar_chart
from documents.workbooks import Column
from school.access import WHOLE_SCHOOL, role_required
from school.models import SchoolClass
from school.models.places import grade_name
from school.notices import classes_to_notify
from surveys.models import Box, Participation, Question, Sheet, Survey
from surveys.services.demand import demand_of
from surveys.services.results import FEWEST, Answers, QuestionResult
from surveys.views.office import OFFICE, PAGE, READERS, seen_survey
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab


@dataclass
class Group:
    """Whose answers are looked at: the school's, a grade's or a class's; `hidden` where they are too few to be shown."""

    classes: list[int]
    label: str
    hidden: bool
    grade_tabs: list[CountTab]
    class_tabs: list[CountTab]


def chosen_group(request: HttpRequest, answers: Answers) -> Group:
    """From ?grade= (a year of entry) and ?class=; who leads classes sees these alone. 404 for a group that is not theirs."""
    own = {one.pk for one in classes_to_notify(request.user)}
    classes = [one for one in answers.classes if one.pk in own]
    whole = request.user.has_role(*WHOLE_SCHOOL)
    years = list(dict.fromkeys(one.entry_year for one in classes)) if whole else []
    year, key = request.GET.get("grade", ""), request.GET.get("class", "")
    in_year = [one for one in classes if str(one.entry_year) == year] if whole else classes
    one = next((one for one in in_year if str(one.pk) == key), None)
    if (year and whole and not in_year) or (key and not whole and one is None):
        raise Http404
    if not whole and one is None and classes:
        one = classes[0]
    grade_tabs = [CountTab("", _("Whole school"), answers.total())] if whole else []
    for entry_year in years:
        found = [c for c in classes if c.entry_year == entry_year]
        grade_tabs.append(
            CountTab(str(entry_year), grade_name(answers.grade(entry_year)), answers.total(c.pk for c in found))
        )
    class_tabs = [CountTab("", _("Whole grade"))] if whole and year else []
    if year or not whole:
        class_tabs += [class_tab(answers, c) for c in in_year] if whole or len(in_year) > 1 else []
    if one is not None:
        return Group([one.pk], one.label(answers.day), one.pk in answers.hidden, grade_tabs, class_tabs)
    if whole and year:
        hidden = int(year) in answers.hidden_grades
        return Group([c.pk for c in in_year], grade_name(answers.grade(int(year))), hidden, grade_tabs, class_tabs)
    every = [c.pk for c in answers.classes] if whole else []
    few = answers.survey.anonymous and 0 < answers.total(every) < FEWEST
    return Group(every, _("Whole school"), few, grade_tabs, class_tabs)


def class_tab(answers: Answers, one: SchoolClass) -> CountTab:
    return CountTab(str(one.pk), one.label(answers.day), answers.total([one.pk]))


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
    survey = answers.survey
    if survey.anonymous:
        questions = [
            q for q in answers.questions if q.kind != Question.Kind.TEXT and not answers.asked_too_few(q, group.classes)
        ]
        rows: list[list[Any]] = [
            [q.words(sheet.get(q.key)) for q in questions] for pk in group.classes for sheet in answers.sheets[pk]
        ]
        columns = [Column(q.text) for q in questions]
        return export_list(request, title=survey.title, columns=columns, rows=sorted(rows), fields=["answers"])
    questions = answers.questions
    sheets = Sheet.objects.filter(survey=survey, school_class__in=group.classes)
    sheets = sheets.select_related("student", "school_class", "by").order_by(
        "-school_class__entry_year", "school_class__number", "student__name_key"
    )
    rows = [
        [
            sheet.school_class.label(answers.day),
            sheet.student.name,
            sheet.by.name,
            _("on paper") if sheet.paper else _("by phone"),
            sheet.answered_at,
            *(q.words(sheet.answers.get(q.key)) for q in questions),
        ]
        for sheet in sheets
    ]
    heads = [_("Class"), _("Child"), _("Answered by"), _("Way"), _("When"), *(q.text for q in questions)]
    return export_list(
        request, title=survey.title, columns=[Column(h) for h in heads], rows=rows, fields=["name", "answers"]
    )


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
            request, title=_("Demand and capacity"), columns=[Column(h) for h in heads], rows=rows, fields=[]
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
