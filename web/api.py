"""The JSON API under /api/v1: the same methods, rights and refusals as the pages (F-97).

A program asks with a token of an account (`Authorization: Bearer yz_…`); no cookie is read here.
A refusal is 409 with rule, sentence and field. Facts come in the order of the log up to the
watermark; personal values in them stay sealed.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Path, Query
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from application.accounts import Signed
from application.rights import may
from application.store import Clash, Who
from domain.dispute import DisputeCase
from domain.kernel import N_, Recorded, Refused, Unreadable
from domain.seeker import SeekerCase
from projections.lists import CaseLine
from projections.lists import Query as ListQuery
from projections.statistics import Scope
from web import naming, texts
from web.access import TooMany, limited, parts
from web.act_pages import carry_out, standing
from web.act_pages import offered as offers
from web.case_page import READERS, may_read, readers
from web.fact_tell import stored
from web.office_parts import office
from web.parts import SiteParts
from web.visit import Visit, who

KINDS = {"seekers": SeekerCase, "disputes": DisputeCase}
PAGE, MOST = 50, 500
_scheme = HTTPBearer(auto_error=False)
Case = Annotated[str, Path(max_length=80, pattern=r"^(seeker|dispute)-[0-9a-z-]+$")]
Limit = Annotated[int, Query(ge=1, le=MOST)]


def bearer(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)],
) -> Iterator[None]:
    """Say who asks: the account of the token, with its roles of today."""
    own = parts(request)
    found = own.extra["tokens"].find(given.credentials) if given else None
    asker: Who | None = own.extra["who"](found.account, own.today()) if found else None
    if found is None or asker is None:
        raise HTTPException(401, headers={"www-authenticate": "Bearer"})
    if request.method not in {"GET", "HEAD"} and not found.writes:
        raise HTTPException(403)
    met: Visit = request.state.visit
    english = request.headers.get("accept-language", "").lower().startswith("en")
    signed = Signed(
        account=found.account,
        who=asker,
        language="en" if english else "zh-CN",
        session=found.id,
        idle_at=found.expires_at,
        expires_at=found.expires_at,
        password_due=False,
        second_factor_due=False,
    )
    request.state.visit = replace(met, session=signed, language=signed.language)
    texts.use(signed.language)
    limited("api")(request)
    yield


def reading(request: Request) -> None:
    """Let nobody in who reads no cases (domain.md 9.1)."""
    if not who(request).roles & READERS:
        raise HTTPException(403)


def line(one: CaseLine) -> dict[str, Any]:
    """Write a row of the caseload as JSON has it; amounts in fen, persons by id."""
    return {name: _plain(value) for name, value in one._asdict().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def fact(one: Recorded) -> dict[str, Any]:
    """Write a fact as the log holds it."""
    broken = isinstance(one.event, Unreadable)
    return {
        "position": one.position,
        "stream": one.stream,
        "version": one.version,
        "topic": one.event.topic if isinstance(one.event, Unreadable) else one.event.TOPIC,
        "state": None if broken else json.loads(stored(one.event)[0]),
        "actor": one.actor,
        "station": one.station,
        "occurred_on": one.occurred_on.isoformat(),
        "recorded_at": one.recorded_at.isoformat(),
    }


def list_cases(
    request: Request,
    kind: Literal["", "seeker", "dispute"] = "",
    whose: Literal["own", "team"] = "own",
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """List open cases: one's own, or those of the stations served; `after` leads to the next."""
    asker, own = who(request), parts(request)
    team = whose == "team" or "auditor" in asker.roles
    found = own.caseload.page(
        ListQuery(
            today=own.today(),
            stations=tuple(sorted(asker.stations | {asker.station})) if team else None,
            officer="" if team else asker.account,
            kinds=(kind,) if kind else (),
            after=after,
            limit=limit,
        )
    )
    readers(request).reads.write("view", asker, field_class="list", route="/api/v1/cases")
    return {
        "total": found.total,
        "cases": [line(one) for one in found.rows],
        "after": found.after,
    }


def read_case(request: Request, case: str) -> tuple[Any, list[Recorded]]:
    """Load a case that the reader may read, and note the reading."""
    history = readers(request).log.history(case)
    if not history:
        raise HTTPException(404)
    kind = DisputeCase if case.startswith("dispute-") else SeekerCase
    state = kind().fold((one.event, one.occurred_on) for one in history)
    if not may_read(who(request), state):
        raise HTTPException(404)
    readers(request).reads.write(
        "view", who(request), stream=case, field_class="case", route="/api/v1/cases/{case}"
    )
    return state, history


def show_case(request: Request, case: Case) -> dict[str, Any]:
    """Give one case as the caseload has it."""
    read_case(request, case)
    found = parts(request).caseload.case(case)  # type: ignore[attr-defined]  # the reader of lists
    if found is None:
        raise HTTPException(404)
    return line(found)


def list_case_facts(request: Request, case: Case) -> dict[str, Any]:
    """Give the facts of one case, personal values sealed."""
    return {"facts": [fact(one) for one in read_case(request, case)[1]]}


