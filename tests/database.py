"""Each worker's database: kept from run to run, and a copy of the one that script/test keeps with all tables.

pytest-django would run migrate, which finds nothing to do and takes longer than a test file. script/test has checked
already that its database has been made by the migrations as they are now. A worker's copy is taken again when its
comment says that it is a clean copy of that very database; otherwise it is copied anew. It stays clean through tests
that roll back; a run that was ended, or that held tests which commit, leaves it without that comment.
"""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    template = settings.DATABASES["default"]["TEST"]["TEMPLATE"]
    with django_db_blocker.unblock():
        if template:
            name = copy_of(template)
        else:
            made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        if not template:
            teardown_databases(made, verbosity=0)
        elif not any(commits(item) for item in request.session.items):
            comment_on(name, f"clean {template}")


def copy_of(template):
    """Gives the name of this worker's database, which the settings name from now on."""
    creation = connection.creation
    name = creation._get_test_db_name()
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        clean = cursor.fetchone() == (f"clean {template}",)
    if not clean:
        creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    comment_on(name, "in use")
    with connection.cursor() as cursor:
        # What grant_rights says of the school's database; a pooler lets no connection say it.
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(name)} SET pgtrigger.ignore = '{{}}'")
    return name


def comment_on(name, text):
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS %s", [text])


def commits(item):
    """Whether the test's rows stay, so that all tables are emptied after it."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames
