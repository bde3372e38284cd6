"""The directory of stations 动态管理名录: list as a tree, one page a station, its acts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from application.directory import COUNT, RIGHT, Directory
from application.rights import may
from domain.kernel import N_, Refused
from domain.station import DETAILS, Station
from domain.station.facts import Opened
from domain.station.network import DISTRICTS
from projections.directory_reader import Entry
from projections.statistics import Scope
from web import dates
from web.access import figures, parts
from web.act_pages import doable, standing
from web.acts import Act, Desk, Field
from web.admin import OPERATORS
from web.charts import Mark
from web.office_parts import office
from web.pages import page
from web.statistics_scope import FIRST, reached
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
GRADES: Mapping[str, str] = {
    "provincial_standard": N_("省级标准化"),
    "themed": N_("特色"),
    "regional": N_("区域"),
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


def _standing(_request: Any, state: Station) -> dict[str, Any]:
    """Fill the lists in as they stand, so that one is changed and not all typed again."""
    lists = ("modules", "zones", "services", "equipment")
    return {name: "、".join(getattr(state, name)) for name in lists}


def _moment(field: str) -> Callable[[str], datetime]:
    """Read a day and a time of day, local: 2026-04-16 08:15."""

    def read(text: str) -> datetime:
        day, _, clock = text.strip().replace("T", " ").partition(" ")
        try:
            return datetime.combine(dates.day(day, field=field), time.fromisoformat(clock.strip()))
        except ValueError:
            raise Refused(
                rule="T-03", text=N_("请按 2026-04-16 08:15 的样子填写日期和时间。"), field=field
            ) from None

    return read


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
            Field("grade", N_("等级"), "code", choices=GRADES, required=False),
            Field("theme", N_("主题"), required=False, empty=None, hint=N_("例如：茶叶、布匹")),
            Field(
                "alias", N_("别名"), required=False, hint=N_("用顿号隔开"), make=listed, empty=()
            ),
            Field("trial", N_("试运行"), "bool", required=False),
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
        N_("四项都是全部清单：没列的就是没有了。"),
        RIGHT,
        start=_standing,
    ),
    Act(
        "count_footfall",
        N_("登记客流时段"),
        (
            Field("from_at", N_("自"), hint="2026-04-16 08:00", make=_moment("from_at")),
            Field("to_at", N_("至"), hint="2026-04-16 09:00", make=_moment("to_at")),
            Field("entered", N_("进站人次"), "int"),
        ),
        N_("闸机或人工计的一个时段，只记人次；时段不能重叠。"),
        COUNT,
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
    """站点名录: the network as a tree, and how many stations were open on a day."""
    desk = parts(request).desks["stations"]
    given, today = request.query_params, parts(request).today()
    day = dates.day(given["on"], field="on") if given.get("on") else today
    text, kind = given.get("text", "")[:60], given.get("kind", "")
    own = office(request)
    scope = Scope(from_on=FIRST, to_on=day, as_of=today)
    rows = own.entries.of_kind("station", limit=5_000)
    return page(
        request,
        "stations/list.html",
        rows=[pair for pair in tree(rows) if _asked_for(pair[1], text, kind)],
        kinds=KINDS,
        levels=LEVELS,
        grades=GRADES,
        day=day,
        text=text,
        kind=kind,
        counts=own.statistics.figures(scope, ("stations_open", "gig_markets_open")),
        begins=[act for act in desk.begun() if may(who(request), act.right)],
    )


def _asked_for(one: Entry, text: str, kind: str) -> bool:
    told = one.detail
    words = f"{one.name} {told.get('address', '')} {'、'.join(told.get('alias', ()))}"
    return text in words and (not kind or told.get("kind") == kind)


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
    """Show a station as the directory has it, what stands under it, its week, and its acts."""
    desk, own = parts(request).desks["stations"], parts(request)
    state = standing(request, desk, station)
    rows = office(request).entries.of_kind("station", parent=station, limit=200)
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
        grades=GRADES,
        under=[one for one in rows if one.state == "active"],
        week=(marks := week(request, station, own.today())),
        week_rows=[(mark.label, mark.text) for mark in marks],
        served=station in reached(who(request)),
    )


def week(request: Request, station: str, today: date) -> list[Mark]:
    """Give the visitors of the last seven days, a bar a day."""
    marks = []
    for back in range(6, -1, -1):
        day = today - timedelta(days=back)
        scope = Scope(from_on=day, to_on=day, as_of=today, stations=(station,))
        count = int(office(request).statistics.figures(scope, ["footfall"])["footfall"].value or 0)
        href = f"/daily?station={station}&day={day}"
        marks.append(Mark(f"{day:%m-%d}", count, f"{count:,}", href, chosen=day == today))
    return marks
