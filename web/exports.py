"""Taking a list away 导出 (F-18): exactly what is seen, masked, for a purpose, in the read log."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

import xlsxwriter
from fastapi import APIRouter, Depends, Form
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.registers.problem_rows import escaped
from domain.codes_person import PURPOSES
from domain.kernel import N_, Refused
from projections.lists import CaseLine, Query
from web import texts, words
from web.access import limited, parts
from web.case_filters import wanted
from web.case_page import READERS, Reads
from web.fact_words import STEPS
from web.money import typed_yuan
from web.visit import visit, who

router = APIRouter()
MOST = 20_000  # rows of one list; a page of the reader at a time
BATCH = 500
HEADS = (
    N_("案号"),
    N_("类别"),
    N_("姓名"),
    N_("证件后四位"),
    N_("站点"),
    N_("承办人"),
    N_("状态"),
    N_("下一步"),
    N_("到期日"),
    N_("主张金额(元)"),
    N_("协议金额(元)"),
    N_("已付金额(元)"),
)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Format = Literal["csv", "xlsx"]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as CSV that a spreadsheet opens as Chinese, and as no formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([escaped(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as a workbook; every cell is a string."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, escaped(cell))
    return out.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


@router.post("/cases/export", dependencies=[Depends(limited("export"))])
def export_list(
    request: Request,
    query: Annotated[str, Form(max_length=2_000)] = "",
    kind: Annotated[Format, Form()] = "xlsx",
    purpose: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Take the list away that a URL shows, all its pages, masked as on the page."""
    asker = who(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    for_purpose(purpose)
    texts.use(visit(request).language)
    asked = wanted(Asked(request, query))
    own = parts(request)
    filtered = replace(asked.query(asker, own.today()), limit=BATCH, after="")
    if asked.as_of:
        filtered = replace(filtered, position=own.caseload.position_at(asked.as_of))
    found = list(lines(request, filtered))
    rows = [
        [texts.say(head) for head in HEADS],
        *(_row(request, one, names) for one, names in found),
    ]
    note(request, f"cases:{len(found)}", f"/cases?{query}", purpose)
    return attached(WRITERS[kind](rows), kind, f"yizhan-cases-{own.today()}")


def for_purpose(purpose: str) -> None:
    """Refuse to give a list away for no purpose (P-06)."""
    if purpose not in PURPOSES:
        raise Refused(rule="P-06", text=N_("请选择导出的用途。"), field="purpose")


def note(request: Request, what: str, route: str, purpose: str = "") -> None:
    """Write into the read log what is taken away, how many rows, from where and what for (F-67)."""
    reads: Reads = parts(request).extra["reads"]
    reads.write("export", who(request), field_class=what, purpose=purpose, route=route[:500])


def attached(content: bytes, kind: Format, name: str) -> Response:
    """Give a file to be saved."""
    return Response(
        content,
        media_type=TYPES[kind],
        headers={"content-disposition": f'attachment; filename="{name}.{kind}"'},
    )


class Asked(Request):
    """The request of a list, with the filters that its export was asked for."""

    def __init__(self, request: Request, query: str) -> None:
        """Take over everything but the query."""
        super().__init__(request.scope, request.receive)
        pairs = parse_qs(query.lstrip("?"), keep_blank_values=False)
        self._asked = QueryParams([(k, v) for k, several in pairs.items() for v in several])

    @property
    def query_params(self) -> QueryParams:
        """Give the filters of the list."""
        return self._asked


def lines(request: Request, query: Query) -> Iterator[tuple[CaseLine, Any]]:
    """Read a list page by page, each row with its person as the reader may see it."""
    own, asker = parts(request), who(request)
    count, after = 0, ""
    while True:
        found = own.caseload.page(replace(query, after=after))
        persons = [row.person for row in found.rows if row.person]
        mine = {row.person for row in found.rows if asker.accounts & set(row.officers)}
        names = own.people.names(persons, full=mine.__contains__, on=own.today())
        for row in found.rows:
            count += 1
            if count > MOST:
                raise Refused(rule="F-18", text=N_("一次最多导出 {most} 行，请先筛选。"), most=MOST)
            yield row, names.get(row.person)
        after = found.after
        if not after or not found.rows:
            return


def _row(request: Request, one: CaseLine, person: Any) -> list[str]:
    directory = parts(request).directory
    state = words.STATE_WORDS.get(one.state)
    step = STEPS.get(one.next_step, one.next_step)
    return [
        one.case_no,
        texts.say(N_("求职") if one.kind == "seeker" else N_("争议")),
        person.name if person else "",
        person.last4 if person else "",
        directory.station(one.station),
        directory.staff(one.owner) if one.owner else "",
        texts.label(state) if state else one.state,
        texts.label(step),
        str(one.due_on or ""),
        *(typed_yuan(n) if n else "" for n in (one.claimed, one.agreed, one.paid)),
    ]
