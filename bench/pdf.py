"""The PDF of the term summary, as a multiple of what WeasyPrint alone takes for the same HTML."""

import ctypes
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from bench import _school
from documents.pdf import STYLES, static_path
from documents.press import paper, quieten
from reports.figures import collect
from reports.models import ReportRun
from reports.papers import TERM_SUMMARY
from school.models import Term
from school.services.printing import filled, print_now

ROUNDS = 10


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run() -> Iterable[tuple[str, float, str, float]]:
    # Without it WeasyPrint cuts fonts in Python, which takes a hundred times as long: nothing of ours would be measured.
    ctypes.CDLL("libharfbuzz-subset.so.0")
    quieten()
    _school.demonstration()
    term = Term.objects.earliest("starts_on")
    last_day = min(term.ends_on, timezone.localdate())
    run_of_term = ReportRun(pk=1, term=term, until=last_day)
    values = collect(term, last_day)
    html = filled(TERM_SUMMARY, run_of_term, values).html
    styles = [str(static_path(name)) for name in STYLES["term_summary"]]
    ours: list[float] = []
    alone: list[float] = []
    # In turns, and the best of each: whatever else the machine does falls on both alike.
    for _ in range(ROUNDS):
        alone.append(seconds(lambda: paper(html, styles)))
        ours.append(seconds(lambda: print_now(filled(TERM_SUMMARY, run_of_term, values))))
    yield "pdf.ratio", min(ours) / min(alone), "<=", 1.1
