"""Who holds what: the open cases of an account, and how many of each kind everybody has."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from projections.ranges import CURRENT
from projections.runner import Pool


class Holding(NamedTuple):
    """An open case, its person by id, and who has which role."""

    case: str
    kind: str
    case_no: str
    station: str
    owner: str
    officers: frozenset[str]
    person: str
    state: str
    due_on: date | None


class Holdings:
    """The reader of caseloads, case by case."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def of(self, account: str) -> list[Holding]:
        """Give the open cases that an account is an officer of, by kind, station and number."""
        return self._read("officers @> ARRAY[%s] AND state <> 'CLOSED'", account)

    def cases(self, cases: Collection[str]) -> list[Holding]:
        """Give some cases, closed ones too."""
        return self._read("case_id = ANY(%s)", sorted(cases))

    def counts(self) -> dict[str, tuple[int, int]]:
        """Count the open cases that everybody owns: seekers, disputes."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT owner, count(*) FILTER (WHERE kind = 'seeker'),"
                " count(*) FILTER (WHERE kind = 'dispute') FROM wall.caseload"
                f" WHERE {CURRENT} AND state <> 'CLOSED' AND owner <> '' GROUP BY owner",
                prepare=True,
            ).fetchall()
        return {owner: (seekers, disputes) for owner, seekers, disputes in rows}

    def _read(self, where: str, value: object) -> list[Holding]:
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT case_id, kind, case_no, station, owner, officers, person, state, due_on"
                f" FROM wall.caseload WHERE {CURRENT} AND {where}"
                " ORDER BY kind DESC, station, case_no, case_id",
                [value],
                prepare=True,
            ).fetchall()
        return [
            Holding(case, kind, case_no, station, owner, frozenset(officers), person, state, due_on)
            for case, kind, case_no, station, owner, officers, person, state, due_on in rows
        ]
