"""Every figure of the reports, by name: what it counts, and the query that counts it.

scope = Scope(term, until)
FIGURES["participation_rate"].compute(scope)   # Value(86.9, 1075, 1237, by={"grade": […], "class": […]})
collect(term, until)                           # all of them
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

# Their figures are registered in this order; «policy» adds up those before it.
from reports.figures import adults, attendance, club_figures, homework_figures, people, policy
from reports.figures.base import FIGURES, SECTIONS, Figure, Part, Rows, Scope, Value
from school.models import Term

__all__ = [
    "FIGURES",
    "MODULES",
    "SECTIONS",
    "Figure",
    "Part",
    "Rows",
    "Scope",
    "Value",
    "collect",
    "in_section",
    "stored",
]

MODULES = (adults, attendance, club_figures, homework_figures, people, policy)


def collect(term: Term, until: dt.date, *, tell: Callable[[int], None] | None = None) -> dict[str, Value]:
    """All figures of the term up to and with a day. `tell` hears how many per cent are counted."""
    scope = Scope(term, until)
    values: dict[str, Value] = {}
    for number, (key, one) in enumerate(FIGURES.items(), start=1):
        values[key] = one.compute(scope)
        if tell:
            tell(100 * number // len(FIGURES))
    return values


def stored(figures: dict[str, Any]) -> dict[str, Value]:
    """The figures of a run as they were counted then, those of them that are still known."""
    return {key: Value.from_json(figures[key]) for key in FIGURES if key in figures}


def in_section(section: str) -> list[Figure]:
    return [one for one in FIGURES.values() if one.section == section]
