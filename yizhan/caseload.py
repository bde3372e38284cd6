"""What the pages of the caseload get: services and readers, put together."""

from collections.abc import Sequence
from datetime import date

from application.handovers import HOLDERS, Handovers, Held
from application.store import Who
from projections.directory_reader import Entry
from projections.holdings import Holdings
from projections.today import Today
from web.caseload.parts import CaseloadParts, Worker
from yizhan.wiring import Office

MOST_STAFF = 5_000


class CaseloadDesk:
    """Adapters between the caseload's services, its readers and the directory."""

    def __init__(self, office: Office) -> None:
        """Take the office."""
        self._office = office
        self.holdings = Holdings(office.installation.pools.reader)
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


def caseload_parts(office: Office) -> CaseloadParts:
    """Hand over what the pages of the caseload need."""
    desk = CaseloadDesk(office)
    return CaseloadParts(
        absences=office.accounts,
        delegations=office.entries,
        handover=desk.handovers,
        held=desk.held,
        numbered=desk.numbered,
        workers=desk.workers,
        handovers=desk.past,
        accounts_with=office.entries.accounts_with,
        today=Today(office.installation.pools.reader),
        named=office.entries.named,
    )
