"""Tables of the wall: declared as data, written by one set-based statement each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import psycopg
from psycopg.rows import TupleRow

from domain.kernel import to_plain
from projections.copying import pieces

Connection = psycopg.Connection[TupleRow]
Row = tuple[Any, ...]
NEXT = "__next"  # the fresh table of a rebuild, beside the one that serves


@dataclass(frozen=True, eq=False)
class Table:
    """One table in schema `wall`: columns with their types, the first `keys` of them the key.

    A row that comes again under its key replaces the earlier one; the columns in `added` are
    summed instead. `indexes` are what stands behind `ON table`. Nothing in a row may depend on
    when or how often it was written: no serials, no clock.
    """

    name: str
    columns: Mapping[str, str]
    keys: int
    indexes: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(self.columns)

    @cached_property
    def _documents(self) -> frozenset[int]:
        return frozenset(n for n, kind in enumerate(self.columns.values()) if "jsonb" in kind)

    @cached_property
    def _sums(self) -> tuple[int, ...]:
        return tuple(n for n, name in enumerate(self.columns) if name in self.added)

    def create(self, suffix: str = "") -> str:
        """Give the statement that makes the table; names of indexes are left to the server."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        key = ", ".join(self.names[: self.keys])
        return (
            f"CREATE TABLE IF NOT EXISTS wall.{self.name}{suffix} ({columns}, PRIMARY KEY ({key}))"
        )

    def index(self, suffix: str = "") -> list[str]:
        """Give the statements of the secondary indexes."""
        return [f"CREATE INDEX ON wall.{self.name}{suffix} {rest}" for rest in self.indexes]

    def analyze(self, suffix: str = "") -> str:
        """Give the statement that tells the planner what the table holds."""
        return f"ANALYZE wall.{self.name}{suffix}"

    def merge(self, rows: dict[Row, Row], row: Row) -> None:
        """Add a row to those that wait to be written."""
        key = row[: self.keys]
        earlier = rows.get(key) if self.added else None
        if earlier is not None:
            summed = list(row)
            for n in self._sums:
                summed[n] = earlier[n] + row[n]
            row = tuple(summed)
        rows[key] = row

    def upsert(self, conn: Connection, rows: Iterable[Row], suffix: str = "") -> None:
        """Write rows by one statement."""
        body = msgspec.json.encode(
            [dict(zip(self.names, row, strict=True)) for row in rows], enc_hook=to_plain
        )
        conn.execute(self._statement(suffix), [body.decode()], prepare=True)

    def copy(self, conn: Connection, rows: Iterable[Row], suffix: str = "") -> None:
        """Load rows that are known to be new; the fast way of a rebuild."""
        names = ", ".join(self.names)
        with (
            conn.cursor() as cursor,
            cursor.copy(f"COPY wall.{self.name}{suffix} ({names}) FROM STDIN") as copy,
        ):
            for piece in pieces(map(self._flat, rows) if self._documents else rows):
                copy.write(piece)

    def _flat(self, row: Row) -> Row:
        flat = list(row)
        for n in self._documents:
            flat[n] = msgspec.json.encode(row[n], enc_hook=to_plain).decode()
        return tuple(flat)

    def _statement(self, suffix: str) -> str:
        typed = ", ".join(
            f"{name} {kind.replace(' NOT NULL', '')}" for name, kind in self.columns.items()
        )
        key = ", ".join(self.names[: self.keys])
        changes = ", ".join(
            f"{name} = t.{name} + EXCLUDED.{name}"
            if name in self.added
            else f"{name} = EXCLUDED.{name}"
            for name in self.names[self.keys :]
        )
        return (
            f"INSERT INTO wall.{self.name}{suffix} AS t"
            f" SELECT * FROM json_to_recordset(%s::json) AS rows({typed})"
            f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
        )
