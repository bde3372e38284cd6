"""What the pages of messages need; `yizhan/messages.py` puts it into `extra["messages"]`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request

from application.messages.receipts import Receipts
from application.messages.service import Messages
from application.messages.wordings import WordingBook
from projections.outbox_reader import OutboxReader
from web.access import parts
from web.case_page import readers


@dataclass(frozen=True)
class MessageParts:
    """The service and the readers of these pages; `adapters` names the way out of each channel."""

    messages: Messages
    outbox: OutboxReader
    wordings: WordingBook
    receipts: Receipts
    adapters: Mapping[str, str]


def messages(request: Request) -> MessageParts:
    """Give the parts of the pages of messages."""
    found: MessageParts = parts(request).extra["messages"]
    return found


def has_messages(request: Request) -> bool:
    """Whether this site sends messages at all."""
    return "messages" in parts(request).extra


def late(request: Request) -> datetime:
    """Give the moment before which a hand-over should have had its receipt by now."""
    own = parts(request)
    hours = readers(request).settings().value("message_receipt_hours", own.today())
    return own.now() - timedelta(hours=hours)
