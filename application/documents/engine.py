"""From data to the bytes of a PDF, the same bytes each time.

Data reach the layout as JSON through `sys_inputs` and are never spliced into typst source. Fonts
come from a package, never from the system; the date in the file is that of the fact.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import segno
import typst

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = "paper-2"  # grows with every change of layout or wording
CODE_DIGITS = 16

Data = Mapping[str, Any]


@cache
def engine() -> str:
    """Name what a paper is set with: another version may lay it out differently."""
    packages = ("typst", "pylopdf-fonts-zh-cn", "segno")
    return ", ".join(f"{name} {version(name)}" for name in packages)


def canonical(data: Data) -> bytes:
    """Write data in one way only: sorted keys, no blanks, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def code(document: str, salt: str, data: Data, template: str = TEMPLATE) -> str:
    """Give the verification code 核验码: 16 hex digits of SHA-256 over length-prefixed parts.

    `salt` is 16 random bytes in hex, so that after an erasure nobody can guess names by it.
    """
    digest = hashlib.sha256()
    for part in (document.encode(), bytes.fromhex(salt), canonical(data), template.encode()):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:CODE_DIGITS]


def matrix(text: str) -> list[str]:
    """Draw a QR code of an address as rows of 0 and 1 (error level M)."""
    return [
        "".join("1" if dark else "0" for dark in row)
        for row in segno.make_qr(text, error="m").matrix
    ]


def known(template: str) -> bool:
    """Say whether this installation can still set papers of a template's version."""
    return (TEMPLATES / f"{template}.typ").is_file()


def pdf(*papers: Data, template: str = TEMPLATE) -> bytes:
    """Set papers as one PDF/A-2b, each with pages of its own.

    `data["date"]` is the day of a paper as [year, month, day]; the first one dates the file.
    """
    return _compile(papers, template, "pdf")[0]


def pages(*papers: Data, dots: float = 110.0) -> list[bytes]:
    """Set papers as one PNG a page, for a preview; `dots` per inch."""
    return _compile(papers, TEMPLATE, "png", dots)


def _compile(
    papers: Sequence[Data],
    template: str,
    kind: Literal["pdf", "png"],
    dots: float | None = None,
) -> list[bytes]:
    made: bytes | list[bytes] = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        format=kind,
        ppi=dots,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)],
        ignore_system_fonts=True,
        sys_inputs={"paper": canonical({"papers": papers}).decode()},
        pdf_standards=["a-2b"] if kind == "pdf" else [],
    )
    return made if isinstance(made, list) else [made]
