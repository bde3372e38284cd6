"""A process that works until it is killed: three hands write cases; what was answered is noted.

`python -m tests.reliability.clerk <home>` opens the office of a home folder and lets its runner
lead. A line on stdout is `<command> <stream> <position>`, written after `decide` returned; a
command whose answer did not come is asked again under its id. The end of the input ends the work.
"""

import os
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg

from application.persons import Papers
from application.store import Clash, Done, Stamp, Unavailable
from yizhan.configuration import Configuration
from yizhan.installation import installation
from yizhan.wiring import Office, operator

HANDS = 3
NOTES = 30  # in a case, before the hands turn to the next one
PAUSE = 0.02  # seconds before a command is asked again
AGAIN = (Unavailable, Clash, psycopg.OperationalError, psycopg.InterfaceError)

Ask = Callable[[Stamp], Done]


class Clerk:
    """Asks commands of one office, and notes each one that was answered."""

    def __init__(self, office: Office) -> None:
        """Work for a station, from now on."""
        self.office, self.who = office, operator("station-1")
        self.today, self.ended = office.clock.today(), threading.Event()

    def sure(self, ask: Ask) -> Done:
        """Ask one command until it is answered, then say so in one write."""
        stamp = Stamp(self.who, str(uuid.uuid4()), self.today)
        while True:
            try:
                done = ask(stamp)
            except AGAIN:
                time.sleep(PAUSE)
                continue
            line = f"{stamp.command_id} {done.streams[0]} {done.position}\n"
            os.write(sys.stdout.fileno(), line.encode())
            return done

    def case(self) -> str:
        """Register a person and record a lead about them: a new person, a new case."""
        office = self.office
        papers = Papers(name="梁小满", sex="female")
        registered = self.sure(lambda s: office.persons.register(papers, domicile="", stamp=s))
        lead = self.sure(
            lambda s: office.assistance.record_lead(
                person=registered.streams[0],
                station="station-1",
                channel="walk_in",
                note=s.command_id,
                stamp=s,
            )
        )
        return lead.streams[0]

    def notes(self, case: str) -> None:
        """Write notes, each the id of its command, into a case that all hands write."""
        for _ in range(NOTES // HANDS):
            if self.ended.is_set():
                return
            self.sure(lambda s: self.office.assistance.add_note(case, note=s.command_id, stamp=s))

    def work(self) -> None:
        """Open case after case, and let all hands write into each."""
        while not self.ended.is_set():
            case = self.case()
            hands = [threading.Thread(target=self.notes, args=[case]) for _ in range(HANDS)]
            for hand in hands:
                hand.start()
            for hand in hands:
                hand.join()


def main(home: Path) -> None:
    """Work until the input ends."""
    with installation(Configuration(home=home)) as opened, Office(opened) as office:
        office.prepare()
        office.runner.start()
        clerk = Clerk(office)
        worker = threading.Thread(target=clerk.work)
        worker.start()
        sys.stdin.read()
        clerk.ended.set()
        worker.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
