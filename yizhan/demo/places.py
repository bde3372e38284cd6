"""The stations of the demo and who works there: Heshan with its officers, others as directory."""

from datetime import date
from functools import partial
from typing import NamedTuple

from application.store import Who
from domain.kernel import N_
from domain.staff import StaffAccount
from domain.station import Station
from domain.station.facts import Opened
from web.parts import DemoRole
from yizhan.demo.people import Roster, Someone, stream
from yizhan.demo.script import Script, at

BEGAN = at(date(2023, 3, 1), 8)
STANDS = at(date(2026, 4, 16))
HOURS = "周一至周五 08:30-12:00，14:00-17:30"
MODULES = ("求职就业", "技能培训", "促进就业", "调解维权")


def station_of(label: str) -> str:
    """Name the stream of a station of the demo."""
    return stream("station", label, BEGAN)


MARKET, WORKSHOP = station_of("market"), station_of("workshop")
HECHENG, TAOYUAN, XINGYE = station_of("hecheng"), station_of("taoyuan"), station_of("xingye")
WOMEN, GUILIN, GULAO = station_of("women"), station_of("guilin"), station_of("gulao")
HESHAN = frozenset({MARKET, WORKSHOP, HECHENG, TAOYUAN, XINGYE, WOMEN, GUILIN, GULAO})
GUANGZHOU, LIWAN = station_of("guangzhou"), station_of("liwan")
YAOHUA, HONGQIAO, HUIYA = station_of("yaohua"), station_of("hongqiao"), station_of("huiya")

# The 22 streets of Liwan, the themed posts of its wholesale markets (S1), Guangzhou's 5 + 2 (S4).
STREETS = [
    "金花",
    "西村",
    "南源",
    "逢源",
    "多宝",
    "龙津",
    "昌华",
    "岭南",
    "华林",
    "沙面",
    "站前",
    "彩虹",
    "桥中",
    "石围塘",
    "花地",
    "冲口",
    "茶滘",
    "中南",
    "海龙",
    "东漖",
    "东沙",
    "白鹤洞",
]
POSTS = ("茶叶", "中药材", "服装", "文具")
THEMED = (("海珠区布匹", "440105"), ("花都区狮岭皮具", "440114"), ("荔湾区服装批发", "440103"),
          ("天河区棠下", "440106"), ("越秀区洪桥", "440104"))  # fmt: skip
REGIONAL = (("海珠区康鹭片区", "440105"), ("天河区东部片区", "440106"))


class Officer(NamedTuple):
    """An account of the demo: its label, role, station, and the person behind it."""

    account: str
    role: str
    station: str
    person: Someone

    @property
    def who(self) -> Who:
        """Who asks; the manager of the county serves every station under the market."""
        own = HESHAN if self.role == "station_manager" else {self.station}
        return Who(self.account, self.station, frozenset({self.role}), frozenset(own))


# Label, name, sex, role, station. Those with a hint below sign in by one click.
_STAFF = (
    ("caseworker", "梁晓彤", "female", "caseworker", HECHENG),
    ("mediator", "谭文杰", "male", "mediator", HECHENG),
    ("manager", "区惠仪", "female", "station_manager", MARKET),
    ("auditor", "冼明哲", "male", "auditor", MARKET),
    ("second", "何志远", "male", "caseworker", HECHENG),
    ("admin", "邝思敏", "female", "admin", MARKET),
    ("mediator-2", "伍嘉怡", "female", "mediator", HECHENG),
    ("mediator-3", "霍建邦", "male", "mediator", HECHENG),
    ("market-1", "宋雪莹", "female", "caseworker", MARKET),
    ("market-2", "简浩贤", "male", "caseworker", MARKET),
    ("taoyuan-1", "易彩娴", "female", "caseworker", TAOYUAN),
    ("taoyuan-2", "侯泽宇", "male", "caseworker", TAOYUAN),
    ("xingye-1", "源静雯", "female", "caseworker", XINGYE),
    ("xingye-2", "崔宏达", "male", "caseworker", XINGYE),
    ("huiya-1", "苏颖欣", "female", "caseworker", HUIYA),
    ("huiya-2", "柯振业", "male", "caseworker", HUIYA),
    ("hongqiao-1", "卢慧婷", "female", "caseworker", HONGQIAO),
    ("yaohua-1", "莫荣辉", "male", "caseworker", YAOHUA),
    ("grid", "岑家乐", "male", "informant", HECHENG),
)
_HINTS = {
    "caseworker": N_("鹤城镇驿站：我的待办、求职案卷、困难认定"),
    "mediator": N_("鹤城镇驿站：欠薪案件、协议与付款"),
    "manager": N_("鹤山市零工市场：全市案件、指派、统计"),
    "auditor": N_("只读：统计、回放、核对"),
    "second": N_("鹤城镇驿站：由另一人复核的事项"),
    "admin": N_("账号、站点、设置，不看案卷"),
    "grid": N_("鹤城镇网格员：用手机报送线索、入户走访"),
}


