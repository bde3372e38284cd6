"""The pages of a wage table: paste or upload, preview with every error, then one command."""

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.enrolling import Enrolling
from application.registers import problem_rows
from application.registers.limits import Limits
from application.registers.table import read_rows
from application.registers.uploads import SUFFIXES
from application.rights import may
from application.wage_tables import Drafts, Newcomer, Sheet, WageTables
from domain.codes_dispute import CLAIMS
from domain.dispute import DisputeCase
from domain.dispute.claims import twice
from domain.kernel import N_, Refused
from web import dates, texts
from web.access import parts
from web.act_pages import Posted, see_other, stamp, standing
from web.errors import kept
from web.pages import page
from web.visit import visit, who
from web.wages import cells
from web.wages.columns import Cell
from web.wages.reading import MOST_ROWS, Defaults, Reading, Registered, read

VERB, RIGHT = "state_claims_table", "dispute.intake"
LIMITS = Limits(file_bytes=2_000_000, rows=MOST_ROWS + 20, child_seconds=20)
SHOWN = 60  # rows of a preview; everything stands in the file
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK = ("姓名", "身份证号", "手机", "工种", "入职日期", "离职日期", "起月", "止月", "拖欠工资",
         "加班费", "经济补偿", "合计", "备注")  # fmt: skip

router = APIRouter()


@dataclass(frozen=True)
class Services:
    """What the pages ask, out of `SiteParts.extra`."""

    wage_tables: WageTables
    wage_drafts: Drafts
    enrolling: Enrolling


def services(request: Request) -> Services:
    """Give the services of wage tables."""
    extra = parts(request).extra
    return Services(**{name: extra[name] for name in Services.__dataclass_fields__})


def admitted(request: Request, case: str) -> DisputeCase:
    """Load a case for somebody who may state claims in it."""
    state = standing(request, parts(request).desks["disputes"], case)
    if not may(who(request), RIGHT, state, case) or not isinstance(state, DisputeCase):
        raise HTTPException(403)
    return state.named(case)


def context(case: str, state: DisputeCase) -> dict[str, Any]:
    """Give what the first page needs."""
    return {
        "place": f"/disputes/{case}",
        "number": state.case_no,
        "claims": CLAIMS,
        "most": MOST_ROWS,
        "refused": state.why_not(VERB),
        "suffixes": ",".join(SUFFIXES),
        "labels": {"file": N_("文件"), "text": N_("粘贴的表"), "from_on": N_("起月")},
    }


@router.get("/disputes/{case}/wage-table")
def start(request: Request, case: str) -> Response:
    """Ask for a table."""
    state = admitted(request, case)
    shown = context(case, state)
    status = 409 if shown["refused"] else 200
    return page(request, "wages/start.html", status=status, typed={}, told={}, **shown)


@router.get("/wage-table.xlsx")
def blank(request: Request) -> Response:
    """Give an empty table with the headings that are understood."""
    texts.use(visit(request).language)
    content = problem_rows.annotated([BLANK], {}, head=0, heading="")
    return attachment(content, "wage-table.xlsx")


@router.post("/disputes/{case}/wage-table")
def bring(request: Request, case: str, form: Posted) -> Response:
    """Read what was pasted or uploaded, keep it sealed, and lead to its preview."""
    state = admitted(request, case)
    typed = {n: str(form.get(n, "")) for n in ("text", "code", "from_on", "to_on")}
    kept(request, "wages/start.html", typed, **context(case, state))
    rows, name = brought(form, typed["text"])
    defaults = {n: typed[n] for n in ("code", "from_on", "to_on")}
    _defaults(defaults)  # a month that cannot be read is refused here, at its field
    if defaults["code"] and defaults["code"] not in CLAIMS:
        raise Refused(rule="F-00", text=N_("请从所列各项中选择。"), field="code")
    draft = services(request).wage_drafts.keep(who(request), Sheet(case, name, rows, defaults))
    return RedirectResponse(f"/disputes/{case}/wage-table/{draft}", 303)


