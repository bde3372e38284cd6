"""Sessions 调解会: a row each with its room, mediator and hours, for the calendar of bookings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.dispute import DisputeCase
from domain.kernel import Recorded
from projections.folding import Case, Follower, Put
from projections.ranges import CURRENT, NAME, Ranges, ranged
from projections.runner import Pool

SESSIONS = ranged(
    "sessions",
    {"case_id": NAME, "session": "integer"},
    {
        "case_no": f"{NAME} NOT NULL",
        "station": f"{NAME} NOT NULL",
        "mediator": f"{NAME} NOT NULL",
        "room": f"{NAME} NOT NULL",
        "held_on": "date NOT NULL",
        "from_at": "text NOT NULL",
        "to_at": "text NOT NULL",
        "standing": f"{NAME} NOT NULL",
    },
    indexes=(
        f"(station, held_on) WHERE {CURRENT}",
        "(station, held_on, from_position, to_position)",
    ),
)
TOPICS = ("dispute.session_", "dispute.transferred", "dispute.accepted")
AMENDING = (".record_corrected", ".fact_voided")


class SessionsView:
    """The sessions of every dispute."""

    name = "sessions"
    version = "1"
    tables = (SESSIONS,)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow disputes."""
        return _Sessions() if kind == "dispute" else None


class _Sessions:
    def __init__(self) -> None:
        self._ranges = Ranges(SESSIONS)

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show the sessions as they stand after a fact that can move one."""
        topic = recorded.event.TOPIC
        if not topic.startswith(TOPICS) and not topic.endswith(AMENDING):
            return ()
        return self._ranges.show(recorded.position, _rows(case.stream, case.state))


def _rows(stream: str, state: DisputeCase) -> dict[Any, Any]:
    return {
        (stream, one.no): (
            state.case_no,
            state.station,
            one.mediator,
            one.room or "",
            one.on,
            one.from_at,
            one.to_at,
            one.standing,
        )
        for one in state.sessions.values()
        if one.from_at
    }


@dataclass(frozen=True)
class Booking:
    """A session in the calendar; `standing` is scheduled, held, missed or cancelled."""

    case_id: str
    session: int
    case_no: str
    station: str
    mediator: str
    room: str
    held_on: date
    from_at: str
    to_at: str
    standing: str


COLUMNS = ", ".join(Booking.__dataclass_fields__)


class SessionsReader:
    """Reads the calendar of bookings, now or as of a position."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def between(
        self, stations: Sequence[str], first: date, last: date, *, position: int | None = None
    ) -> list[Booking]:
        """Give the sessions of some stations from one day to another, by their hours."""
        valid = CURRENT
        if position is not None:
            valid = "from_position <= %(position)s AND to_position > %(position)s"
        sql = (
            f"SELECT {COLUMNS} FROM wall.sessions WHERE {valid} AND station = ANY(%(stations)s)"
            " AND held_on BETWEEN %(first)s AND %(last)s"
            " ORDER BY held_on, from_at, case_id, session"
        )
        asked = {"stations": list(stations), "first": first, "last": last, "position": position}
        with self._pool.connection() as conn:
            return [Booking(*row) for row in conn.execute(sql, asked).fetchall()]
