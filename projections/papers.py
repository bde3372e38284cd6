"""Issued papers by their verification code, and access codes by their hash: two public look-ups."""

from collections.abc import Iterable
from typing import Any

from domain.case_numbers import plain
from domain.dispute import facts as dispute
from domain.kernel import Recorded, Voiding
from domain.seeker import facts as seeker
from projections.folding import Case, Follower, Put
from projections.tables import Row, Table

NAME = 'text COLLATE "C" NOT NULL'
PAPERS = Table(
    "papers",
    {
        "document": NAME,
        "case_id": NAME,
        "case_no": NAME,
        "kind": NAME,
        "code": NAME,
        "sha256": NAME,
        "station": NAME,
        "issued_on": "date NOT NULL",
        "recorded_at": "timestamptz NOT NULL",
        "at_position": "bigint NOT NULL",
        "void": "boolean NOT NULL",
    },
    keys=1,
    indexes=("(code)",),
)
ACCESS = Table(
    "access_codes",
    {
        "case_id": NAME,
        "person": NAME,
        "digest": NAME,
        "numbers": "text[] NOT NULL",
    },
    keys=2,
    indexes=("(digest)",),
)
ISSUED = dispute.DocumentIssued | seeker.DocumentIssued
# What can change the numbers that a case is known by.
NUMBERED = (
    dispute.AccessCodeGiven,
    dispute.IntakeAttached,
    dispute.Accepted,
    seeker.AccessCodeGiven,
    seeker.Registered,
)


class PapersView:
    """The rows behind the pages /verify and /progress."""

    name = "papers"
    version = "1"
    tables = (PAPERS, ACCESS)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow both kinds of case."""
        return _Kept() if kind in {"dispute", "seeker"} else None


class _Kept:
    """What was issued of one case so far."""

    def __init__(self) -> None:
        self._papers: dict[str, Row] = {}

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Give the rows that a fact adds or changes."""
        fact, state = recorded.event, case.state
        if isinstance(fact, ISSUED):
            self._papers[fact.document] = (
                case.stream,
                state.case_no,
                fact.kind,
                fact.code,
                fact.sha256,
                state.station,
                recorded.occurred_on,
                recorded.recorded_at,
                fact.at_position,
            )
            yield PAPERS, (fact.document, *self._papers[fact.document], False)
        elif isinstance(fact, Voiding):
            for document, row in self._papers.items():
                yield PAPERS, (document, *row, document not in state.documents)
        if isinstance(fact, NUMBERED):
            yield from _access(case.stream, state)


def _access(stream: str, state: Any) -> Iterable[Put]:
    """Give a row for everybody who holds a code, with all numbers the case is known by."""
    known = [state.case_no, *getattr(state, "intakes", {})]
    numbers = sorted({plain(one) for one in known if one})
    held = state.access if hasattr(state, "intakes") else {state.person: state.access}
    for person, digest in held.items():
        if digest:
            yield ACCESS, (stream, person, digest, numbers)
