"""The week planned ahead, handed in, evened out, taken over and compared; the bank; the learning points; the timetable."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from homework.models import BankItem, HomeworkItem, LearningPoint, WeekPlan, WeekPlanItem
from homework.models.planning import monday_of
from homework.plans import deviations, loads_of, planned_for
from homework.services import publish_sheet
from homework.services.planning import due_day, hand_in_plan, review_plan, save_plan
from school.models import Lesson, Teaching
from tests.conftest import TERM_START, TODAY, records
from tests.homework.test_services import add

pytestmark = pytest.mark.django_db
WEEK = monday_of(TODAY)
NEXT = WEEK + dt.timedelta(days=7)


def make_plan(cast, *items, subject=None, week=NEXT, grade=3, **fields):
    plan = WeekPlan(grade=grade, subject=subject or cast.maths, week=week, by=cast.teacher, **fields)
    rows = [WeekPlanItem(weekday=day, content=content, minutes=minutes) for day, content, minutes in items]
    return save_plan(plan=plan, items=rows, by=cast.teacher.user)


def test_a_week_begins_on_monday(cast):
    with pytest.raises(ValidationError, match="一周从周一开始"):
        make_plan(cast, week=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeekPlan.objects.create(grade=3, subject=cast.maths, week=TODAY, by=cast.teacher)


def test_handed_in_returned_and_confirmed(cast):
    plan = make_plan(cast, (1, "口算", 20), (3, "应用题", 30))
    plan = hand_in_plan(plan=plan, by=cast.teacher.user)
    assert (plan.state, plan.late, due_day(NEXT)) == ("handed_in", False, dt.date(2026, 11, 20))
    with pytest.raises(ValidationError, match="请写明需要修改什么"):
        review_plan(plan=plan, confirm=False, text="", by=cast.academic.user)
    plan = review_plan(plan=plan, confirm=False, text="周三减 10 分钟", by=cast.academic.user)
    assert (plan.state, plan.note) == ("returned", "周三减 10 分钟")
    plan = hand_in_plan(plan=plan, by=cast.teacher.user)
    plan = review_plan(plan=plan, confirm=True, text="", by=cast.academic.user)
    assert plan.state == "confirmed"
    with pytest.raises(ValidationError, match="清单已确认，请教导处退回后再改"):
        save_plan(plan=plan, items=[], by=cast.teacher.user)


def test_a_plan_of_this_week_is_late_and_an_empty_one_is_refused(cast):
    plan = make_plan(cast, (3, "口算", 10), week=WEEK)
    assert hand_in_plan(plan=plan, by=cast.teacher.user).late is True
    with pytest.raises(ValidationError, match="清单是空的"):
        hand_in_plan(plan=make_plan(cast), by=cast.teacher.user)


def test_a_plan_over_the_cap_by_itself_is_refused(cast):
    plan = make_plan(cast, (1, "口算", 40), (1, "应用题", 30))
    with pytest.raises(ValidationError, match="60"):
        hand_in_plan(plan=plan, by=cast.teacher.user)


def test_what_the_plans_of_a_grade_add_up_to(cast):
    plans = [make_plan(cast, (1, "口算", 40)), make_plan(cast, (1, "抄写", 30), (2, "背诵", 10), subject=cast.chinese)]
    assert [(load.grade, load.day, load.minutes, load.cap, load.by_subject) for load in loads_of(plans)] == [
        (3, NEXT, 70, 60, {"数学": 40, "语文": 30}),
        (3, NEXT + dt.timedelta(days=1), 10, 60, {"语文": 10}),
    ]


def confirmed(cast, *items, **fields):
    return make_plan(cast, *items, week=WEEK, state="confirmed", **fields)


def test_the_plan_is_taken_over_and_the_difference_shown(cast, as_user):
    confirmed(cast, (3, "口算", 20), (4, "应用题", 15))
    (planned,) = planned_for([cast.class_1, cast.class_2], TODAY)[cast.class_1.pk]
    client, url = as_user(cast.teacher), reverse("homework:item_add")
    page = client.get(url, {"plan": planned.pk, "class": cast.class_1.pk})
    form = page.context["form"]
    assert (form["content"].value(), form["minutes"].value(), form.initial["classes"]) == (
        "口算",
        20,
        [cast.class_1.pk],
    )
    typed = {
        "classes": [cast.class_1.pk],
        "subject": cast.maths.pk,
        "content": "口算一页",
        "minutes": 25,
        "declared": "on",
    }
    client.post(f"{url}?plan={planned.pk}", typed)
    item = HomeworkItem.objects.get()
    assert (item.plan_item, item.content, item.minutes) == (planned, "口算一页", 25)
    assert planned_for([cast.class_1, cast.class_2], TODAY) == {cast.class_1.pk: [], cast.class_2.pk: [planned]}
    rows = {row.school_class.number: row for row in deviations(WEEK, 3)}
    assert [(rows[n].planned, rows[n].set, rows[n].difference, rows[n].kept_entries) for n in (1, 2)] == [
        (35, 25, -10, 1),
        (35, 0, -35, 0),
    ]
    compare = as_user(cast.academic).get(reverse("homework:plan_compare"), {"day": TODAY.isoformat(), "grade": 3})
    assert "-10" in compare.content.decode()


def test_the_homeroom_screen_is_filled_in_from_the_plan(cast, as_user):
    confirmed(cast, (3, "口算", 20))
    page = as_user(cast.homeroom).get(reverse("homework:sheet_all", args=[cast.class_1.pk, TODAY.isoformat()]))
    row = next(form for subject, _t, form in page.context["lines"] if subject == cast.maths)
    assert (row["content"].value(), row["minutes"].value()) == ("口算", 20)


def formset(*rows, **more):
    data = {"row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": 0}
    for n, (weekday, content, minutes) in enumerate(rows):
        work = {"weekday": weekday, "content": content, "minutes": minutes}
        work |= {"kind": "written", "tier": "all", "place": "home"}
        data |= {f"row-{n}-{name}": value for name, value in work.items()}
    return data | more


def test_the_plan_on_the_page(cast, as_user):
    client, url = as_user(cast.teacher), reverse("homework:plan_list")
    opened = client.post(f"{url}?day={NEXT}", {"grade": 3, "subject": cast.maths.pk})
    plan = WeekPlan.objects.get()
    assert opened.url == reverse("homework:plan_edit", args=[plan.pk])
    assert client.post(f"{url}?day={NEXT}", {"grade": 3, "subject": cast.maths.pk}).url == opened.url
    refused = client.post(opened.url, formset((1, "口算", 50), (1, "竖式", 50), hand_in="1"))
    assert "100" in refused.content.decode()
    client.post(opened.url, formset((1, "口算", 20), hand_in="1"))
    plan.refresh_from_db()
    assert plan.state == "handed_in"
    as_user(cast.academic).post(reverse("homework:plan_review", args=[plan.pk]), {"decision": "confirm"})
    plan.refresh_from_db()
    assert plan.state == "confirmed"
    assert as_user(cast.teacher).post(opened.url, formset((1, "口算", 5))).status_code == 403


def test_the_bank_is_copied_from(cast, as_user):
    client = as_user(cast.teacher)
    work = {"content": "一页竖式", "kind": "written", "tier": "basic", "minutes": 15, "place": "service"}
    client.post(
        reverse("homework:bank_add"),
        work | {"subject": cast.maths.pk, "grade": 3, "unit": "两位数乘法", "abilities": "运算"},
    )
    kept = BankItem.objects.get()
    assert (kept.made_by, kept.abilities) == (cast.teacher, "运算")
    page = client.get(reverse("homework:item_add"), {"bank": kept.pk})
    assert (page.context["form"]["content"].value(), page.context["form"]["tier"].value()) == ("一页竖式", "basic")
    fields = {
        "classes": [cast.class_1.pk],
        "subject": cast.maths.pk,
        "content": "一页竖式",
        "minutes": 15,
        "declared": "on",
    }
    client.post(f"{reverse('homework:item_add')}?bank={kept.pk}", fields)
    client.post(
        reverse("homework:bank_edit", args=[kept.pk]),
        work | {"content": "改过", "subject": cast.maths.pk, "grade": 3, "unit": "两位数乘法"},
    )
    assert HomeworkItem.objects.get().content == "一页竖式"
    (row,) = records(client.get(reverse("homework:bank_list"), {"q": "两位数"}))
    assert row.times_used == 1
    client.post(reverse("homework:bank_retire", args=[kept.pk]))
    assert records(client.get(reverse("homework:bank_list"))) == []


def test_learning_points_stand_on_the_board(cast, as_user, client):
    url = reverse("homework:point_add", args=[TODAY.isoformat()])
    posted = as_user(cast.homeroom).post(url, {"grade": 1, "subject": cast.chinese.pk, "text": "认识 10 个生字"})
    assert posted.status_code == 302
    assert LearningPoint.objects.get().week == WEEK
    again = as_user(cast.homeroom).post(url, {"grade": 1, "subject": cast.chinese.pk, "text": "重复"})
    assert again.status_code == 200
    client.logout()
    assert "认识 10 个生字" in client.get(reverse("board:board")).content.decode()


def test_only_those_who_may_change_a_row_are_offered_it(cast, as_user):
    """Who made it, who teaches its subject, the academic office; the others read."""
    work = {"content": "口算", "minutes": 10}
    item = BankItem.objects.create(grade=3, subject=cast.maths, unit="第一单元", made_by=cast.teacher, **work)
    point = LearningPoint.objects.create(
        grade=1, subject=cast.chinese, week=WEEK, text="认识 10 个生字", by=cast.academic.user
    )
    edits = {
        reverse("homework:bank_edit", args=[item.pk]): reverse("homework:bank_list"),
        reverse("homework:point_edit", args=[WEEK.isoformat(), point.pk]): reverse("homework:point_list"),
    }

    def offered(person):
        client = as_user(person)
        shown = [edit in client.get(page).content.decode() for edit, page in edits.items()]
        assert shown == [client.get(edit).status_code == 200 for edit in edits]
        return shown

    assert offered(cast.teacher) == [True, False]
    assert offered(cast.homeroom) == [False, True]
    assert offered(cast.academic) == [True, True]
    assert offered(cast.principal) == [False, False]
    Teaching.objects.filter(staff=cast.homeroom).update(subject=cast.maths)
    assert offered(cast.homeroom) == [True, True]
    cast.homeroom.subject = None
    cast.homeroom.save()
    assert offered(cast.homeroom) == [True, False]


# --- the timetable -------------------------------------------------------------------------------------------------


def upload(book):
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile("课程表.xlsx", data.getvalue())


def test_the_timetable_goes_out_and_in_as_a_workbook(cast, as_user):
    client, url = as_user(cast.academic), reverse("school:timetable")
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("school:timetable_book")).content))
    sheet = book["总课表"]
    heads = [cell.value for cell in sheet[1]]
    rows = {sheet.cell(n, 1).value: n for n in range(2, sheet.max_row + 1)}
    sheet.cell(rows["三(1)班"], heads.index("周三2") + 1).value = "数学"
    sheet.cell(rows["三(1)班"], heads.index("周一1") + 1).value = "语文"
    assert client.post(url, {"file": upload(book)}).status_code == 302
    assert list(Lesson.objects.values_list("school_class", "weekday", "number", "subject__name")) == [
        (cast.class_1.pk, 1, 1, "语文"),
        (cast.class_1.pk, 3, 2, "数学"),
    ]
    assert [lesson.number for lesson in Lesson.objects.on(3).taught_by(cast.teacher, TODAY)] == [2]
    sheet.cell(rows["三(1)班"], heads.index("周一2") + 1).value = "占卜"
    sheet.cell(rows["三(2)班"], 1).value = "九(9)班"
    sheet.cell(rows["三(2)班"], heads.index("周一2") + 1).value = "语文"
    refused = client.post(url, {"file": upload(book)})
    assert "占卜" in refused.content.decode() and "九(9)班" in refused.content.decode()
    assert Lesson.objects.count() == 2
    assert client.post(url, {"file": SimpleUploadedFile("a.xlsx", b"x")}).context["form"].errors


def test_the_timetable_of_one_class_by_hand(cast, as_user):
    client, url = as_user(cast.office), reverse("school:timetable_edit", args=[cast.class_2.pk])
    client.post(url, {"2-3": cast.chinese.pk, "9-9": cast.chinese.pk, "1-1": "x", "1-2": "99999"})
    assert list(Lesson.objects.values_list("weekday", "number")) == [(2, 3)]
    assert "selected" in client.get(url).content.decode()
    client.post(url, {})
    assert not Lesson.objects.exists()


def test_ended_assignments_give_no_lessons(cast):
    Lesson.objects.create(school_class=cast.class_1, weekday=3, number=1, subject=cast.maths)
    Teaching.objects.filter(staff=cast.teacher).update(starts_on=TERM_START, ends_on=TODAY - dt.timedelta(days=1))
    assert not Lesson.objects.on(3).taught_by(cast.teacher, TODAY)


def test_a_published_plan_item_keeps_its_plan(cast):
    plan = confirmed(cast, (3, "口算", 20))
    item = add(cast, 20, subject=cast.maths, plan_item=plan.items.get())
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    save_plan(plan=plan, items=[], by=cast.academic.user)
    item.refresh_from_db()
    assert item.plan_item is None


def test_rows_left_blank_are_passed_over(cast, as_user):
    """What the browser sends for three rows of which one is filled in; then handed in without touching anything."""
    plan = WeekPlan.objects.create(grade=3, subject=cast.chinese, week=WEEK, by=cast.homeroom)
    client, url = as_user(cast.homeroom), reverse("homework:plan_edit", args=[plan.pk])
    for more in ({"row-0-weekday": "2", "row-0-content": "听写", "row-0-minutes": "10"}, {"hand_in": "1"}):
        data = sent_by_a_browser(client.get(url).context["formset"])
        assert client.post(url, data | more).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.items.get().content) == ("handed_in", "听写")


def sent_by_a_browser(formset):
    data = {field.html_name: field.value() for field in formset.management_form}
    for form in formset:
        for field in form:
            value = field.value()
            if field.name == "DELETE":
                continue
            data[field.html_name] = "" if value is None else value
    return data
