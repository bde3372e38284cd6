"""One reading of a dispute: what is shown, of whom, and how its facts are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from starlette.requests import Request

from application.people.views import PersonView
from domain.dispute import DisputeCase
from domain.dispute.rooms import MARK, number_of
from domain.kernel import N_, Recorded
from web import dates, fact_tell, texts
from web.access import parts
from web.case_page import Shown, readers, shown
from web.disputes import words
from web.fact_tell import Names

FEW = 3  # more facts of one kind in one command are told in one line


@dataclass(frozen=True)
class Reading:
    """One reading of a case: what is shown, of whom, and how facts are told."""

    request: Request
    shown: Shown
    people: Mapping[str, PersonView]
    opened: Mapping[int, object]

    def name(self, stream: str) -> str:
        """Give the name of a party, or of a room."""
        if MARK in stream:
            return texts.say(N_("{no} 号调解室"), no=number_of(stream))
        if view := self.people.get(stream):
            return view.name or view.last4
        if stream.startswith("employer"):
            return parts(self.request).directory.employer(stream)
        return stream

    @property
    def names(self) -> Names:
        """Say who ids stand for."""
        directory = parts(self.request).directory
        return Names(directory.staff, directory.station, directory.employer, self.name)

    def say(self, one: Recorded) -> tuple[str, str]:
        """Say a fact: its name, and what it holds."""
        name = words.TELLER.name(one.event)
        if (alike := self.alike.get(one.version, 1)) > FEW:
            return name, texts.say(N_("一次登记 {n} 条"), n=alike)
        return name, words.tell(one.event, self.names, self.opened)

    @cached_property
    def alike(self) -> Mapping[int, int]:
        """Count the facts of one kind in one command, by the version of the last one."""
        runs: dict[tuple[str, str], list[int]] = {}
        for one in self.shown.history:
            runs.setdefault((one.command_id, one.event.TOPIC), []).append(one.version)
        return {versions[-1]: len(versions) for versions in runs.values()}

    @property
    def gathered(self) -> list[Recorded]:
        """The history for the eye: a wage table of 300 lines is one line."""
        few = {
            (one.command_id, one.event.TOPIC)
            for one in self.shown.history
            if self.alike.get(one.version, 0) > FEW
        }
        return [
            one
            for one in self.shown.history
            if (one.command_id, one.event.TOPIC) not in few or one.version in self.alike
        ]


def reading(request: Request, case: str) -> Reading:
    """Read a case for its page."""
    found = shown(request, DisputeCase, case, field_class="dispute")
    own = parts(request)
    persons = [*found.state.workers, *filter(None, [found.state.applicant])]
    people = own.people.names(persons, full=lambda _one: found.full, on=own.today())
    opened: Mapping[int, object] = {}
    if found.full:
        opened = fact_tell.opened_by(found.history, readers(request).opened)
    return Reading(request, found, people, opened)


def day_of(request: Request, found: Shown) -> date:
    """Give the day on which time limits are read: today, or the day that is replayed."""
    if found.past.now:
        return parts(request).today()
    return found.past.day or dates.local(found.history[-1].recorded_at).date()
