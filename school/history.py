"""History of a table, written by the database, with user and request as context."""

from collections.abc import Callable
from typing import Any

import pghistory
from pgtrigger import registry as triggers


class IndexedRegistry(type(triggers._registry)):
    """pgtrigger's registry, which goes through all triggers for each one that it takes: a quarter of every start with ours."""

    def __init__(self, data: Any) -> None:
        self.tables: dict[tuple[str, str], Any] = {}
        self.functions: set[str] = set()
        super().__init__(data)

    @property
    def by_db_table(self) -> dict[tuple[str, str], Any]:
        return self.tables

    @property
    def pg_function_names(self) -> set[str]:
        return self.functions

    def __setitem__(self, key: str, value: tuple[Any, Any]) -> None:
        super().__setitem__(key, value)
        model, trigger = value
        self.tables[model._meta.db_table, trigger.name] = trigger
        self.functions.add(trigger.get_pgid(model))

    def __delitem__(self, key: str) -> None:
        model, trigger = self[key]
        super().__delitem__(key)
        del self.tables[model._meta.db_table, trigger.name]
        self.functions.discard(trigger.get_pgid(model))


triggers._registry = IndexedRegistry(triggers._registry)


def track(*, exclude: list[str] | None = None) -> Callable[[Any], Any]:
    """Inserts, updates and deletes of the model each leave an event.

    Not PGHISTORY_DEFAULT_TRACKERS: that setting copies the trackers, and statement-level triggers compare
    operations by identity.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=exclude)
