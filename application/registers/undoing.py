"""The undo of a whole batch of seekers 整批撤销: what it would close, and closing it (F-45).

Nothing is taken out of the log: each case that nobody has worked on is closed as entered in error,
and the person's file stays. A case with work in it is left to whoever works on it.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from application.registers.expressions import SPACE
from application.registers.intake import ERROR, Desk
from application.store import Stamp, Who
from domain.kernel import Refused
from domain.seeker import SeekerCase


class Undo(NamedTuple):
    """One case of a batch: its number, why it cannot be undone (None: it can), whether it was."""

    case: str
    number: str
    refused: Refused | None
    undone: bool


def planned(desk: Desk, who: Who, commands: Iterable[str]) -> list[Undo]:
    """Say of each case of a batch what an undo would do; nothing is recorded."""
    return [_plan(desk, case, desk.load(case)) for case in made(desk, who, commands)]


def made(desk: Desk, who: Who, commands: Iterable[str]) -> Iterator[str]:
    """Give the cases that commands of an account made; one that was never sent made none."""
    for command in commands:
        done = desk.known(Stamp(who, command, desk.today()))
        if done and done.streams:
            yield done.streams[0]


def _plan(desk: Desk, case: str, state: SeekerCase) -> Undo:
    undone = state.closed_for == ERROR
    refused = None if undone else state.why_not("close")
    if not undone and refused is None:
        try:
            state.close(occurred_on=desk.today(), reason=ERROR)
        except Refused as said:
            refused = said
    return Undo(case, state.case_no, refused, undone)


def undo(desk: Desk, who: Who, job: str, steps: Sequence[Undo]) -> Iterator[bool]:
    """Close case by case, each once however often the job runs; say of each whether it was."""
    for step in steps:
        command = str(uuid.uuid5(SPACE, f"{job}/{step.case}"))
        try:
            desk.close(step.case, reason=ERROR, stamp=Stamp(who, command, desk.today()))
        except Refused:
            yield False  # somebody began to work on it meanwhile
        else:
            yield True
