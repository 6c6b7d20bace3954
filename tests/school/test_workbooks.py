"""Files as schools have them (../shared/samples/workbooks), each against what a clerk expects of it in an empty office."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from school.importing.containers import WorkbookRefused, tables_of
from school.importing.mapping import remember
from school.importing.run import apply_import, kept_copy, plan_import
from school.importing.shapes import NotMatched, Reading
from school.models import Room, Staff, Student

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples" / "workbooks"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason="the sample workbooks lie beside the repository"),
]
WHOLE = (24, 8, 5, 2)
TAKEN = [
    "a12-parents4", "b01-control", "b02-date1904", "b04-date-serial", "b06-phones", "b09-hidden-filter",
    "b10-formula-serial", "b11-formula-birth", "b14-merged-class", "b15-two-row-header", "b17-repeated-header",
    "b18-names", "b20-sex-codes", "b22-borders-25000", "b23-richtext", "b24-inlinestr", "b25-sheet-protected",
    "b27-sheet-names", "b28-no-term", "b29-strict-ooxml", "b30-wps", "b31-odd-style", "b32-bare",
    "b33-prefixed", "c01-old", "c02-wps", "c03-xls-named", "c10-numbers", "c15-libreoffice", "d01-66-columns",
    "d03-x000d", "d05-starts-at-B5", "e01-empty-fill", "e04-bad-defined-name", "e06-iso-dates",
    "e07-case-of-parts", "e08-b5", "e09-b5-chart",
]  # fmt: skip


def read(name):
    return next(FOLDER.glob(f"{name}*")).read_bytes()


def made(plan):
    summary = plan.summary()
    return tuple(summary[key]["created"] if key in summary else None for key in ("students", "staff", "rooms", "clubs"))


@pytest.mark.parametrize("name", TAKEN)
def test_a_habit_of_real_files_is_taken(name):
    plan = plan_import(read(name))
    assert [problem.as_json() for problem in plan.context.refused] == []
    assert made(plan) == WHOLE
    assert "_x000D_" not in str([row.values for row in plan.sheets["students"].rows])


@pytest.mark.parametrize(
    ("name", "expected", "refused"),
    [
        ("a01-xueji-import71", (24, None, None, None), 0),
        ("a03-class-sheets", (24, None, None, None), 0),
        ("a06-dingtalk-edu", (24, None, None, None), 0),
        ("a09-teachers", (None, 8, None, None), 0),
        ("a11-clubs", (None, None, None, 0), 2),
        ("a13-onlystudents", (24, None, None, None), 0),
        ("b05-date-month-only", (0, 8, 5, 2), 24),
        ("b07-phones-two", (12, 8, 5, 2), 12),
        ("b12-formula-vlookup", (23, 8, 5, 2), 1),
        ("b26-error-cells", (23, 8, 5, 2), 1),
        ("c04-gb18030", (24, None, None, None), 0),
        ("c06-tsv-named", (24, None, None, None), 0),
        ("c11-sheet", (24, None, None, None), 0),
        ("d06-fullwidth-heads", (23, 8, 5, 2), 1),
        ("d07-sheet-space", (23, 8, 5, 2), 1),
        ("d08-staff-no-number", WHOLE, 0),
        ("g02-names-phones", (12, 18, 19, 16), 6),
    ],
)
def test_what_can_be_read_is_taken_and_the_rest_is_refused_by_its_row(name, expected, refused):
    plan = plan_import(read(name))
    assert (made(plan), len(plan.context.refused)) == (expected, refused)


def reasons(name, sheet="students"):
    wanted = {"students": "学生名册", "staff": "教职工", "clubs": "社团"}[sheet]
    return {problem.reason for problem in plan_import(read(name)).context.refused if problem.sheet == wanted}


def test_the_register_of_71_columns_says_birth_class_and_both_parents_by_itself():
    """The identity number behind a G, its eighth digit on the birth date; 202601 is 一(1)班 of 2026."""
    child = plan_import(read("a01")).sheets["students"].rows[0].values
    assert (child["number"], child["birth_date"], child["class"]) == ("G990000202002130015", "2020-02-13", [1, 1])
    assert [(one["relation"], one["phone"]) for one in child["guardians"]] == [
        ("父亲", "19900001000"),
        ("母亲", "19900001100"),
    ]


def test_one_sheet_a_class_is_one_list():
    """The class is the sheet's name; of a year and a month the identity number knows the day."""
    rows = plan_import(read("a03")).sheets["students"].rows
    assert sorted({tuple(row.values["class"]) for row in rows}) == [(1, 1), (1, 2), (2, 1), (3, 1)]
    assert rows[0].values["birth_date"] == "2020-02-13"


