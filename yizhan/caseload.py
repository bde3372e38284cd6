"""What the pages of the caseload get: services and readers, put together."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from application.batches import Batches
from application.filters import Filters
from application.handovers import HOLDERS, Handovers, Held
from application.store import Done, Stamp, Who
from domain.catalogue import aggregates
from domain.person import Person
from domain.workload import Candidate, Load, Suggestion, suggest, weights
from projections.clocks import Clocks
from projections.directory_reader import Entry
from projections.hindsight import Hindsight
from projections.holdings import Holding, Holdings
from projections.today import Today
from projections.workload import Workload
from web.caseload.parts import CaseloadParts, Worker
from web.messages.batch import plain
from yizhan.wiring import Office

MOST_STAFF = 5_000
BEST = 5  # suggestions that are shown


class CaseloadDesk:
    """Adapters between the caseload's services, its readers and the directory."""

    def __init__(self, office: Office) -> None:
        """Take the office."""
        self._office = office
        self.holdings = Holdings(office.installation.pools.reader)
        self.workload = Workload(office.installation.pools.reader)
        self.handovers = Handovers(office.store, self.held, self.who)

    def held(self, account: str) -> list[Held]:
        """Give the open cases of an account."""
        return [Held(*one[:6]) for one in self.holdings.of(account)]

    def who(self, account: str) -> Who | None:
        """Say who somebody is today."""
        return self._office.accounts.who(account, self._office.clock.today())

    def numbered(self, cases: Sequence[str]) -> dict[str, str]:
        """Give the numbers of cases."""
        return {one.case: one.case_no for one in self.holdings.cases(cases)}

    def past(self) -> Sequence[Entry]:
        """List the handovers so far, the latest first."""
        found = self._office.entries.of_kind("handover", limit=200)
        return sorted(found, key=lambda entry: entry.stream, reverse=True)

    def workers(self, day: date) -> list[Worker]:
        """List who works on cases or still holds some, with the number of open ones."""
        counts = self.holdings.counts()
        entries = self._office.entries
        holders = {role for roles in HOLDERS.values() for role in roles}
        roles: dict[str, list[str]] = {}
        for role in sorted(holders):
            for account in entries.accounts_with(role, day):
                roles.setdefault(account, []).append(role)
        home = {e.stream: e.parent for e in entries.of_kind("staff", limit=MOST_STAFF)}
        return [
            Worker(
                account,
                home.get(account, ""),
                tuple(roles.get(account, ())),
                *counts.get(account, (0, 0)),
            )
            for account in sorted(roles.keys() | counts.keys())
        ]

    def clocks(self) -> Clocks:
        """Give the clocks by the calendar and settings in force."""
        settings = self._office.settings
        return Clocks(settings.calendar(), settings.settings(), self._office.clock.today())

    def points(self) -> dict[str, int]:
        """Give the points of a case as in force today."""
        return weights(self._office.settings.settings(), self._office.clock.today())

    def loads(self, stations: Sequence[str]) -> list[Load]:
        """Sum up what everybody owns at some stations."""
        return self.workload.loads(self._office.clock.today(), stations, self.points())

    def suggested(self, roles: frozenset[str], stations: frozenset[str]) -> list[Suggestion]:
        """Rank who could take cases of some stations with one of some roles, the best first."""
        today, everywhere = self._office.clock.today(), sorted(self._office.lookups.stations())
        loads = {load.account: load for load in self.loads(everywhere)}
        away = {a for a, _, first, last in self._office.entries.delegations()
                if first <= today <= last}  # fmt: skip
        candidates = []
        for one in self.workers(today):
            who = self.who(one.account) if set(one.roles) & roles else None
            if who is not None:
                load = loads.get(one.account, Load(one.account, one.station))
                served = who.stations | {who.station}
                candidates.append(Candidate(one.account, served, load, one.account in away))
        return suggest(candidates, stations)[:BEST]


