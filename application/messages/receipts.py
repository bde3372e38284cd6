"""Receipts 回执 that a gateway posts: genuine or refused, and taken once however often they come.

The body is {"id": ..., "status": "delivered" or "failed", "receipt": ..., "code": ...}. A copy of
an old request is stopped by its moment, and inside that window by the command id, which follows
from what the receipt says.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from application.messages.gateway import code
from application.messages.sender import stamp_of
from application.messages.signing import genuine
from application.store import Part, Store
from domain.kernel import Event, Recorded, Refused
from domain.message import Message

MOST = 4_096  # bytes of a receipt
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class Receipts:
    """Takes receipts into the log."""

    def __init__(
        self,
        store: Store,
        history: Callable[[str], Sequence[Recorded]],
        *,
        secret: bytes,
        now: Callable[[], datetime],
    ) -> None:
        """Take the log, the shared secret (empty: none are taken), and the office's clock."""
        self._store, self._history, self._secret, self._now = store, history, secret, now

    def take(self, body: bytes, signature: str, *, at: float) -> int:
        """Take a receipt and give the status of the answer; `at` is the real moment.

        401 not genuine, 400 not readable, 404 no such message, 409 it cannot have one, 200 taken.
        """
        if not genuine(self._secret, body, signature, now=at):
            return 401
        said = _read(body)
        if said is None:
            return 400
        message = f"message-{said['id']}"
        history = self._history(message)
        if not history:
            return 404
        receipt, detail = code(said.get("receipt")), code(said.get("code"))

        def decision(state: Message) -> list[Event]:
            if said["status"] == "delivered":
                return state.deliver(receipt=receipt)
            return state.deny(detail=detail)

        what = f"receipt/{said['status']}/{receipt}/{detail}"
        stamp = stamp_of(message, what, history[0].station, self._now())
        try:
            self._store.decide(stamp, Part(Message, message, decision))
        except Refused:
            return 409
        return 200


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("status") not in {"delivered", "failed"}:
        return None
    return said if isinstance(said.get("id"), str) and _ID.fullmatch(said["id"]) else None
