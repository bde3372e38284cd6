"""Pages of job fairs 招聘会: the list with what is to be followed, one fair with its funnel."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.fairs import RIGHT
from application.rights import may
from application.store import Done, Stamp
from domain.job_fair import FOLLOW_UPS, Announced, JobFair
from domain.kernel import N_
from projections.posts_reader import Asked
from projections.trades_reader import AskedFairs
from web import dates, forms, texts
from web.access import parts
from web.act_pages import Posted, blank, form_page, once, see_other, standing
from web.acts import Act, Desk, Field
from web.case_page import READERS
from web.errors import kept
from web.fact_tell import Names
from web.fair_acts import MODES, STATES, TELLER, Named, acts
from web.pages import page
from web.resources import Resource, pages
from web.visit import visit, who


class Trades(Protocol):
    """The rows behind fairs; `projections.trades_reader.TradesReader` is one."""

    def fairs(self, asked: AskedFairs) -> Sequence[Mapping[str, Any]]:
        """List fairs."""
        ...

    def fair_sums(self, asked: AskedFairs) -> Sequence[Mapping[str, Any]]:
        """Add them up by series."""
        ...

    def fairs_due(self, on: date) -> Sequence[Mapping[str, Any]]:
        """List the follow-ups that are due."""
        ...

    def intents(self, fair: str, held: date, until: date) -> Sequence[Mapping[str, Any]]:
        """List the intents of a fair."""
        ...


def trades(request: Request) -> Trades:
    """Give the rows."""
    found: Trades = parts(request).extra["trades"]
    return found


def facts(state: Any, _names: Names, _today: date) -> Sequence[tuple[str, str]]:
    """Say what a fair is."""
    first: Announced = state.history[0][0]
    return (
        (N_("形式"), texts.label(MODES[first.mode]) if first.mode in MODES else first.mode),
        (N_("日期"), state.on.isoformat()),
        (N_("地点"), first.place),
        (N_("系列"), first.series or ""),
        (N_("安全预案"), texts.translate(N_("有")) if state.safety_plan else ""),
        (N_("报名单位"), str(len(state.firms) or "")),
        (N_("招聘人数"), str(sum(state.headcounts.values()) or "")),
    )


def more(request: Request, state: JobFair, stream: str) -> Mapping[str, Any]:
    """Gather the firms with their posts, the intents with what became of them, the funnel."""
    own, today = parts(request), parts(request).today()
    held = state.held_on or state.on or today
    rows = trades(request).intents(stream, held, today)
    mine = {row["person"] for row in rows if row["owner"] == who(request).account}
    people = own.people.names(
        [row["person"] for row in rows if row["person"]], full=mine.__contains__, on=today
    )
    entries = own.extra["entries"]
    posts = [post for own_posts in state.posts.values() for post in own_posts]
    titles = entries.named(posts) if posts else {}
    checks = [_check(state, day, rows, today) for day in FOLLOW_UPS] if state.held_on else []
    counts = state.counts
    return {
        "firms": [
            (firm, own.directory.employer(firm), state.headcounts[firm],
             [(post, titles.get(post, post)) for post in state.posts[firm]])
            for firm in state.firms
        ],
        "intents": [
            (row, f"{people[row['person']].name} {people[row['person']].last4}".strip()
             if row["person"] in people else "")
            for row in rows
        ],
        "checks": checks,
        "funnel": [
            (N_("报名单位"), len(state.firms)),
            (N_("到场单位"), counts.firms if counts else 0),
            (N_("到场人数"), counts.visitors if counts else 0),
            (N_("收到简历"), counts.cvs if counts else 0),
            (N_("初步意向"), counts.intents if counts else 0),
            (N_("30 天实际就业"), state.followed.get(30, 0)),
        ]
        if counts
        else [],
        "may_edit": may(who(request), RIGHT),
    }  # fmt: skip


def _check(
    state: JobFair, day: int, rows: Sequence[Mapping[str, Any]], today: date
) -> dict[str, Any]:
    """Say how far one follow-up is: due, recorded, and how many real placements are known."""
    due = state.due_on(day) or today
    known = sum(
        row["verified_on"] is not None and row["start_on"] is not None and row["start_on"] <= due
        for row in rows
    )
    return {"day": day, "due": due, "recorded": state.followed.get(day), "known": known,
            "open": day not in state.followed and due <= today}  # fmt: skip


RESOURCE = Resource(
    kind="job_fair",
    title=N_("招聘会"),
    head=(),
    row=lambda *_: (),
    name=lambda state: state.history[0][0].name,
    facts=facts,
    states=STATES,
    tell=TELLER,
    template="fairs/one.html",
    more=more,
)


def fair_desk(service: object, post: Named = str) -> Desk:
    """Make the desk over `application.fairs.Fairs`."""
    routes = APIRouter()
    routes.include_router(_own(service))
    routes.include_router(pages(_desk, RESOURCE, "/fairs"))
    return Desk("fairs", "job_fair", N_("招聘会"), JobFair, (service,), acts(post), routes)


def _desk(request: Request) -> Desk:
    return parts(request).desks["fairs"]


def joining(request: Request, employer: str) -> Act:
    """Make the act of joining for one employer, whose open posts it offers."""
    today = parts(request).today()
    found = (
        parts(request)
        .extra["posts"]
        .page(Asked(on=today, state="open", employer=employer, limit=500))
    )
    offers = [(row["vacancy"], f"{row['title']} ({row['seats']})") for row in found]
    return Act(
        "join_employer",
        N_("单位报名"),
        (
            Field(
                "employer",
                N_("用人单位"),
                "own",
                of=lambda _s, d: [(employer, d.employer(employer))],
            ),
            Field("vacancies", N_("参会岗位"), "own", many=True, of=lambda *_: offers),
        ),
        N_("只列在招的岗位，括号里是还招人数。"),
        RIGHT,
        start=lambda *_: {"employer": employer, "vacancies": [code for code, _ in offers]},
    )  # fmt: skip


def _added(sums: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Give the last line: all series together."""
    names = ("fairs", "came", "posts", "visitors", "intents", "placed")
    return {"series": None} | {name: sum(row[name] or 0 for row in sums) for name in names}


