"""Persons: register, correct, tell duplicates, hold, erase (domain.md 4.8, reliability.md 8)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from time import sleep
from typing import Any, Concatenate, NamedTuple, ParamSpec

from psycopg_pool import ConnectionPool

from application.ids import new_stream
from application.people.blind import ID_NO, PHONE, BlindIndex
from application.people.names import NameIndex
from application.people.vault import Vault
from application.store import Done, Part, Stamp, Store
from domain.identity import (
    RESIDENT_ID,
    Identity,
    check_identity,
    check_phone,
    read_id_number,
)
from domain.kernel import Event, Refused
from domain.person import Person

P = ParamSpec("P")
SENT_TWICE = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)  # seconds between looks at the other one


class Outside(NamedTuple):
    """What the service asks of guards and projections; wiring hands it over."""

    open_case: Callable[[bytes], str]
    keep_until: Callable[[str], date | None] = lambda _person: None
    last_cases: Callable[[Sequence[str]], Sequence[str]] = lambda _persons: ()


class Papers(NamedTuple):
    """Who somebody is, as typed: checked and claimed by the service."""

    name: str
    sex: str
    id_type: str = RESIDENT_ID
    id_no: str = ""
    birth: date | None = None


class Alike(NamedTuple):
    """A person who may be the same one, and why: `name` (with birth date) or `phone`."""

    person: str
    why: str


class Duplicates(NamedTuple):
    """What intake is told: `person` has the same number and blocks, with the open case if any."""

    person: str = ""
    case: str = ""
    alike: tuple[Alike, ...] = ()


def open_cases(pool: ConnectionPool) -> Callable[[bytes], str]:
    """Give the look-up of the open case that holds an ID number's index, or ""."""

    def look(index: bytes) -> str:
        with pool.connection() as conn:
            row = conn.execute(
                "SELECT stream FROM guard.open_case WHERE id_index = %s", [index]
            ).fetchone()
        return str(row[0]) if row else ""

    return look


