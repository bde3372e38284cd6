"""Importing from the pages: upload, check as a job, decide, import as a job."""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from application import rights
from application.jobs import Job, Jobs, Tell
from application.registers import fixes, intake, undoing
from application.registers.importing import Import, Log, Problem, Progress, Report
from application.registers.mapping import Kinds
from application.registers.profile import Profile, known_profiles, load_profile
from application.registers.table import Cell, Table, read_table
from application.registers.uploads import Uploads
from application.store import Who
from domain.kernel import N_, Aggregate, Refused
from domain.money import Fen

CHECK, TAKE = "import.check", "import.take"
KINDS = (CHECK, TAKE)
UNDO = "undo"
NOBODY = Aggregate()


@dataclass(frozen=True)
class Outside:
    """What wiring hands over: facts, own profiles, who an account is today, waiting for tables.

    `counter` registers living people. Above `many` rows an import asks whether so many are meant
    (setting `import_many_rows`).
    """

    kinds: Kinds
    folder: Path | None
    who: Callable[[str], Who | None]
    shown: Callable[[int, float], bool]
    many: Callable[[], int] = lambda: 500
    counter: intake.Desk | None = None


class ImportDesk:
    """What the import pages ask for; the work itself is done by the worker of the jobs."""

    def __init__(self, jobs: Jobs, uploads: Uploads, log: Log, outside: Outside) -> None:
        """Take the jobs, the uploads, the log, and what else there is; teach the worker."""
        self._jobs, self._uploads, self._log, self._outside = jobs, uploads, log, outside
        jobs.does(CHECK, self._check)
        jobs.does(TAKE, self._take)
        jobs.does(UNDO, self._undo)

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

    def many(self, check: Job) -> int:
        """Give the rows of a checked file where they are more than the setting, else 0."""
        rows = int((check.result or {}).get("rows", 0))
        return rows if rows > self._outside.many() else 0

    def take(self, who: Who, check: Job, *, accept: bool, meant: bool = False) -> str:
        """Import a checked file; a second call gives the same job (I-08 for an unfinished check).

        `accept` takes the suspicious rows too, after somebody looked at them; `meant` says that so
        many rows are no mistake (I-09).
        """
        rights.check(who, "import", NOBODY, "")
        _finished(check)
        if not meant and (many := self.many(check)):
            raise Refused(
                rule="I-09",
                text=N_("这份表有{n}行，请先抽查几行，确认后再导入。"),
                field="meant",
                n=many,
            )
        params = {**check.params, "check": check.id, "accept": accept}
        return self._jobs.begin(TAKE, who.account, params, job=taken_by(check.id))

    def fix(self, who: Who, check: Job, row: int, given: Mapping[int, str]) -> str:
        """Put a row right that was not taken, by place of its cells, and check the file again.

        The upload stays as it came; a second call gives the same job. Raises `Refused` I-08 for
        an unfinished check, one that was imported, or a row that nothing is wrong with.
        """
        rights.check(who, "import", NOBODY, "")
        _finished(check)
        if self._jobs.find(taken_by(check.id)) is not None:
            raise Refused(rule="I-08", text=N_("这次校验已经导入，请更正案卷，或另传一份表。"))
        cells = self.row(check, row)
        before = self._fixes(check.params)
        after = {**before, row: fixes.typed(cells, given)}
        name = f"{row}/{sorted(given.items())}"
        job = str(uuid.uuid5(uuid.UUID(check.id), hashlib.sha256(name.encode()).hexdigest()))
        self._uploads.write(f"{job}.fixes", fixes.encode(after))
        params = {**check.params, "fixes": f"{job}.fixes", "fixed": len(after)}
        return self._jobs.begin(CHECK, who.account, params, job=job)

    def row(self, check: Job, row: int) -> list[Cell]:
        """Give the cells of a row that was not taken (I-08 for any other)."""
        found = next((one for one in self.problems(check.id)[1] if one.row == row), None)
        if found is None:
            raise Refused(rule="I-08", text=N_("第{row}行没有问题，或结果已不在。"), row=row)
        return list(found.cells)

    def _fixes(self, params: Mapping[str, Any]) -> fixes.Fixes:
        return fixes.decode(self._uploads.read(str(params.get("fixes", ""))))

    def undoable(self, who: Who, take: Job) -> list[undoing.Undo]:
        """Say what the undo of a whole batch of seekers would do (I-08 for any other job)."""
        rights.check(who, "import", NOBODY, "")
        desk = self._outside.counter
        commands = self._uploads.read(f"{take.id}.made").decode("ascii").split()
        if desk is None or take.kind != TAKE or not commands:
            raise Refused(
                rule="I-08", text=N_("只有一周内逐人登记的一批可以整批撤销。"), field="file"
            )
        return undoing.planned(desk, self._who(take), commands)

    def undo(self, who: Who, take: Job) -> str:
        """Undo a whole batch of seekers by a job; a second call gives the same job."""
        self.undoable(who, take)
        job = str(uuid.uuid5(uuid.UUID(take.id), UNDO))
        params = {"take": take.id, "station": take.params["station"]}
        return self._jobs.begin(UNDO, who.account, params, job=job)

    def _undo(self, job: Job, tell: Tell) -> Mapping[str, Any]:
        who, take = self._who(job), self._jobs.find(str(job.params["take"]))
        counter = self._outside.counter
        steps = self.undoable(who, take) if take else []
        wanted = [one for one in steps if not one.refused and not one.undone]
        undone = 0
        if counter:
            for done, closed in enumerate(undoing.undo(counter, who, job.id, wanted), 1):
                undone += closed
                if not tell("appending", done, len(wanted), 0.0):
                    break
        return {"undone": undone, "left": len(steps) - undone}

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
            for name in {"file", "fixes"} & set(job.params):
                self._uploads.remove(str(job.params[name]))
        return result

    def _run(self, job: Job, tell: Tell, *, dry: bool) -> Mapping[str, Any]:
        params = job.params
        profile = load_profile(str(params["profile"]), folder=self._outside.folder)
        tell("reading", 0, 1, 0.0)
        read = read_table(self._uploads.path(str(params["file"])), sheet=profile.sheet)
        table = fixes.fixed(read, self._fixes(params))
        who = self._who(job)
        whole = True

        def told(at: Progress) -> bool:
            nonlocal whole
            whole = tell(at.phase, at.done, at.total, at.rate)
            return whole

        accept = bool(params.get("accept"))
        running = runner(self._log, self._outside, profile, table, who, accept=accept)
        if isinstance(running, intake.Intake):
            running.intend = lambda commands: self._uploads.add(f"{job.id}.made", commands)
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


def runner(
    log: Log, outside: Outside, profile: Profile, table: Table, who: Who, *, accept: bool
) -> Import | intake.Intake:
    """Give what runs a profile: living people at the counter, or an old register as facts."""
    if profile.intake and outside.counter:
        return intake.Intake(outside.counter, profile, table, who)
    return Import(log, outside.kinds, profile, table, who, accept=accept)


def _finished(check: Job) -> None:
    if check.kind != CHECK or check.state != "done":
        raise Refused(rule="I-08", text=N_("校验还没有完成，不能导入。"))


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
