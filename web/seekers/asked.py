"""What a sheet shows of registers: which one tells about an application, and what it has said."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from starlette.requests import Request

from domain import codes
from domain.seeker import SeekerCase
from domain.seeker.certifying import ANSWERS
from domain.seeker.checks import CERTIFIABLE
from domain.seeker.records import Certification, Hardship
from web import texts
from web.access import parts
from web.seekers import sections
from web.words import Word

LOOKS = {
    "met": ("check", "ok"),
    "not_met": ("x", "bad"),
    "unknown": ("alert", "warn"),
    "unavailable": ("pause", "off"),
}


class Asked(NamedTuple):
    """One application: its group in words, the register's name or "", and the answers."""

    record: Hardship
    group: str
    register: str
    said: Sequence[tuple[Certification, Word]]


def asked(request: Request, state: SeekerCase, hardship: int) -> Asked:
    """Say what a register has told about an application, the latest answer first."""
    record = state.hardships[hardship]
    name = parts(request).desks["seekers"].method("register_name")
    return Asked(
        record,
        sections.word(codes.HARDSHIP_GROUPS, record.group),
        name(state, hardship),
        [(one, _word(one.answer)) for one in reversed(record.certifications)],
    )


def askings(request: Request, state: Any) -> list[Asked]:
    """Say it of every application that a register can be asked about."""
    return [
        asked(request, state, one.no)
        for one in state.hardships.values()
        if one.standing in CERTIFIABLE
    ]


def _word(answer: str) -> Word:
    return Word(texts.label(ANSWERS[answer]), *LOOKS[answer])
