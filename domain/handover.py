"""Handover 整体移交: one person's caseload goes to others by one decision, with one undo (F-79).

The plan stands in the log before the first case moves, so that a handover that was cut off goes
on where it stopped. What each case took or refused is reported in the end. P-08.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.dispute import DisputeCase
from domain.kernel import N_, Aggregate, Event, Refused, applies, decides
from domain.seeker import SeekerCase

MOST = 2_000  # cases in one handover
ROLES = frozenset({"owner", "co_worker"})


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One case of a plan: the role that moves, to whom, and the role the receiver had before.

    A co-worker's place goes to the owner by going away: nobody is both.
    """

    case: str
    role: str
    to: str
    had: str = ""


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A case that stayed where it was, and the rule that kept it."""

    case: str
    rule: str


# Facts


class Planned(Event, frozen=True, kw_only=True):
    """计划移交: whose caseload goes where, and why."""

    TOPIC = "handover.planned"

    account: str
    reason: str
    moves: tuple[Move, ...]


class CarriedOut(Event, frozen=True, kw_only=True):
    """完成移交: the cases that stayed, each with its rule; all others moved."""

    TOPIC = "handover.carried_out"

    left: tuple[Left, ...] = ()


class UndoBegun(Event, frozen=True, kw_only=True):
    """撤销移交: every case that moved goes back, and why."""

    TOPIC = "handover.undo_begun"

    reason: str


class Undone(Event, frozen=True, kw_only=True):
    """已撤销移交: the cases that could not go back, each with its rule."""

    TOPIC = "handover.undone"

    left: tuple[Left, ...] = ()


# State


class Handover(Aggregate):
    """One handover."""

    account: str = ""
    reason: str = ""
    moves: tuple[Move, ...] = ()
    left: tuple[Left, ...] = ()
    undo_reason: str = ""
    stayed: tuple[Left, ...] = ()
    state: str = "-"

    @property
    def standing(self) -> str:
        """`-`, planned, done, undoing or undone."""
        return self.state

    @property
    def moved(self) -> tuple[Move, ...]:
        """The moves that took place."""
        kept = {one.case for one in self.left}
        return tuple(move for move in self.moves if move.case not in kept)

    @applies(Planned)
    def _planned(self, fact: Planned, _on: date) -> None:
        self.account, self.reason, self.moves = fact.account, fact.reason, fact.moves
        self.state = "planned"

    @applies(CarriedOut)
    def _carried_out(self, fact: CarriedOut, _on: date) -> None:
        self.left, self.state = fact.left, "done"

    @applies(UndoBegun)
    def _undo_begun(self, fact: UndoBegun, _on: date) -> None:
        self.undo_reason, self.state = fact.reason, "undoing"

    @applies(Undone)
    def _undone(self, fact: Undone, _on: date) -> None:
        self.stayed, self.state = fact.left, "undone"

    # Decisions

    @decides("P-08", {"-"})
    def plan(self, *, account: str, reason: str, moves: Sequence[Move]) -> list[Event]:
        """Say what goes where before anything moves (P-08)."""
        if not reason.strip():
            raise Refused(rule="P-08", text=N_("整体移交须说明理由。"), field="reason")
        if not moves:
            raise Refused(rule="P-08", text=N_("没有可以移交的案件，请为至少一组选择接收人。"))
        if len(moves) > MOST:
            raise Refused(
                rule="P-08",
                text=N_("一次最多移交{most}件，现有{now}件。"),
                most=MOST,
                now=len(moves),
            )
        if any(move.to == account for move in moves):
            raise Refused(rule="P-08", text=N_("不能移交给移出人自己。"), field="to")
        return [Planned(account=account, reason=reason.strip(), moves=tuple(moves))]

    @decides("P-08", {"planned"})
    def carry_out(self, *, left: Sequence[Left]) -> list[Event]:
        """Report what moved and what stayed (P-08)."""
        return [CarriedOut(left=tuple(left))]

    @decides("P-08", {"done"})
    def begin_undo(self, *, reason: str) -> list[Event]:
        """Take everything back (P-08)."""
        if not reason.strip():
            raise Refused(rule="P-08", text=N_("撤销移交须说明理由。"), field="reason")
        return [UndoBegun(reason=reason.strip())]

    @decides("P-08", {"undoing"})
    def end_undo(self, *, left: Sequence[Left]) -> list[Event]:
        """Report what went back (P-08)."""
        return [Undone(left=tuple(left))]


# What a move asks of its case ------------------------------------------------------------------

Case = SeekerCase | DisputeCase


def role_of(case: Case, account: str) -> str:
    """Give the role of an account on a case, or ""."""
    held = case.roles if isinstance(case, SeekerCase) else case.mediators
    return held.get(account, "")


def hand_over(case: Case, move: Move, *, account: str, reason: str) -> list[Event]:
    """Give one case from the account that leaves to its receiver; nothing where it moved before."""
    if _rank(role_of(case, move.to)) >= _rank(move.role) and not role_of(case, account):
        return []
    if role_of(case, account) != move.role:
        raise Refused(rule="P-08", text=N_("本案在此期间已另行指派。"), field="case")
    found: list[Event] = []
    if _rank(role_of(case, move.to)) < _rank(move.role):
        found = _assign(case, move.to, move.role, reason)
    if isinstance(case, SeekerCase) or move.role == "co_worker":
        found += _unassign(case, account, reason)  # a dispute lets its former owner go by itself
    return found


def give_back(case: Case, move: Move, *, account: str, reason: str) -> list[Event]:
    """Give one case back as it was before its move; nothing where it went back before."""
    if role_of(case, account) == move.role and role_of(case, move.to) == move.had:
        return []
    after = move.had if move.had == "owner" else move.role
    if role_of(case, move.to) != after or role_of(case, account):
        raise Refused(rule="P-08", text=N_("本案在移交后已另行指派，不能退回。"), field="case")
    found = _assign(case, account, move.role, reason)
    lets_go = isinstance(case, DisputeCase) and move.role == "owner"
    if not move.had and not lets_go:
        found += _unassign(case, move.to, reason)
    if move.had == "co_worker" and lets_go:
        found += _assign(case, move.to, move.had, reason)
    return found


def _rank(role: str) -> int:
    return ("", "co_worker", "owner").index(role)


def _assign(case: Case, account: str, role: str, reason: str) -> list[Event]:
    if isinstance(case, SeekerCase):
        return case.assign(officer=account, role=role, note=reason)
    return case.assign_mediator(mediator=account, role=role, reason=reason)


def _unassign(case: Case, account: str, reason: str) -> list[Event]:
    if isinstance(case, SeekerCase):
        return case.unassign(officer=account, reason=reason)
    return case.unassign_mediator(mediator=account, reason=reason)
