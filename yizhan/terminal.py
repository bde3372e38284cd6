"""How the command line speaks: results on stdout, progress and complaints on stderr, exit codes."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

DONE, FAILED, WRONG_USE = 0, 1, 2
PLAIN_EVERY = 5.0  # seconds between two lines where no terminal shows a bar

# Sentences are never folded nor read as markup: a program reads them, and a name may hold brackets.
out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)

Step = Callable[[int, int, float], None]


def answer(value: Any, *, as_json: bool, show: Callable[[], None]) -> None:
    """Print a result: as JSON for programs, else as the command likes to show it."""
    if as_json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        show()


def table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print rows under a heading; numbers stand to the right."""
    grid = Table(title=title, title_justify="left", show_edge=False, header_style="bold")
    for index, name in enumerate(columns):
        numeric = bool(rows) and all(row[index][-1:].isdigit() for row in rows)
        grid.add_column(name, justify="right" if numeric and index else "left")
    for row in rows:
        grid.add_row(*map(escape, row))
    out.print(grid, soft_wrap=False)


def fail(sentence: str, *, code: int = FAILED) -> typer.Exit:
    """Say one sentence on stderr, and give the exit to raise."""
    err.print(sentence, style="red")
    return typer.Exit(code)


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """Show a bar with count, rate and remaining time; plain lines where there is no terminal."""
    if not err.is_terminal:
        yield _plain(what)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None, rate="")

        def step(done: int, total: int, rate: float) -> None:
            bar.update(task, completed=done, total=total, rate=f"{rate:,.0f}/s")

        yield step


def _plain(what: str) -> Step:
    last = 0.0

    def step(done: int, total: int, rate: float) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last >= PLAIN_EVERY:
            last = time.monotonic()
            err.print(f"{what} {done:,}/{total:,} ({rate:,.0f}/s)")

    return step


def agree(what: str, *, yes: bool) -> None:
    """Name what a destructive command will do; without a terminal it wants `--yes`."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise fail(f"{what} Say --yes to do it.", code=WRONG_USE)
    if not typer.confirm(f"{what} Go on?"):
        raise fail("Nothing was done.")
