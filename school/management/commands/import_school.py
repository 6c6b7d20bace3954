"""Import a school's own workbook; prints one JSON object on standard output.

Exit code 0 when nothing is refused, 3 when a row is, 2 when the file cannot be read.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from school.importing.containers import MAX_BYTES, WorkbookRefused
from school.importing.run import apply_import, plan_import
from school.importing.shapes import Reading


class Command(BaseCommand):
    help = "Import students, staff, rooms and clubs from a school's own workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--accept-good-rows", action="store_true", help="write the rows that are right although others are refused"
        )
        parser.add_argument(
            "--map",
            type=Path,
            help=(
                'what the sheets and columns are, as JSON: {"sheet in the file": {"sheet": "学生名册", "columns": '
                '{"heading": "column"}, "given": {"班级": "一年级1班"}}}'
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate("zh-hans")
        path: Path = options["file"]
        try:
            plan = plan_import(read(path), readings=readings_in(options["map"]) if options["map"] else None)
        except WorkbookRefused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        written = not options["check"] and (not plan.has_refusals or options["accept_good_rows"])
        if written:
            apply_import(plan, by=None)
        self.stdout.write(json.dumps(plan.summary() | {"written": written}, ensure_ascii=False, indent=2))
        sys.exit(3 if plan.has_refusals else 0)


def readings_in(path: Path) -> dict[str, Reading]:
    """Raises WorkbookRefused for what is no such JSON."""
    try:
        return {name: Reading.from_json(said) for name, said in json.loads(read(path)).items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise WorkbookRefused(f"{path}: {error}") from error


def read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            return b" " * (MAX_BYTES + 1)
        return path.read_bytes()
    except OSError as error:
        raise WorkbookRefused(f"{path}: {error.strerror}") from error
