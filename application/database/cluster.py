"""The data folder of the embedded server: where it lies, how it is made, what it holds."""

import os
import shutil
import tempfile
from pathlib import Path

from application.database.account import Account
from application.database.binaries import Binaries
from application.database.problem import DatabaseProblem

SUPERUSER = "postgres"
FAR = Path("/var/lib/yizhan")  # root's data when its home is closed to the server's account

_SOCKET_NAME = ".s.PGSQL.5432.lock"
_PREFIX = "yizhan-"
_LONGEST = 107  # bytes of a socket path


def place_for(folder: Path, account: Account) -> Path:
    """Give the folder that holds the data: this one, or root's substitute that its link names.

    Nothing above our own folder is opened to others. Where the server's account cannot enter
    (a home under /root), the data lies in /var/lib/yizhan and `place` in the folder points to it.
    """
    link = folder / "place"
    if link.is_symlink():
        return link.resolve()
    if not account.drop or account.reaches(folder):
        return folder
    FAR.mkdir(mode=0o755, parents=True, exist_ok=True)
    far = Path(tempfile.mkdtemp(prefix="pg-", dir=FAR))
    far.chmod(0o755)
    link.symlink_to(far)
    return far


def make(data: Path, binaries: Binaries, account: Account) -> None:
    """Run initdb beside the place and move the result there whole; a failure leaves nothing."""
    half = data.with_name(f"{data.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(mode=0o700)
        account.own(half, 0o700)
        _initdb(half, binaries, account)
        half.rename(data)
        _sync(data.parent)
    except OSError as error:
        raise DatabaseProblem(f"The database cannot be made in {data.parent}: {error}.") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)


def written_by(data: Path) -> int | None:
    """Read which major wrote the data; there is none before the first start."""
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DatabaseProblem(f"{data} cannot be read as PostgreSQL data: {error}.") from error


def check_major(data: Path, binaries: Binaries) -> None:
    """Refuse programs of another major than the data: its layout belongs to one."""
    major = written_by(data)
    if major is None:
        raise DatabaseProblem(
            f"{data} is not a PostgreSQL data folder: move it away, or restore a backup."
        )
    if major != binaries.major:
        raise DatabaseProblem(
            f"The data in {data} was written by PostgreSQL {major}, and the programs here are "
            f"PostgreSQL {binaries.version}: run `yizhan backup` with PostgreSQL {major}, then "
            "`yizhan restore` into an empty folder with the new one."
        )


def new_socket_folder(account: Account) -> Path:
    """Make a short private folder for the socket.

    Not XDG_RUNTIME_DIR: it goes when its session ends, and with it the way to a server that stays.
    """
    for base in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - mkdtemp is private
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        except OSError:
            continue
        account.own(folder, 0o700)
        if len(os.fsencode(folder / _SOCKET_NAME)) <= _LONGEST and account.reaches(folder):
            return folder
        folder.rmdir()
    raise DatabaseProblem(
        "There is no short writable folder for the database's socket: set TMPDIR."
    )


def free_socket_folder(account: Account, old: Path | None) -> Path:
    """Empty the folder of a server that is gone and take it again, else make one.

    Only one that is ours, private and still the account's own: its name may have been taken.
    """
    if old is None or not old.name.startswith(_PREFIX) or old.is_symlink() or not old.is_dir():
        return new_socket_folder(account)
    found = old.stat()
    if found.st_uid != account.uid or found.st_mode & 0o777 != 0o700:
        return new_socket_folder(account)
    for path in old.iterdir():
        path.unlink()
    return old


def socket_folder(data: Path) -> Path | None:
    """Read from the server's own note where its socket is."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    return Path(lines[4]) if len(lines) > 4 and lines[4] else None


def drop_socket_folder(folder: Path | None) -> None:
    """Remove a folder that `new_socket_folder` made, and no other."""
    if folder is not None and folder.name.startswith(_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _initdb(half: Path, binaries: Binaries, account: Account) -> None:
    provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options: list[str | Path] = [
        *(provider if binaries.major >= 17 else []),
        *("--locale=C.UTF-8", "-E", "UTF8", "-k", "-U", SUPERUSER),
        *("--auth-local=trust", "--auth-host=reject", "--no-sync", "-D", half),
    ]
    commands: list[list[str | Path]] = [
        [binaries / "initdb", *options],
        [binaries / "initdb", "-S", "-D", half],  # one sync instead of one a file
    ]
    for command in commands:
        done = account.run(command, timeout=300)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().replace("\n", "; ")
            raise DatabaseProblem(f"The database cannot be made in {half.parent}: {said}")
