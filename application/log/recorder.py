"""The Recorder: one autocommitted call of `log.append`, sent again once when the reply is lost.

Nothing of the library's own writing path is used (reliability.md 1): no LOCK TABLE, no NOTIFY,
no pipeline, no ten retries. What the database refuses is told apart by the constraint's name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec
import psycopg
import psycopg_pool
from eventsourcing.persistence import Notification, StoredEvent, Subscription
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import TupleRow, tuple_row

from application import guards
from application.deciding import Known, SerialMoved, VersionConflict
from application.log.rows import Meta, Row
from application.store import Done, Unavailable
from domain.kernel import N_, Refused

T = TypeVar("T")
Pool = psycopg_pool.ConnectionPool[psycopg.Connection[TupleRow]]

MOST_BYTES = 8 * 1024 * 1024
APPEND = """
SELECT positions, result, known FROM log.append(
    %b::uuid, %t::jsonb, %t::jsonb, %t::jsonb, %b::text[],
    %b::text[], %b::bigint[], %b::text[], %b::bytea[], %b::uuid[])
"""
# Most commands record one fact; its values go in bare, as arrays cost more to write than to insert.
APPEND_ONE = """
SELECT positions, result, known FROM log.append(
    %b::uuid, %t::jsonb, %t::jsonb, %t::jsonb, NULL,
    ARRAY[%t::text], ARRAY[%b::bigint], ARRAY[%t::text], ARRAY[%b::bytea], ARRAY[%b::uuid])
"""
COLUMNS = """
SELECT originator_id, originator_version, topic, state, event_id, metadata::text,
       notification_id, recorded_at
FROM log.events
"""

DATED = """
SELECT originator_version, topic, state, metadata->>'occurred_on'
FROM log.events WHERE originator_id = %s ORDER BY originator_version
"""


class RowTaken(Exception):
    """Another import wrote one of these rows after they were looked up."""


REFUSALS = {"open_case_pkey": "open_case", "voucher_pkey": "voucher", "booking_free": "booking"}
CONFLICTS: Mapping[str, type[Exception]] = {
    "events_pkey": VersionConflict,
    "serial_moved": SerialMoved,
    "source_row_pkey": RowTaken,
}


class LogRecorder(PostgresApplicationRecorder):
    """Write and read `log.events` with its ids, metadata and times."""

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "events") -> None:
        """Use `log.events`, whatever name the library has made up."""
        del events_table_name
        super().__init__(datastore, events_table_name="events")
        self._pool: Pool = datastore.pool  # type: ignore[assignment]  # the shared pool gives tuples

    def create_table(self) -> None:
        """Refuse: tables are made by migrations alone."""
        raise NotImplementedError("The log's tables are made by `yizhan migrate`.")

    def insert_events(  # type: ignore[override]  # the library's retry wrapper hides the signature
        self,
        stored_events: Sequence[StoredEvent],
        *,
        meta: Meta,
        answer: Sequence[str],
        changes: Sequence[guards.Change] = (),
        days: list[str] | None = None,
        **_: Any,
    ) -> Sequence[int]:
        """Append the facts of one command; give their positions in the one order.

        Raises `Known`, `VersionConflict`, `SerialMoved`, `RowTaken`, `Refused`, `Unavailable`.
        A lost reply leaves open whether the facts are stored: the same call is sent once more,
        and the command id tells.
        """
        statement, arguments = _call(stored_events, meta, answer, changes, days)
        return self._twice(lambda: self._append(statement, arguments))

    def _twice(self, ask: Callable[[], T]) -> T:
        """Ask again once over a fresh connection when the first one is gone."""
        try:
            return ask()
        except (psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed) as busy:
            raise Unavailable(str(busy)) from busy
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self._pool.check()
        try:
            return ask()
        except (psycopg.OperationalError, psycopg.InterfaceError) as lost:
            raise Unavailable(str(lost)) from lost

    def _append(self, statement: str, arguments: list[Any]) -> Sequence[int]:
        try:
            with self._pool.connection() as conn:
                row = conn.execute(statement, arguments, prepare=True).fetchone()
        except psycopg.errors.IntegrityError as error:
            raise _meaning(error) from error
        except psycopg.errors.DeadlockDetected as error:
            raise VersionConflict(str(error)) from error
        assert row is not None  # noqa: S101 - a function without rows would be another function
        positions, streams, known = row
        if known:
            raise Known(Done(max(positions), tuple(streams)))
        return list(positions)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """Read one stream in the order of its versions."""
        statement = COLUMNS + (
            " WHERE originator_id = %s AND originator_version > %s AND originator_version <= %s"
            f" ORDER BY originator_version {'DESC' if desc else 'ASC'}"
        )
        values: list[Any] = [str(originator_id), gt or 0, lte or 2**62]
        if limit is not None:
            statement += " LIMIT %s"
            values.append(limit)
        return [Row(*row) for row in self.rows(statement, values)]

    def select_dated(self, stream: str) -> list[tuple[int, str, bytes, str]]:
        """Read of one stream what a decision needs: version, topic, state, day it happened."""
        return cast("list[tuple[int, str, bytes, str]]", self.rows(DATED, [stream]))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Refuse: a reader goes up to the watermark, with `LogReader.read`."""
        raise NotImplementedError("Read the log with LogReader.")

    def max_notification_id(self) -> int | None:
        """Refuse: the last position is not the last settled one."""
        raise NotImplementedError("Ask LogReader.watermark.")

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[PostgresApplicationRecorder]:
        """Refuse: readers poll; LISTEN can miss the last facts."""
        raise NotImplementedError("Read the log with LogReader.")

    def rows(self, statement: str, values: Sequence[Any]) -> list[TupleRow]:
        """Run one query and give binary tuples."""

        def ask() -> list[TupleRow]:
            with self._pool.connection() as conn, conn.cursor(binary=True) as cursor:
                cursor.row_factory = tuple_row
                return cursor.execute(statement, values, prepare=True).fetchall()

        return self._twice(ask)


def _call(
    stored: Sequence[StoredEvent],
    meta: Meta,
    answer: Sequence[str],
    changes: Sequence[guards.Change],
    days: list[str] | None,
) -> tuple[str, list[Any]]:
    """Give the statement and its values; refuse what is too much for one command."""
    size = sum(len(row.state) for row in stored)
    if size > MOST_BYTES:
        raise Refused(
            rule="L-01",
            text=N_("一次提交的内容为{size}MB，超过{most}MB的上限，请分几次办理。"),
            size=-(-size // 2**20),
            most=MOST_BYTES // 2**20,
        )
    encode = msgspec.json.encode
    command = [
        UUID(meta.command_id),
        encode(meta).decode(),
        encode(answer).decode(),
        encode(changes).decode() if changes else None,
    ]
    columns = [
        (r.originator_id, r.originator_version, r.topic, r.state, r.event_id)
        for r in stored
        if isinstance(r, Row)
    ]
    if len(columns) == 1 and days is None:
        return APPEND_ONE, [*command, *columns[0]]
    return APPEND, [*command, days, *map(list, zip(*columns, strict=True))]


def _meaning(error: psycopg.errors.IntegrityError) -> Exception:
    """Say what a violated constraint means."""
    constraint = error.diag.constraint_name or ""
    if constraint in REFUSALS:
        return guards.taken(REFUSALS[constraint])
    if constraint in CONFLICTS:
        return CONFLICTS[constraint](str(error))
    return error
