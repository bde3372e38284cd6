"""The disputes of a period: how each one goes, and the half-year that story 10 reproduces.

Hecheng 2025 H1 (domain.md 1.5): 159 accepted, 143 closed, 777 workers paid, 11,900,000.00 yuan.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from domain.dispute import DisputeCase
from domain.dispute.values import Instalment
from domain.money import Fen
from yizhan.demo.course import TEN_YUAN, TEXTS, Claimed, Course, Desk, claim_rows, lines_of
from yizhan.demo.people import Firm, Roster, Someone
from yizhan.demo.script import Script, at, days_between, working

HALF_YEAR = (date(2025, 1, 1), date(2025, 6, 30))
ACCEPTED, CLOSED, WORKERS, PAID = 159, 143, 777, Fen(1_190_000_000)
COLLECTIVE = (46, 41, 38, 35, 31, 28, 24, 22, 19, 17, 15, 14, 12, 11)
SMALL = (1, 2, 1, 3, 5, 2, 8, 1, 4, 6, 1, 3, 7, 2, 9, 1, 5, 3, 2, 4)
CAUSES = ("C01", "C01", "C01", "C03", "C01", "C05", "C01", "C01", "C10", "C01", "C06", "C02", "C13")
CHANNELS = (
    "walk_in", "petition", "walk_in", "phone_12345", "walk_in", "petition", "active_finding",
    "walk_in", "phone_12333", "online", "transfer",
)  # fmt: skip
# What story 10 puts right afterwards: a sum misread on the payroll, a closing typed a day late, and
# a payment of 12,000 yuan that an old register brings a second time.
MISREAD, LATE, TWICE = "misread", "late", "twice"
MISTYPED = Fen(300_000)
LATE_CLOSE = date(2025, 7, 1)
DOUBLE = Fen(1_200_000)


class Turn(NamedTuple):
    """How one case of a period goes: its people, sums, employer, cause, channel, days, end."""

    label: str
    received: date
    claims: tuple[Claimed, ...]
    employer: Firm
    code: str
    channel: str
    instalments: int
    end: str
    pay_from: date = date.min
    quirk: str = ""


def run(script: Script, desk: Desk, turn: Turn, *, until: date) -> Course:
    """Lead one case from the counter to its end, paid and closed by a day at the latest."""
    course = Course(script, desk, turn.label, at(turn.received))
    people = [script.open_file(desk.intake, at(turn.received), c.worker) for c in turn.claims]
    rows = claim_rows(turn.claims, turn.code, turn.received)
    summary = f"{len(people)}名劳动者反映{turn.employer.name}{TEXTS.get(turn.code, '拖欠款项')}"
    course.open(at(turn.received), turn.channel, summary, rows, turn.employer.id)
    accepted = working(turn.received, 1)
    course.accept(at(accepted, 10))
    speakers = tuple(people[:3]) if len(people) >= 10 else tuple(people)
    if len(people) >= 10:
        course.do(
            desk.mediator, at(accepted, 11),
            lambda case: case.choose_representatives(representatives=speakers),
        )  # fmt: skip
    _end(course, turn, people, (*speakers, turn.employer.id), accepted, until)
    return course


def _end(
    course: Course, turn: Turn, people: list[str], both: Sequence[str], accepted: date, until: date
) -> None:
    """Lead an accepted case to its end."""
    if turn.end == "withdrawn":
        day = working(accepted, 3)
        for person in people:
            course.do(
                course.desk.mediator, at(day, 15),
                partial(
                    DisputeCase.withdraw_claimant, worker=person, by=person,
                    power="self", reason="settled_privately"
                ),
            )  # fmt: skip
        return
    if turn.end == "paid_immediately":
        day = min(working(accepted, 4), until)
        if turn.quirk == MISREAD:
            amount = turn.claims[0].agreed - MISTYPED
            course.do(
                course.desk.mediator, at(accepted, 11),
                lambda case: case.verify_claim(claim=1, amount=amount, basis="payroll"),
            )  # fmt: skip
        course.pay_at_once(at(day, 15), turn.employer.id, lines_of(turn.claims))
        course.close(at(day, 18), turn.end)
        return
    minutes = "双方到场，就金额和付款期限进行协商。"
    met = course.meet(at(accepted, 11), working(accepted, 3), both, minutes)
    if turn.end == "failed_escalated":
        course.fail(at(met, 18), people)
        course.close(at(working(met, 2), 15), turn.end)
        return
    last = turn.instalments
    first = max(working(met, 3), turn.pay_from)
    plan = [
        Instalment(no=no, due_on=min(working(first + timedelta(30 * (no - 1))), until),
                   method="bank", lines=lines_of(turn.claims, no, last))
        for no in range(1, last + 1)
    ]  # fmt: skip
    course.agree(at(met, 18), both, plan, "分期支付" if last > 1 else "一次性支付")
    for part in plan:
        course.pay(at(part.due_on, 15), turn.employer.id, part)
    closed = LATE_CLOSE if turn.quirk == LATE else plan[-1].due_on
    course.close(at(closed, 18), "settled_performed")


def share_out(total: Fen, count: int, chance: random.Random) -> list[Fen]:
    """Share a sum among workers in steps of ten yuan, unevenly, to the fen."""
    weights = [chance.randrange(40, 320) for _ in range(count)]
    parts = [int(total) * w // sum(weights) // TEN_YUAN * TEN_YUAN for w in weights]
    missing = (int(total) - sum(parts)) // TEN_YUAN
    for number in range(missing):
        parts[number % count] += TEN_YUAN
    return [Fen(part) for part in parts]


def claimed_for(
    workers: Sequence[Someone], sums: Sequence[Fen], chance: random.Random
) -> list[Claimed]:
    """Let workers claim what they are paid in the end, or up to a fifth more."""
    return [
        Claimed(worker, Fen(int(paid) * chance.choice((100, 100, 104, 108, 120)) // 100), paid)
        for worker, paid in zip(workers, sums, strict=True)
    ]


def half_year(roster: Roster) -> list[Turn]:
    """Plan the 159 cases: 130 paid, 13 without money, 16 that go on after the half-year."""
    chance = random.Random(159)  # noqa: S311 - invented cases, no secret
    firms = [roster.firm("鹤山市鹤城镇") for _ in range(44)]
    sizes = _sizes(WORKERS, 130)
    sizes.remove(1)
    workers = roster.crowd(WORKERS)
    sums = share_out(PAID - DOUBLE, WORKERS - 1, chance)
    paid = claimed_for(workers[1:], sums, chance)
    ends = ["settled_performed"] * 4 + ["paid_immediately"]
    groups: list[tuple[list[Claimed], str]] = []
    for number, size in enumerate(sizes):
        end = "settled_performed" if size >= 10 else ends[number % 5]
        groups.append(([paid.pop() for _ in range(size)], end))
    chance.shuffle(groups)
    for number in range(CLOSED - 130):
        people = roster.crowd(1 + number % 3)
        asked = [Fen(TEN_YUAN * chance.randrange(300, 1800)) for _ in people]
        end = "withdrawn" if number % 2 else "failed_escalated"
        groups.insert(7 + number * 10, (claimed_for(people, asked, chance), end))
    groups.insert(135, ([Claimed(workers[0], DOUBLE, DOUBLE)], "settled_performed"))
    days = days_between(date(2025, 1, 2), date(2025, 6, 10))
    turns = [
        _turn(f"hc{number:03d}", days[number * len(days) // CLOSED], group, end,
              firms[(number * 7) % len(firms)], number)
        for number, (group, end) in enumerate(groups)
    ]  # fmt: skip
    turns[135] = turns[135]._replace(quirk=TWICE)
    _quirk(turns, "paid_immediately", MISREAD)
    _quirk(turns, "settled_performed", LATE)
    return turns + _open_at_midyear(roster, firms, chance)


def _quirk(turns: list[Turn], end: str, quirk: str) -> None:
    """Let the last case that ends so be one that is put right afterwards."""
    place = max(n for n, turn in enumerate(turns) if turn.end == end and not turn.quirk)
    turns[place] = turns[place]._replace(quirk=quirk)


def _open_at_midyear(roster: Roster, firms: Sequence[Firm], chance: random.Random) -> list[Turn]:
    """Plan 16 cases that are accepted in June and closed in July and August."""
    days = days_between(date(2025, 6, 16), date(2025, 6, 26))
    found = []
    for number in range(ACCEPTED - CLOSED):
        people = roster.crowd(1 + number % 4)
        sums = [Fen(TEN_YUAN * chance.randrange(400, 2400)) for _ in people]
        claims = claimed_for(people, sums, chance)
        day = days[number * len(days) // 16]
        firm = firms[(number * 5 + 3) % len(firms)]
        turn = _turn(f"hc{CLOSED + number:03d}", day, claims, "settled_performed", firm, number)
        found.append(turn._replace(instalments=2, pay_from=date(2025, 7, 7)))
    return found


def _turn(
    label: str, day: date, claims: Sequence[Claimed], end: str, firm: Firm, number: int
) -> Turn:
    """Give a case its cause, its channel and its instalments."""
    early = day < date(2025, 3, 20)
    return Turn(
        label,
        day,
        tuple(claims),
        firm,
        CAUSES[number % len(CAUSES)],
        CHANNELS[number % len(CHANNELS)],
        1 + (number % 3 if early else 0),
        end,
    )


def _sizes(workers: int, cases: int) -> list[int]:
    """Give how many workers each paid case has; collective ones among them (>= 10)."""
    left, rest = workers - sum(COLLECTIVE), cases - len(COLLECTIVE)
    sizes = [SMALL[number % len(SMALL)] for number in range(rest)]
    number = 0
    while sum(sizes) != left:
        step = 1 if sum(sizes) < left else -1
        if 1 <= sizes[number % rest] + step < 10:
            sizes[number % rest] += step
        number += 1
    return [*COLLECTIVE, *sizes]
