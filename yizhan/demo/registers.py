"""Recognitions of the demo, and the register that certifies them: a file of invented entries."""

import csv
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from application.store import Who
from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED, in_force
from yizhan.configuration import RegisterSource
from yizhan.demo.people import Someone
from yizhan.demo.script import at
from yizhan.demo.seekers import SETTINGS, Seeker

NAME = "鹤山市民政、残联登记库（演示）"
CRITERIA = ("H02", "H03")
LINES = ("2026-12-31", "2025-12-31")  # every third person stands in it, another third did


class Recognition(NamedTuple):
    """One application on its way: category, paper, applied, last day of notice, decided."""

    category: str
    proofs: str
    applied: date
    noticed_to: date
    decided: date


def recognise(
    seeker: Seeker, one: Recognition, decides: Who, *, certified: str = "", grace: bool = False
) -> None:
    """Lead an application to its recognition by another officer.

    `certified` is the number under which a register knows the person; with `grace` the decision
    stands on the paper until one says so.
    """
    birth = seeker.someone.birth
    apply = partial(
        SeekerCase.apply_for_hardship,
        occurred_on=one.applied,
        category=one.category,
        proofs=one.proofs,
        entered_by=seeker.who.account,
        birth=birth,
        criteria=in_force(SHIPPED, one.applied),
    )
    hang_out = partial(
        SeekerCase.post_hardship_notice,
        hardship=1,
        notice_from=one.applied,
        notice_to=one.noticed_to,
        notice_days=SETTINGS.value("notice_days", one.applied),
    )
    seeker.do(at(one.applied), apply).do(at(one.applied, 10), hang_out)
    if certified:
        ask = partial(
            SeekerCase.certify_hardship,
            occurred_on=one.noticed_to,
            hardship=1,
            register=NAME,
            answer="met",
            reference=certified,
            returned=f'{{"criterion": "{one.category}"}}',
            as_of=one.noticed_to,
        )
        seeker.do(at(one.noticed_to, 11), ask)
    days = SETTINGS.value("certification_grace_days", one.decided)
    decide = partial(
        SeekerCase.recognise_hardship,
        occurred_on=one.decided,
        hardship=1,
        officer=decides.account,
        criteria=in_force(SHIPPED, one.decided),
        birth=birth,
        grace=days if grace else None,
    )
    seeker.do(at(one.decided), decide, who=decides, right="hardship.decide")


def connected(home: Path) -> tuple[RegisterSource, ...]:
    """Connect the register of the demo, a file in its home."""
    return (RegisterSource(name=NAME, criteria=frozenset(CRITERIA), file=_file(home)),)


def write(home: Path, people: Iterable[Someone]) -> None:
    """Write its entries: valid, over, or none, by turns."""
    with _file(home).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id_number", "criterion", "valid_from", "valid_to", "reference"))
        for number, someone in enumerate(people):
            turn = number % 3
            if turn < len(LINES):
                rows.writerows(
                    (someone.id_no, code, "2020-01-01", LINES[turn], f"YS-{number:05}")
                    for code in CRITERIA
                )


def _file(home: Path) -> Path:
    return home / "register.csv"
