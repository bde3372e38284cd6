"""The supervisor: who starts, who stops, and under which account."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from application.database.account import account_for, processes_in
from application.database.binaries import SYSTEM
from application.database.embedded import EmbeddedServer
from tests.application.database.conftest import Child

pytestmark = pytest.mark.postgres

# Starts the server in the folder that is named, says so, and stays until its input ends.
USER = """
import sys
from pathlib import Path
from application.database.embedded import EmbeddedServer
with EmbeddedServer(Path(sys.argv[1])) as server:
    print(server.conninfo("postgres", "yizhan_owner"), flush=True)
    sys.stdin.read()
"""


def running(server: EmbeddedServer) -> frozenset[int]:
    return processes_in(account_for(server.data), server.data)


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline().strip()
    assert line, process.stderr.read()
    return line


def leave(process: "subprocess.Popen[str]") -> None:
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 0, output + errors


def test_it_starts_stops_and_starts_again_with_its_data(place: Path) -> None:
    server = EmbeddedServer(place / "pg")
    with server:
        server.create_database("kept")
    assert not running(server)
    with server:
        assert "kept" in server.databases()
        owner = server.conninfo("kept", "yizhan_owner")
        with psycopg.connect(owner, autocommit=True) as connection:
            row = connection.execute("SELECT current_user, count(*) FROM pg_roles").fetchone()
    assert row is not None
    assert row[0] == "yizhan_owner"


def test_its_roles_are_no_superusers_and_the_writer_is_no_member_of_the_owner(
    server: EmbeddedServer,
) -> None:
    with psycopg.connect(server.conninfo("postgres", "yizhan_writer")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole,"
            " rolname = ANY (%s) AND pg_has_role('yizhan_writer', oid, 'MEMBER')"
            " FROM pg_roles WHERE rolname LIKE 'yizhan%%' ORDER BY 1",
            [["yizhan_owner", "yizhan_projector", "yizhan_reader", "yizhan_keys"]],
        ).fetchall()
    assert rows == [
        ("yizhan_keys", False, False, False, True),
        ("yizhan_owner", False, False, False, False),
        ("yizhan_projector", False, False, False, True),
        ("yizhan_reader", False, False, False, True),
        ("yizhan_writer", False, False, False, False),
    ]


def test_it_listens_on_a_private_socket_only(server: EmbeddedServer) -> None:
    with psycopg.connect(server.conninfo("postgres", "yizhan_reader")) as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("listen_addresses", "jit", "timezone", "max_connections", "port")
        ]
        socket = Path(connection.info.host)
    assert shown == [("",), ("off",), ("Asia/Shanghai",), ("200",), ("5432",)]
    assert socket.stat().st_mode & 0o777 == 0o700


def test_an_ordinary_user_runs_it_alone(place: Path, child: Child) -> None:
    place.chmod(0o777)
    folder = place / "pg"
    process = child(USER, folder, ordinary=True)
    said(process)
    server = EmbeddedServer(folder)
    pids = running(server)
    assert pids
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in pids} == {folder.stat().st_uid}
    assert folder.stat().st_mode & 0o077 == 0
    leave(process)
    assert not running(server)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has somebody else to be")
def test_root_runs_it_as_somebody_else(server: EmbeddedServer) -> None:
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in running(server)} == {
        server.data.stat().st_uid
    }
    assert server.data.stat().st_uid != 0


def test_two_processes_start_it_at_once_and_the_last_one_stops_it(
    place: Path, child: Child
) -> None:
    first, second = child(USER, place / "pg"), child(USER, place / "pg")
    assert said(first) == said(second)
    server = EmbeddedServer(place / "pg")
    leave(first)
    assert running(server)
    leave(second)
    assert not running(server)


def test_a_killed_user_is_not_counted_any_more(place: Path, child: Child) -> None:
    killed, other = child(USER, place / "pg"), child(USER, place / "pg")
    said(killed)
    said(other)
    killed.kill()
    killed.wait()
    leave(other)
    assert not running(EmbeddedServer(place / "pg"))


def test_a_server_left_by_a_killed_process_is_adopted_and_stopped(
    place: Path, child: Child
) -> None:
    process = child(USER, place / "pg")
    said(process)
    process.kill()
    process.wait()
    server = EmbeddedServer(place / "pg")
    before = running(server)
    assert before
    with server:
        assert server.data.joinpath("postmaster.pid").read_text().split()[0] in map(str, before)
    assert not running(server)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_ends_the_process_stops_the_server(
    place: Path, child: Child, number: signal.Signals
) -> None:
    process = child(USER, place / "pg")
    said(process)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert not running(EmbeddedServer(place / "pg"))


def test_a_forked_child_that_stays_does_not_count_as_a_user(place: Path, child: Child) -> None:
    process = child(
        USER.replace(
            "    sys.stdin", "    import os, time\n    os.fork() or time.sleep(4)\n    sys.stdin"
        ),
        place / "pg",
    )
    said(process)
    time.sleep(0.3)
    process.kill()
    process.wait()
    server = EmbeddedServer(place / "pg")
    with server:
        assert running(server)
    assert not running(server)


def test_the_systems_server_runs_too(system_server: EmbeddedServer) -> None:
    assert system_server.binaries.folder == SYSTEM / "15" / "bin"
    with psycopg.connect(system_server.conninfo("postgres", "yizhan_owner")) as connection:
        assert connection.info.server_version // 10_000 == 15
