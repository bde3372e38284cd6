"""Screens and terminals of the stations: each comes in by a token of its own.

A token is shown once, when it is made; the database holds its hash. A screen reads what hangs in
public anyhow; a terminal adds to the review queue and reads nothing back.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from psycopg_pool import ConnectionPool

from application import rights
from application.ids import new_stream
from application.store import Who
from domain.kernel import N_, Aggregate, Refused

RIGHT = "device.manage"
SCREEN, TERMINAL = "screen", "terminal"
KINDS = (SCREEN, TERMINAL)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_COLUMNS = "id, kind, station, name, contact, made_by, made_at, seen_at, ended_at"


class Device(NamedTuple):
    """A screen or terminal: where it stands, what it is called, when it last asked."""

    id: str
    kind: str
    station: str
    name: str
    contact: str
    made_by: str
    made_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None


class Devices:
    """The devices of the network, in `office.devices`."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool."""
        self._pool = pool

    def make(
        self,
        who: Who,
        *,
        kind: str,
        station: str,
        name: str,
        contact: str = "",
        command: str = "",
    ) -> str:
        """Admit a device, once a form; give its token, which nobody can read again."""
        check(who, station)
        if kind not in KINDS:
            raise Refused(rule="T-07", text=N_("没有这种设备。"), field="kind")
        if not name.strip():
            raise Refused(rule="T-07", text=N_("请给设备起个名字，例如：大厅屏。"), field="name")
        token = secrets.token_urlsafe(32)
        with self._pool.connection() as conn:
            made = conn.execute(
                "INSERT INTO office.devices (id, kind, station, name, contact, token_hash, made_by)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
                [
                    f"device-{command}" if command else new_stream("device"),
                    kind,
                    station,
                    name.strip()[:40],
                    contact.strip()[:40],
                    _hashed(token),
                    who.account,
                ],
            ).rowcount
        if not made:
            raise Refused(
                rule="T-07", text=N_("这台设备已登记；地址只显示一次，遗失请停用后重新登记。")
            )
        return token

    def end(self, who: Who, device: str) -> None:
        """Let a device in no more; its row stays for the record."""
        found = self.device(device)
        if found is None:
            raise Refused(rule="T-07", text=N_("没有这台设备。"))
        check(who, found.station)
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.devices SET ended_at = log.now(), ended_by = %s"
                " WHERE id = %s AND ended_at IS NULL",
                [who.account, device],
            )

    def device(self, device: str) -> Device | None:
        """Give one device."""
        found = self._read("id = %s", [device])
        return found[0] if found else None

    def of(self, stations: Sequence[str]) -> list[Device]:
        """List the devices of some stations, those in use first."""
        return self._read(
            "station = ANY(%s) ORDER BY ended_at IS NOT NULL, station, kind, made_at",
            [list(stations)],
        )

    def admitted(self, token: str, kind: str) -> Device | None:
        """Give the device that holds a token; None for an unknown, ended or other one."""
        if not _TOKEN.fullmatch(token):
            return None
        found = self._read("token_hash = %s AND kind = %s", [_hashed(token), kind])
        if not found or found[0].ended_at:
            return None
        self._seen(found[0])
        return found[0]

    def _seen(self, device: Device) -> None:
        """Note every few minutes that it asked, so that a dead screen is noticed."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.devices SET seen_at = log.now() WHERE id = %s"
                " AND (seen_at IS NULL OR seen_at < log.now() - interval '5 minutes')",
                [device.id],
            )

    def _read(self, where: str, values: Sequence[object]) -> list[Device]:
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {_COLUMNS} FROM office.devices WHERE {where}", values, prepare=True
            ).fetchall()
        return [Device(*row) for row in rows]


def check(who: Who, station: str, right: str = RIGHT) -> None:
    """Refuse a device, notice or entry of a station that the asker does not serve (P-05, S-16)."""
    rights.check(who, right, Aggregate(), station)
    if "admin" not in who.roles:
        rights.check_station(who, station)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(b"yizhan device\0" + token.encode()).digest()
