"""The school's files from end to end: out and back, two offices at once, and files that are damaged anyhow."""

import datetime as dt
import io
import zipfile
from functools import partial

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from clubs.models import Club
from documents.workbooks import Column, Worksheet, write_workbook
from school.importing.containers import WorkbookRefused
from school.importing.plan import importers
from school.importing.run import PlanChanged, apply_import, confirm_batch, plan_import
from school.importing.shapes import Reading
from school.models import AccessLog, ClassMembership, Guardian, Guardianship, ImportBatch, Post, Staff, Student, Term
from tests.clubs.test_services import race
from tests.conftest import make_staff
from tests.property import examples
from tests.school.test_import import counts, sample
from tests.school.test_workbooks import read

pytestmark = pytest.mark.django_db


def school_out():
    """The bytes of what the school has on file, as the page gives it out."""
    term = Term.objects.get()
    return write_workbook([one.export(term, f"某校{term}{one.shape.sheet}") for one in importers()])


def test_an_office_that_is_set_up_in_august_has_its_colleagues_at_once():
    """Posts hold from the day of the import, classes from the first day of the term: who reviews is there when families apply."""
    august = dt.date(2026, 8, 24)
    apply_import(plan_import(sample("180"), today=august), by=None)
    leader = Post.objects.filter(role="homeroom_teacher").earliest("pk")
    assert leader.starts_on == august
    first_day = dt.date(2026, 9, 1)
    assert leader.school_class.label(first_day) in {"一(1)班", "二(1)班", "三(1)班", "四(1)班", "五(1)班", "六(1)班"}
    assert set(ClassMembership.objects.values_list("starts_on", flat=True)) == {first_day}
    again = plan_import(sample("180"), today=august)
    assert counts(again)["staff"] == (0, 0, 18)


def clerk():
    """Somebody of the office whom no sample names."""
    return make_staff("Z900", "办公室", role="service_office")


@pytest.mark.parametrize("name", ["180", "1237"])
def test_what_is_on_file_comes_back_unchanged(name):
    apply_import(plan_import(sample(name)), by=None)
    plan = plan_import(school_out())
    assert plan.context.refused == []
    assert {key: (c, u) for key, (c, u, _left) in counts(plan).items()} == dict.fromkeys(
        ("students", "staff", "rooms", "clubs"), (0, 0)
    )
    assert counts(plan)["students"][2] == Student.objects.count()


def test_corrected_in_excel_only_the_corrections_come_back():
    """A name, a phone, a class, a note and a room among 1,237 children."""
    apply_import(plan_import(sample("1237")), by=None)
    book = openpyxl.load_workbook(io.BytesIO(school_out()))
    sheet = book["学生名册"]
    places = {cell.value: cell.column for cell in sheet[2]}
    named = next(row for row in range(3, 40) if row not in (11, 12, 13) and sheet.cell(row, places["学籍号"]).value)
    old_name = sheet.cell(named, places["姓名"]).value
    sheet.cell(named, places["姓名"]).value = "赵改名"
    sheet.cell(11, places["健康备注"]).value = "花生过敏"
    sheet.cell(12, places["监护人1手机"]).value = "19911199999"
    sheet.cell(13, places["班级"]).value = "2班"
    book["场地"].cell(5, 3).value = 48
    out = io.BytesIO()
    book.save(out)
    plan = plan_import(out.getvalue())
    assert plan.context.refused == []
    assert {key: (c, u) for key, (c, u, _left) in counts(plan).items()} == {
        "students": (0, 4),
        "staff": (0, 0),
        "rooms": (0, 1),
        "clubs": (0, 0),
    }
    changes = [row.changes for row in plan.sheets["students"].rows if row.action == "updated"]
    assert {"name": [old_name, "赵改名"]} in changes
    assert {"health_note": ["", "花生过敏"]} in changes
    assert sorted(next(iter(one)) for one in changes) == ["class", "guardians", "health_note", "name"]
    apply_import(plan, by=None)
    assert counts(plan_import(out.getvalue()))["students"] == (0, 0, 1237)


