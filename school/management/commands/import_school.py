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


class Command(BaseCommand):
    help = "Import students, staff, rooms and clubs from a school's own workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--accept-good-rows", action="store_true", help="write the rows that are right although others are refused"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate("zh-hans")
        path: Path = options["file"]
        try:
            plan = plan_import(read(path))
        except WorkbookRefused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        written = not options["check"] and (not plan.has_refusals or options["accept_good_rows"])
        if written:
            apply_import(plan, by=None)
        self.stdout.write(json.dumps(plan.summary() | {"written": written}, ensure_ascii=False, indent=2))
        sys.exit(3 if plan.has_refusals else 0)


def read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            return b" " * (MAX_BYTES + 1)
        return path.read_bytes()
    except OSError as error:
        raise WorkbookRefused(f"{path}: {error.strerror}") from error
