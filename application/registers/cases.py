"""Rows grouped into cases of the register, each with an identity that a second run finds again."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from application.registers.expressions import SPACE, Cell, Compiler
from application.registers.profile import Profile
from application.registers.table import Table


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the register: its rows, its key, and the identity of decision 22.

    `identity` = (profile, hash of the rows, how many equal ones stand before); `key` names the
    stream: the register's own number where there is one, else the identity.
    """

    first_row: int
    rows: tuple[Sequence[Cell], ...]
    key: str
    identity: str


def cases(profile: Profile, table: Table) -> Iterator[Case]:
    """Group rows into cases; a row without the continuation column belongs to the case above."""
    compiler = Compiler(profile, table.columns)
    keys = [compiler.cell(name) for name in profile.key]
    starts = compiler.cell(profile.continuation) if profile.continuation else None
    equal: Counter[str] = Counter()
    block: list[Sequence[Cell]] = []
    first = 2

    def close(first: int, block: list[Sequence[Cell]]) -> Case:
        digest = hashlib.sha256(repr((profile.code, block)).encode()).hexdigest()[:32]
        before = equal[digest]
        equal[digest] += 1
        identity = f"{digest}.{before}"
        own = "/".join(filter(None, (key(block[0]) for key in keys)))
        return Case(first, tuple(block), own or identity, identity)

    for number, row in enumerate(table.rows, start=2):
        if block and (starts is None or starts(row)):
            yield close(first, block)
            block, first = [], number
        block.append(row)
    if block:
        yield close(first, block)


def stream_id(profile: Profile, kind: str, name: str, key: str) -> str:
    """Name the stream of a case, the same in every run."""
    return f"{kind}-{uuid.uuid5(SPACE, f'{profile.code}/{name}/{key}')}"
