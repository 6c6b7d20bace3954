"""From the teachers' entries to the board: whose step it is, returning, cutting, releasing, versions, deadlines."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from homework.entering import bars
from homework.models import (
    ClassSheet,
    Coordinator,
    Declaration,
    HomeworkItem,
    HomeworkSettings,
    ItemWarning,
    Marking,
    ReleaseRequest,
    SheetAction,
    SheetStage,
)
from homework.rows import hand_of, writable_classes
from homework.services import (
    cut_minutes,
    decide_release,
    pass_sheet,
    publish_sheet,
    remove_item,
    request_release,
    return_sheet,
    set_item,
)
from homework.services.marking import tick_marking
from reports.figures import FIGURES, Scope, collect
from school.models import Lesson, PolicyRule, Post, SchoolClass, Staff, Subject, Teaching
from tests.conftest import TODAY, make_staff
from tests.homework.routes import switch_on
from tests.homework.test_services import add, make_item, rule

pytestmark = pytest.mark.django_db


def stage(step, **fields):
    SheetStage.objects.filter(step=step).update(**fields)


def actions(sheet):
    return list(sheet.actions.values_list("kind", "step", "by__name"))


def test_homeroom_then_academic_office(cast):
    sheet = add(cast, 20).sheet
    with pytest.raises(PermissionDenied):
        pass_sheet(sheet=sheet, by=cast.teacher.user)
    sheet = pass_sheet(sheet=sheet, by=cast.homeroom.user)
    assert (sheet.status, sheet.stage.step) == ("review", "office_review")
    with pytest.raises(PermissionDenied):
        pass_sheet(sheet=sheet, by=cast.homeroom.user)
    sheet = pass_sheet(sheet=sheet, by=cast.academic.user)
    assert (sheet.status, sheet.stage, sheet.published_by) == ("published", None, cast.academic.user)
    again = pass_sheet(sheet=sheet, by=cast.academic.user)
    assert again.version == 1
    assert actions(sheet) == [("passed", "coordination", "周婷"), ("published", "office_review", "冯节")]


def test_the_steps_are_the_schools_own(cast):
    """Coordinator, grade head, no office: three rows changed, and the way is another."""
    stage("coordination", who="coordinator")
    stage("year_check", active=True)
    stage("office_review", active=False)
    Coordinator.objects.create(staff=cast.teacher, school_class=cast.class_1, starts_on=TODAY)
    head = make_staff("T020", "段长", role="grade_head", grade=3)
    sheet = add(cast, 20).sheet
    sheet = pass_sheet(sheet=sheet, by=cast.teacher.user)
    assert sheet.stage.step == "year_check"
    with pytest.raises(PermissionDenied):
        pass_sheet(sheet=sheet, by=cast.homeroom.user)
    assert pass_sheet(sheet=sheet, by=head.user).is_published


def test_a_step_switched_off_in_mid_day_gives_its_turn_on(cast):
    stage("year_check", active=True)
    sheet = pass_sheet(sheet=add(cast, 20).sheet, by=cast.homeroom.user)
    stage("year_check", active=False)
    assert pass_sheet(sheet=sheet, by=cast.academic.user).is_published


def test_coordination_cannot_be_switched_off(cast, as_user):
    url = reverse("homework:stage_edit", args=[SheetStage.objects.get(step="coordination").pk])
    answer = as_user(cast.academic).post(url, {"who": "homeroom_teacher"})
    assert "每天须有人统筹各班各科作业" in answer.content.decode()


def test_returned_with_a_ground_and_passed_again(cast):
    sheet = pass_sheet(sheet=add(cast, 20).sheet, by=cast.homeroom.user)
    with pytest.raises(PermissionDenied):
        return_sheet(sheet=sheet, ground="mechanical", text="", by=cast.homeroom.user)
    sheet = return_sheet(sheet=sheet, ground="mechanical", text="第二项重复", by=cast.academic.user)
    assert (sheet.status, sheet.stage) == ("returned", None)
    action = sheet.actions.get(kind="returned")
    assert (action.ground, action.note) == ("mechanical", "第二项重复")
    assert pass_sheet(sheet=sheet, by=cast.homeroom.user).status == "review"


def test_an_entry_under_review_goes_past_the_homeroom_teacher_again(cast):
    sheet = pass_sheet(sheet=add(cast, 20).sheet, by=cast.homeroom.user)
    add(cast, 10, subject=cast.maths, by=cast.teacher.user)
    sheet.refresh_from_db()
    assert (sheet.status, sheet.actions.last().kind) == ("draft", "reopened")
    pass_sheet(sheet=sheet, by=cast.homeroom.user)
    add(cast, 5, subject=cast.maths, by=cast.academic.user)  # whose turn it is may change it where it stands
    sheet.refresh_from_db()
    assert (sheet.status, sheet.minutes) == ("review", 35)


def test_nobody_goes_past_a_published_sheet(cast):
    sheet = publish_sheet(sheet=add(cast, 20).sheet, by=cast.academic.user)
    with pytest.raises(ValidationError, match="班主任"):
        add(cast, 5, subject=cast.maths, by=cast.teacher.user)
    add(cast, 5, subject=cast.maths, by=cast.homeroom.user)
    sheet.refresh_from_db()
    assert (sheet.version, sheet.minutes) == (2, 25)


def test_steps_and_versions_are_written_once(cast):
    sheet = publish_sheet(sheet=add(cast, 20).sheet, by=cast.academic.user)
    for rows in (sheet.actions, sheet.versions):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(by=cast.homeroom.user)


def test_a_cut_needs_a_note_and_only_shortens(cast):
    item = add(cast, 30)
    for minutes, text in ((30, "多"), (40, "多"), (10, " ")):
        with pytest.raises(ValidationError, match=r"分钟，且至少保留 1 分钟|请写明为什么调减"):
            cut_minutes(item=item, minutes=minutes, text=text, by=cast.homeroom.user)
    with pytest.raises(PermissionDenied):
        cut_minutes(item=item, minutes=10, text="多", by=cast.teacher.user)
    cut_minutes(item=item, minutes=10, text="当天数学有测验", by=cast.homeroom.user)
    item.refresh_from_db()
    assert (item.minutes, item.cut_from, item.sheet.minutes) == (10, 30, 10)
    assert "当天数学有测验" in item.sheet.actions.get(kind="cut").note


def test_a_release_is_asked_and_granted_in_one_act(cast):
    switch_on(over_cap="ask")
    rule("H2", 40, grade_from=3, grade_to=6)
    add(cast, 30)
    item = make_item(cast, 25, subject=cast.maths)
    item.teacher = cast.teacher
    asked = request_release(school_class=cast.class_1, day=TODAY, item=item, reason="单元测验前")
    assert (asked.minutes, asked.state) == (15, "waiting")
    with pytest.raises(ValidationError, match="放宽由班主任决定"):
        decide_release(request=asked, grant=True, answer="", by=cast.teacher.user)
    with pytest.raises(ValidationError, match="请写明不同意的原因"):
        decide_release(request=asked, grant=False, answer="", by=cast.homeroom.user)
    decide_release(request=asked, grant=True, answer="", by=cast.homeroom.user)
    sheet = ClassSheet.objects.get()
    assert (sheet.minutes, sheet.cap, sheet.released, sheet.release_reason) == (55, 40, 15, "单元测验前")
    assert sheet.items.get(subject=cast.maths).teacher == cast.teacher
    assert sheet.actions.filter(kind="released").count() == 1
    with pytest.raises(ValidationError, match="这个申请已经是"):
        decide_release(request=asked, grant=False, answer="晚了", by=cast.homeroom.user)


def test_no_release_beyond_the_national_cap_or_against_the_schools_will(cast):
    add(cast, 50)
    switch_on(over_cap="ask")
    with pytest.raises(ValidationError, match="60"):
        request_release(school_class=cast.class_1, day=TODAY, item=make_item(cast, 20), reason="测验")
    with pytest.raises(ValidationError, match="现在没有超限，可以直接布置"):
        request_release(school_class=cast.class_1, day=TODAY, item=make_item(cast, 5), reason="放得下")
    switch_on(over_cap="refuse")
    with pytest.raises(ValidationError, match="学校未开放放宽申请"):
        request_release(school_class=cast.class_1, day=TODAY, item=make_item(cast, 20), reason="测验")
    assert ReleaseRequest.objects.count() == 0


def test_what_is_handed_in_gets_its_day_for_marking(cast):
    add(cast, 10)
    add(cast, 20, kind="composition", subject=cast.maths)
    add(cast, 20, kind="oral", subject=cast.maths)
    publish_sheet(sheet=ClassSheet.objects.get(), by=cast.academic.user)
    days = dict(Marking.objects.values_list("item__kind", "due_on"))
    assert days == {"written": dt.date(2026, 11, 19), "composition": dt.date(2026, 11, 26)}


def at_hour(monkeypatch, hour, minute=0):
    moment = dt.datetime.combine(TODAY, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_ten_o_clock_and_the_lessons_of_the_afternoon(cast, monkeypatch):
    assert add(cast, 5).late is False
    at_hour(monkeypatch, 10, 1)
    assert add(cast, 5).late is True
    assert add(cast, 5, lesson=5).late is False
    at_hour(monkeypatch, 16, 1)
    assert add(cast, 5, lesson=5).late is True
    switch_on(closes=True)
    with pytest.raises(ValidationError, match="16:00"):
        add(cast, 5, lesson=5, by=cast.teacher.user)
    assert add(cast, 5, lesson=5, by=cast.homeroom.user).late is True


def test_the_trial_is_required_where_adopted(cast):
    switch_on(trial_required=True)
    with pytest.raises(ValidationError, match="请先自己做一遍，并填写用时") as refusal:
        add(cast, 5)
    assert set(refusal.value.error_dict) == {"tried_minutes"}
    assert add(cast, 5, tried_minutes=3).tried_minutes == 3


# --- the pages -----------------------------------------------------------------------------------------------------


def entry(cast, **more):
    fields = {
        "classes": [cast.class_1.pk],
        "subject": cast.maths.pk,
        "content": "口算",
        "minutes": 10,
        "declared": "on",
    }
    return fields | more


def test_the_quick_entry_asks_little(cast, as_user):
    """Class, subject, content, minutes; the statement once a day; what is refused keeps what was typed."""
    client, url = as_user(cast.teacher), reverse("homework:item_add")
    assert client.post(url, entry(cast, declared="")).context["form"].errors.keys() == {"declared"}
    refused = client.post(url, entry(cast, minutes=61))
    assert "已布置：暂无" in refused.content.decode()
    assert refused.context["form"]["content"].value() == "口算"
    assert client.post(url, entry(cast)).status_code == 302
    item = HomeworkItem.objects.get()
    assert (item.teacher, item.kind, item.place, item.tier, item.entered_by) == (
        cast.teacher,
        "written",
        "home",
        "all",
        cast.teacher.user,
    )
    assert Declaration.objects.get().staff == cast.teacher
    assert "declared" not in client.get(url).context["form"].fields
    assert client.post(url, entry(cast, classes=[cast.class_2.pk])).context["form"].errors.keys() == {"classes"}


def test_asking_for_a_release_on_the_page(cast, as_user):
    switch_on(over_cap="ask")
    rule("H2", 40, grade_from=3, grade_to=6)
    client, url = as_user(cast.teacher), reverse("homework:item_add")
    refused = client.post(url, entry(cast, minutes=50))
    assert refused.context["may_ask"] is True
    assert client.post(url, entry(cast, minutes=50, action="ask")).context["form"].errors.keys() == {"reason"}
    assert client.post(url, entry(cast, minutes=50, action="ask", reason="单元复习")).status_code == 302
    asked = ReleaseRequest.objects.get()
    page = as_user(cast.homeroom).get(reverse("homework:sheet_detail", args=[cast.class_1.pk, TODAY.isoformat()]))
    assert "单元复习" in page.content.decode()
    decide = reverse("homework:release_decide", args=[asked.pk])
    as_user(cast.homeroom).post(decide, {"decision": "grant"})
    assert ClassSheet.objects.get().minutes == 50


def test_the_next_lesson_comes_first(cast, as_user):
    """The timetable fills class, subject and lesson in; a lesson that has its entry is passed over."""
    Lesson.objects.create(school_class=cast.class_1, weekday=3, number=2, subject=cast.maths)
    Lesson.objects.create(school_class=cast.class_1, weekday=3, number=5, subject=cast.maths)
    Lesson.objects.create(school_class=cast.class_2, weekday=3, number=1, subject=cast.maths)
    client, url = as_user(cast.teacher), reverse("homework:item_add")
    page = client.get(url)
    assert [n.lesson.number for n in page.context["lessons"]] == [2, 5]
    assert page.context["form"].initial["classes"] == [cast.class_1.pk]
    assert (page.context["form"].initial["subject"], page.context["form"].initial["lesson"]) == (cast.maths.pk, 2)
    fifth = Lesson.objects.get(number=5)
    assert client.get(url, {"lesson": fifth.pk}).context["form"].initial["lesson"] == 5


def test_without_a_timetable_the_own_subject_is_chosen(cast, as_user):
    page = as_user(cast.teacher).get(reverse("homework:item_add"), {"class": cast.class_1.pk})
    form = page.context["form"]
    assert (form["subject"].value(), form["classes"].value()) == (cast.maths.pk, [cast.class_1.pk])


def test_what_is_left_follows_typing_and_colleagues(cast, as_user):
    client, url = as_user(cast.teacher), reverse("homework:left")
    query = {"classes": [cast.class_1.pk], "minutes": 25, "subject": cast.maths.pk}
    (bar,) = client.get(url, query).context["bars"]
    assert (bar.used, bar.more, bar.left, bar.over) == (0, 25, 35, 0)
    add(cast, 40)
    (bar,) = client.get(url, query).context["bars"]
    assert (bar.used, bar.more, bar.left, bar.over, bar.who) == (40, 25, 0, 5, "语文 周婷 40")
    assert client.get(url, {"classes": [cast.class_2.pk]}).context["bars"] == []
    assert client.get(url, {"classes": ["x"], "minutes": "many"}).status_code == 200


def test_the_bar_asks_as_much_for_one_class_as_for_ten(cast, as_user, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from school.models import SchoolClass

    classes = [SchoolClass.objects.create(entry_year=2024, number=20 + n) for n in range(10)]
    for own in classes:
        add(cast, 5, school_class=own)
    client, url = as_user(cast.academic), reverse("homework:left")
    counted = []
    for chosen in (classes[:1], classes):
        with CaptureQueriesContext(connection) as found:
            assert len(client.get(url, {"classes": [c.pk for c in chosen]}).context["bars"]) == len(chosen)
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_all_subjects_on_one_screen(cast, as_user):
    client = as_user(cast.homeroom)
    url = reverse("homework:sheet_all", args=[cast.class_1.pk, TODAY.isoformat()])
    assert [subject.name for subject, _t, _f in client.get(url).context["lines"]] == ["语文", "数学"]
    rows = {"declared": "on"}
    for subject, minutes in ((cast.chinese, 35), (cast.maths, 30)):
        prefix = f"s{subject.pk}"
        rows |= {f"{prefix}-content": "练习", f"{prefix}-minutes": minutes, f"{prefix}-kind": "written"}
        rows |= {f"{prefix}-place": "home", f"{prefix}-tier": "all"}
    refused = client.post(url, rows)
    assert refused.status_code == 200 and "练习" in refused.content.decode()
    assert HomeworkItem.objects.count() == 0
    assert client.post(url, rows | {f"s{cast.maths.pk}-minutes": 20}).status_code == 302
    assert dict(HomeworkItem.objects.values_list("subject__name", "teacher__name")) == {"语文": "周婷", "数学": "吴海"}
    missing = client.post(url, {"declared": "on", f"s{cast.maths.pk}-content": "练习"})
    assert missing.status_code == 200


def test_the_list_says_who_has_not_filed_and_what_is_missing(cast, as_user, monkeypatch):
    Lesson.objects.create(school_class=cast.class_1, weekday=3, number=1, subject=cast.chinese)
    Lesson.objects.create(school_class=cast.class_1, weekday=3, number=2, subject=cast.maths)
    add(cast, 10)
    client, url = as_user(cast.academic), reverse("homework:sheet_list")
    row = next(r for r in client.get(url, {"status": "unfiled"}).context["rows"] if r.school_class == cast.class_1)
    assert row.missing == ["数学 吴海"]
    assert client.get(url).context["past_gathering"] is False
    at_hour(monkeypatch, 10, 1)
    page = client.get(url)
    assert page.context["past_gathering"] is True
    assert "还有 3 个班" in page.content.decode()
    pass_sheet(sheet=ClassSheet.objects.get(), by=cast.homeroom.user)
    assert len(client.get(url, {"status": "unfiled"}).context["rows"]) == 2


def test_chosen_sheets_are_passed_on_together(cast, as_user):
    first, second = add(cast, 10).sheet, add(cast, 10, school_class=cast.class_2).sheet
    pass_sheet(sheet=first, by=cast.homeroom.user)
    client = as_user(cast.academic)
    client.post(reverse("homework:sheet_pass_many"), {"row": [first.pk, second.pk, "x"], "day": TODAY.isoformat()})
    assert list(ClassSheet.objects.order_by("pk").values_list("status", flat=True)) == ["published", "review"]
    as_user(cast.homeroom).post(reverse("homework:sheet_pass_many"), {"row": [second.pk]})
    second.refresh_from_db()
    assert second.status == "review"


def test_a_class_without_homework_is_published_empty(cast, as_user):
    url = reverse("homework:sheet_pass", args=[cast.first_grade.pk, TODAY.isoformat()])
    as_user(cast.academic).post(url)
    waiting = as_user(cast.academic).get(reverse("homework:sheet_list"), {"status": "turn"}).context["rows"]
    assert [row.school_class for row in waiting] == [cast.first_grade]
    as_user(cast.academic).post(url)
    sheet = ClassSheet.objects.get()
    assert (sheet.is_published, sheet.minutes) == (True, 0)
    assert "无作业" in as_user(cast.mother).get(reverse("board:board")).content.decode()


def test_versions_show_their_difference(cast, as_user):
    item, other = add(cast, 20), add(cast, 10, subject=cast.maths)
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    item.minutes = 25
    set_item(school_class=cast.class_1, day=TODAY, item=item, by=cast.homeroom.user)
    other.refresh_from_db()
    other.delete()
    add(cast, 5, subject=cast.maths, content="新题")
    page = as_user(cast.teacher).get(reverse("homework:sheet_versions", args=[item.sheet_id]))
    newest = page.context["rows"][0][1]
    assert [(d.kind, d.entry["minutes"]) for d in newest] == [("removed", 10), ("same", 25), ("added", 5)]
    assert [(d.kind, d.old and d.old["minutes"]) for d in page.context["rows"][1][1]] == [
        ("changed", 20),
        ("same", None),
    ]


def test_settings_are_checked(cast, as_user):
    client, url = as_user(cast.academic), reverse("homework:homework_settings")
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert client.post(url, data | {"records": "sample"}).context["form"].non_field_errors()
    assert client.post(url, data | {"afternoon_by": "09:00"}).context["form"].non_field_errors()
    assert client.post(url, data | {"gather_by": "09:30", "over_cap": "ask"}).status_code == 302
    settings = HomeworkSettings.objects.get()
    assert (settings.gather_by, settings.over_cap) == (dt.time(9, 30), "ask")


def test_a_grade_head_coordinates_the_grade(cast):
    Post.objects.create(staff=cast.teacher, role="grade_head", grade=3, starts_on=TODAY)
    sheet = add(cast, 10, school_class=cast.class_2).sheet
    assert pass_sheet(sheet=sheet, by=cast.teacher.user).status == "review"


def test_actions_say_who_and_when(cast):
    sheet = publish_sheet(sheet=add(cast, 20).sheet, by=cast.academic.user)
    assert SheetAction.objects.filter(sheet=sheet, at__date=TODAY).count() == 2


def test_a_cap_tightened_later_can_still_be_met_by_cutting_and_removing(cast):
    item = add(cast, 60)
    rule("H2", 40, unit="min", grade_from=3, grade_to=3)
    cut_minutes(item=item, minutes=50, text="上限已改", by=cast.homeroom.user)
    sheet = ClassSheet.objects.get()
    assert (sheet.minutes, sheet.cap, sheet.released, sheet.counted) == (50, 40, 10, 10)
    with pytest.raises(ValidationError, match="分钟书面作业（上限"):
        add(cast, 5, subject=cast.maths)
    cut_minutes(item=item, minutes=30, text="再减", by=cast.homeroom.user)
    sheet.refresh_from_db()
    assert (sheet.minutes, sheet.released, sheet.counted, sheet.release_reason) == (30, 0, 0, "")


def test_what_was_counted_over_a_warning_cap_goes_when_the_work_goes(cast):
    PolicyRule.objects.filter(key="H2").update(severity="report")
    item = add(cast, 75)
    assert ClassSheet.objects.values_list("released", "counted").get() == (15, 15)
    warnings = ItemWarning.objects.count()
    remove_item(item=item, by=cast.homeroom.user)
    assert ClassSheet.objects.values_list("minutes", "released", "counted").get() == (0, 0, 0)
    assert ItemWarning.objects.count() == warnings == 1  # what was counted stays counted
    warning = ItemWarning.objects.get()
    assert (warning.item, warning.content) == (None, "练习")
    with pytest.raises(DatabaseError), transaction.atomic():
        warning.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemWarning.objects.update(rule_key="H9")


def test_asking_for_a_release_after_the_cap_was_tightened(cast):
    switch_on(over_cap="ask")
    add(cast, 50)
    rule("H2", 40, unit="min", grade_from=3, grade_to=3)
    asked = request_release(
        school_class=cast.class_1, day=TODAY, item=make_item(cast, 5, subject=cast.maths), reason="复习"
    )
    assert asked.minutes == 15
    decide_release(request=asked, grant=True, answer="", by=cast.homeroom.user)
    sheet = ClassSheet.objects.get()
    assert (sheet.minutes, sheet.released, sheet.counted) == (55, 15, 0)


def test_a_cut_is_not_undone_by_what_was_read_before_it(cast):
    item = add(cast, 30, by=cast.homeroom.user)
    HomeworkItem.objects.update(teacher=cast.teacher)
    read_before = HomeworkItem.objects.get()
    cut_minutes(item=item, minutes=10, text="今天太多", by=cast.homeroom.user)
    read_before.content = "练习一页"
    with pytest.raises(ValidationError, match="分钟，如需调整请联系班主任") as refusal:
        set_item(school_class=cast.class_1, day=TODAY, item=read_before, by=cast.teacher.user)
    assert "10" in str(refusal.value)
    read_before.minutes = 8
    set_item(school_class=cast.class_1, day=TODAY, item=read_before, by=cast.teacher.user)
    assert HomeworkItem.objects.values_list("content", "minutes", "cut_from").get() == ("练习一页", 8, 30)
    remove_item(item=HomeworkItem.objects.get(), by=cast.homeroom.user)
    with pytest.raises(ValidationError, match="这条作业刚刚已被他人移除"):
        set_item(school_class=cast.class_1, day=TODAY, item=read_before, by=cast.teacher.user)
    assert not HomeworkItem.objects.exists()


def test_a_second_tap_takes_no_second_step(cast, as_user):
    sheet = add(cast, 20).sheet
    client, url = as_user(cast.academic), reverse("homework:sheet_pass", args=[cast.class_1.pk, TODAY.isoformat()])
    first = SheetStage.objects.get(step="coordination").pk
    for _tap in range(2):
        client.post(url, {"turn": first})
    sheet.refresh_from_db()
    assert (sheet.status, sheet.stage.step) == ("review", "office_review")
    many, second = reverse("homework:sheet_pass_many"), add(cast, 5, school_class=cast.class_2).sheet
    for _tap in range(2):
        client.post(many, {"row": [f"{second.pk}-{first}", "²", "7²-1"], "day": TODAY.isoformat()})
    second.refresh_from_db()
    assert (second.status, second.stage.step) == ("review", "office_review")


def test_the_step_is_the_coordinators_or_the_homeroom_teachers(cast):
    stage("coordination", who="coordinator")
    sheet = add(cast, 20).sheet
    with transaction.atomic():
        assert hand_of(cast.homeroom.user).takes(SheetStage.objects.get(step="coordination"), cast.class_1)
    Coordinator.objects.create(school_class=cast.class_1, staff=cast.teacher, starts_on=TODAY)
    with pytest.raises(PermissionDenied):
        pass_sheet(sheet=sheet, by=cast.homeroom.user)
    assert pass_sheet(sheet=sheet, by=cast.teacher.user).status == "review"


def test_what_is_recorded_keeps_the_entry_on_the_sheet(cast):
    item = add(cast, 20)
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    tick_marking(marking=Marking.objects.get(item=item), step="collected", done=True, by=cast.homeroom)
    with pytest.raises(ValidationError, match="这条作业已有学生完成或收交记录，不能移除，请改为修改内容"):
        remove_item(item=item, by=cast.homeroom.user)
    assert HomeworkItem.objects.filter(pk=item.pk).exists()


def test_what_is_no_longer_collected_is_no_longer_overdue(cast):
    item = add(cast, 20)
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    item.kind = "oral"
    set_item(school_class=cast.class_1, day=TODAY, item=item, by=cast.homeroom.user)
    assert not Marking.objects.exists()


def test_who_asked_sees_the_answer_and_who_decides_sees_the_question(cast, as_user):
    switch_on(over_cap="ask")
    rule("H2", 40, unit="min", grade_from=3, grade_to=3)
    asked = request_release(
        school_class=cast.class_1, day=TODAY, item=make_item(cast, 50, subject=cast.maths), reason="复习"
    )
    page = as_user(cast.homeroom).get(reverse("homework:sheet_list"))
    assert reverse("homework:release_decide", args=[asked.pk]) in page.content.decode()
    decide_release(request=asked, grant=False, answer="明天再布置", by=cast.homeroom.user)
    page = as_user(cast.homeroom).get(reverse("homework:item_add"))
    assert "明天再布置" in page.content.decode()


def test_without_any_cap_the_page_says_whom_to_ask(cast, as_user):
    PolicyRule.objects.filter(measure="written_minutes").update(enabled=False)
    for name, args in (("sheet_detail", [cast.class_1.pk, TODAY.isoformat()]), ("left", [])):
        page = as_user(cast.homeroom).get(reverse(f"homework:{name}", args=args), {"classes": cast.class_1.pk})
        assert page.status_code == 409
        assert "书面作业" in page.content.decode()


def test_a_volunteer_enters_no_homework(cast):
    Staff.objects.filter(pk=cast.teacher.pk).update(kind=Staff.Kind.VOLUNTEER)
    Teaching.objects.filter(staff=cast.teacher).delete()
    assert not SchoolClass.objects.filter(writable_classes(cast.teacher.user)).exists()


def reading(cast, **more):
    return {
        "classes": [cast.class_1.pk],
        "subject": cast.chinese.pk,
        "content": "朗读第三课",
        "kind": "reading",
        "minutes": 10,
        "declared": "on",
    } | more


def test_the_same_entry_again_is_asked_about(cast, as_user):
    client, url = as_user(cast.homeroom), reverse("homework:item_add")
    client.post(url, reading(cast))
    again = client.post(url, reading(cast))
    assert "朗读第三课" in again.context["to_confirm"][0] and HomeworkItem.objects.count() == 1
    client.post(url, reading(cast, confirmed="on"))
    assert HomeworkItem.objects.count() == 2


def test_all_subjects_sent_again_are_asked_about(cast, as_user):
    url = reverse("homework:sheet_all", args=[cast.class_1.pk, TODAY.isoformat()])
    client = as_user(cast.homeroom)
    rows = {f"s{pk}-{name}": value for pk in Subject.objects.values_list("pk", flat=True) for name, value in ROW}
    typed = rows | {f"s{cast.chinese.pk}-content": "背诵", f"s{cast.chinese.pk}-minutes": 10, "declared": "on"}
    for _sent in range(2):
        client.post(url, typed)
    assert HomeworkItem.objects.count() == 1


ROW = (("content", ""), ("minutes", ""), ("kind", "oral"), ("place", "home"), ("tier", "all"))


@pytest.mark.parametrize("wrong", [{"due_on": "2026-11-17"}, {"lesson": 99}])
def test_days_and_lessons_that_make_no_sense(cast, as_user, wrong):
    page = as_user(cast.homeroom).post(reverse("homework:item_add"), reading(cast, **wrong))
    assert page.context["form"].errors and page.context["form"]["content"].value() == "朗读第三课"
    far = as_user(cast.homeroom).post(f"{reverse('homework:item_add')}?day=2027-06-01", reading(cast, due_on=""))
    assert far.context["form"].errors
    assert not HomeworkItem.objects.exists()


def test_the_offices_tab_holds_what_is_its_own_step(cast, as_user):
    add(cast, 10)
    url = reverse("homework:sheet_list")
    assert as_user(cast.academic).get(url, {"status": "turn"}).context["rows"] == []
    assert len(as_user(cast.homeroom).get(url, {"status": "turn"}).context["rows"]) == 1
    pass_sheet(sheet=ClassSheet.objects.get(), by=cast.homeroom.user)
    assert len(as_user(cast.academic).get(url, {"status": "turn"}).context["rows"]) == 1
    assert as_user(cast.principal).get(url).context["rows"]  # no class of her own: all of them


def test_why_a_sheet_came_back_stands_on_top(cast, as_user):
    sheet = pass_sheet(sheet=add(cast, 20).sheet, by=cast.homeroom.user)
    return_sheet(sheet=sheet, ground="too_much", text="数学太多", by=cast.academic.user)
    page = as_user(cast.homeroom).get(reverse("homework:sheet_detail", args=[cast.class_1.pk, TODAY.isoformat()]))
    assert page.context["returned"].note == "数学太多"


def test_what_is_only_counted_nobody_released(cast, as_user, monkeypatch):
    """A cap that is counted and does not refuse: no page, board or figure says that minutes were allowed."""
    PolicyRule.objects.filter(key="H2").update(severity="report")
    sheet = publish_sheet(sheet=add(cast, 75).sheet, by=cast.academic.user)
    assert (sheet.released, sheet.counted, sheet.granted) == (15, 15, 0)
    (bar,) = bars([cast.class_1], TODAY, [])
    assert (bar.used, bar.cap) == (75, 60)
    board = as_user(cast.office).get(reverse("board:board"), {"day": TODAY}).text
    assert "书面 75 分钟，上限 60 分钟" in board
    assert "经批准" not in board
    listed = as_user(cast.academic).get(reverse("homework:sheet_list"), {"day": TODAY, "status": "all"}).text
    assert "+ 15" not in listed
    monkeypatch.setattr(timezone, "_shift", timezone._shift + dt.timedelta(days=1))
    values = collect(cast.term, TODAY)
    assert [values[key].value for key in ("sheets_over", "sheets_released")] == [1, 0]
    assert FIGURES["sheets_released"].rows(Scope(cast.term, TODAY)).queryset.count() == 0
