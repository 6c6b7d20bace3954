"""Rounds of the demonstration: one that is over, one open to first comers, an audition in which families choose, a draw that
was drawn and published the day before."""

import datetime as dt
import random
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import F
from django.utils import timezone

from clubs.fitting import facts_of, why_not
from clubs.models import Choice, ChoiceRound, ChoiceSheet, Club, ClubWeek, Membership, Waiting
from clubs.services.drawing import draw_round
from clubs.services.giving import publish_draw
from clubs.services.rehearsing import rehearse
from enrollment.models import Enrolment
from school.models import Term, User
from web.playing import moment

DRAWN, HEARD = 6, 1
FAMILIES = 40
# Days after the one that is shown: whoever starts the demonstration again finds it open.
STAYS_OPEN = 21


def make_rounds(term: Term, office: User, day: dt.date) -> None:
    """As of a day: the first places were given out in summer; free ones go to who comes first, and after an audition; the draw
    for the clubs that many want was the day before.
    """
    rng = random.Random("rounds")  # noqa: S311  # the same choices every time
    clubs = list(Club.objects.published().filter(term=term).prefetch_related("slots__period").order_by("pk"))
    first = make_round(
        term,
        office,
        "开学选课",
        ChoiceRound.Way.FIRST_COME,
        evening(term.starts_on, -9),
        evening(term.starts_on, -2),
        clubs,
    )
    Membership.objects.filter(club__in=clubs).update(round=first)
    free = [club for club in clubs if club.places_left > 0]
    drawn, heard, rest = free[:DRAWN], free[DRAWN : DRAWN + HEARD], free[DRAWN + HEARD :]
    begun, end = evening(day, -4), evening(day, STAYS_OPEN)
    make_round(term, office, "空余名额补选", ChoiceRound.Way.FIRST_COME, begun, end, rest)
    draw = make_round(term, office, "热门社团抽签", ChoiceRound.Way.DRAW, evening(day, -9), evening(day, -2), drawn)
    hearing = make_round(term, office, "合唱与乐队选拔", ChoiceRound.Way.AUDITION, begun, end, heard)
    choose(draw, drawn, rng, FAMILIES)
    choose(hearing, heard, rng, 24)
    stand_in_line(term, office)
    describe(clubs)
    if draw.sheets.exists():  # in a very small school no free club may fit anybody
        draw_yesterday(draw, day - dt.timedelta(days=1), office)


def evening(day: dt.date, days: int) -> dt.datetime:
    """At seven, so many days after a day."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time(19)))


def draw_yesterday(draw: ChoiceRound, day: dt.date, office: User) -> None:
    with moment(day, 8, 30):
        for rule in ("draw", "first_come"):
            rehearse(round=draw, source="round", rule=rule, by=office)
    with moment(day, 9):
        draw_round(round=draw, by=office)
    with moment(day, 10):
        publish_draw(round=draw, by=office)


def make_round(
    term: Term, office: User, name: str, way: str, opens: dt.datetime, closes: dt.datetime, clubs: Iterable[Club]
) -> ChoiceRound:
    seed = sha256(f"{term} {name}".encode()).hexdigest()[:32]
    made = ChoiceRound.objects.create(
        term=term,
        name=name,
        way=way,
        opens_at=opens,
        closes_at=closes,
        state=ChoiceRound.State.ANNOUNCED,
        announced_at=opens - dt.timedelta(days=2),
        seed=seed,
        seed_sha256=sha256(seed.encode()).hexdigest(),
        made_by=office,
    )
    made.clubs.set(clubs)
    return made


def choose(one: ChoiceRound, clubs: list[Club], rng: random.Random, most: int) -> None:
    """Families of children whom some of the clubs fit rank them."""
    rows = list(Enrolment.objects.filter(option__term=one.term).select_related("student", "application").order_by("pk"))
    rows = rng.sample(rows, min(len(rows), most * 3))
    facts = facts_of([row.student for row in rows], one.term)
    sheets: list[ChoiceSheet] = []
    choices: list[Choice] = []
    for row in rows:
        fitting = [club for club in clubs if not why_not(club, facts[row.student_id])]
        if not fitting or len(sheets) == most:
            continue
        number = sha256(f"{one.pk} {row.student_id}".encode()).hexdigest()[:8]
        sheet = ChoiceSheet(
            round=one,
            student=row.student,
            number=number,
            places_wanted=min(2, one.most_places),
            chosen_by=row.application.submitted_by,
            chosen_at=one.opens_at + dt.timedelta(minutes=rng.randrange(2000)),
        )
        sheets.append(sheet)
        picked = rng.sample(fitting, min(len(fitting), one.most_choices))
        choices += [Choice(sheet=sheet, rank=rank, club=club) for rank, club in enumerate(picked, start=1)]
    ChoiceSheet.objects.bulk_create(sheets)
    Choice.objects.bulk_create(choices)


def stand_in_line(term: Term, office: User) -> None:
    """Three children wait for the first full club that fits them."""
    full = Club.objects.published().filter(term=term, taken__gte=F("capacity") - F("held"))
    club = full.prefetch_related("slots__period").order_by("pk").first()
    if club is None:
        return
    rows = Enrolment.objects.filter(option__term=term).select_related("student", "application").order_by("pk")[:400]
    facts = facts_of([row.student for row in rows], term)
    fitting = [row for row in rows if not why_not(club, facts[row.student_id])][:3]
    Waiting.objects.bulk_create(
        Waiting(club=club, student=row.student, order=n, asked_by=row.application.submitted_by)
        for n, row in enumerate(fitting, start=1)
    )


def describe(clubs: list[Club]) -> None:
    """What each club does, and how many children it needs."""
    for club in clubs:
        club.aim = club.aim or f"认识{club.name}，每周动手练习，学期末一起展示。"
        club.least = club.least or min(8, club.capacity)
    Club.objects.bulk_update(clubs, ["aim", "least"])
    ClubWeek.objects.bulk_create(
        ClubWeek(club=club, number=n, content=content)
        for club in clubs
        for n, content in enumerate(("认识工具与规则", "基本练习一", "基本练习二", "小组合作", "阶段展示"), start=1)
    )
