"""Attachments of cases: kept, opened, checked, and tidied up (ADR 29).

The order is: check, scan, seal, write the file and let it reach the disk, then append the fact. A
crash in between leaves a file that no fact names, which `tidy` removes a day later; a fact never
names a file that was not written.
"""

import hashlib
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO, Literal, NamedTuple, Protocol

from application.attachments.content import media_type
from application.attachments.scanner import Scanner
from application.attachments.shelf import Damaged, Shelf
from application.ids import uuid7
from application.people.sealing import SEAL, SealBroken
from application.people.vault import Vault
from application.store import Clash, Done, Stamp, Store
from domain.attachments import (
    MEGABYTE,
    Adding,
    Offered,
    Withdrawing,
    check,
    offered,
    room,
    standing,
    too_large,
)
from domain.dispute import DisputeCase
from domain.kernel import N_, Recorded, Redacted, Refused
from domain.seeker import SeekerCase
from domain.settings import Settings

LARGEST = 50 * MEGABYTE  # whatever the setting says: a file is held in memory whole
AT_ONCE = 3  # files in memory at the same time, each way, in all requests of a process
ORPHAN = 86_400.0  # seconds after which a file without a fact is nobody's
WITHDRAWN = timedelta(days=30)  # that the bytes stay after a withdrawal

State = Literal["same", "missing", "changed", "erased"]


class Keeping(Protocol):
    """A service that records the attachments of one kind of case."""

    def attach(self, case: str, *, files: Sequence[Offered], stamp: Stamp) -> Done:
        """Record files in one append."""
        ...


class Incoming(NamedTuple):
    """A file as it came in."""

    file: BinaryIO
    name: str


class Said(NamedTuple):
    """What whoever attaches says of the files: kind, short title, the claimant they are about."""

    kind: str
    title: str = ""
    about: str = ""


class Content(NamedTuple):
    """An attachment opened for a reader."""

    content: bytes
    media_type: str
    title: str
    name: str


class Problem(NamedTuple):
    """An attachment whose bytes are not what its fact says."""

    case: str
    attachment: str
    state: State


class Tidied(NamedTuple):
    """How many files were removed: without a fact, withdrawn long ago, of erased persons."""

    orphans: int = 0
    withdrawn: int = 0
    erased: int = 0


class Outside(NamedTuple):
    """What attachments need from elsewhere; `facts` reads those of all cases in order."""

    vault: Vault
    settings: Callable[[], Settings]
    facts: Callable[[], Iterable[Recorded]]
    now: Callable[[], datetime]


