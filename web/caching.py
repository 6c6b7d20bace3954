"""A cache in the process's memory, for a few seconds, of what changes seldom and every page asks for.

An evening of sign-up asks the same five questions ten thousand times. A value is read-only, the same for everybody who
gives the same key, and at most BRIEF_CACHE_SECONDS old: a role that ends or a rule that changes takes that long to be
noticed. Rows that must be true when something is written are never cached.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")
MOST = 20_000
_values: dict[str, tuple[float, Any]] = {}


def cached_briefly(key: str, make: Callable[[], T]) -> T:
    """The value that `make` returned last for this key, or returns now."""
    now = time.monotonic()
    found = _values.get(key)
    if found is not None and found[0] > now:
        value: T = found[1]
        return value
    value = make()
    if settings.BRIEF_CACHE_SECONDS:
        if len(_values) >= MOST:
            _values.clear()
        _values[key] = (now + settings.BRIEF_CACHE_SECONDS, value)
    return value


def forget(key: str) -> None:
    """Drop a value in this process at once; other processes notice after BRIEF_CACHE_SECONDS."""
    _values.pop(key, None)
