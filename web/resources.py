"""Lists and pages of what work needs 资源: employers, vacancies, classes; one shape for the three.

The list comes from the directory (`extra["entries"]`), the page from the stream itself, so that
what was just recorded is there at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from domain.codes import CodeList
from domain.kernel import Recorded
from projections.directory_reader import Entry
from web import texts
from web.access import parts
from web.act_pages import doable, standing
from web.acts import Desk
from web.case_page import READERS, Line, changed_by
from web.fact_tell import Names, Teller
from web.pages import page
from web.visit import visit, who

SHORT = 30  # facts of a timeline; the rest behind a link
MOST = 200  # rows of a page of a list


class Shelf(Protocol):
    """The directory; `projections.directory_reader.DirectoryReader` is one."""

    def of_kind(
        self, kind: str, *, text: str = "", after: tuple[str, str] = ("", ""), limit: int = MOST
    ) -> Sequence[Entry]:
        """List entries by name."""
        ...

    def named(self, streams: Sequence[str]) -> Mapping[str, str]:
        """Give the names of some streams."""
        ...


class History(Protocol):
    """The facts of one stream."""

    def history(self, stream: str) -> list[Recorded]:
        """Give them in order."""
        ...


Cells = Sequence[str]
Link = tuple[str, str, str]  # address, word, icon


@dataclass(frozen=True)
class Resource:
    """How one kind is listed and shown.

    `kind` is its word in the directory; `head` and `row` make the list, `name` and `facts` the
    page; `states` are its state words, `links` lead onward from its page. A `template` of its own
    extends the common one and is given what `more` gathers.
    """

    kind: str
    title: str
    head: Sequence[str]
    row: Callable[[Entry, Names, date], Cells]
    name: Callable[[Any], str]
    facts: Callable[[Any, Names, date], Sequence[tuple[str, str]]]
    states: CodeList
    tell: Teller
    warn: Callable[[Any, Request, str], Sequence[str]] = lambda *_: ()
    template: str = "resources/one.html"
    more: Callable[[Request, Any, str], Mapping[str, Any]] = lambda *_: {}
    links: Callable[[Any, str], Sequence[Link]] = lambda *_: ()


def names(request: Request) -> Names:
    """Say who stands behind an id."""
    own = parts(request)
    shelf: Shelf = own.extra["entries"]
    return Names(
        own.directory.staff,
        own.directory.station,
        own.directory.employer,
        lambda stream: shelf.named([stream]).get(stream, stream),
    )


def state_word(resource: Resource, state: str) -> str:
    """Say a state."""
    return texts.label(resource.states[state]) if state in resource.states else state


def pages(desk: Callable[[Request], Desk], resource: Resource, path: str) -> APIRouter:
    """Make the list and the page of a kind."""
    made = APIRouter()

    @made.get(path)
    def listing(request: Request, text: str = "", after: str = "", name: str = "") -> Response:
        """List what there is, by name."""
        if not who(request).roles & READERS:
            raise HTTPException(403)
        texts.use(visit(request).language)
        shelf: Shelf = parts(request).extra["entries"]
        found = shelf.of_kind(resource.kind, text=text[:60], after=(name[:200], after[:60]))
        own, today = names(request), parts(request).today()
        return page(
            request,
            "resources/list.html",
            resource=resource,
            place=path,
            text=text,
            rows=[
                (one, resource.row(one, own, today), state_word(resource, one.state))
                for one in found
            ],
            more=found[-1] if len(found) == MOST else None,
            begins=[act for act in desk(request).begun() if may(who(request), act.right)],
        )

    @made.get(f"{path}/{{stream}}")
    def one(request: Request, stream: str) -> Response:
        """Show one, what can be done with it, and its facts."""
        if not who(request).roles & READERS:
            raise HTTPException(403)
        texts.use(visit(request).language)
        state: Any = standing(request, desk(request), stream)
        own, today = names(request), parts(request).today()
        log: History = parts(request).extra["log"]
        history = log.history(stream)
        every = request.query_params.get("all") == "1" or len(history) <= SHORT
        return page(
            request,
            resource.template,
            resource=resource,
            place=f"{path}/{stream}",
            name=resource.name(state),
            state=state_word(resource, _state(state, today)),
            facts=[(texts.translate(k), v) for k, v in resource.facts(state, own, today) if v],
            warned=resource.warn(state, request, stream),
            items=doable(request, desk(request), state, stream),
            days=_days(history, resource, own, history if every else history[-SHORT:]),
            older=not every,
            links=resource.links(state, stream),
            **resource.more(request, state, stream),
        )

    return made


def timeline_of(request: Request, resource: Resource, stream: str) -> list[tuple[date, list[Line]]]:
    """Give the facts of one stream by day, for a page of a kind's own."""
    log: History = parts(request).extra["log"]
    history = log.history(stream)
    return _days(history, resource, names(request), history)


def _state(state: Any, today: date) -> str:
    """Give the state on a day, where a day makes a difference."""
    return str(state.state_on(today) if hasattr(state, "state_on") else state.standing)


def _days(
    history: Sequence[Recorded],
    resource: Resource,
    own: Names,
    shown: Sequence[Recorded],
) -> list[tuple[date, list[Line]]]:
    """Put facts by the day they happened; texts about persons stay sealed."""
    changes = changed_by(history)
    days: dict[date, list[Line]] = {}
    for one in reversed(shown):
        line = Line(
            icon="edit",
            tone="",
            text=resource.tell.name(one.event),
            detail=resource.tell.tell(one.event, own, {}),
            actor=own.staff(one.actor),
            occurred_on=one.occurred_on,
            recorded_at=one.recorded_at,
            position=one.position,
            href="",
            struck=one.version in changes,
        )
        days.setdefault(one.occurred_on, []).append(line)
    return sorted(days.items(), reverse=True)
