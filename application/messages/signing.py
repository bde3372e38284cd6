"""Signatures between the office and a gateway: HMAC-SHA256 over a moment and the body.

Header: `t=<seconds since 1970>,v1=<hex of HMAC-SHA256(secret, "<t>.<what>")>`. The same in both
directions, so that a gateway needs one secret. Moments are those of the real clock: a gateway
knows nothing of an office's clock that was set.
"""

import hashlib
import hmac
import re

HEADER = "X-Yizhan-Signature"
WINDOW = 300  # seconds that clocks may differ, and a copy of a request may be used
_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})", re.ASCII)


def sign(secret: bytes, what: bytes, *, at: int) -> str:
    """Write the header for a body, or for the path and query of what has no body."""
    return f"t={at},v1={_digest(secret, what, at)}"


def genuine(secret: bytes, what: bytes, header: str, *, now: float) -> bool:
    """Whether somebody who knows the secret wrote this within the last minutes."""
    found = _FORM.fullmatch(header)
    if found is None or not secret:
        return False
    at = int(found[1])
    same = hmac.compare_digest(_digest(secret, what, at), found[2])
    return same and abs(now - at) <= WINDOW


def _digest(secret: bytes, what: bytes, at: int) -> str:
    return hmac.new(secret, b"%d." % at + what, hashlib.sha256).hexdigest()
