"""The shelf: sealed bytes in a folder, each file named by the SHA-256 of what lies on the disk.

Nothing of the person or of the file's own name stands in a path, and whoever has the folder can
tell without a key whether a file is what was written.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = "attachments"  # in the home of an installation; below it a folder for each log
_NAME = re.compile(r"[0-9a-f]{64}")
_HALF = ".half"


class Damaged(Exception):
    """A file is there and is not what was written."""


class Copied(NamedTuple):
    """Files that were copied, and those that were not because they are not what was written."""

    names: list[str]
    damaged: list[str]


class Shelf:
    """A folder of sealed files."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made when it is first needed."""
        self.folder = folder

    def put(self, sealed: bytes) -> str:
        """Write a file so that it is whole or not there, also after a fall of the power."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = hashlib.sha256(sealed).hexdigest()
        handle, path = tempfile.mkstemp(dir=self.folder, suffix=_HALF)
        half = Path(path)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(sealed)
                out.flush()
                os.fsync(out.fileno())
            half.replace(self.folder / name)
        finally:
            half.unlink(missing_ok=True)
        _sync(self.folder)
        return name

    def read(self, name: str) -> bytes | None:
        """Give a file, None when it is not there; raises `Damaged` when it was changed."""
        try:
            sealed = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(sealed).hexdigest() != name:
            raise Damaged(name)
        return sealed

    def size(self, name: str) -> int | None:
        """Give the size of a file, None when it is not there."""
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Remove a file; what is gone is gone."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Name every file."""
        if not self.folder.is_dir():
            return []
        return sorted(one.name for one in self.folder.iterdir() if _NAME.fullmatch(one.name))

    def copy_to(self, folder: Path) -> "Copied":
        """Copy every file into another folder of this kind, each checked.

        What is removed meanwhile is left out: no fact offers it any more.
        """
        copied, damaged, other = [], [], Shelf(folder)
        for name in self.names():
            try:
                sealed = self.read(name)
            except Damaged:
                damaged.append(name)
                continue
            if sealed is not None:
                other.put(sealed)
                copied.append(name)
        return Copied(copied, damaged)

    def older_than(self, seconds: float) -> Iterator[str]:
        """Name the files that were written longer ago; half ones of that age are removed."""
        if not self.folder.is_dir():
            return
        before = time.time() - seconds
        for path in sorted(self.folder.iterdir()):
            if path.stat().st_mtime >= before:
                continue
            if path.name.endswith(_HALF):
                path.unlink(missing_ok=True)
            elif _NAME.fullmatch(path.name):
                yield path.name

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("No name of a file on the shelf.")
        return self.folder / name


def _sync(folder: Path) -> None:
    """Let the new name outlive a fall of the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
