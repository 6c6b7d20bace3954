"""What changes seldom and is asked for by every page, kept in the process for a few seconds.

An evening of sign-up asks the same five questions ten thousand times. What is kept is read only, the same for everybody who
gives the same key, and at the most KEPT_SECONDS old: a role that ends or a rule that changes takes that long to be
noticed. Rows that must be true when something is written are never kept.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")
MOST = 20_000
_kept: dict[str, tuple[float, Any]] = {}


def kept(key: str, make: Callable[[], T]) -> T:
    """What `make` gave last under this key, or gives now."""
    now = time.monotonic()
    found = _kept.get(key)
    if found is not None and found[0] > now:
        value: T = found[1]
        return value
    value = make()
    if settings.KEPT_SECONDS:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = (now + settings.KEPT_SECONDS, value)
    return value


def forget(key: str) -> None:
    """In this process at once; the others notice after KEPT_SECONDS."""
    _kept.pop(key, None)
