"""What a claimant sees of a dispute: the own track only, never the stage of the others."""

from datetime import date
from typing import NamedTuple

from domain.dispute.arithmetic import instalment_balance
from domain.dispute.records import Track
from domain.dispute.state import DisputeState

# Words beyond those of the stage: a claimant who took the request back.
WITHDRAWN = "WITHDRAWN"


class OwnInstalment(NamedTuple):
    """One instalment of one worker, in whole fen."""

    no: int
    due_on: date
    planned: int
    open: int


def own_standing(case: DisputeState, worker: str) -> str:
    """Say where one claimant stands, in the words of the stages; `WITHDRAWN` for who went."""
    record = case.workers[worker]
    if record.track is Track.WITHDRAWN:
        return WITHDRAWN
    if case.closed:
        return "CLOSED"
    if case.suspended_on:
        return "SUSPENDED"
    if record.track is Track.CLAIMED:
        return str(case.procedure)
    if record.track is Track.AGREED and record.agreement is not None:
        paid = case.agreements[record.agreement].paid
        return "PERFORMING" if any(paid.get(no) for no in record.claims) else "AGREED"
    return record.track.name


def own_instalments(case: DisputeState, worker: str) -> list[OwnInstalment]:
    """Give the instalments of a worker's agreement, the own part of each."""
    record = case.workers[worker]
    if record.agreement is None:
        return []
    agreement, own = case.agreements[record.agreement], set(record.claims)
    found = []
    for one in agreement.instalments:
        planned = sum(int(line.amount) for line in one.lines if line.claim in own)
        balance = instalment_balance(agreement, one.no)
        left = sum(int(line.amount) for line in balance if line.claim in own)
        if planned:
            found.append(OwnInstalment(one.no, one.due_on, planned, left))
    return found
