"""The tables: from nothing, and from what version 0.1.0 left behind.

data/office-0.1.0.sql.xz is the database of a demonstration of 150 pupils, made by the last commit before the migrations
were squashed, so its tables come from the old chain of 29 migrations.
"""

import lzma
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from school.management.commands.migrate import BatchExecutor, apply_in_batches, batches
from tests.afterschool.catalogue import catalogue

OLD = Path(__file__).parent / "data" / "office-0.1.0.sql.xz"
SOURCE = f"old_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
# The new migrations are recorded, and the new version brings no rows of its own but these.
OF_THE_UPGRADE = {
    "django_migrations",
    "auth_permission",
    "django_content_type",
    "school_schoolsettingsevent",
    "school_schooldayevent",  # festivals have Chinese names since
    # Rooms, adults and duties of care groups have days since.
    "enrollment_caredutyevent",
    "enrollment_caregroup_teachers",
    "enrollment_caregroupadult",
    "enrollment_caregroupadultevent",
    "enrollment_caregrouproom",
    "enrollment_caregrouproomevent",
    "enrollment_dutychange",
    "django_celery_beat_crontabschedule",  # the month begins on any morning
    "django_celery_beat_periodictask",  # papers are printed by a job
}


def connect(name):
    database = settings.DATABASES["default"]
    opened = psycopg2.connect(
        dbname=name,
        user=database["USER"],
        password=database["PASSWORD"],
        host=database["HOST"],
        port=database["PORT"],
    )
    opened.autocommit = True
    return closing(opened)


def run_sql(sql, name="postgres"):
    with connect(name) as opened, opened.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def migrate(name):
    database = settings.DATABASES["default"]
    address = (
        f"postgres://{database['USER']}:{quote(database['PASSWORD'])}@{database['HOST']}:{database['PORT']}/{name}"
    )
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "afterschool.settings"}
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def counted(name):
    tables = [table for (table,) in run_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name)]
    query = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
    return dict(run_sql(query, name))


@pytest.fixture(scope="module")
def source():
    """A database as version 0.1.0 left it, to be copied."""
    run_sql(f"DROP DATABASE IF EXISTS {SOURCE}")
    run_sql(f"CREATE DATABASE {SOURCE}")
    run_sql(lzma.decompress(OLD.read_bytes()).decode(), SOURCE)
    yield SOURCE
    run_sql(f"DROP DATABASE {SOURCE}")


