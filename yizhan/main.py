"""The command `yizhan`: one subcommand for each thing an operator does."""

import os
import sys

import typer
from typer.main import get_command

from application.database.problem import DatabaseProblem
from domain.kernel import Refused
from projections.rebuild import Busy
from web.texts import sentence
from yizhan.commands import (
    backup,
    calendar,
    demo,
    doctor,
    document,
    explain,
    importing,
    migrate,
    outbox,
    project,
    rebuild,
    replay,
    restore,
    serve,
    stats,
    user,
)
from yizhan.configuration import BadConfiguration
from yizhan.logs import configure_logs
from yizhan.memory import collect_seldom
from yizhan.terminal import FAILED, WRONG_USE, err

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Yizhan 驿站: event-sourced casework for the grass-roots employment service.",
)
for command in (
    demo.demo,
    serve.serve,
    project.project,
    migrate.migrate,
    stats.stats,
    explain.explain,
    replay.replay,
    rebuild.rebuild,
    backup.backup,
    restore.restore,
    doctor.doctor,
    document.document,
    outbox.outbox,
):
    app.command()(command)
app.command("import")(importing.import_file)
app.add_typer(user.app, name="user")
app.add_typer(calendar.app, name="calendar")


def main() -> None:
    """Run one command; every problem is a sentence and an exit code, a traceback only on demand."""
    configure_logs()
    collect_seldom()
    try:
        get_command(app)()
    except (DatabaseProblem, BadConfiguration) as problem:
        _say(str(problem), problem, WRONG_USE)
    except Refused as refused:
        _say(f"{refused.rule}: {sentence(refused, _language())}", refused, FAILED)
    except Busy as busy:
        told = f"Another process is filling projections just now ({busy}). Try again in a moment."
        _say(told, busy, FAILED)
    except KeyboardInterrupt:
        err.print("Stopped. Run the same command again to go on where it stopped.")
        sys.exit(FAILED)


def _say(text: str, problem: BaseException, code: int) -> None:
    if os.environ.get("YIZHAN_DEBUG"):
        raise problem
    err.print(text, style="red")
    sys.exit(code)


def _language() -> str:
    return "zh-CN" if os.environ.get("LANG", "").startswith("zh") else "en"
