"""The printed summary, the workbook and the stored figures say the same."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.figures import FIGURES, stored
from reports.models import ReportRun
from reports.papers import leaders
from reports.services import make_summary, request_summary
from reports.wording import average, number, percent, result
from school.models import Post
from tests.conftest import TODAY, pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(happened):
    return make_summary(run=request_summary(term=happened.term, until=TODAY, by=None, send=False))


def text_of(pdf):
    return re.sub(r"\s+", "", pdf_text(pdf, "-layout"))


def test_the_paper(run, happened):
    """Every figure stands on it as it is stored, the official parts are there, and no child is named."""
    text = text_of(run.pdf.read())
    values = stored(run.figures)
    assert set(values) == set(FIGURES)
    missing = [key for key, value in values.items() if re.sub(r"\s+", "", result(FIGURES[key], value)) not in text]
    assert missing == []
    children = (happened.child, happened.other_child, happened.teachers_child, happened.sibling)
    assert [child.name for child in children if child.name in text] == []
    for words in (
        "示范小学2026—2027学年第一学期课后服务工作总结",
        f"课后服务〔2026〕{run.pk}号",
        "一、组织实施",
        "二、基本数据",
        "三、报名与协议",
        "四、作业管理",
        "五、社团活动",
        "六、安全与考勤",
        "七、教师参与",
        "八、经费",
        "九、存在问题与下一步打算",
        "在籍学生4人，参加课后服务3人，参加率：3/4=75.0%",
        "2026年11月18日",
        "附件1",
        "附件2",
        "附件3",
    ):
        assert words in text, words


def test_who_holds_a_post_twice_is_named_once(happened):
    """The office entered the post for the summer beside the one that the workbook brought."""
    Post.objects.create(staff=happened.office, role="service_office", starts_on=TODAY)
    run = ReportRun(term=happened.term, until=TODAY)
    assert leaders(run).count(happened.office.name) == 1


def test_the_workbook_has_the_same_figures(run):
    book = load_workbook(BytesIO(run.xlsx.read()))
    assert book.sheetnames == ["指标", "班级", "年级", "社团", "按周出勤", "作业"]
    rows = {row[1]: row for row in book["指标"].iter_rows(min_row=3, values_only=True) if row[1] in FIGURES}
    for key, value in stored(run.figures).items():
        _section, _key, label, shown, unit, numerator, denominator, printed, definition = rows[key]
        assert (shown, numerator, denominator) == (value.value, value.numerator, value.denominator), key
        assert printed == result(FIGURES[key], value)
        assert (label, unit, definition) == tuple(
            str(x) for x in (FIGURES[key].label, FIGURES[key].unit, FIGURES[key].definition)
        )

    sheets = {name: list(book[name].iter_rows(min_row=3, values_only=True))[:-1] for name in book.sheetnames}
    assert [row[:4] for row in sheets["班级"]] == [
        ("一(1)班", 1, 0, 0),
        ("三(1)班", 1, 1, 100),
        ("三(2)班", 2, 2, 100),
    ]
    assert [row[0] for row in sheets["社团"]] == ["硬笔书法"]
    assert sheets["社团"][0][6:] == (2, 1, 50)
    assert sheets["按周出勤"] == [("第12周", "2026-11-16", 6, 2, 2, 2, 0, 0, 33.3)]


def test_how_figures_are_written():
    from reports.figures import Value

    assert percent(Value.rate(1075, 1237)) == "1,075 / 1,237 = 86.9 %"
    assert percent(Value.rate(0, 0)) == "无记录"
    assert average(Value.mean(5405, 112)) == "5,405 / 112 = 48.3"
    assert number(None) == "–"
    assert number(1237) == "1,237"
