"""Instalments that are not paid in full yet, across the cases of a station, by their due day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from projections.ranges import FOREVER
from projections.runner import Pool

MOST = 200


@dataclass(frozen=True)
class Due:
    """An unpaid instalment; `outstanding` is what is open in the whole case, in fen."""

    case_id: str
    case_no: str
    owner: str
    respondents: Sequence[str]
    claimants: int
    outstanding: int
    due_on: date
    about: str
    state: str = ""

    def in_time_for_default(self, today: date) -> bool:
        """Say whether default is the next step: its day is over and nobody has recorded it yet."""
        return self.due_on < today and self.state != "DEFAULTED"

    @property
    def agreement(self) -> str:
        """The number of the agreement."""
        return self.about.partition("/")[0]

    @property
    def instalment(self) -> str:
        """The number of the instalment in it."""
        return self.about.partition("/")[2]


class InstalmentsReader:
    """Reads what falls due, now or as of a position."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def due(
        self,
        stations: Sequence[str],
        *,
        owner: str = "",
        until: date | None = None,
        position: int | None = None,
    ) -> list[Due]:
        """Give the unpaid instalments of some stations, the oldest first, at most `MOST`."""
        at = FOREVER - 1 if position is None else position
        valid = "{0}.from_position <= %(at)s AND {0}.to_position > %(at)s"
        if position is None:
            valid = "{0}.to_position = " + str(FOREVER)
        sql = (
            "SELECT d.case_id, c.case_no, c.owner, c.respondents, c.claimants, c.outstanding,"
            " d.due_on, d.about, c.state FROM wall.deadlines d JOIN wall.caseload c"
            f" ON c.case_id = d.case_id AND {valid.format('c')}"
            f" WHERE d.rule = 'DL-06' AND {valid.format('d')} AND c.station = ANY(%(stations)s)"
            " AND c.merged_into = '' AND (%(owner)s = '' OR c.owner = %(owner)s)"
            " AND (%(until)s::date IS NULL OR d.due_on <= %(until)s)"
            " ORDER BY d.due_on, d.case_id, d.about LIMIT %(most)s"
        )
        asked = {
            "stations": list(stations),
            "owner": owner,
            "until": until,
            "at": at,
            "most": MOST,
        }
        with self._pool.connection() as conn:
            return [Due(*row) for row in conn.execute(sql, asked).fetchall()]
