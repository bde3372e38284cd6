"""Handover of a whole caseload: planned, carried out in a few appends, undone as one (F-79)."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from application.ids import new_stream
from application.store import Done, Part, Stamp, Store, Who
from domain.dispute import DisputeCase
from domain.handover import Case, Handover, Left, Move, give_back, hand_over
from domain.kernel import Event, Refused
from domain.seeker import SeekerCase

NAMESPACE = uuid.UUID("4b1f6e0c-7a52-5d1e-8f3a-59495a48414e")
CHUNK = 100  # cases an append: each one is far below the limit of a command
KINDS: Mapping[str, type[Case]] = {"seeker": SeekerCase, "dispute": DisputeCase}
# The roles that may hold a case of a kind.
HOLDERS = {
    "seeker": frozenset({"caseworker", "station_manager"}),
    "dispute": frozenset({"mediator", "station_manager"}),
}


class Held(NamedTuple):
    """An open case that somebody holds: its kind, number and station, and who has which role."""

    case: str
    kind: str
    case_no: str
    station: str
    owner: str
    officers: frozenset[str]

    def role(self, account: str) -> str:
        """Give the role of an account on the case, or ""."""
        if account == self.owner:
            return "owner"
        return "co_worker" if account in self.officers else ""


class Step(NamedTuple):
    """One move of a preview: the case, its receiver, and why the receiver cannot take it."""

    held: Held
    to: str
    lacks: str = ""  # "" fits; "role" or "station" say what is missing


def kind_of(case: str) -> str:
    """Give the kind of a case by its stream."""
    return case.partition("-")[0]


def lacks(receiver: Who | None, held: Held) -> str:
    """Say what a receiver lacks for a case: "role", "station", or "" when it fits."""
    if receiver is None or not receiver.roles & HOLDERS[held.kind]:
        return "role"
    return "" if held.station in receiver.stations | {receiver.station} else "station"


class Handovers:
    """What may be asked about handing over a caseload."""

    def __init__(
        self,
        store: Store,
        held: Callable[[str], Sequence[Held]],
        who: Callable[[str], Who | None],
    ) -> None:
        """Take the store, the open cases that an account holds, and who somebody is today."""
        self._store, self._held, self._who = store, held, who

    def preview(
        self, account: str, receivers: Mapping[tuple[str, str], Sequence[str]]
    ) -> list[Step]:
        """Say what goes where: `receivers` by kind and station, several take turns."""
        known = {one: self._who(one) for chosen in receivers.values() for one in chosen}
        turns = dict.fromkeys(receivers, 0)
        steps = []
        for held in self._held(account):
            chosen = receivers.get((held.kind, held.station), ())
            to = chosen[turns[held.kind, held.station] % len(chosen)] if chosen else ""
            if to:
                turns[held.kind, held.station] += 1
            steps.append(Step(held, to, lacks(known.get(to), held) if to else ""))
        return steps

    def hand_over(
        self,
        account: str,
        *,
        receivers: Mapping[tuple[str, str], Sequence[str]],
        reason: str,
        stamp: Stamp,
    ) -> Done:
        """Plan, move every case that fits, report; sent again it goes on where it stopped.

        The handover is the first of `Done.streams`.
        """
        stream = new_stream("handover")

        def plan(handover: Handover) -> list[Event]:
            fitting = [s for s in self.preview(account, receivers) if s.to and not s.lacks]
            moves = [
                Move(
                    case=step.held.case,
                    role=step.held.role(account),
                    to=step.to,
                    had=step.held.role(step.to),
                )
                for step in fitting
            ]
            return handover.plan(account=account, reason=reason, moves=moves)

        planned = self._store.decide(stamp, Part(Handover, stream, plan, "case.reassign"))
        return self.carry_on(planned.streams[0], stamp)

    def undo(self, handover: str, *, reason: str, stamp: Stamp) -> Done:
        """Give every case back that moved, and report."""
        self._store.decide(
            stamp,
            Part(Handover, handover, lambda h: h.begin_undo(reason=reason), "case.reassign"),
        )
        return self.carry_on(handover, stamp)

    def carry_on(self, handover: str, stamp: Stamp) -> Done:
        """Do what a handover or its undo has still to do; a finished one has nothing."""
        state = self._store.load(Handover, handover)
        if state.standing == "planned":
            left, last = self._each(handover, state, state.moves, stamp, back=False)
            decision = lambda h: h.carry_out(left=left)  # noqa: E731 - handed on below
        elif state.standing == "undoing":
            left, last = self._each(handover, state, state.moved, stamp, back=True)
            decision = lambda h: h.end_undo(left=left)  # noqa: E731 - handed on below
        else:
            return Done(0, (handover,))
        done = self._store.decide(
            _derived(stamp, handover, f"{state.standing}/end"),
            Part(Handover, handover, decision, "case.reassign"),
        )
        return Done(max(done.position, last), (handover,))

    def _each(
        self, handover: str, state: Handover, moves: Sequence[Move], stamp: Stamp, *, back: bool
    ) -> tuple[list[Left], int]:
        """Move case by case, a hundred an append; give what stayed and the last position."""
        left: dict[str, Left] = {}
        last = 0
        reason = state.undo_reason if back else state.reason
        ask = give_back if back else hand_over

        def part(move: Move) -> Part[Case]:
            def decide(case: Case) -> list[Event]:
                left.pop(move.case, None)
                named = case.named(move.case) if isinstance(case, DisputeCase) else case
                try:
                    return ask(named, move, account=state.account, reason=reason)
                except Refused as refused:
                    left[move.case] = Left(case=move.case, rule=refused.rule)
                    return []

            return Part(KINDS[kind_of(move.case)], move.case, decide, "case.reassign")

        for number, chunk in _chunks(moves):
            derived = _derived(stamp, handover, f"{state.standing}/{number}")
            last = max(last, self._store.decide(derived, *map(part, chunk)).position)
        return list(left.values()), last


def _chunks(moves: Sequence[Move]) -> Iterator[tuple[int, Sequence[Move]]]:
    for number, start in enumerate(range(0, len(moves), CHUNK)):
        yield number, moves[start : start + CHUNK]


def _derived(stamp: Stamp, handover: str, what: str) -> Stamp:
    """Give a command of its own to each append, the same when it is sent again."""
    return Stamp(stamp.who, str(uuid.uuid5(NAMESPACE, f"{handover}/{what}")), stamp.occurred_on)
