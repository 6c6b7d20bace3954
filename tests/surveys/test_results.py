"""Counts by school, grade and class; demand next to capacity; who sees what."""

import pytest
from django.urls import reverse

from clubs.models import Club, ClubSlot
from enrollment.models import CareDuty, CareGroup
from school.models import AccessLog, Period, Room, SchoolSettings
from surveys.demand import demand_of
from surveys.models import Question
from surveys.results import Answers, result_of
from surveys.services import answer_survey, create_survey
from tests.surveys.conftest import answers_for, open_now, question_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cast, intention):
    """Two children want Monday, one Monday and Wednesday, one nothing."""
    chosen = [
        (cast.child, cast.mother, {"takes_part": ["yes"], "weekdays": ["1"]}),
        (cast.sibling, cast.mother, {"takes_part": ["yes"], "weekdays": ["1", "3"]}),
        (cast.other_child, cast.other_mother, {"takes_part": ["yes"], "weekdays": ["1"]}),
        (cast.teachers_child, cast.teacher_parent, {"takes_part": ["no"]}),
    ]
    for child, guardian, values in chosen:
        grade = child.class_on(cast.term.starts_on).grade()
        answer_survey(
            survey=intention, student=child, answers=answers_for(intention, grade, **values), by=guardian.user
        )
    return intention


def counts(answers, question, classes=None):
    return next(row.rows for row in answers.count(classes) if row.question == question)


def test_counts_of_school_and_class(cast, answered):
    answers, takes_part = Answers(answered), question_of(answered, "takes_part")
    words = [option.text for option in takes_part.options.all()]
    assert counts(answers, takes_part) == list(zip(words, (3, 1), strict=True))
    assert counts(answers, takes_part, [cast.class_2.pk]) == list(zip(words, (1, 1), strict=True))
    weekdays = dict(counts(answers, question_of(answered, "weekdays")))
    assert weekdays == {"星期一": 3, "星期二": 0, "星期三": 1, "星期四": 0, "星期五": 0}


def test_result_of_gives_plain_counts(answered):
    result = result_of(answered)
    assert (result["kind"], result["addressed"], result["answered"]) == ("intention", 4, 4)
    first = result["questions"][0]
    assert (first["meaning"], first["answered"], [row["n"] for row in first["counts"]]) == ("takes_part", 4, [3, 1])


def test_result_of_a_running_anonymous_survey_has_no_questions(cast, satisfaction):
    answer_survey(survey=satisfaction, student=cast.child, answers=answers_for(satisfaction), by=cast.mother.user)
    assert (result_of(satisfaction)["answered"], result_of(satisfaction)["questions"]) == (1, [])


def test_demand_stands_next_to_what_staff_and_rooms_allow(cast, answered):
    first, second = Period.objects.all()
    SchoolSettings.objects.update(group_capacity=1, adults_at_once=1)
    group = CareGroup.objects.create(term=cast.term, name="课后一班", grade=3)
    CareDuty.objects.create(
        term=cast.term, group=group, weekday=1, period=first, staff=cast.teacher, starts_on=cast.term.starts_on
    )
    demand = demand_of(answered)
    assert (demand.answered, demand.taking_part) == (4, 3)
    monday = next(slot for slot in demand.slots if (slot.weekday, slot.period) == (1, first))
    # 周婷 and 吴海 take turns, neither the offices, the principal, the duty leader nor the gate; one is on duty.
    assert (monday.wanted, monday.staff, monday.by_staff, monday.by_rooms, monday.lacking) == (3, 1, 1, 160, 2)
    assert monday.short_of == "staff"
    later = next(slot for slot in demand.slots if (slot.weekday, slot.period) == (1, second))
    assert (later.staff, later.lacking) == (2, 1)
    Room.objects.update(capacity=0)
    SchoolSettings.objects.update(adults_at_once=1, group_capacity=45)
    tuesday, wednesday = (next(s for s in demand_of(answered).slots if s.weekday == day) for day in (2, 3))
    assert (tuesday.lacking, wednesday.lacking, wednesday.short_of) == (0, 1, "rooms")


def test_a_room_with_a_club_is_not_counted(cast, intention):
    second = Period.objects.last()
    club = Club.objects.create(
        term=cast.term, name="硬笔书法", grade_from=1, grade_to=6, capacity=9, room=cast.hall, instructor=cast.teacher
    )
    slot = {"term": cast.term, "club": club, "weekday": 3, "period": second}
    ClubSlot.objects.create(**slot, room=cast.hall, instructor=cast.teacher)
    found = {(s.weekday, s.period): (s.by_rooms, s.staff) for s in demand_of(intention).slots}
    assert (found[3, second], found[2, second]) == ((100, 1), (160, 2))


