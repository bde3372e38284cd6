"""Rows with a validity by position, so that a list can be shown as of any past moment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from projections.folding import Put
from projections.tables import Row, Table

FOREVER = 2**63 - 1
CURRENT = f"to_position = {FOREVER}"
NAME = 'text COLLATE "C"'


def ranged(
    name: str, key: Mapping[str, str], content: Mapping[str, str], *, indexes: tuple[str, ...] = ()
) -> Table:
    """Declare a table of key, `from_position`, content and `to_position` (the first not shown)."""
    columns = {
        **key,
        "from_position": "bigint",
        **content,
        "to_position": "bigint NOT NULL",
    }
    return Table(name, columns, len(key) + 1, indexes)


class Ranges:
    """The rows of one case that are shown now; what changes is closed and opened."""

    def __init__(self, table: Table) -> None:
        """Begin with none."""
        self._table = table
        self._open: dict[Row, Row] = {}

    def show(self, position: int, rows: Mapping[Row, Row]) -> Iterator[Put]:
        """Show these rows (content by key) from a position on, and no others."""
        for key in [key for key in self._open if key not in rows]:
            yield self._close(key, position)
        for key, content in rows.items():
            yield from self.put(position, key, content)

    def put(self, position: int, key: Row, content: Row) -> Sequence[Put]:
        """Show one row from a position on, unless it is shown already."""
        earlier = self._open.get(key)
        if earlier is None:
            row = self._open[key] = (*key, position, *content, FOREVER)
            return ((self._table, row),)
        if earlier[len(key) + 1 : -1] == content:
            return ()
        closed = self._close(key, position)
        row = self._open[key] = (*key, position, *content, FOREVER)
        return closed, (self._table, row)

    def drop(self, position: int, key: Row) -> Sequence[Put]:
        """Show a row no longer."""
        return (self._close(key, position),) if key in self._open else ()

    def _close(self, key: Row, position: int) -> Put:
        row: tuple[Any, ...] = self._open.pop(key)
        return self._table, (*row[:-1], position)
