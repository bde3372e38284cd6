"""Drafts 草稿: what was typed into a form and not recorded yet (F-28); no facts, never counted.

Sealed under a key of the office and bound to account and form; one a form, gone when the act is
done, when its owner throws it away, or after `KEPT_DAYS`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from psycopg_pool import ConnectionPool

from application.ids import uuid7
from application.people.sealing import Box

KEPT_DAYS = 14
MOST = 50  # drafts of one account; the oldest go first
LARGEST = 1_000_000  # bytes of one draft
# What is about the sending and not about the matter, or must not lie about.
NOT_KEPT = frozenset({"csrf", "password", "old", "new", "code", "draft_of", "draft"})


class Draft(NamedTuple):
    """A draft as its owner gets it back."""

    id: str
    form: str
    saved_at: datetime
    typed: Mapping[str, Any]


class FormDrafts:
    """The drafts of forms in `office.drafts`; `form` is the path that the form is sent to."""

    def __init__(self, pool: ConnectionPool, box: Box) -> None:
        """Take the writer's pool and the box of drafts."""
        self._pool, self._box = pool, box

    def keep(self, account: str, form: str, typed: Mapping[str, Any]) -> bool:
        """Keep what was typed instead of what was kept before; False when there is nothing."""
        kept = {name: value for name, value in typed.items() if name not in NOT_KEPT and value}
        clear = msgspec.json.encode(kept)
        if not kept or len(clear) > LARGEST:
            return False
        draft = str(uuid7())
        sealed = self._box.seal(clear, account, form)
        with self._pool.connection() as conn, conn.transaction():
            conn.execute(
                "DELETE FROM office.drafts WHERE saved_at < log.now() - make_interval(days => %s)"
                " OR (account = %s AND form = %s)",
                [KEPT_DAYS, account, form],
            )
            conn.execute(
                "INSERT INTO office.drafts (id, account, form, sealed, saved_at)"
                " VALUES (%s, %s, %s, %s, log.now())",
                [draft, account, form, sealed],
            )
            conn.execute(
                "DELETE FROM office.drafts WHERE account = %s AND form LIKE '/%%' AND id NOT IN"
                " (SELECT id FROM office.drafts WHERE account = %s AND form LIKE '/%%'"
                " ORDER BY saved_at DESC, id DESC LIMIT %s)",
                [account, account, MOST],
            )
        return True

    def find(self, account: str, form: str) -> Draft | None:
        """Give the draft of one form to its owner."""
        found = self._read("account = %s AND form = %s", [account, form])
        return found[0] if found else None

    def of(self, account: str) -> list[Draft]:
        """List an account's drafts of forms, youngest first."""
        return self._read("account = %s AND form LIKE '/%%'", [account])

    def drop(self, account: str, form: str) -> None:
        """Delete the draft of a form: its act is done, or its owner does not want it."""
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.drafts WHERE account = %s AND form = %s", [account, form]
            )

    def _read(self, where: str, given: list[Any]) -> list[Draft]:
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT id, account, form, saved_at, sealed FROM office.drafts"
                f" WHERE {where} AND saved_at >= log.now() - make_interval(days => %s)"
                " ORDER BY saved_at DESC, id DESC",
                [*given, KEPT_DAYS],
            ).fetchall()
        return [
            Draft(
                draft, form, saved_at,
                msgspec.json.decode(self._box.open(bytes(sealed), account, form)),
            )
            for draft, account, form, saved_at, sealed in rows
        ]  # fmt: skip
