"""Amounts of money: whole fen, nothing else."""

from collections.abc import Iterable
from typing import Self


class Fen(int):
    """An amount 金额 in whole fen 分; yuan exist only where `web` parses and prints."""

    __slots__ = ()

    def __new__(cls, fen: int) -> Self:
        """Take whole fen only; nothing is rounded in silence."""
        if not isinstance(fen, int) or isinstance(fen, bool):
            raise TypeError(f"Not whole fen: {fen!r}")
        return super().__new__(cls, fen)

    def __add__(self, other: int) -> "Fen":
        """Add two amounts."""
        return Fen(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> "Fen":
        """Subtract an amount."""
        return Fen(int(self) - int(other))

    def __mul__(self, times: int) -> "Fen":
        """Take a whole multiple."""
        return Fen(int(self) * times)

    __rmul__ = __mul__

    def __neg__(self) -> "Fen":
        """Give the amount with the other sign, as a reversal does."""
        return Fen(-int(self))


def total(amounts: Iterable[int]) -> Fen:
    """Sum amounts; the sum of none is zero fen."""
    return Fen(sum(int(amount) for amount in amounts))
