"""What every service about seekers shares: one decision asked of one case, and the outside."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Concatenate, NamedTuple, ParamSpec

from application.certifying.register import Asking
from application.store import Done, Part, Stamp, Store, Who
from domain.kernel import N_, Event, Refused
from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED, Criteria
from domain.settings import Settings

P = ParamSpec("P")


class Outside(NamedTuple):
    """What decisions need from outside the case; wiring hands it over.

    `birth` opens a person's day of birth (None: unknown), `open_case` gives the open case of the
    same ID number or '' (S-02), `county` the six-digit district of a station (domain.md 9.3),
    `criteria` the versions of the criteria of hardship (F-30), `register` the register that tells
    about an application (F-47), `id_number` a person's number or '', `sent` notes in the read log
    that it was sent to one.
    """

    today: Callable[[], date]
    settings: Callable[[], Settings]
    birth: Callable[[str], date | None]
    open_case: Callable[[str], str]
    county: Callable[[str], str]
    criteria: Callable[[], Sequence[Criteria]] = lambda: SHIPPED
    register: Callable[[SeekerCase, int], Asking | None] = lambda _case, _hardship: None
    id_number: Callable[[str], str] = lambda _person: ""
    sent: Callable[[Who, str], None] = lambda _who, _case: None


class Desk:
    """A service about seekers."""

    def __init__(self, store: Store, outside: Outside) -> None:
        """Take the door to the log, and what stands outside a case."""
        self._store, self._outside = store, outside

    def _take(
        self,
        case: str,
        stamp: Stamp,
        right: str,
        decision: Callable[Concatenate[SeekerCase, P], list[Event]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """Ask one decision of one case."""
        part = Part(SeekerCase, case, lambda seeker: decision(seeker, *args, **kwargs), right)
        return self._store.decide(stamp, part)

    def _setting(self, code: str, stamp: Stamp) -> int:
        return self._outside.settings().value(code, stamp.occurred_on)

    def _birth(self, person: str) -> date:
        """Give a person's day of birth, or ask for it: age decides on rights (S-01, S-05, S-11)."""
        birth = self._outside.birth(person)
        if birth is None:
            raise Refused(
                rule="S-01", text=N_("此人的出生日期未登记，请先补充个人档案。"), field="birth"
            )
        return birth

    def _birth_of_case(self, case: str) -> date:
        return self._birth(self._store.load(SeekerCase, case).person)


def over(stamp: Stamp, right: str = "seeker.edit") -> str:
    """Give the right that a command takes: a reason to pass a rule is a station manager's."""
    return "override" if stamp.override else right
