"""Searches are posted, kept sealed under an opaque id, and found again by who asked."""

import secrets
from collections.abc import Sequence

from psycopg_pool import ConnectionPool

from application.people.sealing import Box
from application.people.sight import Sight
from application.store import Who
from projections.caseload_reader import Caseload
from projections.parties import Parties, Reading

EVERYWHERE = frozenset({"auditor", "station_manager"})  # read every case (domain.md 9.1)
MOST = 50  # cases that a search shows, the best first


class Searches:
    """One box: case number, name, pinyin, initials, ID number or its tail, phone (F-16)."""

    def __init__(
        self, pool: ConnectionPool, box: Box, sight: Sight, caseload: Caseload, parties: Parties
    ) -> None:
        """Take the writer's pool, what seals the text, persons, lists, and who is in which case."""
        self._pool, self._box, self._sight = pool, box, sight
        self._caseload, self._parties = caseload, parties

    def search(self, who: Who, text: str) -> str:
        """Look a text up among the cases that the asker may read; give the result's opaque id."""
        text = text.strip()
        reading = Reading(
            tuple(sorted(who.accounts)),
            tuple(sorted(who.stations | {who.station})),
            everything=bool(who.roles & EVERYWHERE),
        )
        found = dict.fromkeys(self._parties.readable(self._by_number(text), reading))
        persons = self._sight.search(text, who, route="search")
        found |= dict.fromkeys(self._parties.cases(persons, reading))
        name = secrets.token_urlsafe(12)
        sealed = self._box.seal(text.encode(), name, who.account)
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.searches (id, account, sealed, found) VALUES (%s, %s, %s, %s)",
                [name, who.account, sealed, list(found)[:MOST]],
            )
        return name

    def found(self, who: Who, search: str) -> Sequence[str] | None:
        """Give the cases that a search found; None for an unknown id or another's search."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT found FROM office.searches WHERE id = %s AND account = %s",
                [search, who.account],
            ).fetchone()
        return row[0] if row else None

    def _by_number(self, text: str) -> list[str]:
        return self._caseload.numbered(text, MOST) if text else []
