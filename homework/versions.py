"""What each published version of a sheet changed against the one before."""

from dataclasses import dataclass
from typing import Any

from homework.models import SheetVersion


@dataclass(frozen=True)
class Difference:
    kind: str
    """added, removed or changed."""
    entry: dict[str, Any]
    old: dict[str, Any] | None = None


def differences(before: SheetVersion | None, version: SheetVersion) -> list[Difference]:
    """What a version changed against the one before; for the first one everything stands as it is."""
    old = {entry["item"]: entry for entry in before.entries} if before else {}
    new = {entry["item"]: entry for entry in version.entries}
    if before is None:
        return [Difference("same", entry) for entry in new.values()]
    rows = [Difference("removed", entry) for key, entry in old.items() if key not in new]
    for key, entry in new.items():
        if key not in old:
            rows.append(Difference("added", entry))
        elif entry != old[key]:
            rows.append(Difference("changed", entry, old[key]))
        else:
            rows.append(Difference("same", entry))
    return rows
