"""Messages of the demo: no channel is configured, so that nobody is told; and what became of each.

One is written down, one was taken back, one is not wanted by its person any more and failed.
"""

import uuid
from collections.abc import Iterator

from application.messages.service import Wanted
from application.store import Done, Stamp
from domain.dispute import DisputeCase
from domain.seeker import SeekerCase
from yizhan.demo.papers import GARMENT
from yizhan.demo.places import STANDS, Places
from yizhan.demo.script import NAMESPACE, Script
from yizhan.wiring import Office

CALLED = 3  # seekers of the caseworker who are told something


def tell(office: Office, script: Script, places: Places) -> None:
    """Ask for the messages, and let the sender take what may go."""
    service, label = office.messaging.messages, "caseworker"
    numbers = iter(range(1_000))

    def stamp(who: str) -> Stamp:
        command = str(uuid.uuid5(NAMESPACE, f"message {next(numbers)}"))
        return Stamp(places.who(who), command, STANDS.date())

    queued: list[Done] = []
    seekers = list(_seekers(office, script, places))
    for case, state in seekers:
        values = service.suggested(case, state, "follow_up_due", "") | {"date": "2026-04-24"}
        wanted = Wanted(case, state.person, "sms", "follow_up_due", values=values)
        queued.append(service.queue(wanted, stamp=stamp(label)))
    garment = office.store.load(DisputeCase, GARMENT)
    everybody = service.recipients(GARMENT, garment)
    values = service.suggested(GARMENT, garment, "document_ready", "")
    invited = Wanted(GARMENT, everybody[0].person, "sms", "document_ready", values=values)
    queued.append(service.queue(invited, stamp=stamp("mediator")))
    second, third = (_message(done) for done in queued[1:3])
    case, state = seekers[1]
    service.keep_reach(case, state.person, email=None, declined=["sms"], stamp=stamp(label))
    service.withdraw(third, stamp=stamp(label))
    for done in queued:
        office.messaging.sender.send(_message(done), places.who(label).station)
    service.settle(second, how="phone", stamp=stamp(label))


def _seekers(office: Office, script: Script, places: Places) -> Iterator[tuple[str, SeekerCase]]:
    """Give the latest open cases of the caseworker."""
    account, found = places.who("caseworker").account, 0
    for case in sorted(script.cases("seeker"), reverse=True):
        state = office.store.load(SeekerCase, case)
        if account in state.officers and state.standing != "CLOSED":
            yield case, state
            found += 1
        if found == CALLED:
            return


def _message(done: Done) -> str:
    return next(one for one in done.streams if one.startswith("message-"))
