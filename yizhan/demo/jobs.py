"""Work of the demo: employers and their posts, the market's and Taoyuan's figures.

Market to 2025-05 (domain.md 1.5): 100+ firms, 1,100+ posts, 165 registered, 59 matched.
Taoyuan: 998 posts by headcount, 427 person-times of key groups, 500+ placed.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from application.store import Who
from domain.employer import Employer
from domain.kernel import Event
from domain.money import Fen
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted
from yizhan.demo.people import Firm, Roster, stream
from yizhan.demo.places import STANDS, Places
from yizhan.demo.script import Script, at, days_between, working
from yizhan.demo.seekers import NO_PAY, Opening, Seeker

MARKET_FIRMS, MARKET_POSTS, MARKET_SEEKERS = 104, 1_112, 165
ANSWERED, QUICK = 47, 12  # 59 matched person-times
TAOYUAN_HEADCOUNT, TAOYUAN_SEEKERS, TAOYUAN_GROUPS, TAOYUAN_REFUSED = 998, 530, 427, 27
GROUPS = ("migrant_worker", "woman", "older", "mother", "graduate", "young_jobless", "disabled",
          "returnee", "veteran")  # fmt: skip
TITLES = {
    "garment": "缝纫车位工",
    "lamps": "灯饰装配工",
    "electronics": "电子装配普工",
    "construction": "装修小工",
    "handcraft": "雨伞装配工",
    "catering": "餐厅服务员",
    "logistics": "快递分拣员",
    "retail": "超市理货员",
    "domestic": "家政服务员",
    "security": "保洁员",
    "office": "文员",
}
REFUSALS = ("pay", "distance", "hours", "care", "trade")
VALID = timedelta(85)


# Section of GB/T 4754 by the trade that a firm was invented in.
INDUSTRY = {
    **dict.fromkeys(
        ("garment", "electronics", "lamps", "metal", "shoes", "umbrella", "printing", "handcraft"),
        "C",
    ),
    "construction": "E",
    "retail": "F",
    "logistics": "G",
    "catering": "H",
    "property": "K",
    "security": "L",
    "office": "P",
    "domestic": "O",
    "cleaning": "O",
}


def employ(script: Script, who: Who, day: date, firm: Firm, district: str = "440784") -> str:
    """Register an employer and check its papers."""
    script.ask(
        who, at(day), Employer, firm.id,
        lambda e: e.register(
            kind="company",
            district=district,
            name=firm.name,
            credit_code=firm.credit_code,
            industry=INDUSTRY.get(firm.trade, ""),
        ),
        "employer.edit",
    )  # fmt: skip
    script.ask(
        who,
        at(day),
        Employer,
        firm.id,
        lambda e: e.check_documents(result="valid"),
        "employer.edit",
    )
    return firm.id


def publish(
    script: Script, who: Who, day: date, label: str, firm: Firm, headcount: int, *,
    title: str = "", trade: str = "", place: str = "440784", hours: tuple[str, ...] = (),
    pay: tuple[int, int] = (380_000, 560_000),
) -> Opening:  # fmt: skip
    """Draft, submit, verify and publish a post on one day."""
    moment = at(day, 14)
    name, until = stream("vacancy", label, moment), day + VALID
    kind = trade or firm.trade
    terms = Drafted(
        employer=firm.id,
        occupation=kind,
        title=title or TITLES.get(kind, "普工"),
        headcount=headcount,
        conditions="身体健康，工作认真",
        work=f"{firm.name}{title or TITLES.get(kind, '普工')}岗位工作",
        place=place,
        pay_from=Fen(pay[0]),
        pay_to=Fen(pay[1]),
        pay_unit="month",
        hours=hours or ("08:30-17:30",),
        valid_until=until,
    )

    def ask(decision: Callable[[Vacancy], list[Event]]) -> None:
        script.ask(who, moment, Vacancy, name, decision, "vacancy.edit")

    ask(lambda v: v.draft(terms=terms, fee=NO_PAY, wage=None, recheck_days=90, occurred_on=day))
    ask(Vacancy.submit)
    ask(lambda v: v.verify(method="visit", findings=("as_described",)))
    ask(
        lambda v: v.publish(
            employer_stopped=False, employer_documented=True, wage=None, recheck_days=90,
            occurred_on=day,
        )
    )  # fmt: skip
    return Opening(name, firm.id, day, until, headcount)


def market(script: Script, roster: Roster, places: Places) -> None:
    """Tell the gig market from its trial on, 2024-12-20, to 2025-05."""
    officers = (places.who("market-1"), places.who("market-2"))
    days = days_between(date(2024, 12, 23), date(2025, 5, 28))
    firms = [roster.firm("鹤山市") for _ in range(MARKET_FIRMS)]
    for number, firm in enumerate(firms):
        employ(script, officers[0], days[number * 60 // MARKET_FIRMS], firm)
    openings = [
        publish(script, officers[number % 2],
                days[max(number * len(days) // MARKET_POSTS,
                         number % MARKET_FIRMS * 60 // MARKET_FIRMS + 1)],
                f"market-{number}", firms[number % MARKET_FIRMS], 1 + number % 4)
        for number in range(MARKET_POSTS)
    ]  # fmt: skip
    for number in range(QUICK):
        opening = openings[500 + number * 40]
        day = working(opening.published, 2)
        script.ask(
            officers[0], at(day, 8), Vacancy, opening.id,
            partial(Vacancy.match_quickly, day=day, count=1, occurred_on=day), "vacancy.edit",
        )  # fmt: skip
    people = roster.crowd(MARKET_SEEKERS, born=(1968, 2005))
    for number, someone in enumerate(people):
        day = days[5 + number * (len(days) - 20) // MARKET_SEEKERS]
        seeker = Seeker(script, officers[number % 2], someone, at(day))
        channel = ("walk_in", "online", "phone", "fair")[number % 4]
        seeker.register(at(day), channel=channel, trades=(firms[number % 104].trade,))
        if number % 2:
            _try(seeker, number, working(day, 2), openings)
        else:
            seeker.guide(at(day, 10)).close(at(day + timedelta(184), 10), "no_will")


def _try(seeker: Seeker, number: int, day: date, openings: Sequence[Opening]) -> None:
    """Refer a seeker; 47 of the market's 82 referrals are accepted."""
    near = [o for o in openings if o.published <= day <= o.valid_until]
    opening = near[number * 11 % len(near)]
    seeker.refer(at(day, 15), opening)
    answered, order = at(working(day, 1), 15), number // 2
    if order * ANSWERED // 82 == (order + 1) * ANSWERED // 82:
        seeker.answer(answered, REFUSALS[number % len(REFUSALS)])
        seeker.close(at(day + timedelta(184), 10), "no_will")
        return
    seeker.answer(answered)
    if number % 3 == 0:
        missed = at(working(day, 4))
        seeker.interview(missed, "failed")
        seeker.do(missed, lambda case: case.end_referral(referral=1, outcome="not_hired"))
        seeker.close(at(day + timedelta(184), 10), "no_will")
        return
    start = working(day, 5)
    seeker.place(at(start, 9), "flexible" if number % 2 else "part_time", employer=opening.employer)
    seeker.do(at(start, 9), lambda case: case.end_referral(referral=1, outcome="started"))
    seeker.verify(at(working(start, 3), 10)).stays(start, STANDS.date())


