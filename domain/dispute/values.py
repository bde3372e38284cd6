"""Values inside the facts of a dispute: claim bases, amounts by claim, instalments."""

from datetime import date

import msgspec

from domain.money import Fen


class Line(msgspec.Struct, frozen=True, gc=False):
    """An amount for one claim; the claim's number names worker and code.

    A case of 300 workers holds thousands of lines, and none can be part of a cycle (`gc`).
    """

    claim: int
    amount: Fen


class Basis(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How a claimed amount comes about: kind (hours, pieces, months ...), rate x quantity.

    `quantity` is a decimal number as text, so that half hours stay exact.
    """

    kind: str
    rate: Fen | None = None
    quantity: str | None = None


class Instalment(msgspec.Struct, frozen=True, kw_only=True):
    """One instalment of an agreement: number from 1, agreed day, bank or cash, amounts by claim."""

    no: int
    due_on: date
    method: str
    lines: tuple[Line, ...]
