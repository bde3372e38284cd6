"""The import: classify every case of a file, then append what is new, chunk by chunk."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Protocol

from application.registers.cases import Case, cases
from application.registers.mapping import FactMaker, Kinds
from application.registers.profile import Note, Profile
from application.registers.table import Table
from application.store import MOST_BYTES, MOST_STREAMS, Done, History, Who, weight
from domain.kernel import N_, Refused

LOOK_AHEAD = 500
PROBLEMS_SHOWN = 5_000


class Log(Protocol):
    """What an import asks of the log."""

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        """Append whole histories in one transaction."""
        ...

    def known_sources(self, identities: Sequence[str]) -> set[str]:
        """Say which row identities stand in `guard.source_row`."""
        ...

    def known_streams(self, streams: Sequence[str]) -> set[str]:
        """Say which streams exist."""
        ...


class Problem(NamedTuple):
    """A row that was not taken: its number in the file, its class, and the sentence."""

    row: int
    status: str
    refused: Refused
    identity: str
    cells: Sequence[str | float | None]


class Progress(NamedTuple):
    """How far a run is: phase, cases done, cases in all, rows a second, seconds left."""

    phase: str
    done: int
    total: int
    rate: float
    left: float


@dataclass
class Report:
    """What an import found and did; `dry` when it only looked."""

    profile: str
    batch: str
    dry: bool
    rows: int = 0
    cases: int = 0
    facts: int = 0
    position: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Count a problem and keep the first ones whole."""
        self.counts[problem.status] += 1
        if len(self.problems) < PROBLEMS_SHOWN:
            self.problems.append(problem)


class Sorted(NamedTuple):
    """A case after classification: new ones carry their histories."""

    place: int
    case: Case
    histories: list[tuple[History, bool]]


Tell = Callable[[Progress], bool]


def silent(_progress: Progress) -> bool:
    """Go on and tell nobody."""
    return True


