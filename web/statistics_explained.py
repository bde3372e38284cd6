"""Where a figure comes from 这个数怎么来的: definition, arithmetic, and every fact in it (F-64).

The rows are asked for by the very condition that counts, at one position; what each row adds is
written beside it, so that the rows sum to the figure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.codes_person import PURPOSES
from domain.kernel import N_
from projections.lists import Query
from projections.measures import measure
from projections.measuring import Measure, Part
from projections.statistics import DIM, FactLine, Figure, Scope, Statistics
from web import dates, exports, texts
from web import statistics_words as say
from web.access import figures, limited, parts
from web.case_groups import PLACES
from web.office_parts import office
from web.pages import page
from web.statistics import reading, shown
from web.statistics_scope import Asked, asked

router = APIRouter(dependencies=[Depends(reading)])
BATCH, SHOWN = 5_000, 100
HEADS = (N_("案件"), N_("事实"), N_("发生"), N_("登记"), N_("站点"), N_("事件"), N_("计入"))
# How a part is counted by keys of which each counts once, and the key of a row.
KEYS: Mapping[str, Callable[[FactLine], Any]] = {
    "persons": lambda row: row.person,
    "net_persons": lambda row: row.person,
    "cases": lambda row: row.case_id,
    "net_cases": lambda row: row.case_id,
    "employers": lambda row: row.dims.get("employer"),
    "repeat_persons": lambda row: row.person,
    "repeat_employers": lambda row: row.dims.get("employer"),
}
NET = frozenset({"net_persons", "net_cases"})
PLAIN = frozenset({"facts", "rows", "sum"})


class Added(NamedTuple):
    """A fact behind a figure, what it adds, and the key of the page that begins after it."""

    row: FactLine
    adds: int | Decimal

    @property
    def key(self) -> str:
        """The fact's key as the URL holds it."""
        return f"{self.row.source_position}.{self.row.ordinal}.{self.row.case_id}"


def every(statistics: Statistics, code: str, scope: Scope, denominator: bool) -> list[FactLine]:
    """Give all facts of a part, read in batches."""
    rows: list[FactLine] = []
    after = ("", 0, 0)
    while batch := statistics.rows(code, scope, denominator=denominator, after=after, limit=BATCH):
        rows += batch
        last = batch[-1]
        after = (last.case_id, last.source_position, last.ordinal)
    return rows


def added(part: Part, rows: Sequence[FactLine]) -> list[Added]:
    """Say what each row adds to a part; the sum of all is the part (a median has no sum)."""
    if part.how not in KEYS:
        return [Added(row, _plain(part.how, row)) for row in rows]
    key_of = KEYS[part.how]
    sums: dict[Any, int] = {}
    for row in rows:
        sums[key_of(row)] = sums.get(key_of(row), 0) + row.amount
    cases: dict[Any, set[str]] = {}
    for row in rows:
        cases.setdefault(key_of(row), set()).add(row.case_id)
    seen: set[Any] = set()
    out = []
    for row in rows:
        key = key_of(row)
        enough = part.how not in NET or sums[key] > 0
        again = not part.how.startswith("repeat_") or len(cases[key]) > 1
        counts = key is not None and key not in seen and enough and again
        seen.add(key)
        out.append(Added(row, int(counts)))
    return out


def _plain(how: str, row: FactLine) -> int | Decimal:
    match how:
        case "sum":
            return row.amount
        case "rows":
            return 1
        case "mean":
            return row.quantity / 100
    if how.startswith(DIM):
        return int(row.dims.get(how.removeprefix(DIM), 0))
    return row.quantity


