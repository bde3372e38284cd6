"""`yizhan restore`: a backup into an empty installation."""

from pathlib import Path
from typing import Annotated

import typer

from application.attachments.shelf import FOLDER
from application.database import backup as core
from application.database.problem import DatabaseProblem
from yizhan.configuration import read_configuration
from yizhan.installation import database
from yizhan.terminal import agree, answer, err, out


def restore(
    folder: Annotated[Path, typer.Argument(help="The folder of the backup.")],
    former_head: Annotated[
        int, typer.Option(help="The last position that was known before; names what is gone.")
    ] = 0,
    without_keys: Annotated[
        bool, typer.Option(help="A long-term archive: sealed texts stay closed.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Load a backup into an empty database, and say exactly which events are gone."""
    agree(f"{folder} will be loaded into the database of this installation.", yes=yes)
    configuration = read_configuration()
    with database(configuration) as opened:
        if not opened.access.owner:
            raise DatabaseProblem("YIZHAN_DSN_OWNER is not set: restore needs the owner's DSN.")
        manifest = core.restore(
            opened.access.owner,
            folder,
            opened.binaries(),
            without_keys=without_keys,
            say=lambda name: err.print(f"{name} ...", highlight=False),
            files=configuration.home / FOLDER,
        )
    gone = core.positions_gone(manifest, former_head) if former_head else range(0)
    result = {**manifest._asdict(), "gone_from": gone.start, "gone": len(gone)}

    def show() -> None:
        out.print(f"{manifest.events:,} events, up to position {manifest.position:,}.")
        out.print(f"{len(manifest.attachments):,} attachments.")
        if gone:
            out.print(f"Gone: positions {gone.start:,} to {gone[-1]:,}.", style="yellow")

    answer(result, as_json=as_json, show=show)