def test_demand_by_service_option(cast, offer, as_user):
    survey = open_now(create_survey(kind="intention", term=cast.term, by=cast.office.user), cast.office)
    answers = answers_for(survey, takes_part=["yes"], option=[str(offer.pk)])
    answer_survey(survey=survey, student=cast.child, answers=answers, by=cast.mother.user)
    offer.capacity = 0
    offer.save()
    assert [(row.option, row.wanted, row.lacking) for row in demand_of(survey).options] == [(offer, 1, 1)]
    page = reverse("surveys:survey_demand", args=[survey.pk])
    client = as_user(cast.office)
    assert client.get(page).context["demand"].taking_part == 1
    assert client.post(page, {"action": "export", "reason": "方案"})["Content-Type"].endswith("sheet")


def test_the_results_page_has_tabs_of_grades_and_classes(cast, answered, as_user):
    client, page = as_user(cast.office), reverse("surveys:survey_results", args=[answered.pk])
    whole = client.get(page).context
    assert (whole["total"], [tab.count for tab in whole["group"].grade_tabs]) == (4, [4, 1, 3])
    grade = client.get(page, {"grade": 2024}).context
    assert (grade["total"], [tab.label for tab in grade["group"].class_tabs]) == (3, ["全年级", "三(1)班", "三(2)班"])
    one = client.get(page, {"grade": 2024, "class": cast.class_2.pk}).context
    assert (one["total"], one["group"].label) == (2, "三(2)班")
    assert client.get(page, {"grade": 1999}).status_code == 404


def test_a_class_teacher_sees_her_class_alone(cast, answered, as_user):
    client, page = as_user(cast.homeroom), reverse("surveys:survey_results", args=[answered.pk])
    own = client.get(page).context
    assert (own["total"], own["group"].label, own["group"].grade_tabs) == (1, "三(1)班", [])
    assert client.get(page, {"class": cast.class_2.pk}).status_code == 404
    assert client.get(reverse("surveys:survey_demand", args=[answered.pk])).status_code == 403
    detail = client.get(answered.get_absolute_url()).context
    assert [(row.school_class, row.answered, row.addressed) for row in detail["rows"]] == [(cast.class_1, 1, 1)]


def test_all_sheets_go_out_with_reason_and_log(cast, answered, as_user):
    from io import BytesIO

    from openpyxl import load_workbook

    page = reverse("surveys:survey_results", args=[answered.pk])
    book = as_user(cast.office).post(page, {"action": "export", "reason": "制定方案"})
    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows[2:]] == [
        ("一(1)班", "韩小雪"),
        ("三(1)班", "韩小雨"),
        ("三(2)班", "吴小舟"),
        ("三(2)班", "杨小帆"),
    ]
    assert AccessLog.objects.get().reason == "制定方案"


def test_free_texts_are_read_by_pages(cast, intention, as_user):
    text = Question.objects.get(section__survey=intention, kind="text")
    for child, guardian, words in (
        (cast.child, cast.mother, "希望多运动"),
        (cast.other_child, cast.other_mother, "谢谢老师"),
    ):
        given = answers_for(intention) | {text.key: words}
        answer_survey(survey=intention, student=child, answers=given, by=guardian.user)
    page = reverse("surveys:survey_texts", args=[intention.pk, text.pk])
    assert list(as_user(cast.office).get(page).context["page_obj"]) == ["希望多运动", "谢谢老师"]
    assert list(as_user(cast.homeroom).get(page).context["page_obj"]) == ["希望多运动"]
    assert as_user(cast.office).post(page, {"action": "export", "reason": "整理"})["Content-Type"].endswith("sheet")
    wrong = reverse("surveys:survey_texts", args=[intention.pk, question_of(intention, "takes_part").pk])
    assert as_user(cast.office).get(wrong).status_code == 404


def test_a_survey_is_a_notice_with_those_to_phone(cast, answered, intention, as_user):
    from school.notices import current_notices

    (notice,) = current_notices()
    assert (notice.kind, notice.pk, notice.outstanding.count(), notice.addressed.count()) == (
        "survey",
        intention.pk,
        0,
        4,
    )
    assert as_user(cast.homeroom).get(reverse("school:notice_detail", args=["survey", intention.pk])).status_code == 200
