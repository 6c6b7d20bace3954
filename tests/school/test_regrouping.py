"""New classes for a grade by workbook: out, filled in, previewed, confirmed; dated moves."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from school.models import AccessLog, ClassMembership
from school.regrouping import apply_regrouping, plan_regrouping
from tests.conftest import TERM_START

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)
BEFORE = dt.date(2026, 11, 30)


def filled(client, changes, grade=3):
    """The grade's workbook from the page, with new classes by name."""
    answer = client.get(reverse("school:regroup_sheet"), {"grade": grade, "day": DAY.isoformat()})
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        name = row[1].value
        if name in changes:
            row[3].value = changes[name]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def plan(data):
    return plan_regrouping(data=data, entry_year=2024, day=DAY)


def test_the_workbook_as_taken_out_changes_nothing(cast, as_user):
    found = plan(filled(as_user(cast.office), {}))
    assert (found.moves, found.unchanged, found.refused, found.missing) == ([], 3, [], [])
    entry = AccessLog.objects.get()
    assert (entry.action, entry.rows) == ("exported", 3)


@pytest.mark.parametrize("written", ["三(2)班", "三年级2班", "2班", "2"])
def test_a_move_is_dated(cast, as_user, written):
    found = plan(filled(as_user(cast.office), {"韩小雨": written}))
    assert found.moved == [(cast.child, "三(1)班", "三(2)班")]
    assert found.sizes == [("三(1)班", 1, 0), ("三(2)班", 2, 3)]
    assert apply_regrouping(token=found.token(), by=cast.office.user) == 1
    rows = list(ClassMembership.objects.filter(student=cast.child).order_by("starts_on"))
    assert [(r.school_class, r.starts_on, r.ends_on) for r in rows] == [
        (cast.class_1, TERM_START, BEFORE),
        (cast.class_2, DAY, None),
    ]


def test_twice_changes_nothing(cast, as_user):
    data = filled(as_user(cast.office), {"韩小雨": "2班"})
    token = plan(data).token()
    apply_regrouping(token=token, by=cast.office.user)
    assert apply_regrouping(token=token, by=cast.office.user) == 0
    assert plan(data).moves == []
    assert ClassMembership.objects.filter(student=cast.child).count() == 2


@pytest.mark.parametrize("written", ["五(1)班", "9班", "随便"])
def test_a_wrong_class_is_refused_by_row(cast, as_user, written):
    found = plan(filled(as_user(cast.office), {"韩小雨": written}))
    assert [(r.name, bool(r.reason)) for r in found.refused] == [("韩小雨", True)]
    assert (found.moves, found.missing) == ([], [])


def test_a_child_who_changed_class_since_stops_it(cast, as_user):
    found = plan(filled(as_user(cast.office), {"韩小雨": "2班"}))
    third = cast.class_1.__class__.objects.create(entry_year=2024, number=3)
    ClassMembership.objects.filter(student=cast.child).update(school_class=third)
    with pytest.raises(ValidationError, match="预览之后有学生换了班，请重新上传工作簿"):
        apply_regrouping(token=found.token(), by=cast.office.user)
    assert ClassMembership.objects.get(student=cast.child).school_class == third


def test_the_plan_cannot_be_made_up(cast):
    with pytest.raises(ValidationError, match="这份预览已失效，请重新上传工作簿"):
        apply_regrouping(token="made:up:plan", by=cast.office.user)


def test_the_pages(cast, as_user):
    client = as_user(cast.office)
    upload = SimpleUploadedFile("classes.xlsx", filled(client, {"韩小雨": "2班"}))
    page = client.post(reverse("school:regroup"), {"grade": 3, "day": DAY.isoformat(), "file": upload})
    token = page.context["plan"].token()
    assert page.content.decode().count("韩小雨") == 1
    assert client.post(reverse("school:regroup_confirm"), {"plan": token}).status_code == 302
    assert cast.child.class_on(DAY) == cast.class_2


def test_not_a_workbook(cast, as_user):
    upload = SimpleUploadedFile("classes.xlsx", b"nothing of the kind")
    page = as_user(cast.office).post(reverse("school:regroup"), {"grade": 3, "day": DAY.isoformat(), "file": upload})
    assert page.context["form"].errors["file"]
