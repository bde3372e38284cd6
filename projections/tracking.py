"""How far each projection is, and which cases it has set aside; both in schema `wall`."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from projections.folding import Parked
from projections.tables import Connection

TABLES = """
CREATE TABLE IF NOT EXISTS wall.tracking (
    projection text COLLATE "C" PRIMARY KEY,
    version    text NOT NULL,
    position   bigint NOT NULL
) WITH (fillfactor = 10);
CREATE TABLE IF NOT EXISTS wall.parked (
    projection text COLLATE "C",
    stream     text COLLATE "C",
    position   bigint NOT NULL,
    topic      text NOT NULL,
    error      text NOT NULL,
    PRIMARY KEY (projection, stream)
)"""
TIDY = 1497979466  # advisory lock: one process at a time makes or swaps tables


class Tracked(NamedTuple):
    """The state of one projection's tables."""

    version: str
    position: int


def tracked(conn: Connection, *, lock: bool = False) -> dict[str, Tracked]:
    """Read all tracking rows; locked, nobody else moves them until the transaction ends."""
    tail = " ORDER BY projection FOR UPDATE" if lock else ""
    rows = conn.execute(f"SELECT projection, version, position FROM wall.tracking{tail}").fetchall()
    return {name: Tracked(version, position) for name, version, position in rows}


def place(conn: Connection, name: str, version: str, position: int) -> None:
    """Note that the tables of a projection are of a version and stand at a position."""
    conn.execute(
        "INSERT INTO wall.tracking VALUES (%s, %s, %s) ON CONFLICT (projection)"
        " DO UPDATE SET version = EXCLUDED.version, position = EXCLUDED.position",
        [name, version, position],
    )


def move(conn: Connection, names: Sequence[str], position: int) -> None:
    """Move projections forward to a position, never back."""
    conn.execute(
        "UPDATE wall.tracking SET position = %s WHERE projection = ANY(%s) AND position < %s",
        [position, list(names), position],
        prepare=True,
    )


def parked(conn: Connection) -> list[Parked]:
    """List the cases set aside."""
    rows = conn.execute(
        "SELECT projection, stream, position, topic, error FROM wall.parked"
        " ORDER BY position, projection",
        prepare=True,
    )
    return [Parked(*row) for row in rows]


def park(conn: Connection, rows: Iterable[Parked]) -> None:
    """Set cases aside; the first reason stays."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO wall.parked VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING", list(rows)
        )


def unpark(conn: Connection, one: Parked) -> None:
    """Take a case up again."""
    conn.execute(
        "DELETE FROM wall.parked WHERE projection = %s AND stream = %s",
        [one.projection, one.stream],
    )
