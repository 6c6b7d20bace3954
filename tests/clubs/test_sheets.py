"""The timetable in force on pages and paper, the week's meetings, and the feeds for calendars."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from clubs.models import CalendarFeed, ClubSlot, Meeting
from clubs.services import leave_club
from clubs.services.feeds import renew_feed
from school.models import Guardianship, PeriodTime, SchoolDay, SchoolSettings
from tests.conftest import TODAY, make_student, pdf_text, printed, take

pytestmark = pytest.mark.django_db


def sheets(client, by, **query):
    return client.get(reverse("clubs:timetable_sheets", args=[by]), query)


@pytest.mark.parametrize(
    ("by", "title", "entry"),
    [
        ("room", "体育馆", ("硬笔书法", "周婷 · 1—6年级")),
        ("staff", "周婷", ("硬笔书法", "体育馆")),
        ("class", "三(1)班", ("硬笔书法", "体育馆 · 本班 1 人")),
    ],
)
def test_a_week_by_room_by_adult_and_by_class(afternoon, as_user, by, title, entry):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    client = as_user(afternoon.office)
    page = sheets(client, by)
    sheet = next(one for one in page.context["sheets"] if one.title == title)
    assert [(line.title, line.below) for line in sheet.cells[3, afternoon.second.pk]] == [entry]
    page = sheets(client, by, of=sheet.key)
    assert page.context["sheet"].title == title
    text = pdf_text(printed(client, sheets(client, by, of=sheet.key, print=1)))
    assert all(part in text.replace(" ", "") for part in (title, "硬笔书法", "周三"))


def test_an_adults_week_has_the_care_duties_too_and_one_finds_the_own_first(afternoon, as_user):
    page = sheets(as_user(afternoon.teacher), "staff")
    assert page.context["sheet"].title == "吴海"
    assert page.context["sheet"].cells[1, afternoon.second.pk][0].title == afternoon.group.name


def test_a_class_is_read_by_those_who_see_it_and_its_names_are_written_as_for_walls(afternoon, as_user):
    afternoon.club.capacity = 9
    afternoon.club.save()
    for child, adult in ((afternoon.child, afternoon.mother), (afternoon.other_child, afternoon.other_mother)):
        take(afternoon.club, child, adult.user)
    page = sheets(as_user(afternoon.homeroom), "class")
    assert [(sheet.title, sheet.lists) for sheet in page.context["sheets"]] == [
        ("三(1)班", [("硬笔书法", ["韩小雨"])]),
    ]
    SchoolSettings.objects.update(list_names="masked")
    client = as_user(afternoon.office)
    text = pdf_text(printed(client, sheets(client, "class", print=1)))
    assert ("韩＊雨" in text, "韩小雨" in text) == (True, False)


def test_all_sheets_are_one_file_with_a_page_each(afternoon, as_user):
    client = as_user(afternoon.office)
    pdf = printed(client, sheets(client, "staff", print=1))
    assert pdf_text(pdf).count("\f") == 2
    ClubSlot.objects.all().delete()
    assert sheets(as_user(afternoon.office), "room", print=1).status_code == 404


def week(client, **query):
    page = client.get(reverse("clubs:timetable_week"), query)
    return {
        day: [(one.title, one.cancelled, one.changed) for one in rows] for day, _follows, rows in page.context["days"]
    }


def test_the_week_shows_what_is_cancelled_and_moved(afternoon, as_user):
    client = as_user(afternoon.office)
    assert week(client)[TODAY] == [("硬笔书法", False, False)]
    Meeting.objects.update(cancelled=True, note="校运动会")
    assert week(client)[TODAY] == [("硬笔书法", True, False)]
    Meeting.objects.update(cancelled=False, room=afternoon.rooms[0])
    assert week(client)[TODAY] == [("硬笔书法", False, True)]
    past = TODAY - dt.timedelta(days=7)
    Meeting.objects.create(
        club=afternoon.club, day=past, period=afternoon.second, room=afternoon.rooms[0], instructor=afternoon.homeroom
    )
    # Of a day that is over the plan of today says nothing.
    assert week(client, day=past.isoformat())[past] == [("硬笔书法", False, False)]
    text = pdf_text(printed(client, client.get(reverse("clubs:timetable_week"), {"print": 1})))
    assert "校运动会" in text
    assert set(week(client, day="nonsense")) == set(week(client))


def test_make_up_days_follow_their_weekday_and_days_off_have_none(afternoon, as_user):
    saturday, wednesday = dt.date(2026, 11, 28), dt.date(2026, 11, 25)
    SchoolDay.objects.filter(day=saturday).update(kind="make_up", follows_weekday=3)
    SchoolDay.objects.filter(day=wednesday).update(kind="closure", follows_weekday=None)
    shown = week(as_user(afternoon.office), day="2026-11-25")
    assert (wednesday in shown, shown[saturday]) == (False, [("硬笔书法", False, False)])
    page = as_user(afternoon.office).get(reverse("clubs:timetable_week"), {"day": "2026-11-25"})
    assert [follows for day, follows, _rows in page.context["days"] if day == saturday] == ["按周三课表"]


# --- feeds -----------------------------------------------------------------------------------------------------------


def events(client, feed):
    answer = client.get(reverse("clubs:feed", args=[feed.token]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(answer.content)
    return {event.start.date(): event for event in calendar.events}, answer


@pytest.fixture
def childs_feed(afternoon):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    return renew_feed(owner=afternoon.mother.user, student=afternoon.child)


def test_a_childs_feed_has_its_clubs_at_the_times_of_the_season(afternoon, client, childs_feed):
    PeriodTime.objects.create(
        period=afternoon.second, season="winter", weekday=3, starts_at=dt.time(16, 0), ends_at=dt.time(16, 40)
    )
    Meeting.objects.update(cancelled=True, note="校运动会")
    saturday, holiday = dt.date(2026, 11, 28), dt.date(2026, 11, 25)
    SchoolDay.objects.filter(day=saturday).update(kind="make_up", follows_weekday=3)
    SchoolDay.objects.filter(day=holiday).update(kind="closure", follows_weekday=None)
    found, answer = events(client, childs_feed)
    today, makeup = found[TODAY], found[saturday]
    assert (str(today["STATUS"]), str(makeup["STATUS"]), holiday in found) == ("CANCELLED", "CONFIRMED", False)
    assert (str(makeup["SUMMARY"]), makeup.start.strftime("%H:%M"), makeup.end.strftime("%H:%M")) == (
        "硬笔书法 · 体育馆",
        "16:00",
        "16:40",
    )
    assert str(makeup.start.tzinfo) == "Asia/Shanghai"
    assert all(day.isoweekday() == 3 or day == saturday for day in found)
    body = answer.content.decode()
    assert not any(name in body for name in ("韩", "雨", "周婷"))


def test_the_feed_ends_with_the_membership(afternoon, client, childs_feed):
    membership = afternoon.child.club_memberships.get()
    leave_club(membership=membership, last_day=TODAY + dt.timedelta(days=7), by=afternoon.mother.user)
    found, _answer = events(client, childs_feed)
    assert max(found) == TODAY + dt.timedelta(days=7)


def test_an_adults_feed_has_clubs_and_care_duties(afternoon, client):
    feed = renew_feed(owner=afternoon.homeroom.user)
    answer = client.get(reverse("clubs:feed", args=[feed.token]))
    today = [e for e in Calendar.from_ical(answer.content).events if e.start.date() == TODAY]
    assert sorted(str(event["SUMMARY"]) for event in today) == [
        f"{afternoon.group.name} · {afternoon.rooms[0].name}",
        "硬笔书法 · 体育馆",
    ]


def test_what_has_not_changed_is_not_sent_again(afternoon, client, childs_feed):
    url = reverse("clubs:feed", args=[childs_feed.token])
    first = client.get(url)
    assert first["Cache-Control"] == "private, max-age=900"
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Meeting.objects.update(cancelled=True)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_addresses_are_made_renewed_and_revoked(afternoon, as_user):
    client = as_user(afternoon.mother)
    page = client.get(reverse("clubs:feed_list"))
    assert [(row["student"].name, row["address"]) for row in page.context["rows"]] == [("韩小雪", ""), ("韩小雨", "")]
    child = {"student": afternoon.child.pk}
    made = client.post(reverse("clubs:feed_renew"), child, follow=True)
    first = CalendarFeed.objects.get()
    assert [str(message) for message in made.context["messages"]] == ["地址已生成：可以在日历中打开，也可以复制。"]
    assert f"/{first.token}.ics</textarea>" in made.content.decode()
    assert f'href="webcal://testserver{reverse("clubs:feed", args=[first.token])}"' in made.content.decode()
    client.post(reverse("clubs:feed_renew"), child)
    second = CalendarFeed.objects.live().get()
    old, new = (reverse("clubs:feed", args=[one.token]) for one in (first, second))
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    client.post(reverse("clubs:feed_revoke"), child)
    assert (client.get(new).status_code, CalendarFeed.objects.count()) == (404, 2)


def test_nobody_makes_an_address_for_another_familys_child(afternoon, as_user):
    for who in (afternoon.other_mother, afternoon.grandfather, afternoon.mother):
        student = afternoon.child if who != afternoon.mother else ""
        status = as_user(who).post(reverse("clubs:feed_renew"), {"student": getattr(student, "pk", "")}).status_code
        assert status in (403, 404)
    assert CalendarFeed.objects.count() == 0


def test_who_is_barred_later_has_a_dead_address(afternoon, client, childs_feed):
    mine = Guardianship.objects.filter(student=afternoon.child, guardian=afternoon.mother)
    mine.update(barred=True, barred_note="裁定")
    assert client.get(reverse("clubs:feed", args=[childs_feed.token])).status_code == 404


def test_who_has_left_has_a_dead_address(afternoon, client):
    feed = renew_feed(owner=afternoon.teacher.user)
    afternoon.teacher.left_on = timezone.localdate() - dt.timedelta(days=1)
    afternoon.teacher.save()
    assert client.get(reverse("clubs:feed", args=[feed.token])).status_code == 404


def test_a_child_may_be_in_another_calendar_than_the_adults_own(afternoon):
    student = make_student("吴小苗", afternoon.class_1, (afternoon.teacher_parent, "父亲"))
    feeds = [renew_feed(owner=afternoon.teacher.user, student=one) for one in (None, student)]
    assert [feed.revoked_at for feed in CalendarFeed.objects.filter(pk__in=[f.pk for f in feeds])] == [None, None]
