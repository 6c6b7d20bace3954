"""The doctor names each thing that is wrong, with its mend, and goes on."""

import datetime as dt
import os
import shutil
import socket
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from school.management.commands import doctor
from school.rights import grant_rights

ROLE = f"asked_by_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def said(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir(mode=0o700)
    settings.MEDIA_ROOT = str(settings.VAR_DIR / "media")

    def ask():
        try:
            call_command("doctor")
        except SystemExit as ended:
            assert ended.code == 1
        return capsys.readouterr().out

    return ask


def test_what_is_well_is_one_line_each(said):
    """Asked by the application's role, who owns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant_rights(ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        lines = said().splitlines()
        cursor.execute("RESET ROLE")
    assert {"ok     packages", "ok     database", "ok     tables", "ok     disk", "ok     port"} <= set(lines)


def test_a_missing_library_a_wrong_package_and_a_missing_font_name_their_mend(said, monkeypatch):
    monkeypatch.setattr(doctor, "LIBRARIES", {"libnothing-subset.so.9": "libnothing9"})
    monkeypatch.setattr(doctor, "version", lambda name: "0.1" if name == "weasyprint" else "?")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    out = said()
    assert "WRONG  libraries that print: libnothing-subset.so.9 cannot be loaded; papers take a hundred times" in out
    assert "mend: apt-get install libnothing9" in out
    assert "is wanted, 0.1 is installed" in out and "--require-hashes -r requirements.lock" in out
    assert "WRONG  fonts" in out


def test_a_folder_open_to_all_and_a_full_disk(said, settings, monkeypatch):
    settings.VAR_DIR.chmod(0o755)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=5 * 2**20))
    out = said()
    assert f"mend: chmod o= {settings.VAR_DIR}" in out
    assert "WRONG  disk: 5 MB are free" in out


def test_a_role_that_owns_the_tables(said):
    out = said()
    assert "WRONG  database: the application's database role owns its tables" in out
    assert "mend: deploy/rights" in out


def test_servers_that_do_not_answer_or_are_too_old(said, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(doctor, "POSTGRESQL", 99)
    out = said()
    assert "WRONG  Redis: Redis does not answer" in out
    assert "WRONG  database: PostgreSQL" in out and "PostgreSQL 99 or newer is needed" in out


def test_tables_that_are_behind(said):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'django_celery_beat'")
    assert "the tables are behind by" in said()


def test_a_clock_that_was_never_set(said, monkeypatch):
    early = dt.datetime(1970, 1, 1, 8, tzinfo=dt.UTC)
    monkeypatch.setattr(doctor.timezone, "now", lambda: early)
    out = said()
    assert "WRONG  clock: the clock says 1970-01-01" in out
    assert "the database's clock differs by" in out


def test_a_port_that_somebody_else_holds(said, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        other.settimeout(0)
        monkeypatch.setattr(socket.socket, "recv", lambda *_: b"HTTP/1.0 200 OK\r\n\r\nhello")
        assert "is taken by another program" in said()
