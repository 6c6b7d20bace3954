"""History of a table, written by the database, with user and request as context."""

from collections.abc import Callable
from typing import Any

import pghistory


def track(*, exclude: list[str] | None = None) -> Callable[[Any], Any]:
    """Inserts, updates and deletes of the model each leave an event.

    Not PGHISTORY_DEFAULT_TRACKERS: that setting copies the trackers, and statement-level triggers compare
    operations by identity.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=exclude)