class Persons:
    """What may be asked about persons."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        index: BlindIndex,
        names: NameIndex,
        outside: Outside,
    ) -> None:
        """Take the log, keys, indexes, and what stands elsewhere."""
        self._store, self._vault, self._index = store, vault, index
        self._names, self._outside = names, outside

    # Records ----------------------------------------------------------------------------------

    def register(
        self, papers: Papers, *, domicile: str, phone: str = "", address: str = "", stamp: Stamp
    ) -> Done:
        """Open a file, or refuse with the person who has the number already (P-01).

        The new person is the first of `Done.streams`.
        """
        person = new_stream("person")

        def decision(state: Person) -> list[Event]:
            identity = self._claimed(person, papers, stamp.occurred_on, phone)
            return state.register(
                person=person, identity=identity, domicile=domicile, phone=phone, address=address
            )

        part = Part(Person, person, decision, "person.edit")
        for pause in SENT_TWICE:
            # The same form sent twice at once claims its number twice: the later one waits until
            # the earlier stands in the log, and is answered by its command.
            with suppress(Refused):
                return self._store.decide(stamp, part)
            if not self._being_recorded(papers):
                break
            sleep(pause)
        return self._store.decide(stamp, part)

    def _being_recorded(self, papers: Papers) -> bool:
        """Whether somebody has claimed this number and is not in the log yet."""
        found = self._index.find(ID_NO, papers.id_no.upper()) if papers.id_no else []
        return any(self._store.load(Person, one).version == 0 for one in found)

    def correct_identity(
        self, person: str, papers: Papers, *, domicile: str, reason: str, stamp: Stamp
    ) -> Done:
        """Put a wrong identity right; its number must not be another person's (P-01)."""

        def decision(state: Person) -> list[Event]:
            identity = self._claimed(person, papers, stamp.occurred_on, "")
            return state.correct_identity(identity=identity, domicile=domicile, reason=reason)

        done = self._store.decide(stamp, Part(Person, person, decision, "person.edit"))
        self._index.settle(person, id_no=papers.id_no)
        return done

    def change_contact(self, person: str, *, phone: str, address: str, stamp: Stamp) -> Done:
        """Take a new phone and address."""
        done = self._take(
            person, stamp, "person.edit", Person.change_contact, phone=phone, address=address
        )
        self._index.change_phone(person, phone)
        return done

    def give_account(self, person: str, *, bank: str, number: str, stamp: Stamp) -> Done:
        """Take the account that money is paid to."""
        return self._take(
            person, stamp, "person.edit", Person.give_account, bank=bank, number=number
        )

    def file_proof(
        self, person: str, *, kind: str, sha256: str, valid_until: date | None, stamp: Stamp
    ) -> Done:
        """File a paper by its hash."""
        return self._take(
            person,
            stamp,
            "person.edit",
            Person.file_proof,
            kind=kind,
            sha256=sha256,
            valid_until=valid_until,
        )

    def correct_record(
        self, person: str, *, version: int, field: str, value: Any, reason: str, stamp: Stamp
    ) -> Done:
        """Let a field of an earlier fact read otherwise (S-17)."""
        return self._take(
            person,
            stamp,
            "person.edit",
            Person.correct_record,
            version=version,
            field=field,
            value=value,
            reason=reason,
            occurred_on=stamp.occurred_on,
        )

    # Duplicates -------------------------------------------------------------------------------

    def duplicates(
        self,
        *,
        on: date,
        id_no: str = "",
        name: str = "",
        birth: date | None = None,
        phone: str = "",
        person: str = "",
    ) -> Duplicates:
        """Look for the same human being before a file is opened (F-27).

        The same number blocks and names the open case (S-02); the same name and birth date, or
        the same phone, warn, but for pairs that were told apart from `person`.
        """
        self._names.follow()
        holder, case = "", ""
        if id_no.strip():
            holders = [p for p in self._index.find(ID_NO, id_no) if p != person]
            holder = self._names.survivor(holders[0]) if holders else ""
            case = self._outside.open_case(self._index.digest(ID_NO, id_no)) if holder else ""
            birth = _birth(id_no, on) or birth
        found = [Alike(p, "name") for p in (self._names.alike(name, birth) if birth else ())]
        if phone.strip():
            found += [Alike(p, "phone") for p in self._index.find(PHONE, phone)]
        alike = dict.fromkeys(Alike(self._names.survivor(p), why) for p, why in found)
        return Duplicates(
            holder,
            case,
            tuple(
                a
                for a in alike
                if a.person not in {person, holder} and not self._names.told_apart(person, a.person)
            ),
        )

    def merge(self, person: str, *, into: str, stamp: Stamp) -> Done:
        """Let a duplicate go on in another person's stream (P-02)."""
        return self._store.decide(
            stamp,
            Part(Person, person, lambda p: p.merge(into=into), "person.edit"),
            Part(Person, into, lambda p: p.absorb(person=person), "person.edit"),
        )

    def unmerge(self, person: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Undo a wrong merge on both streams (P-02)."""
        return self._store.decide(
            stamp,
            Part(Person, person, lambda p: p.unmerge(other=other, reason=reason), "person.edit"),
            Part(Person, other, lambda p: p.unmerge(other=person, reason=reason), "person.edit"),
        )

    def tell_apart(self, person: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Record that two alike are not one person, on both streams; not asked again (F-27)."""
        return self._store.decide(
            stamp,
            Part(Person, person, lambda p: p.tell_apart(other=other, reason=reason), "person.edit"),
            Part(Person, other, lambda p: p.tell_apart(other=person, reason=reason), "person.edit"),
        )

    # Retention --------------------------------------------------------------------------------

    def place_legal_hold(self, person: str, *, ref_no: str, reason: str, stamp: Stamp) -> Done:
        """Forbid erasure by an authority's letter."""
        return self._take(
            person, stamp, "person.erase", Person.place_legal_hold, ref_no=ref_no, reason=reason
        )

    def lift_legal_hold(self, person: str, *, ref_no: str, reason: str, stamp: Stamp) -> Done:
        """End the hold of one letter."""
        return self._take(
            person, stamp, "person.erase", Person.lift_legal_hold, ref_no=ref_no, reason=reason
        )

    def request_erasure(self, person: str, *, ground: str, stamp: Stamp) -> Done:
        """Ask for erasure after the retention end (P-02)."""
        return self._take(
            person,
            stamp,
            "person.edit",
            Person.request_erasure,
            ground=ground,
            entered_by=stamp.actor,
            occurred_on=stamp.occurred_on,
            keep_until=self._outside.keep_until(person),
        )

    def approve_erasure(self, person: str, *, stamp: Stamp) -> Done:
        """Approve an erasure that somebody else entered (P-02)."""
        return self._take(
            person,
            stamp,
            "person.erase",
            Person.approve_erasure,
            approver=stamp.actor,
            occurred_on=stamp.occurred_on,
            keep_until=self._outside.keep_until(person),
        )

    def erase(self, person: str, *, stamp: Stamp) -> Done:
        """Record the erasure, then destroy keys, index rows and names (PIPL 47).

        Duplicates that were merged into the person go too, and the keys of cases that have no
        other person left. After a crash in between, every follower of the log destroys again.
        """
        keep_until = self._outside.keep_until(person)
        parts: list[Part[Person]] = [
            Part(
                Person,
                person,
                lambda p: p.erase(occurred_on=stamp.occurred_on, keep_until=keep_until),
                "person.erase",
            )
        ]
        parts += [_with(survivor, twin) for twin, survivor in self._absorbed(person)]
        done = self._store.decide(stamp, *parts)
        gone = [part.stream for part in parts]
        self._vault.destroy(*gone, *self._outside.last_cases(gone))
        self._names.drop(*gone)
        return done

    def _absorbed(self, person: str) -> list[tuple[str, str]]:
        """List the duplicates that went into a person, and into these, each with its survivor."""
        found: list[tuple[str, str]] = []
        for twin in sorted(self._store.load(Person, person).absorbed):
            found += [(twin, person), *self._absorbed(twin)]
        return found

    def _claimed(self, person: str, papers: Papers, on: date, phone: str) -> Identity:
        """Check papers, then claim their number; the claim is the last thing that can refuse."""
        identity = check_identity(**papers._asdict(), occurred_on=on)
        number = check_phone(phone) if phone.strip() else ""
        id_no = identity.record.get("id_no", "")
        holder, stale = self._index.claim(person, id_no=id_no, phone=number)
        if holder and stale and self._store.load(Person, holder).version == 0:
            self._index.drop(holder)
            holder, _ = self._index.claim(person, id_no=id_no, phone=number)
        if holder:
            check_identity(
                **papers._asdict(), occurred_on=on, existing=self._names.survivor(holder)
            )
        return identity

    def _take(
        self,
        person: str,
        stamp: Stamp,
        right: str,
        decision: Callable[Concatenate[Person, P], list[Event]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        return self._store.decide(
            stamp, Part(Person, person, lambda p: decision(p, *args, **kwargs), right)
        )


def _with(survivor: str, twin: str) -> Part[Person]:
    """Erase a duplicate under the right that its survivor's part has asked for."""
    return Part(Person, twin, lambda p: p.erase_with(survivor=survivor))


def _birth(id_no: str, on: date) -> date | None:
    """Read the birth date off an ID number that is in order."""
    try:
        return read_id_number(id_no, on=on).birth
    except Refused:
        return None