class PersonDesk:
    """Persons who may be there twice, with their cases; `web.caseload.parts.Duplicates`."""

    def __init__(self, office: Office, holdings: Holdings) -> None:
        """Take the office, and the reader of cases."""
        self._office, self._holdings = office, holdings
        self.merge, self.unmerge = office.persons.merge, office.persons.unmerge
        self.tell_apart = office.persons.tell_apart

    def pairs(self) -> list[tuple[str, str, str]]:
        """Give pairs with one name and birth date, or one phone, that nobody has told apart."""
        names = self._office.names
        names.follow()
        groups = [(group, "name") for group in names.twins()]
        groups += [(group, "phone") for group in self._office.index.shared_phones()]
        found: dict[tuple[str, str], str] = {}
        for group, why in groups:
            living = sorted({names.survivor(person) for person in group if names.get(person)})
            for one, other in pairwise(living):
                if not names.told_apart(one, other):
                    found.setdefault((one, other), why)
        return [(one, other, why) for (one, other), why in found.items()]

    def compared(self, one: str, other: str) -> dict[str, str]:
        """Compare what is sealed without showing it: same, differs or unknown."""
        mine, theirs = self._opened(one), self._opened(other)
        return {
            name: "unknown"
            if not mine.get(name) or not theirs.get(name)
            else "same"
            if mine[name] == theirs[name]
            else "differs"
            for name in ("name", "last4", "age", "sex", "phone", "address")
        }

    def _opened(self, person: str) -> dict[str, str]:
        """Open identity and contact, under the names that a page gives the fields."""
        state = self._office.store.load(Person, person)
        if state.identity is None or state.contact is None:
            return {}
        found = self._office.vault.open_many([state.identity, state.contact])
        identity, contact = (one if isinstance(one, dict) else {} for one in found)
        return {
            "name": "".join(str(identity.get("name", "")).split()),
            "last4": str(identity.get("id_no", "")),
            "age": str(identity.get("birth", "") or ""),
            "sex": state.sex,
            "phone": str(contact.get("phone", "")),
            "address": str(contact.get("address", "")),
        }

    def family(self, person: str) -> list[str]:
        """Give the survivor of a person with all duplicates merged into it."""
        self._office.names.follow()
        return self._office.names.family(person)

    def cases(self, person: str) -> list[Holding]:
        """Give the cases of one file."""
        return self._holdings.cases(self._office.parties.of(person))


def batches(office: Office) -> Batches:
    """Put the acts that can be done to many cases over their services."""

    def assign(case: str, *, officer: str, reason: str, stamp: Stamp) -> Done:
        return office.assistance.assign(case, officer=officer, note=reason, stamp=stamp)

    def mediate(case: str, *, officer: str, reason: str, stamp: Stamp) -> Done:
        return office.dispute_file.assign_mediator(
            case, mediator=officer, reason=reason, stamp=stamp
        )

    def contact(case: str, *, channel: str, result: str, stamp: Stamp) -> Done:
        return office.assistance.record_follow_up(
            case, purpose="contact", channel=channel, result=result, stamp=stamp
        )

    def message(case: str, *, channel: str, occasion: str, stamp: Stamp, **values: Any) -> Done:
        service = office.messaging.messages
        told = service.for_all(case, channel=channel, occasion=occasion, values=plain(values))
        return service.queue_all(told, stamp=stamp)

    seekers, disputes = office.assistance, office.dispute_file
    return Batches(
        office.installation.pools.writer,
        {
            "assign": {"seeker": assign, "dispute": mediate},
            "transfer": {"seeker": seekers.offer_transfer, "dispute": disputes.offer_transfer},
            "contact": {"seeker": contact},
            "message": {"seeker": message, "dispute": message},
            "hold": {"seeker": seekers.place_hold, "dispute": disputes.place_hold},
            "close": {"seeker": seekers.close},
        },
    )


def caseload_parts(office: Office) -> CaseloadParts:
    """Hand over what the pages of the caseload need."""
    desk, pools = CaseloadDesk(office), office.installation.pools
    return CaseloadParts(
        absences=office.accounts,
        delegations=office.entries,
        handover=desk.handovers,
        held=desk.held,
        numbered=desk.numbered,
        workers=desk.workers,
        handovers=desk.past,
        accounts_with=office.entries.accounts_with,
        today=Today(pools.reader),
        named=office.entries.named,
        cases=desk.holdings.cases,
        batches=batches(office),
        filters=Filters(pools.writer, office.vault.box("filters")),
        workload=desk.workload,
        loads=desk.loads,
        points=desk.points,
        suggested=desk.suggested,
        clocks=desk.clocks,
        hindsight=Hindsight(
            pools.reader,
            office.reader.histories,
            office.reader.watermark,
            desk.clocks,
            aggregates(),
        ),
        duplicates=PersonDesk(office, desk.holdings),
    )