class Places:
    """The officers of the demo, and the decisions that opened stations and accounts."""

    def __init__(self, roster: Roster) -> None:
        """Invent the officers."""
        self.staff = {
            label: Officer(
                stream("staff", label, BEGAN),
                role,
                station,
                roster.person(name, sex=sex, born=(1976, 1998)),
            )
            for label, name, sex, role, station in _STAFF
        }

    def who(self, label: str) -> Who:
        """Give who asks under a label."""
        return self.staff[label].who

    def cast(self) -> tuple[DemoRole, ...]:
        """Give those who sign in by one click."""
        return tuple(
            DemoRole(self.staff[label].account, self.staff[label].role,
                     self.staff[label].person.name, hint)
            for label, hint in _HINTS.items()
        )  # fmt: skip

    def write(self, script: Script) -> None:
        """Open the stations, then the accounts."""
        admin = self.who("admin")
        _heshan(script, admin)
        _guangzhou(script, admin)
        _refits(script, admin)
        for officer in self.staff.values():
            script.open_file(self.who("manager"), BEGAN, officer.person)
            _account(script, admin, officer)


def _open(script: Script, admin: Who, station: str, day: date, level: str, terms: Opened) -> None:
    """Open one station; `level` is that of its parent."""
    script.ask(
        admin,
        at(day, 8),
        Station,
        station,
        lambda state: state.open(terms=terms, parent_level=level),
        "station.manage",
    )


def _terms(
    name: str, kind: str, level: str, district: str, parent: str = "", **more: str
) -> Opened:
    """Write what the public directory shows."""
    return Opened(
        official_name=name,
        kind=kind,
        level=level,
        parent=parent or None,
        district=district,
        address=more.get("address", f"{name}(演示地址)"),
        hours=HOURS,
        trades=("餐饮", "家政", "制衣", "灯饰", "物流"),
        phone="13800000000",
        operator="government",
        grade=more.get("grade"),
        theme=more.get("theme"),
        trial="trial" in more,
    )


def _heshan(script: Script, admin: Who) -> None:
    """Open 1 market with its workshop and 6 stations (S0)."""
    opened = date(2024, 12, 20)
    where = "鹤山市沙坪街道桂林社区(北湖公园旁)"
    market = _terms("鹤山市零工市场", "gig_market", "county", "440784", address=where, trial="yes")
    _open(script, admin, MARKET, opened, "", market)
    workshop = _terms(
        "鹤山市零工市场手工作坊", "workshop", "county", "440784", MARKET, address=where
    )
    _open(script, admin, WORKSHOP, opened, "county", workshop)
    for station, label, level, day in (
        (HECHENG, "鹤山市鹤城镇就业驿站", "town", BEGAN.date()),
        (TAOYUAN, "鹤山市桃源镇就业驿站", "town", BEGAN.date()),
        (XINGYE, "鹤山市沙坪街道兴业社区就业驿站", "village", BEGAN.date()),
        (WOMEN, "鹤山市妇女儿童活动中心就业驿站", "county", date(2024, 3, 8)),
        (GUILIN, "鹤山市沙坪街道桂林社区就业驿站", "village", date(2024, 6, 3)),
        (GULAO, "鹤山市古劳镇就业驿站", "town", date(2024, 9, 2)),
    ):
        _open(script, admin, station, day, "", _terms(label, "station", level, "440784"))
        script.ask(
            admin, at(opened), Station, station,
            partial(
                Station.change_details, station=station, field="parent",
                value=MARKET, parent_level="county"
            ),
            "station.manage",
        )  # fmt: skip


