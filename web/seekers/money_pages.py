"""Subsidies 补贴台账: the ledger of a station, and of one case with its months (F-48)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain import codes
from domain.kernel import Recorded
from domain.money import Fen
from domain.seeker import facts
from projections.assistance_reader import Money, Sums
from projections.lists import Query
from web import dates, texts
from web.access import parts
from web.case_page import READERS
from web.pages import page
from web.seekers import page as case_page
from web.seekers import strips, words
from web.seekers.standards_pages import scope
from web.visit import visit, who

router = APIRouter()
LIMIT = 50


class Ledger(Protocol):
    """The ledger; `projections.assistance_reader.AssistanceReader` is one."""

    def ledger(
        self,
        stations: Sequence[str] | None,
        *,
        kind: str = "",
        state: str = "",
        position: int | None = None,
        after: str = "",
        limit: int = LIMIT,
    ) -> tuple[Sequence[Money], Sums]:
        """Give a page of lines, and the sums of all."""
        ...


@router.get("/subsidies")
def ledger(
    request: Request, kind: str = "", state: str = "", as_of: str = "", after: str = ""
) -> Response:
    """List what was asked, granted, paid and recovered, now or as it was known on a day."""
    asker = who(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    own, today = parts(request), parts(request).today()
    day = dates.day(as_of, field="as_of") if as_of else None
    reader: Ledger = own.extra["help"]
    chosen = {
        "kind": kind if kind in codes.SUBSIDIES else "",
        "state": state if state in words.SUBSIDY_STATES else "",
    }
    rows, sums = reader.ledger(
        scope(asker),
        **chosen,
        position=own.caseload.position_at(day) if day else None,
        after=after[:120],
        limit=LIMIT,
    )
    cases = tuple({row.case_id for row in rows})
    lines = own.caseload.page(Query(today=today, cases=cases, closed=True, limit=LIMIT)).rows
    officers = {line.case_id: line.officers for line in lines}
    mine = {row.person for row in rows if asker.account in officers.get(row.case_id, ())}
    full = mine if day is None else set()
    last = rows[-1] if len(rows) == LIMIT else None
    return page(
        request,
        "seekers/ledger.html",
        rows=rows,
        sums=sums,
        numbers={line.case_id: line.case_no for line in lines},
        names=own.people.names({row.person for row in rows}, full=full.__contains__, on=today),
        kinds=codes.SUBSIDIES,
        states=words.SUBSIDY_STATES,
        chosen=chosen | {"as_of": as_of},
        as_of=day,
        after=f"{last.applied_on}|{last.case_id}|{last.subsidy}" if last else "",
        first=not after,
    )


class Entry(NamedTuple):
    """One line of a case's account: the day, what, which subsidy, money, and the fact."""

    on: date
    topic: str
    subsidy: int
    amount: Fen | None
    months: Sequence[str]
    more: str
    position: int
    version: int


# Which facts are lines of the account.
LINES = (
    facts.SubsidyApplied,
    facts.SubsidyChecked,
    facts.SubsidyApproved,
    facts.SubsidyRefused,
    facts.SubsidyPaid,
    facts.SubsidyStopped,
    facts.SubsidyRecovered,
)


def entries(history: Sequence[Recorded]) -> list[Entry]:
    """Write the account of a case, the oldest first."""
    found = []
    for one in history:
        event: Any = one.event
        if not isinstance(event, LINES):
            continue
        found.append(
            Entry(
                one.occurred_on,
                words.TELLER.name(event),
                event.subsidy,
                getattr(event, "amount", None),
                getattr(event, "months", ()) or (getattr(event, "from_month", ""),),
                _more(event),
                one.position,
                one.version,
            )
        )
    return found


def _more(event: Any) -> str:
    """Say what a line rests on, its voucher, or why."""
    match event:
        case facts.SubsidyApplied(rests_on=rests_on):
            return words.rest(rests_on)
        case facts.SubsidyChecked(findings=findings):
            return " ".join(texts.label(codes.CHECK_FINDINGS[f]) for f in findings)
        case facts.SubsidyPaid(voucher_no=number) | facts.SubsidyRecovered(voucher_no=number):
            return number
        case facts.SubsidyRefused(reason=reason, basis=basis):
            return f"{texts.label(codes.REFUSAL_GROUNDS[reason])} {basis}"
        case facts.SubsidyStopped(reason=reason):
            return texts.label(codes.STOP_REASONS[reason])
    return ""


@router.get("/seekers/{case}/subsidies")
def account(request: Request, case: str) -> Response:
    """Show the account of a case: sums, months, every line with the fact it rests on."""
    drawn = case_page.drawn(request, case, "subsidies")
    state, found = drawn["case"], drawn["found"]
    money = list(state.subsidies.values())
    return page(
        request,
        "seekers/account.html",
        **drawn,
        entries=entries(found.history),
        strips=strips.strips(state, drawn["day"]),
        cells=strips.CELLS,
        kinds=codes.SUBSIDIES,
        kind_of={one.no: one.kind for one in money},
        sums=Sums(
            len(money),
            1,
            sum(int(one.amount) for one in money),
            sum(int(one.approved) for one in money),
            sum(int(one.paid) for one in money),
            sum(int(one.recovered) for one in money),
        ),
    )
