"""What Hecheng has in hand on 2026-04-16 beside its cases: posts, classes, fairs, an order.

All of it lies in 2026, so that the figures of the half-years before stay as they are.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from application.minimum_wages import MinimumWages
from application.store import Who
from domain.job_fair import JobFair
from domain.kernel import Event
from domain.money import Fen
from domain.training import TrainingClass
from domain.training.facts import Grade, Lesson
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted
from domain.workshop import DayLine, WorkshopOrder
from domain.workshop.facts import OrderReceived
from yizhan.demo.jobs import VALID, employ
from yizhan.demo.people import Firm, Roster, stream
from yizhan.demo.places import HECHENG, Places
from yizhan.demo.script import Script, at, days_between, working
from yizhan.demo.seekers import NO_PAY, Seeker

# Title, trade, headcount, pay a month in yuan, shift, last day, hazards.
POSTS = (
    ("茶楼点心师傅", "catering", 3, (4200, 6000), "08:30-16:30", date(2026, 6, 30), ()),
    ("托育园保育员", "domestic", 2, (3600, 4500), "09:00-16:00", date(2026, 6, 12), ()),
    ("灯饰串珠工", "lamps", 12, (3200, 5200), "08:00-17:30", date(2026, 6, 20), ()),
    ("社区超市理货员", "retail", 4, (3300, 3900), "07:00-12:00", date(2026, 5, 29), ()),
    ("电子厂夜班质检", "electronics", 6, (5200, 6800), "22:00-06:00", date(2026, 6, 5), ()),
    ("仓库装卸工", "logistics", 5, (5500, 7200), "08:00-18:00", date(2026, 5, 20), ("heavy",)),
    ("印刷厂文员", "office", 1, (3800, 4600), "08:30-17:30", date(2026, 4, 23), ()),
    ("手工编织导师", "teaching", 1, (4000, 5000), "13:30-17:30", date(2026, 6, 26), ()),
)
FIRMS = ("得心茶楼", "晨光托育服务部", "星河灯饰厂", "惠邻生活超市", "明达电子厂",
         "顺达仓储物流部", "新印包装厂", "巧手编织工坊")  # fmt: skip
WANTED = (
    (("lamps", "handcraft"), ("08:30-16:30",)),
    (("catering",), ("08:30-16:30",)),
    (("retail", "domestic"), ("part_time",)),
    (("electronics", "garment"), ("night",)),
    (("office",), ()),
)


def trades(script: Script, roster: Roster, places: Places) -> None:
    """Tell posts, seekers who want such work, a running class, fairs and an order."""
    who = places.who("caseworker")
    firms = [
        roster.firm("鹤山市", f"鹤山市{name}(演示)", trade=post[1])
        for name, post in zip(FIRMS, POSTS, strict=True)
    ]
    for firm in firms:
        employ(script, who, date(2026, 3, 20), firm)
    posts = [_post(script, who, number, firm) for number, firm in enumerate(firms)]
    _doubtful(script, who, firms[3])
    seekers = _seekers(script, roster, who)
    _hybrid(script, roster, who, seekers[:4])
    _full(script, roster, who, seekers)
    _fairs(script, who, firms, posts, seekers)
    _order(script, roster, who, [seekers[0], seekers[2]])


def wages(table: MinimumWages) -> None:
    """Enter minimum wages, marked as the demo's own: the place enters what is published (Q-08)."""
    for place, monthly, hourly in (("440700", 2_080, 20), ("440103", 2_500, 24)):
        table.enter(
            place=place, monthly=Fen(monthly * 100), hourly=Fen(hourly * 100),
            from_on=date(2025, 3, 1), by="demo", demo=True,
        )  # fmt: skip


def _terms(number: int, firm: Firm, on: date, **changed: str) -> Drafted:
    title, trade, headcount, pay, shift, until, hazards = POSTS[number]
    return Drafted(
        employer=firm.id,
        occupation=trade,
        title=changed.get("title", title),
        headcount=headcount,
        conditions=changed.get("conditions", "能吃苦，可培训上岗"),
        work=changed.get("work", f"{title}日常工作，包教会"),
        place="440784",
        pay_from=Fen(pay[0] * 100),
        pay_to=Fen(pay[1] * 100),
        pay_unit="month",
        hours=(shift,),
        valid_until=min(until, on + VALID),
        age_from=18 if hazards else 16,
        hazards=hazards,
    )


