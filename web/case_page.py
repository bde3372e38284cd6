"""What the page of a case needs: who may read it, its history, its past, its timeline.

Readers stand in `SiteParts.extra`: `log` (histories), `reads` (the read log), `opened` (opens
sealed texts), `sight` (persons by right), `entries` (names of posts and classes), `calendar` and
`settings` of the office. A page of a case is `no-store`, leaves a row in the read log, and shows
names by right (decision 25): in full to the officers of the case only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request

from application.people.reads import Beside, Read
from application.people.views import PersonView
from application.store import Who
from domain.calendar import WorkCalendar
from domain.kernel import (
    N_,
    Aggregate,
    Correction,
    Event,
    Recorded,
    Redacted,
    Refused,
    Sealed,
    Voiding,
)
from domain.seeker import SeekerCase
from domain.settings import Settings
from web import dates, texts
from web.access import parts
from web.visit import visit, who

READERS = frozenset({"caseworker", "mediator", "station_manager", "auditor"})
WRITERS = frozenset({"caseworker", "mediator", "station_manager"})


class Log(Protocol):
    """The facts of one case; `application.log.reader.LogReader` is one."""

    def history(self, stream: str) -> list[Recorded]:
        """Give all facts of a stream in order."""
        ...


class Sight(Protocol):
    """Persons by right; `application.people.sight.Sight` is one."""

    def view(self, person: str, *, full: bool, on: date) -> PersonView:
        """Show one person, masked unless `full`."""
        ...

    def reveal(
        self, person: str, *, field: str, purpose: str, who: Who, case: str = "", route: str
    ) -> str | Redacted:
        """Show one whole value for a purpose; it stands in the read log or is not shown."""
        ...


class Reads(Protocol):
    """The read log; `application.people.reads.ReadLog` is one."""

    def write(
        self,
        kind: Literal["view", "search", "reveal", "access", "export"],
        who: Who,
        *,
        stream: str = "",
        field_class: str,
        purpose: str = "",
        route: str = "",
        outcome: str = "shown",
    ) -> None:
        """Add a row, or fail so that nothing is shown."""
        ...

    def beside(self, stream: str, who: str, *, minutes: int, most: int = 5) -> Sequence[Beside]:
        """List the colleagues who have a case open now."""
        ...

    def of(self, stream: str, limit: int = 100) -> Sequence[Read]:
        """Give the latest looks at a stream."""
        ...


class Entries(Protocol):
    """Names of vacancies, classes, employers; `projections.directory_reader` has one."""

    def named(self, streams: Sequence[str]) -> Mapping[str, str]:
        """Give the names of some streams; an unknown one is left out."""
        ...


@dataclass(frozen=True)
class CaseReaders:
    """What the pages of cases read, out of `SiteParts.extra`."""

    log: Log
    sight: Sight
    reads: Reads
    entries: Entries
    opened: Callable[[Sequence[Sealed]], Sequence[object]]
    calendar: Callable[[], WorkCalendar]
    settings: Callable[..., Settings]


def settings_of(request: Request, past: "Past", day: date) -> Settings:
    """Give the settings as they stand, or as they were known by the end of a replayed day."""
    own = readers(request)
    return own.settings() if past.now else own.settings(day)


def readers(request: Request) -> CaseReaders:
    """Give the readers of the pages of cases."""
    extra = parts(request).extra
    return CaseReaders(**{name: extra[name] for name in CaseReaders.__dataclass_fields__})


def in_full(asker: Who, state: Any) -> bool:
    """Whether names stand in full: own or assigned cases; while nobody has it, the station's."""
    if state.officers:
        return bool(asker.accounts.intersection(state.officers) and asker.roles & READERS)
    return bool(asker.roles & WRITERS) and state.station in asker.stations | {asker.station}


def own_lead(asker: Who, state: Any) -> bool:
    """Whether a case is a lead that this informant recorded."""
    told_by = state.informant if isinstance(state, SeekerCase) else ""
    return state.standing == "LEAD" and "informant" in asker.roles and told_by == asker.account


def may_read(asker: Who, state: Any) -> bool:
    """Whether a role reads a case: own, stations served; auditors and managers all (9.1).

    An informant reads own leads while they are leads.
    """
    if not asker.roles & READERS:
        return own_lead(asker, state)
    if asker.roles & {"auditor", "station_manager"} or asker.accounts.intersection(state.officers):
        return True
    served = asker.stations | {asker.station}
    return bool(served & {state.station, getattr(state, "offered_to", "")})


def may_replay(asker: Who, state: Any) -> bool:
    """Whether a reader may see how a case stood before: officers, managers, auditors (9.1)."""
    return bool(asker.roles & {"auditor", "station_manager"}) or in_full(asker, state)


