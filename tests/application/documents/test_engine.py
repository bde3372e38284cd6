"""Setting papers: same bytes, data as data, PDF/A, fonts, the verification code."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from application.documents import engine

HOSTILE = (
    '#eval("x")]',
    '#import "@preview/x:0.1.0": *',
    '$ a^2 $ *b* _c_ `d` <e> @f \\ "g" // h',
    "]]}})#panic()",
    '{"kind":"heading"}',
)
RARE = "龚赟喆𬭎䶮㛃煊𠅤"
SALT = "00" * 16


def paper(*texts: str, workers: int = 2, **changes: Any) -> dict[str, Any]:
    """A small agreement with every kind of block."""
    columns = ["序号", "姓名", "协议金额(元)"]
    rows = [[str(no), texts[0], "4,600.00"] for no in range(1, workers + 1)]
    made: dict[str, Any] = {
        "title": "调解协议书",
        "style": "letter",
        "draft": False,
        "issuer": "鹤城镇就业驿站",
        "number": "鹤劳调〔2026〕0159号",
        "document": "document-0199",
        "position": "48211",
        "issued": "2026年3月6日",
        "date": [2026, 3, 6],
        "code": "0123456789abcdef",
        "address": "https://yizhan.example/verify/document-0199",
        "qr": engine.matrix("https://yizhan.example/verify/document-0199"),
        "blocks": [
            {"kind": "plain", "text": "各方："},
            {"kind": "note", "text": texts[0]},
            {"kind": "large", "text": texts[0]},
            {"kind": "items", "items": [texts[0], "二"]},
            {"kind": "form", "rows": [["案由", texts[0]], ["甲", "乙", "丙", texts[0]]]},
            {"kind": "entries", "rows": [["2026-03-06", texts[0], "#1"]]},
            {"kind": "cut"},
            *({"kind": "para", "text": text} for text in texts),
            {"kind": "heading", "text": texts[0]},
            {"kind": "facts", "rows": [["申请人", texts[0]], [texts[0], "锦霞制衣"]]},
            {
                "kind": "table",
                "columns": columns,
                "widths": [1, 3, 2],
                "align": ["l", "l", "r"],
                "rows": rows,
                "total": ["", "合计", "9,200.00"],
            },
            {"kind": "signatures", "places": ["申请人", texts[0]]},
            {"kind": "closing", "who": "鹤城镇就业驿站", "on": "2026年3月6日"},
        ],
    }
    return made | changes


def test_the_same_data_give_the_same_bytes() -> None:
    first, again = engine.pdf(paper("罗美兰")), engine.pdf(paper("罗美兰"))
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()
    assert first != engine.pdf(paper("任家明"))


def test_a_paper_is_an_archive_file_dated_by_its_fact() -> None:
    made = engine.pdf(paper("罗美兰"))
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in made
    assert b"(D:20260306" in made


@pytest.mark.parametrize("text", [*HOSTILE, RARE])
def test_a_name_that_looks_like_source_is_printed_as_it_is(text: str) -> None:
    found = typst.query(
        str(engine.TEMPLATES / f"{engine.TEMPLATE}.typ"),
        "par",
        field="body",
        font_paths=[str(Path(serif_path()).parent)],
        ignore_system_fonts=True,
        sys_inputs={"paper": engine.canonical({"papers": [paper(text)]}).decode()},
    )
    assert {"func": "text", "text": text} in flat(found)


def flat(found: str | bytes) -> list[Any]:
    """List every element of an answer of typst."""

    def walk(value: Any) -> list[Any]:
        below = value.values() if isinstance(value, dict) else value
        if not isinstance(value, dict | list):
            return []
        return [value, *(one for child in below for one in walk(child))]

    return walk(msgspec.json.decode(found))


def test_the_fonts_of_papers_hold_the_rare_characters_of_names() -> None:
    for font in (sans_path(), serif_path()):
        assert Path(font).is_file()
    plain = "".join(dict.fromkeys(RARE))
    blank = engine.pages(paper("\U000f0000"))
    for character in plain:
        assert engine.pages(paper(character)) != blank


def test_three_hundred_workers_fit_on_many_pages() -> None:
    few, many = (
        engine.pages(paper("罗美兰"), dots=20),
        engine.pages(paper("罗美兰", workers=300), dots=20),
    )
    assert len(few) < 4 < len(many)


def test_the_layout_needs_no_package_from_outside() -> None:
    for template in engine.TEMPLATES.iterdir():
        assert "@preview" not in template.read_text("utf-8")


def test_the_code_is_a_hash_of_length_prefixed_parts() -> None:
    data = {"b": "二", "a": 1}
    parts = (b"doc", bytes(16), '{"a":1,"b":"二"}'.encode(), b"paper-2")
    plain = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert engine.code("doc", SALT, data) == hashlib.sha256(plain).hexdigest()[:16]


@pytest.mark.parametrize(
    ("document", "salt", "template"),
    [("doc2", SALT, "paper-2"), ("doc", "01" * 16, "paper-2"), ("doc", SALT, "paper-3")],
)
def test_every_part_changes_the_code(document: str, salt: str, template: str) -> None:
    plain = engine.code("doc", SALT, {"a": 1})
    assert engine.code(document, salt, {"a": 1}, template) != plain
    assert engine.code("doc", SALT, {"a": 2}) != plain


def test_what_sets_a_paper_is_named_with_its_versions() -> None:
    assert engine.engine().startswith("typst 0.15.2, pylopdf-fonts-zh-cn 0.1.1, segno ")
