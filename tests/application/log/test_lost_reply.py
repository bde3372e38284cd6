"""The reply to an append gets lost: the command is answered as success, once (F3, L6)."""

import contextlib
import select
import socket
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool

from application.store import Unavailable
from tests.application.log import trial
from tests.application.log.trial import new_stream, noting, stamp
from tests.database import Database


class Proxy:
    """A server between client and PostgreSQL that can cut a connection before a reply."""

    def __init__(self, folder: Path, target: str) -> None:
        self._target = target
        self.cut_next = self.cut_all = False
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen(32)
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._threads.append(threading.Thread(target=self._serve, args=(client,)))
                self._threads[-1].start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, contextlib.suppress(OSError):
            server.connect(self._target)
            while True:
                for source in select.select([client, server], [], [])[0]:
                    data = source.recv(65536)
                    reply = source is server and b"known" in data
                    if not data or (reply and (self.cut_next or self.cut_all)):
                        self.cut_next = False
                        return
                    (client if source is server else server).sendall(data)


@pytest.fixture
def proxied(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, ConnectionPool]]:
    given = conninfo_to_dict(database.conninfo("writer"))
    folder = Path("/tmp") / f"yz-{uuid.uuid4().hex[:8]}"  # noqa: S108 - a socket's path is short
    folder.mkdir(mode=0o700)
    proxy = Proxy(folder, f"{given['host']}/.s.PGSQL.{given.get('port') or 5432}")
    conninfo = make_conninfo(database.conninfo("writer"), host=str(folder), port="5432")
    with ConnectionPool(
        conninfo, kwargs={"autocommit": True}, min_size=1, max_size=4, timeout=3
    ) as pool:
        yield proxy, pool
    proxy.close()
    (folder / ".s.PGSQL.5432").unlink()
    folder.rmdir()


def test_a_lost_reply_is_success_and_nothing_is_written_twice(
    proxied: tuple[Proxy, ConnectionPool], database: Database
) -> None:
    proxy, pool = proxied
    store = trial.store(pool)
    for round_ in range(20):
        stream = new_stream()
        store.load(trial.Trial, stream)
        proxy.cut_next = True
        done = store.decide(stamp(), noting(stream, f"round {round_}"))
        assert proxy.cut_next is False, "no reply was cut"
        (recorded,) = store.history(stream)
        assert done.position == recorded.position
    with database.pools.reader.connection() as conn:
        row = conn.execute("SELECT count(*) FROM log.events").fetchone()
        assert row == (20,)


def test_after_one_more_try_the_log_is_unavailable(
    proxied: tuple[Proxy, ConnectionPool], database: Database
) -> None:
    proxy, pool = proxied
    store = trial.store(pool)
    proxy.cut_all = True
    with pytest.raises(Unavailable):
        store.decide(stamp(), noting(new_stream(), "a"))
    proxy.cut_all = False
    with database.pools.reader.connection() as conn:
        row = conn.execute("SELECT count(*) FROM log.events").fetchone()
        assert row == (1,)


def test_a_server_that_is_away_is_unavailable_within_seconds() -> None:
    pool = ConnectionPool("host=/nonexistent", min_size=0, max_size=1, timeout=0.5, open=True)
    with pool, pytest.raises(Unavailable):
        trial.store(pool).decide(stamp(), noting(new_stream(), "a"))
