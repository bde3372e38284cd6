"""Training of the demo: a class with its seats, sessions and completers; Xingye's 6 classes.

Xingye (domain.md 1.5): 6 terms, 94 people; one of them is 龚凤 of story 1.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from application.store import Who
from domain.seeker import SeekerCase
from domain.seeker.values import Course as SeatIn
from domain.training import TrainingClass
from domain.training.facts import Lesson
from yizhan.demo.jobs import employ
from yizhan.demo.people import Roster, stream
from yizhan.demo.places import STANDS, Places
from yizhan.demo.script import Script, at, days_between, working
from yizhan.demo.seekers import SETTINGS, Seeker


class Plan(NamedTuple):
    """A class of the demo."""

    label: str
    title: str
    trade: str
    venue: str
    mode: str
    days: tuple[date, ...]
    people: int


def _days(first: date, count: int) -> tuple[date, ...]:
    return tuple(working(first, number) for number in range(count))


PASTRY = _days(date(2024, 3, 14), 12)
XINGYE_PLANS = (
    Plan("pastry", "广式点心制作班", "catering", "兴业社区就业驿站", "offline", PASTRY, 14),
    Plan("lamps", "灯饰串珠手工班", "lamps", "兴业社区就业驿站", "offline",
         _days(date(2024, 6, 11), 4), 18),
    Plan("video", "短视频拍摄与剪辑班", "office", "兴业社区就业驿站", "hybrid",
         _days(date(2024, 9, 9), 6), 16),
    Plan("elderly-1", "南粤家政养老护理班(第一期)", "domestic", "人力资源生态园", "offline",
         _days(date(2025, 4, 14), 5), 15),
    Plan("elderly-2", "南粤家政养老护理班(第二期)", "domestic", "人力资源生态园", "offline",
         _days(date(2025, 6, 16), 5), 17),
    Plan("flowers", "扭扭花手工班", "handcraft", "兴业社区就业驿站", "offline",
         _days(date(2025, 9, 8), 3), 13),
)  # fmt: skip
COMPLETED = sum(plan.people for plan in XINGYE_PLANS) + 1  # with 龚凤


def open_class(
    script: Script, who: Who, plan: Plan, provider: str, announced: date, *,
    capacity: int = 25, instructor: str = "", level: str = "",
) -> str:  # fmt: skip
    """Plan a class of a licensed provider."""
    moment, name = at(announced, 8), stream("training", plan.label, at(announced, 8))
    lessons = [Lesson(no=no, on=day, hours=4) for no, day in enumerate(plan.days, start=1)]
    script.ask(
        who, moment, TrainingClass, name,
        lambda c: c.open_class(
            title=plan.title, trade=plan.trade, kind="skill", provider=provider, licensed=True,
            venue=plan.venue, capacity=capacity, mode=plan.mode, sessions=lessons,
            subsidised=True, level=level, instructor=instructor,
        ),
        "training.edit",
    )  # fmt: skip
    return name


def enrol(seeker: Seeker, day: date, training: str, plan: Plan) -> None:
    """Enrol a seeker and take the seat, in one command."""
    moment, case = at(day, 16), seeker.stream
    seat = SeatIn(training, "planned", plan.days[0], 1)
    seeker.do(moment, lambda s: s.enrol(occurred_on=day, course=seat))
    seeker.script.ask(
        seeker.who, moment, TrainingClass, training,
        lambda c: c.take_seat(seeker=case, occurred_on=day), "",
    )  # fmt: skip


def teach(
    script: Script, who: Who, training: str, plan: Plan, present: Sequence[Seeker], teacher: str,
    *, missed: int = 0,
) -> None:  # fmt: skip
    """Hold every session, complete the class and those who sat in it.

    The last of them may miss the second session, once, where that leaves 80 % (Q-14).
    """
    names = [seeker.stream for seeker in present]
    for no, day in enumerate(plan.days, start=1):
        there = names[:-1] if missed and no == 2 else names
        script.ask(
            who, at(day, 17), TrainingClass, training,
            partial(
                TrainingClass.hold_session, session=no, instructor=teacher, hours=4,
                present=there, occurred_on=day
            ),
            "training.edit",
        )  # fmt: skip
    last, planned = plan.days[-1], len(plan.days)
    percent = SETTINGS.value("attendance_percent", last)
    script.ask(
        who, at(last, 18), TrainingClass, training,
        lambda c: c.complete_class(completers=names, attendance_percent=percent), "training.edit",
    )  # fmt: skip
    for seeker in present:
        attended = planned - (missed if seeker is present[-1] else 0)
        seeker.do(
            at(last, 18),
            partial(
                SeekerCase.complete_training,
                training=training,
                planned=planned,
                attended=attended,
                passed=True,
                percent=percent,
            ),
        )


def xingye(script: Script, roster: Roster, places: Places, gong: Seeker) -> str:
    """Tell Xingye's classes, the first of them with 龚凤; give the class that she sits in."""
    officer, teacher = places.who("xingye-1"), roster.person(sex="female").id
    provider = roster.firm("鹤山市", "鹤山市南粤职业培训学校", trade="office")
    employ(script, officer, date(2024, 2, 19), provider)
    made = []
    for plan in XINGYE_PLANS:
        opened = days_between(date(2024, 2, 20), plan.days[0])[-8]
        training = open_class(script, officer, plan, provider.id, opened)
        made.append(training)
        seekers = []
        for someone in roster.crowd(plan.people, born=(1972, 2001)):
            seeker = Seeker(script, officer, someone, at(opened))
            seeker.register(at(opened), trades=(plan.trade,))
            enrol(seeker, working(opened, 2), training, plan)
            seekers.append(seeker)
        afterwards = list(seekers)
        if plan is XINGYE_PLANS[0]:
            enrol(gong, date(2024, 3, 11), training, plan)
            seekers.insert(0, gong)
        missed = int(5 <= len(plan.days) < 10)
        teach(script, officer, training, plan, seekers, teacher, missed=missed)
        for number, seeker in enumerate(afterwards):
            _afterwards(seeker, number, plan.days[-1])
    return made[0]


def _afterwards(seeker: Seeker, number: int, completed: date) -> None:
    """Call after thirty days; three of five are at work by then."""
    start = working(completed, 12 + number % 6)
    if number % 5 < 3:
        seeker.place(at(start), "flexible").verify(at(working(start, 2), 10))
    call = working(completed + timedelta(31))
    seeker.do(
        at(call, 11),
        lambda case: case.record_follow_up(
            occurred_on=call, purpose="after_training", channel="phone", result="reached"
        ),
    )
    if number % 5 < 3:
        seeker.stays(start, STANDS.date())
    else:
        seeker.close(at(call + timedelta(150), 16), "no_will")
