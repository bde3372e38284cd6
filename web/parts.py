"""What the site is made of: services and readers, as the shell needs them.

`yizhan/wiring.py` fills `SiteParts`; a test fills it with fakes. A protocol names no more than
the pages use, so that any adapter of that shape will do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from limits.storage import MemoryStorage, Storage

from application.accounts import Signed, Wait
from application.people.views import PersonView
from application.sessions import Kept
from application.sessions import Session as Begun
from application.store import Store, Who
from projections.lists import Page, Query
from projections.runner import Reach
from web.acts import Desk


class Accounts(Protocol):
    """Sessions and passwords (decision 28); `application.accounts.Accounts` is one."""

    def session(self, token: str) -> Signed | None:
        """Give who asks by a cookie's token and note that it was seen; None when it ended."""
        ...

    def ended(self, token: str) -> str:
        """Name whose session this was; "" for any other token."""
        ...

    def sign_in(
        self,
        login: str,
        password: str,
        address: str,
        *,
        code: str = "",
        language: str = "zh-CN",
        instead_of: str = "",
    ) -> Begun | Wait:
        """Check a password; failures wait longer each time, per account and per address."""
        ...

    def start_session(
        self, account: str, *, language: str = "zh-CN", instead_of: str = ""
    ) -> Begun:
        """Begin a session without a password: the demo's one click, on loopback only."""
        ...

    def sign_out(self, token: str) -> None:
        """End one session."""
        ...

    def sessions(self, account: str) -> Sequence[Kept]:
        """List the open sessions of an account, youngest first."""
        ...

    def end_session(self, account: str, session: str = "") -> int:
        """End a session of this account by its id."""
        ...

    def set_language(self, token: str, language: str) -> None:
        """Keep the language with the session."""
        ...


class People(Protocol):
    """Persons as the reader may see them (decision 25); `application.people.sight.Sight` is one."""

    def names(
        self, persons: Iterable[str], *, full: Callable[[str], bool], on: date
    ) -> Mapping[str, PersonView]:
        """Show the persons of a list: in full where `full` says so, else masked."""
        ...


class Directory(Protocol):
    """Names of what is no secret: staff, stations, employers."""

    def names(self, streams: Iterable[str]) -> Mapping[str, str]:
        """Give the names of any of them at once; what has none stands by its id."""
        ...

    def staff(self, account: str) -> str:
        """Give the name of a member of staff."""
        ...

    def station(self, station: str) -> str:
        """Give the name of a station."""
        ...

    def employer(self, employer: str) -> str:
        """Give the name of an employer."""
        ...


class Remembered:
    """A directory that is asked for each name once, as long as one page is drawn."""

    def __init__(self, directory: Directory) -> None:
        """Take the directory behind."""
        self._directory, self._known = directory, dict[str, str]()

    def names(self, streams: Iterable[str]) -> Mapping[str, str]:
        """Look up at once whom a page names; the page may then ask for each."""
        wanted = set(streams)
        if missing := wanted - self._known.keys():
            self._known |= self._directory.names(missing)
        return {one: self._known[one] for one in wanted}

    def staff(self, account: str) -> str:
        """Give the name of a member of staff."""
        return self._one(account, self._directory.staff)

    def station(self, station: str) -> str:
        """Give the name of a station."""
        return self._one(station, self._directory.station)

    def employer(self, employer: str) -> str:
        """Give the name of an employer."""
        return self._one(employer, self._directory.employer)

    def _one(self, stream: str, look_up: Callable[[str], str]) -> str:
        if stream not in self._known:
            self._known[stream] = look_up(stream)
        return self._known[stream]


class Choices(Protocol):
    """What a field offers: `kind` is that of a `Field` (staff, station, employer, worker …)."""

    def options(
        self, kind: str, *, who: Who, case: str, state: object = None
    ) -> Sequence[tuple[str, str]]:
        """Give (value, label) pairs, personal names as the reader may see them.

        `state` is the case as the page has loaded it, so that it is not loaded again.
        """
        ...


class Caseload(Protocol):
    """The reader of work lists; `projections.caseload_reader.Caseload` is one."""

    def page(self, query: Query, tiles: Mapping[str, Query] = ..., *, beside: bool = False) -> Page:
        """Give a page of a list with its total, the counts of its filters, and of its tiles."""
        ...

    def ages(self, query: Query, most: Sequence[int]) -> Sequence[tuple[int, int]]:
        """Count rows, and those overdue, by spans of days since they were opened."""
        ...

    def counts(self, queries: Mapping[str, Query]) -> Mapping[str, int]:
        """Count several lists in one snapshot: the figures of the page head."""
        ...

    def position_at(self, day: date) -> int:
        """Give the last position recorded up to the end of a day (as of, 当时所知)."""
        ...


class Searches(Protocol):
    """A search is posted and kept, so that no personal data stands in a URL."""

    def search(self, who: Who, text: str) -> str:
        """Look up name, pinyin, number or last four; give the opaque id of the result."""
        ...

    def found(self, who: Who, search: str) -> Sequence[str] | None:
        """Give the cases a search found; None for an unknown id or another's search."""
        ...


class Progress(Protocol):
    """How far the projections are."""

    def reach(self) -> Reach:
        """Give the position that the tables have reached, and how far the log is ahead."""
        ...

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until the tables have reached a position; False when time is up."""
        ...


@dataclass(frozen=True)
class DemoRole:
    """A one-click sign-in of the demo: account, role, invented name, what there is to see."""

    account: str
    role: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class SiteParts:
    """Everything that the pages need from the other rooms."""

    accounts: Accounts
    store: Store
    people: People
    directory: Directory
    choices: Choices
    caseload: Caseload
    searches: Searches
    progress: Progress
    today: Callable[[], date]
    now: Callable[[], datetime]
    desks: Mapping[str, Desk] = field(default_factory=dict)
    ready: Callable[[], bool] = lambda: True
    demo: Sequence[DemoRole] = ()
    test_clock: bool = False
    secure: bool = True  # False: plain http, on a loopback address only
    support_phone: str = ""
    support_hours: str = ""
    limits: Storage = field(default_factory=MemoryStorage)
    extra: Mapping[str, Any] = field(default_factory=dict)  # readers of later pages, by name

    def but(self, **changes: Any) -> "SiteParts":
        """Give the same parts with some exchanged."""
        return replace(self, **changes)
