"""Pages of matching 人岗匹配: the best posts for a seeker, the best seekers for a post, and why.

The list is ordered and explained; nothing is decided by it. The button leads to the form of a
referral, where a member of staff decides and the person answers (PIPL 24).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import check_station
from application.store import Who
from domain.codes import ANSWER_REASONS, DISTRICTS, LEVELS, TRADES, CodeList
from domain.kernel import N_, Refused
from domain.matching import ABILITY, MOST, Point
from domain.matching.hours import HOURS
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.vacancy import Vacancy
from projections.matching_reader import Fit
from web import texts
from web.access import parts
from web.case_page import READERS, shown
from web.money import money
from web.pages import page
from web.resources import names
from web.seekers.words import wishes
from web.vacancies import UNITS
from web.visit import visit, who

router = APIRouter()
GAP = " · "
WORDS: Mapping[str, str] = {
    "trade": N_("工种"),
    "hours": N_("时间"),
    "pay": N_("工资"),
    "skills": N_("技能证书"),
    "place": N_("地点"),
    "near": N_("远近"),
    "refused": N_("谢绝过"),
    "age": N_("年龄"),
    "health": N_("身体"),
}


class Matches(Protocol):
    """The ranked lists; `projections.matching_reader.MatchingReader` is one."""

    def posts_for(self, case: str, on: date) -> Sequence[Fit]:
        """Rank posts for a seeker."""
        ...

    def seekers_for(self, vacancy: str, on: date) -> Sequence[Fit]:
        """Rank seekers for a post."""
        ...

    def trades(self) -> Mapping[str, int]:
        """Count skilled people by trade."""
        ...

    def skilled(self, trade: str) -> Sequence[Mapping[str, Any]]:
        """List who is good at a trade."""
        ...


class Line(NamedTuple):
    """One point as it is read: what, how many of how many, why; `look` without points."""

    word: str
    points: int
    most: int
    said: str

    @property
    def tone(self) -> str:
        """How good it is: full, partly, not, or taken away."""
        if self.points < 0:
            return "bad"
        return "ok" if self.points == self.most else "off" if not self.points else ""


class Row(NamedTuple):
    """One card: where it leads, what it is called, its points, and whether it may be referred."""

    href: str
    name: str
    about: str
    total: int
    lines: Sequence[Line]
    notes: Sequence[str]
    refer: str
    why_not: Refused | None = None


def matches(request: Request) -> Matches:
    """Give the reader of the lists."""
    found: Matches = parts(request).extra["matching"]
    return found


def line(point: Point) -> Line:
    """Say one point in the reader's language."""
    values = dict(point.values)
    reason = values.get("reason")
    if isinstance(reason, str) and reason in ANSWER_REASONS:
        values["reason"] = texts.label(ANSWER_REASONS[reason])
    said = texts.say(point.text, **values)
    return Line(texts.translate(WORDS[point.code]), point.points, point.most, said)


def said(codes: CodeList, *words: str) -> str:
    """Say codes; what is none (a span of hours) stands as it was written."""
    return texts.translate(N_("、")).join(texts.label(codes[w]) if w in codes else w for w in words)


def pay(row: Mapping[str, Any]) -> str:
    """Say what a post pays."""
    low, high = money(Fen(row["stated_from"])), money(Fen(row["stated_to"]))
    span = low if low == high else f"{low} – {high}"
    return f"{span} / {texts.label(UNITS[row['pay_unit']])}"


def servable(asker: Who, station: str) -> Refused | None:
    """Say why somebody may not refer a seeker of a station (S-16)."""
    if "station_manager" in asker.roles:
        return None
    try:
        check_station(asker, station)
    except Refused as refused:
        return refused
    return None


