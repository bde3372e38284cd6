"""Values inside the facts of a seeker's case: wishes, plan items, what a subsidy rests on.

A month is text `YYYY-MM`, so that it sorts by time and reads the same in every file.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from domain.matching.hours import free_window
from domain.money import Fen

# The notice on the wall, whose version a registration names when it says what it rests on (PIPL).
NOTICE = "2026-01"


class Wants(msgspec.Struct, frozen=True, kw_only=True):
    """What a person looks for 求职意向: trades, hours as text, districts, least pay a month."""

    trades: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    pay: Fen | None = None


def wished(
    *,
    trades: Sequence[str] = (),
    hours: Sequence[str] = (),
    free_from: str = "",
    free_until: str = "",
    places: Sequence[str] = (),
    pay: Fen | None = None,
) -> Wants:
    """Put together what a form asks for; the window of two times stands among the hours."""
    return Wants(
        trades=tuple(trades),
        hours=(*hours, *free_window(free_from, free_until)),
        places=tuple(places),
        pay=pay,
    )


class PlanItem(msgspec.Struct, frozen=True, kw_only=True):
    """One promise of an assistance plan: what, how often, until when (2.3)."""

    kind: str
    count: int
    due_on: date


class RestsOn(msgspec.Struct, frozen=True, kw_only=True):
    """What a subsidy rests on 补贴依据 (S-12); `insured` are months an employee was insured."""

    placement: int | None = None
    training: str | None = None
    licence_no: str | None = None
    insured: tuple[str, ...] = ()


class Post(NamedTuple):
    """What a referral needs to know of a vacancy (S-07), looked up by the application.

    `state` is the word of the vacancy; `seats` are those left.
    """

    vacancy: str
    employer: str
    state: str
    verified: bool
    valid_until: date
    seats: int
    employer_stopped: bool = False


class Course(NamedTuple):
    """What an enrolment needs to know of a class (S-10); `state` planned, running or another."""

    training: str
    state: str
    starts_on: date
    seats: int


class Caps(NamedTuple):
    """The most days of a suspension by its reason (S-21): at once, in all, back in time."""

    single: int
    total: int
    back: int
