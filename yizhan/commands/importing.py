"""`yizhan import`: an old register into the log, by a profile."""

from pathlib import Path
from typing import Annotated

import typer

from application.registers.desk import Outside, runner
from application.registers.importing import Progress, Report
from application.registers.problem_rows import workbook
from application.registers.profile import load_profile
from application.registers.table import read_table
from domain.catalogue import catalogue
from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.terminal import FAILED, WRONG_USE, answer, err, fail, out, progress, table
from yizhan.wiring import Office, operator

HEADINGS = ("row", "status", "rule", "reason")
NOT_TAKEN = ("conflict", "invalid")


def import_file(
    file: Annotated[Path, typer.Argument(help="A csv, xlsx, xls, ods, or one of them as .gz.")],
    profile: Annotated[str, typer.Option(help="How its columns become facts.")],
    station: Annotated[str, typer.Option(help="The station that takes the register over.")] = "",
    dry_run: Annotated[bool, typer.Option(help="Look and report; write nothing.")] = False,
    accept_suspicious: Annotated[
        bool, typer.Option(help="Take the rows held back, after somebody looked at them.")
    ] = False,
    problems: Annotated[
        Path | None, typer.Option(help="Write the rows not taken to this xlsx, with reasons.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Import a register. A second run adds nothing; a run that was stopped goes on where it was."""
    configuration = read_configuration()
    if not file.is_file():
        raise fail(f"There is no file {file}.", code=WRONG_USE)
    found = load_profile(
        profile, folder=profiles_folder(configuration.profiles, configuration.home)
    )
    register = read_table(file, sheet=found.sheet)
    with installation(configuration) as opened, Office(opened) as office:
        outside = Outside(
            catalogue(), None, lambda _: None, lambda *_: True, counter=office.counter
        )
        who = operator(station)
        job = runner(office.register_log, outside, found, register, who, accept=accept_suspicious)
        many = office.settings.settings().value("import_many_rows", office.clock.today())
        if len(register.rows) > many:
            err.print(
                f"{len(register.rows):,} rows, more than {many:,}: look at some with --dry-run."
            )
        with progress("rows") as step:

            def tell(at: Progress) -> bool:
                step(at.done, at.total, at.rate)
                return True

            report = job.run(dry=dry_run, tell=tell)
        if not dry_run:
            with progress("projections") as step:
                office.bring_up(step)
    if problems:
        sheet = workbook(
            register.columns, report.problems, headings=HEADINGS, sentence=str, words=str
        )
        problems.write_bytes(sheet)
    answer(as_result(report), as_json=as_json, show=lambda: show(report, found.en))
    if any(report.counts[status] for status in NOT_TAKEN):
        raise typer.Exit(FAILED)


def profiles_folder(given: Path | None, home: Path) -> Path:
    """Give the place's own folder of profiles."""
    return given or home / "profiles"


def as_result(report: Report) -> dict[str, object]:
    """Give a report as JSON shows it."""
    return {
        "profile": report.profile,
        "batch": report.batch,
        "dry_run": report.dry,
        "rows": report.rows,
        "cases": report.cases,
        "facts": report.facts,
        "position": report.position,
        "counts": dict(report.counts),
        "would_be_refused_today": dict(report.findings),
        "problems": [
            {"row": p.row, "status": p.status, "rule": p.refused.rule, "reason": str(p.refused)}
            for p in report.problems
        ],
    }


def show(report: Report, name: str) -> None:
    """Print a report for a person."""
    verb = "would give" if report.dry else "gave"
    out.print(
        f"{name}: {report.rows:,} rows in {report.cases:,} cases {verb} {report.facts:,} facts."
    )
    table("Cases", ["status", "count"], [[k, f"{v:,}"] for k, v in sorted(report.counts.items())])
    if any(report.findings.values()):
        rows = [[k, f"{v:,}"] for k, v in sorted(report.findings.items())]
        table("Rows that today's rules would refuse", ["rule of the profile", "rows"], rows)
    for problem in report.problems[:10]:
        err.print(f"row {problem.row}: {problem.status}: {problem.refused}", highlight=False)
    if len(report.problems) > 10:
        err.print(f"... and {len(report.problems) - 10:,} more; --problems FILE.xlsx writes all.")
