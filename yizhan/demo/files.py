"""Files that the demo's cases hold: a photo, a pay slip and a contract, all drawn here."""

import io
import struct
import uuid
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from application.attachments.service import Incoming, Said
from application.store import Stamp
from domain.seeker import SeekerCase
from yizhan.demo.papers import GARMENT
from yizhan.demo.places import STANDS, Places
from yizhan.demo.script import NAMESPACE
from yizhan.wiring import Office

WIDE, HIGH = 480, 360
Colour = tuple[int, int, int]
SKY, WALL, ROOF, DOOR, PANE, ROAD = (
    (196, 220, 238),
    (232, 218, 196),
    (148, 84, 66),
    (116, 74, 48),
    (150, 190, 205),
    (170, 168, 160),
)
SHEET = """
#set page(width: 148mm, height: 105mm, margin: 12mm)
#set text(font: "{font}", size: 10pt, lang: "zh")
#align(center, text(size: 14pt, weight: "bold")[{title}])
#v(4mm)
#table(columns: (1fr, 1fr, 1fr, 1fr), inset: 6pt, {cells})
#v(2mm)
#text(size: 8pt)[演示数据，人物和单位均为虚构。]
"""


def attach(office: Office, places: Places, seekers: Iterable[str]) -> None:
    """Attach them as the demo stands: to the garment workers' case and to a seeker visited."""
    slip = sheet("锦霞制衣（示例）工资条 2025年12月", ("月份", "应发", "实发", "欠付"), ("12",))
    contract = sheet("计件用工协议（示例）", ("品名", "单价", "数量", "金额"), ("裤脚",))
    _put(office, places, "mediator", GARMENT, (("工资条.pdf", slip),), Said("wage_record"))
    _put(office, places, "mediator", GARMENT, (("用工协议.pdf", contract),), Said("contract"))
    _put(office, places, "mediator", GARMENT, (("厂门口.png", gate()),), Said("evidence", "厂门口"))
    account = places.staff["caseworker"].account
    for case in seekers:
        state = office.store.load(SeekerCase, case)
        if state.owner == account and state.standing not in {"LEAD", "CLOSED"}:
            photo = (("IMG_0416.png", house()),)
            _put(office, places, "caseworker", case, photo, Said("visit_photo", "入户走访"))
            return


def _put(
    office: Office,
    places: Places,
    label: str,
    case: str,
    files: Iterable[tuple[str, bytes]],
    said: Said,
) -> None:
    incoming = [Incoming(io.BytesIO(content), name) for name, content in files]
    command = uuid.uuid5(NAMESPACE, f"file {case} {[one.name for one in incoming]}")
    stamp = Stamp(places.who(label), str(command), STANDS.date())
    office.attachments.attach(case, incoming, said=said, stamp=stamp)


def sheet(title: str, heads: tuple[str, ...], rows: tuple[str, ...]) -> bytes:
    """Set a small table as a PDF."""
    cells = [f"[*{head}*]" for head in heads]
    for row in rows:
        cells += [f"[{row}]", "[3,280.00]", "[0.00]", "[3,280.00]"]
    source = SHEET.format(font="Noto Serif SC", title=title, cells=", ".join(cells))
    setting: Any = typst.compile  # typed for sources and fonts of one kind only
    made: bytes = setting(
        source.encode(),
        format="pdf",
        font_paths=[str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)],
        ignore_system_fonts=True,
    )
    return made


def house() -> bytes:
    """Draw the front of a house: what a visitor photographs."""

    def dot(x: int, y: int) -> Colour:
        if y > 300:
            return ROAD
        if 70 < y < 130 and abs(x - 240) < (y - 70) * 3:
            return ROOF
        if 130 <= y <= 300 and 80 < x < 400:
            if 210 < x < 270 and y > 190:
                return DOOR
            if 170 < y < 230 and (110 < x < 175 or 305 < x < 370):
                return PANE
            return WALL
        return SKY

    return picture(dot)


def gate() -> bytes:
    """Draw the gate of a works."""

    def dot(x: int, y: int) -> Colour:
        if y > 290:
            return ROAD
        if 60 < x < 420 and 110 < y < 150:
            return ROOF
        if y >= 150 and (60 < x < 100 or 380 < x < 420):
            return DOOR
        if y >= 180 and 100 <= x <= 380:
            return WALL if x % 28 < 6 or y % 55 < 6 else ROAD
        return SKY

    return picture(dot)


def picture(dot: Callable[[int, int], Colour]) -> bytes:
    """Write a picture as a PNG, its colour asked for dot by dot."""
    rows = b"".join(b"\0" + b"".join(bytes(dot(x, y)) for x in range(WIDE)) for y in range(HIGH))
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