@router.get("/statistics/{code}")
@figures
def explained(request: Request, code: str) -> Response:
    """Show a figure with its arithmetic and the facts of its numerator or denominator."""
    try:
        declared = measure(code)
    except KeyError:
        raise HTTPException(404) from None
    wanted = asked(request)
    if wanted.position is None:  # figure and rows at one position, whatever comes meanwhile
        wanted = replace(wanted, position=parts(request).progress.reach().position)
    found = office(request).statistics.figures(wanted.scope, [code])
    context = shown(request, wanted, found)
    below = request.query_params.get("part") == "denominator" and declared.denominator is not None
    part = declared.denominator if below and declared.denominator else declared.numerator
    facts = [] if context["hidden"] else _facts(request, wanted, declared, below, part)
    first = _first(facts, request.query_params.get("after", ""))
    lines = facts[first : first + SHOWN]
    return page(
        request,
        "statistics/explained.html",
        code=code,
        declared=declared,
        figure=found[code],
        part=part,
        below=below,
        lines=lines,
        first=first,
        total=sum((line.adds for line in facts), Decimal(0)),
        count=len(facts),
        cases=len({line.row.case_id for line in facts}),
        after=lines[-1].key if first + SHOWN < len(facts) else "",
        part_unit=part_unit(found[code], part),
        numbers=numbers(request, wanted, lines),
        links=links(request, lines),
        places=PLACES,
        export_purposes=PURPOSES,
        **context,
    )


@router.post("/statistics/{code}/export", dependencies=[Depends(limited("export"))])
def export_facts(
    request: Request,
    code: str,
    query: Annotated[str, Form(max_length=2_000)] = "",
    kind: Annotated[exports.Format, Form()] = "xlsx",
    purpose: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Take the facts behind a figure away, all pages, as the page shows them (F-18, F-67)."""
    try:
        declared = measure(code)
    except KeyError:
        raise HTTPException(404) from None
    exports.for_purpose(purpose)
    inner = exports.Asked(request, query)
    wanted = asked(inner)
    found = office(request).statistics.figures(wanted.scope, [code])
    if shown(inner, wanted, found)["hidden"]:
        raise HTTPException(404)  # what is too small to be listed is not given away either
    below = inner.query_params.get("part") == "denominator" and declared.denominator is not None
    part = declared.denominator if below and declared.denominator else declared.numerator
    lines = _facts(request, wanted, declared, below, part)
    known = numbers(request, wanted, lines)
    own = parts(request).directory
    rows = [[texts.say(head) for head in HEADS]]
    for line in lines:
        row = line.row
        words = say.FACT_KINDS.get(row.kind, row.kind)
        place, case = own.station(row.station), known.get(row.case_id) or row.case_id
        days = (row.occurred_on.isoformat(), dates.minute(row.recorded_at))
        told = (texts.translate(words), *days, place, str(row.source_position), str(line.adds))
        rows.append([case, *told])
    exports.note(request, f"{code}:{len(lines)}", f"/statistics/{code}{query}", purpose)
    return exports.attached(
        exports.WRITERS[kind](rows), kind, f"yizhan-{code}-{wanted.from_on}-{wanted.to_on}"
    )


def _facts(
    request: Request, wanted: Asked, declared: Measure, below: bool, part: Part
) -> list[Added]:
    rows = every(office(request).statistics, declared.code, wanted.scope, below)
    return added(part, rows)


def _first(facts: Sequence[Added], after: str) -> int:
    """Find where the page begins: behind a key, else at the start."""
    return next((n for n, line in enumerate(facts, start=1) if line.key == after), 0)


def part_unit(figure: Figure, part: Part) -> str:
    """Name the unit of one part of a figure."""
    by_way = {
        "sum": "fen",
        "persons": "persons",
        "net_persons": "persons",
        "cases": "cases",
        "net_cases": "cases",
        "employers": "employers",
        "repeat_persons": "persons",
        "repeat_employers": "employers",
        "median": "days",
    }
    if part.how == "median" and figure.unit == "fen":
        return "fen"
    plain = "person_times" if figure.unit in {"percent", "ratio"} else figure.unit
    return "fen" if part.how == "dim:paid_on_time" else by_way.get(part.how, plain)


def numbers(request: Request, wanted: Asked, lines: Sequence[Added]) -> dict[str, str]:
    """Give the printed numbers of the cases on the page."""
    cases = tuple({line.row.case_id for line in lines})
    if not cases:
        return {}
    query = Query(today=wanted.today, cases=cases, closed=True, limit=len(cases))
    return {row.case_id: row.case_no for row in parts(request).caseload.page(query).rows}


def links(request: Request, lines: Sequence[Added]) -> dict[int, str]:
    """Give the address of the event behind each fact: case, then version within it."""
    found = office(request).places.versions({line.row.source_position for line in lines})
    return {
        position: f"/{PLACES[kind]}/{stream}/events/{version}"
        for position, (stream, version) in found.items()
        if (kind := stream.partition("-")[0]) in PLACES
    }
