"""Which towns have a market and a station 覆盖情况; whether a plan's money adds up 经费核对.

"In principle each town builds one market and one station at least" (Zhongshan plan, 六(一)).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain import codes
from domain.money import Fen
from domain.station.network import DISTRICTS
from domain.station.towns import PLANS, TOWNS, Plan, Stage, offers, town_of
from projections.directory_reader import Entry
from projections.statistics import Scope
from web import texts
from web.access import figures, parts
from web.office_parts import office
from web.pages import page
from web.statistics_scope import FIRST
from web.visit import visit, who

router = APIRouter()
COLUMNS, TILE_W, TILE_H, GAP = 6, 136, 66, 8  # of the picture, in user units
KINDS = ("gig_market", "station")
MOST = 5_000


class Covered(NamedTuple):
    """A town with its sites, and which of the two kinds they offer."""

    town: str
    sites: tuple[Entry, ...]
    has: frozenset[str]

    @property
    def tone(self) -> str:
        """How the tile looks: ok, half or none."""
        return "ok" if self.has >= set(KINDS) else "half" if self.has else "none"


class Tile(NamedTuple):
    """A town's place in the picture."""

    row: Covered
    x: int
    y: int


class Line(NamedTuple):
    """A town in the reconciliation; amounts in fen, `planned` of the annex."""

    town: str
    planned: Fen
    base: Fen
    demonstration: Fen
    sites: tuple[str, ...]

    @property
    def recorded(self) -> Fen:
        """What stands in the ledger."""
        return Fen(self.base + self.demonstration)

    @property
    def difference(self) -> Fen:
        """Recorded less planned."""
        return Fen(self.recorded - self.planned)


class Stood(NamedTuple):
    """How a plan stood on the last day of a stage, in towns of so many."""

    stage: Stage
    towns: int
    market: int
    station: int
    both: int


@router.get("/coverage")
@figures
def coverage(request: Request, county: str = "") -> Response:
    """覆盖情况."""
    county = _chosen(request, county)
    rows = covered(
        office(request).entries.of_kind("station", states=("active",), limit=MOST), county
    )
    tiles = [
        Tile(row, n % COLUMNS * (TILE_W + GAP), n // COLUMNS * (TILE_H + GAP))
        for n, row in enumerate(rows)
    ]
    deep = -(-len(rows) // COLUMNS) * (TILE_H + GAP) - GAP
    return page(
        request,
        "network/coverage.html",
        county=county,
        counties=counties(request),
        rows=rows,
        tiles=tiles,
        stages=staged(rows, PLANS.get(county)),
        size=(COLUMNS * (TILE_W + GAP) - GAP, deep, TILE_W, TILE_H),
        counts={
            "towns": len(rows),
            "market": sum("gig_market" in row.has for row in rows),
            "station": sum("station" in row.has for row in rows),
            "none": sum(not row.has for row in rows),
        },
    )


@router.get("/budget")
@figures
def budget(request: Request, county: str = "", year: str = "") -> Response:
    """经费核对."""
    county = _chosen(request, county, PLANS)
    plan = PLANS.get(county)
    asked = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    on = asked or (plan.year if plan else parts(request).today().year)
    lines = reconciled(request, county, on, plan if plan and plan.year == on else None)
    total = Fen(sum(line.recorded for line in lines))
    planned = Fen(sum(line.planned for line in lines))
    return page(
        request,
        "network/budget.html",
        county=county,
        counties=counties(request),
        year=on,
        plan=plan if plan and plan.year == on else None,
        lines=lines,
        total=total,
        planned=planned,
        base=Fen(sum(line.base for line in lines)),
        demonstration=Fen(sum(line.demonstration for line in lines)),
    )


def covered(entries: Iterable[Entry], county: str) -> list[Covered]:
    """Put the sites of a county to its towns, in the order of the list of towns."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        if one.district[:6] == county and (town := town_of_entry(one)):
            found[town].append(one)
    return [
        Covered(
            town.name,
            tuple(found[town.name]),
            frozenset().union(
                *(offers(str(one.detail.get("kind")), one.name) for one in found[town.name])
            ),
        )
        for town in TOWNS.get(county, ())
    ]


def staged(rows: Iterable[Covered], plan: Plan | None) -> list[Stood]:
    """Say for the last day of each stage of a plan how many towns had what by then."""
    found = []
    for stage in plan.stages if plan else ():
        by_then = [
            frozenset[str]().union(
                *(
                    offers(str(one.detail.get("kind")), one.name)
                    for one in row.sites
                    if str(one.detail.get("opened_on")) <= stage.until.isoformat()
                )
            )
            for row in rows
        ]
        market, station = (sum(kind in has for has in by_then) for kind in KINDS)
        both = sum(has >= set(KINDS) for has in by_then)
        found.append(Stood(stage, len(by_then), market, station, both))
    return found


def town_of_entry(one: Entry) -> str:
    """Find the town that a site's name, alias or address speaks of."""
    told = one.detail
    return town_of(one.district, (one.name, *told.get("alias", ()), str(told.get("address", ""))))


def reconciled(request: Request, county: str, year: int, plan: Plan | None) -> list[Line]:
    """Set what is recorded for a year beside what the plan allots, town by town."""
    own = office(request)
    entries = own.entries.of_kind("station", limit=MOST)
    towns = {one.stream: town_of_entry(one) for one in entries if one.district[:6] == county}
    names = {one.stream: one.name for one in entries}
    today = parts(request).today()
    scope = Scope(from_on=FIRST, to_on=today, as_of=today, stations=tuple(sorted(towns)))
    sums: dict[str, dict[str, int]] = defaultdict(lambda: {"base": 0, "demonstration": 0})
    sites: dict[str, set[str]] = defaultdict(set)
    for fact in own.statistics.rows("station_budget", scope, limit=MOST):
        if int(fact.dims["year"]) == year:
            town = towns[fact.station]
            sums[town][str(fact.dims["purpose"])] += fact.amount
            sites[town].add(names[fact.station])
    planned = {line.town: line.amount for line in plan.lines} if plan else {}
    order = [town.name for town in TOWNS.get(county, ())]
    order += sorted((sums.keys() | planned.keys()) - set(order))
    return [
        Line(
            town,
            planned.get(town, Fen(0)),
            Fen(sums[town]["base"]),
            Fen(sums[town]["demonstration"]),
            tuple(sorted(sites[town])),
        )
        for town in order
        if town in sums or town in planned
    ]


def counties(request: Request) -> list[tuple[str, str]]:
    """Give the counties whose towns are known, by name."""
    texts.use(visit(request).language)
    known: Mapping[str, Any] = codes.DISTRICTS
    return [(c, texts.label(known[c]) if c in known else DISTRICTS[c]) for c in TOWNS]


def _chosen(request: Request, county: str, among: Iterable[str] = TOWNS) -> str:
    """Give the county asked for, else that of the reader's station, else the first."""
    choices: Sequence[str] = tuple(among)
    if county in TOWNS:
        return county
    home = office(request).entries.entry(who(request).station)
    code = home.district[:6] if home else ""
    return code if code in choices else choices[0]
