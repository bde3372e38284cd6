"""Papers as Word files: the same text as the PDF, tables as tables, never taken for the paper."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from docx import Document

from application.documents import engine
from application.documents.kinds import DISPUTE
from application.documents.service import Asked
from application.documents.word import DRAWN, NOTICE, docx
from domain.papers import why_not
from tests.application.documents.desk import documents
from tests.application.documents.test_engine import HOSTILE, paper
from tests.application.documents.test_service import CASE, STAGES, seen, stored
from tests.domain.dispute import cases

ON = date(2026, 4, 16)


def read(file: bytes) -> list[str]:
    """Every paragraph and cell of a Word file."""
    made = Document(io.BytesIO(file))
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    return [line.text for holder in (made, *cells) for line in holder.paragraphs]


def shown(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Every text of the blocks, but what lays them out."""
    for block in blocks:
        for name, value in block.items():
            if name not in {"kind", "widths", "align"}:
                yield from [value] if isinstance(value, str) else _texts(value)


def _texts(value: list[Any]) -> Iterator[str]:
    for one in value:
        yield from [one] if isinstance(one, str) else _texts(one)


@pytest.mark.parametrize("text", [*HOSTILE, "罗美兰"])
def test_a_word_file_says_what_the_paper_says(text: str) -> None:
    data = paper(text, text, text)
    said = "\n".join(read(docx(data)))
    assert NOTICE in said
    assert data["title"] in said
    for wanted in shown(data["blocks"]):
        assert wanted in said


def test_a_word_file_has_neither_code_nor_address_to_check_it() -> None:
    data = paper("罗美兰")
    said = "\n".join(read(docx(data)))
    assert data["code"] not in said
    assert data["address"] not in said


def test_every_block_of_the_layout_can_be_written() -> None:
    layout = (engine.TEMPLATES / f"{engine.TEMPLATE}.typ").read_text("utf-8")
    assert {kind for kind in DRAWN if f'block.kind == "{kind}"' in layout} == set(DRAWN)
    assert layout.count("if block.kind == ") == len(DRAWN)


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert "罗美兰" in "".join(read(docx(paper("罗\x00美\x0b兰"))))


@pytest.mark.parametrize("play", STAGES)
def test_every_paper_that_can_be_issued_can_be_had_as_word_and_nothing_is_recorded(
    play: object,
) -> None:
    store = stored(play())  # type: ignore[operator]  # a function of `cases`
    before, case = len(store.log), seen(store).case
    for kind, made in DISPUTE.items():
        if why_not(made.paper, case) is None:
            about = made.paper.about(case)[-1]
            said = read(documents(store).word(CASE, Asked(kind, about), on=ON))
            assert made.paper.title in said
    assert len(store.log) == before


def test_the_summary_of_a_past_moment_says_what_was_known_then() -> None:
    store = stored(cases.agreed())
    signed = next(r.position for r in store.log if r.event.TOPIC == "dispute.agreement_signed")
    now, then = (
        "".join(read(documents(store).word(CASE, Asked("summary"), on=ON, at_position=at)))
        for at in (None, signed - 1)
    )
    assert "1,400.00" in now
    assert "1,400.00" not in then


def test_the_table_of_workers_is_a_table() -> None:
    file = documents(stored(cases.agreed())).word(CASE, Asked("agreement", "1"), on=ON)
    tables = Document(io.BytesIO(file)).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert any("罗美兰" in row and "800.00" in row for row in rows)
