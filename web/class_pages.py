"""Pages of training classes 培训班: the list, one class with its learners, attendance, cohorts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.classes import RIGHT
from application.rights import may
from application.store import Done, Stamp
from domain.codes import TRADES
from domain.kernel import N_
from domain.training import TrainingClass
from domain.training.facts import Grade
from projections.trades_reader import cohorts, over, within
from web import dates, forms, sheets, texts
from web.access import parts
from web.act_pages import Posted, blank, once, see_other, standing
from web.acts import Act, Desk
from web.case_page import READERS
from web.classes import CERTIFY, KINDS, MODES, STATES, TELLER, Named, acts
from web.errors import kept
from web.fact_tell import Names
from web.pages import page
from web.resources import Resource, pages
from web.sheets import Column, Line
from web.visit import visit, who

ATTENDED = (Column("present", N_("到课"), tick=True),)
GRADED = (Column("grade", N_("分数")),)
NUMBERED = (Column("number", N_("证书编号"), words=True),)
SPAN = timedelta(730)  # how far back the page of cohorts looks when nothing is asked for


def facts(state: TrainingClass, names: Names, _today: date) -> Sequence[tuple[str, str]]:
    """Say what a class is, and how far it is."""
    return (
        (N_("种类"), texts.label(KINDS[state.kind]) if state.kind in KINDS else ""),
        (N_("方式"), texts.label(MODES[state.mode]) if state.mode in MODES else ""),
        (N_("工种"), texts.label(TRADES[state.trade]) if state.trade in TRADES else ""),
        (N_("培训机构"), names.employer(state.provider)),
        (N_("订单单位"), names.employer(state.employer) if state.employer else ""),
        (N_("教师"), names.staff(state.instructor) if state.instructor else ""),
        (N_("地点"), names.station(state.venue)),
        (N_("等级"), state.level),
    )


def more(request: Request, state: TrainingClass, stream: str) -> Mapping[str, Any]:
    """Gather the learners with attendance and grades, the waiting list, and what comes next."""
    own, today = parts(request), parts(request).today()
    settings = own.extra["settings"]()
    percent = settings.value("attendance_percent", today)
    least = settings.value("homework_grade", today)
    ahead = [
        one for one in state.lessons if one.no not in state.held and one.no not in state.cancelled
    ]
    people = learners(request, (*state.seats, *state.waiting))
    return {
        "stream": stream,
        "uncertified": any(stream not in people[one]["certified"] for one in state.completers),
        "course": state,
        "people": people,
        "next_up": ahead[0] if ahead else None,
        "percent": percent,
        "least": least,
        "enough": {name: state.attends_enough(name, percent) for name in state.seats},
        "undone": {name: state.ungraded(name, least) for name in state.seats},
        "may_edit": may(who(request), RIGHT),
        "today_is": today,
    }


def learners(request: Request, cases: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Name learners as lists show people (decision 25), with their certificates, by one look-up."""
    own = parts(request)
    rows = own.extra["trades"].learners(cases)
    mine = {row["person"] for row in rows if row["owner"] == who(request).account}
    people = own.people.names(
        [row["person"] for row in rows if row["person"]], full=mine.__contains__, on=own.today()
    )
    found: dict[str, dict[str, Any]] = {
        case: {"name": case, "number": "", "certified": ()} for case in cases
    }
    for row in rows:
        view = people.get(row["person"])
        found[row["case_id"]] = {
            "name": f"{view.name} {view.last4}".strip() if view else row["case_no"],
            "number": row["case_no"],
            "certified": row["certified"],
        }
    return found


RESOURCE = Resource(
    kind="training",
    title=N_("培训班"),
    head=(),
    row=lambda *_: (),
    name=lambda state: state.title,
    facts=facts,
    states=STATES,
    tell=TELLER,
    template="classes/one.html",
    more=more,
    links=lambda _state, stream: ((f"/classes/{stream}/sheet", N_("签到表和结业名册"), "print"),),
)


def class_desk(service: object, named: Named = str) -> Desk:
    """Make the desk over `application.classes.Classes`."""
    routes = APIRouter()
    for path, endpoint in (("/classes", listing), ("/classes/cohorts", outcomes)):
        routes.add_api_route(path, endpoint, methods=["GET"])
    for verb, drawing, taking in (
        ("hold_session", ask_attendance, take_attendance),
        ("grade_homework", ask_grades, take_grades),
        ("certify", ask_numbers, take_numbers),
    ):
        routes.add_api_route(f"/classes/{{training}}/{verb}", drawing, methods=["GET"])
        routes.add_api_route(f"/classes/{{training}}/{verb}", taking, methods=["POST"])
    routes.include_router(pages(_desk, RESOURCE, "/classes"))
    return Desk("classes", "training", N_("培训班"), TrainingClass, (service,), acts(named), routes)


def _desk(request: Request) -> Desk:
    return parts(request).desks["classes"]


