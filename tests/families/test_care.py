"""Care files, records and visits: need-to-know, logged, written once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from families.models import CareFile, CareRecord, HomeVisit
from families.services import add_record, close_file, open_file, record_visit
from school.models import AccessLog, SpecialGroup, SpecialGroupMembership
from tests.conftest import TODAY, printed, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast):
    SpecialGroupMembership.objects.create(student=cast.child, group=SpecialGroup.objects.first())
    return make_file(cast, cast.child)


def make_file(cast, student, **facts):
    facts = {"helper": cast.teacher, "helper_since": TODAY, "plan": "每周谈心一次", "at_risk": False} | facts
    return open_file(student=student, by=cast.office.user, **facts)


def record(cast, file, **facts):
    facts = {"kind": "talk", "day": TODAY, "seen": "情绪平稳"} | facts
    return add_record(file=file, by=cast.teacher.user, **facts)


@pytest.mark.parametrize("who", ["mother", "principal", "duty_leader", "gate", "other_mother", "grandfather"])
def test_other_roles_do_not_find_it(cast, file, as_user, who):
    assert as_user(getattr(cast, who)).get(reverse("families:care_detail", args=[file.pk])).status_code == 404
    assert AccessLog.objects.count() == 0


def test_another_class_is_not_found(cast, file, as_user):
    other = make_file(cast, cast.other_child, at_risk=True, helper=cast.principal)
    for who in (cast.homeroom, cast.teacher):
        assert as_user(who).get(reverse("families:care_detail", args=[other.pk])).status_code == 404
        page = as_user(who).get(reverse("families:care_list"))
        assert [file.student.name for file in records(page)] == ["韩小雨"]


def test_opening_is_logged_and_the_log_stands_in_the_file(cast, file, as_user):
    url = reverse("families:care_detail", args=[file.pk])
    for who in (cast.homeroom, cast.teacher, cast.academic):
        page = as_user(who).get(url)
    assert [entry.user.name for entry in page.context["log"]] == ["冯节", "吴海", "周婷"]


def test_the_helper_writes_and_no_longer_sees_a_closed_file(cast, file, as_user):
    client, url = as_user(cast.teacher), reverse("families:care_detail", args=[file.pk])
    client.post(url, {"kind": "help", "day": TODAY, "seen": "辅导数学", "follows": "下周继续"})
    assert [(r.seen, r.by.name) for r in file.records.all()] == [("辅导数学", "吴海")]
    assert client.get(reverse("families:care_close", args=[file.pk])).status_code == 403
    close_file(file=file, reason="家庭情况好转", by=cast.office.user)
    assert client.get(url).status_code == 404
    assert as_user(cast.homeroom).get(url).status_code == 200


def test_a_file_needs_a_group_or_a_risk(cast):
    with pytest.raises(ValidationError, match="不在任何特殊群体"):
        make_file(cast, cast.other_child)
    assert make_file(cast, cast.other_child, at_risk=True).at_risk


def test_one_open_file_a_child(cast, file):
    with pytest.raises(ValidationError, match="已有在办的关爱档案"):
        make_file(cast, cast.child)
    close_file(file=file, reason="转学", by=cast.office.user)
    make_file(cast, cast.child)
    assert CareFile.objects.filter(student=cast.child).count() == 2


def test_a_record_is_written_once(cast, file):
    row = record(cast, file)
    with pytest.raises(DatabaseError), transaction.atomic():
        CareRecord.objects.filter(pk=row.pk).update(seen="改写")
    with pytest.raises(ValidationError, match="还没到"):
        record(cast, file, day=TODAY + dt.timedelta(days=1))
    close_file(file=file, reason="转学", by=cast.office.user)
    with pytest.raises(ValidationError, match="档案已结束"):
        record(cast, file)


def test_an_aid_has_its_facts(cast, file, as_user):
    facts = {"kind": "aid", "aid": "寄宿生生活补助", "aid_from": dt.date(2026, 9, 1), "evidence": "资2026-7"}
    assert record(cast, file, **facts).evidence == "资2026-7"
    with pytest.raises(ValidationError, match="资助项目和起始日期"):
        record(cast, file, kind="aid")
    url = reverse("families:care_detail", args=[file.pk])
    page = as_user(cast.office).post(url, {"kind": "talk", "day": TODAY, "seen": "谈话", "aid": "补助"})
    assert (page.status_code, "资助记录要写" in page.content.decode()) == (200, True)


def test_the_tab_of_those_without_a_file(cast, file, as_user):
    SpecialGroupMembership.objects.create(student=cast.sibling, group=SpecialGroup.objects.last())
    client, url = as_user(cast.office), reverse("families:care_list")
    page = client.get(url, {"status": "without"})
    assert [child.name for child in records(page)] == ["韩小雪"]
    assert {tab.value: tab.count for tab in page.context["tabs"]} == {"": 1, "risk": 0, "without": 1, "closed": 0}
    found = client.get(url, {"status": "without", "q": "杨小帆"})
    assert [child.name for child in records(found)] == ["杨小帆"]


def test_list_and_paper_leave_with_a_reason(cast, file, as_user):
    client = as_user(cast.office)
    sheet = client.post(reverse("families:care_list"), {"action": "export", "reason": "台账"})
    paper = client.post(reverse("families:care_pdf", args=[file.pk]), {"reason": "归档"})
    assert (sheet["Content-Type"].endswith("sheet"), printed(client, paper)[:4]) == (True, b"%PDF")
    assert list(AccessLog.objects.filter(action="exported").values_list("reason", flat=True)) == ["归档", "台账"]


def test_a_visit_is_planned_then_held(cast, as_user):
    client = as_user(cast.homeroom)
    later = TODAY + dt.timedelta(days=2)
    url = reverse("families:visit_add", args=[cast.child.pk])
    early = client.post(url, {"way": "home", "day": later, "visitors": [cast.homeroom.pk], "findings": "已去"})
    assert "这一天还没到" in early.content.decode()
    client.post(url, {"way": "home", "day": later, "visitors": [cast.homeroom.pk], "findings": ""})
    visit = HomeVisit.objects.get()
    assert (visit.state, visit.school_class) == ("planned", cast.class_1)
    edit = reverse("families:visit_edit", args=[visit.pk])
    client.post(edit, {"way": "online", "day": TODAY, "visitors": [cast.homeroom.pk], "findings": "学习环境安静"})
    visit.refresh_from_db()
    assert (visit.state, visit.way, visit.day) == ("done", "online", TODAY)
    assert client.get(edit).status_code == 403


def test_findings_are_read_by_few_and_logged(cast, as_user):
    visit = record_visit(
        student=cast.child, way="home", day=TODAY, visitors=[cast.gate], by=cast.office.user, findings="安静"
    )
    url = reverse("families:visit_detail", args=[visit.pk])
    who = ("office", "homeroom", "gate", "teacher", "principal", "mother", "other_mother")
    assert [as_user(getattr(cast, one)).get(url).status_code for one in who] == [200, 200, 200, 404, 404, 404, 404]
    assert AccessLog.objects.filter(student=cast.child).count() == 3


def test_the_plan_says_who_still_has_none(cast, as_user):
    client = as_user(cast.homeroom)
    url = reverse("families:visit_plan", args=[cast.class_1.pk])
    assert [child.name for child in records(client.get(url))] == ["韩小雨"]
    record_visit(student=cast.child, way="home", day=TODAY, visitors=[], by=cast.office.user, findings="好")
    page = client.get(url)
    assert (records(page), [tab.count for tab in page.context["tabs"]]) == ([], [0, 0, 1, 1])
    counts = records(as_user(cast.principal).get(reverse("families:visit_counts")))
    row = next(one for one in counts if one.pk == cast.class_1.pk)
    assert (row.label(), row.children, row.visited, row.in_term, row.ahead) == ("三(1)班", 1, 1, 1, 0)
