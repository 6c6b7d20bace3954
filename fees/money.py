"""Rounding of amounts, in one place."""

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
FEN = Decimal("0.01")


def fen(amount: Decimal | int) -> Decimal:
    """The amount in yuan with two places; half a fen goes up."""
    return Decimal(amount).quantize(FEN, rounding=ROUND_HALF_UP)


def share_of(amount: Decimal, part: int, whole: int) -> Decimal:
    """`part` of `whole` equal parts of the amount; nothing of nothing."""
    return fen(amount * part / whole) if whole else ZERO