def listing(request: Request, text: str = "") -> Response:
    """List classes: what comes next first."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    rows = parts(request).extra["trades"].classes(text[:60].strip())
    return page(
        request,
        "classes/list.html",
        rows=rows,
        text=text[:60],
        kinds=KINDS,
        modes=MODES,
        states=STATES,
        trades=TRADES,
        demand=parts(request).extra["trades"].demand(),
        may_edit=may(who(request), RIGHT),
    )


def outcomes(request: Request) -> Response:
    """Show training to employment by class: completers whose 180 days are over, and who works."""
    asker, own, today = who(request), parts(request), parts(request).today()
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    query = request.query_params
    first = dates.day(query["from"], field="from") if query.get("from") else today - SPAN
    last = dates.day(query["to"], field="to") if query.get("to") else today
    training = query.get("training", "")[:80]
    wide = bool(asker.roles & {"station_manager", "auditor"})
    stations = None if wide else asker.stations | {asker.station}
    rows = own.extra["trades"].completers(first, last, training=training, stations=stations)
    days = own.extra["settings"]().value("cohort_days", today)
    people = own.people.names(
        [row["person"] for row in rows if row["person"]], full=lambda _person: False, on=today
    )
    return page(
        request,
        "classes/cohorts.html",
        groups=cohorts(rows, today, days),
        rows=[
            (row, people[row["person"]].name if row["person"] in people else "",
             over(row, today, days), within(row, days))
            for row in rows
        ] if training else (),
        due=sum(over(row, today, days) for row in rows),
        placed=sum(over(row, today, days) and within(row, days) for row in rows),
        days=days,
        span=(first, last),
        training=training,
    )  # fmt: skip


def _sheet(
    request: Request, training: str, verb: str
) -> tuple[Act, TrainingClass, tuple[Sequence[Column], Sequence[Line]]]:
    state = standing(request, _desk(request), training)
    act = CERTIFY if verb == CERTIFY.verb else _desk(request).act(verb)
    if not isinstance(state, TrainingClass) or act is None or not may(who(request), act.right):
        raise HTTPException(403)
    texts.use(visit(request).language)
    known = learners(request, state.seats)
    names = [(name, known[name]) for name in state.seats]
    if verb == "hold_session":
        lines = [
            Line(
                name,
                one["name"],
                texts.say(N_("已到{n}次"), n=state.attended(name)),
                {"present": "1"},
            )
            for name, one in names
        ]
        return replace(act, start=begun), state, (ATTENDED, lines)
    if verb == "certify":
        lines = [
            Line(name, one["name"], one["number"])
            for name, one in names
            if name in state.completers and training not in one["certified"]
        ]
        return act, state, (NUMBERED, lines)
    latest = max(state.homework, default=0)
    lines = [
        Line(name, one["name"], "", {"grade": str(state.grades.get((latest, name), ""))})
        for name, one in names
    ]
    return replace(act, start=lambda *_: {"no": str(latest)}), state, (GRADED, lines)


def begun(request: Request, state: TrainingClass) -> Mapping[str, str]:
    """Begin with the next session that was due, its hours and the class's teacher."""
    today = parts(request).today()
    left = [
        one
        for one in state.lessons
        if one.no not in state.held and one.no not in state.cancelled and one.on <= today
    ]
    asked = request.query_params.get("session", "")
    chosen = next((one for one in left if str(one.no) == asked), left[0] if left else None)
    given = {"instructor": state.instructor or who(request).account}
    if chosen:
        given |= {
            "session": str(chosen.no),
            "hours": str(chosen.hours),
            "occurred_on": chosen.on.isoformat(),
        }
    return given


def _draw(request: Request, training: str, verb: str) -> Response:
    act, state, rows = _sheet(request, training, verb)
    context = blank(request, _desk(request), act, training, state) | {"title": state.title}
    return sheets.drawn(
        request, act, context, rows, refused=None if act is CERTIFY else state.why_not(verb)
    )


Lines = Mapping[str, Mapping[str, Any]]


def _take(
    request: Request,
    training: str,
    form: Posted,
    verb: str,
    rows_of: Callable[[Lines], Mapping[str, Any]],
) -> Response:
    """Take a sheet to the service, all rows in one command; `rows_of` names them as it does."""
    act, state, rows = _sheet(request, training, verb)
    context = blank(request, _desk(request), act, training, state) | {"title": state.title}
    context |= sheets.labelled(rows, context)
    kept(request, "sheets/form.html", forms.typed(form), **context)

    def work(sealed: Stamp) -> Done:
        values = forms.parse(act, form, context["offered"])
        lines = rows_of(sheets.read(form, rows))
        done: Done = _desk(request).method(verb)(training, stamp=sealed, **lines, **values)
        return done

    return see_other(request, f"/classes/{training}#latest", once(request, form, work))


def ask_attendance(request: Request, training: str) -> Response:
    """Draw the sheet of attendance: everybody is ticked, who is missing is unticked."""
    return _draw(request, training, "hold_session")


def take_attendance(request: Request, training: str, form: Posted) -> Response:
    """Record a session with the whole list, by one press."""
    return _take(request, training, form, "hold_session", lambda lines: {"present": list(lines)})


def ask_numbers(request: Request, training: str) -> Response:
    """Draw the sheet of certificates: who completed the class and holds none of it yet."""
    return _draw(request, training, "certify")


def take_numbers(request: Request, training: str, form: Posted) -> Response:
    """Record the certificates of the list, by one press; an empty cell is left for later."""

    def numbers(lines: Lines) -> dict[str, Any]:
        return {"numbers": {name: row["number"] for name, row in lines.items()}}

    return _take(request, training, form, "certify", numbers)


def ask_grades(request: Request, training: str) -> Response:
    """Draw the sheet of grades."""
    return _draw(request, training, "grade_homework")


def take_grades(request: Request, training: str, form: Posted) -> Response:
    """Grade the whole list, by one press."""

    def grades(lines: Lines) -> dict[str, Any]:
        found = [Grade(seeker=name, grade=row["grade"]) for name, row in lines.items()]
        return {"grades": found}

    return _take(request, training, form, "grade_homework", grades)
