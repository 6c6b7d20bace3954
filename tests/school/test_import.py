"""Importing the sample workbooks of a school."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from clubs.models import Club
from school.importing.containers import MAX_BYTES, WorkbookRefused
from school.importing.run import PlanChanged, apply_import, confirm_batch, marked_copy, plan_import, preview_batch
from school.models import ClassMembership, Guardian, ImportBatch, Post, SchoolClass, Staff, Student, Term
from web.templatetags.formats import cn_date

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
pytestmark = pytest.mark.django_db


def sample(name):
    return (SAMPLES / f"school-{name}.xlsx").read_bytes()


def changed(name, edit):
    """A sample workbook with something done to it."""
    book = openpyxl.load_workbook(io.BytesIO(sample(name)))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(plan):
    return {
        key: (p["created"], p["updated"], p["unchanged"]) for key, p in plan.summary().items() if isinstance(p, dict)
    }


def rows_of_school():
    return list(
        Student.objects.order_by("number").values_list(
            "number", "name", "sex", "birth_date", "health_note", "guardians__phone", "special_groups__name"
        )
    )


def test_imports_the_whole_school():
    plan = plan_import(sample("1237"))
    apply_import(plan, by=None)
    assert counts(plan) == {"students": (1237, 0, 0), "staff": (78, 0, 0), "rooms": (44, 0, 0), "clubs": (17, 0, 0)}
    assert (Student.objects.count(), SchoolClass.objects.count(), Guardian.objects.count()) == (1237, 30, 1754)
    assert Post.objects.filter(role="homeroom_teacher").count() == 30
    assert str(Term.objects.get()) == "2026—2027学年第一学期"
    assert Club.objects.get(name="足球").slots.count() == 2
    assert set(Club.objects.values_list("slots__period__number", flat=True)) == {2}
    assert SchoolClass.objects.get(entry_year=2024, number=2).room.name == "三年级2班教室"


def test_same_file_twice_changes_nothing():
    apply_import(plan_import(sample("180")), by=None)
    again = plan_import(sample("180"))
    assert counts(again) == {"students": (0, 0, 180), "staff": (0, 0, 18), "rooms": (0, 0, 19), "clubs": (0, 0, 16)}


def test_untidy_imports_to_the_same_rows():
    apply_import(plan_import(sample("180")), by=None)
    tidy = rows_of_school()
    untidy = plan_import(sample("180-untidy"))
    assert counts(untidy)["students"] == (0, 0, 180)
    assert untidy.context.refused == []
    assert len(tidy) >= 180


def test_errors_refuse_exactly_the_eight_broken_rows():
    plan = plan_import(sample("180-errors"))
    assert [(p.row, p.column, p.value) for p in plan.context.refused] == [
        (6, "学籍号", "G990000202002280021"),
        (13, "姓名", ""),
        (20, "出生日期", "去年秋天"),
        (27, "监护人1手机", "12345"),
        (34, "年级", "七年纪"),
        (41, "班级", "9班"),
        (48, "学籍号", "G990000201810240450"),
        (55, "监护人1姓名", ""),
    ]
    assert len({p.reason for p in plan.context.refused}) == 8
    assert counts(plan)["students"] == (172, 0, 0)


def test_command_writes_nothing_while_a_row_is_refused(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("import_school", str(SAMPLES / "school-180-errors.xlsx"))
    assert stop.value.code == 3
    assert Student.objects.count() == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed["refused"][0]) == {"sheet", "row", "column", "value", "reason"}
    assert printed["students"]["created"] == 172


def test_command_takes_the_good_rows_when_told(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("import_school", str(SAMPLES / "school-180-errors.xlsx"), "--accept-good-rows")
    assert stop.value.code == 3
    assert Student.objects.count() == 172


def test_check_writes_nothing(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("import_school", str(SAMPLES / "school-180.xlsx"), "--check")
    assert stop.value.code == 0
    assert (Student.objects.count(), Term.objects.count()) == (0, 0)
    assert json.loads(capsys.readouterr().out)["written"] is False


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a workbook at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
        b"P" * (MAX_BYTES + 1),
        b"PK\x03\x04 broken",
    ],
    ids=["empty", "text", "xls", "too large", "broken zip"],
)
def test_not_a_workbook_is_refused_with_a_sentence(data):
    with pytest.raises(WorkbookRefused) as refusal:
        plan_import(data)
    assert str(refusal.value).endswith((".", "。"))


def with_sheet(xml):
    """A sample of the school with this at the end of its first sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sample("180"))) as book,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in book.infolist():
            data = book.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", xml[0] + b"</sheetData>" + xml[1])
            archive.writestr(part.filename, data)
    return out.getvalue()