def _post(script: Script, who: Who, number: int, firm: Firm) -> str:
    day = date(2026, 3, 23) + timedelta(days=number * 2)
    moment = at(working(day), 14)
    on = moment.date()
    name, terms = stream("vacancy", f"trades-{number}", moment), _terms(number, firm, on)

    def ask(decision: Callable[[Vacancy], list[Event]]) -> None:
        script.ask(who, moment, Vacancy, name, decision, "vacancy.edit")

    ask(lambda v: v.draft(terms=terms, fee=NO_PAY, wage=None, recheck_days=90, occurred_on=on))
    ask(Vacancy.submit)
    method = ("visit", "video", "phone")[number % 3]
    ask(lambda v: v.verify(method=method, findings=("as_described", "papers_seen")))
    ask(
        lambda v: v.publish(
            employer_stopped=False, employer_documented=True, wage=None, recheck_days=90,
            occurred_on=on,
        )
    )  # fmt: skip
    return name


def _doubtful(script: Script, who: Who, firm: Firm) -> None:
    """Hand in a post whose words have to be looked at."""
    moment = at(date(2026, 4, 15), 14)
    name = stream("vacancy", "trades-doubtful", moment)
    terms = _terms(
        3,
        firm,
        moment.date(),
        title="前台文员",
        conditions="限女，未婚优先，入职交押金300元",
        work="接待来客",
    )
    script.ask(
        who, moment, Vacancy, name,
        lambda v: v.draft(
            terms=terms, fee=NO_PAY, wage=None, recheck_days=90, occurred_on=moment.date()
        ),
        "vacancy.edit",
    )  # fmt: skip
    script.ask(who, moment, Vacancy, name, Vacancy.submit, "vacancy.edit")


def _seekers(script: Script, roster: Roster, who: Who) -> list[Seeker]:
    found = []
    for number, (wanted, hours) in enumerate(WANTED):
        day = at(working(date(2026, 3, 24) + timedelta(days=number)))
        seeker = Seeker(script, who, roster.person(sex="female", born=(1974, 1996)), day)
        seeker.register(day, trades=wanted, hours=hours)
        seeker.assess(at(day.date(), 10), ("job", "training"), "B", ("skill",))
        seeker.do(
            at(day.date(), 11), lambda case: case.assess_ability(area="handcraft", level="middle")
        )
        found.append(seeker)
    return found


def _class(
    script: Script, roster: Roster, who: Who, label: str, title: str, mode: str, kind: str,
    days: tuple[date, ...], capacity: int,
) -> str:  # fmt: skip
    moment = at(date(2026, 4, 1), 9)
    name, school = (
        stream("training", label, moment),
        roster.firm("鹤山市", f"鹤山市{title[:3]}培训学校(演示)"),
    )
    employ(script, who, date(2026, 3, 20), school)
    lessons = tuple(Lesson(no=no, on=day, hours=3) for no, day in enumerate(days, start=1))
    script.ask(
        who, moment, TrainingClass, name,
        lambda c: c.open_class(
            title=title, trade="office", kind=kind, provider=school.id, licensed=True,
            venue=HECHENG, capacity=capacity, mode=mode, sessions=lessons, subsidised=True,
        ),
        "training.edit",
    )  # fmt: skip
    return name


def _hybrid(script: Script, roster: Roster, who: Who, learners: list[Seeker]) -> None:
    """Run a hybrid night class, half of it held, with one piece of graded homework."""
    days = tuple(date(2026, 4, day) for day in (7, 9, 14, 16, 21, 23))
    name = _class(script, roster, who, "trades-hybrid", "短视频带货青年夜校", "hybrid",
                  "night_school", days, 20)  # fmt: skip
    ask = partial(script.ask, who)
    cases = [seeker.stream for seeker in learners]
    for case in cases:
        ask(at(date(2026, 4, 2), 15), TrainingClass, name,
            partial(TrainingClass.take_seat, seeker=case, occurred_on=date(2026, 4, 2)),
            "training.edit")  # fmt: skip
    for no, day in enumerate(days[:3], start=1):
        there = cases[:-1] if no == 2 else cases
        ask(at(day, 17), TrainingClass, name,
            partial(TrainingClass.hold_session, session=no, instructor=who.account, hours=3,
                    present=there, occurred_on=day), "training.edit")  # fmt: skip
    title = "拍一条30秒产品短片"
    ask(at(days[1], 18), TrainingClass, name,
        lambda c: c.set_homework(title=title, due_on=days[3]), "training.edit")  # fmt: skip
    marks = [Grade(seeker=case, grade=grade)
             for case, grade in zip(cases, (85, 72, 58, 91), strict=True)]  # fmt: skip
    ask(at(days[2], 18), TrainingClass, name,
        lambda c: c.grade_homework(no=1, grades=marks), "training.edit")  # fmt: skip