def test_a_row_for_each_parent_is_one_child_with_two_guardians():
    plan = plan_import(read("a06"))
    assert {len(row.values["guardians"]) for row in plan.sheets["students"].rows} == {2}
    first = plan.sheets["students"].rows[0].values
    assert [(one["name"], one["relation"]) for one in first["guardians"]] == [("赵父安", "父亲"), ("吴母一", "母亲")]
    assert (first["sex"], first["birth_date"]) == (0, "")


def test_staff_without_numbers_get_the_next_ones_and_keep_them(cast):
    """赵师安 … of a09; the same file again finds the same people."""
    plan = plan_import(read("a09"))
    numbers = [row.values["number"] for row in plan.sheets["staff"].rows]
    assert len(set(numbers)) == 8
    assert not set(numbers) & set(Staff.objects.values_list("number", flat=True))
    apply_import(plan, by=None)
    again = plan_import(read("a09"))
    assert {row.action for row in again.sheets["staff"].rows} == {"unchanged"}
    assert [row.values["number"] for row in again.sheets["staff"].rows] == numbers


def test_what_is_wrong_is_said_with_what_to_do():
    assert reasons("b05") == {"缺少日：只有年月，不是完整的出生日期。"}
    assert {"不是 11 位手机号。", "号码后几位已丢失（科学计数），请把该列设为文本后重新填写。"} <= reasons("b07")
    assert sum("像是同一名学生" in reason for reason in reasons("g02")) == 4
    assert any("“阿依古丽·买买提”与第 6 行“阿依古丽•买买提”" in reason for reason in reasons("g02"))
    assert len(reasons("d09", "staff")) == 2