def _guangzhou(script: Script, admin: Who) -> None:
    """Open Liwan 1 + 22 + N and Guangzhou 1 + 5 + 2, known as directory (S1, S4)."""
    day = date(2023, 8, 1)
    terms = _terms("广州市零工市场", "gig_market", "city", "440100", grade="provincial_standard")
    _open(script, admin, GUANGZHOU, day, "", terms)
    markets = [(name, district, "themed") for name, district in THEMED]
    markets += [(name, district, "regional") for name, district in REGIONAL]
    for name, district, grade in markets:
        made = _terms(f"{name}零工市场", "gig_market", "county", district, GUANGZHOU,
                      grade=grade, theme=name[3:])  # fmt: skip
        _open(script, admin, station_of(name), day, "city", made)
    head = _terms("荔湾区零工市场总站", "gig_market", "county", "440103", GUANGZHOU,
                  address="荔湾区周门南路20号一、二层")  # fmt: skip
    _open(script, admin, LIWAN, day, "city", head)
    for street in STREETS:
        name = f"荔湾区{street}街道就业驿站"
        made = _terms(name, "station", "town", "440103", LIWAN)
        _open(script, admin, station_of(name), day, "county", made)
    for theme in POSTS:
        name = f"荔湾区{theme}市场就业服务点"
        made = _terms(name, "service_post", "village", "440103", LIWAN, theme=theme)
        _open(script, admin, station_of(name), day, "county", made)
    above = station_of("荔湾区昌华街道就业驿站")
    for station, name, district, parent, level in (
        (YAOHUA, "荔湾区耀华社区就业驿站", "440103", above, "town"),
        (HONGQIAO, "越秀区洪桥街道就业驿站", "440104", station_of("越秀区洪桥"), "county"),
        (HUIYA, "天河区车陂街道慧雅社区就业驿站", "440106", station_of("天河区棠下"), "county"),
    ):
        made = _terms(name, "station", "village", district, parent)
        _open(script, admin, station, day, level, made)


def _refits(script: Script, admin: Who) -> None:
    """Record modules, zones, honours and partners as the seeds report them."""
    zones = ("综合服务", "自助服务", "便民服务", "技能培训", "信息发布")
    for station, day, modules, rooms, equipment in (
        (MARKET, date(2024, 12, 20), ("求职就业", "技能培训", "手工作坊"), ("前门店", "后工厂"),
         ("LED屏", "宣传栏", "智能求职自助机")),
        (TAOYUAN, date(2024, 3, 1), MODULES, zones, ("自助机",)),
        (HECHENG, date(2025, 1, 2), ("求职就业", "技能培训", "综合服务", "维权调解"),
         zones[:3], ()),
        (XINGYE, date(2024, 3, 1), ("求职就业", "技能培训"), ("技能培训",), ()),
    ):  # fmt: skip
        script.ask(
            admin, at(day, 10), Station, station,
            partial(Station.upgrade, modules=modules, zones=rooms, equipment=equipment),
            "station.manage",
        )  # fmt: skip
    script.ask(
        admin, at(date(2024, 12, 30)), Station, TAOYUAN,
        lambda s: s.give_honour(honour="百千万工程典型案例", year=2024), "station.manage",
    )  # fmt: skip
    script.ask(
        admin, at(date(2024, 3, 8), 10), Station, WOMEN,
        lambda s: s.join_partner(partner="妇女联合会"), "station.manage",
    )  # fmt: skip


def _account(script: Script, admin: Who, officer: Officer) -> None:
    """Open an account; the first admin's role was granted by who installed the office."""
    moment, account = at(BEGAN.date()), officer.account
    terms = {"person": officer.person.id, "station": officer.station, "operator": "government"}
    installer = Who("operator", MARKET, frozenset({"admin"}))
    by = installer if officer.role == "admin" else admin
    script.ask(by, moment, StaffAccount, account, lambda s: s.open_account(**terms), "staff.manage")
    script.ask(
        by, moment, StaffAccount, account,
        lambda s: s.grant_role(account=account, by=by.account, role=officer.role,
                               from_on=moment.date()),
        "staff.manage",
    )  # fmt: skip