def list_facts(
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Give the facts of the whole log after a position, up to the watermark: for auditors."""
    if "auditor" not in who(request).roles:
        raise HTTPException(403)
    log: Any = readers(request).log
    found = log.read(after, limit)
    readers(request).reads.write(
        "export", who(request), field_class=f"facts:{len(found)}", route="/api/v1/facts"
    )
    return {
        "facts": [fact(one) for one in found],
        "after": found[-1].position if found else after,
        "watermark": log.watermark(),
    }


def list_figures(request: Request, first: date, last: date) -> dict[str, Any]:
    """Give the figures of a period, both days included, over the stations served."""
    asker, own = who(request), parts(request)
    if first > last:
        raise Refused(rule="F-00", text=N_("起日不能晚于止日。"), field="first")
    stations = tuple(sorted(asker.stations | {asker.station}))
    scope = Scope(from_on=first, to_on=last, as_of=own.today(), stations=stations)
    measures = {
        code: {
            name: None if value is None or isinstance(value, str) else float(value)
            for name, value in zip(
                ("value", "numerator", "denominator"), (f.value, f.numerator, f.denominator),
                strict=True,
            )
        }
        | {"unit": f.unit}
        for code, f in office(request).statistics.figures(scope).items()
    }  # fmt: skip
    return {
        "position": own.progress.reach().position,
        "as_of": own.today().isoformat(),
        "measures": measures,
    }


def record(
    request: Request,
    kind: Annotated[Literal["seekers", "disputes"], Path()],
    case: Case,
    verb: Annotated[str, Path(max_length=60, pattern=r"^[a-z_]+$")],
    given: dict[str, str | int | bool | list[str]],
) -> dict[str, Any]:
    """Do an act of a case: the fields of its form, `command_id`, and `occurred_on`."""
    desk = parts(request).desks[kind]
    act = desk.act(verb)
    if act is None or act.begins:
        raise HTTPException(404)
    state = standing(request, desk, case)
    if not may(who(request), act.right, state, case):
        raise HTTPException(403)
    form = FormData([pair for name, value in given.items() for pair in _typed(name, value)])
    choices = offers(request, act, case, state)
    done = carry_out(request, form, act, partial(desk.method(verb), case), choices)
    return {"position": done.position, "streams": list(done.streams)}


def _typed(name: str, value: str | int | bool | list[str]) -> list[tuple[str, str]]:
    if isinstance(value, bool):
        return [(name, "1")] if value else []
    return [(name, str(one)) for one in (value if isinstance(value, list) else [value])]


def refusal(request: Request, refused: Refused) -> Response:
    """Say no with the rule, the sentence in the asker's language, and the field."""
    texts.name_by(naming.namer(request))
    said = texts.sentence(refused, request.state.visit.language)
    return JSONResponse(
        {"rule": refused.rule, "sentence": said, "field": refused.field}, status_code=409
    )


def clash(_request: Request, met: Clash) -> Response:
    """Say that others were faster, and what they recorded."""
    return JSONResponse({"rule": "clash", "facts": [fact(one) for one in met.facts]}, 409)


def wrong(_request: Request, error: HTTPException) -> Response:
    """Answer with the status alone: what is not there and what may not be seen are alike."""
    return JSONResponse({"error": error.status_code}, error.status_code, error.headers)


def too_many(_request: Request, error: TooMany) -> Response:
    """Say how long to wait."""
    return JSONResponse({"error": 429}, 429, {"retry-after": str(error.wait)})


def unreadable(_request: Request, error: RequestValidationError) -> Response:
    """Name the places that cannot be read, never what was sent."""
    places = [".".join(map(str, one["loc"])) for one in error.errors()]
    return JSONResponse({"error": 422, "places": places}, 422)


ANSWERS = {
    401: "No living token",
    403: "The account or token may not",
    404: "Not there, or not to be seen",
    409: "Refused by a rule: rule, sentence, field",
    422: "A parameter cannot be read",
    429: "Too many requests",
}


def create_api(own: SiteParts) -> FastAPI:
    """Put the API together; it stands under /api/v1 of the site."""
    answers: dict[int | str, dict[str, Any]] = {
        status: {"description": words} for status, words in ANSWERS.items()
    }
    api = FastAPI(
        title="Yizhan API",
        version="1",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(bearer), Depends(reading)],
        responses=answers,
    )
    api.state.parts = own
    api.get("/cases")(list_cases)
    api.get("/cases/{case}")(show_case)
    api.get("/cases/{case}/facts")(list_case_facts)
    api.get("/facts")(list_facts)
    api.get("/figures")(list_figures)
    api.post("/{kind}/{case}/{verb}")(record)
    handlers: Mapping[type[Exception], Callable[..., Response]] = {
        Refused: refusal,
        Clash: clash,
        HTTPException: wrong,
        TooMany: too_many,
        RequestValidationError: unreadable,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)
    return api