def test_clubs_name_their_teachers_and_the_time_of_the_clock(cast):
    """a11: 赵师安, 每周二16:40-17:40, 1-3年级, 30人; 周三下午, 三、四年级, 25~30."""
    apply_import(plan_import(read("b01")), by=None)
    for name in ("音乐教室1", "101"):
        Room.objects.get_or_create(name=name, defaults={"kind": "special", "capacity": 40})
    plan = plan_import(read("a11"))
    assert [problem.as_json() for problem in plan.context.refused] == []
    choir, writing = (row.values for row in plan.sheets["clubs"].rows)
    assert (choir["instructor"], choir["slots"], choir["capacity"]) == ("T001", [[2, 2]], 30)
    assert (choir["grade_from"], choir["grade_to"], writing["grade_from"], writing["grade_to"]) == (1, 3, 3, 4)
    assert (writing["slots"], writing["least"], writing["capacity"]) == ([[3, 2]], 25, 30)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("c07-html-named", "网页"),
        ("c12-truncated", "不完整"),
        ("c13-empty", "空"),
        ("c14-docx-named", "Word"),
        ("e03-sheet-cut", "损坏"),
        ("a04-teacher-bench", "班级"),
        ("a08-kehou-signup", "出生日期"),
        ("a15-english", "Students"),
        ("a16-meibo", "1年1組"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_a_sentence(name, sentence):
    with pytest.raises(WorkbookRefused, match=sentence):
        plan_import(read(name))


def test_every_sample_has_its_expectation():
    """f… and g01 are bank statements: tests/fees/test_money.py."""
    text = Path(__file__).read_text()
    missing = [
        f.name for f in FOLDER.iterdir() if f.name[0] in "abcde" and f.stem not in text and f.stem[:3] not in text
    ]
    assert missing == []


# --- where nobody knows the columns, somebody says what they are -------------------------------------------------------


A04 = Reading(
    "学生名册",
    {"姓名": "姓名", "学号": "", "性别": "性别", "家长": "监护人1姓名", "电话": "监护人1手机", "住址": ""},
    {"班级": "一年级1班"},
)


def test_named_columns_are_read_and_remembered_for_the_next_such_file():
    with pytest.raises(NotMatched):
        plan_import(read("a04"))
    plan = plan_import(read("a04"), readings={"学生信息": A04})
    assert (made(plan)[0], plan.context.refused) == (6, [])
    assert plan.sheets["students"].rows[0].values["class"] == [1, 1]
    remember(tables_of(read("a04")), {"学生信息": A04})
    # What was given for all rows holds for one file only: the next one is of another class.
    with pytest.raises(NotMatched, match="班级"):
        plan_import(read("a04"))
    said = Reading(
        "学生名册", {"班级": "班级", "学生姓名": "姓名", "家长姓名": "监护人1姓名", "联系电话": "监护人1手机"}
    )
    remember(tables_of(read("a08")), {"报名汇总": said})
    assert made(plan_import(read("a08")))[0] == 24


def test_the_command_takes_the_columns_from_a_file(tmp_path, capsys):
    workbook, said = next(FOLDER.glob("a04*")), tmp_path / "said.json"
    with pytest.raises(SystemExit) as ended:
        call_command("import_school", str(workbook))
    assert ended.value.code == 2
    said.write_text(json.dumps({"学生信息": A04.as_json()}))
    with pytest.raises(SystemExit) as ended:
        call_command("import_school", str(workbook), "--map", str(said))
    assert (ended.value.code, Student.objects.count()) == (0, 6)
    assert json.loads(capsys.readouterr().out)["students"]["created"] == 6
    said.write_text("[]")
    with pytest.raises(SystemExit) as ended:
        call_command("import_school", str(workbook), "--map", str(said))
    assert ended.value.code == 2


def upload(client, name):
    page = client.post(reverse("school:import_list"), {"file": SimpleUploadedFile(f"{name}.xlsx", read(name))})
    assert page.status_code == 302, page.context["form"].errors
    return page.url


def test_the_office_names_the_columns_on_the_page_and_never_again(cast, as_user):
    client = as_user(cast.office)
    url = upload(client, "a15")
    assert url.endswith("/columns/")
    page = client.get(url)
    first = next(page.context["form"].asked())
    assert [column.heading for column in first.columns][:3] == ["student_number", "last_name", "first_name"]
    assert first.columns[0].samples == ["1000", "1001", "1002"]
    named = {column.heading: column.field.html_name for column in first.columns}
    typed = {"sheet_0": "学生名册", named["first_name"]: "姓名", named["gender"]: "性别"}
    refused = client.post(url, typed)
    assert "请指明哪一列是“班级”" in refused.text
    twice = client.post(url, typed | {named["last_name"]: "姓名", named["home_room"]: "班级"})
    assert "已选了" in twice.text
    shown = client.post(url, {"sheet_0": "教职工", "show": "1"})
    assert "工号" in dict(next(shown.context["form"].asked()).columns[0].field.field.choices)
    typed |= {named["guardian1"]: "监护人1姓名", "given_0_班级": "三年级1班"}
    preview = client.post(url, typed)
    assert preview.url.endswith(url.removesuffix("columns/"))
    assert client.get(preview.url).context["refused_count"] == 24  # no phone was named
    assert upload(client, "a15").endswith("/columns/")  # the class was of that file alone


def test_what_is_left_out_stays_out(cast, as_user):
    """Two rows of data are no heading, whatever their cells make together (男 over 女)."""
    client = as_user(cast.office)
    url = upload(client, "a16")
    columns = next(client.get(url).context["form"].asked()).columns
    assert [column.heading for column in columns][:2] == ["番号", "氏名"]
    assert [column.field.value() for column in columns][1:5] == ["姓名", "", "性别", ""]
    assert "请至少指明一张工作表" in client.post(url, {"sheet_0": ""}).text


@pytest.mark.parametrize("name", [*TAKEN, "c04-gb18030"])
def test_what_is_kept_says_the_same_and_names_no_author(name):
    data = read(name)
    kept = kept_copy(data)
    if kept.startswith(b"PK"):
        parts = zipfile.ZipFile(io.BytesIO(kept)).namelist()
        assert not [part for part in parts if part.lower().startswith(("docprops/", "xl/persons/"))]
    assert kept.startswith(b"PK") == (name != "c04-gb18030")
    assert plan_import(kept).as_json() == plan_import(data).as_json()
