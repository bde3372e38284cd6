"""The network of stations: names, districts, levels, and who stands under whom (T-01)."""

import re
from collections.abc import Iterable, Mapping

from domain.kernel import N_, Refused

# Levels from the top; mobile and online places have none and hang where they are put.
LEVELS = ("province", "city", "county", "town", "village")
UNRANKED = frozenset({"mobile", "online"})
GRADES = frozenset({"provincial_standard", "themed", "regional"})
OPERATORS = frozenset({"government", "purchased_service"})

# Kind -> what an official name of this kind ends with (S3: 中山市……零工市场 / ……就业驿站).
NAMED: Mapping[str, str] = {
    "gig_market": r"零工市场(?:总站)?$",
    "station": r"驿站$",
    "workshop": r"(?:工坊|作坊|车间)$",
    "service_post": r"(?:服务站|服务点|驿站)$",
    "mobile": r".",
    "online": r".",
}
_CHINESE = re.compile(r"^[\u4e00-\u9fff·、()（）\d+]{3,40}$")

# GB/T 2260 of the counties in the seeds, and two that exist in no table, for demo and tests.
DISTRICTS: Mapping[str, str] = {
    "440000": "广东省",
    "440100": "广州市",
    "440103": "荔湾区",
    "440104": "越秀区",
    "440105": "海珠区",
    "440106": "天河区",
    "440114": "花都区",
    "440700": "江门市",
    "440784": "鹤山市",
    "442000": "中山市",
    "449900": "示例市",
    "449901": "示例一区",
    "449902": "示例二区",
}

Row = tuple[str, str | None]


def check_name(name: str, kind: str) -> None:
    """Refuse a name that does not say what the place is (S3, T-01)."""
    if kind not in NAMED:
        raise Refused(rule="T-01", text=N_("没有这一站点类型。"), field="kind")
    if not _CHINESE.match(name) or not re.search(NAMED[kind], name):
        raise Refused(
            rule="T-01",
            text=N_("站点名称“{name}”不合命名规则：地名或行业名加零工市场、就业驿站等类别名。"),
            field="official_name",
            name=name,
        )


def check_district(district: str) -> None:
    """Refuse a code of no known county, or of a town (9 digits) outside one (T-01)."""
    if len(district) not in {6, 9} or not district.isdigit() or district[:6] not in DISTRICTS:
        raise Refused(
            rule="T-01", text=N_("没有行政区划代码{code}。"), field="district", code=district
        )


def check_parent(*, level: str, parent_level: str) -> None:
    """Refuse a parent of a lower level; an equal one is lawful (T-01)."""
    if level not in {*LEVELS, *UNRANKED}:
        raise Refused(rule="T-01", text=N_("没有这一站点级别。"), field="level")
    if (
        parent_level in LEVELS
        and level in LEVELS
        and LEVELS.index(parent_level) > LEVELS.index(level)
    ):
        raise Refused(rule="T-01", text=N_("上级站点的级别不能低于本站点。"), field="parent")


def check_circle(station: str, parent: str, above: Iterable[str]) -> None:
    """Refuse a parent that stands under this station itself; `above` are the parent's parents."""
    if station == parent or station in set(above):
        raise Refused(rule="T-01", text=N_("上级站点不能是本站点或其下级。"), field="parent")


def subtree(rows: Iterable[Row], root: str) -> frozenset[str]:
    """Give a station and everything under it; rows are (id, parent), a circle does no harm."""
    under: dict[str, list[str]] = {}
    for station, parent in rows:
        under.setdefault(parent or "", []).append(station)
    found, waiting = {root}, [root]
    while waiting:
        for child in under.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def ancestors(rows: Iterable[Row], station: str) -> tuple[str, ...]:
    """Give the parents of a station from the nearest up; a circle ends where it closes."""
    parent_of = dict(rows)
    above: list[str] = []
    parent = parent_of.get(station)
    while parent and parent not in above and parent != station:
        above.append(parent)
        parent = parent_of.get(parent)
    return tuple(above)
