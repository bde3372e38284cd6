"""The sender 发送: hands queued messages over, each at most once a try, and writes what came of it.

The order is claim, hand-over, fact. A process that dies between the last two leaves a claim whose
lease runs out; whoever finds it asks the channel by the message's id and sends again only what the
channel says it does not have. What nobody can know becomes a fact too, and a person decides.
"""

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from application.lookout import Lookout
from application.messages.adapters import (
    Accepted,
    Adapter,
    Answer,
    Parcel,
    Rejected,
    Told,
    Uncertain,
    Written,
)
from application.messages.claims import Claims
from application.store import Clash, Part, Stamp, Store, Unavailable, Who
from domain.kernel import Event, Refused, Sealed
from domain.message import HANDED, QUEUED, Message
from domain.message.quiet import allowed_at
from domain.person import Person
from domain.settings import Settings

LOOK = 2.0  # seconds between two looks at the queue
MOST = 100  # messages of one look
AT_ONCE = 4  # hand-overs at the same time
BACK_OFF = timedelta(minutes=1)  # doubled at every try
ASK_AGAIN = 30.0  # seconds until a channel that could not be asked is asked again
POLL = 60.0  # seconds between two rounds of asking for receipts
MOST_ASKED = 10  # times a channel is asked for what may have been handed over
ACTOR = "outbox"
NAMESPACE = uuid.UUID("7f5a5f0e-2c55-5d0f-9a39-6c1e3f0c55e1")

_log = logging.getLogger(__name__)


def command_of(message: str, what: str) -> str:
    """Name the command of one step of a message; the same when it is taken twice."""
    return str(uuid.uuid5(NAMESPACE, f"{message}/{what}"))


def stamp_of(message: str, what: str, station: str, now: datetime) -> Stamp:
    """Say who records a step: the machine, for the station of the message."""
    return Stamp(Who(ACTOR, station), command_of(message, what), now.date())


@dataclass(frozen=True)
class Outside:
    """What the sender needs from elsewhere.

    `due` lists queued messages (stream, station) whose time has come, `unanswered` those that a
    channel has and no receipt is known of; `opened` opens sealed values.
    """

    now: Callable[[], datetime]
    settings: Callable[[], Settings]
    opened: Callable[[Sequence[Sealed]], Sequence[object]]
    due: Callable[[datetime, int], Sequence[tuple[str, str]]]
    unanswered: Callable[[datetime, int], Sequence[tuple[str, str]]]


