"""What lies on the desks of the demo on 2026-04-16: overdue, due today, this week, on hold."""

import random
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from domain.calendar import add_months
from domain.dispute.values import Instalment
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED, in_force
from yizhan.demo.course import TEN_YUAN, Course, Desk, claim_rows, lines_of
from yizhan.demo.disputes import CAUSES, CHANNELS, Turn, claimed_for, run
from yizhan.demo.help import waiting_home
from yizhan.demo.jobs import employ, publish
from yizhan.demo.people import Roster
from yizhan.demo.places import GULAO, HECHENG, STANDS, Places
from yizhan.demo.recoveries import Recoveries
from yizhan.demo.registers import Recognition, recognise
from yizhan.demo.script import Script, at, days_between, working
from yizhan.demo.seekers import SETTINGS, Opening, Seeker

TODAY = STANDS.date()


class Waiting(NamedTuple):
    """A dispute in hand: label, day of the application, how far it has come."""

    label: str
    received: date
    stage: str
    workers: int


# DL-01 three working days to accept, DL-03 fifteen days to settle, both from the application.
IN_HAND = (
    Waiting("w1", date(2026, 3, 30), "mediating", 3),  # DL-03 passed on 2026-04-14
    Waiting("w2", date(2026, 4, 1), "mediating", 2),  # DL-03 today
    Waiting("w3", date(2026, 4, 3), "assigned", 5),  # DL-03 this week (rolls from Saturday)
    Waiting("w4", date(2026, 4, 8), "tomorrow", 4),  # a session tomorrow
    Waiting("w5", date(2026, 4, 13), "received", 1),  # DL-01 today
    Waiting("w6", date(2026, 4, 10), "received", 2),  # DL-01 passed
    Waiting("w7", date(2026, 4, 9), "held", 1),
    Waiting("w8", date(2026, 4, 7), "transfer", 2),
    Waiting("w9", date(2026, 3, 16), "performing", 6),  # second instalment due on 2026-04-20
    Waiting("w10", date(2026, 4, 2), "suspended", 1),
    Waiting("w11", date(2026, 4, 15), "received", 3),
    Waiting("w12", date(2026, 3, 24), "overdue", 2),  # agreed, due 2026-04-10, nothing paid
)