ROW = b"<row>" + b"<c><v>1</v></c>" * 60 + b"</row>"


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        ((ROW * 7_000, b""), "工作簿超过 40 万个单元格"),
        ((b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b""), "损坏|40 万"),
        ((b"", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "没有表头"),
        ((b"<row><c><v>" + b"0" * 42_000_000 + b"</v></c></row>", b""), "文件解压后过大"),
    ],
    ids=["cells", "a cell at the end of the world", "merged", "bytes"],
)
def test_a_small_file_that_unpacks_to_a_large_one_is_refused_by_a_process_of_its_own(xml, sentence):
    bomb = with_sheet(xml)
    assert len(bomb) < 226_000
    with pytest.raises(WorkbookRefused, match=sentence):
        plan_import(bomb)


def test_reading_ends_after_a_while(monkeypatch):
    monkeypatch.setattr("school.importing.containers.READ_SECONDS", 0.001)
    with pytest.raises(WorkbookRefused, match="读取时间太长"):
        plan_import(sample("180"))


def test_missing_sheet_and_column_are_named():
    without = plan_import(changed("180", lambda book: book.remove(book["场地"])))
    assert "rooms" not in without.summary()
    assert {problem.column for problem in without.context.refused} == {"地点"}

    def drop_heading(book):
        book["学生名册"]["D2"] = "诞辰"

    with pytest.raises(WorkbookRefused, match="出生日期"):
        plan_import(changed("180", drop_heading))


@pytest.mark.parametrize(
    ("cell", "value", "column"),
    [
        ("B3", "=1+1", "姓名"),
        ("B3", "名" * 300, "姓名"),
        ("D3", "2099-01-01", "出生日期"),
        ("C3", "X", "性别"),
        ("E3", "0年级", "年级"),
        ("I3", None, "监护人1手机"),
    ],
)
def test_a_bad_cell_refuses_its_row(cell, value, column):
    def edit(book):
        book["学生名册"][cell] = value

    plan = plan_import(changed("180", edit))
    assert [(p.sheet, p.row, p.column) for p in plan.context.refused] == [("学生名册", 3, column)]


def test_usual_ways_of_writing_are_read():
    def edit(book):
        sheet = book["学生名册"]
        sheet["E3"], sheet["F3"], sheet["I3"], sheet["D3"] = "1年级", "(1)班", "+86 199-0000-0019", "2020年3月27日"
        sheet["B3"] = "\u200b段 阳"

    apply_import(plan_import(sample("180")), by=None)
    plan = plan_import(changed("180", edit))
    first = plan.sheets["students"].rows[0]
    assert first.changes == {"name": ["段阳", "段 阳"]}


def test_a_missing_child_is_listed_and_never_deleted():
    apply_import(plan_import(sample("180")), by=None)
    plan = plan_import(changed("180", lambda book: book["学生名册"].delete_rows(3)))
    assert plan.summary()["students"]["missing"] == ["段阳 一(1)班"]
    apply_import(plan, by=None)
    assert Student.objects.count() == 180


def test_changes_show_old_and_new_and_a_new_class_keeps_the_old_membership():
    apply_import(plan_import(sample("180")), by=None)

    def edit(book):
        sheet = book["学生名册"]
        sheet["N3"], sheet["E3"] = "近视", "二年级"

    plan = plan_import(changed("180", edit))
    row = plan.sheets["students"].rows[0]
    assert row.changes == {"health_note": ["", "近视"], "class": ["一(1)班", "二(1)班"]}
    apply_import(plan, by=None)
    child = Student.objects.get(number="G990000202003270001")
    assert ClassMembership.objects.filter(student=child).count() == 2
    assert ClassMembership.objects.filter(student=child, ends_on=None).get().school_class.entry_year == 2025


def test_new_child_without_number_gets_it_later():
    def without(book):
        book["学生名册"]["A3"] = None

    apply_import(plan_import(changed("180", without)), by=None)
    plan = plan_import(sample("180"))
    assert counts(plan)["students"] == (0, 1, 179)
    apply_import(plan, by=None)
    assert Student.objects.filter(number="G990000202003270001").count() == 1


def test_one_phone_two_names_is_a_contact_and_a_warning():
    def edit(book):
        book["学生名册"]["G4"] = "另一人"

    plan = plan_import(changed("180", edit))
    apply_import(plan, by=None)
    assert [g.contact_only for g in Guardian.objects.filter(phone="19900000019").order_by("pk")] == [False, True]
    assert sum("另一人" in warning for warning in plan.context.warnings) == 1


def test_a_teacher_who_is_a_parent_is_one_adult():
    apply_import(plan_import(sample("180")), by=None)
    staff = Staff.objects.get(phone="19900000001")
    guardian = Guardian.objects.get(phone="19900000001")
    assert (guardian.name, guardian.contact_only) == (staff.name, False)


