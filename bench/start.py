"""What a newcomer and a developer wait for: tables, a new field, the first and the second start, a test's first dot.

Seconds of this machine, since somebody sits before it; CPU seconds where the wait is computing. Downloads are not in it:
the environment is there.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench import _school

ROOT = _school.ROOT
FIELD = """
from copy import deepcopy

import pgtrigger.migrations
from django.db import migrations, models
from importlib import import_module

_own = import_module("school.migrations.0001_squashed").Migration.operations
_triggers = [
    one.trigger for one in _own
    if isinstance(one, pgtrigger.migrations.AddTrigger) and one.model_name == "student"
]


class Migration(migrations.Migration):
    dependencies = [("school", "{last}")]
    operations = [
        *(pgtrigger.migrations.RemoveTrigger("student", one.name) for one in _triggers),
        *(
            migrations.AddField(model, "bench", models.CharField(default="", max_length=9))
            for model in ("student", "studentevent")
        ),
        *(pgtrigger.migrations.AddTrigger("student", deepcopy(one)) for one in _triggers),
    ]
"""


def run() -> Iterable[tuple[str, float, str, float]]:
    tables, field = [], []
    for _ in range(3):  # the best of three: CPU seconds too depend on what else the machine does
        with database("bench_tables") as address, changed_tree() as tree:
            tables.append(migrated(ROOT, address))
            field.append(migrated(tree, address))
    yield "start.tables_cpu", min(tables), "<=", 8
    yield "start.field_cpu", min(field), "<=", 3
    with tempfile.TemporaryDirectory() as var:
        environment = without_servers() | {"AFTERSCHOOL_VAR": var}
        yield "start.first", until(["script/start"], "The office is open", environment), "<=", 60
        yield "start.second", until(["script/start"], "The office is open", environment), "<=", 7
    one_file = ["script/test", "tests/school/test_opening.py", "-n0", "-v"]
    until(one_file, "passed", without_servers())
    yield "start.first_dot", until(one_file, "PASSED", without_servers()), "<=", 8


@contextmanager
def database(name: str) -> Iterator[str]:
    """The address of an empty database beside ours."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def changed_tree() -> Iterator[Path]:
    """A copy of the code in which a tracked model, the pupil, gains a field."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name in ("manage.py", "afterschool", *(app for app in settings.INSTALLED_APPS if "." not in app)):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, tree / name)
        (tree / ".env").write_text((ROOT / ".env").read_text() if (ROOT / ".env").exists() else "")
        folder_of_migrations = tree / "school" / "migrations"
        last = sorted(path.stem for path in folder_of_migrations.glob("0*.py"))[-1]
        (folder_of_migrations / "9999_bench.py").write_text(FIELD.replace("{last}", last))
        subprocess.run([sys.executable, "-m", "compileall", "-q", tree], check=True)
        yield tree


def migrated(tree: Path, address: str) -> float:
    """CPU seconds of one `migrate` in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"DATABASE_URL": address, "PYTHONPATH": str(tree)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"], cwd=tree, env=environment, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def without_servers() -> dict[str, str]:
    """The environment of a command that brings up servers of its own, as it does for a person."""
    ours = ("DATABASE_URL", "REDIS_URL", "AFTERSCHOOL_VAR", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in ours}


def until(command: list[str], words: str, environment: dict[str, str]) -> float:
    """Seconds until the command prints these words; then it is ended as by Ctrl-C."""
    if command == ["script/start"]:
        command = [*command, "--port", str(_school.free_port())]
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            break
    else:
        raise RuntimeError("".join(said[-20:]))
    seconds = time.monotonic() - begun
    process.terminate()
    process.communicate()
    return seconds
