"""The task centre 任务中心: what runs, how far it is, what came of it (experience.md 5)."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from time import monotonic
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from application.jobs import AGAIN, Job, Jobs
from domain.kernel import N_, Refused
from web import texts
from web.office_parts import office
from web.pages import page
from web.visit import session, who
from web.words import Word

router = APIRouter()

KINDS: Mapping[str, str] = {
    "import.check": N_("导入前校验"),
    "import.take": N_("导入登记册"),
    "rebuild": N_("重建投影"),
    "reckon": N_("按新的日历或设置重算期限"),
    "papers": N_("出具文书"),
    "undo": N_("整批撤销登记"),
    "certify": N_("向登记库核验"),
}
STATES: Mapping[str, Word] = {
    "waiting": Word(N_("排队"), "clock", "off"),
    "running": Word(N_("进行中"), "clock"),
    "cancelling": Word(N_("正在取消"), "pause", "warn"),
    "done": Word(N_("完成"), "check", "ok"),
    "failed": Word(N_("失败"), "alert", "bad"),
    "cancelled": Word(N_("已取消"), "x", "off"),
    "interrupted": Word(N_("中断"), "pause", "warn"),
}
PHASES: Mapping[str, str] = {
    "": N_("等待开始"),
    "reading": N_("读取文件"),
    "checking": N_("校验"),
    "appending": N_("写入"),
    "rebuilding": N_("重建"),
    "reckoning": N_("重算期限"),
    "setting": N_("排版"),
    "asking": N_("核验"),
}
# At most this many pages hear of progress at once; the others reload (decision 38).
STREAMS, PACE = 200, 1.0


def place(job: Job) -> str:
    """Give the page of a job's trade, where its result is shown."""
    return f"/imports/{job.id}" if job.kind.startswith("import.") else f"/jobs/{job.id}"


def failure(job: Job) -> str:
    """Say why a job failed, in the language of the page."""
    result = job.result or {}
    if "text" in result:
        refused = Refused(rule=result["rule"], text=result["text"], **result["values"])
        return texts.sentence(refused)
    return str(result.get("error", ""))


def own_job(request: Request, which: str) -> Job:
    """Give a job of the reader's own, or any for an admin; others' are missing pages."""
    job = office(request).jobs.find(which)
    asker = who(request)
    if job is None or (job.account != asker.account and "admin" not in asker.roles):
        raise HTTPException(404)
    return job


def words() -> dict[str, Any]:
    """Give what templates need to name jobs."""
    return {"kinds": KINDS, "states": STATES, "phases": PHASES, "place": place, "failure": failure}


@router.get("/jobs")
def listing(request: Request) -> Response:
    """任务中心."""
    asker = who(request)
    whose = "" if "admin" in asker.roles else asker.account
    return page(request, "jobs/list.html", jobs=office(request).jobs.latest(whose), **words())


@router.get("/jobs/{which}")
def job_page(request: Request, which: str) -> Response:
    """Show one job."""
    job = own_job(request, which)
    if (at := place(job)) != f"/jobs/{which}":
        return RedirectResponse(at, 303)
    return page(request, "jobs/job.html", job=job, again=job.state in AGAIN, **words())


@router.post("/jobs/{which}/cancel")
def cancel(request: Request, which: str) -> Response:
    """Ask a job to end at its next border."""
    job = own_job(request, which)
    office(request).jobs.cancel(job.id)
    return RedirectResponse(place(job), 303)


@router.post("/jobs/{which}/again")
def again(request: Request, which: str) -> Response:
    """Let a job go on from where it stopped."""
    job = own_job(request, which)
    office(request).jobs.go_on(job.id)
    return RedirectResponse(place(job), 303)


class Poller:
    """Asks for the jobs that somebody watches, once a second for all watchers together."""

    def __init__(self) -> None:
        """Begin without watchers."""
        self.watched: dict[str, int] = {}
        self._seen: Mapping[str, Job] = {}
        self._at = -PACE
        self._turn = asyncio.Lock()

    @property
    def count(self) -> int:
        """Count the watchers."""
        return sum(self.watched.values())

    async def follow(self, jobs: Jobs, which: str) -> AsyncIterator[Job]:
        """Yield a job now and whenever it moved, until it ends."""
        self.watched[which] = self.watched.get(which, 0) + 1
        before: Job | None = None
        try:
            while True:
                seen = await self._look(jobs, which)
                if seen is None:
                    return
                if seen != before:
                    yield seen
                if not seen.open:
                    return
                before = seen
                await asyncio.sleep(PACE)
        finally:
            self.watched[which] -= 1
            if not self.watched[which]:
                del self.watched[which]

    async def _look(self, jobs: Jobs, which: str) -> Job | None:
        async with self._turn:
            if monotonic() - self._at >= PACE * 0.9 or which not in self._seen:
                self._seen = await run_in_threadpool(jobs.several, list(self.watched))
                self._at = monotonic()
        return self._seen.get(which)


def poller(request: Request) -> Poller:
    """Give the poller of this process."""
    state = request.app.state
    if not hasattr(state, "poller"):
        state.poller = Poller()
    found: Poller = state.poller
    return found


@router.get("/jobs/{which}/stream")
async def stream(request: Request, which: str) -> Response:
    """Tell the progress of a job as it comes; the 201st watcher reloads the page instead."""
    job = await run_in_threadpool(own_job, request, which)
    watching = poller(request)
    if watching.count >= STREAMS:
        raise HTTPException(503)
    seen = session(request)

    async def events() -> AsyncIterator[str]:
        async for now in watching.follow(office(request).jobs, job.id):
            yield f"data: {json.dumps(message(now, seen.language))}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


def message(job: Job, language: str) -> dict[str, object]:
    """Give what the page's module shows."""
    texts.use(language)
    phase = texts.say(PHASES.get(job.phase, job.phase))
    return {
        "state": "running" if job.open else job.state,
        "done": job.done,
        "total": job.total,
        "phase": f"{phase} {pace(job)}".strip(),
    }


def pace(job: Job) -> str:
    """Write the rate and the time that is left."""
    if not job.rate or not job.open:
        return ""
    rate = texts.say(N_("每秒 {n} 条"), n=f"{job.rate:,.0f}")
    left = job.left
    if left is None:
        return rate
    minutes, seconds = divmod(round(left), 60)
    rest = texts.say(N_("约剩 {minutes} 分 {seconds} 秒"), minutes=minutes, seconds=seconds)
    return f"{rate}, {rest}"
