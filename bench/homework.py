"""Publishing sheets at once, reading the board at once, and the heat map of a whole term.

Publishing is the last step of a sheet through the whole HTTP stack (session, token, role, lock, versions, history,
marking), as a share of a POST that checks session, token and role only. The board is compared with a static file of the
same length from the same server.
"""

import datetime as dt
import os
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import _school
from bench._browsers import TOKEN, Browser, at_once, found
from homework.load import heat
from homework.models import ClassSheet, HomeworkItem, SheetStage
from homework.rulebook import cap_rule
from school.models import SchoolClass, Staff, Subject, Term

POSTS = 240
NO_OPS = 1200
SECONDS = 2.0
ROUNDS = 5
CLASSES, DAYS = 48, 100
BOARD = "/board/"
NO_OP = "/bench/noop"

BARE = """
SELECT c.id, c.entry_year, c.number, array_agg(s.day ORDER BY s.day), array_agg(s.minutes ORDER BY s.day),
       array_agg(s.cap ORDER BY s.day)
FROM homework_classsheet s JOIN school_schoolclass c ON c.id = s.school_class_id
WHERE s.status = 'published' AND s.day BETWEEN %s AND %s
GROUP BY c.id, c.entry_year, c.number ORDER BY c.entry_year DESC, c.number
"""


def sheets_to_publish(count: int) -> list[ClassSheet]:
    """Sheets under review with two entries each, on days that no other run has used."""
    stage = SheetStage.objects.get(step="office_review")
    last = ClassSheet.objects.latest("day").day
    classes = list(SchoolClass.objects.filter(graduated_on=None))
    teacher = Staff.objects.order_by("pk").first()
    subjects = list(Subject.objects.all()[:2])
    sheets = []
    for n in range(count):
        school_class, day = classes[n % len(classes)], last + dt.timedelta(days=1 + n // len(classes))
        rule = cap_rule(school_class, day)
        sheets.append(
            ClassSheet(
                school_class=school_class,
                day=day,
                cap=int(rule.value),
                cap_source=rule.source,
                status="review",
                stage=stage,
                minutes=0,
            )
        )
    ClassSheet.objects.bulk_create(sheets)
    HomeworkItem.objects.bulk_create(
        HomeworkItem(sheet=sheet, subject=subject, teacher=teacher, content="练习", kind="reading", minutes=10)
        for sheet in sheets
        for subject in subjects
    )
    return sheets


def publishing(port: int) -> Iterable[tuple[str, float, str, float]]:
    session = _school.session_cookie(_school.somebody("academic_office"))
    status, page, _to, cookie = Browser(port).ask("GET", "/homework/", session)
    if status != 200:
        raise RuntimeError(f"the list of sheets answers {status}")
    cookies, body = f"{session}; {cookie}", urlencode({"csrfmiddlewaretoken": found(TOKEN, page)})

    def send(browser: Browser, path: str, expected: int) -> None:
        answer, text, _to, _cookie = browser.ask("POST", path, cookies, body)
        if answer != expected:
            raise RuntimeError(f"{path} answers {answer}: {text[:500]!r}")

    no_ops, posts = [], []
    for _round in range(ROUNDS):  # in turns, and the best of each
        seconds, _times = at_once(port, [lambda b: send(b, NO_OP, 200)] * NO_OPS)
        no_ops.append(NO_OPS / seconds)
        sheets = sheets_to_publish(POSTS)
        paths = [f"/homework/classes/{s.school_class_id}/{s.day.isoformat()}/pass/" for s in sheets]
        seconds, _times = at_once(port, [lambda b, path=path: send(b, path, 302) for path in paths])
        posts.append(POSTS / seconds)
        done = ClassSheet.objects.filter(pk__in=[s.pk for s in sheets], status="published")
        if done.count() != POSTS or done.filter(versions__isnull=False, actions__isnull=False).count() != POSTS:
            raise RuntimeError("a sheet was lost, or published without its version")
    yield "homework.publish.ratio", max(posts) / max(no_ops), ">=", 0.4


def reading(port: int, static: str) -> Iterable[tuple[str, float, str, float]]:
    board, plain = [], []
    for _round in range(ROUNDS):
        plain.append(_school.requests_per_second(port, static, "", seconds=SECONDS))
        board.append(_school.requests_per_second(port, BOARD, "", seconds=SECONDS))
    yield "homework.board.ratio", max(board) / max(plain), ">=", 0.5


def board_as_static_file() -> str:
    """A static file as long as the board's page; the server looks for its files when it starts."""
    with _school.gunicorn(os.environ | {"DJANGO_SETTINGS_MODULE": "bench._settings"}) as port:
        status, page, _to, _cookie = Browser(port).ask("GET", BOARD, "")
    if status != 200:
        raise RuntimeError(f"the board answers {status}")
    (Path(settings.STATIC_ROOT) / "bench-board.html").write_bytes(page)
    return f"/{settings.STATIC_URL.strip('/')}/bench-board.html"


def heat_map() -> Iterable[tuple[str, float, str, float]]:
    """48 classes, a hundred days each, in a transaction that is taken back."""
    first = dt.date(2030, 9, 2)
    last = first + dt.timedelta(days=DAYS - 1)
    with transaction.atomic():
        classes = SchoolClass.objects.bulk_create(
            SchoolClass(entry_year=2030 - n % 6, number=50 + n) for n in range(CLASSES)
        )
        ClassSheet.objects.bulk_create(
            [
                ClassSheet(
                    school_class=school_class,
                    day=first + dt.timedelta(days=n),
                    minutes=(n * 7) % 60,
                    cap=60,
                    cap_source="bench",
                    status="published",
                )
                for school_class in classes
                for n in range(DAYS)
            ],
            batch_size=1000,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE homework_classsheet")
        with CaptureQueriesContext(connection) as asked:
            lines = heat(first, last)
        if (len(asked), len(lines), len(lines[0].minutes)) != (1, CLASSES, DAYS):
            raise RuntimeError(f"{len(asked)} queries for {len(lines)} classes")
        ours, bare = [], []
        for _round in range(25):
            bare.append(seconds(lambda: ask_bare(first, last)))
            ours.append(seconds(lambda: heat(first, last)))
        transaction.set_rollback(True)
    yield "homework.heat.ratio", min(ours) / min(bare), "<=", 1.5


def ask_bare(first: dt.date, last: dt.date) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [first, last])
        return cursor.fetchall()


def seconds(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    Term.objects.earliest("starts_on")
    yield from heat_map()
    static = board_as_static_file()
    with _school.gunicorn(os.environ | {"DJANGO_SETTINGS_MODULE": "bench._settings"}) as port:
        yield from publishing(port)
        yield from reading(port, static)
