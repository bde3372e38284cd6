"""A home folder, the clerks that write into it, and what is asked of it after they were killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from application.database.access import Pools
from domain.seeker.facts import LeadRecorded, NoteAdded
from projections.rebuild import rebuild
from tests.projections.test_runner import until
from tests.projections.trial import dump, rows
from yizhan.configuration import Configuration
from yizhan.installation import installation
from yizhan.wiring import Office

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds


class Answered(NamedTuple):
    """A command that was answered: where its first fact went, and its last position."""

    stream: str
    position: int


class Desk:
    """One home folder, the clerks started on it, and what they were answered."""

    def __init__(self, home: Path) -> None:
        self.home, self._notes = home, home / "notes"
        self._notes.mkdir()
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        """Start a clerk that writes what is answered into a file of its own."""
        with self._latest().open("wb") as notes, (self.home / "clerk.log").open("ab") as log:
            clerk = subprocess.Popen(
                [sys.executable, "-m", "tests.reliability.clerk", str(self.home)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=notes,
                stderr=log,
            )
        self.started.append(clerk)
        return clerk

    def _latest(self) -> Path:
        return self._notes / str(len(self.started))

    def wait_for_more(self, clerk: subprocess.Popen[bytes]) -> None:
        """Wait until the clerk was answered something it was not answered before."""
        notes = self._notes / str(self.started.index(clerk))
        before = notes.stat().st_size
        more = until(lambda: notes.stat().st_size > before or clerk.poll() is not None, PATIENCE)
        assert more, self.log()
        assert clerk.poll() is None, self.log()

    def answered(self) -> dict[str, Answered]:
        """Give all that was ever answered; a last line cut by the kill was not."""
        lines = [
            line.split()
            for notes in self._notes.iterdir()
            for line in notes.read_text().split("\n")[:-1]
        ]
        found = {command: Answered(stream, int(at)) for command, stream, at in lines}
        assert len(found) == len(lines)
        return found

    def log(self) -> str:
        return (self.home / "clerk.log").read_text()[-4_000:]

    def end(self) -> None:
        for clerk in self.started:
            clerk.kill()
            clerk.communicate()


@contextmanager
def opened(desk: Desk) -> Iterator[tuple[Office, Pools]]:
    """Open the office of the home in this process."""
    with installation(Configuration(home=desk.home)) as found, Office(found) as office:
        yield office, found.pools


def sure_of(office: Office, pools: Pools, answered: dict[str, Answered]) -> set[str]:
    """Hold the log against what was answered; give the commands nobody was answered."""
    commands = {
        command: (tuple(streams), list(positions))
        for command, streams, positions in rows(
            pools.reader,
            "SELECT command_id::text, ARRAY(SELECT jsonb_array_elements_text(result)), positions"
            " FROM log.commands",
        )
    }
    lost = [
        command
        for command, (stream, position) in answered.items()
        if command not in commands
        or commands[command][0][0] != stream
        or max(commands[command][1]) != position
    ]
    assert lost == []
    facts = rows(
        pools.reader,
        "SELECT metadata->>'command_id', array_agg(notification_id ORDER BY notification_id)"
        " FROM log.events GROUP BY 1",
    )
    assert dict(facts) == {command: sorted(at) for command, (_, at) in commands.items()}
    gaps = rows(
        pools.reader,
        "SELECT originator_id FROM log.events GROUP BY 1"
        " HAVING max(originator_version) <> count(*) OR min(originator_version) <> 1",
    )
    assert gaps == []
    assert_readable(office, commands)
    return commands.keys() - answered.keys()


def assert_readable(office: Office, commands: dict[str, tuple[tuple[str, ...], list[int]]]) -> None:
    """Every note can be opened, so no key was lost, and says the command it was written by."""
    at = {position: command for command, (_, found) in commands.items() for position in found}
    streams = {stream for found, _ in commands.values() for stream in found}
    written = [
        (recorded.event.note, at[recorded.position])
        for history in office.reader.histories(sorted(streams), max(at)).values()
        for recorded in history
        if isinstance(recorded.event, LeadRecorded | NoteAdded)
    ]
    assert written
    assert office.vault.open_many([note for note, _ in written]) == [own for _, own in written]


def assert_wall_is_its_rebuild(office: Office, pools: Pools) -> None:
    """The tables as the killed and living runners left them are those a rebuild gives."""
    office.bring_up()
    runner = office.runner
    health = runner.health()
    assert not health.parked
    # A position that was drawn and given up may follow the last fact; the tables pass over it.
    ((last,),) = rows(pools.reader, "SELECT max(notification_id) FROM log.events")
    assert last <= health.position
    assert health.lag == 0
    tables = [table for projection in runner.projections for table in projection.tables]
    live = dump(pools.projector, tables)
    cases = rows(
        pools.reader,
        "SELECT DISTINCT originator_id FROM log.events WHERE starts_with(originator_id, 'seeker-')"
        " ORDER BY 1",
    )
    assert cases == rows(pools.reader, "SELECT DISTINCT case_id FROM wall.caseload ORDER BY 1")
    rebuild(runner, office.leader, pools.projector, runner.projections)
    assert dump(pools.projector, tables) == live
