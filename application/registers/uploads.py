"""Files that were uploaded to be imported: kept under their hash, for this machine's eyes only."""

import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from application.registers.limits import RULE, Limits, check_file
from domain.kernel import N_, Refused

SUFFIXES = (".csv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
KEPT_DAYS = 7
_PIECE = 1 << 20


class Upload(NamedTuple):
    """An uploaded file: its name here, its size, and the name its owner gave it."""

    key: str
    size: int
    name: str


class Uploads:
    """A folder of uploads; what nobody imports within a week is removed."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        """Take the folder, which is made when it is first needed, and the limits of a file."""
        self._folder, self._limits = folder, limits or Limits()

    def keep(self, file: BinaryIO, name: str) -> Upload:
        """Keep a file; refuses what is over a limit or no table, before parsing (I-01)."""
        shown = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())
        suffix = _suffix(shown)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.tidy()
        digest, size = hashlib.sha256(), 0
        handle, path = tempfile.mkstemp(dir=self._folder, suffix=suffix)
        half = Path(path)
        try:
            with os.fdopen(handle, "wb") as out:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    digest.update(piece)
                    out.write(piece)
            check_file(half, self._limits)
            key = digest.hexdigest() + suffix
            half.replace(self._folder / key)
        finally:
            half.unlink(missing_ok=True)
        return Upload(key, size, shown[-100:])

    def path(self, key: str) -> Path:
        """Give the path of an upload that is still there (I-07)."""
        path = self._folder / Path(key).name
        if not path.is_file():
            raise Refused(rule="I-07", text=N_("上传的文件已不在，请重新上传。"), field="file")
        return path

    def remove(self, key: str) -> None:
        """Remove a file that was imported."""
        (self._folder / Path(key).name).unlink(missing_ok=True)

    def write(self, key: str, content: bytes) -> None:
        """Keep what was found about a file beside it."""
        path = self._folder / Path(key).name
        path.touch(mode=0o600)
        path.write_bytes(content)

    def add(self, key: str, lines: Sequence[str]) -> None:
        """Add lines to what is kept beside a file."""
        with (self._folder / Path(key).name).open("a", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in lines)

    def read(self, key: str) -> bytes:
        """Read what was kept beside a file; empty when it is gone."""
        path = self._folder / Path(key).name
        return path.read_bytes() if path.is_file() else b""

    def tidy(self) -> None:
        """Remove what is older than a week."""
        oldest = time.time() - KEPT_DAYS * 86_400
        for path in self._folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)


def _suffix(name: str) -> str:
    lowered = name.lower()
    bare = lowered.removesuffix(".gz")
    found = next((suffix for suffix in SUFFIXES if bare.endswith(suffix)), "")
    if not found:
        raise Refused(
            rule=RULE,
            text=N_("只能导入 csv、xlsx、xls、ods 文件，或它们的 gz 压缩文件。"),
            field="file",
        )
    return found + (".gz" if bare != lowered else "")
