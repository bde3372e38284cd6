"""The http role of the peers' harness: the wired site over the harness's own database.

Two paths stand for the two questions (`YIZHAN_HTTP_LIST` names one of them):

- `/contest` is the page that every contestant draws, over the harness's own tables, by the site
  as it is (`peers_contest.py`). This is the one to set beside the others.
- `/cases?whose=team` is the whole list of a station, signed in as its officer, over our own wall:
  rights, counts of all filters, names in the clear of sealed persons, menu and forms, five times
  the bytes. No contestant draws anything like it; it shows what a real page costs.

The harness has no cookies, so the session of the officer is put into every request on its way in;
it is asked for at every page of both.
"""

import atexit
import os
import socket
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import uvicorn
from psycopg.rows import TupleRow
from starlette.types import ASGIApp, Receive, Scope, Send

from application.database.access import Pools
from application.people.vault import Vault
from bench.peers_access import access
from bench.peers_contest import contest
from bench.rig import connect
from bench.site import configured
from bench.town import fill
from projections.lists import Query
from web.site import create_site
from yizhan.commands.serve import TURN
from yizhan.installation import Installation
from yizhan.memory import collect_seldom
from yizhan.site_parts import site_parts
from yizhan.wiring import Office

MAKING = 46  # advisory lock: one of the harness's two servers makes the town


def serve() -> None:
    """Serve on the harness's port with as many processes as it asks for.

    They are forked once everything is imported: the harness waits twenty seconds for an answer,
    and each process that begins anew would take three of a core.
    """
    served = uvicorn.Config(site, factory=True, log_config=None, server_header=False)
    with socket.create_server(("127.0.0.1", int(os.environ["PEERS_HTTP_PORT"]))) as listening:
        # asyncio does so by itself for sockets of its own: without it an answer waits 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(int(os.environ["PEERS_WORKERS"]) - 1):
            if os.fork() == 0:
                break
        uvicorn.Server(served).run(sockets=[listening])


def site() -> ASGIApp:
    """Open the office over the harness's database, which is filled once, and give its site."""
    collect_seldom()  # these two as `yizhan serve` does
    sys.setswitchinterval(TURN)
    given, home = access(), _home()
    open_ = ExitStack()
    atexit.register(open_.close)
    with connect(os.environ["PEERS_DSN"]) as conn:
        conn.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        pools = open_.enter_context(Pools(given))
        vault = Vault.unlock(pools.keys, {}, home, may_make=True)
        opened = cast("Any", SimpleNamespace(access=given, server=None))
        installed = Installation(configured(home), home, opened, pools, vault)
        office = open_.enter_context(Office(installed))
        token = _token(office, home / f"session-{conn.info.dbname}", conn)
        office.prepare()
        if not office.caseload.count(Query(today=date.max)):
            raise LookupError("The wall was rebuilt without the town: drop the database.")
    office.runner.start()
    open_.callback(office.runner.stop)
    made = create_site(site_parts(office))
    made.include_router(contest(pools.reader))
    return SignedIn(made, token)


def _token(office: Office, kept: Path, conn: psycopg.Connection[TupleRow]) -> str:
    """Give the officer's session, which all processes share; an ended one is begun anew."""
    account, _, token = kept.read_text("ascii").partition(" ") if kept.is_file() else ("", "", "")
    if not account:
        (count,) = conn.execute("SELECT count(*) FROM public.caseload").fetchone() or (0,)
        account = fill(office, count)
    if not office.accounts.session(token):
        token = office.accounts.start_session(account).token
        kept.touch(0o600)
        kept.write_text(f"{account} {token}", encoding="ascii")
    return token


def _home() -> Path:
    """Give the folder of the installation's key, beside what the harness keeps."""
    home = Path(os.environ["PEERS_HOME"]) / "yizhan-http"
    home.mkdir(exist_ok=True)
    return home


class SignedIn:
    """A site whose every visitor is the officer."""

    def __init__(self, site: ASGIApp, token: str) -> None:
        """Take the site and the session."""
        self._site, self._cookie = site, (b"cookie", f"sid={token}".encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the session."""
        if scope["type"] == "http":
            scope = {**scope, "headers": [*scope["headers"], self._cookie]}
        await self._site(scope, receive, send)
