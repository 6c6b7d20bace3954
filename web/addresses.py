"""Values read from an address. A value that makes no sense is replaced by a default, never an error."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.dateparse import parse_date


def read_day(text: str | None, default: dt.date | None = None) -> dt.date:
    """A day from the address; for anything else `default`, or today."""
    try:
        day = parse_date(text or "")
    except ValueError:
        day = None
    # Beyond these years a day before or after cannot be written.
    return day if day and 2000 <= day.year <= 2100 else default or timezone.localdate()


def read_number(text: str | None) -> int | None:
    """A key or count from the address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def read_numbers(texts: Iterable[str]) -> list[int]:
    """The keys among these; what is none is left out."""
    return [number for text in texts if (number := read_number(text)) is not None]
