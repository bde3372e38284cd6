"""What a file is by its bytes, not by its name; what pretends to be another is refused (A-02).

Nothing is decoded or unpacked here but the list of parts of an Office file: pictures are walked
chunk by chunk. A file that is two things at once (a picture that is also an archive, a picture
with a page behind its end) is none of ours.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from application.registers.limits import MEGABYTE, Limits, check_zip
from domain.attachments import MEDIA, not_taken
from domain.kernel import N_, Refused

OFFICE = Limits(zip_entries=2_000, unpacked_bytes=200 * MEGABYTE, sheet_bytes=100 * MEGABYTE)
MOST_PIXELS = 120_000_000  # what a browser would have to unpack
_PARTS = "[Content_Types].xml"
_MOST_PARTS = 2 * MEGABYTE
_DOCX, _XLSX = list(MEDIA)[-2:]
_MAIN: Mapping[bytes, str] = {
    b"wordprocessingml.document.main+xml": _DOCX,
    b"spreadsheetml.sheet.main+xml": _XLSX,
}


def media_type(content: bytes, name: str) -> str:
    """Say what a file is, or refuse it: not taken, not what its ending says, broken, or a bomb."""
    suffix = _suffix(name)
    if not any(suffix in endings for endings in MEDIA.values()):
        raise not_taken()
    for mark, media, whole in _KINDS:
        if content.startswith(mark):
            found = media or _office(content)
            if suffix not in MEDIA.get(found, ()):
                break
            if not whole(content) or (media and zipfile.is_zipfile(io.BytesIO(content))):
                raise Refused(
                    rule="A-02",
                    text=N_("文件已损坏或不完整，请重新拍摄、扫描或另存后再添加。"),
                    field="files",
                )
            return found
    raise Refused(
        rule="A-02",
        text=N_("文件内容与扩展名“{suffix}”不符，没有添加。"),
        field="files",
        suffix=suffix,
    )


def _suffix(name: str) -> str:
    return "." + name.rpartition(".")[2].strip().lower() if "." in name else ""


def _png(content: bytes) -> bool:
    """Walk the chunks of a PNG from its head to its end, which is the end of the file."""
    at, wide, high = 8, 0, 0
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            return False
        (check,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[at + 4 : end - 4]) != check:
            return False
        if at == 8:
            if kind != b"IHDR" or length != 13:
                return False
            wide, high = struct.unpack_from(">II", content, at + 8)
        if kind == b"IEND":
            return end == len(content) and _drawable(wide, high)
        at = end
    return False


def _jpeg(content: bytes) -> bool:
    """Walk the segments of a JPEG to its picture; a camera may leave things behind the end."""
    at = 2
    drawn = False
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:  # a byte of padding
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if mark in _FRAMES and length >= 8 and at + 9 <= len(content):
            high, wide = struct.unpack_from(">HH", content, at + 5)
            drawn = _drawable(wide, high)
        if mark == 0xDA:
            return drawn and content.find(b"\xff\xd9", at) > 0
        at += 2 + length
    return False


def _webp(content: bytes) -> bool:
    (size,) = struct.unpack_from("<I", content, 4) if len(content) >= 16 else (0,)
    return content[8:12] == b"WEBP" and size + 8 == len(content) and content[12:15] == b"VP8"


def _pdf(content: bytes) -> bool:
    return b"%%EOF" in content[-1024:]


def _office(content: bytes) -> str:
    """Say which Office file an archive is by its list of parts; "" for any other archive.

    Sizes are read from the directory before anything is unpacked. Macros are not taken.
    """
    file = io.BytesIO(content)
    try:
        check_zip(file, OFFICE)
    except Refused as refused:
        raise Refused(rule="A-02", text=refused.text, field="files", **refused.values) from refused
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        if _PARTS not in names or any(one.endswith("vbaProject.bin") for one in names):
            return ""
        if archive.getinfo(_PARTS).file_size > _MOST_PARTS:
            return ""
        try:
            listed = archive.read(_PARTS)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
            return ""
    return next((media for main, media in _MAIN.items() if main in listed), "")


def _drawable(wide: int, high: int) -> bool:
    return 0 < wide * high <= MOST_PIXELS


def _any(_content: bytes) -> bool:
    return True


# Heads of frames that say how large a picture is.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_KINDS: tuple[tuple[bytes, str, Callable[[bytes], bool]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", _png),
    (b"\xff\xd8\xff", "image/jpeg", _jpeg),
    (b"RIFF", "image/webp", _webp),
    (b"%PDF-", "application/pdf", _pdf),
    (b"PK\x03\x04", "", _any),
)
