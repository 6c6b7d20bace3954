"""Importing a school's own workbook: read it safely, plan every row, then write exactly that plan.

Each sheet has an importer; apps above `school` add theirs with `register()` from AppConfig.ready().
"""

from school.importing.containers import WorkbookRefused
from school.importing.plan import Context, Problem, RowPlan, SheetImporter, SheetPlan, register
from school.importing.shapes import ReadSheet, Row, Shape
from school.importing.workbook import read_workbook

__all__ = [
    "Context",
    "Problem",
    "ReadSheet",
    "Row",
    "RowPlan",
    "Shape",
    "SheetImporter",
    "SheetPlan",
    "WorkbookRefused",
    "read_workbook",
    "register",
]