def test_texts_come_back_with_the_marks_they_were_written_with(afternoon):
    """«，» is no «,»: a file taken out and brought back changes nothing; lines stay lines."""
    Club.objects.update(aim="认识篮球，每周动手练习。\n期末展示（自愿）！", materials="笔、墨；纸")
    Student.objects.filter(pk=afternoon.child.pk).update(health_note="花生过敏，随身带药（校医知道）")
    plan = plan_import(school_out())
    assert [row.changes for key in ("clubs", "students") for row in plan.sheets[key].rows if row.changes] == []


def test_a_list_of_the_children_alone_changes_children_and_asks_for_no_guardian(cast):
    """The list of pupils as its page gives it out; of a child who is new it asks who the guardian is."""
    head = ["姓名", "班级", "性别", "学籍号"]
    rows = [[one.name, "三(1)班", "男", one.number] for one in Student.objects.filter(name="韩小雨")]
    said = {"学生": Reading("学生名册", {one: one for one in head})}
    plan = plan_import(write_workbook([Worksheet("学生", [Column(one) for one in head], rows)]), readings=said)
    assert plan.context.refused == []
    assert [row.changes for row in plan.sheets["students"].rows] == [{"sex": ["未知", "男"]}]
    apply_import(plan, by=None)
    assert Guardianship.objects.filter(student__name="韩小雨").count() == 3
    new = [["新同学", "三(1)班", "女", ""]]
    data = write_workbook([Worksheet("学生", [Column(one) for one in head], new)])
    (refused,) = plan_import(data, readings=said).context.refused
    assert "监护人" in refused.reason


def test_an_outside_instructor_comes_back_with_the_club(afternoon):
    Staff.objects.filter(pk=afternoon.club.instructor_id).update(kind=Staff.Kind.OUTSIDE, organisation="阳光")
    plan = plan_import(school_out())
    assert [one for one in plan.context.refused if one.value == afternoon.homeroom.number] == []


def test_a_corrected_name_without_a_number_is_asked_about_and_a_twin_is_not(cast):
    """杨小帆 has no number: another name with its birth date and phone may be it, or a twin whose own row stands beside."""
    Student.objects.update(number=None, sex=1)
    book = openpyxl.load_workbook(io.BytesIO(school_out()))
    sheet = book["学生名册"]
    places = {cell.value: cell.column for cell in sheet[2]}
    at = next(row for row in range(3, 7) if sheet.cell(row, places["姓名"]).value == "杨小帆")

    def brought():
        out = io.BytesIO()
        book.save(out)
        return plan_import(out.getvalue())

    sheet.cell(at, places["姓名"]).value = "杨晓帆"
    plan = brought()
    assert len(plan.context.refused) == 1
    assert plan.context.refused[0].reason.startswith("“杨晓帆”与在册的“杨小帆”出生日期和手机号相同")
    assert counts(plan)["students"] == (0, 0, 3)
    sheet.append([cell.value for cell in sheet[at]])
    sheet.cell(at, places["姓名"]).value = "杨小帆"
    plan = brought()
    assert (plan.context.refused, counts(plan)["students"]) == ([], (1, 0, 4))


def test_another_phone_of_a_guardian_is_a_change_and_the_login_follows(cast):
    """Her name and relation stay; the sibling's row says so too. Where it still has the old phone, both are kept."""
    book = openpyxl.load_workbook(io.BytesIO(school_out()))
    sheet = book["学生名册"]
    places = {cell.value: cell.column for cell in sheet[2]}
    rows = [row for row in range(3, 7) if sheet.cell(row, places["监护人1姓名"]).value == cast.mother.name]
    assert len(rows) == 2

    def brought(*changed):
        for row in rows:
            sheet.cell(row, places["监护人1手机"]).value = "19911199999" if row in changed else cast.mother.phone
        out = io.BytesIO()
        book.save(out)
        return plan_import(out.getvalue())

    # Corrected for one child alone it would make two mothers of one.
    (refused,) = brought(rows[0]).context.refused
    assert (refused.column, refused.row) == ("监护人1手机", rows[0])
    assert refused.reason.startswith(f"第 {rows[1]} 行（")
    assert refused.reason.endswith("里 沈月 还是原来的手机号，请两行填成一样。")
    both = brought(*rows)
    changes = [row.changes["guardians"] for row in both.sheets["students"].rows if row.changes]
    assert changes == [[f"沈月 {cast.mother.phone}", "沈月 19911199999"]] * 2
    apply_import(both, by=None)
    cast.mother.refresh_from_db()
    cast.mother.user.refresh_from_db()
    assert (cast.mother.phone, cast.mother.user.phone, cast.mother.user.username) == ("19911199999",) * 3
    assert Guardian.objects.filter(name="沈月").count() == 1