class Import:
    """One file, one profile, one batch."""

    def __init__(
        self,
        log: Log,
        kinds: Kinds,
        profile: Profile,
        table: Table,
        who: Who,
        *,
        accept: bool = False,
    ) -> None:
        """Prepare for whoever imports; `accept` takes suspicious rows after a human looked."""
        self._log, self._profile, self._table, self._accept = log, profile, table, accept
        self._who = who
        self._maker = FactMaker(profile, table.columns, kinds)
        name = f"{profile.code}.{profile.version}.{table.sha256}"
        self.batch = f"batch-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
        self._keys: set[str] = set()
        self._written: set[str] = set()

    def run(self, *, dry: bool, tell: Tell = silent) -> Report:
        """Classify all cases and, unless `dry`, append the new ones; stop where `tell` says no.

        A stop, a crash or a second run leaves whole chunks only: the next run finds what is known
        by its identity and goes on from there.
        """
        report = Report(self._profile.code, self.batch, dry, rows=len(self._table.rows))
        every = list(cases(self._profile, self._table))
        report.cases = len(every)
        clock = Clock(len(every), "checking" if dry else "appending")
        take = self._look if dry else self._write
        if take(self._classified(every, report), report, clock, tell):
            tell(clock.at(len(every)))
        return report

    def _look(self, found: Iterator[Sorted], report: Report, clock: "Clock", tell: Tell) -> bool:
        """Count what would be appended; False when `tell` stopped it."""
        for case in found:
            report.facts += _facts(case)
            if case.place % LOOK_AHEAD == 0 and not tell(clock.at(case.place)):
                return False
        return True

    def _write(self, found: Iterator[Sorted], report: Report, clock: "Clock", tell: Tell) -> bool:
        """Append chunk by chunk; False when `tell` stopped it.

        The next chunk is made while the server writes the one before; never are two under way.
        """
        before: Future[None] | None = None
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="import") as writer:
            for chunk in _chunks(found):
                if before is not None:
                    before.result()
                    if not tell(clock.at(chunk[0].place)):
                        return False
                report.facts += sum(map(_facts, chunk))
                before = writer.submit(self._append, chunk, report)
            if before is not None:
                before.result()
        return True

    def _classified(self, every: Sequence[Case], report: Report) -> Iterator[Sorted]:
        """Yield the new cases; count unchanged, conflict, suspicious and invalid ones."""
        numbered = iter(enumerate(every))
        while block := list(islice(numbered, LOOK_AHEAD)):
            known = self._log.known_sources([self._maker.identity(c) for _, c in block])
            fresh = [(i, c) for i, c in block if self._maker.identity(c) not in known]
            report.counts["unchanged"] += len(block) - len(fresh)
            self._count_findings(fresh, report)
            made = [new for i, c in fresh if (new := self._made(i, c, report))]
            streams = [h.stream for new in made for h, shared in new.histories if not shared]
            existing = self._log.known_streams(streams)
            for new in made:
                if self._conflicts(new, existing):
                    report.add(_conflict(new.case))
                    continue
                report.counts["new"] += 1
                yield new

    def _made(self, index: int, case: Case, report: Report) -> Sorted | None:
        suspect = self._suspicion(case)
        if suspect and not self._accept:
            report.add(_problem(case, "suspicious", _suspicious(suspect)))
            return None
        try:
            histories = self._maker.histories(case, batch=self.batch, station=self._who.station)
        except Refused as refused:
            report.add(_problem(case, "invalid", refused))
            return None
        return Sorted(index, case, histories)

    def _suspicion(self, case: Case) -> Note | None:
        for note, test in self._maker.suspicious:
            try:
                if any(test(row) for row in case.rows):
                    return note
            except Refused:  # the row is invalid, which the mapping says at its place
                continue
        return None

    def _count_findings(self, block: Sequence[tuple[int, Case]], report: Report) -> None:
        for note, test in self._maker.findings:
            for _, case in block:
                try:
                    report.findings[note.code] += sum(1 for row in case.rows if test(row))
                except Refused:  # counted as invalid below
                    continue

    def _conflicts(self, new: Sorted, existing: set[str]) -> bool:
        """Say whether other content took the case number, in the log or above in the file."""
        own = {history.stream for history, shared in new.histories if not shared}
        clash = bool(own & existing or own & self._keys)
        self._keys |= own
        return clash

    def _append(self, chunk: Sequence[Sorted], report: Report) -> None:
        shared = {
            history.stream
            for new in chunk
            for history, once in new.histories
            if once and history.stream not in self._written
        }
        here = self._log.known_streams(sorted(shared))
        rows = []
        for new in chunk:
            for history, once in new.histories:
                if once:
                    if history.stream in here or history.stream in self._written:
                        continue
                    self._written.add(history.stream)
                rows.append(history)
        done = self._log.append_history(self._who, self.batch, chunk[0].place, rows)
        self._written |= here
        report.position = max(report.position, done.position)


class Clock:
    """Measures the rate of a run and guesses what is left."""

    def __init__(self, total: int, phase: str) -> None:
        """Begin to count `total` cases of a phase."""
        self._start, self._total, self._phase = time.monotonic(), total, phase

    def at(self, done: int) -> Progress:
        """Say how far a run is after so many cases."""
        rate = done / max(time.monotonic() - self._start, 1e-6)
        left = (self._total - done) / rate if rate else 0.0
        return Progress(self._phase, done, self._total, rate, left)


def _chunks(found: Iterable[Sorted]) -> Iterator[list[Sorted]]:
    """Cut cases to the size of one transaction; a case is never cut."""
    chunk: list[Sorted] = []
    streams = size = 0
    for case in found:
        own = sum(weight(history) for history, _ in case.histories)
        streams += len(case.histories)
        if chunk and (size + own > MOST_BYTES or streams > MOST_STREAMS):
            yield chunk
            chunk, size, streams = [], 0, len(case.histories)
        chunk.append(case)
        size += own
    if chunk:
        yield chunk


def _facts(case: Sorted) -> int:
    return sum(len(history.facts) for history, _ in case.histories)


def _problem(case: Case, status: str, refused: Refused) -> Problem:
    return Problem(case.first_row, status, refused, case.identity, case.rows[0])


def _suspicious(note: Note) -> Refused:
    return Refused(rule="I-05", text=N_("可疑：{reason}。请人工确认后再计入。"), reason=note.zh)


def _conflict(case: Case) -> Problem:
    refused = Refused(
        rule="I-06",
        text=N_("编号{key}已登记过，但内容不同。请核对原登记册。"),
        key=case.key,
    )
    return _problem(case, "conflict", refused)
