"""Two thousand agreements as one file: seconds, as a share of what WeasyPrint takes for them paper by paper in one process."""

import time
from collections.abc import Iterable

from django.template.loader import render_to_string

from bench import _school
from documents.pdf import print_html, render_many
from enrollment.models import Agreement
from enrollment.papers import AGREEMENT, agreement_paper
from reports.agreements import BATCH, batches

PAPERS = 2000
ALONE = 40


def agreements(count: int) -> list[Agreement]:
    """That many signed papers; those of the demonstration, over again where it has fewer."""
    rows = list(Agreement.objects.filter(in_force_at__isnull=False).for_paper()[:count])
    return (rows * (count // len(rows) + 1))[:count]


def one_by_one(rows: list[Agreement]) -> float:
    """Seconds a paper, each a document of its own."""
    begun = time.perf_counter()
    for row in rows:
        paper = agreement_paper(row, lambda path: f"https://school.example{path}")
        print_html(render_to_string(AGREEMENT.template, {"papers": [paper], "school_name": "示范小学"}), "official")
    return (time.perf_counter() - begun) / len(rows)


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    rows = agreements(PAPERS)
    one_by_one(rows[:3])  # fonts and style sheet are read
    before = one_by_one(rows[:ALONE])
    begun = time.perf_counter()
    pdf = render_many(AGREEMENT.template, batches(rows, "https://school.example"))
    together = time.perf_counter() - begun
    # Half of the papers alone before, half after: whatever else the machine does falls on both.
    alone = (before + one_by_one(rows[-ALONE:])) / 2 * PAPERS
    if not pdf.startswith(b"%PDF") or len(pdf) < PAPERS * 500 or BATCH < 25:
        raise RuntimeError(f"{len(pdf)} bytes are no {PAPERS} papers")
    yield "agreements.ratio", together / alone, "<=", 0.3
