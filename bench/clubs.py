"""Places taken at once, the draw of a large school, and the timetable's proposal.

A place is a POST through the whole HTTP stack (session, token, guardian, child, every check, membership, seats, history,
counter), once spread over sixty clubs and once all for one. It is compared with the same function called by bare psycopg2
connections in the same run, and with a POST that checks session, token and role only. More children press than there are
places: afterwards the database is asked whether one was given twice, or one was left.
"""

import datetime as dt
import json
import os
import random
import secrets
import statistics
import threading
import time
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import urlencode

import psycopg2
from django.db import connection
from django.utils import timezone

from bench import _clubs_timetable, _school
from bench._browsers import CLIENTS, Browser, at_once
from bench._families import families
from clubs import redraw
from clubs.models import Choice, ChoiceRound, ChoiceSheet, Club, ClubSlot, Draw, DrawLine, Membership, Seat
from clubs.services.drawing import draw_round
from clubs.services.giving import publish_draw
from enrollment.models import Application, Enrolment, ServiceOption
from school.models import ClassMembership, Period, Room, SchoolClass, Staff, Student, Term, User
from school.models.calendar import school_year_of
from school.models.names import name_key

CLUBS, PLACES, HOT_PLACES = 60, 20, 400
PRESSED, HOT_PRESSED = 1500, 600
NO_OP = "/bench/noop"
CHILDREN, CHOICES, DRAWN_CLUBS = 5000, 5, 80

Family = tuple[User, Student]


def term_now() -> Term:
    term = Term.objects.latest("starts_on")
    Term.objects.filter(pk=term.pk).update(ends_on=max(term.ends_on, timezone.localdate() + dt.timedelta(days=30)))
    return Term.objects.get(pk=term.pk)


def enrol(students: list[Student], by: User, term: Term) -> None:
    """All take part in care on five days."""
    option = ServiceOption.objects.filter(term=term).order_by("pk").first()
    begun = timezone.localdate() - dt.timedelta(days=30)
    days = [1, 2, 3, 4, 5]
    applications = Application.objects.bulk_create(
        Application(
            option=option,
            student=s,
            weekdays=days,
            starts_on=begun,
            status="approved",
            applicant=by.name,
            submitted_by=by,
        )
        for s in students
    )
    Enrolment.objects.bulk_create(
        Enrolment(application=a, option=option, student=a.student, weekdays=days, starts_on=begun) for a in applications
    )


def make_clubs(count: int, places: int, term: Term, *, way: str, least: int = 0) -> list[Club]:
    """Published clubs, one slot each, in a round that is open now. Rooms and adults of their own."""
    period = Period.objects.order_by("-number").first()
    mark = secrets.token_hex(3)
    rooms = Room.objects.bulk_create(Room(name=f"{mark} {n}", capacity=500) for n in range(count))
    staff = Staff.objects.bulk_create(
        Staff(number=f"{mark}{n}", name="陈老师", name_key=name_key("陈老师")) for n in range(count)
    )
    clubs = Club.objects.bulk_create(
        Club(
            term=term,
            name=f"{mark} {n}",
            grade_from=1,
            grade_to=9,
            capacity=places,
            least=min(least, places),
            room=rooms[n],
            instructor=staff[n],
            status="published",
        )
        for n in range(count)
    )
    ClubSlot.objects.bulk_create(
        ClubSlot(term=term, club=c, weekday=n % 5 + 1, period=period, room_id=c.room_id, instructor_id=c.instructor_id)
        for n, c in enumerate(clubs)
    )
    now, seed = timezone.now(), secrets.token_hex(16)
    opened = ChoiceRound.objects.create(
        term=term,
        name=mark,
        way=way,
        opens_at=now - dt.timedelta(minutes=5),
        closes_at=now + dt.timedelta(hours=5),
        state="announced",
        seed=seed,
        seed_sha256=sha256(seed.encode()).hexdigest(),
        made_by=User.objects.order_by("pk").first(),
    )
    opened.clubs.set(clubs)
    return clubs


def check(clubs: list[Club], places: int) -> None:
    """Every place sold, none twice, each with its seat."""
    pks = [club.pk for club in clubs]
    taken = list(Club.objects.filter(pk__in=pks).values_list("taken", flat=True))
    members = Membership.objects.filter(club__in=pks)
    there = (
        sum(taken),
        members.count(),
        members.values("student").distinct().count(),
        Seat.objects.filter(membership__in=members).count(),
    )
    if max(taken) > places or there != (len(clubs) * places,) * 4:
        raise RuntimeError(f"of {len(clubs) * places} places the database has {there}")


