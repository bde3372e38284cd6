"""A work list as its URL asks for it: filters, lists asked for often, chips that take one off."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from starlette.datastructures import QueryParams
from starlette.requests import Request

from application.store import Who
from domain.codes import Code
from domain.kernel import N_
from projections.lists import Query
from web import dates, words
from web.access import parts
from web.case_groups import DUE, KINDS
from web.case_page import READERS
from web.parts import Directory
from web.visit import visit, who

SIZES = ("20", "50")


class Chosen(Protocol):
    """What somebody chooses for a list; `application.choices.ListChoices` is one."""

    def keep(self, account: str, name: str, value: str) -> None:
        """Remember a choice."""
        ...


@dataclass(frozen=True)
class Wanted:
    """A work list as the URL asks for it: codes and days only."""

    team: bool = False
    absent: str = ""  # a colleague stood in for: that list alone
    owner: str = ""
    station: str = ""
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    saved: str = ""
    after: str = ""
    as_of: date | None = None
    now: bool = False  # 现在所知 of that day, not 当时所知
    size: int = 50

    def query(self, who: Who, today: date) -> Query:
        """Write it for the reader: one's own cases, or those of the stations served."""
        day, all_of_them = self.as_of or today, self.team or self.saved == "offered"
        mine = self.absent if self.absent in who.accounts else who.account
        served = who.stations | {who.station}
        asked = {self.station} & served if self.station else served
        return replace(
            SAVED[self.saved][1](Query(today=day), who) if self.saved else Query(today=day),
            stations=tuple(sorted(asked)) if self.team else None,
            # An informant sees own leads, whatever the URL asks for (domain.md 9.1).
            officer="" if all_of_them and who.roles & READERS else mine,
            owner=self.owner if self.team else "",
            kinds=self.kind,
            states=self.state,
            due=self.due,
            tags=self.tag,
            after=self.after,
            limit=self.size,
        )

    def as_url(self) -> dict[str, Any]:
        """Write the filters as the URL holds them, without the page."""
        return {
            "whose": "team" if self.team else self.absent,
            "owner": self.owner,
            "station": self.station,
            "kind": list(self.kind),
            "state": list(self.state),
            "due": list(self.due),
            "tag": list(self.tag),
            "saved": self.saved,
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "clock": "now" if self.now and self.as_of else "",
            "size": str(self.size) if self.size != 50 else "",
        }


# Lists that are asked for often: their word, and the query.
SAVED: Mapping[str, tuple[str, Callable[[Query, Who], Query]]] = {
    "silent": (
        N_("30 天未联系"),
        lambda query, _who: replace(query, silent_since=query.today - timedelta(days=30)),
    ),
    "assigned": (
        N_("近 7 天转给我"),
        lambda query, _who: replace(query, assigned_since=query.today - timedelta(days=7)),
    ),
    "offered": (
        N_("待接收"),
        lambda query, who: replace(query, offered_to=who.station),
    ),
}
# The figures of the page head: each is the number of rows behind its link.
FIGURES: Mapping[str, Wanted] = {
    "overdue": Wanted(due=("overdue",)),
    "today": Wanted(due=("today",)),
    "followups": Wanted(state=("PLACED",)),
    "offered": Wanted(saved="offered"),
}


def wanted(request: Request, size: str = "") -> Wanted:
    """Read the filters of the URL; how many rows a page has is remembered (F-02)."""
    found, chosen = read_wanted(request, request.query_params), request.query_params.get("size")
    choices: Chosen | None = parts(request).extra.get("list_choices")
    if choices and chosen in SIZES:
        choices.keep(who(request).account, "size", chosen)
        return found
    return replace(found, size=int(size or found.size))


CODE = re.compile(r"[A-Za-z0-9-]{1,60}")


def read_wanted(request: Request, asked: QueryParams) -> Wanted:
    """Read filters; an auditor, who has no cases, sees those of the district."""
    as_of, whose = asked.get("as_of", ""), asked.get("whose", "")
    owner, station = asked.get("owner", ""), asked.get("station", "")
    return Wanted(
        team=whose == "team" or visit(request).role == "auditor",
        absent=whose if whose in who(request).accounts - {who(request).account} else "",
        owner=owner if CODE.fullmatch(owner) else "",
        station=station if CODE.fullmatch(station) else "",
        kind=tuple(code for code in asked.getlist("kind") if code in KINDS),
        state=tuple(code for code in asked.getlist("state") if code in words.STATE_WORDS),
        due=tuple(code for code in asked.getlist("due") if code in DUE),
        tag=tuple(code for code in asked.getlist("tag") if code in words.TAGS),
        saved=asked.get("saved", "") if asked.get("saved") in SAVED else "",
        after=asked.get("after", "")[:200],
        as_of=dates.day(as_of, field="as_of") if as_of else None,
        now=asked.get("clock") == "now",
        size=20 if asked.get("size") == "20" else 50,
    )


def asked_for(request: Request, asked: QueryParams, *, limit: int = 50) -> Query:
    """Give the query of a list by its address, from its beginning; always of now."""
    found = replace(read_wanted(request, asked), after="", as_of=None)
    return replace(found.query(who(request), parts(request).today()), limit=limit)


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the list without it."""

    title: str
    word: str | Code
    without: dict[str, Any]


def chips(asked: Wanted, directory: Directory) -> list[Chip]:
    """Repeat the chosen filters as chips that can be taken off."""
    query = asked.as_url()
    filters: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("kind", N_("类别"), KINDS),
        ("due", N_("到期"), DUE),
        ("tag", N_("人群"), words.TAGS),
        ("state", N_("状态"), words.STATE_WORDS),
    )
    made = []
    for name, title, texts in filters:
        for code in query[name]:
            rest = query | {name: [other for other in query[name] if other != code]}
            made.append(Chip(title, texts[code], rest))
    for name, title, said in (
        ("owner", N_("经办"), directory.staff),
        ("station", N_("站点"), directory.station),
    ):
        if query[name]:
            made.append(Chip(title, said(query[name]), query | {name: ""}))
    if asked.saved:
        made.append(Chip(N_("常用筛选"), SAVED[asked.saved][0], query | {"saved": ""}))
    return made


def own_list(request: Request) -> Query:
    """Give the query behind the menu's link to the own list, whose rows it counts (F-04)."""
    asked = Wanted(team=visit(request).role == "auditor")
    return asked.query(who(request), parts(request).today())
