"""What a file may be before anybody parses it (decision 23); all of it settings."""

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from domain.kernel import N_, Refused

MEGABYTE = 1_000_000
RULE = "I-01"


@dataclass(frozen=True)
class Limits:
    """Bytes, counts, a ratio, and what the reading child may use."""

    file_bytes: int = 20 * MEGABYTE
    zip_entries: int = 200
    unpacked_bytes: int = 50 * MEGABYTE
    ratio: int = 100
    sheet_bytes: int = 40 * MEGABYTE
    rows: int = 100_000
    child_bytes: int = 1 << 30
    child_seconds: int = 60


def check_file(path: Path, limits: Limits) -> None:
    """Refuse a file over a limit by its size and its directory alone, without unpacking (I-01)."""
    size = path.stat().st_size
    if size == 0:
        raise Refused(rule=RULE, text=N_("文件是空的。"), field="file")
    if size > limits.file_bytes:
        raise Refused(
            rule=RULE,
            text=N_("文件有{size}字节，超过上限{limit}字节。"),
            field="file",
            size=size,
            limit=limits.file_bytes,
        )
    if zipfile.is_zipfile(path):
        check_zip(path, limits)
    elif path.suffix == ".gz":
        _check_gzip(path, limits)


def check_zip(file: Path | BinaryIO, limits: Limits) -> None:
    """Refuse an archive over a limit by its directory alone (I-01)."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise _broken() from broken
    if len(entries) > limits.zip_entries:
        raise Refused(
            rule=RULE,
            text=N_("压缩文件含{count}个条目，超过上限{limit}个。"),
            field="file",
            count=len(entries),
            limit=limits.zip_entries,
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    sheet = max((e.file_size for e in entries if "/sheet" in e.filename), default=0)
    _check_unpacked(unpacked, limits)
    if unpacked > limits.ratio * packed:
        raise Refused(
            rule=RULE,
            text=N_("文件解压后膨胀{ratio}倍，超过上限{limit}倍。"),
            field="file",
            ratio=unpacked // packed,
            limit=limits.ratio,
        )
    if sheet > limits.sheet_bytes:
        raise Refused(
            rule=RULE,
            text=N_("工作表有{size}字节，超过上限{limit}字节。"),
            field="file",
            size=sheet,
            limit=limits.sheet_bytes,
        )


def _check_gzip(path: Path, limits: Limits) -> None:
    """Count what comes out, in small pieces, and stop at the limit: a gzip does not tell."""
    unpacked = 0
    allowed = min(limits.unpacked_bytes, limits.ratio * path.stat().st_size)
    try:
        with gzip.open(path) as stream:
            while piece := stream.read(1 << 20):
                unpacked += len(piece)
                if unpacked > allowed:
                    _check_unpacked(unpacked, Limits(unpacked_bytes=allowed))
    except (OSError, EOFError, zlib.error) as broken:
        raise _broken() from broken


def _broken() -> Refused:
    return Refused(rule=RULE, text=N_("压缩文件已损坏，无法解压。"), field="file")


def _check_unpacked(unpacked: int, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes:
        raise Refused(
            rule=RULE,
            text=N_("文件解压后超过上限{limit}字节。"),
            field="file",
            limit=limits.unpacked_bytes,
        )
