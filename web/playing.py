"""The time of a demonstration: an afternoon in progress, whatever the hour is.

`settings.DEMONSTRATION_CLOCK` says which moment was shown when; without it nothing here does anything. What asks
`django.utils.timezone` for the time is told the demonstration's; sessions' cookies, one-time passwords, the scheduler of jobs
and the database's own history go by the machine's.
"""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self

from django.utils import timezone

HOUR = 60 * 60
# After the first hour an hour passes in a minute: an office left open over night is still in its afternoon.
SLOWER = 60


class Clock(NamedTuple):
    """Shows `moment` at `since` (seconds since the epoch), and goes on from there; never backwards."""

    moment: dt.datetime
    since: float

    @classmethod
    def read(cls, text: str) -> Self:
        """From what str() gives. Raises ValueError."""
        moment, _at, since = text.partition("@")
        found = cls(dt.datetime.fromisoformat(moment), float(since))
        if found.moment.tzinfo is None:
            raise ValueError(f"{text}: without a time zone")
        return found

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}@{self.since:.3f}"

    def now(self) -> dt.datetime:
        passed = max(0.0, time.time() - self.since)
        played = min(passed, HOUR) + max(0.0, passed - HOUR) / SLOWER
        return (self.moment + dt.timedelta(seconds=played)).astimezone(dt.UTC)

    def shows_at(self, moment: dt.datetime) -> float:
        """The seconds since the epoch at which it shows a later moment."""
        ahead = (moment - self.moment).total_seconds()
        return self.since + min(ahead, HOUR) + max(0.0, ahead - HOUR) * SLOWER


def _played_now() -> dt.datetime:
    # Runs in django.utils.timezone, in the place of now(): the name is that module's.
    return _clock.now()  # type: ignore[name-defined]  # noqa: F821


def start(clock: Clock) -> None:
    """From now on this process lives in the demonstration's time.

    The function itself changes, not only its name: fields have kept it as their default when the models were loaded.
    """
    timezone._clock = clock  # type: ignore[attr-defined]
    timezone.now.__code__ = _played_now.__code__


@contextmanager
def moment(day: dt.date, hour: int, minute: int = 0) -> Iterator[None]:
    """In here it is that moment, and goes on from there: for what the demonstration's people did then."""
    code, clock = timezone.now.__code__, getattr(timezone, "_clock", None)
    of = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
    start(Clock(of, time.time()))
    try:
        yield
    finally:
        timezone._clock = clock  # type: ignore[attr-defined]
        timezone.now.__code__ = code
