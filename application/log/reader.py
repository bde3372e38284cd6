"""Reading the log in its one order, up to where nothing can appear any more.

Positions are drawn before a transaction commits, so a higher one may be seen before a lower one.
One leader (the projection runner) settles this and stores the watermark; everybody reads up to it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from application.log.mapper import LogMapper
from application.log.recorder import Pool
from domain.kernel import Recorded

ORDER_LOCK = 1497979464  # 'YIZH' in ASCII, as in 0001_log.sql
LEADER_LOCK = 1497979465  # first key of the leaders' locks; the second is a hash of the name
SETTLE_EVERY = 0.1  # seconds between two drains: each one holds up the writers for a moment
PAGE = 10_000
# As the index of 0130_attachments.sql has them.
ATTACHMENTS = """
WHERE topic IN ('dispute.attachment_added', 'dispute.attachment_withdrawn',
                'seeker.attachment_added', 'seeker.attachment_withdrawn')
ORDER BY notification_id
"""
AT_ONCE = 500  # rows sent at a time

SELECT = """
SELECT originator_id, originator_version, topic, state, metadata::text, notification_id, recorded_at
FROM log.events
"""
# The positions after the watermark, counted: without a gap the last one is watermark + count.
RUN = """
SELECT w.position, count(p.n), max(p.n), max(p.n) FILTER (WHERE p.n = w.position + p.nth)
FROM log.watermark w LEFT JOIN LATERAL (
    SELECT e.notification_id AS n, row_number() OVER (ORDER BY e.notification_id) AS nth
    FROM (SELECT notification_id FROM log.events WHERE notification_id > w.position
          ORDER BY notification_id LIMIT %s) e
) p ON true
GROUP BY w.position
"""
# Read off the index of the streams alone.
STREAM_ENDS = """
SELECT originator_id FROM (
    SELECT originator_id, row_number() OVER (ORDER BY originator_id, originator_version) AS nth
    FROM log.events
) e WHERE nth %% %s = 0
UNION SELECT max(originator_id) FROM log.events ORDER BY 1
"""


class LogReader:
    """Pages of facts for projections, exports and the sealer."""

    def __init__(self, pool: Pool, mapper: LogMapper) -> None:
        """Take a pool whose role may read the log, and a Mapper; it needs no keys."""
        self._pool, self._mapper = pool, mapper
        self._drained = 0.0

    def identity(self) -> str:
        """Give the id of this log, which a backup takes along."""
        with self._pool.connection() as conn:
            row = conn.execute("SELECT system_id::text FROM log.identity").fetchone()
        if row is None:
            raise LookupError("The log has no identity.")
        return str(row[0])

    def watermark(self) -> int:
        """Give the position up to which nothing can appear any more."""
        with self._pool.connection() as conn:
            row = conn.execute("SELECT position FROM log.watermark", prepare=True).fetchone()
        return int(row[0]) if row else 0

    def read(self, after: int, limit: int) -> list[Recorded]:
        """Give the next facts in order, up to the watermark; a bad row has event=Unreadable."""
        return self._page(
            SELECT + "WHERE notification_id > %s"
            " AND notification_id <= (SELECT position FROM log.watermark)"
            " ORDER BY notification_id LIMIT %s",
            [after, limit],
            long=limit > AT_ONCE,
        )

    def read_persons(self, after: int, limit: int) -> list[Recorded]:
        """Give the next facts of persons alone, by an index of their own: names follow them."""
        return self._page(
            SELECT + "WHERE notification_id > %s AND topic LIKE 'person.%%'"
            " AND notification_id <= (SELECT position FROM log.watermark)"
            " ORDER BY notification_id LIMIT %s",
            [after, limit],
            long=limit > AT_ONCE,
        )

    def read_attachments(self) -> list[Recorded]:
        """Give every fact about an attachment, those above the watermark too, by their index."""
        return self._page(SELECT + ATTACHMENTS, [])

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position; a stream without facts has none."""
        found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for recorded in self._page(
            SELECT + "WHERE originator_id = ANY(%s) AND notification_id <= %s"
            " ORDER BY originator_id, originator_version",
            [list(found), upto],
        ):
            found[recorded.stream].append(recorded)
        return found

    def history(self, stream: str) -> list[Recorded]:
        """Give all facts of one stream, those above the watermark too, for its own page."""
        with self._pool.connection() as conn, conn.cursor(binary=True) as cursor:
            rows = cursor.execute(
                SELECT.replace("FROM", ", event_id::text FROM", 1)
                + "WHERE originator_id = %s ORDER BY originator_version",
                [stream],
                prepare=True,
            ).fetchall()
        return self._mapper.with_ids((row[:-1] for row in rows), (row[-1] for row in rows))

    def stream_ends(self, size: int) -> list[str]:
        """Give the stream of every `size`-th fact and the last one, in order: cuts for shares."""
        with self._pool.connection() as conn:
            found = conn.execute(STREAM_ENDS, [size]).fetchall()
        return [stream for (stream,) in found if stream]

    def read_streams(self, after: str, last: str, upto: int) -> list[Recorded]:
        """Give whole streams in their order, behind one and up to another, to a position."""
        return self._page(
            SELECT + "WHERE originator_id > %s AND originator_id <= %s AND notification_id <= %s"
            " ORDER BY originator_id, originator_version",
            [after, last, upto],
            long=True,
        )

    def drain(self) -> int:
        """Move the watermark as far as it can be known, and give it; for the leader alone.

        Positions without a gap need no lock. At a gap the leader waits for every writer that drew
        a position so far, at most ten times a second and 250 ms long; in between, or when a writer
        hangs, the watermark goes up to the gap.
        """
        with self._pool.connection() as conn:
            if not conn.autocommit:
                raise TypeError("The log is read in autocommit, or the lock would be kept.")
            while True:
                mark, count, last, prefix = self._run(conn)
                if count == 0:
                    return mark
                if last - mark == count:
                    mark = self._settle(conn, last)
                elif (settled := self._wait_for_writers(conn)) is not None:
                    mark = self._settle(conn, settled)
                elif prefix is not None:
                    return self._settle(conn, prefix)
                else:
                    return mark
                if count < PAGE:
                    return mark

    @contextmanager
    def leadership(self, name: str = "log") -> Iterator[bool]:
        """Try to lead: True while the block runs if nobody else does, over a connection of its own.

        The name is "log" for the leader that drains; a projection version has a name of its own,
        so that a rebuild fills new tables while the leader serves.
        """
        with self._pool.connection() as conn:
            key = (LEADER_LOCK, name)
            row = conn.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key).fetchone()
            leads = bool(row and row[0])
            try:
                yield leads
            finally:
                if leads and not conn.closed:
                    conn.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)

    def _page(self, statement: str, values: Sequence[Any], *, long: bool = False) -> list[Recorded]:
        """Read a page; a long one is decoded while the server still finds its later rows."""
        with self._pool.connection() as conn, conn.cursor(binary=True) as cursor:
            if long:
                return self._mapper.page(cursor.stream(statement, values, size=AT_ONCE))
            rows = cursor.execute(statement, values, prepare=True).fetchall()
        return self._mapper.page(rows)

    def _run(self, conn: psycopg.Connection[TupleRow]) -> tuple[int, int, int, int | None]:
        row = conn.execute(RUN, [PAGE], prepare=True).fetchone()
        if row is None:
            raise LookupError("The log has no watermark.")
        return row[0], row[1], row[2], row[3]

    def _wait_for_writers(self, conn: psycopg.Connection[TupleRow]) -> int | None:
        """Give a position below which all is decided; None when it is too early or a writer hangs.

        Every writer that drew a position up to `last_value` held the lock shared, so whoever gets
        it alone afterwards sees what they wrote.
        """
        if monotonic() - self._drained < SETTLE_EVERY:
            return None
        row = conn.execute("SELECT last_value FROM log.events_notification_id_seq").fetchone()
        try:
            with conn.transaction():
                conn.execute("SET LOCAL lock_timeout = '250ms'")
                conn.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER_LOCK])
        except psycopg.errors.LockNotAvailable:
            return None
        finally:
            self._drained = monotonic()
        return int(row[0]) if row else None

    def _settle(self, conn: psycopg.Connection[TupleRow], position: int) -> int:
        """Store the watermark; a crash may forget the last step, which is found again."""
        with conn.transaction():
            conn.execute("SET LOCAL synchronous_commit = off")
            conn.execute(
                "UPDATE log.watermark SET position = %s WHERE position < %s", [position, position]
            )
        return position
