"""The public board: open, without names, cached and fresh; screen, paper, archive, editions; and the load at a glance."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homework.load import by_subject, heat, no_homework_days, shade, trend
from homework.middleware import BoardMiddleware
from homework.models import BoardEdition, ClassSheet, HomeworkItem, HomeworkSettings
from homework.models.planning import monday_of
from homework.services import cut_minutes, publish_sheet, release_minutes
from homework.services.editions import make_edition
from homework.tasks import print_friday, print_monday
from school.models import PolicyRule, SchoolClass, SchoolDay, Staff, Student
from tests.conftest import TODAY, pdf_text, printed, records
from tests.homework.routes import switch_on
from tests.homework.test_planning import confirmed
from tests.homework.test_services import add, rule
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()
WEEK = monday_of(TODAY)
BOARD = [
    (reverse, "board:board", []),
    (reverse, "board:board_archive", []),
    (reverse, "board:board_screen", []),
    (reverse, "board:board_editions", []),
    (reverse, "board:board_checks", []),
]


def published(cast, minutes=20, **fields):
    sheet = add(cast, minutes, **fields).sheet
    sheet.refresh_from_db()
    return publish_sheet(sheet=sheet, by=cast.academic.user)


def test_open_to_everybody_and_names_nobody(cast, client):
    published(cast, content="课文第三段")
    urls = [reverse(name, args=args) for _r, name, args in BOARD]
    urls.append(reverse("board:board_class", args=[cast.class_1.pk]))
    names = [*Student.objects.values_list("name", flat=True), *Staff.objects.values_list("name", flat=True)]
    for url in urls:
        page = client.get(url)
        assert page.status_code == 200
        text = page.content.decode()
        assert [name for name in names if name in text] == []
        assert "csrfmiddlewaretoken" not in text
        assert not page.cookies
    assert "课文第三段" in client.get(urls[0]).content.decode()


def test_what_is_not_published_is_not_there(cast, client):
    add(cast, 20, content="还没审核")
    for url in (reverse("board:board"), reverse("board:board_archive"), reverse("board:board_screen")):
        assert "还没审核" not in client.get(url).content.decode()
    assert client.get(reverse("board:board_print")).status_code == 404


def test_a_changed_sheet_changes_the_tag(cast, client):
    sheet = published(cast)
    url = reverse("board:board")
    first = client.get(url)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    week = client.get(reverse("board:board_class", args=[cast.class_1.pk]))
    cut_minutes(item=sheet.items.get(), minutes=10, text="少一点", by=cast.homeroom.user)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, "第 2 版" in again.content.decode()) == (200, True)
    assert client.get(reverse("board:board_class", args=[cast.class_1.pk]))["ETag"] != week["ETag"]


@pytest.fixture
def board_kept(settings):
    settings.BRIEF_CACHE_SECONDS = 10
    from web import caching

    caching._values.clear()
    yield settings
    caching._values.clear()


def test_everybody_reads_one_page_and_whoever_is_signed_in_her_own(cast, client, board_kept, rf):
    """The second reader costs no query; a signed-in person, another language and another day have pages of their own."""
    published(cast)
    url = reverse("board:board")
    first = client.get(url)
    with CaptureQueriesContext(connection) as asked:
        second = client.get(url)
    assert (len(asked), second.content, second["ETag"]) == (0, first.content, first["ETag"])
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(url, headers={"Accept-Language": "en"}).content != first.content
    assert client.get(url, {"day": "2026-11-17"}).content != first.content
    client.force_login(cast.mother.user)
    own = client.get(url).content.decode()
    assert "has-nav" in own and "has-nav" not in first.content.decode()
    client.logout()
    client.cookies.clear()
    assert client.get(url).content == first.content


def test_forms_and_errors_are_never_kept(cast, client, board_kept):
    switch_on()
    from web.caching import forget

    forget("homework settings")
    tokens = {
        re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client_of.get(reverse("board:report")).content.decode())[
            1
        ]
        for client_of in (client, type(client)())
    }
    assert len(tokens) == 2
    assert client.get(reverse("board:board_class", args=[0])).status_code == 404


def test_what_is_kept_is_bounded(cast, board_kept):
    from django.http import HttpResponse
    from django.test import RequestFactory

    def view(request):
        response = HttpResponse("x")
        response.for_everybody = True
        return response

    middleware = BoardMiddleware(view)
    for n in range(500):
        middleware(RequestFactory().get("/board/", {"day": str(n)}))
    assert len(middleware.pages) <= 200
    assert django_settings.BRIEF_CACHE_SECONDS == 10


def test_the_screen_turns_its_pages_by_itself(cast, client):
    HomeworkSettings.objects.update_or_create(pk=1, defaults={"screen_classes": 1, "screen_seconds": 15})
    published(cast)
    published(cast, school_class=cast.class_2)
    url = reverse("board:board_screen")
    first = client.get(url)
    assert first["Refresh"] == "15;url=?page=2"
    assert client.get(url, {"page": 2})["Refresh"] == "15;url=?page=1"
    assert "三(1)班" in first.content.decode() and "三(2)班" not in first.content.decode()
    assert "Refresh" not in client.get(url, {"page": 2, "still": 1})


def test_the_kept_screen_turns_too(cast, client, board_kept):
    published(cast)
    url = reverse("board:board_screen")
    assert client.get(url)["Refresh"] == client.get(url)["Refresh"] == "20;url=?page=1"


def test_paper_for_the_wall(cast, client):
    published(cast, content="口算一页")
    published(cast, content="昨天的", day=TODAY - dt.timedelta(days=1))
    print_url = reverse("board:board_print")
    day = "".join(pdf_text(printed(client, client.get(print_url, {"day": DAY, "grade": 3}))).split())
    assert "口算一页" in day and "昨天的" not in day and "教基厅函〔2021〕13号" in day
    assert "三年级作业公示" in day and "书面作业每天不超过60分钟" in day and "尚未公示：三(2)班" in day
    week = "".join(pdf_text(printed(client, client.get(print_url, {"day": DAY, "week": 1, "grade": 3}))).split())
    assert "口算一页" in week and "昨天的" in week
    own = "".join(pdf_text(printed(client, client.get(print_url, {"day": DAY, "class": cast.class_1.pk}))).split())
    assert "三(1)班" in own and "昨天的" in own
    assert client.get(print_url, {"day": DAY, "grade": 5}).status_code == 404


def test_the_archive_is_searched_and_paged(cast, client):
    for n in range(30):
        add(cast, 1, content=f"口算第{n}页", place="class")
    published(cast, content="朗读课文", kind="reading")
    url = reverse("board:board_archive")
    assert len(records(client.get(url))) == 25
    assert [item.content for item in records(client.get(url, {"q": "朗读"}))] == ["朗读课文"]
    assert len(records(client.get(url, {"subject": cast.maths.pk}))) == 0
    assert len(records(client.get(url, {"kind": "reading", "school_class": cast.class_1.pk, "grade": 3}))) == 1
    assert len(records(client.get(url, {"first": DAY, "last": "2026-11-17"}))) == 0
    assert client.get(url, {"school_class": "x", "first": "gestern"}).status_code == 200


def test_addresses_that_make_no_sense(cast, client):
    for query in ({"day": "99"}, {"day": "2026-13-99"}, {"grade": "²"}, {"grade": "77"}, {"day": "0001-01-01"}):
        for name in ("board:board", "board:board_screen"):
            assert client.get(reverse(name), query).status_code == 200


def test_editions_make_themselves_twice_alike(cast, client):
    print_friday()
    assert not BoardEdition.objects.exists()
    published(cast, content="口算一页")
    confirmed(cast, (3, "竖式", 20))
    print_friday()
    print_monday()
    print_friday()
    assert set(BoardEdition.objects.values_list("kind", "week", "entries")) == {
        ("friday", WEEK, 1),
        ("monday", WEEK, 1),
    }
    page = client.get(reverse("board:board_editions"))
    assert page.content.decode().count(".pdf") == 2
    edition = BoardEdition.objects.get(kind="monday")
    answer = client.get(reverse("board:edition_pdf", args=[edition.pk]))
    text = "".join(pdf_text(b"".join(answer.streaming_content)).split())
    assert "竖式" in text and "三年级" in text and "吴海" not in text
    HomeworkSettings.objects.update(friday_edition=False)
    BoardEdition.objects.all().delete()
    print_friday()
    assert not BoardEdition.objects.exists()
    assert make_edition(kind="friday", week=WEEK + dt.timedelta(days=7)) is None


# --- the load ------------------------------------------------------------------------------------------------------


def test_the_heat_map_is_one_query_and_right(cast, django_assert_num_queries):
    published(cast, 20)
    published(cast, 50, day=TODAY - dt.timedelta(days=1))
    published(cast, 30, school_class=cast.class_2)
    add(cast, 40, school_class=SchoolClass.objects.create(entry_year=2024, number=9))
    with django_assert_num_queries(1):
        lines = heat(TODAY - dt.timedelta(days=7), TODAY)
    assert [(line.label(TODAY), line.total, line.mean, len(line.minutes)) for line in lines] == [
        ("三(1)班", 70, 35.0, 2),
        ("三(2)班", 30, 30.0, 1),
    ]
    assert (lines[0].minutes[TODAY], lines[0].caps[TODAY], shade(20, 60)) == (20, 60, 2)
    assert [shade(n, 60) for n in (0, 1, 15, 16, 60, 61)] == [0, 1, 1, 2, 4, 5]
    assert [(week.monday, week.mean) for week in trend(lines)] == [(WEEK, 33.3)]


def test_days_over_the_cap_are_counted_released_or_not(cast):
    rule("H2", 20, grade_from=3, grade_to=6)
    add(cast, 20)
    release_minutes(sheet=ClassSheet.objects.get(), minutes=15, reason="复习", by=cast.homeroom.user)
    published(cast, 15, subject=cast.maths)
    (line,) = heat(TODAY, TODAY)
    assert (line.days_over, shade(line.minutes[TODAY], line.caps[TODAY])) == (1, 5)


def test_subjects_and_no_homework_days(cast):
    rule("H8", True, measure="no_homework_day", tighter="true", weekday=3, severity="report")
    published(cast, 20)
    published(cast, 10, school_class=cast.class_2, kind="oral", subject=cast.maths)
    published(cast, 10, day=TODAY - dt.timedelta(days=1), subject=cast.maths)
    days = [TODAY - dt.timedelta(days=1), TODAY]
    lines = heat(days[0], days[1])
    assert no_homework_days(lines, days) == [(TODAY, 1, 2)]
    assert [(row.subject, row.entries, row.minutes, row.share) for row in by_subject(*days, lines)] == [
        ("语文", 1, 20, 66.7),
        ("数学", 2, 10, 33.3),
    ]
    PolicyRule.objects.filter(key="H8", layer=4).update(starts_on=TODAY + dt.timedelta(days=1))
    assert no_homework_days(lines, days) == []


def test_the_overview_leads_to_its_entries_and_prints(cast, as_user):
    published(cast, 20)
    published(cast, 30, day=TODAY - dt.timedelta(days=8))
    client, url = as_user(cast.academic), reverse("homework:load_overview")
    page = client.get(url)
    sheet = reverse("homework:sheet_detail", args=[cast.class_1.pk, DAY])
    assert f'href="{sheet}"' in page.content.decode()
    assert (page.context["mean"], page.context["sheets"], page.context["over"]) == (25.0, 2, 0)
    weekly = client.get(url, {"span_of": "term"})
    assert weekly.context["weekly"] is True and "&amp;grade=3" in weekly.content.decode()
    assert client.get(url, {"grade": 5}).context["sheets"] == 0
    assert client.get(url, {"first": "2026-12-01", "last": "2026-11-01"}).status_code == 200
    text = "".join(pdf_text(printed(client, client.get(url, {"print": 1}))).split())
    assert "三(1)班" in text and "25" in text
    book = client.post(url, {"action": "export", "reason": "校务会"})
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert next(row for row in rows if row[0] == "三(1)班")[-3:] == [50, 25, 0]


def test_only_published_entries_count_for_subjects(cast):
    add(cast, 20)
    assert by_subject(TODAY, TODAY, heat(TODAY, TODAY)) == []
    assert HomeworkItem.objects.count() == 1


def test_classes_are_called_as_they_were_on_the_day(cast, client):
    june = dt.date(2026, 6, 10)
    sheet = ClassSheet.objects.create(school_class=cast.class_1, day=june, cap=0, cap_source="H1", status="published")
    HomeworkItem.objects.create(
        sheet=sheet, subject=cast.chinese, teacher=cast.homeroom, content="夏天的朗读", minutes=10, kind="reading"
    )
    page = client.get(reverse("board:board"), {"day": "2026-06-10"}).content.decode()
    assert "二(1)班" in page and "三(1)班" not in page
    url = reverse("board:board_archive")
    assert len(records(client.get(url, {"grade": 2}))) == 1
    assert records(client.get(url, {"grade": 3})) == []


def test_signed_in_pages_are_kept_by_nobody(cast, client, as_user):
    published(cast)
    url = reverse("board:board")
    assert "max-age" in client.get(url)["Cache-Control"] and "ETag" in client.get(url)
    own = as_user(cast.homeroom).get(url)
    assert "no-store" in own["Cache-Control"] and "ETag" not in own


def test_on_a_day_without_lessons_the_last_one_with_them_stands_there(cast, client, monkeypatch):
    published(cast, content="周三的朗读")
    closed = SchoolDay.objects.filter(day__in=[TODAY + dt.timedelta(days=n) for n in (1, 2)])
    closed.update(kind="closure", follows_weekday=None)
    at(monkeypatch, 19, day=TODAY + dt.timedelta(days=2))
    page = client.get(reverse("board:board")).content.decode()
    assert "周三的朗读" in page and "2026年11月18日 周三" in page
    assert "周三的朗读" not in client.get(reverse("board:board"), {"day": "2026-11-20"}).content.decode()
