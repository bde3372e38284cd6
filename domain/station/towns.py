"""Streets and towns 镇街 that a network must reach, and the plan that pays for them (S0, S1, S3).

"Each town one market and one station at least" (六(一) of the Zhongshan plan) can only be
checked against a list of towns. An official name and the alias of a source stand together: the
annex writes 东风镇, the town is 东凤镇.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from domain.kernel import N_
from domain.money import Fen


class Town(NamedTuple):
    """A street or town of a county: its name, and how sources write it."""

    name: str
    alias: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What a station's name may say for it, the longest first, with and without 街道."""
        bare = tuple(name.removesuffix("街道") for name in (self.name, *self.alias))
        return tuple(sorted({self.name, *self.alias, *bare}, key=len, reverse=True))


class Allotment(NamedTuple):
    """What a plan allots to one town; a demonstration point is part of the sum."""

    town: str
    amount: Fen
    demonstration: str = ""


class Stage(NamedTuple):
    """A stage of a plan and the last day it may take."""

    name: str
    until: date


class Plan(NamedTuple):
    """The annex of a plan: its lines, and the total that is printed under them."""

    code: str
    year: int
    lines: tuple[Allotment, ...]
    total: Fen
    point: Fen
    source: str
    stages: tuple[Stage, ...] = ()


def _towns(text: str) -> tuple[Town, ...]:
    """Read names; `东凤镇=东风镇` gives an alias."""
    return tuple(
        Town(name, tuple(alias)) for name, *alias in (one.split("=") for one in text.split())
    )


TOWNS: Mapping[str, tuple[Town, ...]] = {
    "440784": _towns("沙坪街道 龙口镇 雅瑶镇 古劳镇 桃源镇 鹤城镇 共和镇 址山镇 宅梧镇 双合镇"),
    "440103": _towns(
        "金花街道 西村街道 南源街道 逢源街道 多宝街道 龙津街道 昌华街道 岭南街道 华林街道 沙面街道"
        " 站前街道 彩虹街道 桥中街道 石围塘街道 花地街道 冲口街道 茶滘街道 中南街道 海龙街道"
        " 东漖街道 东沙街道 白鹤洞街道"
    ),
    "442000": _towns(
        "石岐街道 东区街道 南区街道 小榄镇 火炬开发区 西区街道 南朗街道=翠亨新区 民众街道"
        " 五桂山街道 古镇镇 横栏镇 港口镇 沙溪镇 大涌镇 黄圃镇 南头镇 东凤镇=东风镇 阜沙镇"
        " 三角镇 三乡镇 坦洲镇 板芙镇 神湾镇"
    ),
}

_POINTS = {"石岐街道": "station", "东区街道": "gig_market", "南区街道": "gig_market",
           "小榄镇": "station"}  # fmt: skip
PLANS: Mapping[str, Plan] = {
    "442000": Plan(
        code="zhongshan-2023",
        year=2023,
        lines=tuple(
            Allotment(
                town.name,
                Fen(11_750_000 if town.name in _POINTS else 3_500_000),
                _POINTS.get(town.name, ""),
            )
            for town in TOWNS["442000"]
        ),
        total=Fen(113_500_000),
        point=Fen(10_000_000),
        source="中山市零工市场、就业驿站建设资金使用计划表(2023-09-18)",
        stages=(
            Stage(N_("第一阶段 调研摸底"), date(2023, 9, 15)),
            Stage(N_("第二阶段 建设实施"), date(2023, 10, 31)),
            Stage(N_("第三阶段 验收运营"), date(2023, 12, 31)),
        ),
    )
}


def town_of(district: str, told: Iterable[str]) -> str:
    """Give the town of a county that a name, alias or address speaks of; "" where none does.

    The longest name wins, so that 南区 is not found in 南区街道's neighbour, and a name that is
    found earlier in `told` (the official name) counts before a later one (the address).
    """
    towns = TOWNS.get(district[:6], ())
    for text in told:
        found = [(len(word), t.name) for t in towns for word in t.words if word in text]
        if found:
            return max(found)[1]
    return ""


def offers(kind: str, name: str) -> frozenset[str]:
    """Say what a site offers its town: a market, a station, or (of a joint name) both."""
    if kind not in {"gig_market", "station"}:
        return frozenset()
    signs = {"gig_market": "零工市场", "station": "就业驿站"}
    return frozenset({kind} | {one for one, sign in signs.items() if sign in name})
