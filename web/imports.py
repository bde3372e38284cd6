"""Importing an old register 导入: upload, check, decide, import (experience.md 6.7, ADR 8)."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.jobs import AGAIN, Job
from application.registers import desk, problem_rows
from application.registers.fixes import written
from application.registers.profile import Profile
from application.rights import may
from domain.codes import Code
from domain.kernel import N_, Refused
from web import texts
from web.act_pages import Posted
from web.errors import kept
from web.jobs import own_job, words
from web.office_parts import office
from web.pages import page
from web.visit import visit, who
from web.words import Word

SHOWN = 50
LONGEST = 2_000  # characters of a cell
STATUSES: Mapping[str, Word] = {
    "new": Word(N_("可导入"), "s5", "ok"),
    "matched": Word(N_("已有档案，可导入"), "men", "ok"),
    "unchanged": Word(N_("已有，不重复计"), "check", "off"),
    "conflict": Word(N_("与原登记不同"), "men", "warn"),
    "suspicious": Word(N_("可疑，须人工决定"), "info", "warn"),
    "invalid": Word(N_("错误，不能导入"), "alert", "bad"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def importer(request: Request) -> None:
    """Let nobody in who may not import."""
    if not may(who(request), "import"):
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(importer)])


def start_context(request: Request) -> dict[str, Any]:
    """Give what the first page needs: profiles, stations, what was imported before."""
    own, asker = office(request), who(request)
    names = own.entries.named(asker.stations | {asker.station})
    return {
        "profiles": own.imports.profiles(),
        "stations": sorted(names.items(), key=lambda pair: pair[1]),
        "jobs": own.jobs.latest(asker.account, kinds=desk.KINDS, most=20),
        "labels": {"file": N_("文件"), "profile": N_("导入方案"), "station": N_("归属站点")},
        "described": described,
        **words(),
    }


def described(profile: Profile) -> str:
    """Name a profile in the language of the page."""
    return texts.label(Code(profile.code, profile.zh, profile.en))


@router.get("/imports")
def start(request: Request) -> Response:
    """上传."""
    return page(request, "imports/upload.html", typed={}, told={}, **start_context(request))


def uploaded(form: FormData) -> UploadFile:
    """Give the file of the form."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Refused(rule="F-00", text=N_("请选择要导入的文件。"), field="file")
    return file


@router.post("/imports")
def upload(request: Request, form: Posted) -> Response:
    """Keep the file and begin its check; a file that is refused leaves the form as it was."""
    chosen = {name: str(form.get(name, "")) for name in ("profile", "station")}
    kept(request, "imports/upload.html", chosen, **start_context(request))
    file = uploaded(form)
    if not chosen["profile"]:
        raise Refused(rule="F-00", text=N_("请选择导入方案。"), field="profile")
    job = office(request).imports.begin(
        who(request), file=file.file, name=file.filename or "", **chosen
    )
    return RedirectResponse(f"/imports/{job}", 303)


def import_job(request: Request, which: str) -> Job:
    """Give a job of an import."""
    job = own_job(request, which)
    if job.kind not in desk.KINDS:
        raise HTTPException(404)
    return job


@router.get("/imports/{which}")
def shown(request: Request, which: str) -> Response:
    """校验 and 导入: how far it is, what was found, what is to be decided."""
    return page(request, "imports/job.html", told={}, **job_context(request, which))


def job_context(request: Request, which: str) -> dict[str, Any]:
    """Give what the page of an import shows."""
    job = import_job(request, which)
    own = office(request)
    check = job if job.kind == desk.CHECK else None
    taken = own.jobs.find(desk.taken_by(job.id)) if check else job
    columns, rows = own.imports.problems(job.id) if job.result else ([], [])
    return {
        "job": job,
        "check": check,
        "taken": taken if taken != job else None,
        "profile": profile_name(request, job),
        "again": job.state in AGAIN,
        "columns": columns,
        "rows": rows[:SHOWN],
        "problems": len(rows),
        "many": own.imports.many(job) if check else 0,
        "fixable": bool(check and job.state == "done" and not taken),
        "why": lambda refused: why(refused, job),
        "statuses": STATUSES,
        "labels": {"meant": N_("确认行数")},
        "undoable": job.kind == desk.TAKE and job.params["profile"] == "seekers",
        **words(),
    }


