"""The outbox 消息: a row a message with what became of it; nothing in it names a person (F-51)."""

from collections.abc import Iterable

from domain.kernel import Recorded
from domain.message import Message
from domain.message.facts import Queued
from projections.folding import Case, Follower, Put
from projections.tables import Row, Table

NAME = 'text COLLATE "C" NOT NULL'
MESSAGES = Table(
    "messages",
    {
        "message": NAME,
        "case_id": NAME,
        "person": NAME,
        "station": NAME,
        "account": NAME,
        "channel": NAME,
        "occasion": NAME,
        "state": NAME,
        "reason": NAME,
        "adapter": NAME,
        "attempts": "integer NOT NULL",
        "settled": NAME,
        "retry_of": NAME,
        "repeated_as": NAME,
        "queued_at": "timestamptz NOT NULL",
        "queued_position": "bigint NOT NULL",
        "next_at": "timestamptz NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    keys=1,
    indexes=(
        "(case_id)",
        "(station, queued_position)",
        "(next_at) WHERE state = 'queued'",
        "(changed_at) WHERE state = 'handed_over'",
        "(account) WHERE state IN ('failed', 'unknown', 'handed_over')",
    ),
)


class OutboxView:
    """The rows behind the outbox, the panel of a case and the sender."""

    name = "outbox"
    version = "1"
    tables = (MESSAGES,)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow messages."""
        return _Followed() if kind == "message" else None


class _Followed:
    """One message: who asked for it stands in the first fact's envelope."""

    def __init__(self) -> None:
        self._begun: Recorded | None = None

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Give the row as it stands after a fact."""
        if isinstance(recorded.event, Queued):
            self._begun = recorded
        if self._begun is not None:
            yield MESSAGES, _row(case.stream, case.state, self._begun, recorded)


def _row(stream: str, state: Message, begun: Recorded, last: Recorded) -> Row:
    return (
        stream,
        state.case,
        state.recipient,
        begun.station,
        begun.actor,
        state.channel,
        state.occasion,
        state.standing,
        state.reason,
        state.adapter,
        state.attempts,
        state.settled,
        state.retry_of,
        state.repeated_as,
        begun.recorded_at,
        begun.position,
        state.next_at or begun.recorded_at,
        last.recorded_at,
    )
