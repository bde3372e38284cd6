"""`yizhan backup`: the whole installation into a folder."""

from pathlib import Path
from typing import Annotated

import typer

from application.attachments.shelf import FOLDER
from application.database import backup as core
from application.database.problem import DatabaseProblem
from yizhan.configuration import read_configuration
from yizhan.installation import database
from yizhan.terminal import answer, err, out


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for the backup.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")] = False,
) -> None:
    """Write history, keys and attachments, each apart, with a manifest of hashes.

    Keep the keys 35 days at most: with older ones erased persons would come back.
    """
    configuration = read_configuration()
    with database(configuration) as opened:
        if not opened.access.owner:
            raise DatabaseProblem("YIZHAN_DSN_OWNER is not set: a backup needs the owner's DSN.")
        manifest = core.backup(
            opened.access.owner,
            folder,
            opened.binaries(),
            say=lambda name: err.print(f"{name} ...", highlight=False),
            files=configuration.home / FOLDER,
        )

    def show() -> None:
        out.print(f"{folder}: {manifest.events:,} events, up to position {manifest.position:,}.")
        out.print(f"{len(manifest.attachments):,} attachments.")
        if manifest.damaged:
            out.print(f"Not what was written, left out: {len(manifest.damaged):,}.", style="red")

    answer(manifest._asdict(), as_json=as_json, show=show)
