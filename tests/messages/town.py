"""A town with a gateway that remembers what it was given, and a sender over it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from application.messages.adapters import Accepted, Answer, Parcel, Told
from application.messages.claims import Claims
from application.messages.sender import Outside, Sender
from application.messages.service import Wanted
from domain.kernel import Recorded
from domain.message import Message
from projections.outbox_reader import Line
from tests.caseload.town import Town

ON_FILE = "13800138000"


class Killed(BaseException):
    """The process is gone at this very place."""


class Gateway:
    """A gateway that honours ids: it counts what it was given, and says what it has."""

    name = "gateway"

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.given: list[Parcel] = []
        self.texts: dict[str, int] = {}  # what phones really showed, by the id of the message
        self.told: dict[str, Told] = {}
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], Answer | None] = lambda: None
        self.silent = False

    def hand_over(self, parcel: Parcel) -> Answer:
        self.before()
        self.given.append(parcel)
        self.texts[parcel.id] = 1
        return self.after() or Accepted(f"G-{len(self.given)}")

    def ask(self, message: str) -> Told | None:
        if self.silent:
            return None
        known = message in self.texts
        return self.told.get(message, Told(known=known, reference="G-asked" if known else ""))


class Post:
    """The town, and what its people are told."""

    def __init__(self, town: Town) -> None:
        self.town, self.office = town, town.office
        rows = {kind: self._case(label, kind) for label, kind in
                (("caseworker", "seeker"), ("mediator", "dispute"))}  # fmt: skip
        self.seeker, self.dispute = rows["seeker"], rows["dispute"]
        self.person = self._person()

    def _case(self, label: str, kind: str) -> str:
        page = self.town.at(label).see(f"/cases?kind={kind}")
        return page.split(f'data-row="/{kind}s/')[1].split('"')[0]

    def _person(self) -> str:
        found = self.office.messaging.messages.recipients(self.seeker, self.state(self.seeker))
        return found[0].person

    def state(self, case: str) -> Any:
        kind = self.town.parts.desks["seekers" if case.startswith("seeker") else "disputes"]
        return self.office.store.load(kind.aggregate, case)

    def wanted(self, **changes: Any) -> Wanted:
        values = {"text": "请带身份证来一趟。", "station": "鹤城镇驿站", "phone": "0750-8888888"}
        asked = {"case": self.seeker, "recipient": self.person, "channel": "sms",
                 "occasion": "free", "values": values}  # fmt: skip
        return Wanted(**(asked | changes))

    def queue(self, label: str = "caseworker", **changes: Any) -> str:
        """Queue a message to the seeker and wait until the wall shows it; give its stream."""
        done = self.office.messaging.messages.queue(
            self.wanted(**changes), stamp=self.town.stamp(label)
        )
        self.town.settle()
        return next(one for one in done.streams if one.startswith("message-"))

    def sender(self, adapter: Any) -> Sender:
        """Give a sender of a process of its own, with one adapter for both channels."""
        office = self.office
        outside = Outside(
            now=office.clock.now,
            settings=office.settings.settings,
            opened=office.vault.open_many,
            due=office.messaging.outbox.due,
            unanswered=office.messaging.outbox.unanswered,
        )
        claims = Claims(office.installation.pools.writer)
        return Sender(office.store, claims, {"sms": adapter, "email": adapter}, outside)

    def look(self, adapter: Any) -> int:
        """Let a fresh process take everything that is due."""
        taken = self.sender(adapter).look()
        self.town.settle()
        return taken

    def lease_ends(self) -> None:
        """Let the time of every claim be over."""
        with self.office.installation.pools.writer.connection() as conn:
            conn.execute("UPDATE office.message_claims SET lease_until = '-infinity'")

    def claims(self, message: str) -> int:
        with self.office.installation.pools.writer.connection() as conn:
            row = conn.execute(
                "SELECT count(*) FROM office.message_claims WHERE message = %s", [message]
            ).fetchone()
        return int(row[0]) if row else 0

    def message(self, message: str) -> Message:
        return self.office.store.load(Message, message)

    def line(self, message: str) -> Line:
        found = self.office.messaging.outbox.one(message)
        assert found is not None
        return found

    def facts(self, message: str) -> list[str]:
        history: list[Recorded] = self.office.reader.history(message)
        return [one.event.TOPIC.partition(".")[2] for one in history]

    def at(self, hour: int, minute: int = 0, *, day: int = 16) -> None:
        """Let it be another hour of April 2026."""
        stands = self.office.clock.now().replace(day=day, hour=hour, minute=minute)
        self.town.travel(datetime.fromisoformat(stands.isoformat()))


def fresh() -> str:
    """Give an id that nobody has used."""
    return str(uuid.uuid4())
