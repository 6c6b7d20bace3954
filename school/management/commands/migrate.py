"""Django's migrate, rendering the models once for several operations, and refusing a half-upgraded database.

Django renders every model that is connected to the one an operation changes, again after each operation. Here nearly
all models are connected through the pupil and the user, and each tracked table brings a history table and up to six
triggers: an empty database took three minutes, 95 % of them in rendering. Operations that do not touch what another
one of the same migration has touched give the same tables when they all see the models as they are before and after
the whole batch. So a batch is rendered once, and only the models that its tables and foreign keys need.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation
from django.db.transaction import atomic
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from school.rights import grant_rights

Plan = list[tuple[Migration, bool]]
# The part of a model that an operation changes: a field, or a named entry of the model's options.
Key = tuple[str, str, str]
MODEL, FIELD, OPTION = "model", "field", "option"


def key_of(operation: Operation) -> Key | None:
    """(kind, model, name) of what the operation changes; None for one that needs the models exactly as they are at its turn."""
    match operation:
        case operations.CreateModel() | operations.DeleteModel():
            return MODEL, operation.name_lower, ""
        case operations.AddField() | operations.RemoveField() | operations.AlterField():
            return FIELD, operation.model_name_lower, operation.name_lower
        case operations.AddConstraint() | operations.AddIndex():
            named = operation.constraint if isinstance(operation, operations.AddConstraint) else operation.index
            return OPTION, operation.model_name_lower, named.name
        case operations.RemoveConstraint() | operations.RemoveIndex():
            return OPTION, operation.model_name_lower, operation.name
        case AddTrigger():
            return OPTION, operation.model_name.lower(), f"trigger {operation.trigger.name}"
        case RemoveTrigger():
            return OPTION, operation.model_name.lower(), f"trigger {operation.name}"
        case operations.AlterModelOptions() | operations.AlterModelManagers():
            return OPTION, operation.name_lower, type(operation).__name__
    return None


def clashes(operation: Operation, key: Key, batch: list[tuple[Operation, Key]]) -> bool:
    """Whether the operation needs the models as an operation of the batch has left them."""
    kind, model, _name = key
    for earlier, other in batch:
        if other[1] != model:
            continue
        if kind == MODEL:
            return True
        if other[0] == MODEL and not isinstance(operation, AddTrigger):
            return True  # a new table is made with all fields and constraints that it has at the end of the batch
        replaced = isinstance(earlier, operations.RemoveConstraint | operations.RemoveIndex | RemoveTrigger)
        if other == key and not replaced:
            return True
    return False


def batches(migration: Migration) -> Iterator[list[Operation]]:
    """The migration's operations in order, in the longest runs that may share one rendering of the models."""
    batch: list[tuple[Operation, Key]] = []
    for operation in migration.operations:
        key = key_of(operation)
        if batch and (key is None or clashes(operation, key, batch)):
            yield [one for one, _key in batch]
            batch = []
        if key is None:
            yield [operation]
        else:
            batch.append((operation, key))
    if batch:
        yield [one for one, _key in batch]


def part_of(state: ProjectState, app_label: str, batch: list[Operation]) -> ProjectState:
    """The state with only the batch's models, those that a change of a column reaches, and whatever these point to."""
    pending = [(app_label, key[1]) for key in map(key_of, batch) if key]
    for operation in batch:
        if isinstance(operation, operations.AlterField | operations.RemoveField | operations.DeleteModel):
            _kind, model, _name = key_of(operation) or ("", "", "")
            pending += state.relations.get((app_label, model), ())
    part: dict[tuple[str, str], ModelState] = {}
    while pending:
        key = pending.pop()
        if key not in part and key in state.models:
            part[key] = state.models[key]
            pending += targets(part[key])
    return ProjectState(part, state.real_apps)


def targets(model: ModelState) -> Iterator[tuple[str, str]]:
    """The models that this one inherits from or points to."""
    relations = [field.remote_field for field in model.fields.values() if field.remote_field]
    found = [*model.bases, *(one.model for one in relations), *(getattr(one, "through", None) for one in relations)]
    for target in found:
        if isinstance(target, str):
            yield resolve_relation(target, model.app_label, model.name_lower)


def apply_in_batches(
    migration: Migration, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
) -> ProjectState:
    """Migration.apply, with one rendering for each batch; gives the state after the migration."""
    if collect_sql:
        return Migration.apply(migration, state, schema_editor, collect_sql)
    for batch in batches(migration):
        before, state = state, state.clone()
        state.__dict__.pop("apps", None)  # rendered when somebody asks, after all changes
        for operation in batch:
            operation.state_forwards(migration.app_label, state)
        old, new = before, state
        if key_of(batch[0]):
            old, new = (part_of(one, migration.app_label, batch) for one in (before, state))
        for operation in batch:
            if not schema_editor.atomic_migration and (operation.atomic or migration.atomic):
                with atomic(schema_editor.connection.alias):
                    operation.database_forwards(migration.app_label, schema_editor, old, new)
            else:
                operation.database_forwards(migration.app_label, schema_editor, old, new)
    return state


class BatchExecutor(MigrationExecutor):
    """Applies migrations in batches; undoing them stays Django's."""

    def _migrate_all_forwards(self, state: ProjectState, plan: Plan, full_plan: Plan, **options: bool) -> ProjectState:
        """Django's own renders all models before each migration."""
        wanted = {migration for migration, _backwards in plan}
        for migration, _backwards in full_plan:
            if migration in wanted:
                state = self.apply_migration(state, migration, **options)
        return state

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        migration.apply = partial(apply_in_batches, migration)  # type: ignore[method-assign]
        return super().apply_migration(state, migration, fake, fake_initial)


def refuse_half_replaced(database: str) -> None:
    """Refuse a database with only some of the replaced migrations: Django would take it for complete."""
    connection = connections[database]
    recorded = set(MigrationRecorder(connection).applied_migrations())
    for (app_label, _name), migration in MigrationLoader(None).replacements.items():
        missing = [name for app, name in migration.replaces if (app, name) not in recorded]
        if missing and len(missing) < len(migration.replaces):
            raise CommandError(
                f"This database stands before the end of version 0.1 ({app_label}: {', '.join(missing)}). "
                "Nothing was changed. Install version 0.1.0 and run its migrate first, then this version again; "
                "docs/installing.md says how."
            )


class Command(migrate.Command):
    # Skip the checks of the pages, which take longest and do not concern the tables.
    requires_system_checks = [Tags.database, Tags.models]

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_half_replaced(options["database"])
        migrate.MigrationExecutor = BatchExecutor  # type: ignore[attr-defined]
        super().handle(*args, **options)
        if settings.DATABASE_ROLE and not (options["check_unapplied"] or options["plan"]):
            grant_rights(settings.DATABASE_ROLE)
