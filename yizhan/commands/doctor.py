"""`yizhan doctor`: is this installation fit, and what is to be done."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import pylopdf_fonts_zh_cn
import typer

from application.database.choice import Opened, complaints
from application.database.migrate import connect, pending
from yizhan.clock import CHINA
from yizhan.configuration import Configuration, read_configuration
from yizhan.installation import database, installation
from yizhan.registers import registers_of, told
from yizhan.terminal import FAILED, answer, out
from yizhan.wiring import Office

SKEW = 2.0  # seconds between our clock and the database's
FREE = 0.10  # of the disk
NAMED = 10  # attachments named in a finding; all are counted
CALENDAR_FROM = 11  # the next year's calendar is published about November


class Finding(NamedTuple):
    """One thing looked at: fine, or what to do."""

    name: str
    fine: bool
    said: str


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Look at font, database, disk, clock, calendar, files, registers and projections."""
    configuration = read_configuration()
    found = list(_look(configuration))
    shown = {
        "findings": [one._asdict() for one in found],
        "configuration": configuration.shown(),
    }

    def show() -> None:
        for one in found:
            mark = "[green]ok[/]  " if one.fine else "[red]look[/]"
            out.print(f"{mark} {one.name}: {one.said}", highlight=False)
        for name, value in configuration.shown().items():
            out.print(f"     {name} = {value}", highlight=False, markup=False)

    answer(shown, as_json=as_json, show=show)
    if not all(one.fine for one in found):
        raise typer.Exit(FAILED)


def _look(configuration: Configuration) -> Iterator[Finding]:
    fonts = list(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("*.otf"))
    yield Finding("font", bool(fonts), f"{len(fonts)} Chinese fonts for documents")
    with database(configuration) as opened:
        yield from _database(opened)
        waiting = pending(opened.access.writer)
    if waiting and configuration.dsn.get_secret_value():
        yield Finding("migrations", fine=False, said=f"{len(waiting)} missing: `yizhan migrate`")
        return
    yield _disk(configuration.home)
    with installation(configuration) as ready, Office(ready) as office:
        yield Finding("migrations", fine=True, said="complete")
        yield _calendar(office)
        yield from (Finding(*one) for one in told(registers_of(configuration)))
        yield from _attachments(office)
        ways = office.messaging.adapters
        said = ", ".join(f"{channel}: {one.name}" for channel, one in ways.items())
        yield Finding("messages", fine=True, said=f"{said} (dry: written down, nobody is told)")
        office.runner.prepare()
        health = office.runner.health()
        yield Finding(
            "projections",
            not health.parked,
            f"{health.lag:,} positions behind, {len(health.parked)} cases set aside",
        )


def _database(opened: Opened) -> Iterator[Finding]:
    with connect(opened.access.writer) as connection:
        row = connection.execute("SELECT version(), clock_timestamp()").fetchone()
    version, at = row or ("unknown", datetime.now(UTC))
    yield Finding("database", fine=True, said=str(version).split(" on ")[0])
    wrong = complaints(opened.access)
    yield Finding("roles", not wrong, " ".join(wrong) or "each with its own rights")
    skew = abs((at - datetime.now(UTC)).total_seconds())
    yield Finding("clock", skew <= SKEW, f"{skew:.1f} s between this machine and the database")


def _disk(home: Path) -> Finding:
    usage = shutil.disk_usage(home)
    share = usage.free / usage.total
    return Finding(
        "disk", share >= FREE, f"{usage.free / 1e9:,.1f} GB free ({share:.0%}) at {home}"
    )


def _attachments(office: Office) -> Iterator[Finding]:
    """Hold the files of attachments against their facts, and remove what nobody will be offered."""
    held = office.attachments
    tidied, problems = held.tidy(), held.problems()
    said = "each file is there and unchanged"
    if problems:
        named = ", ".join(f"{one.attachment} of {one.case}" for one in problems[:NAMED])
        said = f"{len(problems)} missing or changed, put them back from a backup: {named}"
    yield Finding(
        "attachments",
        not problems,
        f"{said}; removed {tidied.orphans} without a fact, {tidied.withdrawn} withdrawn, "
        f"{tidied.erased} of erased persons",
    )
    if not held.scanner.configured:
        yield Finding("scanner", fine=True, said="none: attachments are kept as not scanned")
        return
    answers = held.scanner.answers()
    said = "answers" if answers else "gives no answer: nothing can be attached until it does"
    yield Finding("scanner", answers, said)


def _calendar(office: Office) -> Finding:
    office.settings.seed()
    today = office.clock.now().astimezone(CHINA).date()
    wanted = today.year + (today.month >= CALENDAR_FROM)
    known = office.settings.calendar().years
    said = f"published up to {max(known, default=0)}"
    if wanted not in known:
        said += f"; enter {wanted}: deadlines in it are provisional"
    return Finding("calendar", wanted in known, said)
