"""What the lists carry into their workbooks, and who meets which buttons on them."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from enrollment.models import Concern, ServiceOption
from enrollment.services import request_change
from school.models import AccessLog
from tests.conftest import TODAY, enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast, offer):
    """An enrolment with its agreements, a change that waits, a concern of today."""
    enrolment = enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    request_change(
        enrolment=enrolment,
        kind="days",
        effective_on=TODAY + dt.timedelta(days=7),
        weekdays=[1, 3],
        leaves_after={3: 1},
        reason="学琴",
        by=cast.mother.user,
    )
    Concern.objects.create(student=cast.child, day=TODAY, words="争执", reported_by=cast.homeroom.user)
    return enrolment


def sheet_of(client, name, **query):
    url = reverse(f"enrollment:{name}", query=query)
    book = client.post(url, {"action": "export", "reason": "核对"})
    assert book["Content-Type"].endswith("sheet"), name
    lines = openpyxl.load_workbook(io.BytesIO(b"".join(book))).active.iter_rows(values_only=True)
    return [list(line) for line in lines if line[1] is not None]


WORKBOOKS = {
    "application_list": ["韩小雨", "三(1)班", "周一至周五课后托管", "周一至周五"],
    "enrolment_list": ["韩小雨", "三(1)班", "周一至周五课后托管", "周一至周五"],
    "change_list": ["韩小雨", "周一至周五课后托管", "变更时间"],
    "collector_all": ["韩小雨", "沈月", "母亲"],
    "agreement_list": ["韩小雨", "三(1)班"],
    "consent_list": ["韩小雪", "一(1)班"],
    "concern_list": [dt.datetime(2026, 11, 18), "韩小雨", None, "争执", "周婷"],
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_has_the_rows_and_is_logged(cast, rows, as_user, name):
    query = {"status": "all"} if name == "application_list" else {}
    lines = sheet_of(as_user(cast.office), name, **query)
    assert WORKBOOKS[name] in [line[: len(WORKBOOKS[name])] for line in lines], lines
    assert AccessLog.objects.get(action="exported").fields[0] == "name"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"opens_at": None, "closes_at": None}, "尚未开放报名"),
        ({"opens_at": dt.timedelta(days=1)}, "尚未开放报名"),
        ({}, "报名中"),
        ({"closes_at": dt.timedelta(minutes=-1)}, "已结束"),
        ({"letter": None}, "尚未开放报名"),
    ],
)
def test_an_option_says_where_its_sign_up_stands(cast, offer, as_user, change, words):
    now = timezone.now()
    times = {name: now + value if isinstance(value, dt.timedelta) else value for name, value in change.items()}
    if "opens_at" in change:
        times["closes_at"] = times["opens_at"] and now + dt.timedelta(days=9)
    ServiceOption.objects.filter(pk=offer.pk).update(**times)
    page = as_user(cast.office).get(reverse("enrollment:option_list"))
    said = [str(row.get_cell("sign_up")) for row in page.context["table"].paginated_rows]
    assert words in said[0]


def test_a_workbook_of_slips_has_numbers(cast, offer, as_user):
    client = as_user(cast.office)
    book = client.post(
        reverse("enrollment:letter_status", args=[offer.letter.pk]), {"action": "export", "reason": "核对"}
    )
    lines = list(openpyxl.load_workbook(io.BytesIO(b"".join(book))).active.iter_rows(values_only=True))
    assert ("三(2)班", 2, 2, 0, 0, 0, 2) in lines


def test_a_decided_change_has_no_box(cast, rows, as_user):
    client = as_user(cast.office)
    url = reverse("enrollment:change_list")
    waiting = client.get(url).content.decode()
    assert "周一至周五 → 周一、周三 · 周三第1节后" in waiting
    assert f'name="row" value="{rows.changes.get().pk}"' in waiting
    client.post(url, {"row": [rows.changes.get().pk]})
    assert 'name="row"' not in client.get(url, {"status": "done"}).content.decode()


def test_only_the_office_ends_a_participation(cast, rows, as_user):
    end = reverse("enrollment:enrolment_end", args=[rows.pk])
    assert end in as_user(cast.office).get(reverse("enrollment:enrolment_list")).content.decode()
    assert end not in as_user(cast.principal).get(reverse("enrollment:enrolment_list")).content.decode()
