"""The criteria of hardship that are in force, entered as new versions, and decisions replayed.

A version that stands is never changed: decisions cite it, and a replay reads a decision again
under its own version and beside another one (F-30).
"""

import json
import threading
from collections.abc import Sequence
from datetime import date
from time import monotonic
from typing import NamedTuple

from psycopg.errors import UniqueViolation
from psycopg_pool import ConnectionPool

from application.assistance_desk import Outside
from application.rights import check
from application.store import Stamp, Store
from domain.kernel import N_, Aggregate, Dated, Refused
from domain.seeker import SeekerCase, facts
from domain.seeker.criteria import (
    SHIPPED,
    Category,
    Criteria,
    Finding,
    cited,
    findings,
    kinds,
    met,
)

REFRESH = 5.0  # seconds that another process's entry may take to be seen here
RIGHT = "settings.manage"
PROVINCE = "44"


class CriteriaBook:
    """The versions as shipped and as entered by the place."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool; the table is small and read whole."""
        self._pool, self._lock = pool, threading.Lock()
        self._read_at = -REFRESH
        self._versions: Sequence[Criteria] = SHIPPED

    def versions(self) -> Sequence[Criteria]:
        """Give every version by its first day."""
        if monotonic() - self._read_at >= REFRESH:
            with self._lock, self._pool.connection() as conn:
                rows = conn.execute(
                    "SELECT version, from_on, body FROM office.criteria ORDER BY from_on"
                ).fetchall()
                self._versions = tuple(
                    sorted((*SHIPPED, *map(_read, rows)), key=lambda one: one.from_on)
                )
                self._read_at = monotonic()
        return self._versions

    def enter(
        self,
        *,
        version: str,
        from_on: date,
        categories: Sequence[Category],
        source: str,
        stamp: Stamp,
        enough: int = 2,
    ) -> Criteria:
        """Enter a version that holds from a day on; `enough` kinds of level 2 stand for one.

        Raises `Refused` O-10 where number or day are taken, or the day is no later than today.
        """
        check(stamp.who, RIGHT, Aggregate(), "")
        _check_new(self.versions(), version, from_on, stamp.occurred_on)
        made = Criteria(
            version.strip(), from_on, PROVINCE, kinds(categories), {1: 1, 2: enough}, source.strip()
        )
        body = {
            "categories": [list(one) for one in made.categories.values()],
            "enough": enough,
            "source": made.source,
        }
        try:
            with self._pool.connection() as conn:
                conn.execute(
                    "INSERT INTO office.criteria (version, from_on, body, entered_by)"
                    " VALUES (%s, %s, %s, %s)",
                    [made.version, from_on, json.dumps(body), stamp.actor],
                )
        except UniqueViolation as taken:
            raise _taken(version) from taken
        self._read_at = -REFRESH
        return made


def _check_new(versions: Sequence[Criteria], version: str, from_on: date, today: date) -> None:
    if not version.strip():
        raise Refused(rule="O-10", text=N_("请填写文号。"), field="version")
    if any(one.version == version.strip() or one.from_on == from_on for one in versions):
        raise _taken(version)
    if from_on <= today:
        raise Refused(
            rule="O-10",
            text=N_("新的认定标准须自今天以后生效，已生效的标准不能更改。"),
            field="from_on",
        )


def _taken(version: str) -> Refused:
    return Refused(
        rule="O-10",
        text=N_("文号“{version}”或生效日期已有认定标准，标准一经登记不能更改。"),
        field="version",
        version=version,
    )


def _read(row: tuple[str, date, dict[str, object]]) -> Criteria:
    """Read a version as stored."""
    version, from_on, body = row
    rows: Sequence[Sequence[object]] = body["categories"]  # type: ignore[assignment]  # as written
    enough = {1: 1, 2: int(str(body["enough"]))}
    return Criteria(
        version,
        from_on,
        PROVINCE,
        kinds(Category(*one) for one in rows),  # type: ignore[arg-type]  # as written
        enough,
        str(body["source"]),
    )


class Outcome(NamedTuple):
    """What one version says of the person on the day of the decision."""

    criteria: Criteria
    findings: Sequence[Finding]

    @property
    def met(self) -> bool:
        """Whether everything is met."""
        return met(self.findings)


class Replayed(NamedTuple):
    """A decision read again: what was decided, under its own version, beside another one.

    `cited` is None where the version is unknown (an old register), `other` where none is asked.
    """

    hardship: int
    decided_on: date
    recognised: bool
    version: str
    cited: Outcome | None
    other: Outcome | None

    @property
    def differing(self) -> list[str]:
        """Name the checks on which the two versions differ."""
        if not (self.cited and self.other):
            return []
        pairs = zip(self.cited.findings, self.other.findings, strict=True)
        return [a.check for a, b in pairs if (a.refused is None) != (b.refused is None)]


class HardshipReplay:
    """Reads decisions of recognition again."""

    def __init__(self, store: Store, outside: Outside) -> None:
        """Take the log, and what stands outside a case."""
        self._store, self._outside = store, outside

    def replay(
        self, case: str, hardship: int, *, beside: str = "", category: str = ""
    ) -> Replayed | None:
        """Hold the facts known at the decision against its version and another one (F-30).

        `category` is the exact one where the reader may see it, else the group is used. None:
        nothing was decided under this number, or the person's data is erased.
        """
        history = self._store.load(SeekerCase, case).facts_in_force()
        place = next((n for n, (fact, _) in enumerate(history) if _decides(fact, hardship)), None)
        if place is None:
            return None
        decided, on = history[place]
        version: str = decided.criteria  # type: ignore[attr-defined]  # found by `_decides`
        state = SeekerCase().fold(_plain(history[:place]))
        birth = self._outside.birth(state.person)
        if birth is None:
            return None
        applied = state.hardships[hardship]
        about = state.situation(on, birth, category or applied.group, applied.job_category)
        about = about._replace(also=applied.also)
        versions = self._outside.criteria()
        own, other = cited(versions, version), cited(versions, beside)
        return Replayed(
            hardship,
            on,
            isinstance(decided, facts.HardshipRecognised),
            version,
            Outcome(own, findings(own, about)) if own else None,
            Outcome(other, findings(other, about)) if other else None,
        )


Decision = facts.HardshipRecognised | facts.HardshipRefused


def _decides(fact: object, hardship: int) -> bool:
    return isinstance(fact, Decision) and fact.hardship == hardship


def _plain(history: Sequence[Dated]) -> Sequence[Dated]:
    """Leave out amendments: the facts read as they read today already."""
    return [
        (fact, on)
        for fact, on in history
        if not isinstance(fact, facts.RecordCorrected | facts.FactVoided)
    ]
