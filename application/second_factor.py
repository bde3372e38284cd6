"""The second factor: one-time codes by time (RFC 6238), each taken once, and recovery codes."""

import hashlib
import secrets
from datetime import datetime
from hmac import compare_digest
from typing import Protocol

import pyotp
from psycopg import Connection

STEP = 30  # seconds
DRIFT = (0, -1, 1)  # steps a watch may be off
RECOVERY_CODES = 10


class Seals(Protocol):
    """What seals the secret, bound to its account (`Vault.box`)."""

    def seal(self, clear: bytes, *place: str) -> bytes:
        """Seal."""
        ...

    def open(self, sealed: bytes, *place: str) -> bytes:
        """Open."""
        ...


def fresh_secret() -> str:
    """Make a secret as an authenticator app reads it (base32, 160 bits)."""
    return pyotp.random_base32()


def uri(secret: str, login: str) -> str:
    """Write the address that a QR code carries to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Yizhan")


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Find the time step that a code belongs to, around now."""
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    for off in DRIFT:
        if compare_digest(totp.at((current + off) * STEP).encode(), code.strip().encode()):
            return current + off
    return None


def recovery_codes() -> list[str]:
    """Make ten codes for the day the phone is gone."""
    return [secrets.token_hex(8) for _ in range(RECOVERY_CODES)]


def hashed(code: str) -> bytes:
    """Hash a recovery code; it has 64 random bits, so no salt is needed."""
    return hashlib.sha256(code.strip().lower().encode()).digest()


def spend(conn: Connection, account: str, secret: str, code: str, now: datetime) -> bool:
    """Take a code if it is right and was not taken before; two at once are one."""
    step = matching_step(secret, code, now)
    if step is not None:
        taken = conn.execute(
            "UPDATE office.credentials SET totp_step = %s WHERE account = %s AND totp_step < %s",
            [step, account, step],
        )
        return taken.rowcount == 1
    taken = conn.execute(
        "UPDATE office.credentials SET recovery = array_remove(recovery, %s)"
        " WHERE account = %s AND %s = ANY(recovery)",
        [hashed(code), account, hashed(code)],
    )
    return taken.rowcount == 1
