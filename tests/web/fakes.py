"""Fakes of what the site is handed: kept in memory, with invented people."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from application.accounts import Signed, Wait
from application.people.views import PersonView
from application.sessions import Kept
from application.sessions import Session as Begun
from application.store import Done, Part, Stamp, Who
from domain.kernel import Aggregate
from projections.lists import CaseLine, Page, Query
from projections.runner import Reach
from web.case_groups import group_of
from web.parts import DemoRole, SiteParts
from web.site import create_site

TODAY = date(2026, 4, 16)
NOW = datetime(2026, 4, 16, 6, 3, tzinfo=UTC)
STATION = "station-hc"
ROLES = ("caseworker", "mediator", "station_manager", "auditor", "admin", "informant")
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody


class FakeAccounts:
    """Sessions by token; the token of a role is its name, long enough to be a token."""

    def ended(self, token: str) -> str:
        return ""

    def __init__(self) -> None:
        self.open: dict[str, Signed] = {}
        self.failures = 0
        for role in ROLES:
            self.open[token(role)] = signed(role)

    def session(self, token: str) -> Signed | None:
        return self.open.get(token)

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
        if login in ROLES and password == PASSWORD:
            return Begun(token(login), f"staff-{login}", NOW)
        self.failures += 1
        return Wait(NOW, 2**self.failures, tried=True)

    def start_session(
        self, account: str, *, language: str = "zh-CN", instead_of: str = ""
    ) -> Begun:
        role = account.removeprefix("staff-")
        self.open[token(role)] = replace(signed(role), language=language)
        return Begun(token(role), account, NOW)

    def sign_out(self, token: str) -> None:
        self.open.pop(token, None)

    def sessions(self, account: str) -> Sequence[Kept]:
        return [
            Kept(one.session, account, NOW, NOW, NOW, one.language)
            for one in self.open.values()
            if one.account == account
        ]

    def end_session(self, account: str, session: str = "") -> int:
        gone = [k for k, s in self.open.items() if (s.account, s.session) == (account, session)]
        for key in gone:
            del self.open[key]
        return len(gone)

    def set_language(self, token: str, language: str) -> None:
        self.open[token] = replace(self.open[token], language=language)


def signed(role: str) -> Signed:
    """A session of an invented member of staff."""
    who = Who(f"staff-{role}", STATION, frozenset({role}), frozenset({STATION}))
    return Signed(
        account=who.account,
        who=who,
        language="zh-CN",
        session=f"s-{role}",
        idle_at=NOW,
        expires_at=NOW,
        password_due=False,
        second_factor_due=False,
    )


def token(role: str) -> str:
    return f"token-of-the-{role}-session"


class FakeStore:
    """Aggregates by stream, and the parts that were decided."""

    def __init__(self) -> None:
        self.states: dict[str, Aggregate] = {}

    def load(self, kind: type[Any], stream: str) -> Any:
        return self.states.get(stream) or kind()

    def decide(self, stamp: Stamp, *parts: Part[Any]) -> Done:
        for part in parts:
            part.decision(self.load(part.kind, part.stream))
        return Done(7, tuple(part.stream for part in parts))

    def known(self, stamp: Stamp) -> Done | None:
        return None

    def next_serial(self, county: str, year: int, kind: str) -> int:
        raise NotImplementedError

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[Any]) -> Done:
        raise NotImplementedError


PEOPLE = {
    "person-1": PersonView("person-1", "龚凤", "0465", 43, full=True),
    "person-2": PersonView("person-2", "陈志强", "0318", 57, full=True),
    "person-3": PersonView("person-3", "黄紫萱", "0683", 23, full=True),
}


class FakePeople:
    def names(
        self, persons: Iterable[str], *, full: Callable[[str], bool], on: date
    ) -> Mapping[str, PersonView]:
        return {
            key: PEOPLE[key]
            if full(key)
            else PEOPLE[key]._replace(name=f"{PEOPLE[key].name[0]}*", age=None)
            for key in persons
        }


class FakeDirectory:
    def names(self, streams: Iterable[str]) -> Mapping[str, str]:
        kinds = {"station": self.station, "employer": self.employer}
        return {one: kinds.get(one.partition("-")[0], self.staff)(one) for one in streams}

    def staff(self, account: str) -> str:
        return {"staff-mediator": "何志远", "staff-station_manager": "黄文杰"}.get(account, "王敏")

    def station(self, station: str) -> str:
        return "鹤城镇就业驿站"

    def employer(self, employer: str) -> str:
        return "锦霞制衣（示例）有限公司"


class FakeChoices:
    def options(
        self, kind: str, *, who: Who, case: str, state: object = None
    ) -> Sequence[tuple[str, str]]:
        return (
            [("w1", "罗美兰 4088"), ("w2", "任家明 7896")] if kind == "worker" else [("x1", "甲")]
        )


def line(case: str, **shown: Any) -> CaseLine:
    """A row of the caseload: what is not said is empty."""
    empty = dict.fromkeys(CaseLine._fields) | {
        "case_id": case,
        "kind": case.split("-", maxsplit=1)[0],
        "case_no": "",
        "owner": "staff-caseworker",
        "person": "",
        "claimants": 0,
        "respondents": (),
        "tags": (),
        "next_step": "",
        "last_verb": "",
        "provisional": False,
    }
    made: dict[str, Any] = empty | shown
    made["officers"] = (made["owner"],)
    return CaseLine(**made)


ROWS = (
    line(
        "seeker-1",
        case_no="JS-440784-2025-000391",
        state="IN_SERVICE",
        person="person-1",
        due_on=date(2026, 4, 13),
        tags=("older",),
        next_step="follow_up.after_training",
        last_on=date(2026, 3, 14),
        last_verb="training_completed",
    ),
    line(
        "seeker-2",
        case_no="JS-440784-2023-000207",
        state="PLACED",
        person="person-2",
        due_on=TODAY,
        tags=("sensitive",),
    ),
    line(
        "seeker-3",
        case_no="JS-440784-2026-000102",
        state="ASSESSED",
        person="person-3",
        owner="staff-other",
        due_on=date(2026, 4, 17),
    ),
    line(
        "dispute-1",
        case_no="鹤劳调〔2026〕0023号",
        state="DEFAULTED",
        claimants=32,
        respondents=("employer-1",),
        due_on=date(2026, 5, 20),
        provisional=True,
    ),
    line("seeker-4", state="LEAD"),
)


class FakeCaseload:
    """Filters the rows as the tables do, as far as the pages ask."""

    def page(
        self,
        query: Query,
        tiles: Mapping[str, Query] = MappingProxyType({}),
        *,
        beside: bool = False,
    ) -> Page:
        rows = [row for row in ROWS if asked_for(row, query)]
        groups = [group_of(row.due_on, query.today) for row in rows]
        counts: dict[str, dict[str, int]] = {
            "due": Counter(groups),
            "state": Counter(row.state for row in rows),
            "kind": Counter(row.kind for row in rows),
            "tag": Counter(tag for row in rows for tag in row.tags),
        }
        after = "" if query.after else "k2"
        return Page(rows, len(rows), counts, after, self.counts(tiles))

    def counts(self, queries: Mapping[str, Query]) -> Mapping[str, int]:
        return {name: self.page(query).total for name, query in queries.items()}

    def ages(self, query: Query, most: Sequence[int]) -> Sequence[tuple[int, int]]:
        return [(0, 0) for _ in most]

    def position_at(self, day: date) -> int:
        return day.toordinal()


def asked_for(row: CaseLine, query: Query) -> bool:
    """Whether a list holds a row."""
    return (
        (not query.officer or query.officer in row.officers)
        and (not query.states or row.state in query.states)
        and (not query.due or group_of(row.due_on, query.today) in query.due)
        and (query.cases is None or row.case_id in query.cases)
        and (not query.offered_to or row.offered_to == query.offered_to)
    )


class FakeSearches:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def search(self, who: Who, text: str) -> str:
        which = f"s{len(self.kept)}"
        self.kept[which] = text
        return which

    def found(self, who: Who, search: str) -> Sequence[str] | None:
        if search not in self.kept:
            return None
        return [
            row.case_id
            for row in ROWS
            if self.kept[search] in getattr(PEOPLE.get(row.person), "name", "")
        ]


@dataclass
class FakeProgress:
    at: int = 48_211
    waited: list[int] = field(default_factory=list)

    def reach(self) -> Reach:
        return Reach(self.at, 0)

    def wait(self, position: int, seconds: float) -> bool:
        self.waited.append(position)
        return True


def parts(**changes: Any) -> SiteParts:
    """The parts of a small site on a test clock, signed in over plain http."""
    made = SiteParts(
        accounts=FakeAccounts(),
        store=FakeStore(),
        people=FakePeople(),
        directory=FakeDirectory(),
        choices=FakeChoices(),
        caseload=FakeCaseload(),
        searches=FakeSearches(),
        progress=FakeProgress(),
        today=lambda: TODAY,
        now=lambda: NOW,
        secure=False,
        support_phone="0750-555 0166",
    )
    return made.but(**changes)


DEMO = (
    DemoRole("staff-caseworker", "caseworker", "王敏"),
    DemoRole("staff-mediator", "mediator", "何志远"),
    DemoRole("staff-station_manager", "station_manager", "黄文杰"),
    DemoRole("staff-auditor", "auditor", "陈静"),
)


def browser(own: SiteParts, role: str = "", *, address: str = "127.0.0.1") -> TestClient:
    """A browser at the site, signed in with a role or a visitor."""
    client = TestClient(
        _site(own),
        base_url="http://127.0.0.1:8000",
        follow_redirects=False,
        raise_server_exceptions=False,
        client=(address, 50_000),
    )
    if role:
        client.cookies.set("sid", token(role))
    return client


_SITES: deque[tuple[SiteParts, FastAPI]] = deque(maxlen=4)


def _site(own: SiteParts) -> FastAPI:
    """Put the site over its parts, once for all who come to it: that takes a twentieth second."""
    for known, site in _SITES:
        if known is own:
            return site
    made = create_site(own)
    _SITES.append((own, made))
    return made
