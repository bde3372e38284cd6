"""Who is in which case: every person of a seeker's case or a dispute, by id (F-16, F-27)."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from domain.dispute import DisputeCase
from domain.kernel import Recorded
from projections.folding import Case, Follower, Put
from projections.ranges import CURRENT, NAME
from projections.runner import Pool
from projections.tables import Table

PARTIES = Table(
    "parties",
    {
        "person": f"{NAME} NOT NULL",
        "case_id": f"{NAME} NOT NULL",
        "kind": f"{NAME} NOT NULL",
    },
    keys=2,
)
READABLE = """(%(everything)s OR c.station = ANY(%(stations)s) OR c.offered_to = ANY(%(stations)s)
 OR c.officers && %(accounts)s)"""


class PartiesView:
    """A row for each person of each case; one that was a party stays one."""

    name = "parties"
    version = "1"
    tables = (PARTIES,)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow both kinds of case."""
        return _Parties() if kind in {"seeker", "dispute"} else None


class _Parties:
    def __init__(self) -> None:
        self._known: set[str] = set()

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:  # noqa: ARG002 - the state
        """Show who came in by a fact."""
        persons = _persons(case.state)
        if persons <= self._known:
            return ()
        new = sorted(persons - self._known)
        self._known |= persons
        return [(PARTIES, (person, case.stream, case.kind)) for person in new]


def _persons(state: Any) -> set[str]:
    if isinstance(state, DisputeCase):
        return {*state.workers, state.applicant or ""} - {""}
    return {state.person} - {""}


class Reading(NamedTuple):
    """What somebody may read: own cases, those of stations served, or everything."""

    accounts: Sequence[str]
    stations: Sequence[str]
    everything: bool


class Parties:
    """The reader of who is in which case."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def cases(self, persons: Sequence[str], reading: Reading) -> list[str]:
        """Give the readable cases of persons: in their order, open ones and younger ones first."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT p.case_id FROM wall.parties p"
                f" JOIN wall.caseload c ON c.case_id = p.case_id AND c.{CURRENT}"
                f" WHERE p.person = ANY(%(persons)s) AND {READABLE}"
                " ORDER BY array_position(%(persons)s, p.person), c.state = 'CLOSED',"
                " c.opened_on DESC, p.case_id LIMIT 200",
                {"persons": list(persons), **_values(reading)},
                prepare=True,
            ).fetchall()
        return [case for (case,) in rows]

    def readable(self, cases: Sequence[str], reading: Reading) -> list[str]:
        """Give those of some cases that may be read, in their order."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT c.case_id FROM wall.caseload c WHERE c.{CURRENT}"
                f" AND c.case_id = ANY(%(cases)s) AND {READABLE}",
                {"cases": list(cases), **_values(reading)},
                prepare=True,
            ).fetchall()
        may = {case for (case,) in rows}
        return [case for case in cases if case in may]

    def of(self, person: str) -> list[str]:
        """Give every case of a person, whoever may read it: for what a merge moves."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT case_id FROM wall.parties WHERE person = %s ORDER BY case_id",
                [person],
                prepare=True,
            ).fetchall()
        return [case for (case,) in rows]


def _values(reading: Reading) -> dict[str, Any]:
    return {
        "accounts": list(reading.accounts),
        "stations": list(reading.stations),
        "everything": reading.everything,
    }
