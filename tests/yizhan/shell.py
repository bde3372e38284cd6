"""The command `yizhan` inside the test's process: what it printed, and its exit code."""

import contextlib
import csv
import io
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import structlog

from yizhan.main import main

# The columns that the profile of Virginia reads; `NA` means empty there.
COLUMNS = (
    "CLAIM NO", "EMPLOYER NAME", "CLAIM AMT", "CASE OPEN/RE-OPEN", "CLAIM RECEIVED", "Valid",
    "Informal Resolution", "Invalid", "Claim Validity", "Complainant Dropped Claim",
    "VERIFIED CLAIM AMT", "CASE CLOSE/RECLOSE DATE", "1st Response Investigation",
    "Formal Investigation", "Wage Order", "TOTAL WAGES",
)  # fmt: skip
CLASSES = ("Valid", "Informal Resolution", "Invalid")


class Ran(NamedTuple):
    """One run of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON; fails where anything else stands on stdout."""
        return json.loads(self.out)


def yizhan(home: Path, *words: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run one command on a home folder, as the installed script would, and give what came of it."""
    given = {"YIZHAN_HOME": str(home), "LANG": "C.UTF-8", **(env or {})}
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        logs_as_before(),
    ):
        for name in [name for name in os.environ if name.startswith("YIZHAN_")]:
            patch.delenv(name)
        for name, value in given.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["yizhan", *words])
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def logs_as_before() -> Iterator[None]:
    """Give the loggers back as they were: a command configures those of its process."""
    root, access = logging.getLogger(), logging.getLogger("uvicorn.access")
    handlers, level, disabled = list(root.handlers), root.level, access.disabled
    try:
        yield
    finally:
        root.handlers[:], root.level, access.disabled = handlers, level, disabled
        structlog.reset_defaults()


def virginia_rows(count: int) -> list[dict[str, str]]:
    """Make claims: every 2nd paid, every 4th still open, classes in turn, employers of ten each."""
    rows = []
    for number in range(count):
        paid, closed = number % 2 == 0, number % 4 != 3
        amount = f"${100 + number}.50"
        row = dict.fromkeys(COLUMNS, "NA") | {
            "CLAIM NO": f"LLVA{90_000 + number}",
            "EMPLOYER NAME": f"INVENTED WORKS {number // 10}",
            "CLAIM AMT": amount,
            "CLAIM RECEIVED": f"{1 + number % 28}-Mar-16",
            "CASE OPEN/RE-OPEN": f"{1 + number % 28}-Apr-16",
            "CASE CLOSE/RECLOSE DATE": f"{1 + number % 28}-Jun-16" if closed else "NA",
            "TOTAL WAGES": amount if paid else "$0.00",
            "VERIFIED CLAIM AMT": amount if paid else "NA",
        }
        row[CLASSES[number % 3]] = "X"
        rows.append(row)
    return rows


def write_register(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a register of the shape of Virginia's."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def measures(home: Path, *words: str) -> dict[str, Any]:
    """Give the measures of `stats --json`."""
    ran = yizhan(home, "stats", "--json", *words)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json["measures"]
    return found
