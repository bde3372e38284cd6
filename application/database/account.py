"""Under which account of the operating system the embedded server runs: never as root."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from application.database.problem import DatabaseProblem

SEES_PROCESSES = Path("/proc/self/cwd").exists()  # elsewhere PostgreSQL's own checks must do


class _As(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


class Account(NamedTuple):
    """Who runs the server; `drop` says that this process is root and has to become that user."""

    uid: int
    gid: int
    drop: bool

    def run(
        self, command: Sequence[str | Path], timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as this account, from `/`, without the caller's PG variables."""
        return subprocess.run(  # noqa: S603 - our own command lines, no shell
            [str(part) for part in command],
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=timeout,
            **self._become(),
        )

    def own(self, path: Path, mode: int) -> None:
        """Give one of our own paths to this account."""
        path.chmod(mode)
        if self.drop:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Tell whether this account can enter a folder or execute a file."""
        return self.run(["test", "-x", path]).returncode == 0

    def _become(self) -> _As:
        if not self.drop:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(data: Path) -> Account:
    """Choose the owner of the data; as root without data `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise DatabaseProblem(
                f"The database in {data} belongs to another account: start yizhan as "
                f"{_name(data.stat().st_uid)}, or choose another folder with YIZHAN_HOME."
            )
        return Account(os.geteuid(), os.getegid(), drop=False)
    if data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid, drop=True)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, drop=True)
    raise DatabaseProblem(
        "PostgreSQL does not run as root and there is no user postgres or nobody."
    )


def processes_in(account: Account, folder: Path) -> frozenset[int]:
    """Find the live processes whose working directory is a data folder.

    Asked as the account itself, since root in a container may not look into another user's
    processes. A zombie has no working directory any more, a re-used process id another one.
    """
    found = account.run(["find", "/proc", "-maxdepth", "2", "-name", "cwd", "-printf", r"%h %l\n"])
    lines = [line.split(" ", 1) for line in found.stdout.splitlines()]
    if not lines:  # at least the search itself must be seen
        raise DatabaseProblem(f"The processes here cannot be listed: {found.stderr.strip()}.")
    wanted = str(folder.resolve())
    return frozenset(int(at.removeprefix("/proc/")) for at, where in lines if where == wanted)


def _environment() -> Mapping[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
