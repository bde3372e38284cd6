"""What the pages of the caseload need beside the shell.

`yizhan/site_parts.py` puts one `CaseloadParts` into `SiteParts.extra["caseload"]`; without it the
site has none of these pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request

from application.batches import Batches
from application.filters import Filters
from application.handovers import Handovers, Held
from application.store import Done, Stamp, Who
from domain.workload import Load, Suggestion
from projections.clocks import Clocks
from projections.directory_reader import Entry
from projections.hindsight import Hindsight
from projections.holdings import Holding
from projections.today import Today
from projections.workload import Workload
from web.access import parts
from web.visit import who


class Absences(Protocol):
    """Who stands in for whom; `application.accounts.Accounts` is one."""

    def give_delegation(
        self, account: str, *, to: str, from_on: date, to_on: date, stamp: Stamp
    ) -> Done:
        """Let a colleague stand in."""
        ...

    def end_delegation(self, account: str, *, to: str, stamp: Stamp) -> Done:
        """End it before its day."""
        ...


class Delegations(Protocol):
    """The delegations of the office; `projections.directory_reader.DirectoryReader` is one."""

    def delegations(self) -> list[tuple[str, str, date, date]]:
        """List absent, stand-in and both days, the latest first."""
        ...


class Duplicates(Protocol):
    """Who may be one person twice; `yizhan.caseload.PersonDesk` is one."""

    def pairs(self) -> Sequence[tuple[str, str, str]]:
        """Give pairs that may be one person, and why: name or phone."""
        ...

    def compared(self, one: str, other: str) -> Mapping[str, str]:
        """Say field by field whether two are the same, differ, or one is not known."""
        ...

    def family(self, person: str) -> Sequence[str]:
        """Give the survivor of a person with all duplicates merged into it."""
        ...

    def cases(self, person: str) -> Sequence[Holding]:
        """Give the cases of one file."""
        ...

    def merge(self, person: str, *, into: str, stamp: Stamp) -> Done:
        """Let a duplicate go on in another file."""
        ...

    def unmerge(self, person: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Undo a wrong merge."""
        ...

    def tell_apart(self, person: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Record that two are not one."""
        ...


class Worker(NamedTuple):
    """Somebody who works on cases, and how many of each kind are open."""

    account: str
    station: str
    roles: tuple[str, ...]
    seekers: int
    disputes: int


@dataclass(frozen=True)
class CaseloadParts:
    """The services and readers of these pages.

    `held` gives the open cases of an account, `numbered` the numbers of cases, `workers` who holds
    how much, `handovers` those so far, `accounts_with` who has a role on a day, `named` names
    classes and the like, `loads` sums up stations by `points`, `suggested` ranks who could take
    cases of some stations with one of some roles.
    """

    absences: Absences
    delegations: Delegations
    handover: Handovers
    held: Callable[[str], Sequence[Held]]
    numbered: Callable[[Sequence[str]], Mapping[str, str]]
    workers: Callable[[date], Sequence[Worker]]
    handovers: Callable[[], Sequence[Entry]]
    accounts_with: Callable[[str, date], Sequence[str]]
    today: Today
    named: Callable[[Sequence[str]], Mapping[str, str]]
    cases: Callable[[Sequence[str]], Sequence[Holding]]
    batches: Batches
    filters: Filters
    workload: Workload
    loads: Callable[[Sequence[str]], Sequence[Load]]
    points: Callable[[], Mapping[str, int]]
    clocks: Callable[[], Clocks]
    hindsight: Hindsight
    duplicates: Duplicates
    suggested: Callable[[frozenset[str], frozenset[str]], Sequence[Suggestion]]


def caseload(request: Request) -> CaseloadParts:
    """Give the parts of the caseload's pages."""
    found: CaseloadParts = parts(request).extra["caseload"]
    return found


WORKERS = frozenset({"caseworker", "mediator", "station_manager"})


def working(request: Request) -> Who:
    """Let in who works on cases, and give who it is."""
    asker = who(request)
    if not asker.roles & WORKERS:
        raise HTTPException(403)
    return asker


def managing(request: Request) -> Who:
    """Let in who answers for others' cases, and give who it is."""
    asker = who(request)
    if "station_manager" not in asker.roles:
        raise HTTPException(403)
    return asker
