"""Fill an empty office with a demonstration school, or print its accounts."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from reports.demo.build import accounts, build, last_day, make_reports


class Command(BaseCommand):
    help = "Build the demonstration school: a believable term up to the day before today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pupils", type=int, default=1237)
        parser.add_argument("--until", type=dt.date.fromisoformat, help="last day with records (YYYY-MM-DD)")
        parser.add_argument("--accounts", action="store_true", help="only print one account of each role")

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate("zh-hans")
        if not options["accounts"]:
            if not 60 <= options["pupils"] <= 4000:
                raise CommandError("--pupils lies between 60 and 4000")
            try:
                until = options["until"] or last_day()
                build(pupils=options["pupils"], until=until)
                make_reports(until)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        if options["accounts"] or options["verbosity"]:
            for account in accounts():
                self.stdout.write(f"{account.role}\t{account.name}\t{account.login}\t{account.password}")
