"""Searches are posted, kept sealed under an opaque id, and found again by who asked."""

import secrets
from collections.abc import Sequence
from datetime import date

from psycopg_pool import ConnectionPool

from application.people.sealing import Box
from application.people.sight import Sight
from application.store import Who
from projections.lists import Caseload, Query

MOST = 200


class Searches:
    """One box: case number, name, pinyin, initials, ID number or its tail, phone (F-16)."""

    def __init__(self, pool: ConnectionPool, box: Box, sight: Sight, caseload: Caseload) -> None:
        """Take the writer's pool, what seals the text, persons, and the lists."""
        self._pool, self._box, self._sight, self._caseload = pool, box, sight, caseload

    def search(self, who: Who, text: str) -> str:
        """Look a text up; give the opaque id of the result."""
        text = text.strip()
        found = dict.fromkeys(self._by_number(text))
        for person in self._sight.search(text, who, route="search"):
            found |= dict.fromkeys(self._cases(Query(today=date.min, person=person, closed=True)))
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

    def _cases(self, query: Query) -> list[str]:
        return [row.case_id for row in self._caseload.page(query).rows]