@dataclass(frozen=True)
class Past:
    """The moment a page shows: the first `upto` facts of a case; `day` when asked by a date."""

    upto: int
    total: int
    day: date | None = None

    @property
    def now(self) -> bool:
        """Whether this is the case as it stands."""
        return self.day is None and self.upto == self.total


def asked_past(request: Request, history: Sequence[Recorded]) -> Past:
    """Read `?as_of=2026-03-02` (what was known by the end of a day) or `?at=17` (17 facts)."""
    day, at = request.query_params.get("as_of", ""), request.query_params.get("at", "")
    total = len(history)
    if day:
        until = dates.day(day, field="as_of")
        known = sum(dates.local(one.recorded_at).date() <= until for one in history)
        if not known:
            raise Refused(rule="F-00", text=N_("截至{day}，本案还没有记录。"), day=until)
        return Past(known, total, until)
    if at:
        if not at.isascii() or not at.isdigit() or not 1 <= int(at[:6]) <= total:
            raise Refused(
                rule="F-00", text=N_("本案共有{total}条记录，请填1至{total}。"), total=total
            )
        return Past(int(at[:6]), total)
    return Past(total, total)


class Shown(NamedTuple):
    """A case as a page shows it: state and facts of the moment asked for."""

    state: Any
    history: Sequence[Recorded]
    past: Past
    full: bool


def shown(request: Request, kind: type[Aggregate], case: str, *, field_class: str) -> Shown:
    """Load a case for a reader, note the reading, and turn to the moment asked for.

    A case that is not there and one that may not be read give the same page (T8).
    """
    own, asker = readers(request), who(request)
    texts.use(visit(request).language)
    history = own.log.history(case)
    if not history:
        raise HTTPException(404)
    state: Any = kind().fold((one.event, one.occurred_on) for one in history)
    if not may_read(asker, state):
        raise HTTPException(403)
    request.state.about = state  # whose people sentences name in full (web/naming.py)
    past = asked_past(request, history)
    full = in_full(asker, state) and past.now
    if not past.now:
        if not may_replay(asker, state):
            raise HTTPException(403)
        history = history[: past.upto]
        state = kind().fold((one.event, one.occurred_on) for one in history)
    own.reads.write(
        "view", asker, stream=case, field_class=field_class, route=request.scope["route"].path
    )
    return Shown(state, history, past, full)


@dataclass(frozen=True)
class Line:
    """One fact on a timeline, as `macros/case.html` draws it."""

    icon: str
    tone: str
    text: str
    detail: str
    actor: str
    occurred_on: date
    recorded_at: datetime
    position: int
    href: str
    struck: bool = False
    changed_by: str = ""


class Look(NamedTuple):
    """Icon and tone of a fact."""

    icon: str = "edit"
    tone: str = ""


def timeline(
    history: Sequence[Recorded],
    place: str,
    *,
    look: Callable[[Event], Look],
    say: Callable[[Recorded], tuple[str, str]],
    staff: Callable[[str], str],
) -> list[tuple[date, list[Line]]]:
    """Put facts by the day they became known, newest first; imported ones by their own day.

    What was corrected or voided stays, struck, with the way to its correction (S-17).
    """
    changes = changed_by(history)
    days: dict[date, list[Line]] = {}
    for one in reversed(history):
        text, detail = say(one)
        change = changes.get(one.version)
        icon, tone = look(one.event)
        line = Line(
            icon=icon,
            tone=tone,
            text=text,
            detail=detail,
            actor=acted(one, staff),
            occurred_on=one.occurred_on,
            recorded_at=one.recorded_at,
            position=one.position,
            href=f"{place}/events/{one.version}",
            struck=change is not None,
            changed_by=f"{place}/events/{change}" if change else "",
        )
        known = one.occurred_on if one.event.source else dates.local(one.recorded_at).date()
        days.setdefault(known, []).append(line)
    return sorted(days.items(), reverse=True)


def acted(one: Recorded, staff: Callable[[str], str]) -> str:
    """Name who recorded a fact; who stood in for somebody is named with the absent one (F-80)."""
    if not one.on_behalf:
        return staff(one.actor)
    return texts.say(N_("{actor} 代 {absent}"), actor=staff(one.actor), absent=staff(one.on_behalf))


def changed_by(history: Sequence[Recorded]) -> dict[int, int]:
    """Say for each fact that was corrected or voided which later fact did it."""
    return {
        one.event.version: one.version
        for one in history
        if isinstance(one.event, Correction | Voiding)
    }
