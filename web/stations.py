"""The directory of stations 动态管理名录: list as a tree, one page a station, its acts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from application.directory import RIGHT, Directory
from application.rights import may
from domain.kernel import N_
from domain.station import DETAILS, Station
from domain.station.facts import Opened
from domain.station.network import DISTRICTS
from projections.directory_reader import Entry
from web.access import figures, parts
from web.act_pages import doable, standing
from web.acts import Act, Desk, Field
from web.admin import OPERATORS
from web.office_parts import office
from web.pages import page
from web.visit import who

KINDS: Mapping[str, str] = {
    "station": N_("就业驿站"),
    "gig_market": N_("零工市场"),
    "workshop": N_("工坊"),
    "service_post": N_("服务点"),
    "mobile": N_("流动服务"),
    "online": N_("线上"),
}
LEVELS: Mapping[str, str] = {
    "county": N_("县级"),
    "town": N_("镇级"),
    "village": N_("村级"),
    "city": N_("市级"),
    "province": N_("省级"),
    "mobile": N_("流动"),
    "online": N_("线上"),
}
WORDS: Mapping[str, str] = {
    "official_name": N_("名称"),
    "alias": N_("别名"),
    "level": N_("级别"),
    "grade": N_("等级"),
    "theme": N_("主题"),
    "parent": N_("上级站点"),
    "district": N_("区划"),
    "address": N_("地址"),
    "hours": N_("开放时间"),
    "trades": N_("服务工种"),
    "phone": N_("电话"),
    "operator": N_("运营方式"),
    "trial": N_("试运行"),
}
PURPOSES: Mapping[str, str] = {"base": N_("基础经费"), "demonstration": N_("示范经费")}
LISTS = frozenset({"alias", "trades"})


def listed(text: str) -> tuple[str, ...]:
    """Part a list that is typed on one line."""
    return tuple(part for part in text.replace("，", "、").replace(",", "、").split("、") if part)


def _opened(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Put the terms together from the fields of the form."""
    return {"terms": Opened(**values)}


def _changed(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Read the new value as the item has it: a list, yes or no, or text."""
    name, text = values["field"], values["value"]
    made: Mapping[str, Callable[[str], object]] = {
        **dict.fromkeys(LISTS, listed),
        "trial": lambda typed: typed in {"1", "是", "yes"},
    }
    return {"field": name, "value": made[name](text) if name in made else text or None}


ACTS = (
    Act(
        "open",
        N_("开办站点"),
        (
            Field("official_name", N_("名称")),
            Field("kind", N_("种类"), "code", choices=KINDS),
            Field("level", N_("级别"), "code", choices=LEVELS),
            Field("parent", N_("上级站点"), "station", required=False),
            Field("district", N_("区划"), "code", choices=DISTRICTS),
            Field("address", N_("地址")),
            Field("hours", N_("开放时间")),
            Field("trades", N_("服务工种"), hint=N_("用顿号隔开"), make=listed),
            Field("phone", N_("电话")),
            Field("operator", N_("运营方式"), "code", choices=OPERATORS),
        ),
        N_("将列入公示名录。"),
        RIGHT,
        begins=True,
        prepare=_opened,
    ),
    Act(
        "change_details",
        N_("变更公示信息"),
        (
            Field("field", N_("哪一项"), "code", choices=WORDS),
            Field("value", N_("改为"), required=False),
        ),
        "",
        RIGHT,
        prepare=_changed,
    ),
    Act(
        "upgrade",
        N_("登记升级改造"),
        tuple(
            Field(name, word, required=False, hint=N_("用顿号隔开"), make=listed, empty=())
            for name, word in (
                ("modules", N_("模块")),
                ("zones", N_("功能区")),
                ("services", N_("服务")),
                ("equipment", N_("设备")),
            )
        ),
        "",
        RIGHT,
    ),
    Act("join_partner", N_("登记合作单位"), (Field("partner", N_("单位名称")),), "", RIGHT),
    Act(
        "give_honour",
        N_("登记荣誉"),
        (Field("honour", N_("荣誉")), Field("year", N_("年份"), "int")),
        "",
        RIGHT,
    ),
    Act(
        "set_budget",
        N_("登记经费"),
        (
            Field("year", N_("年份"), "int"),
            Field("purpose", N_("用途"), "code", choices=PURPOSES),
            Field("amount", N_("金额"), "money"),
        ),
        "",
        RIGHT,
    ),
    Act(
        "close",
        N_("关闭站点"),
        (
            Field("reason", N_("理由"), "longtext"),
            Field("moved_to", N_("未结案件移交到"), "station", required=False, empty=""),
        ),
        N_("还有未结案件时须写明移交到哪里。"),
        RIGHT,
    ),
)
assert set(WORDS) == DETAILS  # noqa: S101 - every item of the directory can be named


def station_desk(directory: Directory) -> Desk:
    """Make the desk of stations; its list and pages are this module's."""
    return Desk("stations", "station", N_("站点名录"), Station, (directory,), ACTS)


router = APIRouter()


@router.get("/stations")
@figures
def listing(request: Request) -> Response:
    """站点名录."""
    desk = parts(request).desks["stations"]
    return page(
        request,
        "stations/list.html",
        rows=list(tree(office(request).entries.of_kind("station", limit=5_000))),
        kinds=KINDS,
        levels=LEVELS,
        begins=[act for act in desk.begun() if may(who(request), act.right)],
    )


def tree(entries: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
    """Put stations under their parents, with the depth of each; a circle is cut."""
    known = {one.stream for one in entries}
    under: dict[str, list[Entry]] = {}
    for one in entries:
        under.setdefault(one.parent if one.parent in known else "", []).append(one)
    seen: set[str] = set()

    def walk(parent: str, depth: int) -> Iterator[tuple[int, Entry]]:
        for one in under.get(parent, ()):
            if one.stream not in seen:
                seen.add(one.stream)
                yield depth, one
                yield from walk(one.stream, depth + 1)

    yield from walk("", 0)
    yield from ((0, one) for one in entries if one.stream not in seen)


@router.get("/stations/{station}")
def shown(request: Request, station: str) -> Response:
    """Show a station as the directory has it, and its acts."""
    desk = parts(request).desks["stations"]
    state = standing(request, desk, station)
    return page(
        request,
        "stations/station.html",
        station=station,
        state=state,
        acts=doable(request, desk, state, station),
        words=WORDS,
        kinds=KINDS,
        levels=LEVELS,
        operators=OPERATORS,
    )
