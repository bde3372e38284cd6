"""From one cell of a wage table to a value; what it cannot be is refused in a sentence."""

import re
from datetime import date, timedelta
from decimal import Decimal

from domain.codes_dispute import CLAIMS
from domain.kernel import N_, Refused
from domain.money import Fen
from web import dates
from web.money import fen
from web.wages.columns import ROLES, Cell, plain

FORMULA = ("=", "＝", "+", "@", "＋", "＠")
_SPAN = re.compile(
    r"(\d{4}[-/.年]\d{1,2}月?)(?:\s*[-~—–至到]+\s*(?:(\d{4}[-/.年]\d{1,2}月?)|(\d{1,2})月?))?"
)
_NEAR = 1e-4  # of a fen: what binary fractions leave behind (decision 22)


def text(cell: Cell) -> str:
    """Write a cell as it was typed."""
    return "" if cell is None else str(cell).strip()


def no_formula(cell: Cell) -> None:
    """Refuse a formula: a table holds values only (I-01)."""
    if isinstance(cell, str) and cell.lstrip().startswith(FORMULA):
        raise Refused(rule="I-01", text=N_("不能是公式，请改成数值。"))


def amount(cell: Cell) -> Fen:
    """Read an amount in yuan: above zero, whole fen (D-06)."""
    no_formula(cell)
    if isinstance(cell, float):
        cents = cell * 100
        if abs(cents - round(cents)) > _NEAR:
            raise Refused(
                rule="D-06", text=N_("金额{typed}不足一分，最多两位小数。"), typed=str(cell)
            )
        read = Fen(round(cents))
    else:
        typed = text(cell)
        try:
            read = fen(typed, field="")
        except Refused as refused:
            if re.fullmatch(r"-?[\d,]+\.\d{3,}", typed):
                raise Refused(
                    rule="D-06", text=N_("金额{typed}不足一分，最多两位小数。"), typed=typed
                ) from refused
            raise Refused(
                rule="D-06", text=N_("“{typed}”不是金额。"), typed=typed[:40]
            ) from refused
    if read < 0:
        raise Refused(rule="D-06", text=N_("金额不能为负数。"))
    return read


def day(cell: Cell) -> date:
    """Read a day, or a moment of a spreadsheet as its day."""
    no_formula(cell)
    typed = text(cell)
    return dates.day(typed[:10] if re.match(r"\d{4}-\d\d-\d\d ", typed) else typed, field="")


def month(cell: Cell) -> date:
    """Read a month, or the month of a day, as its first day."""
    typed = text(cell)
    no_formula(cell)
    try:
        return dates.month(typed, field="")
    except Refused:
        return day(cell).replace(day=1)


def last_day(first: date) -> date:
    """Give the last day of a month."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def span(cell: Cell) -> tuple[date, date]:
    """Read a period as 2025-11至2025-12, 2025年11月-12月, or one month."""
    typed = text(cell)
    no_formula(cell)
    found = _SPAN.fullmatch(typed)
    if not found:
        first = month(cell)
        return first, last_day(first)
    first = dates.month(found[1], field="")
    if found[2]:
        last = dates.month(found[2], field="")
    elif found[3]:
        last = dates.month(f"{first.year}-{found[3]}", field="")
    else:
        last = first
    return first, last_day(last)


def code(cell: Cell) -> str:
    """Read a kind of claim: its code, its word, or what the headings call it."""
    typed = text(cell)
    no_formula(cell)
    if typed.upper() in CLAIMS:
        return typed.upper()
    found = [one for one, word in CLAIMS.items() if typed in {word.zh, word.en}]
    role = ROLES.get(plain(cell), "")
    if not found and role in CLAIMS:
        found = [role]
    if not found:
        raise Refused(rule="D-00", text=N_("“{typed}”不是请求类别。"), typed=typed[:40])
    return found[0]


def number(cell: Cell) -> Decimal:
    """Read a quantity: hours, pieces, days, months; half hours stay exact."""
    no_formula(cell)
    typed = text(cell).replace(",", "")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", typed) or Decimal(typed) == 0:
        raise Refused(rule="D-06", text=N_("“{typed}”不是数量。"), typed=text(cell)[:40])
    return Decimal(typed)


def id_number(cell: Cell) -> str:
    """Give an ID number as typed; a spreadsheet that made a number of it has lost its end."""
    no_formula(cell)
    if isinstance(cell, float) or (
        isinstance(cell, str) and re.fullmatch(r"[\d.]+[eE]\+?\d+", cell)
    ):
        raise Refused(
            rule="S-03",
            text=N_("证件号码被表格软件改成了数字，末几位已丢失，请把该列设为文本后重填。"),
        )
    return text(cell).lstrip("'").upper().replace(" ", "")
