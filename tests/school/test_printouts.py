"""Papers are ordered by a request, printed by a job one at a time, kept for who asks for the same, and opened by who asked."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.core import signing
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from documents import papers
from documents.papers import Paper
from documents.pdf import PrintingFailed
from school.models import Printout
from school.services import printing
from school.services.printing import filled, forget_printouts, order_printout, print_waiting
from school.tasks import tend_printouts
from school.views.papers import print_paper
from tests.conftest import pdf_text, printed

DESK, PHONE = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0)"}, {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
NOTE = Paper(
    "note", "便条", "test", lambda words: (f"便条{words}", {"words": words}), lambda site: ("样张",), "note.html"
)


@pytest.fixture(autouse=True)
def note(settings, tmp_path, monkeypatch):
    """A paper with words on it."""
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]
    source = (
        '{% extends "pdf/base_list.html" %}{% block title %}便条{% endblock %}{% block body %}{{ words }}{% endblock %}'
    )
    (tmp_path / "note.html").write_text(source)
    monkeypatch.setitem(papers.PAPERS, "note", NOTE)
    return NOTE


@pytest.fixture
def ask(cast, client, rf, as_user):
    """What somebody is answered who prints a note: ask(cast.office, "words")."""

    def answer(who, words="甲", **headers):
        request = rf.get("/anywhere/?print=1", headers=headers or DESK)
        request.user = who.user
        as_user(who)
        return print_paper(request, NOTE, words)

    return answer


def key_of(answer):
    return answer.url.split("/")[2]


def prints(monkeypatch):
    """How often the press is used from now on."""
    count = []
    real = printing.print_html
    monkeypatch.setattr(printing, "print_html", lambda *a, **k: count.append(a) or real(*a, **k))
    return count


def test_the_second_reader_waits_for_nothing(cast, client, ask, monkeypatch):
    made = prints(monkeypatch)
    first = ask(cast.office)
    assert pdf_text(printed(client, first)).startswith("甲")
    second = ask(cast.principal)
    assert second.url.endswith("/paper.pdf")
    assert pdf_text(b"".join(client.get(second.url).streaming_content)).startswith("甲")
    assert (len(made), Printout.objects.count()) == (1, 1)
    assert ask(cast.office, "乙").url.endswith("/")


def test_another_day_or_another_content_is_another_paper(cast, monkeypatch):
    today = filled(NOTE, "甲").digest
    assert (filled(NOTE, "甲").digest == today, filled(NOTE, "乙").digest == today) == (True, False)
    monkeypatch.setattr(timezone, "_shift", timezone._shift + dt.timedelta(days=1))
    assert filled(NOTE, "甲").digest != today


def test_what_is_printed_says_when(cast, client, ask):
    text = pdf_text(printed(client, ask(cast.office)))
    assert "打印时间 2026-11-18 09:" in text
    assert Printout.objects.get().html == ""


def test_a_paper_is_its_askers_alone(cast, client, ask, as_user):
    answer = ask(cast.office)
    printed(client, answer)
    for page in ("", "state/", "page.png", "paper.pdf"):
        url = f"/printouts/{key_of(answer)}/{page}"
        assert as_user(cast.office).get(url).status_code == 200, page
        assert as_user(cast.principal).get(url).status_code == 404, page
        client.logout()
        assert client.get(url).url.startswith("/accounts/login/"), page
        assert as_user(cast.office).get(f"/printouts/{key_of(answer)[:-3]}abc/{page}").status_code == 404, page
    assert client.get(f"/printouts/{key_of(answer)}/paper.pdf")["Cache-Control"] == "private, no-store"


def test_a_desk_is_led_to_the_file_and_a_phone_to_its_picture(cast, client, ask):
    answer = ask(cast.office, **PHONE)
    page = f"/printouts/{key_of(answer)}/"
    assert answer.url == page
    assert "正在准备" in client.get(page).content.decode()
    assert client.get(f"{page}paper.pdf").status_code == 404
    print_waiting()
    assert client.get(f"{page}state/", headers=DESK)["HX-Redirect"] == f"{page}paper.pdf"
    assert client.get(f"{page}state/", headers=PHONE)["HX-Refresh"] == "true"
    shown = client.get(page).content.decode()
    assert f'src="{page}page.png"' in shown and "共1页" in shown
    assert b"".join(client.get(f"{page}page.png").streaming_content)[:4] == b"\x89PNG"
    assert ask(cast.office, **PHONE).url.endswith("/")
    saved = client.get(f"{page}paper.pdf", {"save": 1})["Content-Disposition"]
    assert saved.startswith("attachment;") and saved.endswith("%E4%BE%BF%E6%9D%A1%E7%94%B2.pdf")


def test_who_waits_is_told_how_many_are_before(cast, client, ask):
    ask(cast.office, "一")
    ask(cast.office, "二")
    answer = ask(cast.office, "三")
    assert "前面还有2份在打印" in client.get(answer.url).content.decode()


def test_a_failure_is_said_and_can_be_tried_again(cast, client, ask, monkeypatch):
    def broken(*arguments, **options):
        raise PrintingFailed("no ink")

    answer = ask(cast.office)
    with monkeypatch.context() as patched:
        patched.setattr(printing, "print_html", broken)
        assert print_waiting() == 0
    page = client.get(answer.url).content.decode()
    assert "没有打印成功" in page and 'href="/anywhere/?print=1"' in page
    assert client.get(f"{answer.url}state/")["HX-Refresh"] == "true"
    assert ask(cast.office).url.endswith("/")
    assert print_waiting() == 1
    assert Printout.objects.get().status == "done"


def test_a_file_that_is_gone_is_printed_again(cast, client, ask):
    printed(client, ask(cast.office))
    default_storage.delete(Printout.objects.get().file.name)
    assert pdf_text(printed(client, ask(cast.office))).startswith("甲")


def test_whatever_is_wrong_with_one_paper_the_others_are_printed(cast, ask):
    ask(cast.office, "first")
    Printout.objects.update(paper="of a version that is gone")
    ask(cast.office, "second")
    assert print_waiting() == 1
    assert list(Printout.objects.order_by("pk").values_list("status", flat=True)) == ["failed", "done"]


def test_what_waits_is_not_forgotten_and_what_is_asked_for_is_kept_anew(cast, client, ask):
    ask(cast.office)
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Printout.objects.update(kept_until=long_ago)
    tend_printouts()
    row = Printout.objects.get()
    assert (row.status, row.kept_until > timezone.now() + dt.timedelta(hours=23)) == ("done", True)
    Printout.objects.update(kept_until=long_ago)
    ask(cast.principal)
    assert forget_printouts() == 0


def test_tried_again_from_its_own_page_leads_back_to_where_it_was_asked_for(cast, client, ask):
    first = ask(cast.office, Referer="http://testserver/enrollment/duties/", **DESK)
    again = ask(cast.office, Referer=f"http://testserver{first.url}", **DESK)
    assert len(again.url) == len(first.url)
    assert 'href="/enrollment/duties/"' in client.get(again.url).content.decode()


def test_a_file_that_was_taken_away_a_moment_ago_is_not_found(cast, client, ask):
    answer = ask(cast.office)
    printed(client, answer)
    row = Printout.objects.get()
    for file in (row.file, row.picture):
        default_storage.delete(file.name)
    for part in ("paper.pdf", "page.png"):
        assert client.get(f"/printouts/{key_of(answer)}/{part}").status_code == 404


def test_a_key_is_good_for_an_hour(cast, client, ask, monkeypatch):
    answer = ask(cast.office)
    printed(client, answer)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 3601)
    for part in ("", "page.png", "paper.pdf"):
        page = client.get(f"/printouts/{key_of(answer)}/{part}")
        assert (page.status_code, 'href="/anywhere/?print=1"' in page.content.decode()) == (410, True)


def test_what_is_no_longer_kept_leads_back_to_its_place(cast, client, ask, as_user):
    answer = ask(cast.office)
    Printout.objects.all().delete()
    assert client.get(answer.url).status_code == 410
    # The page that waited is loaded anew, and says so.
    state = client.get(f"{answer.url}state/", headers={"HX-Request": "true"})
    assert state["HX-Refresh"] == "true"
    assert as_user(cast.principal).get(answer.url).status_code == 404


def test_a_worker_that_fell_silent_is_taken_over_and_three_times_is_enough(cast, ask):
    ask(cast.office)
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    Printout.objects.update(status="running", attempt=1, lease_until=long_ago)
    tend_printouts()
    assert Printout.objects.values_list("status", "attempt").get() == ("done", 2)
    ask(cast.office, "乙")
    waiting = Printout.objects.exclude(status="done")
    waiting.update(status="running", attempt=3, lease_until=long_ago)
    tend_printouts()
    assert waiting.get().status == "failed"


def test_a_worker_that_is_stopped_leaves_the_paper_to_the_next(cast, ask, monkeypatch):
    def stopped(*arguments, **options):
        raise SystemExit

    ask(cast.office)
    monkeypatch.setattr(printing, "print_html", stopped)
    with pytest.raises(SystemExit):
        print_waiting()
    assert Printout.objects.values_list("status", "attempt").get() == ("queued", 0)


def test_who_lost_the_lease_takes_its_files_away(cast, ask, monkeypatch):
    ask(cast.office, "lost")
    real = printing.print_html

    def overtaken(*arguments, **options):
        Printout.objects.update(attempt=2)
        return real(*arguments, **options)

    monkeypatch.setattr(printing, "print_html", overtaken)
    assert print_waiting() == 0
    names = f"{Printout.objects.get().digest}-1"
    assert not [one for one in Path(default_storage.location).rglob("*") if one.name.startswith(names)]


def test_papers_are_forgotten_with_their_files(cast, client, ask):
    printed(client, ask(cast.office))
    row = Printout.objects.get()
    assert row.kept_until == pytest.approx(timezone.now() + NOTE.keep, abs=dt.timedelta(minutes=1))
    assert forget_printouts() == 0
    Printout.objects.update(kept_until=timezone.now() - dt.timedelta(seconds=1))
    tend_printouts()
    assert Printout.objects.count() == 0
    assert [default_storage.exists(name) for name in (row.file.name, row.picture.name)] == [False, False]


@pytest.mark.django_db(transaction=True)
def test_one_paper_at_a_time_and_none_is_left(cast, monkeypatch, settings):
    """Two workers are told of two papers at the same moment."""
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(printing.jobs, "send", lambda *arguments: None)
    for words in "甲乙丙":
        order_printout(sheet=filled(NOTE, words))
    at_once, most = 0, 0
    real, start = printing.print_html, threading.Barrier(2)

    def counted(*arguments, **options):
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        try:
            return real(*arguments, **options)
        finally:
            at_once -= 1

    monkeypatch.setattr(printing, "print_html", counted)
    made = []

    def work():
        start.wait()
        made.append(print_waiting())
        connection.close()

    workers = [threading.Thread(target=work) for _n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (most, sum(made)) == (1, 3)
    assert set(Printout.objects.values_list("status", flat=True)) == {"done"}
