"""`yizhan migrate`: bring the database up to this version."""

from typing import Annotated, Literal

import typer

from application.database.migrate import migrate as apply
from application.database.problem import DatabaseProblem
from yizhan.configuration import read_configuration
from yizhan.installation import database
from yizhan.terminal import answer, out


def migrate(
    clock: Annotated[
        str, typer.Option(help="'system', or 'test' for a database whose clock can be set.")
    ] = "system",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Apply the migrations that are missing, once, under a lock; needs YIZHAN_DSN_OWNER."""
    chosen: Literal["system", "test"]
    match clock:
        case "system":
            chosen = "system"
        case "test":
            chosen = "test"
        case _:
            raise typer.BadParameter("say system or test", param_hint="--clock")
    with database(read_configuration()) as opened:
        if not opened.access.owner:
            raise DatabaseProblem("YIZHAN_DSN_OWNER is not set: migrations need the owner's DSN.")
        done = apply(opened.access.owner, clock=chosen)

    def show() -> None:
        out.print("\n".join(done) if done else "Nothing to do: the database is up to date.")

    answer({"applied": done}, as_json=as_json, show=show)
