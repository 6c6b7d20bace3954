"""Make the term summary in this process, without broker or worker."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from reports.figures import FIGURES
from reports.models import ReportRun
from reports.services import default_until, file_name, make_summary, request_summary
from school.models import Term


class Command(BaseCommand):
    help = "Write the term summary (PDF and Excel) and print both files' names and all figures as one JSON object."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="folder for copies of the files; else the stored ones are named")
        parser.add_argument("--until", type=dt.date.fromisoformat, help="last day counted (YYYY-MM-DD); else today")

    def handle(self, *args: Any, **options: Any) -> None:
        until = options["until"]
        term = Term.objects.current(until or timezone.localdate())
        if term is None:
            raise CommandError("There is no term yet.")
        try:
            run = self.make(term, until or default_until(term))
            names = [self.place(run, file, options["out"]) for file in (run.pdf, run.xlsx)]
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"The files could not be written: {error}") from error
        answer = {"pdf": names[0], "xlsx": names[1], "figures": {key: run.figures[key] for key in FIGURES}}
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def make(self, term: Term, until: dt.date) -> ReportRun:
        run = make_summary(run=request_summary(term=term, until=until, by=None, send=False))
        if run.status == ReportRun.Status.RUNNING:
            # A worker is at this one; what is wanted here is an answer now.
            run = make_summary(run=request_summary(term=term, until=until, by=None, send=False, again=True))
        return run

    def place(self, run: ReportRun, file: FieldFile, out: Path | None) -> str:
        """Where the file can be opened: a copy in `out`, else the stored one."""
        if out is None:
            try:
                return file.path
            except NotImplementedError:  # a storage that is not a folder
                return str(file.name)
        out.mkdir(parents=True, exist_ok=True)
        target = out / f"{file_name(run)}{Path(str(file.name)).suffix}"
        with file.open("rb") as stored:
            target.write_bytes(stored.read())
        return str(target)
