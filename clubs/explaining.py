"""Explains why each choice was met or not, and summarises a draw by grade. No database."""

from collections import Counter, defaultdict
from typing import Any

from clubs import redraw

Data = dict[str, Any]
FEWEST_SHOWN = 5
"""Groups of fewer children are not shown: their figures would speak of a child."""


def explain(data: Data, sheets: list[Data], beforehand: dict[str, int]) -> list[Data]:
    """One line a child, in the order of the draw: sheet, number, place, got, best and `results`, one a choice by rank.

    A result is {"club", "is"} and, as it goes, "turn" and "place" of whoever took the last place, "with" the club in the way,
    or "size": got, full, clash, enough (as many places as wanted), dropped (too few children), unfit (no longer fits), gone
    (called off before the draw). `beforehand`: number → the club that a child who comes first has already, in turn 0; of what
    it wins in the public draw it keeps what goes with that.
    """
    order = redraw.order_of(data)
    place = {child["number"]: n for n, child in enumerate(order, start=1)}
    won: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    last: dict[int, tuple[int, int, int]] = {}
    for index, (turn, number, club) in enumerate(data["outcome"]["given"]):
        won[number][club] = (index, turn)
        last[club] = (index, turn, place[number])
    given = Counter(club for _turn, _number, club in data["outcome"]["given"])
    full = {club["id"] for club in data["clubs"] if given[club["id"]] >= club["places"]}
    slots = {club["id"]: set(club["slots"]) for club in data["clubs"]}
    dropped = dict(data["outcome"]["dropped"])
    by_number = {sheet["number"]: sheet for sheet in sheets}
    lines = []
    for child in order:
        sheet, mine = by_number[child["number"]], won[child["number"]]
        if child["number"] in beforehand:
            mine = kept(beforehand[child["number"]], mine, child["most"], slots)
        results = [
            {"club": club} | _result(club, child | {"was": sheet["busy"]}, mine, slots, dropped, full, last)
            for club in sheet["choices"]
        ]
        met = [rank for rank, result in enumerate(results, start=1) if result["is"] == "got"]
        lines.append(
            {
                "sheet": sheet["pk"],
                "number": child["number"],
                "place": place[child["number"]],
                "got": len(met),
                "best": min(met, default=None),
                "results": results,
            }
        )
    return lines


def kept(
    first: int, won: dict[int, tuple[int, int]], most: int, slots: dict[int, set[str]]
) -> dict[int, tuple[int, int]]:
    """club → (index, turn) of the place given beforehand and of those won later that go with it, up to `most`."""
    found = {first: (-1, 0)}
    for club, at in sorted(won.items(), key=lambda one: one[1]):
        if club != first and len(found) < most and not slots[club] & slots[first]:
            found[club] = at
    return found


def _result(
    club: int,
    child: Data,
    mine: dict[int, tuple[int, int]],
    slots: dict[int, set[str]],
    dropped: dict[int, int],
    full: set[int],
    last: dict[int, tuple[int, int, int]],
) -> Data:
    if club in mine:
        return {"is": "got", "turn": mine[club][1]}
    if club in dropped:
        return {"is": "dropped", "size": dropped[club]}
    if club not in slots:
        return {"is": "gone"}
    if slots[club] & child["was"]:
        return {"is": "clash", "with": None}
    if club not in child["choices"]:
        return {"is": "unfit"}
    gone_at = last.get(club, (-1, 0, 0))[0] if club in full else None
    in_the_way = [(index, other) for other, (index, _turn) in mine.items() if slots[other] & slots[club]]
    for index, other in sorted(in_the_way):
        if gone_at is None or index < gone_at:
            return {"is": "clash", "with": other}
    if len(mine) >= child["most"] and (gone_at is None or max(index for index, _turn in mine.values()) < gone_at):
        return {"is": "enough"}
    _index, turn, place = last.get(club, (-1, 0, 0))
    return {"is": "full", "turn": turn, "place": place}


def report(
    lines: list[Data],
    sheets: list[Data],
    grades: dict[int, int],
    first_numbers: set[str],
    clubs: list[Data],
    outcome: Data,
) -> Data:
    """The figures of a draw: all, by grade, of those who come first and of the others; demand, places and children of each
    club; clubs that fell out.
    """
    student = {sheet["pk"]: sheet["student"] for sheet in sheets}
    by_grade: dict[int, list[Data]] = defaultdict(list)
    by_tier: dict[int, list[Data]] = defaultdict(list)
    for line in lines:
        by_grade[grades.get(student[line["sheet"]], 0)].append(line)
        by_tier[0 if line["number"] in first_numbers else 1].append(line)
    shown = all(len(part) >= FEWEST_SHOWN for part in by_tier.values())
    first = Counter(sheet["choices"][0] for sheet in sheets)
    wished = Counter(club for sheet in sheets for club in sheet["choices"])
    given = Counter(result["club"] for line in lines for result in line["results"] if result["is"] == "got")
    dropped = dict(outcome["dropped"])
    return {
        "all": contentment(lines),
        "grades": [[grade, contentment(part)] for grade, part in sorted(by_grade.items())],
        # Both tiers or none: a small one could be computed from the rest.
        "tiers": [[n, contentment(part) if shown else None] for n, part in sorted(by_tier.items())],
        "clubs": [
            {
                "id": club["id"],
                "name": club["name"],
                "places": club["places"],
                "least": club["least"],
                "first": first[club["id"]],
                "wished": wished[club["id"]],
                "given": given[club["id"]],
                "there": club["there"],
                "dropped": dropped.get(club["id"]),
            }
            for club in clubs
        ],
    }


def contentment(lines: list[Data]) -> dict[str, int]:
    """How many children, how many of them got their first choice, got something, got nothing."""
    return {
        "children": len(lines),
        "first": sum(line["best"] == 1 for line in lines),
        "some": sum(line["got"] > 0 for line in lines),
        "none": sum(line["got"] == 0 for line in lines),
        "places": sum(line["got"] for line in lines),
    }
