"""`yizhan stats`: the figures, by their codes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import typer

from projections.measures import MEASURES, measure
from projections.measures_found import found_codes
from projections.statistics import Figure, Scope
from yizhan.commands.reading import Demo, reading
from yizhan.terminal import WRONG_USE, answer, fail, progress, table
from yizhan.wiring import Office

EVER = date(1900, 1, 1)

From = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; default: ever.")
]
To = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; default: today.")
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="As known at the end of this day."),
]
StationCode = Annotated[
    str, typer.Option("--station", help="A station with everything below it; default: all.")
]
Group = Annotated[str, typer.Option("--group", help="Only cases of a key group.")]


def stats(
    from_on: From = None,
    to_on: To = None,
    as_of: AsOf = None,
    station: StationCode = "",
    group: Group = "",
    code: Annotated[
        list[str] | None, typer.Option(help="Only this measure; may be given several times.")
    ] = None,
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print the figures of a period. Every figure can be opened with `yizhan explain`."""
    with reading(demo=demo) as office:
        position = brought_up(office)
        asked = scope(office, from_on, to_on, as_of, station, group)
        figures = office.statistics.figures(
            asked, code or [*MEASURES, *found_codes(office.installation.pools.reader)]
        )
    result = {
        "position": asked.position or position,
        "as_of": asked.as_of.isoformat(),
        "from": asked.from_on.isoformat(),
        "to": asked.to_on.isoformat(),
        "measures": {name: as_result(figure) for name, figure in figures.items()},
    }

    def show() -> None:
        rows = [
            [name, measure(name).en, measure(name).zh, written(figure), figure.unit]
            for name, figure in figures.items()
        ]
        table(
            f"{asked.from_on} to {asked.to_on}, as of {asked.as_of}",
            ["code", "measure", "名称", "value", "unit"],
            rows,
        )

    answer(result, as_json=as_json, show=show)


def brought_up(office: Office) -> int:
    """Bring the wall up to the log with a bar, and give the position."""
    with progress("projections") as step:
        return office.bring_up(step)


def scope(
    office: Office,
    from_on: datetime | None,
    to_on: datetime | None,
    as_of: datetime | None,
    station: str,
    group: str,
) -> Scope:
    """Turn the options of a command into the scope of a figure."""
    day = as_of.date() if as_of else office.clock.today()
    below = office.lookups.below(station) if station else None
    if below is not None and not below:
        raise fail(f"There is no station {station}.", code=WRONG_USE)
    return Scope(
        from_on=from_on.date() if from_on else EVER,
        to_on=to_on.date() if to_on else max(day, EVER),
        as_of=day,
        stations=below,
        group=group,
        position=office.caseload.position_at(day) if as_of else None,
    )


def as_result(figure: Figure) -> dict[str, Any]:
    """Give a figure as the contract of `stats --json` has it."""
    return {
        "value": number(figure.value),
        "unit": figure.unit,
        "numerator": number(figure.numerator),
        "denominator": number(figure.denominator),
    }


def number(value: int | Decimal | None) -> int | float | None:
    """Give a whole number as such, anything else as a decimal."""
    return value if value is None or isinstance(value, int) else float(value)


def written(figure: Figure) -> str:
    """Write a value for a person: fen as yuan, a percentage with its parts."""
    if figure.value is None:
        return "-"
    if figure.unit == "fen":
        return f"¥{Decimal(figure.value) / 100:,.2f}"
    if figure.unit == "percent":
        return f"{figure.value} ({figure.numerator}/{figure.denominator})"
    return f"{figure.value:,}"
