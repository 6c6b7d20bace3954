"""Importing 1,237 pupils against openpyxl merely reading the same file."""

import io
import time
from collections.abc import Iterator

import openpyxl
from django.db import connection, transaction

from bench._school import ROOT
from school.importing.run import apply_import, plan_import

WORKBOOK = ROOT.parent / "shared" / "samples" / "school-1237.xlsx"
ROUNDS = 3


def reading(data: bytes) -> float:
    started = time.perf_counter()
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value  # noqa: B018
    return time.perf_counter() - started


def importing(data: bytes) -> float:
    """A first import into an office without children: what other benchmarks made is set aside, then all is taken back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE school_student, school_guardian, school_staff, school_room, school_term CASCADE")
            cursor.execute("TRUNCATE school_schoolclass CASCADE")
        started = time.perf_counter()
        apply_import(plan_import(data), by=None)
        took = time.perf_counter() - started
        transaction.set_rollback(True)
    return took


def run() -> Iterator[tuple[str, float, str, float]]:
    data = WORKBOOK.read_bytes()
    ratios = sorted(importing(data) / reading(data) for _round in range(ROUNDS))
    yield "import.ratio", ratios[ROUNDS // 2], "<=", 4