def pressed(port: int, people: list[Family], clubs: list[Club]) -> tuple[float, list[float]]:
    """Places asked for a second through HTTP, and the seconds of each request."""
    token = secrets.token_hex(16)
    body = urlencode({"csrfmiddlewaretoken": token})
    ready = [
        (f"/clubs/family/{s.pk}/{clubs[n % len(clubs)].pk}/join/", f"{_school.session_cookie(u)}; csrftoken={token}")
        for n, (u, s) in enumerate(people)
    ]

    def send(browser: Browser, path: str, cookies: str) -> None:
        status, page, _to, _cookie = browser.ask("POST", path, cookies, body)
        if status != 302:
            raise RuntimeError(f"{path} answers {status}: {page[:500]!r}")

    seconds, times = at_once(port, [lambda b, p=p, c=c: send(b, p, c) for p, c in ready])
    return len(people) / seconds, times


def bare(people: list[Family], clubs: list[Club]) -> float:
    """The same places asked for a second by bare connections, one round trip each."""
    today, now = timezone.localdate(), timezone.now()
    year = school_year_of(today)
    jobs = iter([(clubs[n % len(clubs)].pk, s.pk, u.pk, year, today, now) for n, (u, s) in enumerate(people)])
    lock, dsn = threading.Lock(), connection.get_connection_params()
    links = [
        psycopg2.connect(**{k: v for k, v in dsn.items() if k not in ("cursor_factory", "server_side_binding")})
        for _ in range(CLIENTS)
    ]
    for link in links:
        link.autocommit = True

    def work(link: "psycopg2.extensions.connection") -> None:
        with link.cursor() as cursor:
            cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', false)")
            while True:
                with lock:
                    job = next(jobs, None)
                if job is None:
                    return
                cursor.execute("SELECT clubs_take_place(%s, %s, %s, %s, %s, %s)", job)
                cursor.fetchone()

    threads = [threading.Thread(target=work, args=(link,)) for link in links]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    for link in links:
        link.close()
    return len(people) / seconds


def nothing_done(port: int, people: list[Family]) -> float:
    """As many people, each with session, token and role, and nothing else."""
    token = secrets.token_hex(16)
    body = urlencode({"csrfmiddlewaretoken": token})

    def send(browser: Browser, cookies: str) -> None:
        if browser.ask("POST", NO_OP, cookies, body)[0] != 200:
            raise RuntimeError("the empty POST is refused")

    ready = [f"{_school.session_cookie(user)}; csrftoken={token}" for user, _student in people]
    seconds, _times = at_once(port, [lambda b, c=c: send(b, c) for c in ready])
    return len(people) / seconds


def seats() -> Iterable[tuple[str, float, str, float]]:
    term = term_now()
    people = families(2 * (PRESSED + HOT_PRESSED))
    enrol([s for _u, s in people], people[0][0], term)
    many, few = people[: 2 * PRESSED], people[2 * PRESSED :]
    with _school.gunicorn(os.environ | {"DJANGO_SETTINGS_MODULE": "bench._settings"}) as port:
        no_op = nothing_done(port, many[PRESSED:])
        spread = make_clubs(CLUBS, PLACES, term, way="first_come")
        rate, times = pressed(port, many[:PRESSED], spread)
        check(spread, PLACES)
        hot = make_clubs(1, HOT_PLACES, term, way="first_come")
        hot_rate, hot_times = pressed(port, few[:HOT_PRESSED], hot)
        check(hot, HOT_PLACES)
    spread, hot = (make_clubs(CLUBS, PLACES, term, way="first_come"), make_clubs(1, HOT_PLACES, term, way="first_come"))
    bare_rate, bare_hot = bare(many[PRESSED:], spread), bare(few[HOT_PRESSED:], hot)
    check(spread, PLACES)
    check(hot, HOT_PLACES)
    print(
        f"clubs: {no_op:.0f} no-ops, {rate:.0f} and {hot_rate:.0f} places, bare {bare_rate:.0f} and {bare_hot:.0f} a second"
    )
    yield "clubs.seats.bare_ratio", rate / bare_rate, ">=", 0.08
    yield "clubs.hot.bare_ratio", hot_rate / bare_hot, ">=", 0.25
    yield "clubs.seats.noop_ratio", rate / no_op, ">=", 0.5
    yield "clubs.hot.noop_ratio", hot_rate / no_op, ">=", 0.5
    for name, took in (("seats", times), ("hot", hot_times)):
        yield f"clubs.{name}.p99_over_median", statistics.quantiles(took, n=100)[98] / statistics.median(took), "<=", 8


