"""Registers that certify criteria of hardship, wired: adapters, who asks them, and every day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from application.assistance_desk import Outside
from application.certifying.asking import Certifying, ask_again, asking_of
from application.certifying.extract import Extract
from application.certifying.register import Register
from application.certifying.service import Service
from application.jobs import Job, Jobs, Tell, Work
from application.lookout import Lookout
from application.people.reads import ReadLog
from application.people.vault import Vault
from application.store import Store, Who
from domain.kernel import Refused
from domain.seeker import SeekerCase
from yizhan.configuration import Configuration, RegisterSource
from yizhan.lookups import Lookups

CERTIFY = "certify"  # the kind of the job
LOOK = 600.0  # seconds between two looks at the day


def registers_of(configuration: Configuration) -> tuple[Register, ...]:
    """Make the adapter of each register that is configured."""
    return tuple(map(_adapter, configuration.registers))


def _adapter(source: RegisterSource) -> Register:
    if source.file:
        return Extract(source.name, source.criteria, source.file)
    return Service(source.name, source.criteria, source.url, source.token.get_secret_value())


def asked_of(
    outside: Outside, configuration: Configuration, vault: Vault, lookups: Lookups, reads: ReadLog
) -> Outside:
    """Let decisions ask registers; each number that is sent stands in the read log."""

    def sent(who: Who, case: str) -> None:
        reads.write("reveal", who, stream=case, field_class="id_no", purpose="certify")

    register = asking_of(registers_of(configuration), vault.open)
    return outside._replace(register=register, id_number=lookups.id_number, sent=sent)


def told(registers: Sequence[Register]) -> Iterator[tuple[str, bool, str]]:
    """Say what is connected, for `yizhan doctor`: name, whether it is fine, what was found."""
    if not registers:
        yield "registers", True, "none connected: criteria are decided on paper"
    for one in registers:
        codes = " ".join(sorted(one.criteria))
        fine, found = True, "asked over the network"
        if isinstance(one, Extract):
            try:
                found = f"{one.check():,} entries in its file"
            except (OSError, Refused) as problem:
                fine, found = False, f"its file cannot be read ({type(problem).__name__})"
        yield "register", fine, f"{one.name} for {codes}: {found}"


def asking(
    service: Certifying,
    store: Store,
    waiting: Callable[[], Sequence[str]],
    who: Callable[[str], Who],
    today: Callable[[], date],
) -> Work:
    """Make the work of the job: ask again about every recognition whose grace runs."""

    def work(_job: Job, tell: Tell) -> Mapping[str, Any]:
        cases, news = waiting(), 0
        for done, case in enumerate(cases, 1):
            state = store.load(SeekerCase, case)
            news += ask_again(service, case, state, who(state.station), today())
            if not tell("asking", done, len(cases), 0.0):
                break
        return {"asked": len(cases), "news": news}

    return work


class Daily:
    """Puts the job into the queue once a day; its id is the day's, so no process doubles it."""

    def __init__(self, jobs: Jobs, account: str, today: Callable[[], date]) -> None:
        """Take the jobs, on whose account it runs, and the day."""
        self._jobs, self._account, self._today = jobs, account, today
        self._lookout = Lookout("daily", LOOK, self.begin)

    def start(self) -> None:
        """Look at the day in a thread of its own."""
        self._lookout.start()

    def stop(self) -> None:
        """End the thread at its next look."""
        self._lookout.stop()

    def begin(self) -> str:
        """Queue the job of the day; give its id."""
        return self._jobs.begin(CERTIFY, self._account, {}, job=f"{CERTIFY}-{self._today()}")