def brought(form: FormData, text: str) -> tuple[list[list[Cell]], str]:
    """Give the rows of the file, or of the pasted text."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return from_file(file.file, file.filename), file.filename[-100:]
    if not text.strip():
        raise Refused(rule="F-00", text=N_("请粘贴工资表，或选择文件。"), field="text")
    found = from_text(text)
    if len(found) > LIMITS.rows:
        raise Refused(
            rule="I-01",
            text=N_("共{rows}行，超过上限{most}行，请分成几张表。"),
            field="text",
            rows=len(found),
            most=MOST_ROWS,
        )
    return found, ""


def from_file(file: BinaryIO, name: str) -> list[list[Cell]]:
    """Let the child process read an uploaded file within its limits (I-01)."""
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), "")
    if not suffix:
        raise Refused(
            rule="I-01", text=N_("只能上传 csv、txt、xlsx、xls、ods 文件。"), field="file"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{suffix}"
        path.write_bytes(file.read(LIMITS.file_bytes + 1))
        return [list(row) for row in read_rows(path, limits=LIMITS)]


def from_text(text: str) -> list[list[Cell]]:
    """Read pasted lines: cells by tab where there is one, else by comma or semicolon."""
    lines = text.replace("\x00", "").replace("\r\n", "\n")
    head = lines.strip().split("\n", 1)[0].replace("，", ",").replace("；", ";")
    delimiter = max(("\t", ",", ";"), key=lambda one: (head.count(one), one == "\t"))
    if delimiter != "\t":
        lines = lines.replace("，", ",").replace("；", ";")
    rows = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=False)
    return [[cell or None for cell in row] for row in islice(rows, LIMITS.rows + 1) if row]


def _defaults(typed: Mapping[str, str]) -> Defaults:
    first = dates.month(typed["from_on"], field="from_on") if typed["from_on"].strip() else None
    last = dates.month(typed["to_on"], field="to_on") if typed["to_on"].strip() else None
    return Defaults(typed["code"] or "C01", first, cells.last_day(last) if last else None)


def preview_of(
    request: Request, case: str, state: DisputeCase, draft: str
) -> tuple[Sheet, Reading]:
    """Read a kept table against what the office knows now."""
    own = services(request)
    sheet = own.wage_drafts.open(who(request), draft)
    if sheet is None or sheet.case != case:
        raise HTTPException(404)
    office = Registered(own.enrolling.known, own.enrolling.name_of, twice(state.claims.values()))
    today = parts(request).today()
    return sheet, read(sheet.rows, _defaults(sheet.defaults), office, today)


@router.get("/disputes/{case}/wage-table/{draft}")
def preview(request: Request, case: str, draft: str) -> Response:
    """Show what a table says: totals, every error, the first rows; nothing is recorded yet."""
    state = admitted(request, case)
    texts.use(visit(request).language)
    sheet, found = preview_of(request, case, state, draft)
    shown = drawn(case, state, sheet, found, draft)
    return page(request, "wages/preview.html", typed={}, told={}, **shown)


def drawn(
    case: str, state: DisputeCase, sheet: Sheet, found: Reading, draft: str
) -> dict[str, Any]:
    """Give what the preview shows."""
    wrong = [(n, row) for n, row in found.rows if n in found.problems]
    right = [(n, row) for n, row in found.rows if n not in found.problems]
    fresh = sum(not one.person for one in found.workers.values())
    return {
        "place": f"/disputes/{case}",
        "number": state.case_no,
        "sheet": sheet,
        "found": found,
        "draft": draft,
        "refused": state.why_not(VERB),
        "wrong": wrong[:SHOWN],
        "right": right[:SHOWN],
        "more_wrong": len(wrong) - SHOWN,
        "more_right": len(right) - SHOWN,
        "fresh": fresh,
        "claims": CLAIMS,
    }


@router.post("/disputes/{case}/wage-table/{draft}")
def take(request: Request, case: str, draft: str, form: Posted) -> Response:
    """Record the whole table, or nothing."""
    state, own = admitted(request, case), services(request)
    sheet, found = preview_of(request, case, state, draft)
    kept(request, "wages/preview.html", {}, **drawn(case, state, sheet, found, draft))
    if found.problems:
        raise Refused(
            rule="I-01", text=N_("还有{n}行不对，一行也没有记录。"), field="file", n=found.wrong
        )
    done = own.wage_tables.take(
        case,
        newcomers=[
            Newcomer(one.id_no, one.name, one.phone)
            for one in found.workers.values()
            if not one.person
        ],
        known={one.id_no: one.person for one in found.workers.values() if one.person},
        rows=[line.claim for line in found.lines],
        stamp=stamp(request, form),
    )
    own.wage_drafts.drop(who(request), draft)
    return see_other(request, f"/disputes/{case}#claims", done)


@router.get("/disputes/{case}/wage-table/{draft}/errors.xlsx")
def errors(request: Request, case: str, draft: str) -> Response:
    """Give the user's table back with a last column that says what is wrong with each row."""
    state = admitted(request, case)
    texts.use(visit(request).language)
    sheet, found = preview_of(request, case, state, draft)
    head = found.rows[0][0] - 1 if found.rows else 1
    told = {number: told_of(many) for number, many in found.problems.items()}
    head = next((n for n, row in enumerate(sheet.rows, 1) if _is_head(row, found.head)), head)
    heading = texts.translate(N_("哪里不对"))
    return attachment(
        problem_rows.annotated(sheet.rows, told, head=head, heading=heading), f"{draft}.xlsx"
    )


def _is_head(row: Sequence[Cell], head: Sequence[str]) -> bool:
    return [cells.text(cell) for cell in row] == list(head)


def told_of(many: Sequence[Refused]) -> str:
    """Say everything that is wrong with a row."""
    gap = "; " if texts.spoken() == "en" else "；"
    return gap.join(texts.sentence(one) for one in many)


def attachment(content: bytes, name: str) -> Response:
    """Answer with a workbook to keep."""
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=XLSX, headers={"content-disposition": disposition})