def test_confirming_applies_what_was_shown_or_nothing(cast, settings, tmp_path):
    from django.core.files.base import ContentFile

    settings.MEDIA_ROOT = tmp_path
    data = sample("180")
    plan = plan_import(data)
    batch = ImportBatch(file_name="a.xlsx", sha256=plan.sha256, plan=plan.as_json(), uploaded_by=cast.office.user)
    batch.file.save("a.xlsx", ContentFile(data))
    apply_import(plan_import(data), by=None)
    with pytest.raises(PlanChanged):
        confirm_batch(batch=batch, accept_good_rows=False, by=cast.office.user)
    assert Student.objects.count() == 184
    batch.plan = plan_import(data).as_json()
    batch.save()
    confirm_batch(batch=batch, accept_good_rows=False, by=cast.office.user)
    batch.refresh_from_db()
    assert batch.status == "applied"


def test_marked_copy_names_the_reason_at_the_cell():
    data = sample("180-errors")
    book = openpyxl.load_workbook(io.BytesIO(marked_copy(data, plan_import(data).summary()["refused"])))
    assert book["学生名册"]["D20"].comment.text
    assert book["学生名册"]["D20"].fill.fgColor.rgb == "FFFFE2A8"
    assert book["学生名册"]["D21"].comment is None


def test_the_preview_says_from_when_posts_and_classes_hold(cast, as_user):
    batch = preview_batch(upload=SimpleUploadedFile("学校.xlsx", sample("180")), by=cast.office.user)
    day = dt.date.fromisoformat(batch.plan["holds_from"])
    page = as_user(cast.office).get(reverse("school:import_detail", args=[batch.pk]))
    assert cn_date(day, "year") in page.text
    confirm_batch(batch=batch, accept_good_rows=True, by=cast.office.user)
    assert Post.objects.filter(starts_on=day).exists()


def test_what_a_sheet_does_not_speak_of_stays():
    """A list without a column says nothing about it: health notes, groups, kinds of rooms and fees are not emptied."""

    def filled(book):
        book["学生名册"]["N3"], book["学生名册"]["M3"] = "哮喘", "留守儿童"

    apply_import(plan_import(changed("180", filled)), by=None)
    optional = {"学生名册": ("特殊群体", "健康备注"), "教职工": ("性别", "任教学科"), "场地": ("类型", "位置")}
    optional["社团"] = ("类别", "材料费(元/学期)")

    def without(book):
        for name, headings in optional.items():
            cells = [cell for row in book[name].iter_rows(max_row=3) for cell in row if cell.value in headings]
            assert len(cells) == len(headings), name
            for cell in sorted(cells, key=lambda cell: -cell.column):
                book[name].delete_cols(cell.column)

    plan = plan_import(changed("180", without))
    assert plan.context.refused == []
    assert [row.changes for sheet in plan.sheets.values() for row in sheet.rows if row.changes] == []


def test_pupils_alone_make_the_classes_of_an_empty_school_and_of_no_other():
    def only_pupils(book, wrong=""):
        for name in ("教职工", "场地", "社团"):
            book.remove(book[name])
        if wrong:
            book["学生名册"]["F3"] = wrong

    plan = plan_import(changed("180", only_pupils))
    assert any("将一并建立" in warning for warning in plan.context.warnings)
    apply_import(plan, by=None)
    classes = SchoolClass.objects.count()
    assert (Student.objects.count(), classes) == (180, 6)
    again = plan_import(changed("180", lambda book: only_pupils(book, "9班")))
    assert [(p.row, p.column) for p in again.context.refused] == [(3, "班级")]


def test_a_sum_below_is_passed_over_and_a_calculator_is_none():
    def edit(book):
        sheet = book["场地"]
        sheet.append(["小计算器室", "功能室", 20])
        sheet.append(["合计", None, 400])

    plan = plan_import(changed("180", edit))
    assert counts(plan)["rooms"] == (20, 0, 0)
    assert any("已跳过" in warning for warning in plan.context.warnings)


def test_the_marked_copy_of_a_file_that_merges_a_whole_sheet_is_made_of_its_values(monkeypatch):
    def edit(book):
        book["学生名册"]["D20"] = "去年秋天"

    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(changed("180", edit))) as book,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in book.infolist():
            data = book.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                merged = b'<mergeCells><mergeCell ref="A300:XFD1048576"/></mergeCells><pageMargins'
                data = data.replace(b"<pageMargins", merged, 1)
            out.writestr(part.filename, data)
    refused = plan_import(bomb.getvalue()).summary()["refused"]
    assert [(one["row"], one["column"]) for one in refused] == [(20, "出生日期")]
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **kwargs: pytest.fail("opened"))
    copy = marked_copy(bomb.getvalue(), refused)
    monkeypatch.undo()
    assert openpyxl.load_workbook(io.BytesIO(copy))["学生名册"]["D20"].comment.text
