"""Layouts that no sample has: made here as offices and programs write them."""

import io

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from school.importing.containers import WorkbookRefused
from school.importing.run import apply_import, confirm_batch, plan_import
from school.models import ImportBatch, Post, SchoolClass, Staff, Student

pytestmark = pytest.mark.django_db


def book(rows, title="Sheet1", **others):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for name, more in others.items():
        sheet = made.create_sheet(name)
        for row in more:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def children(plan):
    assert [problem.as_json() for problem in plan.context.refused] == []
    return [row.values for row in plan.sheets["students"].rows]


def test_contacts_with_the_class_at_the_end_of_a_path():
    """企业微信: departments, a row for each parent."""
    rows = [
        ["学生姓名", "部门", "家长姓名", "与学生关系", "手机号"],
        ["赵安禾", "示例小学/小学/2026级/1班", "赵父安", "爸爸", "19900001000"],
        ["赵安禾", "示例小学/小学/2026级/1班", "吴母一", "妈妈", "19900001100"],
        ["钱木知", "示例小学/小学/二年级/3班", "钱父禾", "爸爸", "+86 199-0000-1001"],
    ]
    first, second = children(plan_import(book(rows)))
    assert (first["class"], [one["phone"] for one in first["guardians"]]) == ([1, 1], ["19900001000", "19900001100"])
    assert (second["class"], second["guardians"][0]["relation"]) == ([2, 3], "父亲")


def test_answers_of_a_questionnaire_number_their_questions():
    rows = [
        [
            "序号",
            "提交答卷时间",
            "所用时间",
            "来源",
            "来自IP",
            "1、学生姓名",
            "2、所在班级？",
            "3. 性别（单选）",
            "4、家长姓名",
            "5、联系电话",
            "总分",
        ],
        [
            1,
            "2026/8/28 21:03:11",
            "63秒",
            "微信",
            "10.0.0.1(某市)",
            "赵安禾",
            "一年级(1)班",
            "男",
            "赵父安",
            "19900001000",
            0,
        ],
        [
            2,
            "2026/8/28 22:41:02",
            "80秒",
            "微信",
            "10.0.0.2(某市)",
            "钱木知",
            "一年级〖2班〗",
            "女",
            "钱父禾",
            "19900001001",
            0,
        ],
    ]
    first, second = children(plan_import(book(rows)))
    assert (first["name"], first["class"], first["sex"]) == ("赵安禾", [1, 1], 1)
    assert second["class"] == [1, 2]


def test_both_parents_in_one_cell():
    rows = [
        ["姓名", "性别", "出生日期", "年级", "班级", "家长姓名", "联系电话"],
        ["赵安禾", "男", "2020-02-13", "一年级", "1班", "赵父安、吴母一", "19900001000、19900001100"],
        ["钱木知", "女", "2019-11-17", "一年级", "1班", "钱父禾", "19900001001 / 19900001101"],
    ]
    first, second = children(plan_import(book(rows)))
    assert [(one["name"], one["phone"]) for one in first["guardians"]] == [
        ("赵父安", "19900001000"),
        ("吴母一", "19900001100"),
    ]
    assert second["guardians"] == [
        {"name": "钱父禾", "relation": "监护人", "phone": "19900001001", "other_phone": "19900001101"}
    ]


@pytest.mark.parametrize("document", [990000202002130048, "9.90002E+17"])
def test_an_identity_number_that_lost_its_digits_is_named(document):
    rows = [
        ["姓名", "性别", "出生日期", "班级", "身份证号", "监护人姓名", "监护人手机"],
        ["赵安禾", "男", "2020-02-13", "101", document, "赵父安", "19900001000"],
    ]
    refused = plan_import(book(rows)).context.refused
    assert [(one.column, one.reason[:8]) for one in refused] == [("身份证件号", "号码后几位已丢失")]


