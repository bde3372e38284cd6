"""A copy of the whole installation, keys in a file of their own, checked and restored."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from application.attachments.shelf import FOLDER, Damaged, Shelf
from application.database.binaries import Binaries
from application.database.migrate import Connection, connect, create_roles
from application.database.problem import DatabaseProblem

HISTORY = "history.dump"  # everything but the keys of persons; may be kept for ever
KEYS = "keys.dump"  # kept 35 days at most, or erased persons come back with it
MANIFEST = "manifest.json"

_LAYOUT = 1
_NO_LOG = "The database has no log: run `yizhan migrate` first."
_ORDER = 1497979464  # the lock of `log.append`: held, nothing is on its way into the log


class Manifest(NamedTuple):
    """What a backup holds: the log up to `position`, of which log, made by which versions."""

    position: int
    events: int
    system_id: str
    clock: str
    made_at: str
    postgres: str
    migrations: list[str]
    sha256: Mapping[str, str]
    attachments: tuple[str, ...] = ()  # sealed files, each named by its own hash
    damaged: tuple[str, ...] = ()  # those that were not what was written, and are not in here
    layout: int = _LAYOUT

    @property
    def major(self) -> int:
        """The PostgreSQL major that wrote the dump; an older one cannot read it."""
        return int(self.postgres.split(".")[0].split()[0])


class Gone(NamedTuple):
    """An event of the former database that a restored backup does not have."""

    position: int
    stream: str
    version: int
    topic: str
    recorded_at: datetime


def backup(
    owner: str,
    target: Path,
    binaries: Binaries,
    say: Callable[[str], None] = lambda _: None,
    *,
    files: Path | None = None,
) -> Manifest:
    """Dump the database into a new folder; a failure leaves none.

    Both files and the manifest see one moment: nothing before `position` was still under way.
    `files` is the folder of attachments: copied after the dumps, so that no fact lacks its file.
    """
    half = target.with_name(f"{target.name}.half")
    try:
        if target.exists():
            raise DatabaseProblem(f"{target} is there already: name a new folder for the backup.")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        with connect(owner) as connection:
            try:
                manifest, snapshot = _moment(connection)
            except psycopg.errors.UndefinedTable as error:
                raise DatabaseProblem(_NO_LOG) from error
            except psycopg.errors.LockNotAvailable as error:
                raise DatabaseProblem("The log is busy: try the backup again.") from error
            dump = ["pg_dump", "-Fc", f"--snapshot={snapshot}"]
            say(HISTORY)
            _run(binaries, [*dump, "--exclude-table-data=keys.*", "-f", half / HISTORY], owner)
            say(KEYS)
            _run(binaries, [*dump, "--data-only", "--schema=keys", "-f", half / KEYS], owner)
        manifest = manifest._replace(sha256={name: _hash(half / name) for name in (HISTORY, KEYS)})
        if files:
            say(FOLDER)
            copied = Shelf(files / manifest.system_id).copy_to(half / FOLDER)
            manifest = manifest._replace(
                attachments=tuple(copied.names), damaged=tuple(copied.damaged)
            )
        text = json.dumps(manifest._asdict(), indent=2, ensure_ascii=False) + "\n"
        (half / MANIFEST).write_text(text, encoding="utf-8")
        for path in half.iterdir():
            if path.is_file():
                path.chmod(0o600)
            _sync(path)
        half.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise DatabaseProblem(f"The backup cannot be written to {target}: {error}.") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return manifest


def read_manifest(source: Path, *, without_keys: bool = False) -> Manifest:
    """Read a backup's manifest and check every file against it."""
    try:
        read = Manifest(**json.loads((source / MANIFEST).read_text(encoding="utf-8")))
        manifest = read._replace(attachments=tuple(read.attachments), damaged=tuple(read.damaged))
    except (OSError, ValueError, TypeError) as error:
        raise DatabaseProblem(f"{source} is not a backup of yizhan: {error}.") from error
    if manifest.layout != _LAYOUT:
        raise DatabaseProblem(f"{source} has the layout of a newer yizhan: update yizhan first.")
    for name, wanted in manifest.sha256.items():
        if name == KEYS and without_keys:
            continue
        if not (source / name).is_file():
            raise DatabaseProblem(f"{name} is missing in {source}: restore needs it.")
        if _hash(source / name) != wanted:
            raise DatabaseProblem(f"{source / name} is not what was written: its hash differs.")
    shelf = Shelf(source / FOLDER)
    for name in manifest.attachments:
        try:
            if shelf.read(name) is None:
                raise DatabaseProblem(f"{FOLDER}/{name} is missing in {source}.")
        except Damaged as damaged:
            raise DatabaseProblem(f"{FOLDER}/{name} is not what was written.") from damaged
    return manifest


