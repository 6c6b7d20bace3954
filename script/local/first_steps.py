"""Inside Django, before the servers of an office start: the tables, and a school to look at.

One process for all, since each start of Django takes a second. What it prints is for local.start: a line «step TITLE»
begins a step, «progress 0.5» says how much of it is done, «account …» is one of the demonstration's accounts, «clock …» the
moment that it plays and until when a start goes on with it.
"""

import datetime as dt
import io
import os
import sys

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from local.start import HOLDS_DEMONSTRATION
from web import playing


def tell(kind: str, what: object) -> None:
    print(kind, what, flush=True)


class Applied(io.StringIO):
    """Counts what migrate says it has applied."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.wanted, self.done = wanted, 0

    def write(self, text: str) -> int:
        if " OK" in text:
            self.done += 1
            tell("progress", f"{self.done / self.wanted:.2f}")
        return len(text)


def make_tables() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        tell("step", "Making the tables")
    call_command("migrate", interactive=False, verbosity=1, stdout=Applied(len(plan) or 1))


def main(*, demonstration: bool, clock: str = "", day: str = "") -> None:
    """Somebody's own school is never mixed with the demonstration.

    `clock` is what the last start was told, `day` a day to play other than the one of today.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterschool.settings")
    django.setup()
    make_tables()
    from reports.demo import build, today  # Django's apps are there only now
    from reports.demo.accounts import accounts
    from school.models import SchoolSettings

    if demonstration and not any(model._default_manager.exists() for model in build.OWN):
        tell("step", "Loading the demonstration school")
        until = dt.date.fromisoformat(day) - dt.timedelta(days=1) if day else build.last_day()
        build.build(pupils=build.PUPILS, until=until, tell=lambda share: tell("progress", f"{share:.2f}"))
        tell("loaded", "demonstration")
        clock = ""
    if not SchoolSettings.fresh().is_demonstration:
        return
    if not demonstration:
        sys.exit(HOLDS_DEMONSTRATION)
    if not settings.HTTPS:
        tell("step", "Playing the demonstration's afternoon")
        shown = today.go_on(playing.Clock.read(clock) if clock else None)
        playing.start(shown)
        tell("clock", f"{shown} {shown.shows_at(today.played_out(shown)):.0f}")
    for account in accounts():
        tell("account", account.line)


if __name__ == "__main__":
    wanted = dict(argument.partition("=")[::2] for argument in sys.argv[1:])
    try:
        main(demonstration="demonstration" in wanted, clock=wanted.get("clock", ""), day=wanted.get("day", ""))
    except KeyboardInterrupt:
        sys.exit(130)
    except CommandError as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(1)
