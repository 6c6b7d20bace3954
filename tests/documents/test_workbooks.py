import datetime as dt
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.utils.translation import override

from documents.workbooks import Column, Watermark, Worksheet, safe_text, write_workbook


def read(data):
    return openpyxl.load_workbook(BytesIO(data))


def rows_of(page):
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_sheet_has_heading_watermark_head_rows_and_notes():
    mark = Watermark("郑岚", "核对名单", dt.datetime(2026, 11, 20, 8, 25, tzinfo=dt.UTC))
    sheet = Worksheet(
        "名单", [Column("姓名"), Column("人数")], [["陈一诺", 1237]], heading="示范小学", notes=["共 1 人"]
    )
    with override("zh-hans"):
        page = read(write_workbook([sheet], watermark=mark))["名单"]
    assert rows_of(page) == [
        ["示范小学", None],
        ["导出人：郑岚  导出时间：2026-11-20 16:25  原因：核对名单", None],
        ["姓名", "人数"],
        ["陈一诺", 1237],
        ["共 1 人", None],
    ]
    assert (page.freeze_panes, page.auto_filter.ref, page["A3"].font.bold) == ("A4", "A3:B4", True)


@pytest.mark.parametrize("text", ["=1+1", "+8613", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_text_is_never_computed(text):
    page = read(write_workbook([Worksheet("x", [Column("x")], [[text]])])).worksheets[0]
    assert (page["A2"].value, page["A2"].data_type) == (f"'{text}", "s")
    assert not safe_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("place", ["title", "heading", "note", "head", "watermark"])
def test_words_around_the_table_are_never_computed_either(place):
    evil = "=1+1"
    sheet = Worksheet(
        evil if place == "title" else "x",
        [Column(evil if place == "head" else "x")],
        [["y"]],
        heading=evil if place == "heading" else "",
        notes=[evil] if place == "note" else [],
    )
    data = write_workbook([sheet], watermark=Watermark(evil, evil) if place == "watermark" else None)
    cells = [cell for row in read(data).worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_values_keep_their_types_and_formats():
    moment = dt.datetime(2026, 11, 20, 8, 25, tzinfo=dt.UTC)
    values = [7, Decimal("12.5"), dt.date(2026, 11, 20), moment, dt.time(16, 25), "19912340012", None, 0.869]
    columns = [Column(str(number)) for number in range(7)] + [Column("rate", "0.0%")]
    page = read(write_workbook([Worksheet("x", columns, [values])])).worksheets[0]
    assert [(cell.value, cell.number_format) for cell in page[2]] == [
        (7, "#,##0"),
        (12.5, "#,##0.00"),
        (dt.datetime(2026, 11, 20), "yyyy-mm-dd"),
        (dt.datetime(2026, 11, 20, 16, 25), "yyyy-mm-dd hh:mm"),
        (dt.time(16, 25), "hh:mm"),
        ("19912340012", "@"),
        (None, "General"),
        (0.869, "0.0%"),
    ]


def test_names_of_sheets_are_what_excel_allows_and_differ():
    names = ["学生/名册", "学生/名册", "长" * 40, "[]", "'"]
    with override("zh-hans"):
        book = read(write_workbook([Worksheet(name, [Column("x")], []) for name in names]))
    assert book.sheetnames == ["学生 名册", "学生 名册 2", "长" * 31, "表", "表 2"]


def test_signs_that_excel_cannot_hold_are_left_out():
    assert safe_text("a\x00b\x0bc") == "abc"
    assert len(safe_text("x" * 40_000)) == 32_767


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="more or fewer values"):
        write_workbook([Worksheet("x", [Column("x")], [["a", "b"]])])
