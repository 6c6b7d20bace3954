import os
import subprocess
import sys

import pytest
from django.conf import settings


def django_with(*command, **environment):
    """manage.py with exactly this environment (and none of .env), for what settings do at start."""
    wiped = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://x@127.0.0.1:1/x",
        "REDIS_URL": "redis://127.0.0.1:1",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=wiped | environment,
        capture_output=True,
        text=True,
    )


PRODUCTION = {
    "SECRET_KEY": "fifty-and-more-characters-of-many-kinds-0123456789-abcdefgh",
    "DEBUG": "0",
    "HTTPS": "1",
    "ALLOWED_HOSTS": "school.example",
}


def test_production_settings_pass_the_deployment_check():
    done = django_with("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_without_a_secret_key_nothing_starts():
    done = django_with("check", SECRET_KEY="")

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_COOKIE_SECURE", True),
        ("CSRF_COOKIE_SECURE", True),
        ("SECURE_SSL_REDIRECT", True),
        ("DEBUG", False),
        ("SESSION_COOKIE_NAME", "__Host-sessionid"),
        ("CSRF_COOKIE_NAME", "__Host-csrftoken"),
        ("SECURE_HSTS_SECONDS", 31_536_000),
    ],
)
def test_defaults_are_those_of_production(name, value):
    bare = {key: PRODUCTION[key] for key in ("SECRET_KEY", "ALLOWED_HOSTS")}
    # .env of a trial would speak too; what it may name is given its default here.
    program = f"from django.conf import settings; print(settings.{name})"
    done = django_with("shell", "-v0", "-c", program, HTTPS="1", DEBUG="0", **bare)

    assert done.stdout.strip() == str(value)


def test_database_may_be_named_by_its_socket():
    program = "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"
    url = "postgres://%2Fvar%2Frun%2Fpostgresql/afterschool"
    done = django_with("shell", "-v0", "-c", program, DATABASE_URL=url, **PRODUCTION)

    assert done.stdout.strip() == "/var/run/postgresql"
