"""Text messages by a gateway 短信网关: a JSON POST with a signed id, and a question by that id.

The contract that an operator's gateway keeps (docs/operating.md): POST {id, to, text} answers 2xx
with {"reference": ...}, 409 with the same when it has the id already; GET ?id= answers
{"known": false} or {"known": true, "reference": ..., "status": accepted, delivered or failed}.
Redirects are not followed. What the answer says of reasons is kept as a short code, never as text.
"""

import json
import re
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from application.messages.adapters import Accepted, Answer, Parcel, Rejected, Told, Uncertain
from application.messages.signing import HEADER, sign
from application.outgoing import Broken, Unreached, call, path_of

PATIENCE = 10.0  # seconds for a whole call
BUSY = frozenset({429, 503})
WRONG = frozenset({400, 410, 413, 422})  # it will say the same to the same message
_CODE = re.compile(r"[A-Za-z0-9._:-]{1,60}", re.ASCII)


class GatewaySms:
    """The gateway of an operator; the address was checked when it was configured."""

    name = "gateway"

    def __init__(self, url: str, secret: bytes, *, status_url: str = "") -> None:
        """Take where to POST, the shared secret, and where to ask (empty: it cannot be asked)."""
        self._url, self._status = urlsplit(url), urlsplit(status_url) if status_url else None
        self._secret = secret

    @property
    def answers(self) -> bool:
        """Say whether the gateway can be asked by the id of a message."""
        return self._status is not None

    def hand_over(self, parcel: Parcel) -> Answer:
        """POST once; what broke before the request left is certain, what broke later is not."""
        body = json.dumps(
            {"id": parcel.id, "to": parcel.address, "text": parcel.body}, ensure_ascii=False
        ).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": parcel.id,
            HEADER: sign(self._secret, body, at=int(time.time())),
        }
        try:
            answer = call(self._url, path_of(self._url), body, headers, seconds=PATIENCE)
        except Unreached:
            return Rejected("unreachable", passing=True)
        except Broken:
            return Uncertain("timeout")
        return _understood(answer.status, _read(answer.body))

    def ask(self, message: str) -> Told | None:
        """Ask what the gateway knows of a message; None when it does not say."""
        if self._status is None:
            return None
        query = urlencode({"id": message})
        path = f"{path_of(self._status)}{'&' if self._status.query else '?'}{query}"
        headers = {HEADER: sign(self._secret, path.encode(), at=int(time.time()))}
        try:
            said = _read(call(self._status, path, None, headers, seconds=PATIENCE).body)
        except (Unreached, Broken):
            return None
        # Only the gateway's own word counts: a bare 404 may be a wrong address.
        if said is None or not isinstance(said.get("known"), bool):
            return None
        if not said["known"]:
            return Told(known=False)
        status = said.get("status")
        arrived = {"delivered": True, "failed": False}.get(status) if status else None
        return Told(
            known=True,
            reference=code(said.get("reference")),
            delivered=arrived,
            detail=code(said.get("code")),
        )


def code(value: object) -> str:
    """Keep a code or number of a gateway; anything longer or with other signs is left out."""
    text = str(value) if isinstance(value, str | int) else ""
    return text if _CODE.fullmatch(text) else ""


def _understood(status: int, said: dict[str, Any] | None) -> Answer:
    """Say what an answer makes certain."""
    reference = code(said.get("reference")) if said else ""
    detail = code(said.get("code")) if said else ""
    if (200 <= status < 300 or status == 409) and reference:
        return Accepted(reference)
    if status in WRONG:
        reason = "no_such_number" if said and said.get("reason") == "no_such_number" else "refused"
        return Rejected(reason, passing=False, detail=detail or str(status))
    if status in BUSY:
        return Rejected("busy", passing=True, detail=str(status))
    if 300 <= status < 500 and status != 409:
        return Rejected("refused", passing=True, detail=str(status))
    return Uncertain("broken_answer")


def _read(body: bytes) -> dict[str, Any] | None:
    """Read a JSON object; None for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
