"""The access log 查阅日志 for auditors: who looked at what, when, from where and why (F-67)."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.people.read_list import NEWEST, Reading, ReadList, Wanted
from domain.codes_person import PURPOSES
from domain.kernel import N_
from web import dates, texts
from web.access import parts
from web.case_groups import PLACES
from web.office_parts import office
from web.pages import page
from web.visit import who

router = APIRouter()
KINDS: Mapping[str, str] = {
    "view": N_("查看"),
    "search": N_("搜索"),
    "reveal": N_("查看完整信息"),
    "access": N_("本人查阅"),
    "export": N_("导出"),
}
MOST_STAFF = 2_000


def wanted(request: Request, stream: str) -> Wanted:
    """Read the filters of the URL: codes, days and numbers of cases only."""
    asked = request.query_params
    before = asked.get("before", "")
    first, last = asked.get("from", ""), asked.get("to", "")
    return Wanted(
        who=asked.get("who", "")[:80],
        stream=stream[:80],
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
        from_on=dates.day(first, field="from") if first else None,
        to_on=dates.day(last, field="to") if last else None,
        before=int(before) if before.isdigit() and len(before) < 19 else NEWEST,
    )


@router.get("/reads")
def listing(request: Request) -> Response:
    """查阅日志."""
    if "auditor" not in who(request).roles:
        raise HTTPException(403)
    own, case = parts(request), request.query_params.get("case", "").strip()
    found = own.extra["numbered"](case) if case else []
    asked = wanted(request, found[0] if found else case)
    log: ReadList = own.extra["read_list"]
    rows = log.page(asked)
    staff = office(request).entries.of_kind("staff", limit=MOST_STAFF)
    names = sorted((own.directory.staff(one.stream), one.stream) for one in staff)
    return page(
        request,
        "reads/list.html",
        rows=rows,
        lasted=lasted,
        asked=asked,
        case=case,
        kinds=KINDS,
        purposes=PURPOSES,
        staff=names,
        numbers=_numbers(request, rows),
        place=lambda stream: f"/{PLACES[stream.split('-')[0]]}/{stream}",
        places=PLACES,
        more=rows[-1].id if len(rows) == asked.limit else 0,
        said_of=own.directory.staff,
        station_of=own.directory.station,
    )


def lasted(row: Reading) -> str:
    """Say how long something was looked at: until the next reading of the same account (F-67)."""
    if row.lasted is None:
        return ""
    seconds = int(row.lasted.total_seconds())
    minutes = seconds // 60
    if minutes:
        return texts.say(N_("{n} 分钟"), n=minutes)
    return texts.say(N_("{n} 秒"), n=seconds)


def _numbers(request: Request, rows: Sequence[Reading]) -> Mapping[str, str]:
    """Give the numbers of the cases on the page."""
    caseload: Any = parts(request).caseload
    streams = {row.stream for row in rows if row.stream.split("-")[0] in PLACES}
    found = {one: caseload.case(one) for one in sorted(streams)}
    return {one: line.case_no for one, line in found.items() if line and line.case_no}
