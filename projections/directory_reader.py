"""Reading the directory: one entry, entries of a kind, and look-ups that decisions need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.directory import DIRECTORY
from projections.runner import Pool

COLUMNS = ", ".join(DIRECTORY.names)


@dataclass(frozen=True)
class Entry:
    """A row of the directory; `until` is the last day it holds, `seats` what is left."""

    stream: str
    kind: str
    state: str
    name: str
    code: str
    parent: str
    district: str
    seats: int
    until: date | None
    members: Sequence[str]
    detail: Mapping[str, Any]


class DirectoryReader:
    """The reader of the directory."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def entry(self, stream: str) -> Entry | None:
        """Give one entry."""
        found = self._entries("stream = %s", [stream])
        return found[0] if found else None

    def named(self, streams: Collection[str]) -> dict[str, str]:
        """Give the names of some streams; an unknown one is left out."""
        return {stream: name for stream, (name, _) in self.known(streams).items()}

    def known(self, streams: Collection[str]) -> dict[str, tuple[str, str]]:
        """Give the name of some streams and, of staff, the person; an unknown one is left out."""
        if not streams:
            return {}
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT stream, name, CASE kind WHEN 'staff' THEN coalesce(members[1], '')"
                " ELSE '' END FROM wall.directory WHERE stream = ANY(%s)",
                [sorted(streams)],
                prepare=True,
            ).fetchall()
        return {stream: (name, person) for stream, name, person in rows}

    def of_kind(
        self,
        kind: str,
        *,
        states: Collection[str] = (),
        parent: str = "",
        text: str = "",
        after: tuple[str, str] = ("", ""),
        limit: int = 200,
    ) -> list[Entry]:
        """List entries by name, page by page; `text` is part of the name."""
        where = ["kind = %s", "(name, stream) > (%s, %s)"]
        values: list[Any] = [kind, *after]
        if states:
            where.append("state = ANY(%s)")
            values.append(sorted(states))
        if parent:
            where.append("parent = %s")
            values.append(parent)
        if text:
            where.append("position(%s in name) > 0")
            values.append(text)
        return self._entries(f"{' AND '.join(where)} ORDER BY name, stream LIMIT {limit:d}", values)

    def network(self) -> list[tuple[str, str]]:
        """Give every station with its parent, closed ones too."""
        with self._pool.connection() as conn:
            return conn.execute(
                "SELECT stream, parent FROM wall.directory WHERE kind = 'station'", prepare=True
            ).fetchall()

    def placed(self) -> dict[str, tuple[str, str]]:
        """Give parent and district of every station, closed ones too."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT stream, parent, district FROM wall.directory WHERE kind = 'station'",
                prepare=True,
            ).fetchall()
        return {stream: (parent, district) for stream, parent, district in rows}

    def employer_with(self, code: str) -> str:
        """Give the employer in business that holds a credit code, or ""."""
        return self._one(
            "SELECT stream FROM wall.directory WHERE code = %s AND kind = 'employer'"
            " AND state <> 'closed' ORDER BY stream LIMIT 1",
            [code],
        )

    def household_of(self, person: str) -> str:
        """Give the household that a person lives in, or ""."""
        return self._one(
            "SELECT stream FROM wall.directory WHERE kind = 'household' AND members @> ARRAY[%s]",
            [person],
        )

    def accounts_with(self, role: str, day: date) -> list[str]:
        """Give the accounts in use that hold a role on a day."""
        return [
            entry.stream
            for entry in self.of_kind("staff", states=("active",), limit=10_000)
            if any(_holds(grant, role, day) for grant in entry.detail["roles"])
        ]

    def absent_for(self, account: str, day: date) -> list[str]:
        """Give the colleagues whom an account stands in for on a day (F-80)."""
        return [
            entry.stream
            for entry in self._entries("kind = 'staff' AND members @> ARRAY[%s]", [account])
            if stands_in(entry, account, day)
        ]

    def staff_and_stations(self) -> tuple[int, list[Entry]]:
        """Give them by name with the position that the directory had reached; -1 before any."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT (SELECT position FROM wall.tracking WHERE projection = 'directory'),"
                f" {COLUMNS} FROM wall.directory WHERE kind IN ('staff', 'station')"
                " ORDER BY name, stream",
                prepare=True,
            ).fetchall()
        position = rows[0][0] if rows and rows[0][0] is not None else -1
        return position, [Entry(*row[1:]) for row in rows]

    def delegations(self) -> list[tuple[str, str, date, date]]:
        """List who stands in for whom, the latest first: absent, stand-in, both days."""
        found = [
            (e.stream, d["to"], date.fromisoformat(d["from_on"]), date.fromisoformat(d["to_on"]))
            for e in self._entries("kind = 'staff' AND cardinality(members) > 1", [])
            for d in e.detail.get("delegations", ())
        ]
        return sorted(found, key=lambda one: (one[2], one[0]), reverse=True)

    def _one(self, statement: str, values: list[str]) -> str:
        with self._pool.connection() as conn:
            row = conn.execute(statement, values, prepare=True).fetchone()
        return str(row[0]) if row else ""

    def _entries(self, where: str, values: Sequence[Any]) -> list[Entry]:
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {COLUMNS} FROM wall.directory WHERE {where}", values, prepare=True
            ).fetchall()
        return [Entry(*row) for row in rows]


def stands_in(absent: Entry, account: str, day: date) -> bool:
    """Say whether an account stands in for a member of staff on a day."""
    return any(
        one["to"] == account and one["from_on"] <= day.isoformat() <= one["to_on"]
        for one in absent.detail.get("delegations", ())
    )


def _holds(grant: Mapping[str, Any], role: str, day: date) -> bool:
    ends = grant["to_on"]
    return (
        grant["role"] == role
        and grant["from_on"] <= day.isoformat()
        and (ends is None or day.isoformat() <= ends)
    )
