"""What a log line of the program may say: listed fields, plain text, one line (T22).

Names cannot be told from other words, so that only ASCII passes; numbers long enough to be an ID
number, phone or account are struck out wherever they stand; an error keeps its kind and place.
"""

import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

_FIELDS = (
    "event level timestamp logger request_id account station case person stream position "
    "command_id topic version rule route method status seconds count rows bytes job phase "
    "projection table lag role pid port error kid migration total done parked host path where"
)
ALLOWED = frozenset(_FIELDS.split())
WITHHELD = "[withheld]"
_MOST = 500
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z-])(?:\d[ -]?){9,}[\dXx](?![0-9A-Za-z-])", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep what may be said (a structlog processor, the last before the renderer)."""
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    kept = {name: _plain(value) for name, value in event.items() if name in ALLOWED}
    dropped = len(event) - len(kept)
    if dropped:
        kept["dropped"] = dropped
    if error:
        kept["error"] = _told(error)
    return kept


def _plain(value: object) -> object:
    """Pass a number, and of a text what cannot be personal."""
    if value is None or isinstance(value, bool | int | float):
        return value if not isinstance(value, int) or abs(value) < 10**15 else WITHHELD
    text = str(value)[:_MOST]
    if not text.isascii():
        return WITHHELD
    return _CONTROL.sub(lambda c: f"\\x{ord(c.group()):02x}", _LONG_NUMBER.sub(WITHHELD, text))


def _told(error: object) -> str:
    """Name the kind of an error and the lines it came through; its words may hold anything."""
    if error is True:  # the one that is being handled
        error = sys.exc_info()
    failure = error[1] if isinstance(error, tuple) else error
    if not isinstance(failure, BaseException):
        return WITHHELD
    frames = traceback.extract_tb(_traceback(failure))
    lines = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames))
    return f"{type(failure).__name__} at {lines}" if lines else type(failure).__name__


def _traceback(failure: BaseException) -> TracebackType | None:
    return failure.__traceback__