@router.get("/seekers/{case}/matches")
def posts(request: Request, case: str) -> Response:
    """Rank the open posts for a seeker."""
    found = shown(request, SeekerCase, case, field_class="case")
    state, own, today = found.state, names(request), parts(request).today()
    view = parts(request).extra["sight"].view(state.person, full=found.full, on=today)
    rows = [
        Row(
            href=f"/vacancies/{fit.row['vacancy']}",
            name=fit.row["title"],
            about=GAP.join(
                part
                for part in (
                    own.employer(fit.row["employer"]),
                    said(DISTRICTS, fit.row["place"]),
                    pay(fit.row),
                    said(HOURS, *fit.row["hours"]),
                    texts.say(N_("还招{n}人"), n=fit.row["seats"]),
                )
                if part
            ),
            total=fit.total,
            lines=[line(point) for point in fit.match.points],
            notes=[line(point).said for point in fit.match.notes],
            refer=f"/seekers/{case}/refer?vacancy={fit.row['vacancy']}",
            why_not=state.why_not("refer"),
        )
        for fit in matches(request).posts_for(case, today)
    ]
    return page(
        request,
        "matching/list.html",
        title=N_("适合的岗位"),
        crumbs=(("/seekers", N_("求职台账")), (f"/seekers/{case}", state.case_no)),
        heading=f"{view.name} {view.last4}".strip(),
        wanted=wishes(state.wants),
        rows=rows,
        may_refer=bool(who(request).roles & {"caseworker", "station_manager"}),
        empty=N_("现在没有可推荐的岗位。"),
        most=sum(MOST.values()),
    )


@router.get("/vacancies/{vacancy}/matches")
def seekers(request: Request, vacancy: str) -> Response:
    """Rank those who look for work for a post; names as everywhere in lists (decision 25)."""
    asker, own, today = who(request), parts(request), parts(request).today()
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    post = own.store.load(Vacancy, vacancy)
    if post.terms is None:
        raise HTTPException(404)
    open_now = post.is_open_on(today) and post.seats_left > 0
    found = matches(request).seekers_for(vacancy, today) if open_now else ()
    mine = {fit.row["person"] for fit in found if fit.row["owner"] == asker.account}
    people = own.people.names(
        [fit.row["person"] for fit in found if fit.row["person"]],
        full=mine.__contains__,
        on=today,
    )
    rows = []
    for fit in found:
        person = people.get(fit.row["person"])
        rows.append(
            Row(
                href=f"/seekers/{fit.row['case_id']}",
                name=f"{person.name} {person.last4}".strip() if person else fit.row["case_no"],
                about=GAP.join(
                    part
                    for part in (fit.row["case_no"], own.directory.station(fit.row["station"]))
                    if part
                ),
                total=fit.total,
                lines=[line(point) for point in fit.match.points],
                notes=[line(point).said for point in fit.match.notes],
                refer=f"/seekers/{fit.row['case_id']}/refer?vacancy={vacancy}",
                why_not=servable(asker, fit.row["station"]),
            )
        )
    terms = post.terms
    return page(
        request,
        "matching/list.html",
        title=N_("适合的求职者"),
        crumbs=(("/vacancies", N_("岗位")), (f"/vacancies/{vacancy}", terms.title)),
        heading=terms.title,
        wanted=GAP.join(
            part
            for part in (
                own.directory.employer(terms.employer),
                said(TRADES, terms.occupation),
                said(DISTRICTS, terms.place),
                said(HOURS, *terms.hours),
                texts.say(N_("还招{n}人"), n=post.seats_left),
            )
            if part
        ),
        rows=rows,
        may_refer=bool(asker.roles & {"caseworker", "station_manager"}),
        empty=N_("现在没有可推荐的求职者。") if open_now else N_("岗位不在招聘中，不能推荐。"),
        most=sum(MOST.values()),
    )


@router.get("/talents")
def talents(request: Request, trade: str = "") -> Response:
    """人力资源库: who is good at a trade, by assessment, class and certificate (S2)."""
    asker, own, today = who(request), parts(request), parts(request).today()
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    counts = matches(request).trades()
    known = [(code, one, counts[code]) for code, one in TRADES.items() if code in counts]
    trade = trade if trade in TRADES else known[0][0] if known else ""
    found = matches(request).skilled(trade)
    mine = {row["person"] for row in found if row["owner"] == asker.account}
    people = own.people.names(
        [row["person"] for row in found if row["person"]], full=mine.__contains__, on=today
    )
    levels = {points: code for code, points in ABILITY.items()}
    return page(
        request,
        "matching/talents.html",
        trade=trade,
        trades=known,
        rows=[
            (
                row,
                people.get(row["person"]),
                texts.label(LEVELS[levels[row["points"]]]) if row["points"] in levels else "",
                own.directory.station(row["station"]),
                said(HOURS, *row["hours"]),
            )
            for row in found
        ],
    )
