"""Sealed values: AES-256-GCM, bound to subject, field, stream and version (reliability.md 8).

The envelope is `{v, alg, kid, subj, n, ct}`: layout, algorithm, which data key, whose, nonce and
cipher text (base64). The place a value was sealed for is not in it: the reader must know it.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct
from collections.abc import Sequence
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel import to_plain

LAYOUT, ALGORITHM = 1, "A256GCM"
_NONCE = 12
SEAL = _NONCE + 16  # bytes that a sealed file is longer: nonce before it, tag behind it


class SealBroken(Exception):
    """A sealed value does not belong where it stands, or was changed."""


def bound(*parts: str) -> bytes:
    """Join texts so that no other texts join to the same bytes: each after its length."""
    encoded = [part.encode() for part in parts]
    return b"".join(struct.pack(">I", len(part)) + part for part in encoded)


class DataKey:
    """The key of one subject, unwrapped."""

    __slots__ = ("_aead", "kid")

    def __init__(self, key: bytes) -> None:
        """Take the 32 bytes; `kid` tells a restored older key from the right one."""
        self._aead = AESGCM(key)
        self.kid = hashlib.sha256(b"yizhan data key id\0" + key).hexdigest()[:8]

    def seal(
        self, subject: str, field: str, stream: str, version: int, value: object
    ) -> dict[str, Any]:
        """Seal a text or record for one place."""
        nonce = os.urandom(_NONCE)
        clear = msgspec.json.encode(value, enc_hook=to_plain)
        place = bound(subject, field, stream, str(version))
        return {
            "v": LAYOUT,
            "alg": ALGORITHM,
            "kid": self.kid,
            "subj": subject,
            "n": base64.b64encode(nonce).decode(),
            "ct": base64.b64encode(self._aead.encrypt(nonce, clear, place)).decode(),
        }

    def open(
        self, envelope: dict[str, Any], subject: str, field: str, stream: str, version: int
    ) -> object:
        """Open what was sealed for this very place; raises `SealBroken` for anything else."""
        where = f"{field} of {subject} in {stream} {version}"
        if (envelope.get("v"), envelope.get("alg")) != (LAYOUT, ALGORITHM):
            raise SealBroken(f"Unknown seal at {where}.")
        if envelope.get("kid") != self.kid:
            raise SealBroken(f"Sealed with key {envelope.get('kid')}, not {self.kid}: {where}.")
        try:
            clear = self._aead.decrypt(
                base64.b64decode(envelope["n"]),
                base64.b64decode(envelope["ct"]),
                bound(subject, field, stream, str(version)),
            )
        except (InvalidTag, KeyError, TypeError, ValueError, binascii.Error):
            raise SealBroken(f"Not sealed for its place: {where}.") from None
        return msgspec.json.decode(clear)

    def seal_bytes(self, clear: bytes, *place: str) -> bytes:
        """Seal a file for one place: nonce, then cipher text."""
        return _sealed(self._aead, clear, place)

    def open_bytes(self, sealed: bytes, *place: str) -> bytes:
        """Open a file that was sealed for this place; raises `SealBroken` for anything else."""
        return _opened(self._aead, sealed, place)


class Box:
    """Bytes sealed for the office's own tables: drafts and searches."""

    __slots__ = ("_aead",)

    def __init__(self, key: bytes) -> None:
        """Take a key made for one purpose."""
        self._aead = AESGCM(key)

    def seal(self, clear: bytes, *place: str) -> bytes:
        """Seal for a place, such as table and row."""
        return _sealed(self._aead, clear, place)

    def open(self, sealed: bytes, *place: str) -> bytes:
        """Open what was sealed for this place."""
        return _opened(self._aead, sealed, place)


def _sealed(aead: AESGCM, clear: bytes, place: Sequence[str]) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + aead.encrypt(nonce, clear, bound(*place))


def _opened(aead: AESGCM, sealed: bytes, place: Sequence[str]) -> bytes:
    try:
        return aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound(*place))
    except (InvalidTag, ValueError):
        raise SealBroken(f"Not sealed for its place: {' '.join(place)}.") from None


def digest(key: bytes, value: str) -> bytes:
    """Give the blind index of a normalised value: HMAC-SHA-256 cut to 128 bit."""
    return hmac.new(key, value.encode(), hashlib.sha256).digest()[:16]
