"""What passes between the Mapper, the Recorder and the library: rows, envelopes, metadata."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent

from domain.kernel import Event, Recorded


class Meta(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who recorded a fact (for whom), with which command, and when it happened.

    `more` is written by `log.append`: more facts of the command follow in the stream.
    """

    command_id: str
    actor: str
    station: str
    occurred_on: date
    on_behalf: str = ""
    more: bool = False


class Pending(NamedTuple):
    """A fact on the way in, in the shape that the library calls a domain event."""

    originator_id: str
    originator_version: int
    fact: Event


class Loaded(NamedTuple):
    """A fact on the way out, in the shape that the library calls a domain event."""

    originator_id: str
    originator_version: int
    recorded: Recorded


NEVER = datetime.min.replace(tzinfo=UTC)

# Stream, version, topic, state, metadata, position, recorded_at: what a reader's page selects.
Columns = tuple[str, int, str, bytes, str, int, datetime]


@dataclass(frozen=True)
class Row(StoredEvent):
    """A stored fact with what the library's own row drops: id, metadata, position, time."""

    event_id: UUID
    metadata: str = ""
    position: int = 0
    recorded_at: datetime = NEVER

    @property
    def columns(self) -> Columns:
        """Give what a reader's page would have given."""
        return (
            str(self.originator_id),
            self.originator_version,
            self.topic,
            self.state,
            self.metadata,
            self.position,
            self.recorded_at,
        )
