"""Open cases that a new intake may be about: same respondent, same worker, overlapping months."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from starlette.requests import Request

from application.store import Who
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from projections.lists import CaseLine, Query
from web.access import parts
from web.case_page import may_read
from web.visit import who

MOST = 20  # open cases against one employer that are looked at


class Twin(NamedTuple):
    """An open case that may be the same fact: what one sees of it, and what speaks for it.

    `same` says that the worker claims there for the same time: D-12 lets no second case open.
    """

    case: str
    number: str
    state: str
    workers: int
    claimed: int
    months: str
    opened_on: date | None
    channels: Sequence[str]
    claimant: bool
    overlaps: bool
    same: bool
    joinable: bool

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Order the most alike first."""
        return not self.same, not self.claimant, not self.overlaps


class Twins(NamedTuple):
    """What was found: cases that may be shown, and how many other stations have."""

    shown: Sequence[Twin]
    elsewhere: int

    @property
    def same(self) -> Twin | None:
        """The case that forbids a second one."""
        return next((one for one in self.shown if one.same), None)


def twins(request: Request, *, employer: str, person: str, claims: Sequence[ClaimRow]) -> Twins:
    """Look among the open cases against an employer."""
    if not employer:
        return Twins((), 0)
    own, asker = parts(request), who(request)
    query = Query(today=own.today(), respondent=employer, kinds=("dispute",), limit=MOST)
    found: list[Twin] = []
    elsewhere = 0
    for line in own.caseload.page(query).rows:
        state = own.store.load(DisputeCase, line.case_id)
        if may_read(asker, state):
            found.append(_twin(asker, line, state, person, claims))
        else:
            elsewhere += 1
    return Twins(sorted(found, key=lambda one: one.rank), elsewhere)


def _twin(
    asker: Who, line: CaseLine, state: DisputeCase, person: str, claims: Sequence[ClaimRow]
) -> Twin:
    spans = [(c.from_on, c.to_on) for c in state.claims.values()]
    own = [(c.from_on, c.to_on) for c in state.claims.values() if person and c.worker == person]
    months = ""
    if spans:
        months = f"{min(s[0] for s in spans):%Y-%m} – {max(s[1] for s in spans):%Y-%m}"
    served = asker.stations | {asker.station}
    return Twin(
        case=line.case_id,
        number=state.case_no,
        state=state.standing,
        workers=len(state.active),
        claimed=int(state.totals.claimed),
        months=months,
        opened_on=line.opened_on,
        channels=tuple(dict.fromkeys(one.channel for one in state.intakes.values())),
        claimant=person in state.workers,
        overlaps=_meet(spans, claims),
        same=_meet(own, claims),
        joinable=state.station in served and state.why_not("attach_intake") is None,
    )


def _meet(spans: Sequence[tuple[date, date]], claims: Sequence[ClaimRow]) -> bool:
    return any(
        first <= claim.to_on and claim.from_on <= last for first, last in spans for claim in claims
    )
