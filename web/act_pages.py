"""The generic page of an act: GET draws its form, POST takes it to the service (F-08).

`/{kind}/{case}/{verb}` for a case, `/{kind}/new/{verb}` for an act that begins one. Every form
carries a `command_id`, so that a double click has one effect, and the version it was drawn from,
so that what others recorded meanwhile can be shown.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.store import Done, Stamp
from domain.kernel import N_, Aggregate, Refused
from web import dates, forms, naming, texts
from web.access import parts
from web.acts import LOOKED_UP, Act, Desk, Field
from web.drafts import done_with, of_form, taken_up
from web.errors import kept
from web.pages import page
from web.visit import visit, who

# How ids of what is chosen from long lists begin.
PREFIXES = {"vacancy": "vacancy-", "class": "training-", "employer": "employer-"}
PATIENCE = 2.0  # seconds a redirect waits for the tables


async def posted(request: Request) -> FormData:
    """Give the form; the only asynchronous thing about an act is reading its body."""
    request.state.posted = form = await request.form()
    return form


Posted = Annotated[FormData, Depends(posted)]


def stamp(request: Request, form: FormData) -> Stamp:
    """Say who asks, under which id, when it happened, and why a rule is passed (S-19)."""
    command = str(form.get("command_id", ""))
    if not 16 <= len(command) <= 64:
        raise Refused(rule="F-00", text=N_("表单缺少编号，请重新打开此页。"))
    on = str(form.get("occurred_on", "")).strip()
    occurred_on = dates.day(on, field="occurred_on") if on else parts(request).today()
    override = str(form.get("override", "")).strip()
    return Stamp(who(request), command, occurred_on, override)


def see_other(request: Request, url: str, done: Done) -> RedirectResponse:
    """Lead to the page that shows what was recorded, once the tables show it."""
    done_with(request)
    if done.position:
        parts(request).progress.wait(done.position, PATIENCE)
    return RedirectResponse(url, 303)


def offered(request: Request, act: Act, case: str, state: Aggregate) -> forms.Offered:
    """Look up what the fields of an act offer, in the reader's language."""
    own, asker = parts(request), who(request)
    texts.use(visit(request).language)

    def options(fields: Sequence[Field]) -> dict[str, Sequence[tuple[str, str]]]:
        return {
            field.name: field.of(state, own.directory)
            if field.of
            else _with_chosen(
                request,
                field,
                own.choices.options(field.kind, who=asker, case=case, state=state),
            )
            for field in fields
            if field.kind in LOOKED_UP
        }

    tables = [column for field in act.fields for column in field.columns]
    return options(act.fields) | options(tables)


def _with_chosen(
    request: Request, field: Field, offers: Sequence[tuple[str, str]]
) -> Sequence[tuple[str, str]]:
    """Offer what a link or the form names too: a list of thousands is offered in part only."""
    named = getattr(request.state, "posted", request.query_params).get(field.name, "")
    if not isinstance(named, str) or not named.startswith(PREFIXES.get(field.kind, "\0")):
        return offers
    if any(code == named for code, _ in offers):
        return offers
    known = parts(request).extra["entries"].named([named])
    return [*known.items(), *offers]


def standing(request: Request, desk: Desk, case: str) -> Aggregate:
    """Load a case; one that is not there is a missing page."""
    loaded: Aggregate = parts(request).store.load(desk.aggregate, case)
    if loaded.version == 0:
        raise HTTPException(404)
    naming.about(request, loaded)
    return loaded


def form_page(
    request: Request, desk: Desk, act: Act, case: str, state: Aggregate, **context: Any
) -> Response:
    """Draw the form of an act, or why it cannot be done now; a draft of it is offered."""
    draft = of_form(request)
    start = act.start(request, state) if act.start else {}
    filled = {"typed": taken_up(request, draft, start), "told": {}, "draft": draft}
    return page(
        request,
        "acts/form.html",
        status=200 if not context.get("refused") else 409,
        **blank(request, desk, act, case, state),
        **(filled | context),
    )


def blank(request: Request, desk: Desk, act: Act, case: str, state: Aggregate) -> dict[str, Any]:
    """Give what the template of a form needs beside what was typed."""
    return {
        "desk": desk,
        "act": act,
        "case": case,
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in act.fields},
        "version": state.version,
        "offered": offered(request, act, case, state),
        "may_override": may(who(request), "override"),
        "grids": {f.name: f.grid(state) for f in act.fields if f.grid},
        "foreseen": act.foresee(request, state) if act.foresee else (),
        "beside": act.beside(request, state) if act.beside else (),
        "state": state,
        "title": getattr(state, "case_no", "") or "",
    }


