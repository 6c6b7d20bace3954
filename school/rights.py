"""What the application's database role may do: what it needs and no more.

The role reads and writes rows. It owns nothing, so it empties no table, switches no trigger off and changes no column. What is
written once (pgtrigger.Protect without a condition) it may not change or delete either, and history is written by the
triggers' functions with the owner's rights: somebody who could send SQL through the application leaves the record as it is.
"""

from collections.abc import Iterator

import pghistory.models
import pgtrigger
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

ALL = {"SELECT", "INSERT", "UPDATE", "DELETE"}
# Functions of triggers that write history, and the one that writes who and where.
WRITES_HISTORY = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND (p.proname = '_pgh_attach_context' OR p.prosrc LIKE '%%\\_pgh\\_attach\\_context()%%')
ORDER BY 1"""


def rights() -> dict[str, set[str]]:
    """Table → what the application's role may do with its rows, where that is not all."""
    found: dict[str, set[str]] = {"django_migrations": {"SELECT"}, pghistory.models.Context._meta.db_table: {"SELECT"}}
    for model in apps.get_models():
        table = model._meta.db_table
        if issubclass(model, pghistory.models.Event):
            found[table] = {"SELECT"}
            continue
        for trigger in getattr(model._meta, "triggers", []):
            # ReadOnly fixes some columns, a condition some rows: those stay with their triggers.
            if isinstance(trigger, pgtrigger.Protect) and type(trigger) is pgtrigger.Protect and not trigger.condition:
                found[table] = found.get(table, ALL) - set(str(trigger.operation).split(" OR "))
    return found


def statements(role: str, tables: list[str], functions: list[str]) -> Iterator[str]:
    """`role` is quoted; `tables` are all that there are, `functions` those that write history, with their arguments."""
    quote = connection.ops.quote_name
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    narrower = rights()
    for table in tables:
        yield f"GRANT {', '.join(sorted(narrower.get(table, ALL)))} ON {quote(table)} TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    # A table of the next migration is usable until its rights are given here.
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {', '.join(sorted(ALL))} ON TABLES TO {role}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}"
    for function in functions:
        yield f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp"


@transaction.atomic
def grant_rights(role: str) -> None:
    """Raises CommandError for a role that is missing, or that could give itself anything."""
    with connection.cursor() as cursor:
        check_role(cursor, role)
        cursor.execute(WRITES_HISTORY)
        functions = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            # See POOLED in the settings. Only a superuser may: on a server deploy/rights does it.
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET pgtrigger.ignore = '{{}}'")
        for statement in statements(
            connection.ops.quote_name(role), connection.introspection.table_names(cursor), functions
        ):
            cursor.execute(statement)


def check_role(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(
        "SELECT rolsuper OR rolcreaterole OR pg_has_role(rolname, current_user, 'member') FROM pg_roles WHERE rolname = %s",
        [role],
    )
    row = cursor.fetchone()
    if row is None:
        raise CommandError(f"There is no database role «{role}».")
    if row[0]:
        raise CommandError(f"The database role «{role}» owns the tables, or may take the owner's rights.")
