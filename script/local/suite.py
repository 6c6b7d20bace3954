"""The test suite against embedded servers of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg2

from local.embedded import place_for, servers
from local.manage import command_line, migration_files
from local.office import ROOT, plain_refusals, say, var_folder
from local.pooler import pooler
from local.prepare import fingerprint, is_stamped
from local.progress import Step

# Through PgBouncer in transaction mode.
POOLED = "--pooled"


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """The caller's arguments, with two workers and the ten slowest tests unless told otherwise.

    CI measures which lines and branches the whole suite runs; the floor stands in pyproject.toml.
    """
    chosen = list(given)
    if not any(one.startswith(("-n", "--numprocesses")) for one in given):
        chosen += ["-n", "2"]
    if not any(one.startswith("--durations") for one in given):
        chosen.append("--durations=10")
    if os.environ.get("CI") and not given:
        chosen += ["--cov", "--cov-report="]
    return chosen


def migrated_template(var: Path, environment: dict[str, str]) -> str:
    """The name of a database with all tables, which each worker copies: migrating takes many times as long."""
    url = environment["DATABASE_URL"]
    value = fingerprint(migration_files())
    name = f"template_{value[:12]}"
    stamp = var / "template"
    if is_stamped(stamp, fingerprint([], url.split("@")[0], name)):
        return name
    with Step("Making the tables that the tests start from"):
        make_template(url, name, environment)
    stamp.write_text(fingerprint([], url.split("@")[0], name))
    return name


def make_template(url: str, name: str, environment: dict[str, str]) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'")
        for (older,) in cursor.fetchall():
            cursor.execute(f"DROP DATABASE {older}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    to_template = environment | {"DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}
    migrate = command_line("migrate", "--noinput", "--verbosity=0", "--skip-checks")
    if subprocess.run(migrate, cwd=ROOT, env=to_template, stdout=sys.stderr).returncode:
        raise SystemExit(1)


def run(arguments: Sequence[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen([sys.executable, "-m", "pytest", *arguments], env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return end(process)


def end(process: subprocess.Popen[bytes]) -> int:
    """Ctrl-C reached pytest too, which tidies up; a request to end did not."""
    try:
        return process.wait(10)
    except subprocess.TimeoutExpired:
        process.terminate()
        return process.wait()


def main(arguments: Sequence[str]) -> None:
    with plain_refusals():
        var = var_folder("test")
        with servers(var, durable=False) as urls:
            # Tests make roles of their own.
            environment = {name: value for name, value in (os.environ | urls).items() if name != "DATABASE_ROLE"}
            environment["TEST_TEMPLATE"] = migrated_template(var, environment)
            with ExitStack() as stack:
                if POOLED in arguments:
                    behind = stack.enter_context(pooler(place_for(var), environment["DATABASE_URL"]))
                    environment |= {"DATABASE_URL": behind, "POOLED": "1"}
                code = run(pytest_arguments([one for one in arguments if one != POOLED]), environment)
        if code == 5:
            say("No test was found, which is no success.")
        raise SystemExit(code)
