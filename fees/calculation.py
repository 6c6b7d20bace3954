"""Computes a child's fee of a month, without a database. Every amount is yuan with two decimals."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fees.money import ZERO, fen, share_of


@dataclass(frozen=True)
class Scale:
    """A line of the published scale: mode is ServiceOption.FeeMode, or "once" for what is collected at cost."""

    mode: str
    rate: Decimal
    half_under_half: bool = False
    by_days: bool = True
    """A month (or term) begun or left in its middle is charged by its days; else whole."""

    @property
    def counts_calls(self) -> bool:
        """Whether the roll calls decide about the fee; else a day without one changes nothing."""
        return self.mode in ("day", "period") or (self.mode == "month" and self.half_under_half)


@dataclass(frozen=True)
class Attendance:
    """Days and periods of a child in a month (in a term, for the fee by the term), from calendar and roll calls."""

    month_days: int
    """Days with service on the child's weekdays."""
    own_days: int
    """Of these the ones on which it takes part: less than month_days for who came late or left."""
    called: int = 0
    """Of its own days those on which a roll call names the child."""
    there: int = 0
    periods: int = 0
    to_come: int = 0
    """Its own days that are not over and have no roll call yet."""

    @property
    def unrecorded(self) -> int:
        """Days that are over, without a roll call; they are neither charged nor counted as absence."""
        return self.own_days - self.called - self.to_come

    @property
    def counted(self) -> int:
        return self.month_days - self.unrecorded - self.to_come


def gross_fee(scale: Scale, seen: Attendance) -> Decimal:
    """The fee before any waiver; never negative, never more than the rate by the month or term."""
    if scale.mode == "none":
        return ZERO
    if scale.mode == "period":
        return fen(scale.rate * seen.periods)
    if scale.mode == "day":
        return fen(scale.rate * seen.there)
    if scale.mode == "once":
        return fen(scale.rate)
    if not seen.month_days or not seen.own_days:
        return ZERO
    halved = scale.mode == "month" and scale.half_under_half
    part, whole = 1, 1
    if is_part(scale, seen):
        # Days on which no roll was called count for nothing where the roll decides.
        left_out = seen.unrecorded if halved else 0
        part, whole = seen.own_days - left_out, seen.month_days - left_out
    # Rounded once: half of a part is a part of the whole.
    return share_of(scale.rate, part, whole * 2 if halved and under_half(scale, seen) else whole)


def is_part(scale: Scale, seen: Attendance) -> bool:
    """Whether the month (or term) is charged by the days since the child came, or until it left."""
    return scale.by_days and seen.own_days < seen.month_days


def under_half(scale: Scale, seen: Attendance) -> bool:
    """Present on fewer than half of the days that are charged; exactly half is not under half."""
    return seen.there * 2 < (seen.called if is_part(scale, seen) else seen.counted)


def facts_of(scale: Scale, seen: Attendance) -> dict[str, Any]:
    """What a charge stores of its computation: plain numbers, so that it can be shown for ever."""
    facts: dict[str, Any] = {
        "there": seen.there,
        "days": seen.called,
        "own_days": seen.own_days,
        "month_days": seen.month_days,
        "periods": seen.periods,
    }
    if scale.counts_calls:
        facts |= {"unrecorded": seen.unrecorded, "to_come": seen.to_come}
    if scale.mode == "month" and scale.half_under_half:
        facts["counted"] = seen.called if is_part(scale, seen) else seen.counted
        facts["half"] = under_half(scale, seen)
    if scale.mode in ("month", "term") and is_part(scale, seen):
        facts["part"] = True
    return facts