def _own(service: Any) -> APIRouter:
    made = APIRouter()

    @made.get("/fairs")
    def listing(request: Request) -> Response:
        """List fairs with their funnels, and what has to be followed up today."""
        if not who(request).roles & READERS:
            raise HTTPException(403)
        texts.use(visit(request).language)
        today, query = parts(request).today(), request.query_params
        asked = AskedFairs(
            since=dates.day(query["from"], field="from") if query.get("from") else None,
            until=dates.day(query["to"], field="to") if query.get("to") else None,
            mode=query["mode"] if query.get("mode", "") in MODES else "",
            text=query.get("text", "")[:60].strip(),
        )
        rows, sums = trades(request).fairs(asked), trades(request).fair_sums(asked)
        return page(
            request, "fairs/list.html", rows=rows, modes=MODES, states=STATES, asked=asked,
            due=trades(request).fairs_due(today), sums=[*sums, _added(sums)] if sums else (),
            may_edit=may(who(request), RIGHT),
        )  # fmt: skip

    @made.get("/fairs/{fair}/join_employer")
    def ask(request: Request, fair: str, employer: str = "") -> Response:
        """Choose the firm first, then the posts it brings."""
        if not may(who(request), RIGHT):
            raise HTTPException(403)
        state = standing(request, _desk(request), fair)
        refused = state.why_not("join_employer")
        if refused or employer:
            return form_page(
                request, _desk(request), joining(request, employer), fair, state, refused=refused
            )
        texts.use(visit(request).language)
        firms = parts(request).extra["posts"].hirers(parts(request).today())
        return page(request, "fairs/firms.html", fair=fair, firms=firms, state=state)

    @made.post("/fairs/{fair}/join_employer")
    def join(request: Request, fair: str, form: Posted) -> Response:
        """Let the firm in."""
        state = standing(request, _desk(request), fair)
        act = joining(request, str(form.get("employer", ""))[:80])
        context = blank(request, _desk(request), act, fair, state)
        kept(request, "acts/form.html", forms.typed(form), **context)

        def work(sealed: Stamp) -> Done:
            values = forms.parse(act, form, context["offered"])
            joined: Done = service.join_employer(fair, stamp=sealed, **values)
            return joined

        return see_other(request, f"/fairs/{fair}#latest", once(request, form, work))

    return made