def _full(script: Script, roster: Roster, who: Who, seekers: list[Seeker]) -> None:
    """Fill a class to its last seat, and let one wait."""
    days = (date(2026, 4, 27), date(2026, 4, 28), date(2026, 4, 29))
    name = _class(script, roster, who, "trades-full", "育婴员岗前培训班", "offline", "pre_job",
                  days, 3)  # fmt: skip
    moment = at(date(2026, 4, 10), 15)
    for seeker in seekers[:3]:
        script.ask(who, moment, TrainingClass, name,
                   partial(TrainingClass.take_seat, seeker=seeker.stream,
                           occurred_on=moment.date()), "training.edit")  # fmt: skip
    script.ask(who, moment, TrainingClass, name,
               partial(TrainingClass.wait_list, seeker=seekers[4].stream,
                       occurred_on=moment.date()), "training.edit")  # fmt: skip


def _fairs(
    script: Script, who: Who, firms: list[Firm], posts: list[str], seekers: list[Seeker]
) -> None:
    """Tell a fair that is to be followed up, a caravan with results, a live stream to come."""
    plans = (
        ("春风行动社区专场", "community", "北湖公园", date(2026, 3, 31), (3, 21, 260, 48, 17)),
        ("招聘大篷车进鹤城", "mobile", "鹤城圩市停靠点", date(2026, 4, 12), (2, 9, 95, 12, 6)),
        ("周五直播带岗", "live_stream", "驿站直播间", date(2026, 4, 17), None),
    )
    for number, (title, mode, place, on, counts) in enumerate(plans):
        name = stream("job_fair", f"trades-{number}", at(on))

        def ask(day: date, hour: int, decision: Callable[[JobFair], list[Event]],
                name: str = name) -> None:  # fmt: skip
            script.ask(who, at(day, hour), JobFair, name, decision, "vacancy.edit")

        before = on - timedelta(days=3)
        ask(before, 9, partial(JobFair.announce, name=title, mode=mode, on=on, place=place,
                               safety_plan=True, fee=NO_PAY, occurred_on=before))  # fmt: skip
        for firm, post in list(zip(firms, posts, strict=True))[number : number + 3]:
            ask(before, 10, partial(JobFair.join_employer, employer=firm.id, vacancies=[post],
                                    headcount=3, checked=True, unpublished=[]))  # fmt: skip
        if counts:
            words = ("firms", "posts", "visitors", "cvs", "intents")
            counted = dict(zip(words, counts, strict=True))
            ask(on, 18, partial(JobFair.hold, **counted, occurred_on=on))
            ask(on, 19, partial(JobFair.record_intent, seeker=seekers[number].stream,
                                vacancy=posts[number]))  # fmt: skip


def _order(script: Script, roster: Roster, who: Who, makers: list[Seeker]) -> None:
    """Take an order of umbrella handles: two work on it, March is settled and half paid."""
    firm = roster.firm("鹤山市", "鹤山市大光伞业商行(演示)", trade="handcraft")
    employ(script, who, date(2026, 2, 24), firm)
    received = date(2026, 3, 25)
    name = stream("workshop", "trades", at(received))

    def ask(day: date, hour: int, decision: Callable[[WorkshopOrder], list[Event]]) -> None:
        script.ask(who, at(day, hour), WorkshopOrder, name, decision, "training.edit")

    terms = OrderReceived(
        customer=firm.id, product="雨伞伞柄缠绳", quantity=6_000, unit_price=Fen(65),
        piece_price=Fen(45), due_on=date(2026, 5, 15), quality_rule="缠绳平整、不松脱",
        payout_day=10,
    )  # fmt: skip
    ask(received, 9, partial(WorkshopOrder.receive_order, terms=terms))
    people = [maker.someone.id for maker in makers]
    for person in people:
        ask(received, 10, partial(WorkshopOrder.issue_material, worker=person, quantity=2_000))
    for number, day in enumerate(days_between(date(2026, 3, 26), date(2026, 4, 15))):
        pieces = (96 + number % 7, 118 - number % 5)
        lines = [DayLine(p, n, 240 + 60 * nth)
                 for nth, (p, n) in enumerate(zip(people, pieces, strict=True))]  # fmt: skip
        ask(day, 17, partial(WorkshopOrder.record_day, lines=lines))
        if day < date(2026, 4, 15):
            checked = [DayLine(p, n - number % 3, number % 3)
                       for p, n in zip(people, pieces, strict=True)]  # fmt: skip
            ask(day, 18, partial(WorkshopOrder.check_day, worked_on=day, lines=checked))
    march = date(2026, 3, 31)
    ask(march, 19, lambda o: o.close_payroll(month="2026-03", pay_by=date(2026, 4, 10),
                                             lines=o.payroll("2026-03")))  # fmt: skip

    def pay(order: WorkshopOrder) -> list[Event]:
        line = next(one for one in order.payrolls["2026-03"] if one.worker == people[0])
        return order.pay_piecework(
            month="2026-03", worker=people[0], amount=line.amount, voucher_no="JJ-2026-03-01"
        )

    ask(date(2026, 4, 10), 16, pay)
