"""What decisions ask about from outside their stream, looked up in projections and indexes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from application.people.names import NameIndex
from application.store import Store
from domain.dispute import DisputeCase
from domain.kernel import Sealed
from domain.person import Person
from domain.station import Station
from domain.station.network import DISTRICTS, subtree
from projections.caseload_reader import Caseload
from projections.directory_reader import DirectoryReader
from projections.lists import Query

OPEN = ("RECEIVED", "ACCEPTED", "ASSIGNED", "MEDIATING", "FAILED", "DEFAULTED", "AGREED")
MEDIATES = frozenset({"ACCEPTED", "ASSIGNED", "MEDIATING"})
SOME = 50


class Lookups:
    """Answers for the `Outside` of every service."""

    def __init__(
        self,
        store: Store,
        directory: DirectoryReader,
        caseload: Caseload,
        names: NameIndex,
        opened: Callable[[Sealed], object],
        county: tuple[str, str],
    ) -> None:
        """Take the store, the readers, what opens a sealed value, and the last resort's county."""
        self._store, self._directory = store, directory
        self._caseload, self._names, self._county = caseload, names, county
        self._opened = opened

    def birth(self, person: str) -> date | None:
        """Give a person's day of birth; who came a moment ago is not in the name index yet."""
        if (entry := self._names.get(person)) is not None:
            return entry.birth
        written = self._identity(person).get("birth")
        return date.fromisoformat(written) if written else None

    def id_number(self, person: str) -> str:
        """Give a person's resident identity number, or "": other papers no register knows."""
        record = self._identity(person)
        return str(record.get("id_no", "")) if record.get("id_type") == "resident_id" else ""

    def _identity(self, person: str) -> Mapping[str, str]:
        """Open a person's identity; empty where the data is erased."""
        identity = self._store.load(Person, person).identity
        record = self._opened(identity) if identity else None
        return record if isinstance(record, dict) else {}

    def county_code(self, station: str) -> str:
        """Give the six-digit district of a station for the numbers of seekers."""
        terms = self._store.load(Station, station).terms if station else None
        return terms.district if terms else self._county[0]

    def county_name(self, station: str) -> str:
        """Give the short name of a station's county for the numbers of disputes."""
        if self.county_code(station) == self._county[0]:
            return self._county[1]
        return DISTRICTS.get(self.county_code(station), self._county[1])[:1]

    def unfit(self, account: str, case: str) -> str:
        """Say why an account may not mediate a case: out of use, or a party itself (D-03)."""
        entry = self._directory.entry(account)
        if entry is not None and entry.state != "active":
            return "inactive"
        parties = set(self._store.load(DisputeCase, case).workers)
        return "party" if entry is not None and parties & set(entry.members) else ""

    def open_twin(self, case: str) -> str:
        """Give another open case of a same claimant against a same respondent (D-12)."""
        return self._twin(case, lambda twin: twin.standing in OPEN)

    def awarded(self, case: str) -> str:
        """Give another case about the same that an award has settled (D-12)."""
        return self._twin(case, lambda twin: any(claim.awarded for claim in twin.claims.values()))

    def mediating(self, case: str) -> str:
        """Give another case that still mediates the same claims (D-13)."""
        return self._twin(case, lambda twin: twin.standing in MEDIATES)

    def open_cases(self, station: str) -> int:
        """Count the open cases of a station (T-03)."""
        return self._caseload.count(Query(today=date.min, stations=(station,)))

    def accounts(self) -> Sequence[str]:
        """List the accounts of the staff."""
        return [entry.stream for entry in self._directory.of_kind("staff", limit=10_000)]

    def first_station(self) -> str:
        """Give the station that stands above all others, or the first one, or ""."""
        network = dict(self._directory.network())
        tops = sorted(station for station, parent in network.items() if not parent)
        return tops[0] if tops else ""

    def below(self, station: str) -> tuple[str, ...]:
        """Give a station with everything below it; nothing for an unknown one."""
        network = self._directory.network()
        return tuple(sorted(subtree(network, station))) if station in dict(network) else ()

    def stations(self) -> frozenset[str]:
        """Give every station."""
        return frozenset(station for station, _ in self._directory.network())

    def _twin(self, case: str, matters: Callable[[DisputeCase], bool]) -> str:
        """Give the number of another case of a same claimant, respondent and period, or ""."""
        own = self._store.load(DisputeCase, case)
        for respondent in own.respondents:
            found = Query(
                today=date.min, respondent=respondent, kinds=("dispute",), closed=True, limit=SOME
            )
            for other in self._lines(found):
                twin = self._store.load(DisputeCase, other) if other != case else None
                if twin is not None and matters(twin) and _overlap(own, twin):
                    return twin.case_no or other
        return ""

    def _lines(self, query: Query) -> list[str]:
        return [row.case_id for row in self._caseload.page(query).rows]


def _overlap(one: DisputeCase, other: DisputeCase) -> bool:
    """Say whether a worker claims for a same time in both cases."""
    spans = {
        (claim.worker, claim.code): (claim.from_on, claim.to_on) for claim in one.claims.values()
    }
    return any(
        (span := spans.get((claim.worker, claim.code)))
        and claim.from_on <= span[1]
        and span[0] <= claim.to_on
        for claim in other.claims.values()
    )
