"""Identifiers: kind + uuid7 (RFC 9562), so that streams sort by the time they began."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """Make a version 7 UUID: 48 bits of milliseconds, then 74 random bits."""
    value = int.from_bytes(os.urandom(10), "big") | (time.time_ns() // 1_000_000) << 80
    value = value & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def new_stream(kind: str) -> str:
    """Name a new stream, as in `seeker-0199...`."""
    return f"{kind}-{uuid7()}"
