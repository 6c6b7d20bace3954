"""What the application's database role may do: everything that its pages need, nothing to the record."""

import os
import re

import pghistory.models
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from safety.models import Custody, Release, RollCall
from safety.services import call_roll, release_child
from school.models import AccessLog, Guardian, Student
from school.rights import ALL, grant_rights, rights
from school.services import log_access
from tests.conftest import TODAY, session_of

pytestmark = pytest.mark.django_db
ROLE = f"office_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def refused(sql):
    """The reason of the database; the transaction goes on."""
    with pytest.raises(Error) as refusal, transaction.atomic():
        run(sql)
    return str(refusal.value).split("\n")[0]


@pytest.fixture
def role(db):
    """All of it is taken back with the test's transaction."""
    run(f"CREATE ROLE {ROLE}")
    grant_rights(ROLE)
    return ROLE


@pytest.fixture
def as_office(role):
    """From here on the connection may do what the application may."""
    run(f"SET LOCAL ROLE {role}")
    yield
    run("RESET ROLE")


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def test_no_table_can_be_emptied_or_changed(afternoon, as_office):
    for table in tables():
        assert "permission denied" in refused(f"TRUNCATE {table} CASCADE"), table
        assert "must be owner" in refused(f"ALTER TABLE {table} DISABLE TRIGGER ALL"), table
        assert "must be owner" in refused(f"DROP TABLE {table} CASCADE"), table


@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "ALTER TABLE school_student OWNER TO CURRENT_USER",
        "CREATE ROLE another",
        "COPY school_student TO PROGRAM 'cat'",
        "DROP SCHEMA public CASCADE",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('school', '9999', now())",
    ],
)
def test_nothing_can_be_switched_off_or_made(as_office, sql):
    assert re.search("permission denied|must be (owner|member|superuser|able)", refused(sql))


def test_what_is_written_once_cannot_be_changed_with_the_triggers_out_of_the_way(afternoon, as_office):
    """Any role may set pgtrigger.ignore; the role's rights do not ask for it."""
    log_access(user=afternoon.office.user, student=afternoon.child, fields=["phones"])
    run("SET LOCAL pgtrigger.ignore = '{school_accesslog:append_only}'")
    assert "permission denied" in refused("DELETE FROM school_accesslog")
    assert "permission denied" in refused("UPDATE school_accesslog SET fields = '{}'")
    assert AccessLog.objects.get().fields == ["phones"]


def test_history_is_written_by_the_triggers_and_by_nobody_else(afternoon, role):
    run(f"SET LOCAL ROLE {role}")
    events = apps.get_model("school", "GuardianEvent")
    before = events.objects.count()
    with pghistory.context(user=afternoon.office.user.pk):
        Guardian.objects.filter(pk=afternoon.mother.pk).update(name="沈月月")
    event = events.objects.select_related("pgh_context").latest("pgh_id")
    assert (events.objects.count(), event.name) == (before + 1, "沈月月")
    assert event.pgh_context.metadata["user"] == afternoon.office.user.pk
    for table in ("school_guardianevent", "pghistory_context"):
        assert "permission denied" in refused(f"DELETE FROM {table}")
        assert "permission denied" in refused(f"INSERT INTO {table} SELECT * FROM {table}")
    run("RESET ROLE")


def test_the_office_goes_on_as_before(afternoon, as_office, client):
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.other_child.pk: "present"}, by=afternoon.homeroom.user)
    collector = afternoon.other_child.collectors.first()
    release_child(student=afternoon.other_child, day=TODAY, collector=collector, by=afternoon.homeroom.user)
    assert (RollCall.objects.count(), Custody.objects.open().count(), Release.objects.count()) == (1, 0, 1)
    client.force_login(afternoon.office.user)
    assert client.get("/students/").status_code == 200
    assert client.post(f"/students/{afternoon.child.pk}/").status_code == 200
    assert Student.objects.select_for_update().get(pk=afternoon.child.pk) == afternoon.child


def test_rights_are_named_by_the_models(role):
    """One table each of those that are written once, that only triggers write, and that the pages write."""
    found = rights()
    assert found["safety_release"] == {"SELECT", "INSERT"}
    assert found["enrollment_enrolment"] == ALL - {"DELETE"}
    assert found["safety_custodyevent"] == {"SELECT"} if "safety_custodyevent" in found else True
    assert "school_student" not in found
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    assert len(events) > 50
    assert all(found[model._meta.db_table] == {"SELECT"} for model in events)


def test_a_second_time_changes_nothing_and_a_migration_renews_it(role, settings):
    def granted():
        grants = "SELECT table_name, privilege_type FROM information_schema.table_privileges"
        return run(f"{grants} WHERE grantee = '{role}' ORDER BY 1, 2")

    before = granted()
    run(f"REVOKE ALL ON school_student FROM {role}")
    run(f"GRANT TRUNCATE ON school_accesslog TO {role}")
    settings.DATABASE_ROLE = role
    call_command("migrate", verbosity=0, interactive=False)
    assert granted() == before


def test_a_role_that_could_help_itself_is_refused(db):
    owner = connection.settings_dict["USER"]
    with pytest.raises(CommandError, match="owns the tables"):
        grant_rights(owner)
    with pytest.raises(CommandError, match="There is no database role"):
        call_command("grant_rights", "nobody_at_all")
    with pytest.raises(CommandError, match="Name the application"):
        call_command("grant_rights")
