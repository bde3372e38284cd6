"""Imports: rows a second and memory; then every real projection rebuilt over what was imported."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from bench.register import write
from bench.report import Figure
from bench.rig import ROOT, Rig

ROWS, MB, OF_THE_LIBRARY = 2_000.0, 512.0, 20.0  # issue 2 section 9; performance.md 9
REAL = ROOT.parent / "shared" / "data" / "wisconsin_wage_complaints_2010_2022.xlsx"


def run(rig: Rig, *, cases: int = 0, real: Path = REAL) -> None:
    """Import an invented register of the Wisconsin shape, and the real one where it is at hand."""
    cases = cases or (1_500 if rig.quick else 26_000)
    invented = rig.folder / "register.csv"
    rows = write(invented, cases)
    _import(rig, "bench_invented", invented, f"invented, {cases:,} cases, {rows:,} rows")
    _whole(rig, "bench_invented")
    if not rig.quick and real.is_file():
        _import(rig, "bench_real", real, "the real register")


def _import(rig: Rig, name: str, file: Path, what: str) -> None:
    found = _child("import", rig, name, file)
    rate = found["rows"] / found["seconds"]
    note = f"{found['rows']:,} rows, {found['taken']:,} new, {found['facts']:,} facts"
    rig.report.add(
        Figure("import", what, rate, "rows/s", ROWS, "more", note),
        Figure("import", f"memory, {what}", found["peak"], "MB", MB, "less"),
    )


def _whole(rig: Rig, name: str) -> None:
    """Rebuild the whole set of projections: ranges, time limits, facts and registers."""
    found = _child("rebuild", rig, name, Path())
    rate = found["facts"] / found["seconds"]
    note = f"{found['facts']:,} facts, {found['parked']} parked, {found['helpers']} helpers"
    rig.report.add(
        Figure("rebuild", "all projections", rate, "facts/s", note=note),
        Figure("rebuild", "memory, all projections", found["peak"], "MB", MB, "less"),
    )
    ratio, note = rate / found["library"], f"library's runner {found['library']:,.0f} facts/s"
    what = "all projections / library's runner, all projections"
    rig.report.add(Figure("rebuild", what, ratio, floor=OF_THE_LIBRARY, note=note))
    if rig.runner_rate:
        ratio = rate / rig.runner_rate
        what = "all projections / library's runner, the pair alone"
        rig.report.add(Figure("rebuild", what, ratio))


def _child(what: str, rig: Rig, name: str, file: Path) -> dict[str, Any]:
    """Run one job in a process of its own over the same server."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.register", what, str(rig.folder), name, str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    found: dict[str, Any] = msgspec.json.decode(done.stdout)
    return found