def test_a_list_of_homeroom_teachers_names_who_leads_which_class(cast):
    """班级, 班主任, 联系电话: whom the school knows is found by name, who is new gets a number."""
    rows = [
        ["2026—2027学年第一学期班主任一览表"],
        ["班级", "班主任", "联系电话"],
        ["三年级1班", cast.teacher.name, cast.teacher.phone],
        ["三（2）班", "新老师", "19911100099"],
    ]
    plan = plan_import(book(rows))
    assert plan.context.refused == []
    apply_import(plan, by=None)
    led = {
        str(post.school_class): post.staff.name for post in Post.objects.filter(role="homeroom_teacher", ends_on=None)
    }
    assert (led["三(1)班"], led["三(2)班"]) in {(cast.teacher.name, "新老师"), (cast.homeroom.name, "新老师")}
    assert Staff.objects.get(name="新老师").number.startswith("T")
    cast.teacher.refresh_from_db()
    assert (cast.teacher.number, cast.teacher.title) == ("T002", cast.teacher.title)


def test_sums_signatures_and_empty_rows_are_no_children():
    rows = [
        ["某小学学生花名册", None, None],
        ["姓　名", "性 别", "出生\n日期", "班级(必填)", "★监护人姓名", "监护人手机号码*"],
        ["赵安禾", "男", "2020.2.13", "101", "赵父安", "19900001000"],
        [None, "  ", None, None],
        ["小计", None, None, None, None, "1人"],
        ["制表人：", "王", "审核：", "李", None, None],
        ["填表说明：请勿修改表头"],
    ]
    plan = plan_import(book(rows))
    assert [row.values["name"] for row in plan.sheets["students"].rows] == ["赵安禾"]
    assert plan.sheets["students"].rows[0].values["class"] == [1, 1]


def test_formulas_without_results_are_told_by_their_cause():
    rows = [
        ["姓名", "性别", "出生日期", "班级", "监护人姓名", "监护人手机"],
        ["赵安禾", "男", "=DATE(2020,2,13)", "101", "赵父安", "19900001000"],
    ]
    plan = plan_import(book(rows))
    assert len(plan.context.refused) == 1
    assert any("1 个单元格是公式而没有结果" in warning for warning in plan.context.warnings)


def test_sheets_that_nobody_knows_are_named():
    rows = [
        ["姓名", "性别", "出生日期", "班级", "监护人姓名", "监护人手机"],
        ["赵安禾", "男", "2020-2-13", "101", "赵父安", "19900001000"],
    ]
    plan = plan_import(book(rows, title="学生", 食谱=[["周一", "米饭"], ["周二", "面条"]]))
    assert any("“食谱”" in warning for warning in plan.context.warnings)
    with pytest.raises(WorkbookRefused, match="食谱"):
        plan_import(book([["周一", "米饭"], ["周二", "面条"]], title="食谱"))
    assert not SchoolClass.objects.exists()


def test_sheets_with_the_same_headings_are_asked_about_once(cast, as_user):
    """Thirty classes with headings that nobody knows: one answer reads them all, each under its own class."""
    head = ["nr", "kid", "mf", "parent", "cell"]
    sheets = {f"三({n})班": [head, [1, f"孩子{n}", "M", "家长甲", f"199111010{n:02}"]] for n in range(2, 31)}
    data = book([head, [1, "孩子一", "F", "家长甲", "19911101001"]], title="三(1)班", **sheets)
    client = as_user(cast.office)
    url = client.post(reverse("school:import_list"), {"file": ContentFile(data, name="x.xlsx")}).url
    (asked,) = list(client.get(url).context["form"].asked())
    assert "另有 29 张" in asked.name
    named = {column.heading: column.field.html_name for column in asked.columns}
    answers = {"kid": "姓名", "mf": "性别", "parent": "监护人1姓名", "cell": "监护人1手机"}
    typed = {named[heading]: column for heading, column in answers.items()}
    preview = client.post(url, {"sheet_0": "学生名册", "sheet_x": "1", "given_0_班级": "三(1)班"} | typed)
    rows = ImportBatch.objects.get().plan["summary"]
    assert preview.status_code == 302
    # The school has 三(1)班 and 三(2)班; one row is no proof of another class.
    assert (rows["students"]["created"], len(rows["refused"])) == (2, 28)