def restore(
    owner: str,
    source: Path,
    binaries: Binaries,
    *,
    without_keys: bool = False,
    say: Callable[[str], None] = lambda _: None,
    files: Path | None = None,
) -> Manifest:
    """Check a backup and load it into an empty database.

    `without_keys`: a long-term archive; the history is there, sealed texts stay closed.
    `files` is the folder that attachments go to, before the facts that name them.
    """
    manifest = read_manifest(source, without_keys=without_keys)
    with connect(owner) as connection:
        _check_target(connection, manifest)
        create_roles(connection)
    if files and manifest.attachments:
        say(FOLDER)
        Shelf(source / FOLDER).copy_to(files / manifest.system_id)
    load = ["pg_restore", "--single-transaction", "--exit-on-error"]
    say(HISTORY)
    _run(binaries, [*load, source / HISTORY], owner)
    if not without_keys:
        say(KEYS)
        _run(binaries, [*load, source / KEYS], owner)
    return manifest


def gone_since(manifest: Manifest, former: str) -> list[Gone]:
    """List exactly which events of the former database the backup does not have."""
    with connect(former) as connection:
        row = connection.execute("SELECT system_id::text FROM log.identity").fetchone()
        if row != (manifest.system_id,):
            raise DatabaseProblem("The former database is not the one of this backup.")
        rows = connection.execute(
            "SELECT notification_id, originator_id, originator_version, topic, recorded_at "
            "FROM log.events WHERE notification_id > %s ORDER BY notification_id",
            [manifest.position],
        )
        return [Gone(*row) for row in rows]


def positions_gone(manifest: Manifest, former_head: int) -> range:
    """Give the positions that are gone when only the former head is known (a checkpoint's)."""
    return range(manifest.position + 1, former_head + 1)


def _moment(connection: Connection) -> tuple[Manifest, str]:
    connection.execute("SET lock_timeout = '10s'")
    connection.execute("SELECT pg_advisory_lock(%s)", [_ORDER])
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    row = connection.execute(
        "SELECT (SELECT coalesce(max(notification_id), 0) FROM log.events),"
        " (SELECT count(*) FROM log.events), system_id::text, clock, now()::text,"
        " current_setting('server_version'),"
        " (SELECT array_agg(name ORDER BY name) FROM migrations.applied), pg_export_snapshot()"
        " FROM log.identity"
    ).fetchone()
    connection.execute("SELECT pg_advisory_unlock(%s)", [_ORDER])
    if row is None:
        raise DatabaseProblem(_NO_LOG)
    position, events, system_id, clock, made_at, postgres, applied, snapshot = row
    manifest = Manifest(
        position=position,
        events=events,
        system_id=system_id,
        clock=clock,
        made_at=made_at,
        postgres=postgres,
        migrations=applied,
        sha256={},
    )
    return manifest, str(snapshot)


def _check_target(connection: Connection, manifest: Manifest) -> None:
    row = connection.execute(
        "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'"
    ).fetchone()
    if row != (0,):
        raise DatabaseProblem("The database is not empty: restore into a new one.")
    major = connection.info.server_version // 10_000
    if manifest.major > major:
        raise DatabaseProblem(
            f"The backup was written by PostgreSQL {manifest.postgres} and this server is "
            f"PostgreSQL {major}: restore it with {manifest.major} or newer."
        )


def _run(binaries: Binaries, command: Sequence[str | Path], owner: str) -> None:
    parts = conninfo_to_dict(owner)
    password = parts.pop("password", None)  # not on a command line that all users can read
    dsn = make_conninfo("", **parts)
    program, *options = command
    done = subprocess.run(  # noqa: S603 - our own command lines, no shell
        [binaries / str(program), *options, "-d", dsn],
        env={**os.environ, **({"PGPASSWORD": str(password)} if password else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())
        raise DatabaseProblem(f"{program} failed: {said}")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
