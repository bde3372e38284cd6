"""Today 今天要办: everything that is asked of the reader, of both kinds of case and beyond (F-24).

Groups by due day as on a work list; every figure on top is the number of rows behind its link.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from application.store import Who
from domain.kernel import N_
from projections.today import MOST, Asker, Task
from web import dates, texts, words
from web.access import parts
from web.case_filters import own_list
from web.case_groups import DUE, KINDS, group_of
from web.caseload.filters import pinned
from web.caseload.parts import caseload, working
from web.caseload.task_words import GROUPS, PLACES, link_of, words_of
from web.messages.outbox import to_care_for
from web.network.waiting import waiting
from web.pages import page
from web.visit import visit

router = APIRouter()


# Tasks that are about no case: what stands where the number of a case would.
ELSEWHERE: Mapping[str, str] = {"training": N_("培训班"), "job_fair": N_("招聘会")}


@dataclass(frozen=True)
class Wanted:
    """The list as the URL asks for it."""

    whose: str = ""  # "", "team", or an absent colleague's account
    group: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    days: int = 0

    def asker(self, who: Who, request: Request) -> Asker:
        """Write it for the reader: own list with those stood in for, or the stations'."""
        today = parts(request).today()
        mine = {self.whose} if self.whose in who.accounts else who.accounts
        lent = [one for one in (who, *who.stands_in) if one.account in mine]
        stations = {station for one in lent for station in one.stations | {one.station}}
        return Asker(
            today=today,
            accounts=tuple(sorted(mine)),
            stations=tuple(sorted(stations)),
            team=self.whose == "team",
            what=tuple(head for code in self.group for head in GROUPS[code][1]),
            due=self.due,
            kinds=self.kind,
            until=today + timedelta(days=self.days) if self.days else None,
        )

    def as_url(self) -> dict[str, Any]:
        """Write the filters as the URL holds them."""
        return {
            "whose": self.whose,
            "group": list(self.group),
            "due": list(self.due),
            "kind": list(self.kind),
            "days": str(self.days) if self.days else "",
        }


# The figures of the head: word, icon, unit, tone, and the list behind it.
FIGURES: Mapping[str, tuple[str, str, str, Wanted]] = {
    "overdue": (N_("逾期"), "alert", "bad", Wanted(due=("overdue",))),
    "today": (N_("今日到期"), "today", "warn", Wanted(due=("today",))),
    "week": (N_("7 天内到期"), "clock", "", Wanted(days=7)),
    "call": (N_("待回访联系"), "phone", "", Wanted(group=("call",))),
    "receive": (N_("待我接收"), "men", "", Wanted(group=("receive",))),
    "wait": (N_("暂缓、暂停到期"), "pause", "", Wanted(group=("wait",))),
}


class Row(NamedTuple):
    """A task as it is drawn."""

    task: Task
    words: str
    href: str
    place: str


class Group(NamedTuple):
    """A group of the list: its code, title and rows."""

    code: str
    title: str
    rows: Sequence[Row]


def wanted(request: Request, asker: Who) -> Wanted:
    """Read the filters of the URL."""
    asked = request.query_params
    whose = asked.get("whose", "")
    return Wanted(
        whose=whose if whose == "team" or whose in asker.accounts else "",
        group=tuple(code for code in asked.getlist("group") if code in GROUPS),
        due=tuple(code for code in asked.getlist("due") if code in DUE),
        kind=tuple(code for code in asked.getlist("kind") if code in PLACES),
        days=7 if asked.get("days") == "7" else 0,
    )


@router.get("/today")
def today(request: Request) -> Response:
    """今天要办."""
    asker = working(request)
    asked = wanted(request, asker)
    own, wall = parts(request), caseload(request)
    texts.use(visit(request).language)
    listed = wall.today.tasks(asked.asker(asker, request))
    figures = wall.today.counts(
        {
            name: replace(one[3], whose=asked.whose).asker(asker, request)
            for name, one in FIGURES.items()
        }
        | {"/today": Wanted().asker(asker, request)}
    )
    mine = {t.person for t in listed.rows if asker.accounts & set(t.officers)}
    day = own.today()
    return page(
        request,
        "caseload/today.html",
        asked=asked,
        query=asked.as_url(),
        listed=listed,
        groups=_grouped(listed.rows, day),
        figures=figures,
        tiles=FIGURES,
        names=own.people.names(
            [t.person for t in listed.rows if t.person], full=mine.__contains__, on=day
        ),
        employers=own.directory.names(e for t in listed.rows for e in t.respondents[:1]),
        elsewhere=ELSEWHERE,
        titles=wall.named([t.case_id for t in listed.rows if t.kind in ELSEWHERE]),
        due_words=DUE,
        kinds={**KINDS, "training": N_("培训"), "job_fair": N_("招聘会")},
        task_groups={code: title for code, (title, _) in GROUPS.items()},
        by_group={
            code: sum(listed.by_what.get(head, 0) for head in heads)
            for code, (_, heads) in GROUPS.items()
        },
        absent=[one.account for one in asker.stands_in],
        state_words=words.STATE_WORDS,
        weekday=dates.WEEKDAYS[day.weekday()],
        most=MOST,
        nav_counts={
            **own.caseload.counts({"/cases": own_list(request)}),
            "/today": figures["/today"],
        },
        pinned=pinned(request) if not asked.whose else (),
        entries=waiting(request),
        untold=to_care_for(request),
    )


def _grouped(rows: Sequence[Task], day: date) -> list[Group]:
    by_code: dict[str, list[Row]] = {code: [] for code in DUE}
    for task in rows:
        place = f"/{PLACES[task.kind]}/{task.case_id}"
        row = Row(task, words_of(task), link_of(task), place)
        by_code[group_of(task.due_on, day)].append(row)
    return [Group(code, DUE[code], found) for code, found in by_code.items() if found]
