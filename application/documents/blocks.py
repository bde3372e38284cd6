"""How values are written on papers, and the blocks that the layout draws."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

Block = dict[str, Any]
DASH = "—"


def day(on: date | None) -> str:
    """Write a day, as 2026年3月6日."""
    return f"{on.year}年{on.month}月{on.day}日" if on else DASH


def iso(on: date | None) -> str:
    """Write a day in a table, as 2026-03-06."""
    return on.isoformat() if on else DASH


def yuan(fen: int) -> str:
    """Write an amount, as 4,800.00; nothing is rounded."""
    whole, rest = divmod(abs(int(fen)), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def para(text: str) -> Block:
    """Make a paragraph with an indent of two characters."""
    return {"kind": "para", "text": text}


def plain(text: str) -> Block:
    """Make a paragraph without indent, as the line that names whom a letter goes to."""
    return {"kind": "plain", "text": text}


def note(text: str) -> Block:
    """Make a small paragraph."""
    return {"kind": "note", "text": text}


def large(text: str) -> Block:
    """Make a line in very large letters."""
    return {"kind": "large", "text": text}


def heading(text: str) -> Block:
    """Make a heading."""
    return {"kind": "heading", "text": text}


def items(texts: Iterable[str]) -> Block:
    """Make a numbered list."""
    return {"kind": "items", "items": list(texts)}


def pairs(*rows: tuple[str, str]) -> Block:
    """Make a table of labels and values; values of nothing are left out."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def form(*rows: Sequence[str]) -> Block:
    """Make a form: rows of label and value, once or twice across."""
    return {"kind": "form", "rows": [[cell or DASH for cell in row] for row in rows]}


def grid(
    columns: Sequence[tuple[str, int, str]],
    rows: Iterable[Sequence[str]],
    total: Sequence[str] = (),
) -> Block:
    """Make a table; a column is (name, share of the width, `l` or `r`)."""
    return {
        "kind": "table",
        "columns": [name for name, _, _ in columns],
        "widths": [width for _, width, _ in columns],
        "align": [side for _, _, side in columns],
        "rows": [list(row) for row in rows],
        "total": list(total),
    }


def entries(rows: Iterable[tuple[str, str, str]]) -> Block:
    """Make a chronicle: day, what happened, place in the log."""
    return {"kind": "entries", "rows": [list(row) for row in rows]}


def signatures(*places: str) -> Block:
    """Make places to sign."""
    return {"kind": "signatures", "places": list(places)}


def closing(who: str, on: date) -> Block:
    """End a letter: who issues it, on which day, room for the seal."""
    return {"kind": "closing", "who": who, "on": day(on)}


def new_page() -> Block:
    """Go on with a new page."""
    return {"kind": "break"}


def cut() -> Block:
    """Draw the line along which a slip is cut off."""
    return {"kind": "cut"}
