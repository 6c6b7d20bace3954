"""Runs the draw: its input, its result, and the reasons. `clubs.redraw` draws; anybody can run it on the published file."""

import hashlib
import io
import json
from collections import Counter
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs import redraw
from clubs.explaining import explain, report
from clubs.models import ChoiceRound, ChoiceSheet, Club, ClubSettings, Draw, DrawLine, Seat
from enrollment.models import Enrolment, ServiceOption
from school.models import ClassMembership, SpecialGroupMembership, Term, User
from school.models.calendar import school_year_of
from school.models.dated import on_day

Data = dict[str, Any]
Students = set[int] | QuerySet[ChoiceSheet, Any]
"""Pks, or a query that gives them: thousands of parameters cost more than the rows."""


@transaction.atomic
def draw_round(*, round: ChoiceRound, by: User) -> Draw:
    """Draws once, after choosing has ended; a second call gives the same draw. Nothing is given out yet.

    Raises ValidationError before the end, and for rounds that are not drawn.
    """
    round = ChoiceRound.objects.select_for_update().select_related("term").get(pk=round.pk)
    if drawn := round.draws.real().first():
        return drawn
    if round.way != ChoiceRound.Way.DRAW or round.state != ChoiceRound.State.ANNOUNCED:
        raise ValidationError(_("%s is not a round that waits for its draw.") % round.name)
    if round.closes_at > timezone.now():
        raise ValidationError(_("Families still choose; the draw is after the end of choosing."))
    sheets, clubs = sheets_of(round), clubs_of(round)
    chose = ChoiceSheet.objects.filter(round=round).values("student")
    data = head_of(round, seed=round.seed)
    data |= {"clubs": [dict(club) for club in clubs], "children": children_of(round, clubs, sheets, chose)}
    first = numbers_first(round, sheets, chose)
    beforehand = draw_with_first(data, first)
    grades = grades_of(chose)
    lines = explain(data, sheets, beforehand)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    draw = Draw.objects.create(
        round=round,
        data=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        beforehand={"first": sorted(first), "given": beforehand},
        summary=report(lines, sheets, grades, first, clubs, data["outcome"]),
        by=by,
    )
    write_lines(draw, lines)
    round.state = ChoiceRound.State.DRAWN
    round.save()
    return draw


def draw_with_first(data: Data, first: set[str]) -> dict[str, int]:
    """Adds the outcome to `data`, which is published; returns what was given beforehand: number → club pk.

    The children who come first draw one place each among themselves, by the same seed, in a step that is not published. In
    the public draw they stand like all others, so that nothing in the file tells who they are. Only what a club needs for
    them beyond what they win there too is taken off its places; a club that is not full needs nothing.
    """
    whole = {"clubs": [dict(club) for club in data["clubs"]]}
    ahead = [child | {"most": 1} for child in redraw.order_of(data) if child["number"] in first]
    kept_back: Counter[int] = Counter()
    gone: set[int] = set()
    while True:
        beforehand = {number: club for _turn, number, club in redraw.give(whole, ahead, gone)}
        for club, full in zip(data["clubs"], whole["clubs"], strict=True):
            club["places"] = full["places"] - kept_back[club["id"]]
            club["least"] = max(full["least"] - kept_back[club["id"]], 0)
        data["outcome"] = redraw.draw(data)
        dropped = {club for club, _size in data["outcome"]["dropped"]}
        if dropped & set(beforehand.values()):
            gone |= dropped
            kept_back.clear()
        elif more := too_many(data["outcome"], beforehand, whole["clubs"]):
            kept_back += more
        else:
            return beforehand


def too_many(outcome: Data, beforehand: dict[str, int], clubs: list[Data]) -> Counter[int]:
    """Club → by how many children it is over its places with those who have theirs beforehand and did not win it again."""
    places = {club["id"]: club["places"] for club in clubs}
    won = {(number, club) for _turn, number, club in outcome["given"]}
    size = Counter(club for _number, club in won | set(beforehand.items()))
    return Counter({club: count - places[club] for club, count in size.items() if count > places[club]})


def numbers_first(round: ChoiceRound, sheets: list[Data], students: Students) -> set[str]:
    first = first_in_line(round, students)
    return {sheet["number"] for sheet in sheets if sheet["student"] in first}


def head_of(round: ChoiceRound, *, seed: str) -> Data:
    now = timezone.localtime()
    return {
        "round": round.name,
        "term": str(round.term),
        "drawn_at": now.isoformat(timespec="seconds"),
        "seed": seed,
        "seed_sha256": hashlib.sha256(seed.encode()).hexdigest(),
    }


def clubs_of(round: ChoiceRound) -> list[Data]:
    """The clubs of the round with the places that are free now."""
    clubs = round.clubs.filter(status=Club.Status.PUBLISHED).prefetch_related("slots__period").order_by("pk")
    return [
        {
            "id": club.pk,
            "name": club.name,
            "least": club.least,
            "places": club.places_left,
            "there": club.taken,
            "slots": [slot_name(slot.weekday, slot.period.number) for slot in club.slots.all()],
        }
        for club in clubs
    ]