def taoyuan(script: Script, roster: Roster, places: Places) -> None:
    """Tell Taoyuan from its refit of 2024-03 to 2025-06."""
    officers = (places.who("taoyuan-1"), places.who("taoyuan-2"))
    days = days_between(date(2024, 3, 4), date(2025, 6, 27))
    firms = [roster.firm("鹤山市桃源镇") for _ in range(36)]
    for firm in firms:
        employ(script, officers[0], days[0], firm)
    openings = [
        publish(script, officers[number % 2], days[1 + number * (len(days) - 30) // len(counts)],
                f"taoyuan-{number}", firms[number % len(firms)], count)
        for counts in [_headcounts()]
        for number, count in enumerate(counts)
    ]  # fmt: skip
    seats = {opening.id: opening.headcount for opening in openings}
    grouped = 0
    for number, someone in enumerate(roster.crowd(TAOYUAN_SEEKERS, born=(1967, 2004))):
        day = days[2 + number * (len(days) - 16) // TAOYUAN_SEEKERS]
        seeker = Seeker(script, officers[number % 2], someone, at(day))
        seeker.register(at(day), trades=(firms[number % 36].trade,))
        if _nth(number, TAOYUAN_GROUPS, TAOYUAN_SEEKERS):
            seeker.group(at(day), GROUPS[number % len(GROUPS)])
            opening = _free(openings, working(day, 2), seats, number)
            _lead(seeker, grouped, working(day, 2), opening)
            grouped += 1
        else:
            start = working(day, 4)
            seeker.place(at(start), "flexible", employer=firms[number % 36].id)
            _kept(seeker, number, start)


def _nth(number: int, some: int, of: int) -> bool:
    """Pick some of a number of cases, evenly spread."""
    return number * some // of != (number + 1) * some // of


def _free(openings: Sequence[Opening], day: date, seats: dict[str, int], number: int) -> Opening:
    """Take a seat of a post that is open on a day."""
    near = [o for o in openings if o.published <= day <= o.valid_until and seats[o.id]]
    chosen = near[number * 5 % len(near)]
    seats[chosen.id] -= 1
    return chosen


def _headcounts() -> list[int]:
    """Share 998 posts among 120 vacancies."""
    chance = random.Random(TAOYUAN_HEADCOUNT)  # noqa: S311 - invented posts, no secret
    counts = [chance.choice((3, 5, 6, 8, 10, 12)) for _ in range(119)]
    rest = TAOYUAN_HEADCOUNT - sum(counts)
    while not 5 <= rest <= 12:
        step = 1 if rest > 12 else -1
        place = chance.randrange(119)
        if counts[place] + step >= 3:
            counts[place] += step
            rest -= step
    return [*counts, rest]


def _lead(seeker: Seeker, number: int, day: date, opening: Opening) -> None:
    """Lead a seeker of a key group to a post; 27 of 427 decline it."""
    seeker.refer(at(day, 15), opening)
    answered = at(working(day, 1), 15)
    if _nth(number, TAOYUAN_REFUSED, TAOYUAN_GROUPS):
        seeker.answer(answered, REFUSALS[number % len(REFUSALS)])
        seeker.close(at(day + timedelta(184), 10), "no_will")
        return
    start = working(day, 4)
    seeker.answer(answered).place(at(start), "formal", opening=opening)
    _kept(seeker, number, start)


def _kept(seeker: Seeker, number: int, start: date) -> None:
    """Verify a placement and follow it: one in nine ends early."""
    seeker.verify(at(working(start, 3), 10))
    if number % 9 == 8:
        seeker.leaves(start, 20 + number % 40, "resigned")
    else:
        seeker.stays(start, STANDS.date())