@pytest.fixture
def old(source):
    name = f"{source}_copy"
    run_sql(f"DROP DATABASE IF EXISTS {name}")
    run_sql(f"CREATE DATABASE {name} TEMPLATE {source}")
    yield name
    run_sql(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_an_office_of_version_0_1_upgrades_with_its_data_to_the_tables_of_a_new_one(old):
    before = counted(old)
    assert before["school_student"] == 150
    assert before["safety_custody"] > 1000

    done = migrate(old)

    assert (done.returncode, done.stderr) == (0, "")
    after = counted(old)
    changed = {table for table in before | after if before.get(table, 0) != after.get(table, 0)}  # a new table is empty
    assert changed <= OF_THE_UPGRADE
    assert run_sql("SELECT count(*) FROM enrollment_application WHERE applicant = ''", old) == [(0,)]
    assert run_sql("SELECT name, is_demonstration FROM school_schoolsettings", old) == [("示范小学", True)]
    with connect(old) as opened, opened.cursor() as upgraded, connection.cursor() as fresh:
        assert catalogue(upgraded) == catalogue(fresh)
    assert migrate(old).returncode == 0


def test_a_database_that_stopped_half_way_is_refused_and_left_alone(old):
    run_sql("DELETE FROM django_migrations WHERE app = 'clubs' AND name = '0004_take_place'", old)
    run_sql("DROP FUNCTION clubs_take_place", old)
    before = counted(old)

    done = migrate(old)

    assert done.returncode == 1
    assert "CommandError: This database stands before the end of version 0.1 (clubs: 0004_take_place)." in done.stderr
    assert "Install version 0.1.0" in done.stderr
    assert counted(old) == before


# --- operations that share one rendering of the models -------------------------------------------------------------


def migration(*operations):
    made = migrations.Migration("0002_trial", "trial")
    made.operations = list(operations)
    return made


def sizes(*operations):
    return [len(batch) for batch in batches(migration(*operations))]


PUPIL = migrations.CreateModel("Pupil", [("id", models.BigAutoField(primary_key=True))])
NAME = models.CharField(max_length=20, default="")
UNIQUE = models.UniqueConstraint(fields=["name"], name="pupil_name")


def test_changes_to_different_fields_share_a_rendering():
    assert sizes(migrations.AddField("Pupil", "name", NAME), migrations.AddField("Pupil", "note", NAME)) == [2]
    assert sizes(migrations.AddField("Pupil", "name", NAME), migrations.AddConstraint("Pupil", UNIQUE)) == [2]
    assert sizes(migrations.RemoveConstraint("Pupil", "pupil_name"), migrations.AddConstraint("Pupil", UNIQUE)) == [2]


def test_what_has_to_see_an_earlier_change_gets_a_rendering_of_its_own():
    added = migrations.AddField("Pupil", "name", NAME)
    assert sizes(PUPIL, added) == [1, 1]
    assert sizes(PUPIL, migrations.AddConstraint("Pupil", UNIQUE)) == [1, 1]
    assert sizes(added, migrations.AlterField("Pupil", "name", models.TextField(default=""))) == [1, 1]
    assert sizes(added, migrations.DeleteModel("Pupil")) == [1, 1]
    constrained = migrations.AddConstraint("Pupil", UNIQUE)
    assert sizes(constrained, migrations.RemoveConstraint("Pupil", "pupil_name")) == [1, 1]
    scripted = migrations.RunPython(migrations.RunPython.noop)
    assert sizes(added, scripted, migrations.RemoveField("Pupil", "note")) == [1, 1, 1]
    assert sizes(added, migrations.RenameField("Pupil", "name", "title")) == [1, 1]


def made_by(apply):
    """The catalogue's lines of the trial app's tables, and its rows, after `apply` has run the migration."""
    pupil = migrations.CreateModel(
        "Pupil",
        [
            ("id", models.AutoField(primary_key=True)),
            ("name", NAME),
            ("friend", models.ForeignKey("self", models.CASCADE, null=True)),
        ],
    )
    club = migrations.CreateModel(
        "Club", [("id", models.BigAutoField(primary_key=True)), ("members", models.ManyToManyField("trial.Pupil"))]
    )

    def fill(apps, schema_editor):
        apps.get_model("trial", "Pupil").objects.create(name="甲", age=7)

    made = migration(
        pupil,
        club,
        migrations.AddField("Pupil", "age", models.IntegerField(null=True)),
        migrations.AddField("Club", "leader", models.ForeignKey("trial.Pupil", models.CASCADE, related_name="+")),
        migrations.RunPython(fill),
        migrations.AlterField("Pupil", "age", models.BigIntegerField(default=6)),
        migrations.AddConstraint("Pupil", models.CheckConstraint(condition=models.Q(age__gt=5), name="pupil_age")),
        migrations.AddIndex("Pupil", models.Index(fields=["name"], name="pupil_by_name")),
        migrations.RemoveField("Pupil", "friend"),
        migrations.RenameField("Pupil", "name", "title"),
        migrations.AlterField("Pupil", "id", models.BigAutoField(primary_key=True)),  # and all that point to it
        migrations.AlterUniqueTogether("Pupil", {("title", "age")}),
    )
    with connection.schema_editor() as editor:
        state = apply(made, ProjectState(), editor)
    with connection.cursor() as cursor:
        lines = [line for line in catalogue(cursor) if "trial_" in line]
        cursor.execute("SELECT title, age FROM trial_pupil")
        rows = cursor.fetchall()
    with connection.schema_editor() as editor:
        for model in ("Club", "Pupil"):
            editor.delete_model(state.apps.get_model("trial", model))
    return lines, rows


@pytest.mark.django_db(transaction=True)
def test_batches_make_the_tables_that_single_steps_make():
    single = made_by(migrations.Migration.apply)
    assert single[1] == [("甲", 7)]
    assert made_by(apply_in_batches) == single


@pytest.mark.django_db
def test_nothing_is_left_to_migrate():
    executor = BatchExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_own_migrations_of_an_empty_database_render_once_each():
    """The cost of an empty database lies in renderings; a migration of many batches brings the old minutes back."""
    loader = MigrationLoader(None)
    many = {
        key: len(list(batches(one)))
        for key, one in loader.disk_migrations.items()
        if key[0] in ("school", "enrollment", "clubs", "homework", "surveys", "families", "safety", "fees", "reports")
        and len(list(batches(one))) > 2
    }
    assert many == {}
