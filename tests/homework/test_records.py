"""Record sheets, their answers and what they say of estimates; who finished at school; marking; coaching."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from homework.load import deviation, finished_share, usual_factor
from homework.models import Coaching, FinishedAtSchool, HomeworkItem, Marking, RecordLine, RecordSheet
from homework.services import publish_sheet, remove_item
from homework.services.marking import begin_coaching, note_coaching, tick_marking
from homework.services.recording import Record, enter_finished, fill_record, reply_to_record
from school.models import AccessLog, ClassMembership, Guardianship
from tests.conftest import TERM_START, TODAY, make_guardian, make_student, pdf_text, printed
from tests.homework.routes import switch_on
from tests.homework.test_services import add

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()


@pytest.fixture
def sheet(cast):
    """A published sheet of class_1 with two entries, records kept daily."""
    switch_on()
    cast.item = add(cast, 20, subject=cast.maths, content="口算")
    cast.item.teacher = cast.teacher
    cast.item.save()
    cast.other = add(cast, 10, content="抄写")
    return publish_sheet(sheet=cast.item.sheet, by=cast.academic.user)


def test_off_by_default_nothing_is_asked(cast, as_user):
    item = add(cast, 20)
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    client = as_user(cast.mother)
    assert client.get(reverse("homework:record_fill", args=[cast.child.pk, DAY])).status_code == 404
    assert "homework/records" not in client.get(reverse("board:board")).content.decode()
    with pytest.raises(ValidationError, match="这一天不填作业记录单"):
        fill_record(student=cast.child, sheet=item.sheet, record=Record({}), by=cast.mother.user)


def test_a_guardian_fills_in_by_phone_and_the_teacher_answers(cast, sheet, as_user):
    url = reverse("homework:record_fill", args=[cast.child.pk, DAY])
    client = as_user(cast.mother)
    typed = {
        f"minutes-{cast.item.pk}": 35,
        f"school-{cast.item.pk}": "on",
        "extra_content": "钢琴",
        "extra_minutes": 30,
        "bedtime": "21:40",
        "remark": "应用题有点难",
    }
    refused = client.post(url, typed | {f"minutes-{cast.item.pk}": 500})
    assert refused.context["form"]["remark"].value() == "应用题有点难"
    assert client.post(url, typed).status_code == 302
    record = RecordSheet.objects.get()
    assert (record.bedtime, record.remark, record.filled_by) == (dt.time(21, 40), "应用题有点难", cast.mother.user)
    assert list(record.lines.values_list("item", "minutes", "at_school")) == [(cast.item.pk, 35, True)]
    page = as_user(cast.homeroom).get(reverse("homework:record_class", args=[cast.class_1.pk, DAY]))
    (row,) = [row for row in page.context["rows"] if row[1]]
    assert (row[0], row[1].took, row[2]) == (cast.child, 35, True)  # 21:40 is after the bedtime of T1
    assert (page.context["handed_in"], page.context["new"]) == (1, 1)
    as_user(cast.homeroom).post(reverse("homework:record_class", args=[cast.class_1.pk, DAY]))
    reply = reverse("homework:record_reply", args=[record.pk])
    as_user(cast.homeroom).post(reply, {"reply": "明天课上再讲一遍"})
    assert AccessLog.objects.filter(student=cast.child, user=cast.homeroom.user).exists()
    assert "明天课上再讲一遍" in as_user(cast.mother).get(reverse("homework:family_records")).content.decode()
    as_user(cast.father).post(url, typed | {"remark": "改过"})
    record.refresh_from_db()
    assert (record.remark, record.reply, record.filled_by) == ("改过", "", cast.father.user)
    assert record.seen_at is None  # other words: new to the teacher, and no longer answered


def test_not_anothers_child_and_not_a_barred_adult(cast, sheet):
    for adult in (cast.other_mother, cast.teacher_parent):
        with pytest.raises(ValidationError, match="请填写自己孩子的记录单"):
            fill_record(student=cast.child, sheet=sheet, record=Record({}), by=adult.user)
    Guardianship.objects.filter(guardian=cast.father).update(barred=True, barred_note="裁定")
    with pytest.raises(ValidationError, match="请填写自己孩子的记录单"):
        fill_record(student=cast.child, sheet=sheet, record=Record({}), by=cast.father.user)
    assert list(RecordSheet.objects.visible_to(cast.teacher.user)) == []


def test_a_sample_week_ends(cast, sheet):
    switch_on(records="sample", records_from=TODAY - dt.timedelta(days=2), records_until=TODAY)
    fill_record(student=cast.child, sheet=sheet, record=Record({}), by=cast.mother.user)
    switch_on(records="sample", records_until=TODAY - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="这一天不填作业记录单"):
        fill_record(student=cast.child, sheet=sheet, record=Record({}), by=cast.mother.user)


def test_on_paper_the_homeroom_teacher_enters(cast, sheet, as_user):
    switch_on(records="paper")
    assert as_user(cast.mother).get(reverse("homework:record_fill", args=[cast.child.pk, DAY])).status_code == 404
    homeroom = as_user(cast.homeroom)
    blank = printed(homeroom, homeroom.get(reverse("homework:record_paper", args=[cast.class_1.pk, DAY])))
    text = "".join(pdf_text(blank).split())
    assert text.count("口算") == 2 and "三(1)班" in text and "韩小雨" not in text
    url = reverse("homework:record_enter", args=[cast.child.pk, DAY])
    as_user(cast.homeroom).post(url, {f"minutes-{cast.other.pk}": 15})
    record = RecordSheet.objects.get()
    assert (record.on_paper, record.lines.get().minutes) == (True, 15)


def test_an_item_of_another_sheet_is_passed_over(cast, sheet):
    stranger = add(cast, 5, school_class=cast.class_2)
    record = Record({stranger.pk: (10, False), cast.item.pk: (10, False)})
    fill_record(student=cast.child, sheet=sheet, record=record, by=cast.mother.user)
    assert list(RecordLine.objects.values_list("item", flat=True)) == [cast.item.pk]


def many_records(cast, sheet, minutes):
    """One record a child, new children, each with these minutes for the maths item."""
    for n, taken in enumerate(minutes):
        adult = make_guardian(f"家长{n}", f"1992000{n:04}")
        child = make_student(f"学生{n}", cast.class_1, (adult, "母亲"))
        fill_record(student=child, sheet=sheet, record=Record({cast.item.pk: (taken, False)}), by=adult.user)


def test_estimates_are_compared_from_five_records_on(cast, sheet, as_user):
    first, last = TODAY - dt.timedelta(days=30), TODAY
    many_records(cast, sheet, [20, 30, 30, 30])
    assert deviation(first, last, "subject") == []
    child = make_student("学生九", cast.class_1, (cast.mother, "母亲"))
    fill_record(student=child, sheet=sheet, record=Record({cast.item.pk: (40, False)}), by=cast.mother.user)
    (row,) = deviation(first, last, "subject")
    assert (row.name, row.estimated, row.actual, row.factor, row.records) == ("数学", 20, 30, 1.5, 5)
    assert [r.name for r in deviation(first, last, "teacher")] == [str(cast.item.teacher_id)]
    usual = usual_factor(staff_pk=cast.teacher.pk, subject_pk=cast.maths.pk, until=TODAY)
    assert usual.factor == 1.5
    assert usual_factor(staff_pk=cast.homeroom.pk, subject_pk=cast.maths.pk, until=TODAY) is None
    shown = as_user(cast.teacher).get(
        reverse("homework:left"), {"classes": [cast.class_1.pk], "subject": cast.maths.pk}
    )
    assert "×1.5" in shown.content.decode().replace("× ", "×")
    page = as_user(cast.academic).get(reverse("homework:estimates")).content.decode()
    assert "吴海" in page and "三(1)班" in page
    assert "吴海" not in as_user(cast.homeroom).get(reverse("homework:estimates")).content.decode().split("main")[1]


def test_finished_at_school_in_three_taps(cast, as_user):
    client = as_user(cast.teacher)
    url = reverse("homework:finished_enter", args=[cast.class_1.pk, DAY])
    answer = client.post(url, {"percent": 90, "rest_minutes": 10}, headers={"HX-Request": "true"})
    assert "90 %" in answer.content.decode()
    client.post(url, {"percent": 75, "rest_minutes": 20})
    row = FinishedAtSchool.objects.get()
    assert (row.percent, row.rest_minutes, row.by) == (75, 20, cast.teacher)
    client.post(url, {"percent": 33})
    row.refresh_from_db()
    assert row.percent == 75
    enter_finished(school_class=cast.class_2, day=TODAY, percent=100, rest_minutes=20, by=cast.homeroom)
    assert FinishedAtSchool.objects.get(school_class=cast.class_2).rest_minutes == 0
    assert finished_share(TODAY, TODAY) == (87.5, 2)


# --- marking -------------------------------------------------------------------------------------------------------


def test_four_steps_in_their_order(cast, sheet):
    marking = cast.item.marking
    tick_marking(marking=marking, step="discussed", done=True, by=cast.teacher)
    marking.refresh_from_db()
    assert (marking.collected_on, marking.marked_on, marking.discussed_on, marking.corrected_on) == (TODAY,) * 3 + (
        None,
    )
    assert (marking.by, marking.done) == (cast.teacher, 3)
    tick_marking(marking=marking, step="marked", done=False, by=cast.teacher)
    marking.refresh_from_db()
    assert (marking.collected_on, marking.marked_on, marking.discussed_on, marking.by) == (TODAY, None, None, None)
    with pytest.raises(ValidationError, match="没有这个步骤"):
        tick_marking(marking=marking, step="burnt", done=True, by=cast.teacher)


def test_what_is_to_be_marked_and_what_is_overdue(cast, sheet, as_user):
    client, url = as_user(cast.teacher), reverse("homework:marking_list")
    (row,) = client.get(url).context["rows"]
    assert (row[0].item, row[3]) == (cast.item, True)
    Marking.objects.update(due_on=TODAY - dt.timedelta(days=1))
    assert client.get(url).context["rows"] == []
    assert len(client.get(url, {"status": "overdue"}).context["rows"]) == 1
    office = as_user(cast.academic).get(url, {"status": "overdue"}).context["rows"]
    assert {(r[0].item, r[3]) for r in office} == {(cast.item, False), (cast.other, False)}
    tick = reverse("homework:marking_tick", args=[cast.item.marking.pk])
    part = as_user(cast.teacher).post(tick, {"step": "marked", "done": "1"}, headers={"HX-Request": "true"})
    assert part.content.decode().count("is-done") == 2
    assert len(as_user(cast.teacher).get(url, {"status": "marked"}).context["rows"]) == 1


def test_republishing_keeps_what_was_marked(cast, sheet):
    tick_marking(marking=cast.item.marking, step="marked", done=True, by=cast.teacher)
    add(cast, 5, subject=cast.maths, content="加一题")
    cast.item.marking.refresh_from_db()
    assert cast.item.marking.marked_on == TODAY
    assert Marking.objects.count() == 3
    HomeworkItem.objects.filter(content="加一题").delete()
    assert Marking.objects.count() == 2


# --- coaching ------------------------------------------------------------------------------------------------------


def test_coaching_is_need_to_know(cast, as_user):
    url = reverse("homework:coaching_add")
    client = as_user(cast.teacher)
    posted = client.post(url, {"student": cast.child.pk, "subject": cast.maths.pk, "aim": "进位加法"})
    coaching = Coaching.objects.get()
    assert posted.url == reverse("homework:coaching_detail", args=[coaching.pk])
    assert client.post(url, {"student": cast.other_child.pk, "subject": cast.maths.pk, "aim": "x"}).status_code == 200
    client.post(posted.url, {"day": DAY, "text": "面批一页"})
    assert coaching.meetings.get().note == "面批一页"
    assert client.post(posted.url, {"day": "2026-11-19", "text": "明天"}).context["form"].errors
    for who, seen in ((cast.homeroom, 200), (cast.academic, 200), (cast.office, 403), (cast.principal, 403)):
        assert as_user(who).get(posted.url).status_code == seen
    assert AccessLog.objects.filter(student=cast.child, user=cast.homeroom.user).exists()
    assert as_user(cast.homeroom).post(posted.url, {"day": DAY, "text": "x"}).status_code == 403
    as_user(cast.teacher).post(posted.url, {"end": "1"})
    coaching.refresh_from_db()
    assert coaching.ends_on == TODAY
    ClassMembership.objects.filter(student=cast.child).update(ends_on=TERM_START)


def test_the_same_child_is_coached_once_by_one_teacher_in_one_subject(cast):
    begin = {
        "student": cast.child,
        "subject": cast.maths,
        "coach": cast.teacher,
        "aim": "计算",
        "by": cast.teacher.user,
    }
    coaching = begin_coaching(**begin)
    with pytest.raises(ValidationError, match="这位教师已在这个学科辅导这名学生"):
        begin_coaching(**begin)
    with pytest.raises(ValidationError, match="此字段不能为空"):
        note_coaching(coaching=coaching, day=TODAY, text=" ", by=cast.teacher.user)


def test_an_answer_says_something(cast, sheet):
    record = fill_record(student=cast.child, sheet=sheet, record=Record({}), by=cast.mother.user)
    with pytest.raises(ValidationError, match="请填写答复"):
        reply_to_record(record=record, reply=" ", by=cast.homeroom.user)


def test_staff_do_not_write_over_what_a_family_said(cast, sheet, as_user):
    fill_record(student=cast.child, sheet=sheet, record=Record({}, remark="太多"), by=cast.mother.user)
    assert as_user(cast.homeroom).get(reverse("homework:record_enter", args=[cast.child.pk, DAY])).status_code == 404
    with pytest.raises(ValidationError, match="只有纸质记录单才由收单的教师代为录入"):
        fill_record(student=cast.child, sheet=sheet, record=Record({}, on_paper=True), by=cast.homeroom.user)
    assert RecordSheet.objects.get().remark == "太多"


def test_only_for_days_spent_in_the_class(cast, sheet):
    ClassMembership.objects.filter(student=cast.child).update(school_class=cast.class_2)
    with pytest.raises(ValidationError, match="孩子当天不在这个班"):
        fill_record(student=cast.child, sheet=sheet, record=Record({}), by=cast.mother.user)


def test_an_entry_with_records_stays(cast, sheet):
    fill_record(student=cast.child, sheet=sheet, record=Record({cast.item.pk: (20, False)}), by=cast.mother.user)
    with pytest.raises(ValidationError, match="这条作业已有学生完成或收交记录，不能移除，请改为修改内容"):
        remove_item(item=cast.item, by=cast.homeroom.user)
    assert RecordLine.objects.count() == 1


def test_a_share_is_entered_for_days_that_were(cast):
    for day in (TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=8)):
        with pytest.raises(ValidationError, match="校内完成情况请在当天或之后一周内录入"):
            enter_finished(school_class=cast.class_1, day=day, percent=90, rest_minutes=10, by=cast.teacher)
    assert not FinishedAtSchool.objects.exists()


def test_an_empty_sheet_is_not_handed_in(cast, sheet, as_user):
    url = reverse("homework:record_fill", args=[cast.child.pk, DAY])
    page = as_user(cast.mother).post(url, {"remark": "", "bedtime": ""})
    assert page.context["form"].errors and not RecordSheet.objects.exists()
    as_user(cast.mother).post(url, {f"minutes-{cast.item.pk}": 0})
    assert RecordSheet.objects.count() == 1
