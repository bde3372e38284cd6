"""Work lists: what is asked for, and what a page of one gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from domain.calendar import Unit
from projections.runner import Reach

DUE = ("overdue", "today", "tomorrow", "week", "later", "none")


@dataclass(frozen=True, kw_only=True)
class Query:
    """A list asked for; an empty filter lets everything through.

    `stations` None means all. `officer` is on the case as owner or co-worker. `cases` limits the
    list to what a search found. `position` None means now. `silent_since`: last contact (or fact)
    before this day. `assigned_since`: came to its owner on this day or later.
    """

    today: date
    stations: tuple[str, ...] | None = None
    officer: str = ""
    owner: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    cases: tuple[str, ...] | None = None
    person: str = ""
    respondent: str = ""
    offered_to: str = ""
    silent_since: date | None = None
    assigned_since: date | None = None
    hold_until: date | None = None
    due_until: date | None = None
    closed: bool = False
    position: int | None = None
    after: str = ""
    limit: int = 50


class CaseLine(NamedTuple):
    """A row of the caseload; amounts in fen, persons by id."""

    case_id: str
    kind: str
    case_no: str
    station: str
    offered_to: str
    owner: str
    assigned_on: date | None
    officers: tuple[str, ...]
    person: str
    claimants: int
    respondents: tuple[str, ...]
    state: str
    tier: str
    tags: tuple[str, ...]
    next_step: str
    due_on: date | None
    provisional: bool
    opened_on: date | None
    last_on: date | None
    last_verb: str
    contacted_on: date | None
    hold_until: date | None
    claimed: int
    agreed: int
    paid: int
    outstanding: int
    settled_on: date | None
    closed_on: date | None
    outcome: str
    merged_into: str


class Beside(NamedTuple):
    """What a work list shows beside its rows, read with them.

    `names` are those of the first respondents; `services` gives of each case that is served its
    owner, standard, the day it began, and the days of what was given.
    """

    names: Mapping[str, str]
    services: Sequence[tuple[str, str, str, date | None, Mapping[str, Sequence[str]]]]
    reach: Reach


@dataclass(frozen=True)
class Page:
    """A page of a list: rows by due day and number, total, counts by filter, key of the next.

    `tiles` are the counts of other lists that the page shows.
    """

    rows: Sequence[CaseLine]
    total: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    after: str = ""
    tiles: Mapping[str, int] = field(default_factory=dict)
    beside: Beside | None = None


@dataclass(frozen=True)
class DeadlineLine:
    """A running time limit with its arithmetic."""

    case_id: str
    rule: str
    about: str
    start_on: date | None
    due_on: date
    unit: Unit
    provisional: bool
    stopped: bool
    arithmetic: Sequence[Mapping[str, Any]]
    calendar: int
