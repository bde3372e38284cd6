"""Facts of a message 消息: who was to be told what, and what became of it (F-51).

The recipient's number or address and the text are sealed under the recipient's own key. A message
is sent only when a receipt says so: handed over is not delivered.
"""

from datetime import datetime

from domain.kernel import Event, Sealed


class Queued(Event, frozen=True, kw_only=True):
    """待发: somebody asked for a message; `not_before` is after the quiet hours.

    `template` names wording and version, `about` what of the case it is about, `retry_of` the
    message that it repeats.
    """

    TOPIC = "message.queued"

    case: str
    recipient: str
    channel: str
    occasion: str
    template: str
    language: str
    address: Sealed
    text: Sealed
    not_before: datetime
    about: str = ""
    retry_of: str = ""


class Repeated(Event, frozen=True, kw_only=True):
    """已重发: a person asked for it again; the new message goes its own way."""

    TOPIC = "message.repeated"

    message: str


class Deferred(Event, frozen=True, kw_only=True):
    """稍后再试: the channel certainly did not take it, for a reason that passes."""

    TOPIC = "message.deferred"

    attempt: int
    reason: str
    retry_at: datetime


class HandedOver(Event, frozen=True, kw_only=True):
    """已交通道: the channel took it and gave a reference; nobody has told of its arrival."""

    TOPIC = "message.handed_over"

    attempt: int
    adapter: str
    reference: str = ""


class WrittenDown(Event, frozen=True, kw_only=True):
    """演练: no channel is configured; the message stands in the file and nobody was told."""

    TOPIC = "message.written_down"

    attempt: int


class OutcomeUnknown(Event, frozen=True, kw_only=True):
    """结果不明: it may have been handed over or not, and the channel cannot say."""

    TOPIC = "message.outcome_unknown"

    attempt: int
    adapter: str
    reason: str


class Delivered(Event, frozen=True, kw_only=True):
    """已送达: the channel's receipt says that it arrived; `receipt` is the channel's own number."""

    TOPIC = "message.delivered"

    receipt: str = ""


class Failed(Event, frozen=True, kw_only=True):
    """失败: it was not delivered and will not be; `detail` is the channel's own code."""

    TOPIC = "message.failed"

    reason: str
    detail: str = ""


class Withdrawn(Event, frozen=True, kw_only=True):
    """撤回: taken back before any channel had it."""

    TOPIC = "message.withdrawn"


class Settled(Event, frozen=True, kw_only=True):
    """另行告知: the person was told otherwise, or need not be told any more."""

    TOPIC = "message.settled"

    how: str
