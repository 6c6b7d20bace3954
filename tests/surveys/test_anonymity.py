"""Nothing leads from who has answered to what was answered: not a column, not a time, not a place on the disk."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone

from surveys.models import Box, Participation, Question, Section, Sheet
from surveys.results import FEWEST, Answers, too_small
from surveys.services import answer_survey, close_survey, create_survey
from surveys.views.results import columns_of
from tests.surveys.conftest import answers_for, open_now, question_of

pytestmark = pytest.mark.django_db


def answer_all(survey, children, cast, values=None):
    """The n-th child gives the n-th value to the first scale question."""
    scale = question_of(survey, kind="scale")
    for n, child in enumerate(children):
        given = answers_for(survey) | {scale.key: values[n] if values else n % 5 + 1}
        answer_survey(survey=survey, student=child, answers=given, by=cast.mother.user)
    return scale


def test_the_columns_share_nothing_but_the_survey(db):
    who, what = dict(columns_of("surveys_participation")), dict(columns_of("surveys_box"))
    assert who == {"id": "uuid", "survey_id": "bigint", "student_id": "bigint", "day": "date"}
    assert what == {
        "id": "uuid",
        "survey_id": "bigint",
        "school_class_id": "bigint",
        "sheets": "jsonb",
        "texts": "jsonb",
    }


def test_no_history_no_trigger_no_view_watches_the_two_tables(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgrelid IN ('surveys_participation'::regclass, 'surveys_box'::regclass)"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name ~ '(participation|box)event'")
        assert cursor.fetchall() == []
    keys = {
        f.related_model for model in (Box, Participation) for f in model._meta.get_fields() if isinstance(f, ForeignKey)
    }
    assert not keys & {Box, Participation, Sheet}


def test_a_box_is_one_row_and_its_order_is_not_that_of_the_answers(cast, satisfaction, many_children):
    """Eight answers whose order would be known by their text: that chance keeps it has odds of 1 : 40,320."""
    children = [*many_children, cast.child]
    text = question_of(satisfaction, kind="text")
    for n, child in enumerate(children):
        given = answers_for(satisfaction) | {text.key: f"意见{n}"}
        answer_survey(survey=satisfaction, student=child, answers=given, by=cast.mother.user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT ctid), count(DISTINCT xmin::text) FROM surveys_box")
        assert cursor.fetchone() == (1, 1)
    box = Box.objects.get()
    texts = box.texts[text.key]
    assert sorted(texts) == [f"意见{n}" for n in range(8)]
    assert texts != sorted(texts)
    assert [sheet for sheet in box.sheets if text.key in sheet] == []
    assert (len(box.sheets), Participation.objects.count(), Sheet.objects.count()) == (8, 8, 0)


def test_the_sheets_are_shuffled_with_every_answer(cast, satisfaction, many_children, monkeypatch):
    from surveys.services import answering

    monkeypatch.setattr(answering._shuffler, "shuffle", lambda rows: rows.reverse())
    scale = answer_all(satisfaction, many_children[:3], cast, [1, 2, 3])
    assert [sheet[scale.key] for sheet in Box.objects.get().sheets] == [3, 1, 2]


def test_an_anonymous_answer_is_neither_shown_nor_changed(cast, satisfaction, as_user):
    answer_survey(survey=satisfaction, student=cast.child, answers=answers_for(satisfaction), by=cast.mother.user)
    for guardian in (cast.mother, cast.father):
        page = as_user(guardian).get(reverse("surveys:survey_fill", args=[satisfaction.pk, cast.child.pk]))
        assert page.templates[0].name == "surveys/survey_done.html"


def test_results_of_an_anonymous_survey_come_after_its_end(cast, satisfaction, many_children, as_user):
    answer_all(satisfaction, many_children, cast)
    client, results = as_user(cast.office), reverse("surveys:survey_results", args=[satisfaction.pk])
    texts = reverse("surveys:survey_texts", args=[satisfaction.pk, question_of(satisfaction, kind="text").pk])
    for page in (results, texts, reverse("surveys:survey_demand", args=[satisfaction.pk])):
        assert client.get(page).templates[0].name == "surveys/results_wait.html"
        assert client.post(page, {"action": "export", "reason": "看"}).templates[0].name == "surveys/results_wait.html"
    close_survey(survey=satisfaction, by=cast.office.user)
    assert client.get(results).context["total"] == 7


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({1: 20, 2: 30}, set()),
        ({1: 4, 2: 30}, {1, 2}),  # 2 would show what 1 is, where the sum is known
        ({1: 4, 2: 30, 3: 9}, {1, 3}),
        ({1: 2, 2: 3, 3: 30}, {1, 2}),
        ({1: 0, 2: 30}, set()),
        ({1: 3}, {1}),
        ({1: 0, 2: 5}, set()),
    ],
)
def test_small_groups_and_what_gives_them_away_are_hidden(sizes, hidden):
    assert too_small(sizes) == hidden


def test_a_class_with_four_answers_is_not_shown_apart(cast, satisfaction, many_children, as_user):
    answer_all(satisfaction, many_children[: FEWEST - 1], cast)
    answer_survey(survey=satisfaction, student=cast.sibling, answers=answers_for(satisfaction, 1), by=cast.mother.user)
    survey = close_survey(survey=satisfaction, by=cast.office.user)
    answers = Answers(survey)
    assert answers.hidden == {cast.class_1.pk, cast.first_grade.pk}
    results = reverse("surveys:survey_results", args=[survey.pk])
    one = as_user(cast.office).get(results, {"grade": cast.class_1.entry_year, "class": cast.class_1.pk})
    assert (one.context["results"], one.context["group"].hidden) == ([], True)
    own = as_user(cast.homeroom).get(results)
    assert (own.context["results"], own.context["group"].label) == ([], "三(1)班")
    export = {"action": "export", "reason": "看"}
    assert as_user(cast.homeroom).post(results, export)["Content-Type"].startswith("text/html")
    assert as_user(cast.office).get(results).context["total"] == 5


def test_a_section_for_one_small_grade_is_not_shown_for_the_whole_school(cast, many_children, as_user):
    survey = create_survey(kind="satisfaction", term=cast.term, by=cast.office.user)
    first = Section.objects.create(survey=survey, title="一年级", grade_from=1, grade_to=1, order=1)
    own = Question.objects.create(section=first, text="适应吗", kind="scale")
    survey = open_now(survey, cast.office)
    answer_all(survey, [*many_children], cast)
    answer_survey(survey=survey, student=cast.sibling, answers=answers_for(survey, 1), by=cast.mother.user)
    answers = Answers(close_survey(survey=survey, by=cast.office.user))
    result = next(row for row in answers.count() if row.question == own)
    assert (result.few, result.rows, answers.texts_of(own)) == (True, [], [])
    # 一年级 has one answer; 三年级 would give it away.
    assert answers.hidden_grades == {cast.first_grade.entry_year, cast.class_1.entry_year}
    assert answers.hidden == {cast.first_grade.pk, cast.class_1.pk}


def test_the_workbook_of_an_anonymous_survey_names_nobody(cast, satisfaction, many_children, as_user):
    from io import BytesIO

    from openpyxl import load_workbook

    answer_all(satisfaction, many_children, cast)
    close_survey(survey=satisfaction, by=cast.office.user)
    book = as_user(cast.office).post(
        reverse("surveys:survey_results", args=[satisfaction.pk]), {"action": "export", "reason": "总结"}
    )
    cells = [cell for row in load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True) for cell in row]
    words = " ".join(str(cell) for cell in cells if cell)
    assert [child.name for child in many_children if child.name in words] == []
    assert (cast.mother.name in words, "三(1)班" in words) == (False, False)


def test_the_page_shows_the_columns_of_the_catalogue(cast, as_user):
    for who in (cast.mother, cast.homeroom, cast.office):
        page = as_user(who).get(reverse("surveys:survey_anonymity"))
        assert [{column for column, _kind in columns} for _name, columns in page.context["tables"]] == [
            {"id", "survey_id", "student_id", "day"},
            {"id", "survey_id", "school_class_id", "sheets", "texts"},
        ]
    assert as_user(cast.gate).get(reverse("surveys:survey_anonymity")).status_code == 403


def test_participation_knows_the_day_only(cast, satisfaction):
    answer_survey(survey=satisfaction, student=cast.child, answers=answers_for(satisfaction), by=cast.mother.user)
    assert Participation.objects.get().day == timezone.localdate()
    assert type(Participation.objects.get().day) is dt.date
