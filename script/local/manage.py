"""manage.py in the office's environment; standard output and exit code are the command's alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from local.embedded import as_office, own_servers_wanted, servers
from local.office import ROOT, plain_refusals, var_folder, with_clock
from local.prepare import fingerprint, is_stamped
from local.progress import Step

# These look after the tables themselves, or need none.
WITHOUT_TABLES = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations", "help", "--help"}
WITHOUT_TABLES |= {"", "check", "collectstatic", "diffsettings", "version", "--version", "dbshell", "doctor"}
# These change the tables, or the rights to them; all others run with the office's rights.
OWNERS = (WITHOUT_TABLES | {"grant_rights", "demo", "flush"}) - {"doctor"}
# Of the schedule, whose jobs go by the machine's time: what writes it does so too.
OF_ITS_OWN_TIME = {"migrate", "flush"}


def command_line(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def migration_files() -> list[Path]:
    return sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements.txt"])


def mark_migrated(var: Path, environment: dict[str, str]) -> None:
    (var / "migrated").write_text(_tables(environment))


def _tables(environment: dict[str, str]) -> str:
    """The address holds the password of one cluster: another cluster has no tables yet. Its port changes."""
    return fingerprint(
        migration_files(), environment["DATABASE_URL"].split("@")[0], environment.get("DATABASE_ROLE", "")
    )


def migrate(var: Path, environment: dict[str, str]) -> None:
    """Bring the embedded database's tables up to date, once for each set of migrations."""
    if is_stamped(var / "migrated", _tables(environment)):
        return
    with Step("Bringing the database's tables up to date"):
        done = subprocess.run(
            command_line("migrate", "--noinput", "--verbosity=0", "--skip-checks"),
            env=environment,
            cwd=ROOT,
            stdout=sys.stderr,
        )
    if done.returncode:
        raise SystemExit(done.returncode)
    mark_migrated(var, environment)


def run_command(arguments: Sequence[str], environment: dict[str, str]) -> int:
    """Run manage.py in the caller's folder; both hear Ctrl-C, and a request to end is passed on."""
    process = subprocess.Popen(command_line(*arguments), env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return 128 - code if code < 0 else code


def main(arguments: Sequence[str]) -> None:
    with plain_refusals():
        var = var_folder()
        with servers(var) as urls:
            environment = os.environ | urls
            name = arguments[0] if arguments else ""
            if own_servers_wanted() and name not in WITHOUT_TABLES:
                migrate(var, environment)
            environment = with_clock(environment, var) if name not in OF_ITS_OWN_TIME else environment
            code = run_command(arguments, environment if name in OWNERS else as_office(environment))
        raise SystemExit(code)