def test_a_text_that_looks_like_a_formula_comes_back_as_it_was(cast):
    Student.objects.filter(pk=cast.child.pk).update(health_note="=忌口花生")
    plan = plan_import(school_out())
    assert [row.changes for row in plan.sheets["students"].rows if row.changes] == []


def test_the_pages_give_out_the_template_and_what_is_on_file(cast, as_user):
    client = as_user(cast.office)
    empty = client.get(reverse("school:import_template"))
    book = openpyxl.load_workbook(io.BytesIO(empty.content))
    assert book.sheetnames == ["场地", "教职工", "学生名册", "社团"]
    assert [cell.value for cell in book["学生名册"][2]][:3] == ["学籍号", "姓名", "性别"]
    with pytest.raises(WorkbookRefused, match="没有内容"):
        plan_import(empty.content)
    full = client.get(reverse("school:import_roster"))
    assert counts(plan_import(full.content))["students"] == (0, 0, 4)
    assert "周婷" in str([[c.value for c in row] for row in openpyxl.load_workbook(io.BytesIO(full.content))["教职工"]])
    opened = AccessLog.objects.filter(user=cast.office.user, action="opened")
    assert set(opened.values_list("student__name", flat=True)) == {
        "韩小雨",
        "韩小雪",
        "杨小帆",
        "吴小舟",
    }


def test_the_second_phone_is_kept_beside_the_first(cast, as_user):
    """b07: «19900001006/19900001106», where the second is no other guardian's."""
    data = read("g02")
    apply_import(plan_import(data), by=None)
    two = Guardian.objects.get(other_phone="13912340013")
    assert two.phone == "13912340012"
    child = two.students.get()
    client, page = as_user(clerk()), reverse("school:student_detail", args=[child.pk])
    assert "13912340013" not in client.get(page).text
    assert "13912340013" in client.post(page).text


def test_refusals_are_told_by_their_cause(cast, as_user):
    client = as_user(cast.office)
    file = ContentFile(read("b05"), name="b05.xlsx")
    page = client.get(client.post(reverse("school:import_list"), {"file": file}).url)
    causes = list(page.context["causes"])
    assert [(cause.reason, len(cause.rows), cause.column) for cause in causes] == [
        ("缺少日：只有年月，不是完整的出生日期。", 24, "出生日期")
    ]
    assert page.text.count("缺少日") == 1
    assert "26" in causes[0].numbers


