"""Reading services, placements and subsidies: boards of a station, marks of a list, the ledger."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.seeker.records import EMPLOYED
from domain.seeker.standards import (
    HELD,
    MET,
    OPEN,
    OVERDUE,
    Reading,
    Standard,
    in_force,
    read,
    worst,
)
from projections.ranges import CURRENT
from projections.runner import Pool

# Of a case: owner, standard, the day it began, and by kind of service the days it was given.
Service = tuple[str, str, str, Any, Mapping[str, Sequence[str]]]
SILENT_DAYS = 30
LIVE = (*HELD, "PLACED", "STABLE")  # open, so that the person may be called


class Mark(NamedTuple):
    """How a case stands to its standard on a day."""

    case_id: str
    owner: str
    standard: str
    state: str
    readings: Sequence[Reading]


@dataclass
class Desk:
    """What one officer has: cases, their standards, contacts that are due, silence."""

    owner: str
    cases: int = 0
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys((MET, OPEN, OVERDUE), 0))
    contact_overdue: int = 0
    silent: int = 0


class Home(NamedTuple):
    """A household of the board; `clear_by` while it is declared without work."""

    stream: str
    state: str
    district: str
    members: Sequence[str]
    clear_by: date | None
    detail: Mapping[str, Any]


class Money(NamedTuple):
    """A line of the ledger; amounts in fen."""

    case_id: str
    subsidy: int
    station: str
    owner: str
    person: str
    kind: str
    state: str
    applied_on: date
    asked: int
    approved: int
    paid: int
    recovered: int
    months: Sequence[str]
    paid_months: Sequence[str]
    stopped_from: str


class Sums(NamedTuple):
    """The sums of a ledger: lines, persons, asked, approved, paid, recovered."""

    lines: int
    persons: int
    asked: int
    approved: int
    paid: int
    recovered: int


class Job(NamedTuple):
    """A placement that runs, as households ask for it."""

    person: str
    case_id: str
    placement: int
    kind: str
    start_on: date
    verified_on: date | None
    ended_on: date | None
    pay: int | None


MONEY = ", ".join(Money._fields)
JOB = ", ".join(Job._fields)


class AssistanceReader:
    """The reader of the tables of help."""

    def __init__(self, pool: Pool, standards: Callable[[], Sequence[Standard]]) -> None:
        """Take the readers' pool, and the standards with their dates."""
        self._pool, self._standards = pool, standards

    def marks(self, cases: Collection[str], today: date) -> dict[str, Mark]:
        """Say how the cases of a list stand to their standards."""
        if not cases:
            return {}
        where = "case_id = ANY(%(cases)s) AND state = ANY(%(held)s)"
        found = self._marks(where, {"cases": sorted(cases), "held": list(HELD)}, today)
        return {mark.case_id: mark for mark in found}

    def marks_of(self, services: Iterable[Service], today: date) -> dict[str, Mark]:
        """Say it of cases whose services were read with their rows."""
        return {mark.case_id: mark for mark in self._read(services, today)}

    def standing(
        self, stations: Sequence[str] | None, today: date, *, owner: str = "", state: str = ""
    ) -> list[Mark]:
        """List the cases of stations in service by how they stand, the worst first."""
        where = "state = ANY(%(held)s)"
        where += " AND station = ANY(%(stations)s)" if stations is not None else ""
        where += " AND owner = %(owner)s" if owner else ""
        values = {"held": list(HELD), "stations": list(stations or ()), "owner": owner}
        order = {OVERDUE: 0, OPEN: 1, MET: 2}
        found = [m for m in self._marks(where, values, today) if not state or m.state == state]
        return sorted(found, key=lambda m: (order[m.state], m.case_id))

    def desks(self, stations: Sequence[str] | None, today: date) -> list[Desk]:
        """Count by officer: cases, standards met, open, overdue, contacts overdue, silence."""
        found: dict[str, Desk] = {}
        for mark in self.standing(stations, today):
            desk = found.setdefault(mark.owner, Desk(mark.owner))
            desk.cases += 1
            desk.states[mark.state] += 1
        sql = (
            "SELECT c.owner, count(*) FILTER (WHERE d.due_on < %(today)s),"
            " count(*) FILTER (WHERE coalesce(c.contacted_on, c.last_on) < %(silent)s)"
            " FROM wall.caseload c LEFT JOIN wall.deadlines d ON d.case_id = c.case_id"
            f" AND d.rule = 'contact' AND d.{CURRENT} WHERE c.{CURRENT} AND c.kind = 'seeker'"
            " AND c.state = ANY(%(live)s)"
            + (" AND c.station = ANY(%(stations)s)" if stations is not None else "")
            + " GROUP BY c.owner"
        )
        values = {
            "today": today,
            "silent": today - timedelta(days=SILENT_DAYS),
            "live": list(HELD),
            "stations": list(stations or ()),
        }
        with self._pool.connection() as conn:
            for owner, overdue, silent in conn.execute(sql, values).fetchall():
                desk = found.setdefault(owner, Desk(owner))
                desk.contact_overdue, desk.silent = overdue, silent
        return sorted(found.values(), key=lambda desk: (-desk.states[OVERDUE], desk.owner))

    def _marks(self, where: str, values: Mapping[str, Any], today: date) -> list[Mark]:
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT case_id, owner, standard, start_on, given FROM wall.services"
                f" WHERE {CURRENT} AND {where}",
                values,
            ).fetchall()
        return self._read(rows, today)

    def _read(self, services: Iterable[Service], today: date) -> list[Mark]:
        standards = self._standards()
        found = []
        for case, owner, code, start_on, days in services:
            standard = in_force(standards, code, start_on)
            if standard is None:
                continue
            given = {k: [date.fromisoformat(day) for day in v] for k, v in days.items()}
            readings = read(standard, start_on, given, today)
            found.append(Mark(case, owner, code, worst(readings), readings))
        return found

    # Placements ------------------------------------------------------------------------------

    def jobs(self, persons: Collection[str]) -> list[Job]:
        """List the placements of some persons that count as employed, those that ended too."""
        if not persons:
            return []
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {JOB} FROM wall.placements WHERE {CURRENT}"
                " AND person = ANY(%s) AND kind = ANY(%s) ORDER BY person, start_on, case_id",
                [sorted(persons), sorted(EMPLOYED)],
                prepare=True,
            ).fetchall()
        return [Job(*row) for row in rows]

    def working(self, persons: Collection[str]) -> set[str]:
        """Give those of some persons who have a running placement (S-15)."""
        return {job.person for job in self.jobs(persons) if job.ended_on is None}

    def cases_of(self, persons: Collection[str]) -> dict[str, str]:
        """Give the case of each of some persons, an open one before a closed one."""
        if not persons:
            return {}
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT person, case_id FROM wall.services WHERE person = ANY(%s)"
                f" AND {CURRENT} ORDER BY person, state <> 'CLOSED', case_id",
                [sorted(persons)],
                prepare=True,
            ).fetchall()
        return dict(rows)

    def households(self, stations: Sequence[str] | None, limit: int = 500) -> list[Home]:
        """List the households with a member who has a case in these stations."""
        served = ""
        if stations is not None:
            served = (
                " AND EXISTS (SELECT FROM wall.services s WHERE s.person = ANY(d.members)"
                f" AND s.{CURRENT} AND s.station = ANY(%(stations)s))"
            )
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT d.stream, d.state, d.district, d.members, d.until, d.detail"
                f" FROM wall.directory d WHERE d.kind = 'household'{served}"
                " ORDER BY d.until NULLS LAST, d.stream LIMIT %(limit)s",
                {"stations": list(stations or ()), "limit": limit},
            ).fetchall()
        return [Home(*row) for row in rows]

    # Money -----------------------------------------------------------------------------------

    def ledger(
        self,
        stations: Sequence[str] | None,
        *,
        kind: str = "",
        state: str = "",
        position: int | None = None,
        after: str = "",
        limit: int = 50,
    ) -> tuple[list[Money], Sums]:
        """Give a page of the ledger and the sums of all its lines, now or as of a position."""
        valid = CURRENT
        if position is not None:
            valid = "from_position <= %(position)s AND to_position > %(position)s"
        where = valid
        where += " AND station = ANY(%(stations)s)" if stations is not None else ""
        where += " AND kind = %(kind)s" if kind else ""
        where += " AND state = %(state)s" if state else ""
        day, _, rest = after.partition("|")
        case, _, number = rest.partition("|")
        values: dict[str, Any] = {
            "stations": list(stations or ()),
            "kind": kind,
            "state": state,
            "position": position,
            "day": day or None,
            "case": case,
            "number": int(number) if number.isdigit() else 0,
            "limit": limit,
        }
        more = ""
        if day:
            more = " AND (applied_on, case_id, subsidy) < (%(day)s::date, %(case)s, %(number)s)"
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            rows = conn.execute(
                f"SELECT {MONEY} FROM wall.subsidies WHERE {where}{more}"
                " ORDER BY applied_on DESC, case_id DESC, subsidy DESC LIMIT %(limit)s",
                values,
            ).fetchall()
            sums = conn.execute(
                "SELECT count(*), count(DISTINCT person), coalesce(sum(asked), 0),"
                " coalesce(sum(approved), 0), coalesce(sum(paid), 0), coalesce(sum(recovered), 0)"
                f" FROM wall.subsidies WHERE {where}",
                values,
            ).fetchone()
        return [Money(*row) for row in rows], Sums(*map(int, sums or (0,) * 6))