def profile_name(request: Request, job: Job) -> str:
    """Name the profile of a job, its code where it is gone."""
    texts.use(visit(request).language)
    code = str(job.params["profile"])
    found = [one for one in office(request).imports.profiles() if one.code == code]
    return described(found[0]) if found else code


def why(refused: Refused, job: Job) -> str:
    """Say why a row was not taken, in the language of the page."""
    notes = (job.result or {}).get("notes", {})
    if texts.spoken() == "en" and (reason := refused.values.get("reason")) in notes:
        return texts.say(refused.text, **{**refused.values, "reason": notes[reason]})
    return texts.sentence(refused)


@router.post("/imports/{which}/take")
def take(request: Request, which: str, form: Posted) -> Response:
    """Import what was checked; the suspicious rows too when that was ticked."""
    job = import_job(request, which)
    accept, meant = bool(form.get("accept")), bool(form.get("meant"))
    kept(
        request,
        "imports/job.html",
        {"accept": "1"} if accept else {},
        **job_context(request, which),
    )
    made = office(request).imports.take(who(request), job, accept=accept, meant=meant)
    return RedirectResponse(f"/imports/{made}", 303)


def row_context(request: Request, which: str, row: int) -> dict[str, Any]:
    """Give what the form of one row needs: its cells by place, and what is wrong with it."""
    job = import_job(request, which)
    columns, rows = office(request).imports.problems(job.id)
    wrong = next((one for one in rows if one.row == row), None)
    if wrong is None:
        raise HTTPException(404)
    texts.use(visit(request).language)
    return {
        "job": job,
        "row": row,
        "columns": list(enumerate(columns)),
        "cells": {f"c{n}": written(cell) for n, cell in enumerate(wrong.cells)},
        "wrong": why(wrong.refused, job),
        "look": STATUSES[wrong.status],
        "labels": {f"c{n}": name for n, name in enumerate(columns)},
    }


@router.get("/imports/{which}/rows/{row}")
def one_row(request: Request, which: str, row: int) -> Response:
    """Show a row that was not taken, to be put right."""
    context = row_context(request, which, row)
    return page(request, "imports/row.html", typed=context["cells"], told={}, **context)


@router.post("/imports/{which}/rows/{row}")
def fix(request: Request, which: str, row: int, form: Posted) -> Response:
    """Put a row right and check the file again; the file itself stays as it came."""
    context = row_context(request, which, row)
    given = {n: str(form.get(f"c{n}", ""))[:LONGEST] for n, _ in context["columns"]}
    kept(request, "imports/row.html", {f"c{n}": text for n, text in given.items()}, **context)
    job = office(request).imports.fix(who(request), context["job"], row, given)
    return RedirectResponse(f"/imports/{job}", 303)


def undo_context(request: Request, which: str) -> dict[str, Any]:
    """Give what the undo of a batch would do, case by case."""
    job = import_job(request, which)
    steps = office(request).imports.undoable(who(request), job)
    return {
        "job": job,
        "can": [one for one in steps if not one.refused and not one.undone],
        "cannot": [one for one in steps if one.refused],
        "undone": sum(one.undone for one in steps),
        "most": SHOWN,
    }


@router.get("/imports/{which}/undo")
def before_undo(request: Request, which: str) -> Response:
    """Show what the undo of a whole batch would close, and what it would leave alone."""
    return page(request, "imports/undo.html", **undo_context(request, which))


@router.post("/imports/{which}/undo")
def undo(request: Request, which: str) -> Response:
    """Undo a whole batch by a job."""
    job = office(request).imports.undo(who(request), import_job(request, which))
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/imports/{which}/problems.xlsx")
def workbook(request: Request, which: str) -> Response:
    """Give the rows that were not taken as a workbook, with the reason in front of each."""
    job = import_job(request, which)
    columns, rows = office(request).imports.problems(job.id)
    if not columns:
        raise HTTPException(404)
    texts.use(visit(request).language)
    headings = (N_("行"), N_("种类"), N_("规则"), N_("原因"))
    content = problem_rows.workbook(
        columns,
        rows,
        headings=[texts.say(word) for word in headings],
        sentence=lambda refused: why(refused, job),
        words=lambda status: texts.say(STATUSES[status].word),
    )
    return Response(
        content,
        media_type=XLSX,
        headers={"content-disposition": f'attachment; filename="{job.id}.xlsx"'},
    )