def test_rows_of_several_sheets_are_told_apart(cast):
    """The same child on row 2 of two sheets; the third sheet's row 2 is somebody else."""
    head = ["姓名", "性别", "出生日期", "班级", "家长姓名", "家长手机"]
    child = ["赵安禾", "男", "2017-02-13", "三年级1班", "赵父安", "19911103001"]
    other = ["杨晓帆", "男", "2017-05-04", "三年级2班", "新名", cast.other_mother.phone]
    data = book(
        [head[:3] + head[4:], child[:3] + child[4:]],
        title="三(1)班",
        **{
            "三(2)班": [head[:3] + head[4:], other[:3] + other[4:], child[:3] + child[4:]],
        },
    )
    refused = plan_import(data).context.refused
    twins = next(one for one in refused if "三(1)班 2" in one.reason)
    assert (twins.table, twins.row) == ("三(2)班", 3)
    assert "三(2)班 3" in twins.reason
    renamed = next(one for one in refused if "在册的“杨小帆”" in one.reason)
    assert (renamed.table, renamed.row, renamed.value) == ("三(2)班", 2, "杨晓帆")


def test_another_phone_that_is_somebodys_login_is_refused_and_one_that_is_free_is_followed(cast):
    """Of a colleague, too: the login follows the list."""
    head = ["工号", "姓名", "职务", "手机"]

    def planned(phone):
        return plan_import(book([head, ["T001", "周婷", "教师", phone]]))

    assert [one.reason for one in planned(cast.mother.phone).context.refused] == ["这个手机号已是别人的登录账号。"]
    apply_import(planned("19911109999"), by=None)
    cast.homeroom.user.refresh_from_db()
    assert cast.homeroom.user.phone == "19911109999"


HEAD = ["姓名", "性别", "出生日期", "班级", "家长姓名", "家长手机"]


def test_a_corrected_day_of_birth_is_a_change_of_the_child_on_file(cast):
    """Found by the name and a guardian's phone, without a student number, as a second row and as another file."""
    row = ["赵安禾", "男", "2017-02-13", "三年级1班", "赵父安", "19911103001"]
    apply_import(plan_import(book([HEAD, row])), by=None)
    corrected = [*row[:2], "2017-03-12", *row[3:]]
    (planned,) = plan_import(book([HEAD, corrected])).sheets["students"].rows
    assert planned.action == "updated"
    apply_import(plan_import(book([HEAD, corrected])), by=None)
    assert [str(child.birth_date) for child in Student.objects.filter(name="赵安禾")] == ["2017-03-12"]
    both = plan_import(book([HEAD, row, corrected]))
    assert ["像是同一名学生" in one.reason for one in both.context.refused] == [True]


def test_headings_that_were_named_once_are_read_on_every_sheet_of_the_next_file(cast, as_user):
    head = ["nr", "kid", "mf", "parent", "cell"]

    def file(first):
        sheets = {
            f"三({n})班": [head, *([k, f"孩子{first}{n}{k}", "M", "家长甲", f"19911{first}{n}{k:04}"] for k in (1, 2))]
            for n in (1, 2)
        }
        return book([["说明"]], title="说明", **sheets)

    client = as_user(cast.office)
    url = client.post(reverse("school:import_list"), {"file": ContentFile(file(1), name="x.xlsx")}).url
    (_table, alike) = (one for one in client.get(url).context["form"].asked())
    named = {column.heading: column.field.html_name for column in alike.columns}
    answers = {"kid": "姓名", "mf": "性别", "parent": "监护人1姓名", "cell": "监护人1手机"}
    typed = {named[heading]: column for heading, column in answers.items()}
    typed |= {field.html_name: field.value() for field in alike.given}
    answered = client.post(url, {alike.sheet.html_name: "学生名册"} | typed)
    assert answered.status_code == 302, answered.context["form"].errors
    confirm_batch(batch=ImportBatch.objects.get(), accept_good_rows=False, by=cast.office)
    plan = plan_import(file(2))
    assert [len(plan.context.refused), len(children(plan))] == [0, 4]


