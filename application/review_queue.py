"""The review queue 自助申请: what terminals added, looked at by staff, taken over or declined.

Opening an entry is written into the read log. Whoever handles one closes it, and what was typed is
wiped in the same statement: what is needed stands in the person's file by then (ADR 0022).
"""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg_pool import ConnectionPool

from application.devices import check
from application.people.reads import ReadLog
from application.people.sealing import Box
from application.store import Who
from domain.kernel import N_, Refused
from domain.terminal import BOOKED, CALLED, OPEN, WAITING, check_step, receipt

RIGHT = "queue.review"
KEPT_DAYS = 30  # nobody has handled it for so long: what was typed is wiped all the same
_COLUMNS = (
    "id, station, kind, matter, slot, day, number, state, received_at, handled_by, handled_at,"
    " reason, result, sealed IS NOT NULL"
)


class Application(NamedTuple):
    """An entry of the queue, without what was typed."""

    id: uuid.UUID
    station: str
    kind: str
    matter: str
    slot: str
    day: date
    number: int
    state: str
    received_at: datetime
    handled_by: str | None
    handled_at: datetime | None
    reason: str
    result: str
    holds_data: bool

    @property
    def receipt(self) -> str:
        """The number that the person has in hand."""
        return receipt(self.kind, self.matter, self.number)


class ReviewQueue:
    """The staff's side of the queue."""

    def __init__(self, pool: ConnectionPool, box: Box, reads: ReadLog) -> None:
        """Take the writer's pool, what opens the sealed part, and the read log."""
        self._pool, self._box, self._reads = pool, box, reads

    def waiting(self, stations: Collection[str]) -> list[Application]:
        """List what is open at some stations: visits of today first, then by time."""
        self._wipe_old()
        return self._read(
            "station = ANY(%s) AND state = ANY(%s)"
            " ORDER BY kind <> 'call', kind NOT IN ('ticket'), received_at LIMIT 500",
            [sorted(stations), sorted(OPEN)],
        )

    def open_count(self, stations: Collection[str]) -> int:
        """Count what is open at some stations: the line on the page of today."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT count(*) FROM office.applications"
                " WHERE station = ANY(%s) AND state = ANY(%s)",
                [sorted(stations), sorted(OPEN)],
                prepare=True,
            ).fetchone()
        return int(row[0]) if row else 0

    def handled(self, stations: Collection[str], day: date) -> list[Application]:
        """List what came in on a day and is done."""
        return self._read(
            "station = ANY(%s) AND day = %s AND NOT state = ANY(%s) ORDER BY number LIMIT 500",
            [sorted(stations), day, sorted(OPEN)],
        )

    def entry(self, who: Who, entry: str) -> Application | None:
        """Give one entry of a station that the asker serves."""
        try:
            found = self._read("id = %s", [uuid.UUID(entry)])
        except ValueError:
            return None
        if not found:
            return None
        check(who, found[0].station, RIGHT)
        return found[0]

    def typed(self, who: Who, entry: Application) -> Mapping[str, Any]:
        """Open what was typed; the look is logged first."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT sealed FROM office.applications WHERE id = %s", [entry.id]
            ).fetchone()
        if row is None or row[0] is None:
            return {}
        self._reads.write(
            "view", who, stream=f"application-{entry.id}", field_class="application", route="queue"
        )
        found: dict[str, Any] = json.loads(self._box.open(bytes(row[0]), str(entry.id)))
        return found

    def step(
        self, who: Who, entry: str, step: str, *, reason: str = "", result: str = ""
    ) -> Application:
        """Take, decline, book, call, serve or miss; what ends an entry wipes it (T-06).

        The same step by the same person again, with the same result, changes nothing.
        """
        found = self.entry(who, entry)
        if found is None:
            raise Refused(rule="T-06", text=N_("这条申请已经处理过，或不能这样处理。"))
        if found.handled_by == who.account and result and found.result == result:
            return found
        state = check_step(found.kind, found.state, step, reason=reason)
        with self._pool.connection() as conn:
            done = conn.execute(
                "UPDATE office.applications SET state = %(state)s, handled_by = %(who)s,"
                " handled_at = log.now(), reason = %(reason)s, result = %(result)s,"
                " sealed = CASE WHEN %(open)s THEN sealed END"
                " WHERE id = %(id)s AND state = %(before)s",
                {
                    "state": state,
                    "who": who.account,
                    "reason": reason,
                    "result": result,
                    "open": state in OPEN,
                    "id": found.id,
                    "before": found.state,
                },
            ).rowcount
        if not done:
            raise Refused(rule="T-06", text=N_("这条申请已经处理过，或不能这样处理。"))
        return found._replace(state=state, handled_by=who.account, reason=reason, result=result)

    def taken(self, who: Who, application: str, case: str) -> None:
        """Close the entry that a case was registered from: what was typed stands there now."""
        self.step(who, application, "take", result=case)

    def call_next(self, who: Who, station: str, matters: Sequence[str] = ()) -> Application | None:
        """Call the next place in the queue in one step; None when nobody waits (F-49)."""
        check(who, station, RIGHT)
        with self._pool.connection() as conn:
            row = conn.execute(
                "UPDATE office.applications SET state = %s, handled_by = %s, handled_at = log.now()"
                " WHERE id = (SELECT id FROM office.applications WHERE station = %s AND state = %s"
                "  AND kind = 'ticket' AND (%s OR matter = ANY(%s))"
                "  ORDER BY received_at, number LIMIT 1 FOR UPDATE SKIP LOCKED)"
                f" RETURNING {_COLUMNS}",
                [CALLED, who.account, station, WAITING, not matters, list(matters)],
            ).fetchone()
        return Application(*row) if row else None

    def called(self, stations: Collection[str], day: date) -> list[Application]:
        """List the numbers called today, the latest first: what a screen may show."""
        return self._read(
            "station = ANY(%s) AND day = %s AND kind = 'ticket' AND state = %s"
            " ORDER BY handled_at DESC, number DESC LIMIT 4",
            [sorted(stations), day, CALLED],
        )

    def booked(self, stations: Collection[str], day: date) -> list[Application]:
        """List the appointments of a day."""
        return self._read(
            "station = ANY(%s) AND state = %s AND slot LIKE %s ORDER BY slot, number",
            [sorted(stations), BOOKED, f"{day.isoformat()}%"],
        )

    def _wipe_old(self) -> None:
        """Wipe what nobody has handled in time; the entry itself stays, as expired."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.applications SET state = 'expired', sealed = NULL"
                " WHERE sealed IS NOT NULL AND received_at < log.now() - make_interval(days => %s)",
                [KEPT_DAYS],
            )

    def _read(self, where: str, values: Sequence[object]) -> list[Application]:
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {_COLUMNS} FROM office.applications WHERE {where}", values, prepare=True
            ).fetchall()
        return [Application(*row) for row in rows]
