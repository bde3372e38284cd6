"""`yizhan rebuild`: projections made anew from the log, while the old ones serve."""

from typing import Annotated

import typer

from projections.rebuild import rebuild as run
from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.terminal import WRONG_USE, answer, fail, out, progress
from yizhan.wiring import Office


def rebuild(
    projection: Annotated[
        list[str] | None, typer.Option(help="Only this one; may be given several times.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Fill fresh tables from the log, then swap them in."""
    with installation(read_configuration()) as opened, Office(opened) as office:
        office.runner.prepare()
        known = {one.name: one for one in office.runner.projections}
        wanted = projection or list(known)
        if unknown := [name for name in wanted if name not in known]:
            names = ", ".join(known)
            raise fail(f"There is no projection {unknown[0]}; there are {names}.", code=WRONG_USE)
        office.settle()
        with progress("facts") as step:
            position = run(
                office.runner,
                office.leader,
                opened.pools.projector,
                [known[name] for name in wanted],
                step,
            )
    answer(
        {"projections": wanted, "position": position},
        as_json=as_json,
        show=lambda: out.print(f"{', '.join(wanted)}: rebuilt up to position {position:,}."),
    )