def since(script: Script, roster: Roster, recoveries: Recoveries) -> None:
    """Tell the disputes of Hecheng from July 2025 to March 2026, all of them closed."""
    chance = random.Random(2026)  # noqa: S311 - invented cases, no secret
    firms = [roster.firm("鹤山市鹤城镇") for _ in range(12)]
    for firm in firms:
        employ(script, recoveries.desks[0].intake, date(2025, 7, 1), firm)
    days = days_between(date(2025, 7, 1), date(2026, 3, 6))
    for number in range(48):
        people = roster.crowd(1 + number % 4)
        sums = [Fen(TEN_YUAN * chance.randrange(300, 2600)) for _ in people]
        end = ("settled_performed", "paid_immediately", "settled_performed", "failed_escalated")
        turn = Turn(
            f"hn{number:03d}", days[number * len(days) // 48],
            tuple(claimed_for(people, sums, chance)), firms[number % 12],
            CAUSES[number % len(CAUSES)], CHANNELS[number % len(CHANNELS)], 1, end[number % 4],
        )  # fmt: skip
        run(script, recoveries.desks[number % 3], turn, until=date(2026, 4, 10))


def disputes(script: Script, roster: Roster, recoveries: Recoveries) -> None:
    """Tell the disputes that the mediator has in hand."""
    chance, desk = random.Random(416), recoveries.desks[0]  # noqa: S311 - invented, no secret
    for number, waiting in enumerate(IN_HAND):
        firm = roster.firm("鹤山市鹤城镇")
        employ(script, desk.intake, waiting.received, firm)
        people = roster.crowd(waiting.workers)
        sums = [Fen(TEN_YUAN * chance.randrange(400, 2400)) for _ in people]
        claims = tuple(claimed_for(people, sums, chance))
        turn = Turn(waiting.label, waiting.received, claims, firm, CAUSES[number],
                    CHANNELS[number % len(CHANNELS)], 1, waiting.stage)  # fmt: skip
        _in_hand(script, desk, turn)


def _in_hand(script: Script, desk: Desk, turn: Turn) -> None:
    """Lead one dispute as far as it has come."""
    opened = at(turn.received)
    people = [script.open_file(desk.intake, opened, claim.worker) for claim in turn.claims]
    course = Course(script, desk, turn.label, opened)
    summary = f"{len(people)}名劳动者反映{turn.employer.name}拖欠款项"
    rows = claim_rows(turn.claims, turn.code, turn.received)
    course.open(opened, turn.channel, summary, rows, turn.employer.id)
    if turn.end == "received":
        return
    accepted = working(turn.received, 1)
    course.accept(at(accepted, 10))
    both = (*people, turn.employer.id)
    match turn.end:
        case "mediating":
            course.meet(
                at(accepted, 11), working(accepted, 3), both, "双方对金额有分歧，择日再谈。"
            )
        case "tomorrow":
            course.invite(at(working(accepted, 2), 11), TODAY + timedelta(1))
        case "held":
            _hold(course, working(accepted, 2))
        case "transfer":
            _offer(course, working(accepted, 3))
        case "suspended":
            _suspend(course, working(accepted, 3))
        case "performing" | "overdue":
            _agreed(course, turn, both, working(accepted, 3))


def _hold(course: Course, day: date) -> None:
    course.do(
        course.desk.mediator, at(day, 15),
        lambda case: case.place_hold(
            until=date(2026, 5, 6), reason="等待劳动者从外地返回", occurred_on=day
        ),
    )  # fmt: skip


def _offer(course: Course, day: date) -> None:
    course.do(
        course.desk.mediator, at(day, 15),
        lambda case: case.offer_transfer(to_station=GULAO, reason="用人单位在古劳镇，就近调解"),
    )  # fmt: skip


def _suspend(course: Course, day: date) -> None:
    course.do(
        course.desk.mediator, at(day, 15),
        lambda case: case.suspend(reason="injury_appraisal", resume_when="收到劳动能力鉴定结论"),
    )  # fmt: skip


def _agreed(course: Course, turn: Turn, both: tuple[str, ...], wanted: date) -> None:
    """Sign an agreement: one is half paid with the rest due on Monday, one is overdue."""
    met = course.meet(at(working(turn.received, 1), 11), wanted, both, "双方达成分期支付意见。")
    if turn.end == "overdue":
        plan = [Instalment(no=1, due_on=date(2026, 4, 10), method="bank",
                           lines=lines_of(turn.claims))]  # fmt: skip
        course.agree(at(met, 18), both, plan, "一次性支付")
        return
    plan = [
        Instalment(no=no, due_on=day, method="bank", lines=lines_of(turn.claims, no, 2))
        for no, day in ((1, date(2026, 3, 31)), (2, date(2026, 4, 20)))
    ]
    course.agree(at(met, 18), both, plan, "分两期支付")
    course.pay(at(plan[0].due_on, 15), turn.employer.id, plan[0])


# Seekers --------------------------------------------------------------------------------------


class Guided(NamedTuple):
    """What the caseworkers of Hecheng gave in 2025 H1: 123 person-times (domain.md 1.5)."""

    guidance: int = 80
    referrals: int = 43


GUIDED = Guided()
# First days of work whose calls after 1, 3 or 6 months are overdue, due today or this week.
STARTS = (
    (date(2026, 3, 9), 0),  # 1 month: passed
    (date(2026, 3, 16), 0),  # 1 month: today
    (date(2026, 3, 17), 0),  # 1 month: tomorrow
    (date(2026, 1, 12), 1),  # 3 months: passed
    (date(2026, 1, 16), 1),  # 3 months: today
    (date(2025, 10, 20), 2),  # 6 months: on Monday
    (date(2026, 1, 19), 1),  # 3 months: on Monday
    (date(2026, 3, 23), 0),  # 1 month: next week
)


def guided(script: Script, roster: Roster, places: Places) -> None:
    """Tell the 123 person-times of guidance and referral to 80 unemployed and hardship persons."""
    days = days_between(date(2025, 1, 6), date(2025, 6, 13))
    firm = roster.firm("鹤山市鹤城镇")
    employ(script, places.who("second"), date(2025, 1, 3), firm)
    posts = [
        publish(script, places.who("second"), day, f"hecheng-{number}", firm, 20)
        for number, day in enumerate((date(2025, 1, 3), date(2025, 3, 3), date(2025, 5, 6)))
    ]
    for number, someone in enumerate(roster.crowd(GUIDED.guidance, born=(1968, 2003))):
        day = days[number * len(days) // GUIDED.guidance]
        seeker = Seeker(script, places.who("second"), someone, at(day))
        seeker.register(at(day))
        seeker.do(
            at(day),
            partial(
                SeekerCase.register_unemployment,
                occurred_on=day,
                lost_on=day - timedelta(30),
                reason="contract_ended",
                promise=True,
            ),
        )
        seeker.guide(at(day, 10), ("career", "interview", "motivation")[number % 3])
        if number < GUIDED.referrals:
            _refer(seeker, number, working(day, 2), posts)
        seeker.close(at(day + timedelta(183), 16), "no_will")


def _refer(seeker: Seeker, number: int, day: date, posts: list[Opening]) -> None:
    """Refer a seeker to the newest post; nobody of them is hired in the end."""
    post = [post for post in posts if post.published <= day][-1]
    seeker.refer(at(day, 15), post)
    answered = at(working(day, 1), 15)
    if number % 2:
        seeker.answer(answered, ("pay", "distance", "hours")[number % 3])
        return
    seeker.answer(answered)
    seeker.do(
        at(working(day, 5), 15),
        lambda case: case.end_referral(referral=1, outcome="not_hired"),
    )


def seekers(script: Script, roster: Roster, places: Places) -> None:
    """Tell the cases that the caseworker has in hand."""
    who = places.who("caseworker")
    firm = roster.firm("鹤山市鹤城镇")
    employ(script, who, date(2025, 10, 9), firm)
    for start, called in STARTS:
        day = working(start - timedelta(12))
        seeker = Seeker(script, who, roster.person(), at(day))
        seeker.register(at(day)).place(at(start), "formal", employer=firm.id)
        seeker.verify(at(working(start, 1), 10), "contract")
        for month in (1, 3)[:called]:
            seeker.follow(at(working(add_months(start, month)), 11), month)
    post = publish(script, who, date(2026, 3, 2), "spring", firm, 8)
    _looking(script, roster, places, post)
    _applying(script, roster, places)
    _offered(script, roster, places)


def _looking(script: Script, roster: Roster, places: Places, post: Opening) -> None:
    """Tell seekers of each tier, one of them on hold, one whose registration ends soon."""
    who = places.who("caseworker")
    for number, (tier, day) in enumerate((
        ("C", date(2026, 3, 12)), ("D", date(2026, 3, 31)), ("B", date(2026, 3, 17)),
        ("B", date(2026, 4, 9)), ("C", date(2025, 10, 24)),
    )):  # fmt: skip
        someone = roster.person(born=(1980, 1990)) if number == 1 else roster.person()
        seeker = Seeker(script, who, someone, at(day))
        seeker.register(at(day)).assess(at(day, 10), ("job", "guidance"), tier, ("skill",))
        seeker.group(at(day, 10), ("older", "woman", "returnee", "young_jobless", "carer")[number])
        if number == 0:
            seeker.refer(at(date(2026, 4, 13), 15), post)
        elif number == 1:
            recognise(seeker, Recognition("H03", "本人承诺，低保证待补", date(2026, 4, 1),
                                          date(2026, 4, 8), date(2026, 4, 9)),
                      places.who("second"), grace=True)  # fmt: skip
            seeker.refer(at(date(2026, 4, 10), 15), post).answer(at(date(2026, 4, 13), 15))
        elif number == 2:
            _wait(seeker, date(2026, 4, 2))
        elif number == 4:
            _called(seeker, date(2026, 4, 1))


def _wait(seeker: Seeker, day: date) -> None:
    """Let the tasks of a case wait for papers."""
    seeker.do(
        at(day),
        lambda case: case.place_hold(
            occurred_on=day, until=date(2026, 4, 30), reason="waiting_papers",
            days_most=SETTINGS.value("hold_days_most", day),
        ),
    )  # fmt: skip


def _called(seeker: Seeker, day: date) -> None:
    """Record an ordinary call."""
    seeker.do(
        at(day),
        lambda case: case.record_follow_up(
            occurred_on=day, purpose="contact", channel="phone", result="reached"
        ),
    )


def _applying(script: Script, roster: Roster, places: Places) -> None:
    """Tell two applications for hardship: one may be decided today, one hangs out."""
    who = places.who("caseworker")
    for applied, ends in ((date(2026, 4, 8), date(2026, 4, 15)),
                          (date(2026, 4, 13), date(2026, 4, 20))):  # fmt: skip
        someone = roster.person(sex="female", born=(1978, 1982))
        seeker = Seeker(script, who, someone, at(applied))
        seeker.register(at(applied))
        seeker.do(
            at(applied, 10),
            partial(
                SeekerCase.apply_for_hardship,
                occurred_on=applied,
                category="H01",
                proofs="",
                entered_by=who.account,
                birth=someone.birth,
                criteria=in_force(SHIPPED, applied),
            ),
        )
        seeker.do(
            at(applied, 11),
            partial(
                SeekerCase.post_hardship_notice, hardship=1, notice_from=applied, notice_to=ends,
                notice_days=SETTINGS.value("notice_days", applied),
            ),
        )  # fmt: skip
        mother = roster.relative(someone, "玉兰", date(1952, 3, 8))
        waiting_home(script, seeker, mother, working(applied, 1))


def _offered(script: Script, roster: Roster, places: Places) -> None:
    """Tell a case that the market offers to Hecheng."""
    day = date(2026, 4, 14)
    seeker = Seeker(script, places.who("market-1"), roster.person(), at(day))
    seeker.register(at(day))
    seeker.do(
        at(date(2026, 4, 15)),
        lambda case: case.offer_transfer(to_station=HECHENG, reason="求职者住在鹤城镇"),
    )
