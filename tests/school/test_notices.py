"""Notices to families: who sees which classes, text, poster, phones, log, tasks."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from school import inbox, notices
from school.models import AccessLog, NoticeLog, Student
from tests.conftest import TODAY, pdf_text, printed, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(cast, monkeypatch):
    """A letter to all children; the sibling's family has answered."""
    monkeypatch.setattr(notices, "_kinds", {})
    cast.closes = timezone.now() + dt.timedelta(days=3)

    def load(pk):
        return notices.Notice(
            kind="test",
            pk=pk,
            title="秋游告知",
            text="请阅读。",
            path="/family/letter/",
            closes_at=cast.closes,
            addressed=Student.objects.all(),
            outstanding=Student.objects.exclude(pk=cast.sibling.pk),
        )

    notices.register_notice("test", "Test", lambda pk: load(pk) if pk == 7 else None, current=lambda: [7])
    return load(7)


def url(name, **query):
    return reverse(f"school:{name}", args=["test", 7], query=query)


def test_progress_counts_children_of_the_classes_led(cast, notice):
    def figures(who):
        rows = notices.progress(notice, notices.classes_to_notify(who.user))
        return [(row.school_class.pk, row.addressed, row.outstanding, row.answered) for row in rows]

    first, one, two = cast.first_grade.pk, cast.class_1.pk, cast.class_2.pk
    assert figures(cast.office) == [(first, 1, 0, 1), (one, 1, 1, 0), (two, 2, 2, 0)]
    assert figures(cast.homeroom) == [(one, 1, 1, 0)]
    assert figures(cast.teacher) == []


def test_the_text_for_the_group_is_plain_and_has_date_and_link(cast, notice, as_user):
    page = as_user(cast.homeroom).get(url("notice_detail"))
    assert (
        page.context["text"]
        == "【秋游告知】\n请阅读。\n请于 11月21日 09:00 前填写。\n点击打开：http://testserver/family/letter/"
    )
    assert [row.school_class for row in page.context["rows"]] == [cast.class_1]


def test_others_do_not_find_it(cast, notice, as_user):
    assert as_user(cast.mother).get(url("notice_detail")).status_code == 403
    assert as_user(cast.teacher).get(url("notice_detail")).status_code == 403
    unknown = reverse("school:notice_detail", args=["homework", 7])
    assert as_user(cast.office).get(unknown).status_code == 404
    assert as_user(cast.office).get(reverse("school:notice_detail", args=["test", 8])).status_code == 404


def test_a_channel_is_entered_with_what_was_outstanding(cast, notice, as_user):
    data = {
        "channel": "class_group",
        "school_classes": [cast.class_1.pk],
        "day": TODAY,
        "reminder": "on",
        "note": "下午",
    }
    assert as_user(cast.homeroom).post(url("notice_detail"), data).status_code == 302
    entry = NoticeLog.objects.get()
    assert (entry.title, entry.channel, entry.reminder, entry.addressed, entry.outstanding, entry.by) == (
        "秋游告知",
        "class_group",
        True,
        1,
        1,
        cast.homeroom.user,
    )
    assert list(entry.school_classes.all()) == [cast.class_1]
    assert list(NoticeLog.objects.visible_to(cast.office.user)) == [entry]
    cast.homeroom.posts.update(school_class=cast.class_2)
    assert list(NoticeLog.objects.visible_to(type(cast.homeroom.user).objects.get(username="T001"))) == []


def test_a_channel_of_tomorrow_or_of_another_class_is_refused(cast, notice, as_user):
    tomorrow = {"channel": "poster", "school_classes": [cast.class_1.pk], "day": TODAY + dt.timedelta(days=1)}
    page = as_user(cast.homeroom).post(url("notice_detail"), tomorrow)
    assert page.context["form"].errors["day"] == ["这一天还没到：请在发出之后再登记。"]
    with pytest.raises(ValidationError, match="请至少选择一个您负责的班级"):
        notices.log_channel(notice=notice, channel="poster", classes=[cast.class_2], by=cast.homeroom.user)
    assert NoticeLog.objects.count() == 0


def test_the_log_is_never_changed(cast, notice):
    entry = notices.log_channel(notice=notice, channel="poster", classes=[cast.class_1], by=cast.office.user)
    for change in (lambda: NoticeLog.objects.update(outstanding=0), entry.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert NoticeLog.objects.get().outstanding == 1


def test_a_phone_is_masked_until_opened_which_is_logged(cast, notice, as_user):
    client = as_user(cast.homeroom)
    page = client.get(url("notice_call"))
    assert [child.name for child in page.context["page_obj"]] == ["韩小雨"]
    shown = page.content.decode()
    assert ("199****0101" in shown, "19900000101" in shown) == (True, False)
    row = client.post(url("notice_call"), {"student": cast.child.pk}, headers={"HX-Request": "true"}).content.decode()
    assert ("19900000101" in row, cast.grandfather.name in row) == (True, False)
    assert [(log.student, log.fields) for log in AccessLog.objects.all()] == [(cast.child, ["phones"])]
    assert client.post(url("notice_call"), {"student": cast.other_child.pk}).status_code == 404
    assert AccessLog.objects.count() == 1


def test_whom_to_phone_is_searched_filtered_and_taken_as_a_workbook(cast, notice, as_user):
    client = as_user(cast.office)
    found = client.get(url("notice_call", school_class=cast.class_2.pk, q="yang")).context["page_obj"]
    assert [child.name for child in found] == ["杨小帆"]
    book = client.post(url("notice_call"), {"action": "export", "reason": "电话通知"})
    assert book["Content-Type"].startswith("application/vnd.openxml")
    assert AccessLog.objects.get().reason == "电话通知"
    assert client.post(url("notice_call"), {"action": "export", "reason": ""}).status_code == 302


def test_the_poster_is_one_page_with_title_and_date(cast, notice, as_user):
    client = as_user(cast.homeroom)
    text = pdf_text(printed(client, client.get(url("notice_poster"))))
    assert (text.count("\f"), "秋游告知" in text, "11月21日" in text) == (1, True, True)


def test_the_list_shows_open_notices_and_the_log(cast, notice, as_user):
    notices.log_channel(notice=notice, channel="poster", classes=[cast.class_2], by=cast.office.user, reminder=True)
    page = as_user(cast.office).get(reverse("school:notice_list"), {"channel": "poster", "status": "reminder"})
    assert [total for _notice, total in page.context["current"]] == [{"addressed": 4, "outstanding": 3, "answered": 1}]
    assert [entry.outstanding for entry in records(page)] == [2]
    assert records(as_user(cast.homeroom).get(reverse("school:notice_list"))) == []
    book = as_user(cast.office).post(reverse("school:notice_list"), {"action": "export", "reason": "归档"})
    assert book["Content-Type"].startswith("application/vnd.openxml")


def test_tasks_of_all_apps_come_in_the_order_of_their_closing(cast, monkeypatch):
    monkeypatch.setattr(inbox, "_rules", [])
    now = timezone.now()
    late, soon, ever = (
        inbox.Task("b", "/b", now + dt.timedelta(days=2)),
        inbox.Task("a", "/a", now),
        inbox.Task("c", "/c"),
    )
    inbox.register_tasks(lambda user: [ever, late] if user == cast.mother.user else [])
    inbox.register_tasks(lambda user: [soon])
    assert inbox.tasks_for(cast.mother.user) == [soon, late, ever]
    assert inbox.tasks_for(cast.father.user) == [soon]
