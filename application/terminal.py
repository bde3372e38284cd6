"""What a terminal may do: append an entry to the review queue, and nothing else (F-106).

There is no way back out of here: `append` gives the number that the person keeps, and the same
number again for the same form. What was typed is sealed before it reaches the database.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from psycopg_pool import ConnectionPool

from application.devices import Device
from application.people.sealing import Box
from domain.kernel import N_, Refused
from domain.terminal import QUESTIONS, check_answer, receipt

CLEAR = frozenset({"matter", "slot"})  # what the queue is sorted by; it says nothing of a person
MOST_WAITING = 500  # entries of one station that nobody has handled: more is not a queue


class Terminal:
    """The terminals' door to the queue, `office.applications`."""

    def __init__(
        self, pool: ConnectionPool, box: Box, *, slots: Callable[[date], tuple[str, ...]]
    ) -> None:
        """Take the writer's pool, what seals, and the times that may be chosen."""
        self._pool, self._box, self.slots = pool, box, slots

    def append(
        self, device: Device, *, command: str, kind: str, answers: Mapping[str, Any], today: date
    ) -> str:
        """Add an entry; give the number on the receipt (T-05)."""
        entry = self._entry(command)
        if kind not in QUESTIONS:
            raise Refused(rule="T-05", text=N_("终端上没有这一项。"))
        checked = {
            question: check_answer(
                question, answers.get(question), on=today, slots=self.slots(today)
            )
            for question in QUESTIONS[kind]
        }
        clear = {name: str(checked.get(name, "")) for name in CLEAR}
        secret = {name: value for name, value in checked.items() if name not in CLEAR and value}
        sealed = self._box.seal(json.dumps(secret).encode(), str(entry)) if secret else None
        number = self._insert(device, entry, kind=kind, clear=clear, sealed=sealed, today=today)
        return receipt(kind, clear["matter"], number)

    def _entry(self, command: str) -> uuid.UUID:
        try:
            return uuid.UUID(command)
        except ValueError:
            raise Refused(rule="F-00", text=N_("表单缺少编号，请重新打开此页。")) from None

    def _insert(
        self,
        device: Device,
        entry: uuid.UUID,
        *,
        kind: str,
        clear: Mapping[str, str],
        sealed: bytes | None,
        today: date,
    ) -> int:
        """Draw the next number of the station's day and add the row, once an entry."""
        with self._pool.connection() as conn, conn.transaction():
            conn.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"application {device.station}"],
            )
            known = conn.execute(
                "SELECT number FROM office.applications WHERE id = %s AND device = %s",
                [entry, device.id],
            ).fetchone()
            if known:
                return int(known[0])
            last, waiting = conn.execute(
                "SELECT coalesce(max(number) FILTER (WHERE day = %s), 0),"
                " count(*) FILTER (WHERE state = 'waiting') FROM office.applications"
                " WHERE station = %s AND (day = %s OR state = 'waiting')",
                [today, device.station, today],
            ).fetchone() or (0, 0)
            if waiting >= MOST_WAITING:
                raise Refused(rule="T-05", text=N_("等待办理的申请太多，请到窗口办理。"))
            conn.execute(
                "INSERT INTO office.applications"
                " (id, station, device, kind, matter, slot, day, number, sealed)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    entry,
                    device.station,
                    device.id,
                    kind,
                    clear["matter"],
                    clear["slot"],
                    today,
                    last + 1,
                    sealed,
                ],
            )
        return int(last) + 1