class Sender:
    """The loop of one process; claims keep several from handing one message over twice."""

    def __init__(
        self, store: Store, claims: Claims, adapters: Mapping[str, Adapter], outside: Outside
    ) -> None:
        """Take the log, the claims, an adapter for each channel, and what stands elsewhere."""
        self._store, self._claims = store, claims
        self.adapters, self._outside = adapters, outside
        self._polled_at = -POLL
        self._lookout = Lookout("outbox", LOOK, self._round)

    def start(self) -> None:
        """Send in a thread of its own until `stop`."""
        self._lookout.start()

    def stop(self) -> None:
        """End after the hand-overs at hand."""
        self._lookout.stop()

    def _round(self) -> None:
        self.look()
        self.poll()

    def look(self) -> int:
        """Take everything whose time has come, a few at once; give how many were taken."""
        now = self._outside.now()
        if self._quiet_until(now) > now:
            return 0
        due = self._outside.due(now, MOST)
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="handing") as hands:
            return sum(hands.map(lambda one: self._safely(*one), due))

    def poll(self) -> int:
        """Ask the channels that can be asked for receipts; give how many were told."""
        if monotonic() - self._polled_at < POLL:
            return 0
        told, self._polled_at = 0, monotonic()
        for message, station in self._outside.unanswered(self._outside.now(), MOST):
            state = self._store.load(Message, message)
            adapter = self.adapters[state.channel]
            mine = state.standing == HANDED and adapter.name == state.adapter
            if not mine or self._lookout.ending:
                continue
            answer = adapter.ask(message_id(message))
            if answer is not None and answer.delivered is not None:
                told += self._received(message, station, answer)
        return told

    def _safely(self, message: str, station: str) -> int:
        try:
            return self.send(message, station)
        except (Refused, Clash, Unavailable) as error:
            # Whoever was faster, or a log that is tired: the next look sees how it stands.
            _log.warning("Message %s: %s", message, type(error).__name__)
            return 0

    def send(self, message: str, station: str) -> int:
        """Take one try of a message: claim it, hand it over, write what came of it."""
        state = self._store.load(Message, message)
        if state.standing != QUEUED or self._lookout.ending:
            return 0
        attempt = state.attempts + 1
        claim = self._claims.take(message, attempt)
        if claim is None:
            return 0
        # Another sender may have done this very try between the look and the claim.
        state = self._store.load(Message, message)
        if state.standing != QUEUED or state.attempts + 1 != attempt:
            self._claims.drop(message, attempt)
            return 0
        adapter = self.adapters[state.channel]
        if not claim.fresh and not self._cleared(message, station, attempt, claim.asked, adapter):
            return 1
        parcel = self._parcel(message, station, state)
        if parcel is None:
            self._claims.drop(message, attempt)
            return 1
        self._write(message, station, attempt, adapter, adapter.hand_over(parcel))
        return 1

    def _cleared(
        self, message: str, station: str, attempt: int, asked: int, adapter: Adapter
    ) -> bool:
        """Ask for what may have been handed over; True when the channel says it has nothing."""
        told = adapter.ask(message_id(message)) if adapter.answers else None
        if told is not None and not told.known and asked <= 1:
            return True
        if told is not None and not told.known:
            # Twice over and twice lost: the channel is ill, and is left alone for a while.
            lost = Rejected("broken_answer", passing=True)
            self._write(message, station, attempt, adapter, lost)
            return False
        if told is not None:
            self._write(message, station, attempt, adapter, Accepted(told.reference))
            if told.delivered is not None:
                self._received(message, station, told)
        elif adapter.answers and asked < MOST_ASKED:
            self._claims.wait(message, attempt, ASK_AGAIN)
        else:
            self._record(
                message,
                station,
                f"{attempt}/unknown",
                lambda m: m.lose_sight(attempt=attempt, adapter=adapter.name, reason="timeout"),
            )
            self._claims.drop(message, attempt)
        return False

    def _parcel(self, message: str, station: str, state: Message) -> Parcel | None:
        """Open what goes out; None, and a fact, when the person may not be told any more."""
        sealed = [one for one in (state.address, state.text) if one]
        address, text = self._outside.opened(sealed)
        person = self._store.load(Person, state.recipient)
        if not isinstance(address, str) or not isinstance(text, dict):
            reason = "erased"
        elif state.channel in person.declined:
            reason = "refused_meanwhile"
        else:
            subject, body = str(text["subject"]), str(text["body"])
            return Parcel(message_id(message), state.channel, address, subject, body)
        self._record(message, station, "stopped", lambda m: m.fail(reason=reason))
        return None

    def _write(
        self, message: str, station: str, attempt: int, adapter: Adapter, answer: Answer
    ) -> None:
        """Write what came of a hand-over; an uncertain one is asked for at the next look."""
        if isinstance(answer, Uncertain):
            self._claims.wait(message, attempt, 0.0)
            _log.warning("Message %s: %s", message, answer.reason)
            return

        def decision(state: Message) -> list[Event]:
            match answer:
                case Accepted(reference=reference):
                    return state.hand_over(
                        attempt=attempt, adapter=adapter.name, reference=reference
                    )
                case Written():
                    return state.write_down(attempt=attempt)
                case _:
                    return self._rejected(state, attempt, answer)

        self._record(message, station, f"{attempt}/over", decision)
        self._claims.drop(message, attempt)

    def _rejected(self, state: Message, attempt: int, answer: Rejected) -> list[Event]:
        """Wait and try again, or give up: for good, or after as many tries as the place allows."""
        now = self._outside.now()
        tries = self._outside.settings().value("message_tries", now.date())
        if not answer.passing:
            return state.fail(reason=answer.reason, detail=answer.detail)
        if attempt >= tries:
            return state.fail(reason="too_many_tries", detail=answer.detail)
        retry_at = self._quiet_until(now + BACK_OFF * 2 ** (attempt - 1))
        return state.defer(attempt=attempt, reason=answer.reason, retry_at=retry_at)

    def _received(self, message: str, station: str, told: Told) -> int:
        def decision(state: Message) -> list[Event]:
            if told.delivered:
                return state.deliver(receipt=told.reference)
            return state.deny(detail=told.detail)

        what = "delivered" if told.delivered else "denied"
        return int(self._record(message, station, what, decision))

    def _record(
        self, message: str, station: str, what: str, decision: Callable[[Message], list[Event]]
    ) -> bool:
        stamp = stamp_of(message, what, station, self._outside.now())
        return bool(self._store.decide(stamp, Part(Message, message, decision)).position)

    def _quiet_until(self, moment: datetime) -> datetime:
        settings = self._outside.settings()
        return allowed_at(
            moment,
            from_hour=settings.value("message_quiet_from", moment.date()),
            until_hour=settings.value("message_quiet_until", moment.date()),
        )


def message_id(message: str) -> str:
    """Give the id that a channel knows a message by: without the word of its kind."""
    return message.partition("-")[2]
