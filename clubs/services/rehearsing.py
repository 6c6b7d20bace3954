"""Rehearsals: a rule is run on known wishes without effect, to show which clubs would overflow or stay empty."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.explaining import explain, report
from clubs.fitting import facts_of, why_not
from clubs.models import ChoiceRound, ChoiceSheet, Club, Draw
from clubs.services.drawing import children_of, clubs_of, draw_with_first, grades_of, head_of, numbers_first, sheets_of
from school.models import Student, Term, User

Data = dict[str, Any]
Wishes = dict[int, list[str]]
"""Student pk → wishes, the dearest first: names of clubs, or words that name categories (阅读与人文)."""

SEED = "rehearsal"
"""Not the round's own: that stays secret until the draw."""


@dataclass(frozen=True)
class Source:
    label: str | Promise
    load: Callable[[Term], Wishes]


_sources: dict[str, Source] = {}


def register_wishes(key: str, label: str | Promise, load: Callable[[Term], Wishes]) -> None:
    """Higher apps add where wishes come from (a survey), in AppConfig.ready()."""
    _sources[key] = Source(label, load)


def sources() -> list[tuple[str, str | Promise]]:
    found: list[tuple[str, str | Promise]] = [("round", gettext_lazy("the choices of this round"))]
    return found + [(key, source.label) for key, source in _sources.items()]


def wishes_of_last_term(term: Term) -> Wishes:
    """What was chosen in the rounds of the term before, by the names of the clubs; a child's newest round counts."""
    before = Term.objects.filter(starts_on__lt=term.starts_on).order_by("-starts_on").first()
    found: Wishes = {}
    choices = ChoiceSheet.objects.filter(round__term=before, choices__isnull=False).order_by(
        "round__pk", "choices__rank"
    )
    rounds: dict[int, int] = {}
    for student, round_pk, name in choices.values_list("student", "round", "choices__club__name"):
        if rounds.get(student) != round_pk:
            rounds[student], found[student] = round_pk, []
        found[student].append(name)
    return found


register_wishes("last", gettext_lazy("last term's choices"), wishes_of_last_term)


@transaction.atomic
def rehearse(*, round: ChoiceRound, source: str, rule: str, by: User) -> Draw:
    """Runs `rule` (Draw.Rule) on the wishes of `source`; only the report is kept. Raises ValidationError without wishes."""
    clubs = clubs_of(round)
    sheets = sheets_of(round) if source == "round" else sheets_from(round, _sources[source].load(round.term))
    if not sheets:
        raise ValidationError(_("There are no wishes to rehearse with."))
    students = {sheet["student"] for sheet in sheets}
    data = head_of(round, seed=SEED) | {"clubs": [dict(club) for club in clubs]}
    data["children"] = children_of(round, clubs, sheets, students)
    first, beforehand = numbers_first(round, sheets, students), {}
    if rule == Draw.Rule.DRAW:
        beforehand = draw_with_first(data, first)
    else:
        data["outcome"] = first_come(data)
    summary = report(explain(data, sheets, beforehand), sheets, grades_of(students), first, clubs, data["outcome"])
    return Draw.objects.create(
        round=round, rehearsal=True, source=source, rule=rule, data="", sha256="", summary=summary, by=by
    )


def sheets_from(round: ChoiceRound, wishes: Wishes) -> list[Data]:
    """The wishes as choices among the round's clubs that fit each child; a category stands for all clubs of it."""
    clubs = list(round.clubs.filter(status=Club.Status.PUBLISHED).prefetch_related("slots__period").order_by("pk"))
    facts = facts_of(list(Student.objects.filter(pk__in=wishes)), round.term)
    sheets = []
    for student, names in sorted(wishes.items()):
        fact = facts.get(student)
        fitting = [club for club in clubs if fact and not why_not(club, fact)]
        turn = turned(fitting, student)
        chosen = [club.pk for name in names for club in turn if club.name == name or club.category in name]
        if chosen:
            chosen = list(dict.fromkeys(chosen))[: round.most_choices]
            wanted = round.most_places
            sheets.append(
                {"pk": student, "student": student, "number": f"{student}", "wanted": wanted, "choices": chosen}
            )
    return sheets


def turned(clubs: list[Club], student: int) -> list[Club]:
    """Rotates the clubs of a category by child, since not every child means the same club."""
    start = student % len(clubs) if clubs else 0
    return clubs[start:] + clubs[:start]


def first_come(data: Data) -> Data:
    """Simulates first come, first served in random order. Same result format as a draw."""
    free = {club["id"]: club["places"] for club in data["clubs"]}
    slots = {club["id"]: set(club["slots"]) for club in data["clubs"]}
    given = []
    for child in sorted(data["children"], key=lambda c: hashlib.sha256(f"{SEED}:{c['number']}".encode()).hexdigest()):
        busy, got = set(child["busy"]), 0
        for club in child["choices"]:
            if got < child["most"] and free[club] > 0 and not slots[club] & busy:
                free[club] -= 1
                got += 1
                busy |= slots[club]
                given.append([1, child["number"], club])
    return {"dropped": [], "given": given}
