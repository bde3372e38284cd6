"""`yizhan calendar`: look at a year's calendar, see what it would move, and enter it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from domain.calendar import calendar_days
from domain.kernel import Refused
from projections.moved import Moved, by_year
from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.terminal import answer, out, progress
from yizhan.wiring import OPERATOR, Office

app = typer.Typer(no_args_is_help=True, help="The working-day calendar: versions, and a new year.")


@app.command()
def versions(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """List the versions of the calendar, youngest first."""
    with installation(read_configuration()) as opened, Office(opened) as office:
        office.settings.seed()
        found = office.settings.calendar_versions()
    rows = [
        {"version": v.version, "year": v.year, "by": v.entered_by, "at": str(v.entered_at)}
        for v in found
    ]
    answer({"versions": rows}, as_json=as_json, show=lambda: out.print(*rows, sep="\n"))


@app.command()
def enter(
    year: Annotated[int, typer.Argument(help="The year, such as 2027.")],
    rest: Annotated[Path, typer.Option(help="File with the days of rest, a day or span a line.")],
    worked: Annotated[Path | None, typer.Option(help="File with the weekend days worked.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Enter it; else only look.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Show every running time limit that a year's calendar moves; with --confirm enter it."""
    days = dict.fromkeys(_days(rest), False)
    days |= dict.fromkeys(_days(worked) if worked else [], True)
    with installation(read_configuration()) as opened, Office(opened) as office:
        office.bring_up()
        after = office.settings.with_year(year, days)
        moves = [m for m in office.moves(after, by_year(year)) if isinstance(m, Moved)]
        version = 0
        if confirm:
            version = office.settings.enter_year(year, days, by=OPERATOR)
            with progress("facts") as step:
                office.live.follow(step)
    rows: list[dict[str, object]] = [
        {"case": one.case_no or one.case, "rule": one.rule, "from": one.before, "to": one.after}
        for one in moves
    ]
    answer(
        {"year": year, "version": version, "moved": rows},
        as_json=as_json,
        show=lambda: _show(year, version, rows),
    )


def _show(year: int, version: int, rows: list[dict[str, object]]) -> None:
    for row in rows:
        out.print(f"{row['case']}  {row['rule']}  {row['from']} -> {row['to']}")
    out.print(f"{year}: {len(rows)} time limits move.")
    out.print(f"Entered as version {version}." if version else "Nothing entered; see --confirm.")


def _days(path: Path) -> list[date]:
    if not path.is_file():
        raise Refused(rule="O-02", text="“{typed}”不是一段日期。", field="rest", typed=path.name)
    return calendar_days(path.read_text("utf-8"))
