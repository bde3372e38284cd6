"""Importing from the pages: upload, check as a job, decide, import as a job."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from application import rights
from application.jobs import Job, Jobs, Tell
from application.registers.importing import Import, Log, Problem, Progress, Report
from application.registers.mapping import Kinds
from application.registers.profile import Profile, known_profiles, load_profile
from application.registers.table import read_table
from application.registers.uploads import Uploads
from application.store import Who
from domain.kernel import N_, Aggregate, Refused
from domain.money import Fen

CHECK, TAKE = "import.check", "import.take"
KINDS = (CHECK, TAKE)
NOBODY = Aggregate()


@dataclass(frozen=True)
class Outside:
    """What wiring hands over: facts, own profiles, who an account is today, waiting for tables."""

    kinds: Kinds
    folder: Path | None
    who: Callable[[str], Who | None]
    shown: Callable[[int, float], bool]


class ImportDesk:
    """What the import pages ask for; the work itself is done by the worker of the jobs."""

    def __init__(self, jobs: Jobs, uploads: Uploads, log: Log, outside: Outside) -> None:
        """Take the jobs, the uploads, the log, and what else there is; teach the worker."""
        self._jobs, self._uploads, self._log, self._outside = jobs, uploads, log, outside
        jobs.does(CHECK, self._check)
        jobs.does(TAKE, self._take)

    def profiles(self) -> list[Profile]:
        """List the profiles that can be chosen."""
        folder = self._outside.folder
        return [load_profile(name, folder=folder) for name in known_profiles(folder)]

    def begin(self, who: Who, *, file: BinaryIO, name: str, profile: str, station: str = "") -> str:
        """Keep a file and check it against a profile, writing nothing; give the job."""
        rights.check(who, "import", NOBODY, "")
        station = station or who.station
        rights.check_station(who, station)
        chosen = load_profile(profile, folder=self._outside.folder)
        kept = self._uploads.keep(file, name)
        return self._jobs.begin(
            CHECK,
            who.account,
            {
                "file": kept.key,
                "size": kept.size,
                "name": kept.name,
                "profile": chosen.code,
                "station": station,
            },
        )

    def take(self, who: Who, check: Job, *, accept: bool) -> str:
        """Import a checked file; a second call gives the same job (I-08 for an unfinished check).

        `accept` takes the suspicious rows too, after somebody looked at them.
        """
        rights.check(who, "import", NOBODY, "")
        if check.kind != CHECK or check.state != "done":
            raise Refused(rule="I-08", text=N_("校验还没有完成，不能导入。"))
        params = {**check.params, "check": check.id, "accept": accept}
        return self._jobs.begin(TAKE, who.account, params, job=taken_by(check.id))

    def problems(self, job: str) -> tuple[list[str], list[Problem]]:
        """Give the columns of the file and the rows that were not taken; none when forgotten."""
        kept = self._uploads.read(f"{job}.rows")
        if not kept:
            return [], []
        columns, rows = msgspec.json.decode(kept)
        return columns, [_row(row) for row in rows]

    # What the worker does

    def _check(self, job: Job, tell: Tell) -> Mapping[str, Any]:
        return self._run(job, tell, dry=True)

    def _take(self, job: Job, tell: Tell) -> Mapping[str, Any]:
        result = self._run(job, tell, dry=False)
        if result["whole"]:
            self._uploads.remove(str(job.params["file"]))
        return result

    def _run(self, job: Job, tell: Tell, *, dry: bool) -> Mapping[str, Any]:
        params = job.params
        profile = load_profile(str(params["profile"]), folder=self._outside.folder)
        tell("reading", 0, 1, 0.0)
        table = read_table(self._uploads.path(str(params["file"])), sheet=profile.sheet)
        who = self._who(job)
        whole = True

        def told(at: Progress) -> bool:
            nonlocal whole
            whole = tell(at.phase, at.done, at.total, at.rate)
            return whole

        running = Import(
            self._log,
            self._outside.kinds,
            profile,
            table,
            who,
            accept=bool(params.get("accept")),
        )
        report = running.run(dry=dry, tell=told)
        if not dry and report.position:
            self._outside.shown(report.position, 10.0)
        rows = [[p.row, p.status, *_parts(p), list(p.cells)] for p in report.problems]
        self._uploads.write(f"{job.id}.rows", msgspec.json.encode([list(table.columns), rows]))
        return {"whole": whole, **_result(report, profile)}

    def _who(self, job: Job) -> Who:
        """Say who imports, with the roles of today, for the station that was chosen."""
        who = self._outside.who(job.account)
        if who is None:
            raise Refused(rule="P-05", text=N_("此账号已停用，不能继续它的任务。"))
        rights.check(who, "import", NOBODY, "")
        return replace(who, station=str(job.params["station"]))


def taken_by(check: str) -> str:
    """Name the job that imports what a job has checked."""
    return str(uuid.uuid5(uuid.UUID(check), TAKE))


def _result(report: Report, profile: Profile) -> dict[str, Any]:
    return {
        "batch": report.batch,
        "rows": report.rows,
        "cases": report.cases,
        "facts": report.facts,
        "position": report.position,
        "counts": dict(report.counts),
        "findings": [
            {"zh": note.zh, "en": note.en, "rule": note.rule, "rows": report.findings[note.code]}
            for note in profile.finding
            if report.findings[note.code]
        ],
        "notes": {note.zh: note.en for note in profile.suspicious},
    }


def _parts(problem: Problem) -> tuple[str, str, dict[str, Any]]:
    refused = problem.refused
    values = {
        name: {"fen": int(value)} if isinstance(value, Fen) else value
        for name, value in refused.values.items()
    }
    return refused.rule, refused.text, values


def _row(kept: Sequence[Any]) -> Problem:
    row, status, rule, text, values, cells = kept
    read: dict[str, Any] = {
        name: Fen(value["fen"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return Problem(row, status, Refused(rule=rule, text=text, **read), "", cells)
