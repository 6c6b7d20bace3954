"""Fill an empty office with a demonstration school, or print its accounts."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from reports.demo.accounts import accounts
from reports.demo.build import PUPILS, build, last_day, make_papers
from school.models import SchoolSettings


class Command(BaseCommand):
    help = "Build the demonstration school: a believable term up to the day before today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pupils", type=int, default=PUPILS, help="from 60 to 6000")
        parser.add_argument("--until", type=dt.date.fromisoformat, help="last day with records (YYYY-MM-DD)")
        parser.add_argument("--accounts", action="store_true", help="only print one account of each role")
        parser.add_argument("--without-papers", action="store_true", help="leave its papers to a later --papers")
        parser.add_argument("--papers", action="store_true", help="only print the papers of the school that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate("zh-hans")
        if not options["accounts"]:
            if not 60 <= options["pupils"] <= 6000:
                raise CommandError("--pupils lies between 60 and 6000")
            try:
                self.make(options)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        if options["accounts"] or options["verbosity"]:
            for account in accounts():
                self.stdout.write(account.line)

    def make(self, options: dict[str, Any]) -> None:
        until = options["until"] or last_day()
        if not options["papers"]:
            build(pupils=options["pupils"], until=until, tell=self.tell)
        elif not SchoolSettings.fresh().is_demonstration:
            raise CommandError("This office does not hold the demonstration school.")
        if not options["without_papers"]:
            make_papers(until, tell=self.tell)

    def tell(self, share: float) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{share:.0%} ", ending="" if share < 1 else "\n")
            self.stderr.flush()
