"""Files made here, byte by byte: what people attach, and what pretends to be such."""

import io
import struct
import zipfile
import zlib

PARTS = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/main.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(red: int = 40, *, wide: int = 8, high: int = 8, note: bytes = b"") -> bytes:
    """A picture of one colour, drawn as 8 by 8 dots whatever it says; a note makes it another."""
    row = b"\0" + bytes((red, 120, 160)) * 8
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + (chunk(b"tEXt", b"Comment\0" + note) if note else b"")
        + chunk(b"IDAT", zlib.compress(row * 8))
        + chunk(b"IEND", b"")
    )


def jpeg(note: bytes = b"x", *, wide: int = 8, high: int = 8, behind: bytes = b"") -> bytes:
    """The skeleton of a photo: a comment, a frame, a scan, an end, and what a camera adds."""
    frame = struct.pack(">BHHB", 8, high, wide, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        b"\xff\xfe"
        + struct.pack(">H", len(note) + 2)
        + note
        + b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        + b"\x12\x34\xff\xd9"
        + behind
    )


def webp() -> bytes:
    body = b"WEBPVP8 " + struct.pack("<I", 4) + b"\0\0\0\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pdf(text: bytes = b"(contract)") -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + text + b"\ntrailer<<>>\n%%EOF\n"


def office(kind: str = "spreadsheetml.sheet", **more: bytes) -> bytes:
    """An Office file with nothing in it but its list of parts, and what is added."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", PARTS.format(kind=kind))
        for name, body in more.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), body)
    return made.getvalue()


def word() -> bytes:
    return office("wordprocessingml.document", main_xml=b"<w/>")
