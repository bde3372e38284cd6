"""Fakes of what the site is handed: kept in memory, with invented people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from starlette.testclient import TestClient

from application.accounts import Signed, Wait
from application.people.views import PersonView
from application.sessions import Kept
from application.sessions import Session as Begun
from application.store import Done, Part, Stamp, Who
from domain.kernel import Aggregate
from web.cases import group_of
from web.parts import CaseList, CaseRow, DemoRole, SiteParts, Wanted
from web.site import create_site

TODAY = date(2026, 4, 16)
NOW = datetime(2026, 4, 16, 6, 3, tzinfo=UTC)
STATION = "station-hc"
ROLES = ("caseworker", "mediator", "station_manager", "auditor", "admin", "informant")
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody


class FakeAccounts:
    """Sessions by token; the token of a role is its name, long enough to be a token."""

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
    def staff(self, account: str) -> str:
        return {"staff-mediator": "何志远", "staff-station_manager": "黄文杰"}.get(account, "王敏")

    def station(self, station: str) -> str:
        return "鹤城镇就业驿站"


class FakeChoices:
    def options(self, kind: str, *, who: Who, case: str) -> Sequence[tuple[str, str]]:
        return (
            [("w1", "罗美兰 4088"), ("w2", "任家明 7896")] if kind == "worker" else [("x1", "甲")]
        )


ROWS = (
    CaseRow("seeker-1", "seeker", "JS-440784-2025-000391", "IN_SERVICE", "person-1",
            officer="staff-caseworker", due_on=date(2026, 4, 13), tags=("older",),
            next_step="followup", last_on=date(2026, 3, 14), last_step="certified"),
    CaseRow("seeker-2", "seeker", "JS-440784-2023-000207", "PLACED", "person-2",
            officer="staff-caseworker", due_on=TODAY, tags=("sensitive",)),
    CaseRow("seeker-3", "seeker", "JS-440784-2026-000102", "ASSESSED", "person-3",
            officer="staff-other", due_on=date(2026, 4, 17)),
    CaseRow("dispute-1", "dispute", "鹤劳调〔2026〕0023号", "DEFAULTED",
            title="锦霞制衣 32 名工人", officer="staff-caseworker", due_on=date(2026, 5, 20),
            provisional=True),
    CaseRow("seeker-4", "seeker", "", "LEAD", officer="staff-caseworker"),
)  # fmt: skip


class FakeCaseload:
    def cases(self, who: Who, wanted: Wanted, today: date) -> CaseList:
        rows = [
            row
            for row in ROWS
            if (
                wanted.whose == "team"
                or row.officer == who.account
                or who.account != "staff-caseworker"
            )
            and (not wanted.state or row.state in wanted.state)
            and (not wanted.due or group_of(row.due_on, today) in wanted.due)
            and (wanted.found is None or row.case in wanted.found)
        ]
        counts: dict[str, dict[str, int]] = {"due": {}, "state": {}, "kind": {}, "tag": {}}
        for row in rows:
            for name, code in (
                ("due", group_of(row.due_on, today)),
                ("state", row.state),
                ("kind", row.kind),
                *(("tag", t) for t in row.tags),
            ):
                counts[name][code] = counts[name].get(code, 0) + 1
        return CaseList(rows, len(rows), counts, after="" if wanted.after else "k2")

    def figures(self, who: Who, today: date) -> Mapping[str, int]:
        return {"overdue": 1, "today": 1, "followups": 1, "placed_this_month": 4}


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
            row.case
            for row in ROWS
            if self.kept[search] in getattr(PEOPLE.get(row.person), "name", "")
        ]


@dataclass
class FakeProgress:
    at: int = 48_211
    waited: list[int] = field(default_factory=list)

    def position(self) -> int:
        return self.at

    def lag(self) -> int:
        return 0

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
        create_site(own),
        base_url="http://127.0.0.1:8000",
        follow_redirects=False,
        raise_server_exceptions=False,
        client=(address, 50_000),
    )
    if role:
        client.cookies.set("sid", token(role))
    return client
