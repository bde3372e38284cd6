"""A register behind a web address 登记库接口: one question, one small JSON answer, little patience.

`POST` with `{"id_number", "criterion", "on"}`; the answer is a JSON object with `answer` (met,
not_met or unknown), `criterion`, and where there are such `reference`, `as_of`, `valid_from` and
`valid_to`. The number travels in the body only, over TLS or on this machine. No redirect is
followed. Whatever is not such an answer is a register that did not answer.
"""

import http.client
import json
import logging
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from application.certifying.register import Answer, unavailable
from application.outgoing import (
    MOST_BYTES,
    Broken,
    Unreached,
    call,
    check_address,
    path_of,
)

SECONDS = 5.0  # for the whole question, however slowly the answer drips
MOST_TEXT = 200
SAID = frozenset({"met", "not_met", "unknown"})
_log = logging.getLogger(__name__)


class Service:
    """A register that is asked over HTTP."""

    def __init__(
        self,
        name: str,
        criteria: frozenset[str],
        url: str,
        token: str = "",
        *,
        seconds: float = SECONDS,
    ) -> None:
        """Take the words for it, what it tells about, its address, and a token for its door."""
        check_address(url)
        self.name, self.criteria, self._seconds = name, criteria, seconds
        self._address, self._token = urlsplit(url), token

    def ask(self, id_number: str, category: str, on: date) -> Answer:
        """Ask; a slow, broken, contradictory or silent service is an unavailable register."""
        question = {"id_number": id_number, "criterion": category, "on": on.isoformat()}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            status, body = call(
                self._address,
                path_of(self._address),
                json.dumps(question).encode(),
                headers,
                seconds=self._seconds,
            )
        except (Unreached, Broken) as problem:
            _log.warning("A register did not answer: %s", problem)
            return unavailable("silent")
        if status != http.client.OK:
            _log.warning("A register answered with status %d", status)
            return unavailable(f"status {status}")
        if len(body) > MOST_BYTES:
            return unavailable("too long")
        try:
            return _read(json.loads(body), category, on, id_number)
        except (ValueError, TypeError, RecursionError):
            return unavailable("garbage")


def _read(said: Any, category: str, on: date, id_number: str) -> Answer:
    """Read an answer; one that contradicts itself or the question is none."""
    if not isinstance(said, dict) or said.get("answer") not in SAID:
        return unavailable("garbage")
    valid_from, valid_to = _day(said, "valid_from"), _day(said, "valid_to")
    as_of = _day(said, "as_of") or on
    answer = str(said["answer"])
    holds = (valid_from or on) <= on <= (valid_to or on)
    another = said.get("criterion", category) != category
    if another or as_of > on or (answer == "met" and not holds):
        return unavailable("contradictory")
    reference = str(said.get("reference") or "")[:MOST_TEXT]
    kept = {str(k): v for k, v in said.items() if k not in {"answer", "reference", "id_number"}}
    returned = json.dumps(kept, ensure_ascii=False).replace(id_number, "…")
    return Answer(answer, reference.replace(id_number, "…"), returned, as_of)


def _day(said: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if said.get(name) else None
