"""What every service about disputes shares: one decision asked of one case, and the outside."""

from collections.abc import Callable
from typing import Concatenate, NamedTuple, ParamSpec

from application.store import Done, Part, Stamp, Store
from domain.calendar import WorkCalendar, shipped
from domain.dispute import DisputeCase
from domain.kernel import Event
from domain.settings import Settings

P = ParamSpec("P")


def _nothing(_case: str) -> str:
    return ""


def _fit(_account: str, _case: str) -> str:
    return ""


def _county(_station: str) -> str:
    return "鹤"


class Outside(NamedTuple):
    """What decisions need from outside the case; wiring hands it over.

    `county` gives the short name of a station's county for the case number; `unfit` why an
    account may not mediate a case (D-03); `open_twin` and `awarded` the number of a case about
    the same (D-12); `mediating` another case that still mediates the same claims (D-13).
    """

    calendar: Callable[[], WorkCalendar] = shipped
    settings: Callable[[], Settings] = Settings
    county: Callable[[str], str] = _county
    unfit: Callable[[str, str], str] = _fit
    open_twin: Callable[[str], str] = _nothing
    awarded: Callable[[str], str] = _nothing
    mediating: Callable[[str], str] = _nothing


class Desk:
    """A service about disputes."""

    def __init__(self, store: Store, outside: Outside | None = None) -> None:
        """Take the door to the log, and what stands outside a case."""
        self._store, self._outside = store, outside or Outside()

    def _take(
        self,
        case: str,
        stamp: Stamp,
        right: str,
        decision: Callable[Concatenate[DisputeCase, P], list[Event]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """Ask one decision of one case."""
        return self._store.decide(
            stamp,
            Part(
                DisputeCase,
                case,
                lambda dispute: decision(dispute.named(case), *args, **kwargs),
                right,
            ),
        )

    def _setting(self, code: str, stamp: Stamp) -> int:
        return self._outside.settings().value(code, stamp.occurred_on)


def intake_number(stamp: Stamp) -> str:
    """Make an intake number 来件编号 of the day and the command; the same when it is sent again."""
    return f"LJ-{stamp.occurred_on:%Y%m%d}-{stamp.command_id.replace('-', '')[-8:].upper()}"


def case_number(county: str, year: int, serial: int) -> str:
    """Write a case number, as in 鹤劳调〔2026〕0159号 (domain.md 9.3)."""
    return f"{county}劳调〔{year}〕{serial:04d}号"