class Attachments:
    """The one door to the bytes of attachments."""

    def __init__(
        self,
        store: Store,
        files: Mapping[str, Keeping],
        shelf: Shelf,
        scanner: Scanner,
        outside: Outside,
    ) -> None:
        """Take the log, the services of cases by the prefix of their streams, shelf, scanner."""
        self._store, self._files, self._shelf = store, files, shelf
        self._scanner, self._outside = scanner, outside
        self._coming = threading.BoundedSemaphore(AT_ONCE)
        self._going = threading.BoundedSemaphore(AT_ONCE)

    @property
    def shelf(self) -> Shelf:
        """Where the sealed bytes lie."""
        return self._shelf

    @property
    def scanner(self) -> Scanner:
        """Who looks at files before they are kept."""
        return self._scanner

    def attach(self, case: str, files: Iterable[Incoming], *, said: Said, stamp: Stamp) -> Done:
        """Keep files of a case, all or none; the same file again changes nothing.

        The asker's right is held by the caller before anything is read, and by the log again.
        Raises `Refused` A-01 to A-03.
        """
        settings, state = self._outside.settings(), self._case(case)
        most = settings.value("attachments_per_case", stamp.occurred_on)
        largest = settings.value("attachment_megabytes", stamp.occurred_on) * MEGABYTE
        subject = state.whose(said.about)
        known = {one.fact.sha256 for one in offered(state.attachments)}
        put: list[Offered] = []
        try:
            for incoming in files:
                one = self._kept(
                    case,
                    incoming,
                    said,
                    subject=subject,
                    known=known,
                    most=min(largest, LARGEST),
                )
                if one:
                    put.append(one)
                    known.add(one.sha256)
                    room(state.attachments, len(put), most)
            done = self._files[case.partition("-")[0]].attach(case, files=put, stamp=stamp)
        except (Refused, Clash):
            # Nothing was recorded; after any other failure nobody knows, and `tidy` will.
            self._unput(put)
            raise
        held = self._case(case).attachments
        self._unput(one for one in put if one.attachment not in held)
        return done

    def open(self, case: str, attachment: str) -> Content:
        """Open an attachment; a sentence where it is not offered or not there (A-04, A-05)."""
        fact = standing(self._case(case).attachments, attachment).fact
        name, *title = self._outside.vault.open_many(
            [one for one in (fact.name, fact.title) if one is not None]
        )
        with self._going:
            state, content = self._read(case, fact)
        if state != "same":
            raise Refused(rule="A-05", text=SENTENCES[state])
        return Content(content, fact.media_type, str(title[0]) if title else "", str(name))

    def check(self, case: str, attachment: str) -> State:
        """Say whether the file is still the one that the fact vouches for."""
        with self._going:
            return self._read(case, standing(self._case(case).attachments, attachment).fact)[0]

    def looks(self, facts: Sequence[Adding]) -> dict[str, State]:
        """Say of attachments by their ids whether bytes of the right size are there, unopened."""
        erased = self._outside.vault.gone({fact.subject for fact in facts})
        return {fact.attachment: self._look(fact, erased) for fact in facts}

    def _look(self, fact: Adding, erased: Collection[str]) -> State:
        if fact.subject in erased:
            return "erased"
        size = self._shelf.size(fact.stored)
        if size is None:
            return "missing"
        return "same" if size == fact.size + SEAL else "changed"

    def problems(self) -> list[Problem]:
        """Find every attachment that is offered and whose bytes are not what was written."""
        added, gone = self._all()
        erased = self._outside.vault.gone({fact.subject for _, fact in added})
        found = []
        for one, fact in added:
            if (one.stream, fact.attachment) in gone or fact.subject in erased:
                continue
            try:
                if self._shelf.read(fact.stored) is None:
                    found.append(Problem(one.stream, fact.attachment, "missing"))
            except Damaged:
                found.append(Problem(one.stream, fact.attachment, "changed"))
        return found

    def tidy(self) -> Tidied:
        """Remove the bytes that nobody will be offered again."""
        added, gone = self._all()
        named = {fact.stored: (one, fact) for one, fact in added}
        erased = self._outside.vault.gone({fact.subject for _, fact in added})
        before = self._outside.now() - WITHDRAWN
        counts = {"orphans": 0, "withdrawn": 0, "erased": 0}
        for name in self._shelf.older_than(ORPHAN):
            if name not in named:
                why = "orphans"
            else:
                one, fact = named[name]
                withdrawn = gone.get((one.stream, fact.attachment))
                if fact.subject in erased:
                    why = "erased"
                elif withdrawn and withdrawn < before:
                    why = "withdrawn"
                else:
                    continue
            self._shelf.remove(name)
            counts[why] += 1
        return Tidied(**counts)

    def _kept(
        self,
        case: str,
        incoming: Incoming,
        said: Said,
        *,
        subject: str,
        known: Collection[str],
        most: int,
    ) -> Offered | None:
        """Check, scan, seal and write one file; None for one that the case has."""
        with self._coming:
            content = incoming.file.read(most + 1)
            if len(content) > most:
                raise too_large(most)
            name = shown_name(incoming.name)
            check(said.kind, said.title, len(content), most)
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in known:
                return None
            media, scan = media_type(content, name), self._scanner.scan(content)
            attachment = f"attachment-{uuid7()}"
            sealed = self._outside.vault.seal_bytes(subject, content, case, attachment)
            return Offered(
                subject=subject,
                attachment=attachment,
                kind=said.kind,
                sha256=sha256,
                size=len(content),
                media_type=media,
                stored=self._shelf.put(sealed),
                scan=scan,
                title=said.title,
                name=name,
                about=said.about,
            )

    def _read(self, case: str, fact: Adding) -> tuple[State, bytes]:
        try:
            sealed = self._shelf.read(fact.stored)
            if sealed is None:
                gone = self._outside.vault.gone([fact.subject])
                return ("erased" if gone else "missing"), b""
            content = self._outside.vault.open_bytes(fact.subject, sealed, case, fact.attachment)
        except (Damaged, SealBroken):
            return "changed", b""
        if isinstance(content, Redacted):
            return "erased", b""
        same = hashlib.sha256(content).hexdigest() == fact.sha256
        return ("same", content) if same else ("changed", b"")

    def _case(self, case: str) -> SeekerCase | DisputeCase:
        if case.startswith("dispute-"):
            return self._store.load(DisputeCase, case).named(case)
        return self._store.load(SeekerCase, case)

    def _unput(self, files: Iterable[Offered]) -> None:
        for one in files:
            self._shelf.remove(one.stored)

    def _all(self) -> tuple[list[tuple[Recorded, Adding]], dict[tuple[str, str], datetime]]:
        """Read every attachment there is, and when which were withdrawn."""
        added, gone = [], {}
        for one in self._outside.facts():
            if isinstance(one.event, Adding):
                added.append((one, one.event))
            elif isinstance(one.event, Withdrawing):
                gone[one.stream, one.event.attachment] = one.recorded_at
        return added, gone


SENTENCES: Mapping[State, str] = {
    "missing": N_("这个附件的文件不在服务器上了，请告诉管理员(yizhan doctor会列出)。"),
    "changed": N_("这个附件的文件与登记时的校验值不一致，不能打开，请告诉管理员。"),
    "erased": N_("附件所属人员的个人信息已依法删除，文件不能再打开。"),
}


def shown_name(name: str) -> str:
    """Give the last part of a name as typed, without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[-100:]
