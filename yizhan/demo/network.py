"""The network of the demo in its days of 2026: visitors by the hour, posts on the wall, Zhongshan.

Figures of the seeds that concern counters (S4: 40,000 in one morning) and the annex (S3: 113.5).
"""

from datetime import date, datetime, timedelta
from functools import partial

from application.notices import Notices
from application.store import Who
from domain.money import Fen
from domain.station import Station
from domain.station.facts import Opened
from domain.station.towns import PLANS, offers
from domain.vacancy import Vacancy
from yizhan.demo.jobs import TITLES, employ, publish
from yizhan.demo.people import Roster
from yizhan.demo.places import (
    HECHENG,
    MARKET,
    STANDS,
    TAOYUAN,
    Places,
    station_of,
)
from yizhan.demo.script import Script, at, days_between

TODAY = STANDS.date()
KANGLU = station_of("海珠区康鹭片区")
MORNING = date(2024, 12, 14)  # a Saturday before the newspaper's visit; more than 40,000 came
CROWD = ((6, 9_400), (7, 14_800), (8, 10_900), (9, 5_300))
WALL, QUICK_TODAY = 26, 9
TRADES_ON = tuple(TITLES)
NOTICES = (
    (MARKET, "“南粤春暖”零工专场", "4 月 18 日(周六)上午 9 时，北湖公园旁，38 家单位，免费。"),
    (MARKET, "谨防招工诈骗", "凡要交押金、办卡、扣身份证的都是骗局，请到窗口举报。"),
    (HECHENG, "灯饰装配培训班报名", "白天班、夜校班各一期，免费，满 30 人开班。"),
)  # fmt: skip


def network(script: Script, roster: Roster, places: Places) -> None:
    """Write what the pages of the network show."""
    _counted(script, places.who("admin"))
    _wall(script, roster, places)
    _zhongshan(script, places.who("admin"))


def notices(own: Notices, manager: Who) -> None:
    """Hang the notices, each once; they stand beside the log."""
    for number, (station, title, body) in enumerate(NOTICES):
        own.put_up(
            manager, station=station, title=title, body=body, until_on=TODAY + timedelta(30),
            today=TODAY, command=f"demo-{number}",
        )  # fmt: skip


def _counted(script: Script, admin: Who) -> None:
    """Count visitors at the doors: a fact an hour, in Heshan and on one morning at Kanglu."""
    for hour, entered in CROWD:
        _hour(script, admin, KANGLU, MORNING, hour, entered)
    for station, base in ((MARKET, 46), (HECHENG, 17), (TAOYUAN, 12)):
        for day in days_between(date(2026, 4, 7), TODAY - timedelta(1)):
            for hour in (8, 9, 10, 11, 14, 15, 16):
                wave = (day.day * 7 + hour * 11) % 19
                _hour(script, admin, station, day, hour, max(4, base + wave - abs(10 - hour) * 3))
        _hour(script, admin, station, TODAY, 8, base * 2, at(TODAY, 9))


def _hour(
    script: Script, admin: Who, station: str, day: date, hour: int, entered: int,
    moment: datetime | None = None,
) -> None:  # fmt: skip
    begun = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - local, as gates write
    script.ask(
        admin, moment or at(day, 18), Station, station,
        partial(
            Station.count_footfall, from_at=begun, to_at=begun + timedelta(hours=1),
            entered=entered,
        ),
        "station.manage", on=day,
    )  # fmt: skip


def _wall(script: Script, roster: Roster, places: Places) -> None:
    """Publish posts that are open on the day of the demo, and match some people for the day."""
    who = places.who("market-1")
    firms = [roster.firm("鹤山市") for _ in range(9)]
    for firm in firms:
        employ(script, who, date(2026, 3, 30), firm)
    openings = [
        publish(
            script, who, date(2026, 4, 1 + number % 9), f"wall-{number}", firms[number % 9],
            2 + number * 7 % 23, title=TITLES[TRADES_ON[number % len(TRADES_ON)]],
            trade=TRADES_ON[number % len(TRADES_ON)],
            pay=(280_000 + number * 37_000 % 180_000, 420_000 + number * 53_000 % 260_000),
        )
        for number in range(WALL)
    ]  # fmt: skip
    for number in range(QUICK_TODAY):
        script.ask(
            who, at(TODAY, 8), Vacancy, openings[number * 2].id,
            partial(Vacancy.match_quickly, day=TODAY, count=1 + number % 4, occurred_on=TODAY),
            "vacancy.edit",
        )  # fmt: skip


def _zhongshan(script: Script, admin: Who) -> None:
    """Open a site in each of the 23 towns and record the money of the annex (S3)."""
    plan, opened = PLANS["442000"], date(2023, 11, 15)
    for number, line in enumerate(plan.lines):
        kind = line.demonstration or "station"
        sign = "零工市场" if kind == "gig_market" else "就业驿站"
        name = f"中山市{line.town}{sign}"
        assert kind in offers(kind, name)  # noqa: S101 - the sign says what the site is
        stream, moment = station_of(name), at(opened + timedelta(number % 7 * 5))
        terms = Opened(
            official_name=name, kind=kind, level="town", district="442000",
            address=f"中山市{line.town}(演示地址)", hours="周一至周五 08:30-12:00，14:30-17:30",
            trades=("制造", "灯饰", "餐饮"), phone="0760-5550000", operator="government",
        )  # fmt: skip
        script.ask(admin, moment, Station, stream, partial(Station.open, terms=terms),
                   "station.manage")  # fmt: skip
        sums = {"base": line.amount - (plan.point if line.demonstration else 0)}
        if line.demonstration:
            sums["demonstration"] = plan.point
            script.ask(
                admin, moment, Station, stream,
                partial(Station.give_honour, honour="市镇共建示范点", year=plan.year),
                "station.manage",
            )  # fmt: skip
        for purpose, amount in sums.items():
            script.ask(
                admin, moment, Station, stream,
                partial(
                    Station.set_budget, year=plan.year, purpose=purpose, amount=Fen(amount)
                ),
                "station.manage",
            )  # fmt: skip