def test_a_row_with_a_relation_in_it_is_no_row_of_headings_and_another_may_be_chosen(cast, as_user):
    data = book([["kid", "rel", "cell"], ["孩子一", "爸爸", "19911101001"], ["孩子二", "妈妈", "19911101002"]])
    client = as_user(cast.office)
    url = client.post(reverse("school:import_list"), {"file": ContentFile(data, name="x.xlsx")}).url
    (asked,) = client.get(url).context["form"].asked()
    assert asked.row.value() == 1
    shown = client.post(url, {"sheet_0": "学生名册", "row_0": "1", "show": "1"}).context["form"]
    assert [column.heading for column in next(iter(shown.asked())).columns] == ["kid", "rel", "cell"]
    moved = client.post(url, {"sheet_0": "学生名册", "row_0": "2", "show": "1"}).context["form"]
    assert [column.heading for column in next(iter(moved.asked())).columns] == ["孩子一", "爸爸", "19911101001"]


def test_columns_that_are_not_read_are_named():
    rows = [[*HEAD, "校车线路", "序号"], ["赵安禾", "男", "2020-2-13", "101", "赵父安", "19900001000", "3号线", 1]]
    (said,) = (one for one in plan_import(book(rows)).context.warnings if "没有读取" in one)
    assert "校车线路" in said
    assert "序号" not in said


def test_a_row_of_signatures_is_no_child_but_a_child_with_such_a_note_is():
    rows = [
        [*HEAD, "备注"],
        ["赵安禾", "男", "2020-2-13", "101", "赵父安", "19900001000", "审核人：王老师"],
        ["填表人：王", None, "审核人：", None, "校长（签字）：", "日期：", None],
    ]
    assert [child["name"] for child in children(plan_import(book(rows)))] == ["赵安禾"]


def test_a_file_without_a_table_is_refused_with_a_question(cast, as_user):
    client = as_user(cast.office)
    letter = ContentFile(book([["通知"], ["请各位家长周五前交表"]]), name="x.xlsx")
    response = client.post(reverse("school:import_list"), {"file": letter})
    assert response.status_code == 200
    assert "请确认是不是这份文件" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_only_classes_of_children_that_are_taken_are_made(cast):
    """Five children make a class that the school does not have, unless none of them is accepted."""
    rows = [[f"孩{n}", "男", "2017-02-13", "三年级5班", "家长", f"1991110300{n}"] for n in range(5)]
    made = plan_import(book([HEAD, *rows])).context
    assert any("三(5)班" in warning for warning in made.warnings), made.warnings
    refused = plan_import(book([HEAD, *([*row[:2], "2017年2月", *row[3:]] for row in rows)])).context
    assert len(refused.refused) == 5
    assert not any("三(5)班" in warning for warning in refused.warnings)


def test_room_and_fee_as_people_write_them(cast):
    rooms = plan_import(book([["场地名称", "能坐多少人"], ["合班教室", "45~48"]], title="场地"))
    assert [row.values["capacity"] for row in rooms.sheets["rooms"].rows] == [48]
    apply_import(rooms, by=None)
    clubs = [
        ["社团名称", "指导教师", "活动时间", "年级", "人数", "地点", "费用"],
        ["合唱", "周婷", "周三", "3-4", 20, "合班教室", "200元/学期"],
        ["书法", "周婷", "周四", "3-4", 20, "合班教室", "免费"],
    ]
    plan = plan_import(book(clubs, title="社团"))
    assert [problem.as_json() for problem in plan.context.refused] == []
    assert [row.values["materials_fee"] for row in plan.sheets["clubs"].rows] == ["200.00", "0.00"]
