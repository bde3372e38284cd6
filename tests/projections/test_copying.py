"""Whatever stands in a row, COPY brings it into the table as the upsert does."""

from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Fen
from projections.copying import pieces
from projections.tables import Table
from tests.database import Database

WIDE = Table(
    "copied",
    {
        "name": "text",
        "number": "bigint",
        "amount": "bigint",
        "flag": "boolean",
        "day": "date",
        "moment": "timestamptz",
        "share": "numeric",
        "words": "text[]",
        "facts": "jsonb",
        "nothing": "text",
    },
    keys=1,
)
WORDS = ["", "a,b", 'say "no"', "back\\slash", "tab\tnew\nline\rend", "{}", "NULL", "\\N", "龚凤"]


@pytest.mark.postgres
def test_copy_and_upsert_leave_the_same_row(database: Database) -> None:
    rows = [
        (
            f"{nth}{word}",
            -nth,
            Fen(nth),
            nth % 2 == 0,
            date(2026, 3, 1),
            datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC),
            Decimal("0.50"),
            [word, *WORDS],
            {"word": word, "amount": Fen(3)},
            None,
        )
        for nth, word in enumerate(WORDS)
    ]
    with psycopg.connect(database.conninfo("projector"), autocommit=True) as conn:
        for suffix, load in (("", WIDE.upsert), ("__next", WIDE.copy)):
            conn.execute(WIDE.create(suffix))
            load(conn, rows, suffix)
        both = [
            conn.execute(f"SELECT * FROM wall.copied{suffix} ORDER BY number").fetchall()
            for suffix in ("", "__next")
        ]
    assert len(both[0]) == len(rows)
    assert both[0] == both[1]


@given(st.lists(st.text(), max_size=3))
def test_a_row_is_one_line_whatever_its_words_are(words: list[str]) -> None:
    (piece,) = pieces([(word,) for word in words] or [("",)])
    assert piece.count("\n") == max(len(words), 1)
    assert "\t" not in piece


def test_what_copy_does_not_know_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="object"):
        list(pieces([(object(),)]))