class Doable(tuple[Act, Refused | None]):
    """An act and why it cannot be done now (None: it can)."""

    __slots__ = ()

    @property
    def act(self) -> Act:
        """The act."""
        return self[0]

    @property
    def refused(self) -> Refused | None:
        """The refusal that the server would answer with."""
        return self[1]


def doable(request: Request, desk: Desk, state: Aggregate, case: str) -> list[Doable]:
    """List the acts of a case for a reader: what the role never has is left out (F-08)."""
    asker = who(request)
    return [
        Doable((act, state.why_not(act.verb)))
        for act in desk.acts
        if not act.begins and (not act.right or may(asker, act.right, state, case))
    ]


def allowed(request: Request, act: Act, state: Aggregate, case: str = "") -> bool:
    """Whether a reader may do an act; asked before anything of the case is shown."""
    return not act.right or may(who(request), act.right, state, case)


def gate(request: Request, act: Act, state: Aggregate, case: str = "") -> None:
    """Let nobody in who may not do an act."""
    if not allowed(request, act, state, case):
        raise HTTPException(403)


def turned_away(request: Request, desk: Desk, case: str, form: FormData) -> Response:
    """Answer one who may not, or no more: a form sent twice has given the case away before."""
    with suppress(Refused):
        if parts(request).store.known(stamp(request, form)):
            return RedirectResponse(f"/{desk.kind}/{case}#latest", 303)
    raise HTTPException(403)


def carry_out(
    request: Request, form: FormData, act: Act, method: Callable[..., Done], choices: forms.Offered
) -> Done:
    """Ask a service for an act, with what was typed as values, as the act prepares them."""

    def work(sealed: Stamp) -> Done:
        values = forms.parse(act, form, choices)
        if act.prepare:
            values = act.prepare(request, sealed, values)
        return method(stamp=sealed, **values)

    return once(request, form, work)


def once(request: Request, form: FormData, work: Callable[[Stamp], Done]) -> Done:
    """Read a form and act on it; sent twice it is answered as the first time.

    The first sending may have changed what can be chosen, so that reading it refuses the second.
    """
    sealed = stamp(request, form)
    try:
        return work(sealed)
    except Refused:
        if done := parts(request).store.known(sealed):
            return done
        raise


def router(desks: Mapping[str, Desk]) -> APIRouter:
    """Make the routes of every desk."""
    made = APIRouter()
    for desk in desks.values():
        if desk.pages:
            made.include_router(desk.pages)
        _routes(made, desk)
    return made


def _routes(made: APIRouter, desk: Desk) -> None:
    def find(verb: str, *, begins: bool) -> Act:
        act = desk.act(verb)
        if act is None or act.begins != begins:
            raise HTTPException(404)
        return act

    @made.get(f"/{desk.kind}/new/{{verb}}", name=f"{desk.kind}.begin")
    def begin(request: Request, verb: str) -> Response:
        act = find(verb, begins=True)
        gate(request, act, desk.aggregate())
        return form_page(request, desk, act, "new", desk.aggregate())

    @made.post(f"/{desk.kind}/new/{{verb}}", name=f"{desk.kind}.begun")
    def begun(request: Request, verb: str, form: Posted) -> Response:
        act, state = find(verb, begins=True), desk.aggregate()
        gate(request, act, state)
        given = forms.typed(form)
        drawn = blank(request, desk, act, "new", state)
        kept(request, "acts/form.html", given, **drawn)
        done = carry_out(request, form, act, desk.method(verb), drawn["offered"])
        return see_other(request, f"/{desk.kind}/{done.streams[0]}", done)

    @made.get(f"/{desk.kind}/{{case}}/{{verb}}", name=f"{desk.kind}.ask")
    def ask(request: Request, case: str, verb: str) -> Response:
        act = find(verb, begins=False)
        state = standing(request, desk, case)
        gate(request, act, state, case)
        return form_page(request, desk, act, case, state, refused=state.why_not(verb))

    @made.post(f"/{desk.kind}/{{case}}/{{verb}}", name=f"{desk.kind}.act")
    def take(request: Request, case: str, verb: str, form: Posted) -> Response:
        act = find(verb, begins=False)
        state = standing(request, desk, case)
        if not allowed(request, act, state, case):
            return turned_away(request, desk, case, form)
        given = forms.typed(form)
        drawn = blank(request, desk, act, case, state)
        kept(request, "acts/form.html", given, **drawn)
        done = carry_out(request, form, act, partial(desk.method(verb), case), drawn["offered"])
        return see_other(request, f"/{desk.kind}/{case}#latest", done)
