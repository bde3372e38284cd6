"""Reading the outbox: of a case, of stations, what waits, what asks for somebody's care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from projections.outbox import MESSAGES
from projections.runner import Pool

PAGE = 50
MOST_OF_CASE = 200
COLUMNS = ", ".join(MESSAGES.names)
# Failed, unknown, or without a receipt for too long, and nobody has done anything about it. A mail
# server gives no receipts: nobody is reminded of what cannot come.
CARE = (
    "settled = '' AND repeated_as = '' AND (state IN ('failed', 'unknown')"
    " OR (state = 'handed_over' AND adapter <> 'smtp' AND changed_at < %(late)s))"
)


@dataclass(frozen=True)
class Line:
    """A message as the lists show it."""

    message: str
    case_id: str
    person: str
    station: str
    account: str
    channel: str
    occasion: str
    state: str
    reason: str
    adapter: str
    attempts: int
    settled: str
    retry_of: str
    repeated_as: str
    queued_at: datetime
    queued_position: int
    next_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Asked:
    """What the outbox page shows: of which stations or senders, in which state, by which channel.

    `late` is the moment before which a hand-over should have had its receipt.
    """

    late: datetime
    stations: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    state: str = ""
    channel: str = ""
    before: int = 0
    limit: int = PAGE


class Queue(NamedTuple):
    """How many messages wait, and since when the oldest could have gone."""

    waiting: int
    oldest: datetime | None


class OutboxReader:
    """The reader of `wall.messages`."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def of_case(self, case: str) -> list[Line]:
        """Give the messages of a case, the youngest first."""
        return self._lines(
            "case_id = %(case)s ORDER BY queued_position DESC LIMIT %(most)s",
            {"case": case, "most": MOST_OF_CASE},
        )

    def one(self, message: str) -> Line | None:
        """Give one message."""
        return next(iter(self._lines("message = %(message)s", {"message": message})), None)

    def page(self, asked: Asked) -> list[Line]:
        """Give a page of the outbox, the youngest first; one row more says that there are more."""
        where = " AND ".join(_where(asked))
        if asked.before:
            where += " AND queued_position < %(before)s"
        return self._lines(f"{where} ORDER BY queued_position DESC LIMIT %(limit)s", _values(asked))

    def counts(self, asked: Asked) -> dict[str, int]:
        """Count the messages by state, and under "care" those that ask for somebody's care."""
        where = " AND ".join(_where(asked, state=False))
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT state, count(*), count(*) FILTER (WHERE {CARE}) FROM wall.messages"
                f" WHERE {where} GROUP BY state",
                _values(asked),
            ).fetchall()
        found = {state: count for state, count, _ in rows}
        return found | {"care": sum(care for _, _, care in rows)}

    def totals(self) -> dict[str, int]:
        """Count all messages by state."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT state, count(*) FROM wall.messages GROUP BY state"
            ).fetchall()
        return dict(rows)

    def due(self, now: datetime, most: int) -> list[tuple[str, str]]:
        """Give message and station of what may go out now, the longest waiting first."""
        with self._pool.connection() as conn:
            return conn.execute(
                "SELECT message, station FROM wall.messages WHERE state = 'queued'"
                " AND next_at <= %s ORDER BY next_at, queued_position LIMIT %s",
                [now, most],
                prepare=True,
            ).fetchall()

    def unanswered(self, now: datetime, most: int) -> list[tuple[str, str]]:
        """Give some of the messages of the last three days that wait for a receipt.

        By chance, so that none is asked for ever and others never.
        """
        with self._pool.connection() as conn:
            return conn.execute(
                "SELECT message, station FROM wall.messages WHERE state = 'handed_over'"
                " AND changed_at > %s ORDER BY random() LIMIT %s",
                [now - timedelta(days=3), most],
            ).fetchall()

    def queue(self, now: datetime) -> Queue:
        """Say how long the queue is, and since when its oldest message could have gone."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT count(*), min(next_at) FILTER (WHERE next_at <= %s) FROM wall.messages"
                " WHERE state = 'queued'",
                [now],
            ).fetchone()
        return Queue(*row) if row else Queue(0, None)

    def _lines(self, where: str, values: dict[str, Any]) -> list[Line]:
        with self._pool.connection() as conn:
            rows: Sequence[tuple[Any, ...]] = conn.execute(
                f"SELECT {COLUMNS} FROM wall.messages WHERE {where}", values
            ).fetchall()
        return [Line(*row) for row in rows]


def _where(asked: Asked, *, state: bool = True) -> list[str]:
    """Write the conditions of a list; nobody sees another station's by leaving the filter out."""
    found = ["(station = ANY(%(stations)s) OR account = ANY(%(accounts)s))"]
    if asked.channel:
        found.append("channel = %(channel)s")
    if state and asked.state == "care":
        found.append(CARE)
    elif state and asked.state:
        found.append("state = %(state)s")
    return found


def _values(asked: Asked) -> dict[str, Any]:
    return {
        "late": asked.late,
        "stations": list(asked.stations),
        "accounts": list(asked.accounts),
        "state": asked.state,
        "channel": asked.channel,
        "before": asked.before,
        "limit": asked.limit + 1,
    }