def test_all_that_is_wrong_with_a_row_is_told_and_marked(cast, as_user):
    """Two cells of one row; a class that is merged over three rows is marked once."""
    made = openpyxl.Workbook()
    made.active.title = "学生"
    for row in (
        ["姓名", "性别", "出生日期", "班级", "监护人姓名", "监护人手机"],
        ["赵一", "X", "2017-05-04", "三年级9班", "赵父", "123"],
        ["钱二", "男", "2017-05-05", None, "钱父", "19911100302"],
        ["孙三", "女", "2017-05-06", None, "孙父", "19911100303"],
    ):
        made.active.append(row)
    made.active.merge_cells("D2:D4")
    out = io.BytesIO()
    made.save(out)
    client = as_user(cast.office)
    url = client.post(reverse("school:import_list"), {"file": ContentFile(out.getvalue(), name="x.xlsx")}).url
    causes = {(cause.column, len(cause.rows)) for cause in client.get(url).context["causes"]}
    assert causes == {("性别", 1), ("班级", 3), ("监护人1手机", 1)}
    marked = client.get(reverse("school:import_marked", args=[ImportBatch.objects.get().pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(marked.content))["学生"]
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"B2", "D2", "F2"}
    assert sheet["D2"].comment.text.count("没有 三(9)班") == 1


def test_the_preview_speaks_by_class_and_names_only_what_changes(cast, as_user):
    apply_import(plan_import(sample("180")), by=None)
    client = as_user(clerk())
    book = openpyxl.load_workbook(io.BytesIO(sample("180")))
    book["学生名册"]["N5"] = "花生过敏"
    out = io.BytesIO()
    book.save(out)
    file = ContentFile(out.getvalue(), name="b.xlsx")
    page = client.get(client.post(reverse("school:import_list"), {"file": file}).url)
    assert [(new, changed) for _name, new, changed in page.context["classes"]] == [(0, 1)]
    assert page.context["changed_count"] == 1
    assert "花生过敏" in page.text


@pytest.mark.django_db(transaction=True)
def test_two_offices_that_confirm_at_once_double_nothing(cast):
    """Children without numbers: only the plan, made again under the lock, knows that they are there."""
    data = read("g02")
    batches = []
    for name in ("a", "b"):
        plan = plan_import(data)
        batch = ImportBatch(file_name=name, sha256=plan.sha256, plan=plan.as_json(), uploaded_by=cast.office.user)
        batch.file.save(f"{name}.xlsx", ContentFile(data))
        batches.append(batch)
    before = Student.objects.count()

    def confirm(batch):
        try:
            confirm_batch(batch=batch, accept_good_rows=True, by=cast.office.user)
        except PlanChanged:
            return "look again"
        return "done"

    assert sorted(race([partial(confirm, batch) for batch in batches])) == ["done", "look again"]
    assert Student.objects.count() == before + 12
    assert Staff.objects.filter(name="汪轩桐").count() == 1


# --- whatever the bytes ------------------------------------------------------------------------------------------------

WHOLE_FILES = ("b01", "c01", "c11", "c04", "b30")


@st.composite
def damaged(draw):
    """A real file cut off, with bytes turned, or with a part of its package gone or changed."""
    data = read(draw(st.sampled_from(WHOLE_FILES)))
    how = draw(st.sampled_from(["cut", "turn", "part", "join"]))
    if how == "part" and data.startswith(b"PK"):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as less:
            parts = whole.infolist()
            gone = draw(st.integers(0, len(parts) - 1))
            for at, part in enumerate(parts):
                content = whole.read(part)
                if at == gone:
                    content = draw(st.sampled_from([None, b"", content[: len(content) // 2], b"<a/>", content[::-1]]))
                if content is not None:
                    less.writestr(part.filename, content)
        return out.getvalue()
    if how == "join":
        return data + draw(st.binary(max_size=50))
    if how == "cut":
        return data[: draw(st.integers(0, len(data)))]
    turned = bytearray(data)
    for _n in range(draw(st.integers(1, 20))):
        turned[draw(st.integers(0, len(turned) - 1))] = draw(st.integers(0, 255))
    return bytes(turned)


@examples(15, 500, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_no_bytes_end_in_a_traceback(data):
    try:
        plan_import(data)
    except WorkbookRefused as refusal:
        assert str(refusal)


# --- what a clerk did ----------------------------------------------------------------------------------------------------


def rows_to_file(sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


CLUB = ["社团名称", "招生年级", "人数", "辅导教师", "活动地点", "活动时间"]


@pytest.mark.parametrize(
    ("teacher", "room"), [("吴海", "体育馆"), ("周婷", "三年级1班教室")], ids=["same room", "same teacher"]
)
def test_a_club_where_another_club_is_on_file_is_refused_in_its_row(afternoon, teacher, room):
    rows = [CLUB, ["合唱团", "1-6年级", "30人", teacher, room, "周三第2节"]]
    refused = plan_import(rows_to_file({"社团": rows})).context.refused
    assert [problem.reason for problem in refused] == ["周三 已被 硬笔书法 占用。"]


def test_teachers_by_number_or_name_two_of_them_and_times_said_back(afternoon):
    rows = [
        CLUB,
        ["合唱团", "全校", "30", "T002、周婷", "体育馆", "周一16:40-17:30"],
        ["围棋", "三、四年级", "20", "周婷", "三年级1班教室", "周四18:30-19:30"],
    ]
    plan = plan_import(rows_to_file({"社团": rows}))
    choir = plan.sheets["clubs"].rows[0].values
    assert (choir["instructor"], choir["assistant"], choir["grade_to"]) == ("T002", "T001", 6)
    assert any("“周一16:40-17:30”按第 2 节" in warning for warning in plan.context.warnings)
    assert [problem.reason for problem in plan.context.refused] == [
        "这个时间没有课后服务的节次，请先在“场地与节次”中设置，或改写时间。"
    ]


def test_a_teacher_without_number_stays_one_person(cast):
    """Another phone with the same name, another name with the same phone: both are changes."""
    rows = [
        ["姓名", "任教学科", "职务", "手机"],
        ["吴海", "数学", "教师", "19911100555"],
        ["周亭", "语文", "教师", cast.homeroom.phone],
    ]
    plan = plan_import(rows_to_file({"教师名单": rows}))
    assert [(row.action, row.values["number"]) for row in plan.sheets["staff"].rows] == [
        ("updated", "T002"),
        ("updated", "T001"),
    ]
    assert plan.sheets["staff"].rows[1].changes["name"] == ["周婷", "周亭"]


def test_a_class_of_five_rows_is_made_and_one_row_is_a_slip(cast):
    head = ["姓名", "性别", "出生日期", "班级", "监护人姓名", "监护人手机"]
    five = [[f"新生{n}", "男", f"2017-03-0{n}", "四年级1班", f"家长{n}", f"1991110030{n}"] for n in range(1, 6)]
    slip = ["误班", "女", "2017-03-09", "四年级9班", "家长九", "19911100309"]
    plan = plan_import(rows_to_file({"学生": [head, *five, slip]}))
    assert counts(plan)["students"] == (5, 0, 0)
    assert "请先在“班级”页面新增" in plan.context.refused[0].reason
    assert any("四(1)班" in warning for warning in plan.context.warnings)


def test_a_relation_that_the_sheet_does_not_say_stays(cast):
    head = ["姓名", "性别", "出生日期", "班级", "监护人姓名", "监护人手机"]
    row = ["韩小雨", "女", "2017-05-04", "三年级1班", "沈月", cast.mother.phone]
    Student.objects.filter(pk=cast.child.pk).update(sex=2, number=None)
    plan = plan_import(rows_to_file({"学生": [head, row]}))
    assert [one.changes for one in plan.sheets["students"].rows] == [{}]


def test_an_upload_is_discarded_and_a_preview_without_a_good_row_has_no_button(cast, as_user):
    client = as_user(cast.office)
    page = client.post(reverse("school:import_list"), {"file": ContentFile(read("b05"), name="b05.xlsx")}).url
    rows = [
        ["姓名", "性别", "出生日期", "班级", "监护人姓名", "监护人手机"],
        ["张", "男", "2017", "三年级1班", "家长", "199"],
    ]
    bad = client.post(
        reverse("school:import_list"), {"file": ContentFile(rows_to_file({"学生": rows}), name="x.xlsx")}
    ).url
    assert "只导入没有问题的行" in client.get(page).text
    assert "只导入没有问题的行" not in client.get(bad).text
    assert "放弃这次上传" in client.get(bad).text
    client.post(bad, {"discard": "1"})
    assert ImportBatch.objects.get(file_name="x.xlsx").status == "discarded"
    client.post(bad, {"accept": "1"})
    assert ImportBatch.objects.get(file_name="x.xlsx").status == "discarded"