def slot_name(weekday: int, number: int) -> str:
    """«3-2»: Wednesday, second period."""
    return f"{weekday}-{number}"


def sheets_of(round: ChoiceRound) -> list[Data]:
    """Each family's pk, student, number, wanted number of places and choices (club pks by rank)."""
    rows = (
        ChoiceSheet.objects.filter(round=round, choices__isnull=False)
        .order_by("number")
        .values_list("pk", "student", "number", "places_wanted")
        .annotate(clubs=ArrayAgg("choices__club", order_by="choices__rank"))
    )
    names = ("pk", "student", "number", "wanted", "choices")
    return [dict(zip(names, row, strict=True)) for row in rows]


def children_of(round: ChoiceRound, clubs: list[Data], sheets: list[Data], students: Students) -> list[Data]:
    """The children as the file names them: choices that no longer fit are left out.

    Also left out is what clashes with clubs in which the child is already: those would tell classmates who it is. They stay
    with the sheet (`busy`), for the reasons.
    """
    busy: dict[int, set[str]] = {}
    seats = Seat.objects.filter(term=round.term, student__in=students)
    for student, weekday, number in seats.values_list("student", "weekday", "period__number"):
        busy.setdefault(student, set()).add(slot_name(weekday, number))
    there = times_there(round.term, students)
    slots = {club["id"]: set(club["slots"]) for club in clubs}
    for sheet in sheets:
        sheet["busy"] = busy.get(sheet["student"], set())
    return [
        {
            "number": sheet["number"],
            "most": sheet["wanted"],
            "busy": [],
            "choices": [
                club
                for club in sheet["choices"]
                if club in slots
                and not slots[club] & sheet["busy"]
                and any(slots[club] <= times for times in there.get(sheet["student"], []))
            ],
        }
        for sheet in sheets
    ]


def times_there(term: Term, students: Students) -> dict[int, list[frozenset[str]]]:
    """Student → for each participation the slots in which the child is there: its days, up to the hour at which it leaves."""
    today = timezone.localdate()
    rows = Enrolment.objects.filter(student__in=students, option__term=term).exclude(
        ends_on__lt=max(today, term.starts_on)
    )
    known: dict[str, frozenset[str]] = {}
    found: dict[int, list[frozenset[str]]] = {}
    options = ServiceOption.objects.filter(term=term).prefetch_related("periods")
    covered = {option.pk: option.numbers or frozenset(range(1, 13)) for option in options}
    for student, option, weekdays, leaves in rows.values_list("student", "option", "weekdays", "leaves_after"):
        key = f"{option} {weekdays}{leaves}"
        if key not in known:
            known[key] = frozenset(
                slot_name(day, number)
                for day in weekdays
                for number in covered[option]
                if number <= leaves.get(str(day), number)
            )
        found.setdefault(student, []).append(known[key])
    return found


def first_in_line(round: ChoiceRound, students: Students) -> set[int]:
    """Children of priority groups (S8) and, where the school says so, who got nothing in the last term's draws."""
    first: set[int] = set()
    if round.priority:
        groups = SpecialGroupMembership.objects.filter(student__in=students, group__has_priority=True)
        first |= set(groups.values_list("student", flat=True))
    if ClubSettings.load().credit_for_losses:
        first |= losers_before(round.term)
    return first


def losers_before(term: Term) -> set[int]:
    """Children who took part in last term's draws and got no place."""
    before = Term.objects.filter(starts_on__lt=term.starts_on).order_by("-starts_on").first()
    lines = DrawLine.objects.filter(
        draw__rehearsal=False, draw__round__term=before, draw__round__state=ChoiceRound.State.PUBLISHED
    )
    got = lines.filter(got__gt=0).values("sheet__student")
    return set(lines.exclude(sheet__student__in=got).values_list("sheet__student", flat=True)) if before else set()


def grades_of(students: Students) -> dict[int, int]:
    today = timezone.localdate()
    members = ClassMembership.objects.filter(on_day(today), student__in=students)
    year = school_year_of(today)
    return {s: year - entered + 1 for s, entered in members.values_list("student", "school_class__entry_year")}


def write_lines(draw: Draw, lines: list[Data]) -> None:
    """COPY: five thousand rows in the time that a dozen take one by one."""
    out = io.StringIO()
    for line in lines:
        results = json.dumps(line["results"]).replace("\\", "\\\\")
        best = "\\N" if line["best"] is None else line["best"]
        out.write(f"{draw.pk}\t{line['sheet']}\t{line['place']}\t{line['got']}\t{best}\t{results}\n")
    out.seek(0)
    with connection.cursor() as cursor:
        table = DrawLine._meta.db_table
        cursor.copy_expert(
            f"COPY {table} (draw_id, sheet_id, place, got, best, results) FROM STDIN", out
        )  # our own name