def children(count: int) -> list[Student]:
    students = Student.objects.bulk_create(
        Student(name="陈小雨", name_key=name_key("陈小雨"), birth_date=dt.date(2018, 5, 4)) for _ in range(count)
    )
    classes = list(SchoolClass.objects.filter(graduated_on=None))
    ClassMembership.objects.bulk_create(
        ClassMembership(
            student=s, school_class=classes[n % len(classes)], starts_on=timezone.localdate() - dt.timedelta(days=40)
        )
        for n, s in enumerate(students)
    )
    return students


def plain_loop(data: dict) -> list[list]:
    """The same rules as a plain loop over the same lists, clubs that fall out included."""
    gone: list[int] = []
    while True:
        free = {club["id"]: club["places"] for club in data["clubs"]}
        when = {club["id"]: club["slots"] for club in data["clubs"]}
        busy = {child["number"]: list(child["busy"]) for child in data["children"]}
        left = {child["number"]: child["most"] for child in data["children"]}
        line = sorted(
            data["children"],
            key=lambda c: sha256(f"{data['seed']}:{c['number']}".encode()).hexdigest(),
        )
        given: list[list] = []
        forwards = True
        while True:
            before = len(given)
            for child in line if forwards else reversed(line):
                number = child["number"]
                if not left[number]:
                    continue
                for club in child["choices"]:
                    if club not in gone and free[club] and not any(slot in busy[number] for slot in when[club]):
                        free[club] -= 1
                        left[number] -= 1
                        busy[number] += when[club]
                        given.append([number, club])
                        break
            forwards = not forwards
            if len(given) == before:
                break
        counts = {club["id"]: club["there"] for club in data["clubs"]}
        for _number, club in given:
            counts[club] += 1
        short = [(counts[c["id"]] - c["least"], c["id"]) for c in data["clubs"] if c["id"] not in gone]
        if min(short)[0] >= 0:
            return given
        gone.append(min(short)[1])


def drawing() -> Iterable[tuple[str, float, str, float]]:
    """5,000 children × 5 choices × 80 clubs; some clubs are wanted by few and fall out."""
    term, rng = term_now(), random.Random(5000)  # the same wishes every time
    students = children(CHILDREN)
    by = User.objects.earliest("pk")
    enrol(students, by, term)
    clubs = make_clubs(DRAWN_CLUBS, 60, term, way="draw", least=15)
    one = clubs[0].rounds.get()
    weights = [1 / (n + 1) ** 1.8 for n in range(DRAWN_CLUBS)]
    sheets = ChoiceSheet.objects.bulk_create(
        ChoiceSheet(round=one, student=s, number=f"{n:08x}", places_wanted=rng.choice((1, 2, 2)), chosen_by=by)
        for n, s in enumerate(students)
    )
    picks = [list(dict.fromkeys(rng.choices(clubs, weights, k=12)))[:CHOICES] for _ in sheets]
    Choice.objects.bulk_create(
        (
            Choice(sheet=sheet, rank=rank, club=club)
            for sheet, picked in zip(sheets, picks, strict=True)
            for rank, club in enumerate(picked, start=1)
        ),
        batch_size=5000,
    )
    ChoiceRound.objects.filter(pk=one.pk).update(closes_at=timezone.now() - dt.timedelta(seconds=1))
    begun = time.perf_counter()
    draw = draw_round(round=one, by=by)
    seconds = time.perf_counter() - begun
    data = json.loads(draw.data)
    plain = min(timed(lambda: plain_loop(data)) for _again in range(5))
    if plain_loop(data) != [line[1:] for line in data["outcome"]["given"]] or redraw.draw(data) != data["outcome"]:
        raise RuntimeError("the plain loop draws otherwise")
    if (
        DrawLine.objects.filter(draw=draw).count() != CHILDREN
        or Draw.objects.get(pk=draw.pk).summary["all"]["children"] != CHILDREN
    ):
        raise RuntimeError("a child has no line")
    print(f"clubs: drawn in {seconds:.2f} s, the loop {plain:.2f} s, {len(data['outcome']['dropped'])} clubs fell out")
    yield "clubs.draw.loop_ratio", seconds / plain, "<=", 3
    begun = time.perf_counter()
    given = publish_draw(round=one, by=by)
    yield "clubs.publish.draws", (time.perf_counter() - begun) / seconds, "<=", 20
    if given.not_given or given.places != len(data["outcome"]["given"]):
        raise RuntimeError(f"not given: {given.not_given[:3]}")


def timed(work) -> float:  # type: ignore[no-untyped-def]  # anything that can be called
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    yield from seats()
    yield from drawing()
    yield from _clubs_timetable.run()
