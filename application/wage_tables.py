"""Wage tables 工资表: kept sealed between preview and saving, then taken as one command."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from psycopg_pool import ConnectionPool

from application.enrolling import Enrolling, Entrant, entrant_id
from application.ids import uuid7
from application.people.sealing import Box
from application.persons import Papers
from application.store import Done, Part, Stamp, Store, Who
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.identity import sex_of

FORM = "wage-table"
KEPT_DAYS = 7
Cell = str | float | None


class Sheet(msgspec.Struct, frozen=True):
    """A table as it came: for which case, its cells, what holds where it has no column."""

    case: str
    name: str
    rows: list[list[Cell]]
    defaults: dict[str, str]


class Newcomer(NamedTuple):
    """Somebody of a table who has no file yet."""

    id_no: str
    name: str
    phone: str = ""


class Drafts:
    """Tables that wait for their owner's yes; sealed, and gone after a week."""

    def __init__(self, pool: ConnectionPool, box: Box) -> None:
        """Take the writer's pool and the box of drafts."""
        self._pool, self._box = pool, box

    def keep(self, who: Who, sheet: Sheet) -> str:
        """Keep a table for its owner; give the id of the draft."""
        draft = str(uuid7())
        sealed = self._box.seal(msgspec.msgpack.encode(sheet), FORM, draft)
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.drafts WHERE form = %s"
                " AND saved_at < now() - make_interval(days => %s)",
                [FORM, KEPT_DAYS],
            )
            conn.execute(
                "INSERT INTO office.drafts (id, account, form, sealed) VALUES (%s, %s, %s, %s)",
                [draft, who.account, FORM, sealed],
            )
        return draft

    def open(self, who: Who, draft: str) -> Sheet | None:
        """Give a table to its owner; None for an unknown one or another's."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT sealed FROM office.drafts WHERE id = %s AND account = %s AND form = %s",
                [draft, who.account, FORM],
            ).fetchone()
        if row is None:
            return None
        return msgspec.msgpack.decode(self._box.open(bytes(row[0]), FORM, draft), type=Sheet)

    def drop(self, who: Who, draft: str) -> None:
        """Remove a table that was taken."""
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.drafts WHERE id = %s AND account = %s", [draft, who.account]
            )


class WageTables:
    """Takes whole tables into a case."""

    def __init__(self, store: Store, enrolling: Enrolling) -> None:
        """Take the door to the log, and who opens the files of new persons."""
        self._store, self._enrolling = store, enrolling

    def take(
        self,
        case: str,
        *,
        newcomers: Sequence[Newcomer],
        known: Mapping[str, str],
        rows: Sequence[ClaimRow],
        stamp: Stamp,
    ) -> Done:
        """Record a table whose rows name their workers by ID number: all of it, in one append.

        `known` gives the persons on file by number; whoever else the rows name is a newcomer.
        """
        entrants = [
            Entrant(
                entrant_id(stamp, place),
                Papers(name=one.name, sex=sex_of(one.id_no), id_no=one.id_no),
                one.phone,
            )
            for place, one in enumerate(newcomers)
        ]
        persons = dict(known) | {one.papers.id_no: one.person for one in entrants}
        stated = [msgspec.structs.replace(row, worker=persons[row.worker]) for row in rows]
        part = Part(
            DisputeCase,
            case,
            lambda dispute: dispute.named(case).state_claims_table(
                rows=stated, occurred_on=stamp.occurred_on
            ),
            "dispute.intake",
        )
        return self._enrolling.decide(stamp, entrants, part)
