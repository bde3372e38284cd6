"""A paper as a Word file to work on: the same blocks as the PDF, none of its proof.

The issued paper is the PDF, whose hash stands in the log; a Word file has no code, no QR code and
no fact, and says so at its head and end.
"""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from application.documents.blocks import Block
from application.documents.engine import Data

# Both are on every Windows that Chinese offices use; elsewhere Word takes what is nearest.
SERIF, SANS = "宋体", "黑体"
NOTICE = "本文件供修改、复制使用，不是出具的文书；正式文书以带核验码的 PDF 为准。"
# What XML cannot hold; a name may be anything that somebody typed.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def docx(data: Data) -> bytes:
    """Write what a paper prints as one Word file."""
    made = Document()
    _style(made, data)
    for text, size in ((data["issuer"], 11), (data["title"], 20), (data["number"], 12)):
        _line(made, text, size=size, font=SANS)
    _line(made, NOTICE, size=9)
    for block in data["blocks"]:
        DRAWN[block["kind"]](made, block)
    _line(made, f"截至第 {data['position']} 号事件　{data['issued']}", size=9)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _style(made: Made, data: Data) -> None:
    page, normal = made.sections[0], made.styles["Normal"]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    normal.font.size = Pt(13 if data["style"] == "letter" else 11)
    _font(normal.font.element, SERIF)
    made.core_properties.title = _plain(data["title"])
    made.core_properties.author = _plain(data["issuer"])
    page.footer.paragraphs[0].text = f"{_plain(data['number'])}　{NOTICE}"


def _plain(text: str) -> str:
    return ILLEGAL.sub("", text)


def _font(element: Any, name: str) -> None:
    """Set the font of Chinese characters too, which Word keeps apart."""
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), name)


def _write(
    into: Paragraph, text: str, *, size: float = 0, font: str = "", bold: bool = False
) -> None:
    run = into.add_run(_plain(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if font:
        _font(run._element, font)  # noqa: SLF001 - the library has no name for Chinese fonts


def _line(made: Made, text: str, **looks: Any) -> Paragraph:
    line = made.add_paragraph()
    _write(line, text, **looks)
    return line


def _para(made: Made, block: Block) -> None:
    indent = _line(made, block["text"]).paragraph_format
    indent.first_line_indent = Pt(26)


def _heading(made: Made, block: Block) -> None:
    line = made.add_heading(level=2)
    _write(line, block["text"], font=SANS, bold=True)


def _items(made: Made, block: Block) -> None:
    for number, text in enumerate(block["items"], start=1):
        _line(made, f"{number}. {text}").paragraph_format.left_indent = Pt(26)


def _table(made: Made, columns: int) -> Any:
    table = made.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    return table


def _cell(cell: _Cell, text: str, *, right: bool = False, head: bool = False) -> None:
    line = cell.paragraphs[0]
    _write(line, text, size=10, font=SANS if head else "", bold=head)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _facts(made: Made, block: Block) -> None:
    table = _table(made, 2)
    for label, value in block["rows"]:
        first, second = table.add_row().cells
        _cell(first, label, head=True)
        _cell(second, value)


def _form(made: Made, block: Block) -> None:
    table = _table(made, 4)
    for row in block["rows"]:
        cells = table.add_row().cells
        if len(row) == 2:
            cells[1].merge(cells[3])
        for place, text in enumerate(row):
            _cell(cells[place], text, head=place % 2 == 0)


def _grid(made: Made, block: Block) -> None:
    table = _table(made, len(block["columns"]))
    sides = [side == "r" for side in block["align"]]
    rows = [block["columns"], *block["rows"], *([block["total"]] if block["total"] else [])]
    last = len(rows) - 1 if block["total"] else -1
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text, right in zip(cells, row, sides, strict=True):
            _cell(cell, text, right=right, head=number in {0, last})


def _entries(made: Made, block: Block) -> None:
    table = _table(made, 3)
    for row in block["rows"]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _cell(cell, text)


def _signatures(made: Made, block: Block) -> None:
    for place in block["places"]:
        _line(made, f"{place}：＿＿＿＿＿＿＿＿")


def _closing(made: Made, block: Block) -> None:
    for text in (block["who"], block["on"]):
        _line(made, text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _sized(size: float, font: str = "") -> Callable[[Made, Block], None]:
    def draw(made: Made, block: Block) -> None:
        _line(made, block["text"], size=size, font=font)

    return draw


def _break(made: Made, _block: Block) -> None:
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _cut(made: Made, _block: Block) -> None:
    _line(made, "－ " * 30)


DRAWN: Mapping[str, Callable[[Made, Block], None]] = {
    "para": _para,
    "plain": _sized(0),
    "note": _sized(9),
    "large": _sized(28, SANS),
    "heading": _heading,
    "items": _items,
    "facts": _facts,
    "form": _form,
    "table": _grid,
    "entries": _entries,
    "break": _break,
    "cut": _cut,
    "signatures": _signatures,
    "closing": _closing,
}
