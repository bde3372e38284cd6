"""`yizhan explain`: a figure down to the facts that make it."""

from typing import Annotated, Any

import typer

from projections.measures import measure
from projections.statistics import FactLine
from web.money import money
from yizhan.commands.reading import Demo, reading
from yizhan.commands.stats import (
    AsOf,
    From,
    Group,
    StationCode,
    To,
    as_result,
    brought_up,
    scope,
    written,
)
from yizhan.terminal import WRONG_USE, answer, fail, out, table


def explain(
    code: Annotated[str, typer.Argument(help="The code of a measure, as `stats` prints it.")],
    from_on: From = None,
    to_on: To = None,
    as_of: AsOf = None,
    station: StationCode = "",
    group: Group = "",
    denominator: Annotated[
        bool, typer.Option(help="The facts of the denominator instead of the numerator.")
    ] = False,
    limit: Annotated[int, typer.Option(help="How many facts to list.", min=1, max=100_000)] = 50,
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Print a figure's definition, its arithmetic, and the facts that put each case in."""
    try:
        declared = measure(code)
    except KeyError:
        raise fail(
            f"There is no measure {code}; `yizhan stats` lists them.", code=WRONG_USE
        ) from None
    with reading(demo=demo) as office:
        brought_up(office)
        asked = scope(office, from_on, to_on, as_of, station, group)
        figure = office.statistics.figures(asked, [code])[code]
        rows = office.statistics.rows(code, asked, denominator=denominator, limit=limit)
        numbers = office.caseload.numbers({row.case_id for row in rows})
    result = {
        "code": code,
        "name": declared.en,
        "definition": declared.definition_en,
        "version": declared.version,
        **as_result(figure),
        "facts": [_fact(row) for row in rows],
    }

    def show() -> None:
        out.print(f"[bold]{declared.en}[/] {declared.zh}: {written(figure)}", highlight=False)
        out.print(f"{declared.definition_en} (definition {declared.version})", highlight=False)
        if figure.unit == "fen" and figure.numerator is not None and figure.denominator:
            out.print(f"{money(int(figure.numerator))} / {figure.denominator:,}", highlight=False)
        lines = [
            [
                str(row.source_position),
                numbers.get(row.case_id) or row.case_id,
                row.kind,
                str(row.occurred_on),
                f"{row.quantity:,}",
                f"{row.amount / 100:,.2f}",
            ]
            for row in rows
        ]
        table("Facts", ["position", "case", "fact", "on", "quantity", "yuan"], lines)

    answer(result, as_json=as_json, show=show)


def _fact(row: FactLine) -> dict[str, Any]:
    return {
        "position": row.source_position,
        "case": row.case_id,
        "fact": row.kind,
        "occurred_on": row.occurred_on.isoformat(),
        "recorded_at": row.recorded_at.isoformat(),
        "station": row.station,
        "quantity": float(row.quantity),
        "amount": row.amount,
        "dims": dict(row.dims),
    }
