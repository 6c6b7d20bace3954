"""History of a table, written by the database, with user and request as context."""

from collections.abc import Callable
from typing import Any

import pghistory
from pgtrigger import registry as triggers


class IndexedRegistry(type(triggers._registry)):  # type: ignore[misc]
    """pgtrigger's registry, which goes through all triggers for each one that it takes: 0.4 s of every start with our 369."""

    def __init__(self, data: Any) -> None:
        self.by_db_table: dict[tuple[str, str], Any] = {}
        self.pg_function_names: set[str] = set()
        super().__init__(data)

    by_db_table = None  # type: ignore[assignment]  # the parent computes both anew at each access
    pg_function_names = None  # type: ignore[assignment]

    def __setitem__(self, key: str, value: tuple[Any, Any]) -> None:
        super().__setitem__(key, value)
        model, trigger = value
        self.by_db_table[model._meta.db_table, trigger.name] = trigger
        self.pg_function_names.add(trigger.get_pgid(model))

    def __delitem__(self, key: str) -> None:
        model, trigger = self[key]
        super().__delitem__(key)
        del self.by_db_table[model._meta.db_table, trigger.name]
        self.pg_function_names.discard(trigger.get_pgid(model))


triggers._registry = IndexedRegistry(triggers._registry)


def track(*, exclude: list[str] | None = None) -> Callable[[Any], Any]:
    """Inserts, updates and deletes of the model each leave an event.

    Not PGHISTORY_DEFAULT_TRACKERS: that setting copies the trackers, and statement-level triggers compare
    operations by identity.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=exclude)
